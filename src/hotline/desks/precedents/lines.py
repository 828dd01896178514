"""Precedents as pages print them: everything in words of the reader's language."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from hotline.desks.dossier_lines import Past, names
from hotline.desks.time_words import moment_words, whole_day
from hotline.registry.keeping.lists import spelling
from hotline.rules.jurisdiction import DirectoryRule
from hotline.rules.jurisdiction.sheet import HEADER_OF, HEADERS, print_rule
from hotline.rules.precedents import Deed
from hotline.rules.precedents.states import HOLDS
from hotline.rules.precedents.table import WARNING
from hotline.rules.precedents.wording import read
from hotline.rules.words import word
from hotline.rules.words_precedents import TEXT_WORDS
from hotline.tickets.acting.names import Names
from hotline.tickets.dossiers.queries import Line
from hotline.tickets.precedents.queries import PrecedentRow

SHOWN = (
    "categories", "words", "without", "places", "hours", "needs", "regions", "lead", "co_units", "basis", "note",
    "owner", "valid_to",
)  # fmt: skip
"""Cells that readers are shown, by the names of what stands in them."""

AFTER = re.compile(r"｜([^）]*)）")


@dataclass(frozen=True)
class Card:
    """One precedent in a list. `soon` says that it runs out within the time in which its owner is warned."""

    id: int
    number: str
    rule_id: str
    edition: int
    title: str
    status: str
    status_name: str
    lead: str
    helpers: str
    categories: str
    ends_on: str
    soon: bool
    asked: bool
    version: int


def card(row: PrecedentRow, known: Names, lang: str, today: date, version: int = 0) -> Card:
    """One line in words."""
    holds = row.status in HOLDS
    return Card(
        id=row.id,
        number=row.number,
        rule_id=row.rule_id,
        edition=row.edition,
        title=row.title,
        status=row.status.value,
        status_name=word(row.status, lang),
        lead=known.unit(row.lead, lang),
        helpers=names(row.helpers, known, lang),
        categories=_joined((known.category(code, lang) for code in row.categories), lang),
        ends_on=whole_day(row.ends_on, lang) if row.ends_on else "",
        soon=holds and row.ends_on is not None and row.ends_on <= today + WARNING,
        asked=row.asked and row.edition > 0,
        version=version,
    )


def _joined(parts: Iterable[str], lang: str) -> str:
    return ("、" if lang != "en" else ", ").join(parts)


def cells(rule: DirectoryRule, known: Names, lang: str, today: date) -> list[tuple[str, str]]:
    """What a rule says, cell by cell as in the directory, for readers: blank cells are left out."""
    row = print_rule(rule, spelling(today))
    told = {
        HEADER_OF["categories"]: _joined((f"{code} {known.category(code, lang)}" for code in rule.categories), lang),
        HEADER_OF["co_units"]: _one_a_line(row[HEADER_OF["co_units"]]),
        HEADER_OF["valid_to"]: whole_day(rule.valid_to, lang) if rule.valid_to else "",
    }
    shown = {HEADER_OF[name] for name in SHOWN}
    return [(header, told.get(header, row[header])) for header in HEADERS if header in shown and row[header]]


def _one_a_line(cell: str) -> str:
    """Units beside the lead, one a line; what a task waits for is said after its words."""
    lines = cell.replace("）；", "）\n").replace("；", "\n").split("\n")
    return "\n".join(AFTER.sub(_begins_after, line).replace("（，", "（") for line in lines)


def _begins_after(found: re.Match[str]) -> str:
    return f"，{_('%(finding)s以后开始') % {'finding': found.group(1)}}）"


def history(lines: Iterable[Line], known: Names, lang: str, now: datetime) -> list[Past]:
    """The newest last."""
    return [_past(line, known, lang, now) for line in lines]


def _past(line: Line, known: Names, lang: str, now: datetime) -> Past:
    deed = Deed(line.deed)
    return Past(
        title=word(deed, lang),
        who=line.who or word(f"role.{line.role}", lang),
        at=moment_words(line.at, now),
        details=tuple(_details(line, known, lang)),
        label=TEXT_WORDS[deed][lang == "en"] if deed in TEXT_WORDS else "",
        text=line.text,
    )


def last_draft(past: Iterable[Line]) -> DirectoryRule | None:
    """What was proposed last: of a draft that was given up it is still read."""
    kept = [line.payload["pending"] for line in past if "pending" in line.payload]
    return read(kept[-1]) if kept else None


def _details(line: Line, known: Names, lang: str) -> Iterable[str]:
    if line.unit:
        yield known.unit(line.unit, lang)
    kept = line.payload.get("rule") or line.payload.get("pending")
    if kept is None:
        return
    rule = read(kept)
    if rule.id:
        yield _("规则 %(rule)s 第%(edition)d版") % {"rule": rule.id, "edition": rule.version}
    if rule.valid_to:
        yield _("停用日期：%(day)s") % {"day": whole_day(rule.valid_to, lang)}
