"""Every deed on a supervision goes through one of these: the row is taken, the rules decide, what came of it is kept.

A refusal is a value. Where the ticket itself changes (the mark of a key ticket), it does so by its own act.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from hotline.oversight.supervision.models import Ground, PaperNumber, SupervisedTicket, Supervision
from hotline.oversight.supervision.rows import columns_of, record, ring, state_of, write_entry
from hotline.oversight.supervision.telling import tell
from hotline.plumbing.locks import wait_turn
from hotline.registry.people.queries import holders
from hotline.rules.acts import MarkTicket
from hotline.rules.lifecycle import SYSTEM, Actor
from hotline.rules.messages import Refusal
from hotline.rules.state import TicketState
from hotline.rules.supervision import Cause, Deed, Order, Ruling, Supervised, decide
from hotline.rules.supervision.ladder import due_for
from hotline.rules.supervision.seeing import may_see
from hotline.rules.supervision.states import LIVE
from hotline.rules.vocabulary import CITY_TZ, TERMINAL, Flag, Role, SupervisionKind, UnitCode
from hotline.tickets import commands as tickets
from hotline.tickets.access import TicketRefused, look_at
from hotline.tickets.dossiers import commands as dossiers
from hotline.tickets.dossiers.numbering import draw
from hotline.tickets.rulebook import rulebook

RENEWS = frozenset({Deed.MOVE_DUE, Deed.SEND_BACK})
"""After these a date may be missed once more."""


Done = dossiers.Done[Supervision, Supervised]


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A supervision somebody or the ladder wants: its kind, why, about what, and what units are to do."""

    kind: SupervisionKind
    cause: Cause
    number: str = ""
    key: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    title: str = ""
    units: frozenset[UnitCode] = frozenset()
    due_at: datetime | None = None
    owner: str = ""
    text: str = ""
    opens: bool = True


def do(pk: int, *, order: Order, actor: Actor, now: datetime, version: int | None = None) -> Done:
    """One deed on one supervision. `version` is the one the person saw; if it moved on, nothing is done."""
    with transaction.atomic(savepoint=False):
        row = take(pk, actor=actor)
        if row is None:
            return Done(refusals=(Refusal("supervision.not_found"),))
        if version is not None and version != row.version:
            return Done(row, state_of(row), (Refusal("supervision.moved_on"),))
        return do_on(row, order=order, actor=actor, now=now)


def take(pk: int, *, actor: Actor) -> Supervision | None:
    """The supervision locked for a deed; None when it is not there for this person."""
    return dossiers.taken(Supervision.objects, pk, seen=lambda row: may_see(actor, state_of(row)))


def do_on(row: Supervision, *, order: Order, actor: Actor, now: datetime) -> Done:
    """The same on one that is already taken, inside the caller's transaction."""
    before = state_of(row)
    now = max(now, row.last_at)
    order = _completed(row, before, order, actor, now)
    ruling = decide(before, order, actor=actor, now=now)
    if not ruling.ok:
        return Done(row, before, ruling.refusals)
    if order.deed is Deed.ASSIGN and not _is_supervisor(order.owner, now):
        return Done(row, before, (Refusal("supervision.owner_unknown", field="owner"),))
    if order.deed is Deed.OPEN:
        row.paper_year, row.paper_no = draw(PaperNumber, now=now, kind=ruling.state.kind.value)
        row.save(update_fields=["paper_year", "paper_no"])
    if order.deed in RENEWS:
        Supervision.objects.filter(pk=row.pk).update(late_at=None)
    record(row, before, ruling, text=order.text)
    _after(row, ruling, order, actor, now)
    return Done(row, ruling.state)


def _is_supervisor(owner: str, now: datetime) -> bool:
    """Whether the account holds the office today."""
    on = now.astimezone(CITY_TZ).date()
    return owner in {str(user.pk) for user in holders(Role.SUPERVISOR, on)}


def _completed(row: Supervision, before: Supervised, order: Order, actor: Actor, now: datetime) -> Order:
    """What an opening leaves blank is as it was proposed: the ticket's unit, the profile's limit, oneself as owner."""
    if order.deed is not Deed.OPEN:
        return order
    return replace(
        order,
        cause=order.cause or min(before.causes, default=None),
        units=order.units or before.units or (units_of(ticket_of(row.number)) if row.number else frozenset()),
        due_at=order.due_at or due_at(before.kind, row.profile, now),
        owner=order.owner or before.owner or (actor.id if actor.id.isdecimal() else ""),
    )


def _after(row: Supervision, ruling: Ruling, order: Order, actor: Actor, now: datetime) -> None:
    """What else follows in the same transaction: people are told, and a key supervision marks its ticket."""
    if ruling.entry is not None:
        tell(row, ruling.entry, seq=ruling.state.version, now=now)
    if order.deed is Deed.OPEN and ruling.state.kind is SupervisionKind.KEY:
        mark_key(row.number, actor=actor, now=now)


def mark_key(number: str, *, actor: Actor, now: datetime) -> None:
    """重件: the head of the unit signs its papers. The machine sets no marks: what it opens is marked already."""
    if Role.SUPERVISOR not in actor.roles:
        return
    state = look_at(number, actor=actor).state
    if Flag.KEY not in state.flags and state.stage not in TERMINAL:
        tickets.perform(number=number, act=MarkTicket(flag=Flag.KEY), actor=actor, now=now)


def start(wish: Wish, *, actor: Actor, now: datetime) -> Done:
    """A new supervision, proposed or opened, on a ticket in the person's view; one of a kind is live at a time."""
    with transaction.atomic(savepoint=False):
        ticket: TicketState | None = None
        if wish.number:
            try:
                ticket = look_at(wish.number, actor=actor).state
            except TicketRefused as refused:
                return Done(refusals=(refused.refusal,))
            wait_turn(f"supervision:{wish.number}")
            there = live_one(wish.number, wish.kind)
            if there is not None:
                return Done(there, state_of(there), (Refusal("supervision.already_there", field="number"),))
        return begin(wish, ticket=ticket, actor=actor, now=now)


def begin(wish: Wish, *, ticket: TicketState | None, actor: Actor, now: datetime) -> Done:
    """The first entry of a supervision, inside the caller's transaction and under the ticket's turn."""
    if wish.kind is SupervisionKind.SPECIAL and not wish.title.strip():
        return Done(refusals=(Refusal("supervision.title_missing", field="title"),))
    profile = ticket.profile if ticket else ""
    order = Order(
        deed=Deed.OPEN if wish.opens else Deed.PROPOSE,
        kind=wish.kind,
        number=wish.number,
        cause=wish.cause,
        key=wish.key,
        facts=wish.facts,
        units=wish.units or (units_of(ticket) if ticket else frozenset()),
        owner=wish.owner or (actor.id if wish.opens and actor.id.isdecimal() else ""),
        due_at=wish.due_at or (due_at(wish.kind, profile, now) if wish.opens else None),
        text=wish.text,
    )
    ruling = decide(Supervised(), order, actor=actor, now=now)
    if not ruling.ok or ruling.entry is None:
        return Done(refusals=ruling.refusals)
    paper: dict[str, Any] = {}
    if wish.opens:
        paper["paper_year"], paper["paper_no"] = draw(PaperNumber, now=now, kind=wish.kind.value)
    row = Supervision.objects.create(
        title=wish.title.strip(), profile=profile, made_at=now, **paper, **columns_of(ruling.state)
    )
    write_entry(row.pk, 1, ruling.entry, text=wish.text)
    keep_ground(row, wish, now)
    ring(row)
    _after(row, ruling, order, actor, now)
    return Done(row, ruling.state)


def keep_ground(row: Supervision, wish: Wish, now: datetime) -> None:
    """The occasion is taken up once and for all; what people bring by hand is an occasion of its own each time."""
    Ground.objects.create(
        supervision=row,
        number=wish.number,
        kind=wish.kind.value,
        key=wish.key or f"{wish.cause.value}:{row.pk}",
        cause=wish.cause.value,
        facts=dict(wish.facts),
        at=now,
    )


def live_one(number: str, kind: SupervisionKind) -> Supervision | None:
    """The supervision of that kind that is under way for a ticket."""
    found = Supervision.objects.select_for_update(no_key=True).filter(number=number, kind=kind.value)
    return found.filter(status__in=sorted(LIVE)).first()


def ticket_of(number: str) -> TicketState:
    """The ticket as it stands, for the platform's own reckoning."""
    return look_at(number, actor=SYSTEM).state


def units_of(ticket: TicketState) -> frozenset[UnitCode]:
    """The unit that answers for a ticket; none before it was dispatched."""
    return frozenset({ticket.lead_unit} if ticket.lead_unit else ())


def due_at(kind: SupervisionKind, profile: str, now: datetime) -> datetime:
    """By when units report, by the profile the ticket was opened under; without a ticket by the city's present one."""
    book = rulebook(now=now, profile=profile)
    return due_for(kind, book.profile.supervision, start=now, calendar=book.calendar)


def add_tickets(pk: int, numbers: Mapping[str, str], *, actor: Actor, now: datetime) -> Done:
    """More tickets into a campaign, each with its unit; those that are there already are passed over."""
    with transaction.atomic(savepoint=False):
        row = take(pk, actor=actor)
        if row is None:
            return Done(refusals=(Refusal("supervision.not_found"),))
        return take_in(row, numbers, actor=actor, now=now)


def take_in(row: Supervision, numbers: Mapping[str, str], *, actor: Actor, now: datetime) -> Done:
    """The same on a campaign that is already taken."""
    there = set(SupervisedTicket.objects.filter(supervision=row, number__in=numbers).values_list("number", flat=True))
    fresh = {number: unit for number, unit in numbers.items() if number not in there}
    units = frozenset(UnitCode(unit) for unit in fresh.values() if unit) | state_of(row).units
    order = Order(deed=Deed.ADD_TICKETS, tickets=tuple(fresh), units=units)
    done = do_on(row, order=order, actor=actor, now=now)
    if done.ok:
        SupervisedTicket.objects.bulk_create(
            SupervisedTicket(supervision=row, number=number, unit=unit, added_at=now) for number, unit in fresh.items()
        )
    return done
