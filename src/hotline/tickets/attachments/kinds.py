"""Which kinds of files are taken in and how each is told by its content. What a name or a browser claims counts for
nothing; a file that can run, hide a program or be rendered as a page is refused.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO, Final

import filetype

from hotline.rules.vocabulary import FileKind
from hotline.tickets.attachments.refusing import FileRefused

K = FileKind
HEAD = 8192
PICTURES: Final = frozenset({K.JPG, K.PNG, K.WEBP, K.GIF})


@dataclass(frozen=True)
class Kind:
    """How a kind is served, and the endings its name may have; the first is the one we advise."""

    mime: str
    endings: tuple[str, ...]
    inline: bool = False


KINDS: Final[Mapping[FileKind, Kind]] = {
    K.JPG: Kind("image/jpeg", ("jpg", "jpeg", "jpe", "jfif"), inline=True),
    K.PNG: Kind("image/png", ("png",), inline=True),
    K.WEBP: Kind("image/webp", ("webp",), inline=True),
    K.GIF: Kind("image/gif", ("gif",), inline=True),
    K.PDF: Kind("application/pdf", ("pdf",), inline=True),
    K.DOCX: Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",)),
    K.XLSX: Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",)),
    K.TXT: Kind("text/plain; charset=utf-8", ("txt",)),
    K.MP3: Kind("audio/mpeg", ("mp3",)),
    K.WAV: Kind("audio/wav", ("wav",)),
    K.MP4: Kind("video/mp4", ("mp4", "m4v")),
}

AS_FOUND: Final[Mapping[str, FileKind]] = {
    **{kind.value: kind for kind in (K.JPG, K.PNG, K.WEBP, K.GIF, K.PDF, K.MP3, K.WAV, K.MP4)},
    "m4v": K.MP4,
}
"""What the signatures say, for kinds that need no second look."""

OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIPPED: Final = b"PK\x03\x04"
RICH_TEXT: Final = b"{\\rtf"
CONVERT: Final[Mapping[str, str]] = {
    **dict.fromkeys(("heic", "heif", "avif", "bmp", "tif", "tiff", "jxr", "jpx", "psd", "apng", "dwg"), "JPG"),
    **dict.fromkeys(("mov", "avi", "mkv", "webm", "wmv", "flv", "mpg", "3gp"), "MP4"),
    **dict.fromkeys(("m4a", "amr", "ogg", "flac", "aac", "aiff", "mid"), "MP3"),
    **dict.fromkeys(("doc", "rtf", "odt"), "DOCX"),
    **dict.fromkeys(("xls", "ods", "csv"), "XLSX"),
    **dict.fromkeys(("ppt", "pptx", "odp"), "PDF"),
}
"""Harmless formats that many offices cannot open, and what to save them as."""

MARKUP: Final = re.compile(
    r"<\s*(?:!doctype\s+html|html|svg|script|iframe|object|embed|body)\b|^\s*<\?xml", re.IGNORECASE
)
CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def told_by(file: BinaryIO) -> FileKind | None:
    """The kind by signature, None for packages that must be opened first; FileRefused for everything else."""
    file.seek(0)
    head = file.read(HEAD)
    if head.startswith(ZIPPED):
        return None
    if head.startswith(OLD_OFFICE):
        raise FileRefused("upload.convert_first", into="DOCX / XLSX")
    if head.startswith(RICH_TEXT):
        raise FileRefused("upload.convert_first", into=CONVERT["rtf"])
    guess = filetype.guess(head)
    if guess is None:
        return _text(head + file.read())
    found = AS_FOUND.get(guess.extension)
    if found is None:
        raise _not_accepted(guess.extension)
    return found


def check_ending(kind: FileKind, ending: str) -> None:
    """A name must end as its content is; text under the name of a program or a page is that program or page."""
    if ending in KINDS[kind].endings:
        return
    if kind is K.TXT and ending:
        raise _not_accepted(ending)
    raise FileRefused("upload.wrong_extension", kind=kind, extension=KINDS[kind].endings[0])


def _not_accepted(ending: str) -> FileRefused:
    if ending in CONVERT:
        return FileRefused("upload.convert_first", into=CONVERT[ending])
    return FileRefused("upload.kind_refused")


def _text(body: bytes) -> FileKind:
    """Plain words in an encoding that Chinese offices use, without markup and without signs no text has."""
    text = _decoded(body)
    if text is None or CONTROLS.search(text) or MARKUP.search(text) or text.startswith("#!"):
        raise FileRefused("upload.kind_refused")
    return K.TXT


def _decoded(body: bytes) -> str | None:
    wide = body.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
