"""签批页: the page that bears the signature, scanned, checked and cleaned as every file is; the office opens it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Final

from django.db import transaction

from hotline.oversight.documents.commands import Done, do_on, take
from hotline.oversight.documents.models import Document, DocumentFile
from hotline.oversight.documents.queries import whole
from hotline.oversight.documents.rows import state_of
from hotline.rules.documents import Deed, Order
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.tickets.attachments import store
from hotline.tickets.attachments.preparing import Prepared, prepared
from hotline.tickets.attachments.refusing import FileRefused

MOST: Final = 20


@dataclass(frozen=True)
class Scan:
    """One file opened for somebody."""

    name: str
    kind: str
    sha256: str


def attach(pk: int, *, file: BinaryIO, name: str, actor: Actor, now: datetime) -> Done:
    """One scanned page; there afterwards with its line of the history, or not at all."""
    try:
        with prepared(file, name) as ready, transaction.atomic():
            row = take(pk, actor=actor)
            if row is None:
                return Done(refusals=(Refusal("documents.not_found"),))
            refusal = _no_room(row, ready)
            return Done(row, state_of(row), (refusal,)) if refusal else _attach(row, ready, actor, now)
    except FileRefused as refused:
        return Done(refusals=(refused.refusal,))


def _no_room(row: Document, ready: Prepared) -> Refusal | None:
    there = list(DocumentFile.objects.filter(document=row).values_list("sha256", flat=True))
    if ready.sha256 in there:
        return Refusal("documents.file_there", field="file")
    return Refusal("documents.too_many_files", {"most": MOST}, field="file") if len(there) >= MOST else None


def _attach(row: Document, ready: Prepared, actor: Actor, now: datetime) -> Done:
    facts = {"kind": ready.kind.value, "size": ready.size, "sha256": ready.sha256}
    done = do_on(row, order=Order(deed=Deed.ATTACH, facts=facts), actor=actor, now=now)
    if done.ok:
        store.hold(ready.sha256)
        store.keep(ready.path, ready.sha256)
        DocumentFile.objects.create(
            document=row,
            seq=row.version,
            name=ready.name,
            kind=ready.kind.value,
            size=ready.size,
            sha256=ready.sha256,
            at=row.last_at,
        )
    return done


def scan(pk: int, file: int, *, actor: Actor, now: datetime) -> Scan | None:
    """One page for somebody of the office; None when it is not there for them."""
    seen = whole(pk, actor=actor, now=now)
    if seen is None or file not in {one.id for one in seen.files}:
        return None
    row = DocumentFile.objects.get(pk=file)
    return Scan(row.name, row.kind, row.sha256)


def needed(digests: Iterable[str]) -> set[str]:
    """Those of these files that some document has."""
    return set(DocumentFile.objects.filter(sha256__in=list(digests)).values_list("sha256", flat=True))
