"""DOCX and XLSX are packed folders: opened far enough to know what they are, that they run nothing and do not burst.

Handling units' computers open what citizens send in; macros and packed bombs end here.
"""

import re
import zlib
from typing import BinaryIO, Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from hotline.rules.vocabulary import FileKind
from hotline.tickets.attachments.kinds import CONVERT
from hotline.tickets.attachments.refusing import FileRefused

MOST_PARTS: Final = 5000
MOST_BYTES: Final = 200_000_000
SUSPECT_FROM: Final = 10_000_000
MOST_RATIO: Final = 200
"""A part beyond ten megabytes that was packed more than two hundredfold is made to burst, not to be read."""
BLOCK: Final = 1 << 16
TEXTUAL: Final = 4_000_000

RUNS: Final = re.compile(
    r"vbaproject\.bin$|vbadata\.xml$|/activex/|/macrosheets/|/embeddings/[^/]*\.(?:bin|exe|dll|js|vbs|bat|cmd|scr|ps1)$",
    re.IGNORECASE,
)
MACRO_TYPE: Final = b"macroenabled"
OUTSIDE_TEMPLATE: Final = re.compile(
    rb"<relationship\b(?=[^>]*attachedtemplate)(?=[^>]*targetmode\s*=\s*[\"']external)", re.IGNORECASE
)
INSIDE: Final = {
    "word/document.xml": FileKind.DOCX,
    "xl/workbook.xml": FileKind.XLSX,
}
OTHERS: Final = {"ppt/presentation.xml": "pptx"}
OPEN_DOCUMENT: Final = {b"text": "odt", b"spreadsheet": "ods", b"presentation": "odp"}


def opened(file: BinaryIO) -> FileKind:
    """Which document it is, after every part was unpacked once; FileRefused if it is none, runs or bursts."""
    file.seek(0)
    try:
        with ZipFile(file) as package:
            parts = package.infolist()
            kind = _kind(package, parts)
            _check_parts(parts)
            _check_content(package, parts)
            return kind
    except (BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError, ValueError) as fault:
        raise FileRefused("upload.broken") from fault


def _kind(package: ZipFile, parts: list[ZipInfo]) -> FileKind:
    names = {part.filename for part in parts[:MOST_PARTS]}
    for name, kind in INSIDE.items():
        if name in names:
            return kind
    other = next((ending for name, ending in OTHERS.items() if name in names), "")
    if "mimetype" in names:
        with package.open("mimetype") as said:
            declared = said.read(100)
        other = next((ending for word, ending in OPEN_DOCUMENT.items() if word in declared), other)
    if other:
        raise FileRefused("upload.convert_first", into=CONVERT[other])
    raise FileRefused("upload.kind_refused")


def _check_parts(parts: list[ZipInfo]) -> None:
    """By what the package declares, before anything is unpacked."""
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        raise FileRefused("upload.unpacks_too_large")
    for part in parts:
        if part.file_size > SUSPECT_FROM and part.file_size > MOST_RATIO * max(part.compress_size, 1):
            raise FileRefused("upload.unpacks_too_large")
        if RUNS.search(f"/{part.filename}"):
            raise FileRefused("upload.active_content")


def _check_content(package: ZipFile, parts: list[ZipInfo]) -> None:
    """Unpacked once, so that a part that is not what the package declares is found."""
    for part in parts:
        with package.open(part) as content:
            head = content.read(TEXTUAL)
            if part.filename.lower() == "[content_types].xml" and MACRO_TYPE in head.lower():
                raise FileRefused("upload.active_content")
            if part.filename.lower().endswith(".rels") and OUTSIDE_TEMPLATE.search(head):
                raise FileRefused("upload.active_content")
            while content.read(BLOCK):
                pass
