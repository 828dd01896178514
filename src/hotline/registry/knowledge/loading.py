"""Items from a file: a demonstration's, or those of an older system that the office has approved as a whole.

All or nothing. Loading the same file again changes nothing; where a text differs, a new version is published.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from hotline.registry.knowledge import commands
from hotline.registry.knowledge.commands import Outcome, city_day
from hotline.registry.knowledge.held import hold, in_force, new_item, wording_of
from hotline.registry.knowledge.models import KnowledgeItem, KnowledgeVersion, State
from hotline.registry.knowledge.wording import Wording
from hotline.rules.lifecycle import SYSTEM
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render

NUMBERED: Final = re.compile(r"(?!ZS\d)[A-Z0-9]{1,16}")
"""Numbers that begin with ZS are given by the platform itself."""

LONGEST: Final = 36500


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_number(value: object) -> bool:
    return isinstance(value, str) and NUMBERED.fullmatch(value) is not None


def _is_day(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _is_yes_or_no(value: object) -> bool:
    return isinstance(value, bool)


def _is_days(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= LONGEST


Form = tuple[Callable[[object], bool], Mapping[str, str]]
TEXT: Final[Form] = (_is_text, {"zh": "文字", "en": "text"})
NUMBER: Final[Form] = (
    _is_number,
    {"zh": "16个以内的大写字母和数字，不用ZS开头", "en": "up to 16 capital letters and digits, not ZS and digits"},
)
DAY: Final[Form] = (_is_day, {"zh": "日期，如2026-05-08", "en": "a date such as 2026-05-08"})
YES_OR_NO: Final[Form] = (_is_yes_or_no, {"zh": "true或false", "en": "true or false"})
DAYS: Final[Form] = (_is_days, {"zh": f"1至{LONGEST}的整数", "en": f"a whole number from 1 to {LONGEST}"})
TABLES: Final = {"zh": "以[[item]]开头的一组条目", "en": "entries that begin with [[item]]"}
FORMS: Final[Mapping[str, Form]] = {
    "code": NUMBER,
    **dict.fromkeys(("unit", "title", "question", "answer", "hint", "legal_basis", "category"), TEXT),
    **dict.fromkeys(("valid_from", "valid_to", "review_on"), DAY),
    "public": YES_OR_NO,
    "valid_days": DAYS,
}
NEEDED: Final = ("code", "unit", "title")


@dataclass(frozen=True)
class Problem:
    """What is wrong with the file: which entry, and what to mend."""

    place: str
    refusal: Refusal

    def sentence(self, lang: str = "zh") -> str:
        """Place and sentence."""
        between = "：" if lang == "zh" else ": "
        return between.join(part for part in (self.place, render(self.refusal, lang)) if part)


@dataclass(frozen=True)
class Entry:
    """One item of the file. `valid_days` counts from the day on which it is first published."""

    code: str
    unit: str
    text: Wording
    valid_days: int = 0

    def on(self, day: date, standing: Wording | None) -> Wording:
        """Its wording on that day; what the file leaves open stays as it is published."""
        text = self.text.trimmed()
        if standing is not None:
            text = replace(text, review_on=text.review_on or standing.review_on)
            return replace(text, valid_to=standing.valid_to) if self.valid_days else text
        return replace(text, valid_to=day + timedelta(days=self.valid_days)) if self.valid_days else text


@dataclass
class LoadReport:
    """What a load did, by item number; nothing when there are problems."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """True when the file is loaded."""
        return not self.problems


def load_items(path: Path, now: datetime) -> LoadReport:
    """Publish the items of a file, as the platform itself. The file counts as approved by who hands it over."""
    report = LoadReport()
    entries = list(_read(path, report))
    if report.ok:
        with transaction.atomic():
            for entry in entries:
                _load(entry, now, report)
            transaction.set_rollback(not report.ok)
    return report if report.ok else LoadReport(problems=report.problems)


def _load(entry: Entry, now: datetime, report: LoadReport) -> None:
    held = hold(entry.code)
    before = [v for v in held.versions if v.number is not None] if held else []
    standing = wording_of(before[-1]) if before else None
    text = entry.on(city_day(now), standing)
    if text == standing:
        report.same.append(entry.code)
        return
    outcome = _publish(entry, text, now)
    report.problems += [Problem(entry.code, refusal) for refusal in outcome.refusals]
    (report.changed if held else report.added).append(entry.code)


def _publish(entry: Entry, text: Wording, now: datetime) -> Outcome:
    """The way of every item, gone in one step; a draft that somebody has in hand is not overwritten."""
    if KnowledgeVersion.objects.filter(item_id=entry.code, state__in=[State.DRAFT, State.IN_REVIEW]).exists():
        return Outcome(refusals=(Refusal("knowledge.in_hand"),))
    if not KnowledgeItem.objects.filter(code=entry.code).exists():
        if not in_force("units.Unit", entry.unit, city_day(now)):
            return Outcome(refusals=(Refusal("knowledge.unit_unknown", {"unit": entry.unit}),))
        new_item(entry.unit, now, entry.code)
    done = commands.draft_item(text=text, actor=SYSTEM, now=now, code=entry.code)
    if done.ok:
        done = commands.submit_item(code=entry.code, actor=SYSTEM, now=now)
    return commands.publish_item(code=entry.code, actor=SYSTEM, now=now) if done.ok else done


def _read(path: Path, report: LoadReport) -> Iterator[Entry]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError:
        report.problems.append(Problem(str(path), Refusal("knowledge.file_missing")))
        return
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        report.problems.append(Problem(path.name, Refusal("knowledge.file_broken", {"detail": str(error)})))
        return
    rows = table.get("item")
    if table.keys() != {"item"} or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        report.problems.append(Problem(path.name, Refusal("knowledge.entry_wrong", {"name": "item", "form": TABLES})))
        return
    seen: set[str] = set()
    for number, row in enumerate(rows, start=1):
        found = [*_faults(row), *_repeated(str(row.get("code")), seen)]
        report.problems += [Problem(f"item {number}", refusal) for refusal in found]
        if not found:
            yield _entry(row)


def _faults(row: Mapping[str, Any]) -> Iterator[Refusal]:
    for name in NEEDED:
        if not row.get(name):
            yield Refusal("knowledge.entry_missing", {"name": name})
    for name, value in row.items():
        form = FORMS.get(name)
        if form is None:
            yield Refusal("knowledge.entry_unknown", {"name": name})
        elif not form[0](value):
            yield Refusal("knowledge.entry_wrong", {"name": name, "form": form[1]})


def _repeated(code: str, seen: set[str]) -> Iterator[Refusal]:
    if code in seen:
        yield Refusal("knowledge.code_repeated", {"code": code})
    seen.add(code)


def _entry(row: Mapping[str, Any]) -> Entry:
    own = {"code", "unit", "valid_days"}
    text = Wording(**{name: value for name, value in row.items() if name not in own})
    return Entry(row["code"], row["unit"], text, row.get("valid_days", 0))
