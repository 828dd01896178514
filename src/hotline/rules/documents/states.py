"""What a document is at a moment, and how one entry of its history changes it: state = fold(entries).

Titles and texts are typed words: they stand beside the entries, never in them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import reduce
from typing import Any, Final

from hotline.rules import dossiers
from hotline.rules.vocabulary import UnitCode


class DocumentKind(StrEnum):
    """公文种类."""

    SUPERVISION_ORDER = "supervision_order"
    ASSIGNMENT = "assignment"
    CIRCULAR = "circular"
    SPECIAL_REPORT = "special_report"


UPWARD: Final = frozenset({DocumentKind.SPECIAL_REPORT})
"""Kinds that go up to the city's leaders: they name whom in words, and print the signer beside the number."""


class Status(StrEnum):
    """公文进度. `new` is the moment before the first entry."""

    NEW = "new"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHECKED = "checked"
    SIGNED = "signed"
    SEALED = "sealed"
    ISSUED = "issued"
    VOIDED = "voided"
    DISCARDED = "discarded"


ENDED: Final = frozenset({Status.VOIDED, Status.DISCARDED})
UNNUMBERED: Final = frozenset({Status.DRAFT, Status.SUBMITTED, Status.CHECKED})
NUMBERED: Final = frozenset({Status.SIGNED, Status.SEALED, Status.ISSUED})
ON_ITS_WAY: Final = UNNUMBERED | {Status.SIGNED, Status.SEALED}
"""Somebody of the office still has to do something about it."""


class Deed(StrEnum):
    """公文事项: what is done to a document, as staff call it."""

    DRAFT = "draft"
    REVISE = "revise"
    SUBMIT = "submit"
    CHECK = "check"
    SEND_BACK = "send_back"
    SIGN = "sign"
    SEAL = "seal"
    ISSUE = "issue"
    ATTACH = "attach"
    VOID = "void"
    DISCARD = "discard"


@dataclass(frozen=True, kw_only=True)
class Order:
    """What somebody wants to do to a document. `title`, `body` and `text` are typed: never kept in the entry itself."""

    deed: Deed
    kind: DocumentKind | None = None
    about: str = ""
    about_key: str = ""
    recipients: frozenset[UnitCode] = frozenset()
    copies: frozenset[UnitCode] = frozenset()
    sent_to: str = ""
    signer: str = ""
    signed_on: date | None = None
    number: tuple[int, int] | None = None
    prints: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    title: str = ""
    body: str = ""
    text: str = ""


Entry = dossiers.Entry[Deed, Status]
"""One line of a document's history, without anybody's words."""


@dataclass(frozen=True, kw_only=True)
class Document:
    """Everything the rules need to know of a document.

    `writers` have typed its words and so do not check them; `signed_by` is who recorded the signature, not the signer.
    """

    status: Status = Status.NEW
    version: int = 0
    kind: DocumentKind = DocumentKind.SUPERVISION_ORDER
    about: str = ""
    about_key: str = ""
    recipients: frozenset[UnitCode] = frozenset()
    copies: frozenset[UnitCode] = frozenset()
    sent_to: str = ""
    writers: frozenset[str] = frozenset()
    year: int | None = None
    serial: int | None = None
    signer: str = ""
    signed_on: date | None = None
    signed_by: str = ""
    prints: int | None = None
    issued_at: datetime | None = None
    last_at: datetime | None = None

    @property
    def readers(self) -> frozenset[UnitCode]:
        """Units that get it once it is issued."""
        return self.recipients | self.copies


def fold(entries: Iterable[Entry]) -> Document:
    """The document that these entries have made, in their order."""
    return reduce(apply, entries, Document())


def apply(state: Document, entry: Entry) -> Document:
    """The state after one more entry; the payload says what the deed has set."""
    return dossiers.after(state, entry, reads=READS, leaves=LEAVES)


def _units(codes: Iterable[str]) -> frozenset[UnitCode]:
    return frozenset(UnitCode(code) for code in codes)


READS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "kind": DocumentKind,
    "about": str,
    "about_key": str,
    "recipients": _units,
    "copies": _units,
    "sent_to": str,
    "signer": str,
    "signed_on": date.fromisoformat,
    "year": int,
    "serial": int,
    "prints": int,
}
"""What a payload may set, and how it is read."""


def _written(state: Document, entry: Entry) -> dict[str, Any]:
    return {"writers": state.writers | {entry.actor}}


LEAVES: Final[Mapping[Deed, Callable[[Document, Entry], dict[str, Any]]]] = {
    Deed.DRAFT: _written,
    Deed.REVISE: _written,
    Deed.SIGN: lambda _, entry: {"signed_by": entry.actor},
    Deed.ISSUE: lambda _, entry: {"issued_at": entry.at},
}
"""What a deed leaves behind beyond what its payload says."""
