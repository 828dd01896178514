"""Every deed on a handover goes through one of these: the row is taken, tickets and words are looked at, the rules
decide, what came of it is kept. A refusal is a value.
"""

from dataclasses import replace
from datetime import datetime
from typing import Final

from django.db import transaction

from hotline.oversight.supervision.commands import due_at
from hotline.oversight.supervision.media.looking import looked
from hotline.oversight.supervision.media.models import Handover, HandoverNumber
from hotline.oversight.supervision.media.rows import columns_of, record, state_of, words_of, write_entry
from hotline.oversight.supervision.media.telling import tell
from hotline.rules import media as rules
from hotline.rules.lifecycle import Actor
from hotline.rules.media import Deed, Order, decide
from hotline.rules.media.seeing import may_see
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import SupervisionKind
from hotline.tickets.dossiers import commands as dossiers
from hotline.tickets.dossiers.numbering import draw

LARGEST: Final = 2**31 - 1


Done = dossiers.Done[Handover, rules.Handover]


def propose(order: Order, *, actor: Actor, now: datetime) -> Done:
    """A new list; its units are those that answer for its tickets."""
    with transaction.atomic(savepoint=False):
        order = looked(replace(order, deed=Deed.PROPOSE), None, actor=actor)
        ruling = decide(rules.Handover(), order, actor=actor, now=now)
        if not ruling.ok or ruling.entry is None:
            return Done(refusals=ruling.refusals)
        row = Handover.objects.create(made_at=now, **columns_of(ruling.state), **words_of(order))
        write_entry(row.pk, ruling.state.version, ruling.entry, order)
        tell(row, ruling.entry, seq=ruling.state.version, now=now)
        return Done(row, ruling.state)


def do(pk: int, *, order: Order, actor: Actor, now: datetime, version: int | None = None) -> Done:
    """One deed on one handover. `version` is the one the person saw; if it moved on, nothing is done."""
    with transaction.atomic(savepoint=False):
        row = take(pk, actor=actor)
        if row is None:
            return Done(refusals=(Refusal("media.not_found"),))
        if version is not None and version != row.version:
            return Done(row, state_of(row), (Refusal("media.moved_on"),))
        return do_on(row, order=order, actor=actor, now=now)


def take(pk: int, *, actor: Actor) -> Handover | None:
    """The handover locked for a deed; None when it is not there for this person."""
    return dossiers.taken(Handover.objects, min(pk, LARGEST), seen=lambda row: may_see(actor, state_of(row)))


def do_on(row: Handover, *, order: Order, actor: Actor, now: datetime) -> Done:
    """The same on one that is already taken, inside the caller's transaction.

    The number is drawn only when nothing stands against handing it over: a refused agreement uses none up.
    """
    before, now = state_of(row), max(now, row.last_at)
    if order.deed is Deed.AGREE and order.due_at is None:
        order = replace(order, due_at=due_at(SupervisionKind.MEDIA, "", now))
    order = looked(order, row, actor=actor)
    ruling = decide(before, order, actor=actor, now=now)
    if not ruling.ok:
        return Done(row, before, ruling.refusals)
    if order.deed is Deed.AGREE:
        order = replace(order, number=draw(HandoverNumber, now=now))
        ruling = decide(before, order, actor=actor, now=now)
    record(row, before, ruling, order)
    if ruling.entry is not None:
        tell(row, ruling.entry, seq=ruling.state.version, now=now)
    return Done(row, ruling.state)
