"""刊播材料: pages and pictures of what was published, checked and cleaned as every file is."""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Final

from django.db import transaction

from hotline.oversight.supervision.media.commands import Done, do_on, take
from hotline.oversight.supervision.media.models import Handover, HandoverFile
from hotline.oversight.supervision.media.queries import whole
from hotline.oversight.supervision.media.rows import state_of
from hotline.rules.lifecycle import Actor
from hotline.rules.media import Deed, Order
from hotline.rules.messages import Refusal
from hotline.tickets.attachments import store
from hotline.tickets.attachments.preparing import Prepared, prepared
from hotline.tickets.attachments.refusing import FileRefused

MOST: Final = 30


@dataclass(frozen=True)
class Upload:
    """One file on its way in."""

    file: BinaryIO
    name: str


@dataclass(frozen=True)
class Scan:
    """One file opened for somebody."""

    name: str
    kind: str
    sha256: str


def do_with_files(
    pk: int, *, order: Order, uploads: Sequence[Upload], actor: Actor, now: datetime, version: int | None = None
) -> Done:
    """A deed with its scans: both are there afterwards, or neither. Only scans, when the deed is to add some."""
    try:
        with ExitStack() as held, transaction.atomic():
            ready = [held.enter_context(prepared(one.file, one.name)) for one in uploads]
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
    refusal = _no_room(row, ready)
    if refusal:
        return Done(row, state_of(row), (refusal,))
    facts = {"kind": ready.kind.value, "size": ready.size, "sha256": ready.sha256, "of": of.value}
    done = do_on(row, order=Order(deed=Deed.ATTACH, facts=facts), actor=actor, now=now)
    if done.ok:
        store.hold(ready.sha256)
        store.keep(ready.path, ready.sha256)
        HandoverFile.objects.create(
            handover=row,
            seq=row.version,
            name=ready.name,
            kind=ready.kind.value,
            size=ready.size,
            sha256=ready.sha256,
            at=row.last_at,
        )
    return done


def _no_room(row: Handover, ready: Prepared) -> Refusal | None:
    there = list(HandoverFile.objects.filter(handover=row).values_list("sha256", flat=True))
    if ready.sha256 in there:
        return Refusal("media.file_there", field="file")
    return Refusal("media.too_many_files", {"most": MOST}, field="file") if len(there) >= MOST else None


def scan(pk: int, file: int, *, actor: Actor, now: datetime) -> Scan | None:
    """One file for somebody who reads it on the page; None when it is not there for them."""
    seen = whole(pk, actor=actor, now=now)
    if seen is None or file not in {one.id for one in seen.files}:
        return None
    row = HandoverFile.objects.get(pk=file)
    return Scan(row.name, row.kind, row.sha256)


def needed(digests: Iterable[str]) -> set[str]:
    """Those of these files that some handover has."""
    return set(HandoverFile.objects.filter(sha256__in=list(digests)).values_list("sha256", flat=True))
