"""From a ruling to a rule of the directory: what the office begins to write from, what is kept of it, and its number.

What a ruling bound stays bound: lead and co-units come from it; the office only words what makes it apply. The text of
a rule is the city's own, signed and published: unlike reasons and challenges it is kept in the history's entries.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from hotline.rules.jurisdiction import DIRECTORY, CoUnit, DirectoryRule, Need, UnitRole
from hotline.rules.jurisdiction.values import read_hours
from hotline.rules.jurisdiction.words import print_words, read_words
from hotline.rules.vocabulary import UnitCode

DEFAULT_YEARS: Final = 2
MOST_YEARS: Final = 3
"""How long a precedent holds unless the office says otherwise, and how long at most before it is renewed (P)."""
FIRST_NUMBER: Final = 501
"""Rules from rulings are numbered from here in their category, out of the way of the city's file."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One co-unit's task as it was ruled: its place in the order, its words, and the outcome it was ruled to await."""

    unit: UnitCode
    order: int = 1
    words: str = ""
    after: str = ""


def years_on(day: date, years: int) -> date:
    """The same day so many years on; of a leap day the first of March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def begun(
    *, lead: UnitCode, steps: Iterable[Step], category: str, title: str, basis: str, today: date
) -> DirectoryRule:
    """What the office begins to write from: all that the ruling says, and the widest words there are.

    A task that comes after another waits for an outcome, which the office still has to name where the ruling did not.
    """
    ordered = sorted(steps, key=lambda step: (step.order, step.unit))
    return DirectoryRule(
        id="",
        categories=(category,),
        title=title,
        lead=lead,
        co_units=tuple(CoUnit(role=UnitRole.CO, unit=step.unit, task=step.words, after=step.after) for step in ordered),
        basis=basis,
        owner=lead,
        valid_from=today,
        valid_to=years_on(today, DEFAULT_YEARS),
    )


def next_id(category: str, taken: Iterable[str]) -> str:
    """The next number in the category that no rule bears or ever bore."""
    numbers = (one.partition("-") for one in taken)
    mine = [int(number) for prefix, _, number in numbers if prefix == category and number.isdecimal()]
    return f"{category}-{max([FIRST_NUMBER - 1, *mine]) + 1}"


def published(draft: DirectoryRule, *, number: str, edition: int, source: str, today: date) -> DirectoryRule:
    """The rule as it enters the directory: from today on, under its number, quoting the ruling."""
    return replace(draft, id=number, version=edition, source=source, valid_from=today)


def number_of(year: int | None, serial: int | None) -> str:
    """裁定2026-031, as the directory and the dispatcher's desk quote it; blank before the staffing office agreed."""
    return f"裁定{year}-{serial:03}" if year and serial else ""


def written(rule: DirectoryRule) -> dict[str, Any]:
    """A rule as an entry keeps it."""
    groups, without = print_words(rule.words)
    return {
        "id": rule.id,
        "version": rule.version,
        "title": rule.title,
        "categories": list(rule.categories),
        "words": groups,
        "without": without,
        "places": list(rule.places),
        "hours": str(rule.hours) if rule.hours else "",
        "needs": [[need.fact, need.so] for need in rule.needs],
        "regions": list(rule.regions),
        "lead": rule.lead,
        "co_units": [[one.role.value, one.unit, one.task, one.after] for one in rule.co_units],
        "basis": rule.basis,
        "note": rule.note,
        "owner": rule.owner,
        "source": rule.source,
        "valid_from": rule.valid_from.isoformat() if rule.valid_from else "",
        "valid_to": rule.valid_to.isoformat() if rule.valid_to else "",
    }


def read(kept: Mapping[str, Any]) -> DirectoryRule:
    """The rule that an entry keeps."""
    words = read_words(kept["words"], kept["without"])
    if words is None:
        raise ValueError(f"words of a rule that was judged cannot be read: {kept['words']!r}")
    return DirectoryRule(
        id=kept["id"],
        version=int(kept["version"]),
        title=kept["title"],
        categories=tuple(kept["categories"]),
        words=words,
        places=tuple(kept["places"]),
        hours=read_hours(kept["hours"]),
        needs=tuple(Need(fact, so) for fact, so in kept["needs"]),
        regions=tuple(kept["regions"]),
        lead=UnitCode(kept["lead"]),
        co_units=tuple(
            CoUnit(role=UnitRole(role), unit=UnitCode(unit), task=task, after=after)
            for role, unit, task, after in kept["co_units"]
        ),
        basis=kept["basis"],
        note=kept["note"],
        owner=UnitCode(kept["owner"]),
        source=kept["source"] or DIRECTORY,
        valid_from=_day(kept["valid_from"]),
        valid_to=_day(kept["valid_to"]),
    )


def _day(kept: str) -> date | None:
    return date.fromisoformat(kept) if kept else None
