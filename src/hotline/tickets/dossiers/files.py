"""Files that come with an entry: checked and cleaned as every file is, kept once, and counted."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from hotline.rules.messages import Refusal
from hotline.tickets.attachments import store
from hotline.tickets.attachments.preparing import Prepared, prepared
from hotline.tickets.dossiers.models import FileColumns

if TYPE_CHECKING:
    from django.db.models import Manager


@dataclass(frozen=True)
class Upload:
    """One file on its way in."""

    file: BinaryIO
    name: str


@dataclass(frozen=True)
class Opened:
    """One file opened for somebody."""

    name: str
    kind: str
    sha256: str


@contextmanager
def all_prepared(uploads: Sequence[Upload]) -> Iterator[list[Prepared]]:
    """Every file checked and cleaned, or the refusal of the first that cannot be taken."""
    with ExitStack() as held:
        yield [held.enter_context(prepared(one.file, one.name)) for one in uploads]


def no_room(files: "Manager[Any]", ready: Prepared, *, family: str, most: int) -> Refusal | None:
    """Why this file cannot be added to a dossier's files: it is there already, or there are too many."""
    there = list(files.values_list("sha256", flat=True))
    if ready.sha256 in there:
        return Refusal(f"{family}.file_there", field="file")
    return Refusal(f"{family}.too_many_files", {"most": most}, field="file") if len(there) >= most else None


def facts_of(ready: Prepared) -> dict[str, Any]:
    """What the history says of a file."""
    return {"kind": ready.kind.value, "size": ready.size, "sha256": ready.sha256}


def put_in(files: "Manager[Any]", ready: Prepared, *, seq: int, at: datetime, **more: str) -> None:
    """The file kept, with its row beside the entry it came with."""
    store.hold(ready.sha256)
    store.keep(ready.path, ready.sha256)
    files.create(seq=seq, name=ready.name, at=at, **facts_of(ready), **more)


def opened(row: FileColumns) -> Opened:
    """A file for somebody who may read it."""
    return Opened(row.name, row.kind, row.sha256)


def needed_by(of: "Manager[Any]", digests: Iterable[str]) -> set[str]:
    """Those of these files that some dossier of the family has."""
    return set(of.filter(sha256__in=list(digests)).values_list("sha256", flat=True))
