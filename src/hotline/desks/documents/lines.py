"""Documents as pages print them: everything in words of the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from hotline.desks.dossier_lines import Past, names
from hotline.desks.time_words import Moment, moment_words, whole_day
from hotline.oversight.documents.queries import DocumentRow
from hotline.rules.documents import Deed
from hotline.rules.documents.states import NUMBERED, Status
from hotline.rules.words import word
from hotline.rules.words_documents import TEXT_WORDS
from hotline.tickets.acting.names import Names
from hotline.tickets.dossiers.queries import Line


@dataclass(frozen=True)
class Card:
    """One document in a list."""

    id: int
    kind: str
    kind_name: str
    status: str
    status_name: str
    number: str
    title: str
    to: str
    copies: str
    signer: str
    signed: str
    last: Moment
    version: int
    on_paper: bool


def card(row: DocumentRow, known: Names, lang: str, now: datetime) -> Card:
    """One line in words."""
    return Card(
        id=row.id,
        kind=row.kind,
        kind_name=word(f"document_kind.{row.kind}", lang),
        status=row.status,
        status_name=word(f"document_status.{row.status}", lang),
        number=row.number,
        title=row.title,
        to=row.sent_to or names(row.recipients, known, lang),
        copies=names(row.copies, known, lang),
        signer=row.signer,
        signed=whole_day(row.signed_on, lang) if row.signed_on else "",
        last=moment_words(row.issued_at if row.status == Status.ISSUED.value and row.issued_at else row.last_at, now),
        version=row.version,
        on_paper=row.status in NUMBERED,
    )


def history(lines: Iterable[Line], lang: str, now: datetime) -> list[Past]:
    """The newest last. Versions of the text are told by their titles; reasons stand in full."""
    return [_past(line, lang, now) for line in lines]


def _past(line: Line, lang: str, now: datetime) -> Past:
    deed, said = Deed(line.deed), line.payload
    details = []
    if "serial" in said:
        details.append(_("签发人：%(signer)s，%(day)s") % {
            "signer": said["signer"], "day": whole_day(date.fromisoformat(said["signed_on"]), lang),
        })  # fmt: skip
    if "prints" in said:
        details.append(_("用印%(count)s份") % {"count": said["prints"]})
    reason = deed in TEXT_WORDS
    return Past(
        title=word(deed, lang),
        who=line.who or word(f"role.{line.role}", lang),
        at=moment_words(line.at, now),
        details=tuple(details),
        label=TEXT_WORDS[deed][lang == "en"] if reason else "",
        text=line.text if reason else "",
    )
