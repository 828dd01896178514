"""Every deed on a dispute's file goes through one of these: the ticket's row is taken first and decides between two
people, then the file's; the rules of both decide, and both are written or neither.

A refusal is a value. `do_act` is the door for the ticket's own acts: whoever mediates or rules from the ticket's page
or through the interface comes by the same rules.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from hotline.registry.units.queries import active_codes
from hotline.rules import acts as a
from hotline.rules.acts import Act
from hotline.rules.joint import Deed, Dispute, Form, Order, Ruling, Status, decide
from hotline.rules.joint.acting import order_of
from hotline.rules.joint.seeing import may_see
from hotline.rules.lifecycle import SYSTEM, Actor
from hotline.rules.lifecycle import decide as decide_act
from hotline.rules.lives import in_turn
from hotline.rules.messages import Refusal
from hotline.rules.succession import units_of
from hotline.rules.vocabulary import CITY_TZ, TERMINAL, ClockKind, UnitCode
from hotline.stages.joint.commands.giving import perform_ruled
from hotline.stages.joint.commands.opening import ensure
from hotline.stages.joint.commands.telling import tell
from hotline.stages.joint.commands.writing import record
from hotline.stages.joint.models import DisputeFile
from hotline.stages.joint.queries.rows import state_of, words_of
from hotline.tickets.access import OpenTicket, TicketRefused, take
from hotline.tickets.commands import Outcome, perform_on
from hotline.tickets.dossier import clocks_of
from hotline.tickets.dossiers import commands as dossiers
from hotline.tickets.rulebook import rulebook

PAIRED: Final = frozenset(
    {Deed.MEDIATE, Deed.PROVISION, Deed.CONVENE, Deed.RULE, Deed.OBJECT, Deed.UPHOLD, Deed.ESCALATE, Deed.DECIDE}
)
"""Deeds that are acts of the ticket as well."""
LONGEST: Final = 5000
NOT_FOUND: Final = Refusal("joint.not_found")


@dataclass(frozen=True)
class Done(dossiers.Done[DisputeFile, Dispute]):
    """What came of a deed, and of the ticket's act that goes with it."""

    outcome: Outcome | None = None


def do(pk: int, *, order: Order, actor: Actor, now: datetime, version: int | None = None) -> Done:
    """One deed on one file. `version` is the one the person saw; if it moved on, nothing is done."""
    with transaction.atomic(savepoint=False):
        number = DisputeFile.objects.filter(pk=pk).values_list("ticket", flat=True).first()
        if number is None:
            return Done(refusals=(NOT_FOUND,))
        try:
            opened = take(number, actor=actor) if order.deed in PAIRED | {Deed.SUCCEED} else None
        except TicketRefused:
            opened = None
        row = take_file(pk, actor=actor)
        if row is None:
            return Done(refusals=(NOT_FOUND,))
        if version is not None and version != row.version:
            return Done(row, state_of(row), (Refusal("joint.moved_on"),))
        return do_on(row, opened, order=order, actor=actor, now=now)


def take_file(pk: int, *, actor: Actor) -> DisputeFile | None:
    """The file locked for a deed; None when it is not there for this person."""
    return dossiers.taken(DisputeFile.objects, pk, seen=lambda row: may_see(actor, state_of(row)))


def do_act(*, number: str, act: Act, actor: Actor, now: datetime, version: int | None = None) -> Outcome:
    """One of the ticket's acts of this stage, with what it means for the file."""
    with transaction.atomic(savepoint=False):
        try:
            opened = take(number, actor=actor)
        except TicketRefused as refused:
            return Outcome(refusals=(refused.refusal,))
        row = ensure(opened, now=now)
        order = _order(row, opened, act, now) if row is not None else None
        if row is None or order is None:
            return perform_on(opened, act=act, actor=actor, now=now, version=version)
        if _unlike(state_of(row), act):
            return Outcome(ticket=opened.row, state=opened.state, refusals=(Refusal("joint.on_the_file"),))
        return _both(row, opened, order, act, actor=actor, now=now, version=version)


def _both(
    row: DisputeFile, opened: OpenTicket, order: Order, act: Act, *, actor: Actor, now: datetime, version: int | None
) -> Outcome:
    """The ticket's own refusals come first: they name the field of its form."""
    before, now = state_of(row), max(now, row.last_at)
    ruling = judged(row, before, order, actor=actor, now=now)
    if not ruling.ok:
        book = rulebook(now=now, profile=opened.state.profile)
        own = decide_act(opened.state, act, actor=actor, book=book, now=in_turn(now, opened.state)).refusals
        return Outcome(ticket=opened.row, state=opened.state, refusals=own or ruling.refusals)
    stored = words_of(row.pk, before.concluded_seq)
    outcome = perform_ruled(
        opened, before, order, act=act, stored=stored, actor=actor, now=now, version=version
    )  # fmt: skip
    if outcome is not None and outcome.ok:
        _kept(row, before, ruling, order, now)
    return outcome or Outcome(ticket=opened.row, state=opened.state)


def _order(row: DisputeFile, opened: OpenTicket, act: Act, now: datetime) -> Order | None:
    """The deed; a panel called from outside sits as the last one did, and answers in writing by the panel's time."""
    order = order_of(state_of(row), act)
    if order is None or not isinstance(act, a.ConvenePanel):
        return order
    seats = seats_known()
    panel = opened.state.running(ClockKind.PANEL)
    due = panel.due_at if panel is not None and panel.due_at > now else now + timedelta(days=1)
    parties = frozenset(act.members) - set(seats.values())
    return replace(order, parties=parties, form=Form.WRITTEN, meets_at=due, **seats)  # type: ignore[arg-type]  # seats by their names


def seats_known() -> Mapping[str, UnitCode]:
    """Who sat on the last panel that was called: the city's staffing office, justice and discipline inspection."""
    names = ("staffing", "justice", "observer")
    last = DisputeFile.objects.exclude(staffing=None).order_by("-last_at").values(*names).first()
    return {name: UnitCode(last[name]) for name in names if last[name]} if last else {}


def _unlike(state: Dispute, act: Act) -> bool:
    """A ruling from outside the file is only what the signed minutes say; a decision from above is on the file."""
    if not isinstance(act, a.RuleJointly):
        return False
    tasks = {task.unit for task in state.tasks}
    return state.status is not Status.SIGNED or (act.lead_unit, set(act.co_units)) != (state.proposed, tasks)


def do_on(row: DisputeFile, opened: OpenTicket | None, *, order: Order, actor: Actor, now: datetime) -> Done:
    """The deed on a file that is taken, with the ticket's act when it has one."""
    before, now = state_of(row), max(now, row.last_at)
    ruling = judged(row, before, order, actor=actor, now=now)
    too_long = [
        Refusal("joint.too_long", {"limit": LONGEST}, field=n) for n, t in order.words.items() if len(t) > LONGEST
    ]
    if too_long or not ruling.ok:
        return Done(row, before, tuple(too_long) or ruling.refusals)
    if order.deed is Deed.SUCCEED and opened is not None:
        ticket_follows(opened, order.unit, order.successor, now=now)
    outcome = None
    if order.deed in PAIRED:
        if opened is None:
            return Done(row, before, (NOT_FOUND,))
        stored = words_of(row.pk, before.concluded_seq)
        outcome = perform_ruled(opened, before, order, act=None, stored=stored, actor=actor, now=now)
        if outcome is not None and not outcome.ok:
            return Done(row, before, outcome.refusals, outcome)
    return Done(_kept(row, before, ruling, order, now), ruling.state, outcome=outcome)


def ticket_follows(opened: OpenTicket, old: UnitCode | None, new: UnitCode | None, *, now: datetime) -> bool:
    """Where a unit's successor takes its place, the ticket goes along, by the platform: nobody has to remember it."""
    if not old or not new or opened.state.stage in TERMINAL or old not in units_of(opened.state):
        return False
    act = a.FollowSuccessor(old_unit=old, new_unit=new)
    return perform_on(opened, act=act, actor=SYSTEM, now=now).ok


def judged(row: DisputeFile, state: Dispute, order: Order, *, actor: Actor, now: datetime) -> Ruling:
    """What the file's rules say today: with the city's units and the panel's clock."""
    active = active_codes(now.astimezone(CITY_TZ).date())
    return decide(state, order, actor=actor, now=now, active=active, time_over=time_over(row, now))


def time_over(row: DisputeFile, now: datetime) -> bool:
    """Whether the panel's time has run out; a clock that was cancelled leaves no time either."""
    panel = clocks_of([row.ticket_row_id], [ClockKind.PANEL]).get(row.ticket_row_id, {}).get(ClockKind.PANEL)
    return panel is None or not panel.running or now > panel.due_at


def _kept(row: DisputeFile, before: Dispute, ruling: Ruling, order: Order, now: datetime) -> DisputeFile:
    record(row, before, ruling, order)
    if ruling.entry is not None:
        tell(row, ruling.entry, seq=ruling.state.version, now=now)
    return row
