"""刊播材料: pages and pictures of what was published, checked and cleaned as every file is."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from django.db import transaction

from hotline.oversight.supervision.media.commands import Done, do_on, take
from hotline.oversight.supervision.media.models import Handover, HandoverFile
from hotline.oversight.supervision.media.queries import whole
from hotline.oversight.supervision.media.rows import state_of
from hotline.rules.lifecycle import Actor
from hotline.rules.media import Deed, Order
from hotline.rules.messages import Refusal
from hotline.tickets.attachments.preparing import Prepared
from hotline.tickets.attachments.refusing import FileRefused
from hotline.tickets.dossiers.files import Opened, Upload, all_prepared, facts_of, needed_by, no_room, opened, put_in

MOST: Final = 30


def do_with_files(
    pk: int, *, order: Order, uploads: Sequence[Upload], actor: Actor, now: datetime, version: int | None = None
) -> Done:
    """A deed with its scans: both are there afterwards, or neither. Only scans, when the deed is to add some."""
    try:
        with all_prepared(uploads) as ready, transaction.atomic():
            row = take(pk, actor=actor)
            if row is None:
                return Done(refusals=(Refusal("media.not_found"),))
            if version is not None and version != row.version:
                return Done(row, state_of(row), (Refusal("media.moved_on"),))
            done = _all(row, order, ready, actor, now)
            if not done.ok:
                transaction.set_rollback(True)
            return done
    except FileRefused as refused:
        return Done(refusals=(refused.refusal,))


def _all(row: Handover, order: Order, ready: Sequence[Prepared], actor: Actor, now: datetime) -> Done:
    """The deed first, then what belongs to it."""
    done = Done(row, state_of(row))
    if order.deed is not Deed.ATTACH:
        done = do_on(row, order=order, actor=actor, now=now)
    for one in ready:
        if not done.ok:
            break
        done = _attach(row, one, order.deed, actor, now)
    return done


def _attach(row: Handover, ready: Prepared, of: Deed, actor: Actor, now: datetime) -> Done:
    refusal = no_room(row.files, ready, family="media", most=MOST)
    if refusal:
        return Done(row, state_of(row), (refusal,))
    facts = facts_of(ready) | {"of": of.value}
    done = do_on(row, order=Order(deed=Deed.ATTACH, facts=facts), actor=actor, now=now)
    if done.ok:
        put_in(row.files, ready, seq=row.version, at=row.last_at)
    return done


def scan(pk: int, file: int, *, actor: Actor, now: datetime) -> Opened | None:
    """One file for somebody who reads it on the page; None when it is not there for them."""
    seen = whole(pk, actor=actor, now=now)
    if seen is None or file not in {one.id for one in seen.files}:
        return None
    return opened(HandoverFile.objects.get(pk=file))


def needed(digests: Iterable[str]) -> set[str]:
    """Those of these files that some handover has."""
    return needed_by(HandoverFile.objects, digests)
