"""签批页: the page that bears the signature, scanned, checked and cleaned as every file is; the office opens it."""

from collections.abc import Iterable
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
from hotline.tickets.attachments.preparing import Prepared, prepared
from hotline.tickets.attachments.refusing import FileRefused
from hotline.tickets.dossiers.files import Opened, facts_of, needed_by, no_room, opened, put_in

MOST: Final = 20


def attach(pk: int, *, file: BinaryIO, name: str, actor: Actor, now: datetime) -> Done:
    """One scanned page; there afterwards with its line of the history, or not at all."""
    try:
        with prepared(file, name) as ready, transaction.atomic():
            row = take(pk, actor=actor)
            if row is None:
                return Done(refusals=(Refusal("documents.not_found"),))
            refusal = no_room(row.files, ready, family="documents", most=MOST)
            return Done(row, state_of(row), (refusal,)) if refusal else _attach(row, ready, actor, now)
    except FileRefused as refused:
        return Done(refusals=(refused.refusal,))


def _attach(row: Document, ready: Prepared, actor: Actor, now: datetime) -> Done:
    facts = facts_of(ready)
    done = do_on(row, order=Order(deed=Deed.ATTACH, facts=facts), actor=actor, now=now)
    if done.ok:
        put_in(row.files, ready, seq=row.version, at=row.last_at)
    return done


def scan(pk: int, file: int, *, actor: Actor, now: datetime) -> Opened | None:
    """One page for somebody of the office; None when it is not there for them."""
    seen = whole(pk, actor=actor, now=now)
    if seen is None or file not in {one.id for one in seen.files}:
        return None
    return opened(DocumentFile.objects.get(pk=file))


def needed(digests: Iterable[str]) -> set[str]:
    """Those of these files that some document has."""
    return needed_by(DocumentFile.objects, digests)
