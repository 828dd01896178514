"""签批页: the signed minutes as they were scanned, checked and cleaned as every file is; the office opens them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Final

from django.db import transaction

from hotline.rules.joint import Deed, Order
from hotline.rules.joint.seeing import may_see, view_of
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.stages.joint.commands import NOT_FOUND, Done, do_on
from hotline.stages.joint.models import DisputeFile, JointPage
from hotline.stages.joint.queries.rows import state_of
from hotline.stages.joint.queries.seen import seen_by
from hotline.tickets.attachments import store
from hotline.tickets.attachments.preparing import Prepared, prepared
from hotline.tickets.attachments.refusing import FileRefused

MOST: Final = 20


@dataclass(frozen=True)
class Scan:
    """One page opened for somebody."""

    name: str
    kind: str
    sha256: str


def attach(pk: int, *, file: BinaryIO, name: str, actor: Actor, now: datetime) -> Done:
    """One scanned page; there afterwards with its line of the history, or not at all."""
    try:
        with prepared(file, name) as ready, transaction.atomic():
            row = DisputeFile.objects.select_for_update(no_key=True).filter(pk=pk).first()
            if row is None or not may_see(actor, state_of(row)):
                return Done(refusals=(NOT_FOUND,))
            refusal = _no_room(row, ready)
            return Done(row, state_of(row), (refusal,)) if refusal else _attach(row, ready, actor, now)
    except FileRefused as refused:
        return Done(refusals=(refused.refusal,))


def _no_room(row: DisputeFile, ready: Prepared) -> Refusal | None:
    there = list(JointPage.objects.filter(dispute=row).values_list("sha256", flat=True))
    if ready.sha256 in there:
        return Refusal("joint.file_there", field="file")
    return Refusal("joint.too_many_files", {"most": MOST}, field="file") if len(there) >= MOST else None


def _attach(row: DisputeFile, ready: Prepared, actor: Actor, now: datetime) -> Done:
    facts = {"kind": ready.kind.value, "size": ready.size, "sha256": ready.sha256}
    done = do_on(row, None, order=Order(deed=Deed.ATTACH, facts=facts), actor=actor, now=now)
    if done.ok:
        store.hold(ready.sha256)
        store.keep(ready.path, ready.sha256)
        JointPage.objects.create(
            dispute=row,
            seq=row.version,
            name=ready.name,
            kind=ready.kind.value,
            size=ready.size,
            sha256=ready.sha256,
            at=row.last_at,
        )
    return done


def scan(pk: int, page: int, *, actor: Actor) -> Scan | None:
    """One page for somebody of the office; None when it is not there for them."""
    if not view_of(actor).all or not seen_by(actor).filter(pk=pk).exists():
        return None
    row = JointPage.objects.filter(dispute_id=pk, pk=page).first()
    return Scan(row.name, row.kind, row.sha256) if row else None


def needed(digests: Iterable[str]) -> set[str]:
    """Those of these files that some dispute has."""
    return set(JointPage.objects.filter(sha256__in=list(digests)).values_list("sha256", flat=True))
