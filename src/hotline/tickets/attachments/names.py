"""A file's name as somebody gave it: kept for people to recognise, never used as a path and never trusted."""

import unicodedata
from pathlib import PurePosixPath

from hotline.tickets.attachments.refusing import FileRefused

LONGEST = 120
HIDING = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
"""Signs that cannot be seen; one of them turns “gpj.exe” into “exe.jpg” on the screen."""


def clean_name(given: str) -> str:
    """The name in one form; FileRefused when it holds a path or signs that hide what it is."""
    name = unicodedata.normalize("NFC", given).strip()
    if not name.strip(". ") or "/" in name or "\\" in name or any(unicodedata.category(s) in HIDING for s in name):
        raise FileRefused("upload.bad_name")
    return _shortened(name)


def extension(name: str) -> str:
    """The ending in small letters without its dot; blank when there is none."""
    return PurePosixPath(name).suffix[1:].lower()


def _shortened(name: str) -> str:
    """A long name loses the end of its stem, never its ending."""
    if len(name) <= LONGEST:
        return name
    ending = f".{extension(name)}"[:12]
    return name[: LONGEST - len(ending)] + ending
