"""What somebody wants to change in the directory: new rules, new versions, other last days; nothing else can change.

A version that was published is never rewritten, and nothing changes for days that have passed: tickets, rulings and
minutes quote versions by number. Rules that come from a ruling are the precedents' and are not touched here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from hotline.rules.jurisdiction.checking import Lists, NumberedRule, check_directory
from hotline.rules.jurisdiction.sheet import Wrong
from hotline.rules.jurisdiction.values import DirectoryRule
from hotline.rules.messages import Message

KEPT = 0
"""The line of a rule that stands in the directory and not in what was handed in."""


class ChangeKind(StrEnum):
    """What becomes of a rule."""

    NEW = "new"
    VERSION = "version"
    LAST_DAY = "last_day"


@dataclass(frozen=True)
class Change:
    """One line that differs from the directory. `old` is the version it follows or, for a last day, the same one."""

    kind: ChangeKind
    rule: DirectoryRule
    old: DirectoryRule | None = None


@dataclass(frozen=True)
class Changes:
    """What a set of lines would do to a directory, and what is wrong with it; with the directory it would become."""

    made: tuple[Change, ...] = ()
    wrong: tuple[Wrong, ...] = ()
    rules: tuple[DirectoryRule, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether the directory stays as it is."""
        return not self.made

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories whose matters may be led otherwise."""
        touched = (rule for one in self.made for rule in (one.rule, one.old) if rule is not None)
        return tuple(sorted({code for rule in touched for code in rule.categories}))

    @property
    def settled_on(self) -> date | None:
        """The first day on which all of it is in effect; None when nothing changes."""
        days = [_from(one) for one in self.made]
        return max((day for day in days if day is not None), default=None)


def changes(given: Iterable[NumberedRule], stored: Iterable[DirectoryRule], lists: Lists, today: date) -> Changes:
    """The lines held against the directory. Lines that say what stands already change nothing; absent ones stay."""
    kept = {rule.version_key: rule for rule in stored}
    latest = _latest(kept.values())
    given = tuple(given)
    told = [(line, rule, _change(rule, kept, latest)) for line, rule in given]
    made = [(line, change) for line, _, change in told if change is not None]
    wrong = [Wrong(line, message) for line, change in made for message in _forbidden(change, today)]
    after = {**kept, **{change.rule.version_key: change.rule for _, change in made}}
    lines = {rule.version_key: line for line, rule, _ in reversed(told)}
    numbered = [(lines.get(key, KEPT), rule) for key, rule in after.items()]
    touched = {line for line, _ in made}
    wrong += _repeated(given)
    found = check_directory(_kept_first(numbered), lists)
    wrong += [_worded(one, after.values()) for one in found if one.line in touched]
    order = sorted(after.values(), key=lambda rule: rule.place_in_file)
    return Changes(tuple(change for _, change in made), tuple(sorted(wrong, key=_place)), tuple(order))


def standing(rules: Iterable[DirectoryRule], on: date) -> tuple[DirectoryRule, ...]:
    """The rules of one day without their dates: a directory that can be asked about matters of any other day."""
    return tuple(replace(rule, valid_from=None, valid_to=None) for rule in rules if rule.holds(on))


def next_number(rules: Iterable[DirectoryRule], category: str) -> str:
    """The first number of a category that no rule has ever had."""
    used = [rule.place_in_file[1] for rule in rules if rule.id.partition("-")[0] == category]
    return f"{category}-{max(used, default=0) + 1}"


def next_version(rules: Iterable[DirectoryRule], number: str) -> int:
    """The version after the last one of a rule."""
    return max((rule.version for rule in rules if rule.id == number), default=0) + 1


def _latest(rules: Iterable[DirectoryRule]) -> Mapping[str, DirectoryRule]:
    found: dict[str, DirectoryRule] = {}
    for rule in rules:
        if rule.id not in found or found[rule.id].version < rule.version:
            found[rule.id] = rule
    return found


def _change(
    rule: DirectoryRule, kept: Mapping[str, DirectoryRule], latest: Mapping[str, DirectoryRule]
) -> Change | None:
    same = kept.get(rule.version_key)
    if same is not None:
        return None if same == rule else Change(ChangeKind.LAST_DAY, rule, same)
    before = latest.get(rule.id)
    return Change(ChangeKind.VERSION if before else ChangeKind.NEW, rule, before)


def _forbidden(change: Change, today: date) -> Iterator[Message]:
    """What a change may not do whatever the rest of the directory says."""
    rule, old = change.rule, change.old
    if rule.ruled or (old is not None and old.ruled):
        yield Message("directory.from_ruling", {"value": rule.id, "source": rule.source if rule.ruled else _of(old)})
    elif change.kind is ChangeKind.LAST_DAY:
        yield from _last_day(rule, old, today)
    else:
        yield from _begins(rule, old, today)


def _last_day(rule: DirectoryRule, old: DirectoryRule | None, today: date) -> Iterator[Message]:
    """Of a published version only the last day may become another, and no day that has passed is changed."""
    if old is None or replace(rule, valid_to=old.valid_to) != old:
        yield Message("directory.version_rewritten", {"value": rule.version_key, "next": rule.version + 1})
    elif any(day is not None and day < today for day in (rule.valid_to, old.valid_to)):
        yield Message("directory.end_passed", {"value": rule.version_key})


def _begins(rule: DirectoryRule, old: DirectoryRule | None, today: date) -> Iterator[Message]:
    if rule.valid_from is None or rule.valid_from < today:
        yield Message("directory.start_passed", {"value": rule.version_key, "day": today.isoformat()})
    if old is not None and rule.version <= old.version:
        yield Message("directory.version_low", {"value": rule.version_key, "next": old.version + 1})


def _of(rule: DirectoryRule | None) -> str:
    return rule.source if rule else ""


def _kept_first(numbered: Iterable[NumberedRule]) -> list[NumberedRule]:
    """Rules that stand come first, so that what was handed in is told of them and not the other way round."""
    return sorted(numbered, key=lambda pair: (pair[0], pair[1].place_in_file))


def _repeated(given: Iterable[NumberedRule]) -> Iterator[Wrong]:
    first: dict[str, int] = {}
    for line, rule in given:
        if rule.version_key in first:
            params: dict[str, object] = {"value": rule.version_key, "first": first[rule.version_key]}
            yield Wrong(line, Message("directory.repeated", params))
        first.setdefault(rule.version_key, line)


def _worded(wrong: Wrong, rules: Iterable[DirectoryRule]) -> Wrong:
    """An overlap with a version that stands in no line is told by the version's number."""
    if wrong.message.code != "directory.overlap" or wrong.message.params.get("first") != KEPT:
        return wrong
    number = wrong.message.params["value"]
    versions = "、".join(str(rule.version) for rule in rules if rule.id == number)
    return Wrong(wrong.line, Message("directory.overlap_kept", {"value": number, "versions": versions}))


def _from(change: Change) -> date | None:
    """The first day on which the directory says something else."""
    days = [change.rule.valid_from]
    if change.kind is ChangeKind.LAST_DAY:
        days = [change.rule.valid_to, change.old.valid_to if change.old else None]
    return min((day for day in days if day is not None), default=None)


def _place(wrong: Wrong) -> tuple[int, str]:
    return wrong.line, wrong.message.code
