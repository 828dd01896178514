"""A call and what comes of it: one officer has the ticket in hand, records it, and the next one comes up."""

from datetime import datetime

from django.db import transaction

from hotline.rules.acts import Act, CloseUnreached, CloseWithoutCallback, RecordAttempt, RecordCallback
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.stages.callback.commands.asking import take_back
from hotline.stages.callback.commands.planning import plan_again
from hotline.stages.callback.queries.calling import in_hand
from hotline.stages.callback.queries.worklist import DESK, opens_at
from hotline.tickets.access import TicketRefused, look_at
from hotline.tickets.claims import Held, claim, let_go
from hotline.tickets.commands import Outcome, perform
from hotline.tickets.disclosing import Disclosed, disclose

CALLING: tuple[type[Act], ...] = (RecordAttempt, RecordCallback, CloseUnreached, CloseWithoutCallback)
REASON = "callback"


def take_in_hand(*, number: str, actor: Actor, now: datetime) -> Held:
    """The officer opens a ticket: nobody else rings this citizen for a while. TicketRefused if not there."""
    return claim(look_at(number, actor=actor), desk=DESK, actor=actor, now=now)


def leave(*, number: str, actor: Actor) -> None:
    """The officer goes on without ringing."""
    let_go(look_at(number, actor=actor), desk=DESK, actor=actor)


def record(*, number: str, act: Act, actor: Actor, now: datetime, version: int | None = None) -> Outcome:
    """What came of a call, by the one who has the ticket in hand; then it is let go and its plan worked out anew."""
    if not isinstance(act, CALLING):
        raise TypeError(f"{act.name} is no act of a call")
    with transaction.atomic():
        try:
            opened = look_at(number, actor=actor)
        except TicketRefused as refused:
            return Outcome(refusals=(refused.refusal,))
        held = claim(opened, desk=DESK, actor=actor, now=now)
        if not held.mine:
            return Outcome(ticket=opened.row, state=opened.state, refusals=(in_hand(held),))
        outcome = perform(number=number, act=act, actor=actor, now=now, version=version)
        if outcome.ok:
            let_go(opened, desk=DESK, actor=actor)
            take_back(number=number, now=now)
            plan_again([opened.row.pk], now=now)
    return outcome


def show_number(*, number: str, actor: Actor, now: datetime) -> Disclosed:
    """The requester's number for the one who is about to ring, put on record; never in quiet hours."""
    held = take_in_hand(number=number, actor=actor, now=now)
    if not held.mine:
        return Disclosed(refusals=(in_hand(held),))
    opens = opens_at(now)
    if opens > now:
        return Disclosed(refusals=(Refusal("callback.quiet_hours", {"opens": opens}),))
    return disclose(number=number, reason=REASON, actor=actor, now=now)
