"""What is done about precedents: proposed from a ruling, agreed to, changed, challenged, ended. A refusal is a value.

With an agreement the rule stands in the directory, in the same transaction, and every process looks at its lists anew:
the next ticket goes there. Tickets that were dispatched before keep the unit they have.
"""

from dataclasses import replace
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction

from hotline.registry.regions.commands import touch_lists
from hotline.registry.units.ruled import end, numbers_of, put_in
from hotline.rules import precedents as rules
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.precedents import Deed, Order, Ruling, decide
from hotline.rules.precedents.seeing import may_see
from hotline.rules.precedents.table import SUPERVISORS
from hotline.rules.precedents.wording import next_id
from hotline.rules.vocabulary import CITY_TZ
from hotline.tickets.dossiers import commands as dossiers
from hotline.tickets.dossiers.numbering import draw
from hotline.tickets.precedents.looking import looked
from hotline.tickets.precedents.models import NOT_DROPPED, Precedent, PrecedentNumber
from hotline.tickets.precedents.rows import columns_of, record, state_of, write_entry
from hotline.tickets.precedents.telling import tell

Done = dossiers.Done[Precedent, rules.Precedent]
LARGEST: Final = 2**31 - 1
LONGEST: Final = 2000
NOT_FOUND: Final = Refusal("precedents.not_found")
MADE_ALREADY: Final = Refusal("precedents.made_already")


def propose(order: Order, *, actor: Actor, now: datetime) -> Done:
    """A precedent of a ruling; there is one at most. `order.ruled` is what whoever knows disputes has read."""
    if len(order.text) > LONGEST:
        return Done(refusals=(_too_long(),))
    try:
        with transaction.atomic():
            return _propose(replace(order, deed=Deed.PROPOSE), actor, now)
    except IntegrityError:
        return Done(refusals=(MADE_ALREADY,))


def _propose(order: Order, actor: Actor, now: datetime) -> Done:
    if _made(order) and actor.roles & SUPERVISORS:
        return Done(refusals=(MADE_ALREADY,))
    order = looked(order, rules.Precedent(), now=now)
    ruling = decide(rules.Precedent(), order, actor=actor, now=now)
    if not ruling.ok or ruling.entry is None:
        return Done(refusals=ruling.refusals)
    row = Precedent.objects.create(made_at=now, **columns_of(ruling.state))
    write_entry(row.pk, ruling.state.version, ruling.entry, order)
    tell(row, ruling.entry, seq=ruling.state.version, now=now)
    return Done(row, ruling.state)


def _made(order: Order) -> bool:
    """Whether the ruling has its precedent. Looked at first: its own rule would stand against a second draft."""
    return order.ruled is not None and Precedent.objects.filter(NOT_DROPPED, dispute=order.ruled.dispute).exists()


def do(pk: int, *, order: Order, actor: Actor, now: datetime, version: int | None = None) -> Done:
    """One deed on one precedent. `version` is the one the person saw; if it moved on, nothing is done."""
    with transaction.atomic(savepoint=False):
        row = dossiers.taken(Precedent.objects, min(pk, LARGEST), seen=lambda row: may_see(actor, state_of(row)))
        if row is None:
            return Done(refusals=(NOT_FOUND,))
        if version is not None and version != row.version:
            return Done(row, state_of(row), (Refusal("precedents.moved_on"),))
        if len(order.text) > LONGEST:
            return Done(row, state_of(row), (_too_long(),))
        return do_on(row, order=order, actor=actor, now=now)


def do_on(row: Precedent, *, order: Order, actor: Actor, now: datetime) -> Done:
    """The same on one that is already taken, inside the caller's transaction.

    The number is drawn only when nothing stands against the agreement: a refused one uses none up.
    """
    before, now = state_of(row), max(now, row.last_at)
    order = looked(order, before, now=now)
    ruling = decide(before, order, actor=actor, now=now)
    if not ruling.ok:
        return Done(row, before, ruling.refusals)
    if order.deed is Deed.AGREE and before.pending is not None and before.serial is None:
        number = draw(PrecedentNumber, now=now)
        first = before.pending.categories[0]
        order = replace(order, number=number, rule_id=next_id(first, numbers_of(first)))
        ruling = decide(before, order, actor=actor, now=now)
    record(row, before, ruling, order)
    _in_directory(ruling, now)
    if ruling.entry is not None:
        tell(row, ruling.entry, seq=ruling.state.version, now=now)
    return Done(row, ruling.state)


def _in_directory(ruling: Ruling, now: datetime) -> None:
    """The directory follows: a new edition is put in, a withdrawn rule ends today. One that expires ends by its day."""
    entry, rule = ruling.entry, ruling.state.rule
    if entry is None or rule is None or entry.deed not in {Deed.AGREE, Deed.WITHDRAW}:
        return
    if entry.deed is Deed.AGREE:
        put_in(rule)
    else:
        end(rule.id, now.astimezone(CITY_TZ).date())
    touch_lists()


def _too_long() -> Refusal:
    return Refusal("precedents.too_long", {"limit": LONGEST}, field="text")
