"""A file is looked at and cleaned before anything is recorded: name, size, content, ending, what it tells of people.

Every way in passes here: pages, API, portals.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from shutil import copyfileobj
from typing import BinaryIO, Final

from django.conf import settings

from hotline.rules.vocabulary import FileKind
from hotline.tickets.attachments import kinds, movies, packages, pictures, store
from hotline.tickets.attachments.names import clean_name, extension
from hotline.tickets.attachments.refusing import FileRefused

MEGABYTE: Final = 1_000_000
TAIL: Final = 4096


@dataclass(frozen=True)
class Prepared:
    """A file fit to be kept: cleaned, under a passing name of ours, with the digest of what will be kept."""

    path: Path
    name: str
    kind: FileKind
    size: int
    sha256: str


@contextmanager
def prepared(file: BinaryIO, name: str) -> Iterator[Prepared]:
    """The cleaned file for as long as the block lasts; FileRefused when it is not taken in."""
    kind, named = _looked_at(file, name)
    path = store.fresh()
    try:
        with path.open("r+b") as clean:
            _cleaned(file, clean, kind)
            clean.flush()
            size = clean.seek(0, 2)
            clean.seek(0)
            digest = file_digest(clean, "sha256").hexdigest()
        yield Prepared(path=path, name=named, kind=kind, size=size, sha256=digest)
    finally:
        path.unlink(missing_ok=True)


def _looked_at(file: BinaryIO, name: str) -> tuple[FileKind, str]:
    named = clean_name(name)
    _check_size(file.seek(0, 2))
    kind = kinds.told_by(file) or packages.opened(file)
    if kind is FileKind.PDF:
        _check_whole(file)
    kinds.check_ending(kind, extension(named))
    return kind, named


def _check_size(size: int) -> None:
    if size == 0:
        raise FileRefused("upload.empty")
    if size > settings.ATTACHMENT_MOST_MB * MEGABYTE:
        raise FileRefused("upload.too_large", limit=settings.ATTACHMENT_MOST_MB)


def _check_whole(file: BinaryIO) -> None:
    """A PDF that was cut off has lost its end."""
    file.seek(-min(TAIL, file.seek(0, 2)), 2)
    if b"%%EOF" not in file.read():
        raise FileRefused("upload.broken")


def _cleaned(file: BinaryIO, clean: BinaryIO, kind: FileKind) -> None:
    if kind in kinds.PICTURES:
        pictures.redraw(file, clean, kind)
        return
    file.seek(0)
    copyfileobj(file, clean, 1 << 20)
    if kind is FileKind.MP4:
        movies.forget_places(clean)
