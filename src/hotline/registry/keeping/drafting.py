"""What supervisors do with the dispatch directory: one drafts lines, another publishes them, seeing what they change.

A draft holds its lines as they stand in the file, and is held against the directory anew whenever it is looked at.
Publishing changes no ticket: a dispatched one carries its unit itself.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction

from hotline.registry.calendars.draft_models import RuleDraft
from hotline.registry.calendars.drafting import SOURCE_MOST, Draft, Drafted, keep, published, take_to_publish
from hotline.registry.keeping.lists import Known, known, spelling
from hotline.registry.regions.commands import touch_lists
from hotline.registry.units.rule_models import DirectoryRule as RuleRow
from hotline.registry.units.rules import all_rules, columns_of
from hotline.rules.jurisdiction import DirectoryRule
from hotline.rules.jurisdiction.changes import Change, ChangeKind, Changes, changes
from hotline.rules.jurisdiction.sheet import (
    HEADER_OF,
    Reading,
    Row,
    Spelling,
    Wrong,
    print_directory,
    print_rule,
    read_directory,
    read_rows,
)
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Message, Refusal
from hotline.rules.rule_keeping import DraftKind
from hotline.rules.vocabulary import CITY_TZ

TEXT_MOST: Final = 2_000_000
"""Characters of a file; Hefei's whole directory has fifty thousand."""
WHOLE: Final = "派单目录"
"""The subject of a draft that concerns several rules; there is only one such draft at a time."""
HEADINGS: Final = HEADER_OF
"""The header of each cell, for whoever drafts rules elsewhere."""
LENGTHS: Final[Mapping[str, int]] = {
    name: getattr(RuleRow, name).field.max_length
    for name in ("title", "categories", "words", "without", "places", "needs", "regions", "basis", "note", "source")
}
"""What the table can hold."""


@dataclass(frozen=True)
class Held:
    """A draft held against the directory of a day: what it changes, and what stood before."""

    changes: Changes
    stored: tuple[DirectoryRule, ...]
    spelling: Spelling


def draft_text(*, text: str, source: str, actor: Actor, now: datetime, **held: int | None) -> Drafted:
    """Lines of the file, the whole of it or a part; what they do not name stays."""
    if len(text) > TEXT_MOST:
        return Drafted(refusals=(Refusal("directory.file_large", field="text"),))
    if not text.strip():
        return Drafted(refusals=(Refusal("directory.no_lines", field="text"),))
    try:
        reading = read_directory(text.replace("\x00", ""), spelling(_day(now)))
    except csv.Error:
        return Drafted(refusals=(Refusal("directory.file_unreadable", field="text"),))
    return _draft(reading, source=source, actor=actor, now=now, **held)


def draft_rows(*, rows: Iterable[Row], source: str, actor: Actor, now: datetime, **held: int | None) -> Drafted:
    """Lines by their headers, as the form of one rule makes them."""
    reading = read_rows(enumerate(rows, 1), spelling(_day(now)))
    return _draft(reading, source=source, actor=actor, now=now, **held)


def held_against(draft: RuleDraft, now: datetime) -> Held:
    """What publishing the draft today would change, and what speaks against it by now."""
    city = known(_day(now))
    return _held(read_rows(enumerate(draft.body["rows"], 1), city.spelling), city, now)


def publish_directory(*, number: int, seen: int | None, actor: Actor, now: datetime) -> Drafted:
    """The draft's lines become the directory's. Whose hand is in it may not publish it."""
    with transaction.atomic():
        draft, why = take_to_publish(number, seen, actor)
        if draft is not None and draft.kind != DraftKind.DIRECTORY:
            why = Refusal("rule_draft.not_found")
        if why or draft is None:
            return Drafted(draft, (why,) if why else ())
        held = held_against(draft, now)
        problems = refusals_of(held.changes.wrong)
        if not problems and held.changes.nothing:
            problems = (Refusal("rule_draft.nothing_changes"),)
        if problems:
            return Drafted(draft, problems)
        for change in held.changes.made:
            _write(change)
        touch_lists()
        before, after = _told(held)
        published(draft, actor=actor, now=now, before=before, after=after)
        return Drafted(draft)


def text_of(draft: RuleDraft, now: datetime) -> str:
    """The draft's lines as a file again, for changing them and for signing."""
    written = spelling(_day(now))
    reading = read_rows(enumerate(draft.body["rows"], 1), written)
    return print_directory((rule for _, rule in reading.rules), written)


def refusals_of(wrong: Iterable[Wrong]) -> tuple[Refusal, ...]:
    """Each mistake with its line, beside the field in which the lines stand."""
    return tuple(Refusal(one.message.code, {**one.message.params, "line": one.line}, field="text") for one in wrong)


def _draft(reading: Reading, *, source: str, actor: Actor, now: datetime, **held: int | None) -> Drafted:
    city = known(_day(now))
    found = _held(reading, city, now).changes
    problems = list(refusals_of(found.wrong))
    if not problems and found.nothing:
        problems.append(Refusal("rule_draft.nothing_changes"))
    rules = [change.rule for change in found.made]
    numbers = sorted({rule.id for rule in rules})
    given = Draft(
        kind=DraftKind.DIRECTORY,
        subject=numbers[0] if len(numbers) == 1 else WHOLE,
        body={"rows": [print_rule(rule, city.spelling) for rule in rules], "numbers": numbers},
        source=source.strip()[:SOURCE_MOST],
        marks={},
        **held,
    )
    return keep(given, problems, actor=actor, now=now, changes=lambda _: True)


def _held(reading: Reading, city: Known, now: datetime) -> Held:
    stored = all_rules()
    found = changes(reading.rules, stored, city.lists, _day(now))
    lines = {rule.version_key: line for line, rule in reading.rules}
    long = [Wrong(lines[one.rule.version_key], message) for one in found.made for message in _too_long(one.rule)]
    wrong = sorted((*reading.wrong, *found.wrong, *long), key=lambda one: (one.line, one.message.code))
    return Held(Changes(found.made, tuple(wrong), found.rules), stored, city.spelling)


def _too_long(rule: DirectoryRule) -> Iterator[Message]:
    """Cells that the table cannot hold."""
    cells = columns_of(rule)
    for name, most in LENGTHS.items():
        if len(cells[name]) > most:
            yield Message("directory.too_long", {"column": HEADER_OF[name], "most": most})


def _write(change: Change) -> None:
    if change.kind is ChangeKind.LAST_DAY:
        rows = RuleRow.objects.filter(number=change.rule.id, version=change.rule.version)
        rows.update(valid_to=change.rule.valid_to)
    else:
        RuleRow.objects.create(**columns_of(change.rule))


def _told(held: Held) -> tuple[dict[str, Any], dict[str, Any]]:
    """What stood and what stands now, line by line, as officials read it."""
    before = {one.rule.version_key: print_rule(one.old, held.spelling) for one in held.changes.made if one.old}
    after = {one.rule.version_key: print_rule(one.rule, held.spelling) for one in held.changes.made}
    return {"rules": before}, {"rules": after}


def _day(now: datetime) -> date:
    return now.astimezone(CITY_TZ).date()
