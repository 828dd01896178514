"""Where the files lie: below MEDIA_ROOT, each under the digest of its content, readable by the platform alone.

A file is there before the row that names it is committed, and goes only when no row needs it. Whoever brings, replaces
or takes one away holds its digest until the transaction ends, so that none is taken away while it is being brought.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from io import BufferedReader
from pathlib import Path
from secrets import token_hex
from typing import Final

from django.conf import settings
from django.db import connection

from hotline.plumbing.locks import lock_number

DIGEST = 64
Keeper = Callable[[Sequence[str]], set[str]]
KEEPERS: Final[list[Keeper]] = []
"""Who else needs files that lie here: given digests, those that are needed. Apps above fill it in."""


def kept_elsewhere(digests: Sequence[str]) -> set[str]:
    """Those of these files that something else than a ticket's attachment needs."""
    return set().union(*(keeper(digests) for keeper in KEEPERS))


def root() -> Path:
    """The folder of all attachments."""
    return Path(settings.MEDIA_ROOT)


def place(sha256: str) -> Path:
    """Two levels of 256 folders: a million files make some fifteen a folder."""
    if len(sha256) != DIGEST or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError("a digest is 64 hexadecimal digits")
    return root() / sha256[:2] / sha256[2:4] / sha256


def fresh() -> Path:
    """A place for a file that is still being looked at."""
    folder = incoming()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / token_hex(16)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return path


def incoming() -> Path:
    """Files on their way in; what a killed process left there is swept away."""
    return root() / "incoming"


def hold(sha256: str) -> None:
    """Nobody else brings or takes this file until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock_number(f"attachment:{sha256}")])


def keep(prepared: Path, sha256: str) -> None:
    """The file in its place, safe from a power cut; what lay there under the same digest is replaced."""
    target = place(sha256)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with prepared.open("rb") as file:
        os.fsync(file.fileno())
    prepared.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def open_file(sha256: str) -> BufferedReader | None:
    """The file for reading, or None when it is not there."""
    try:
        return place(sha256).open("rb")
    except FileNotFoundError:
        return None


def kept_files() -> Iterator[Path]:
    """Every file in its place, whoever needs it."""
    yield from (path for path in root().glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*") if len(path.name) == DIGEST)
