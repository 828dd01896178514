"""Every deed on an instruction goes through one of these: the row is taken, the rules decide, what came of it is kept.

A refusal is a value. Linked tickets are marked by their own act, from which key supervision follows; on a ticket that
bears the mark already, the instruction is one more cause for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from hotline.oversight.instructions.leaders import in_office
from hotline.oversight.instructions.models import Instruction, InstructionNumber
from hotline.oversight.instructions.naming import missing_people
from hotline.oversight.instructions.rows import columns_of, record, state_of, write_entry
from hotline.oversight.instructions.telling import tell
from hotline.oversight.supervision.models import Supervision
from hotline.oversight.supervision.reacting import rules_of, take_up
from hotline.registry.units.queries import active_codes
from hotline.rules import instructions as rules
from hotline.rules.acts import MarkTicket
from hotline.rules.instructions import Deed, Order, decide
from hotline.rules.instructions.seeing import may_see
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.supervision import Cause
from hotline.rules.supervision.ladder import Trigger
from hotline.rules.supervision.states import LIVE
from hotline.rules.vocabulary import CITY_TZ, TERMINAL, Flag, SupervisionKind
from hotline.tickets.access import OpenTicket, TicketRefused, take_all
from hotline.tickets.commands import perform_on
from hotline.tickets.dossiers import commands as dossiers
from hotline.tickets.dossiers.numbering import draw

LINKING = frozenset({Deed.RECEIVE, Deed.LINK})
NAMING = frozenset({Deed.RECEIVE, Deed.NAME})


@dataclass(frozen=True)
class Done(dossiers.Done[Instruction, rules.Instruction]):
    """What came of a deed, and of which unit it was."""

    unit: str = ""


def receive(order: Order, *, actor: Actor, now: datetime) -> Done:
    """A new instruction, with its number; its tickets are marked in the same transaction."""
    with transaction.atomic():
        ruling = decide(rules.Instruction(), order, actor=actor, now=now)
        tickets, refusals = _checked(order, actor, now) if ruling.ok else ((), ruling.refusals)
        if refusals or ruling.entry is None:
            return Done(refusals=refusals)
        numbered = replace(order, number=draw(InstructionNumber, now=now))
        ruling = decide(rules.Instruction(), numbered, actor=actor, now=now)
        entry, state = ruling.entry, ruling.state
        if entry is None:
            raise RuntimeError("what was allowed without a number is allowed with one")
        row = Instruction.objects.create(made_at=now, **columns_of(state))
        write_entry(row.pk, state.version, entry, order)
        tell(row, rules.Instruction(), state, entry, now=now)
        refusals = _mark(row, tickets, actor, now)
        if refusals:
            transaction.set_rollback(True)
            return Done(refusals=refusals)
        return Done(row, state)


def do(pk: int, *, order: Order, actor: Actor, now: datetime, version: int | None = None) -> Done:
    """One deed on one instruction. `version` is the one the person saw; if it moved on, nothing is done."""
    with transaction.atomic():
        row = take(pk, actor=actor)
        if row is None:
            return Done(refusals=(Refusal("instructions.not_found"),))
        if version is not None and version != row.version:
            return Done(row, state_of(row), (Refusal("instructions.moved_on"),))
        done = do_on(row, order=order, actor=actor, now=now)
        if not done.ok:
            transaction.set_rollback(True)
        return done


def take(pk: int, *, actor: Actor) -> Instruction | None:
    """The instruction locked for a deed; None when it is not there for this person."""
    return dossiers.taken(Instruction.objects, pk, seen=lambda row: may_see(actor, state_of(row)))


def in_view(pk: int, *, actor: Actor) -> bool:
    """Whether something of it is there for this person."""
    row = Instruction.objects.filter(pk=pk).first()
    return row is not None and may_see(actor, state_of(row))


def do_on(row: Instruction, *, order: Order, actor: Actor, now: datetime) -> Done:
    """The same on one that is already taken, inside the caller's transaction, which is given up after a refusal."""
    before, now = state_of(row), max(now, row.last_at)
    if order.deed is Deed.STRIKE_OFF:
        order = replace(order, supervised=key_supervisions(before.tickets))
    ruling = decide(before, order, actor=actor, now=now)
    tickets, refusals = _checked(order, actor, now) if ruling.ok else ((), ruling.refusals)
    if refusals or ruling.entry is None:
        return Done(row, before, refusals)
    record(row, before, ruling, order)
    tell(row, before, ruling.state, ruling.entry, now=now)
    refusals = _mark(row, tickets, actor, now)
    return Done(row, ruling.state, refusals, str(ruling.entry.payload.get("unit", "")))


def key_supervisions(tickets: Iterable[str]) -> int:
    """重点督办 of these tickets that have not ended."""
    found = Supervision.objects.filter(number__in=list(tickets), kind=SupervisionKind.KEY.value)
    return found.filter(status__in=sorted(LIVE)).count()


def _checked(order: Order, actor: Actor, now: datetime) -> tuple[tuple[OpenTicket, ...], tuple[Refusal, ...]]:
    """What only the registries know: leader, people and units; and the tickets, taken in their order."""
    on = now.astimezone(CITY_TZ).date()
    found: list[Refusal] = []
    if order.deed is Deed.RECEIVE and order.given_on and not in_office(order.leader, order.given_on):
        found.append(Refusal("instructions.leader_unknown", field="leader"))
    if order.deed in NAMING:
        found += missing_people(order.readers, but=actor.id, on=on)
    if order.deed is Deed.DISTRIBUTE:
        known = active_codes(on)
        away = sorted(unit for unit in order.asks if unit not in known)
        found += [Refusal("instructions.unit_unknown", {"unit": unit[:24]}, field="asks") for unit in away]
    if found or order.deed not in LINKING or not order.tickets:
        return (), tuple(found)
    return _taken(order.tickets, actor)


def _taken(numbers: Iterable[str], actor: Actor) -> tuple[tuple[OpenTicket, ...], tuple[Refusal, ...]]:
    try:
        tickets = tuple(take_all(sorted(numbers), actor=actor))
    except TicketRefused as refused:
        number = str(refused.refusal.params.get("number", ""))[:24]
        return (), (Refusal("instructions.ticket_unknown", {"number": number}, field="tickets"),)
    ended = [ticket.row.number for ticket in tickets if ticket.state.stage in TERMINAL]
    return tickets, tuple(Refusal("instructions.ticket_ended", {"number": number}, field="tickets") for number in ended)


def _mark(row: Instruction, tickets: Iterable[OpenTicket], actor: Actor, now: datetime) -> tuple[Refusal, ...]:
    """批示件: the mark opens key supervision, as the ticket's profile says; a second instruction joins or opens it."""
    for ticket in tickets:
        if Flag.INSTRUCTION in ticket.state.flags:
            _supervise(row, ticket, now)
            continue
        marked = perform_on(ticket, act=MarkTicket(flag=Flag.INSTRUCTION), actor=actor, now=now)
        if not marked.ok:
            return marked.refusals
    return ()


def _supervise(row: Instruction, ticket: OpenTicket, now: datetime) -> None:
    rung = rules_of(ticket.state, now).rung(Cause.INSTRUCTION.value)
    if rung.kind is not None:
        key = f"{Cause.INSTRUCTION.value}:{row.pk}"
        take_up(Trigger(cause=Cause.INSTRUCTION, key=key, rung=rung), number=ticket.row.number, now=now)
