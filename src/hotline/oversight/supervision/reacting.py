"""What supervision does by itself when something happens on a ticket; wiring.py says at which events.

The ladder of the ticket's profile names what follows; each occasion is taken up once, and a ticket has one live
supervision of a kind, so a further cause joins the one that is there.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from hotline.oversight.supervision import commands
from hotline.oversight.supervision.models import Ground, Supervision
from hotline.oversight.supervision.rows import state_of
from hotline.plumbing.locks import wait_turn
from hotline.rules.lifecycle import SYSTEM
from hotline.rules.messages import Refusal
from hotline.rules.state import TicketState
from hotline.rules.supervision import Cause, Deed, Order, Outcome, Status
from hotline.rules.supervision.ladder import Trigger, ends, repeat_trigger, triggers
from hotline.rules.supervision.states import LIVE
from hotline.rules.supervision_rules import SupervisionRules
from hotline.rules.vocabulary import SupervisionKind
from hotline.tickets.found import repeats_of
from hotline.tickets.happening import Happened, states_around
from hotline.tickets.rulebook import rulebook

MOVES_ALONG: Final = frozenset({SupervisionKind.PLATFORM, SupervisionKind.KEY})
"""Kinds that go with their ticket to another unit."""


def follow_ladder(happened: Happened, now: datetime) -> None:
    """What the event is a cause for is proposed or opened."""
    before, after = states_around(happened)
    rules = rules_of(after, now)
    found = list(triggers(happened.event, before, after, rules))
    if happened.event.name == "request.registered":
        found += _repeats(happened, after, rules)
    for trigger in found:
        take_up(trigger, number=happened.number, now=now)


def _repeats(happened: Happened, after: TicketState, rules: SupervisionRules) -> Sequence[Trigger]:
    since = happened.event.at - timedelta(days=rules.repeat_days)
    trigger = repeat_trigger(repeats_of(happened.number, category=after.category, since=since), rules)
    return [trigger] if trigger else []


def rules_of(ticket: TicketState, now: datetime) -> SupervisionRules:
    """The ladder of the profile under which the ticket was opened."""
    return rulebook(now=now, profile=ticket.profile).profile.supervision


def take_up(trigger: Trigger, *, number: str, now: datetime) -> None:
    """One occasion: a new supervision, or a further ground of the one that is there. Never twice."""
    wait_turn(f"supervision:{number}")
    if Ground.objects.filter(number=number, kind=trigger.kind.value, key=trigger.key).exists():
        return
    there = commands.live_one(number, trigger.kind)
    if there is not None:
        _join(there, trigger, number, now)
        return
    ticket = commands.ticket_of(number)
    wish = _wish(trigger, number, opens=trigger.rung.opens and bool(ticket.lead_unit))
    _done(commands.begin(wish, ticket=ticket, actor=SYSTEM, now=now))


def _wish(trigger: Trigger, number: str, *, opens: bool) -> commands.Wish:
    return commands.Wish(
        kind=trigger.kind, cause=trigger.cause, number=number, key=trigger.key, facts=trigger.facts, opens=opens
    )


def _join(there: Supervision, trigger: Trigger, number: str, now: datetime) -> None:
    """A further cause is added; one that the profile opens for opens what was only proposed."""
    opens = trigger.rung.opens and there.status == Status.PROPOSED.value
    deed = Deed.OPEN if opens and commands.ticket_of(number).lead_unit else Deed.ADD_GROUND
    order = Order(deed=deed, cause=trigger.cause, key=trigger.key, facts=trigger.facts)
    _done(commands.do_on(there, order=order, actor=SYSTEM, now=now))
    commands.keep_ground(there, _wish(trigger, number, opens=opens), now)


def follow_ticket(happened: Happened, now: datetime) -> None:
    """平台督办 ends with its ticket, and what was only proposed is not opened any more."""
    before, after = states_around(happened)
    if not ends(before, after):
        return
    wait_turn(f"supervision:{happened.number}")
    there = commands.live_one(happened.number, SupervisionKind.PLATFORM)
    if there is not None:
        order = Order(deed=Deed.FOLLOW_TICKET, ticket_ended=True, outcome=Outcome.TICKET_ENDED)
        _done(commands.do_on(there, order=order, actor=SYSTEM, now=now))


def go_along(happened: Happened, now: datetime) -> None:
    """The ticket has come to another unit: what is open goes with it; what waited for a unit to be opened is opened."""
    wait_turn(f"supervision:{happened.number}")
    ticket = commands.ticket_of(happened.number)
    if not ticket.lead_unit:
        return
    units = frozenset({ticket.lead_unit})
    live = Supervision.objects.select_for_update(no_key=True).filter(number=happened.number, status__in=sorted(LIVE))
    for row in live.filter(kind__in=sorted(MOVES_ALONG)).order_by("pk"):
        state = state_of(row)
        if state.status is Status.PROPOSED and _opens(state.causes, state.kind, rules_of(ticket, now)):
            _done(commands.do_on(row, order=Order(deed=Deed.OPEN, units=units), actor=SYSTEM, now=now))
        elif state.status in {Status.OPEN, Status.REPORTED} and state.units != units:
            _done(commands.do_on(row, order=Order(deed=Deed.CHANGE_UNITS, units=units), actor=SYSTEM, now=now))


def _opens(causes: frozenset[Cause], kind: SupervisionKind, rules: SupervisionRules) -> bool:
    rungs = [rules.rung(cause.value) for cause in causes]
    return any(rung.opens and rung.kind is kind for rung in rungs)


class Unexpected(Exception):
    """The rules refused what the platform itself wanted; the job fails and is tried again."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        super().__init__(", ".join(refusal.code for refusal in refusals))


def _done(done: commands.Done) -> None:
    if not done.ok:
        raise Unexpected(done.refusals)
