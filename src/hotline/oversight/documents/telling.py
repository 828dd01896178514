"""Notices of documents, in the deed's own transaction."""

from datetime import datetime
from typing import Final

from hotline.oversight.documents.models import Document
from hotline.oversight.documents.rows import state_of
from hotline.oversight.notices.commands import tell as notify
from hotline.rules.documents import Entry
from hotline.rules.documents.telling import who_must_know

ABOUT: Final = "document"


def tell(row: Document, entry: Entry, *, seq: int, now: datetime) -> None:
    """One notice for each person who must know of this entry; whoever did it is not told."""
    told = who_must_know(entry, state_of(row))
    notify(told, number=str(row.pk), seq=seq, but=entry.actor, now=now, about=ABOUT)
