"""A draft as officials write it, in the cells of the directory's file, and back. The lead is the ruling's."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from hotline.registry.categories.queries import spoken_names
from hotline.registry.keeping.drafting import HEADINGS
from hotline.registry.keeping.lists import spelling
from hotline.rules.jurisdiction import DirectoryRule
from hotline.rules.jurisdiction.sheet import print_rule, read_rows
from hotline.rules.messages import Refusal
from hotline.rules.precedents import Ruled
from hotline.rules.precedents.wording import begun
from hotline.rules.vocabulary import UnitCode

CELLS: Final = (
    "title", "categories", "words", "without", "places", "hours", "needs", "regions", "co_units", "basis", "note",
    "owner", "valid_to",
)  # fmt: skip
"""What the office writes; the rest is given."""
_BY_HEADING: Final = {heading: name for name, heading in HEADINGS.items()}


def cells_of(rule: DirectoryRule, today: date) -> dict[str, str]:
    """A rule in the cells of the file."""
    row = print_rule(rule, spelling(today))
    return {name: row[HEADINGS[name]] for name in CELLS}


def begin_with(ruled: Ruled, category: str, today: date) -> dict[str, str]:
    """The cells that the office begins to write in."""
    title = spoken_names(today).get(category, "")
    rule = begun(lead=ruled.lead, steps=ruled.steps, category=category, title=title, basis=ruled.basis, today=today)
    return cells_of(rule, today)


def read_draft(
    cells: Mapping[str, str], *, lead: UnitCode, today: date
) -> tuple[DirectoryRule | None, tuple[Refusal, ...]]:
    """What stands in the cells as a rule, or what cannot be read, each beside its cell."""
    first = cells.get("categories", "").replace("，", "、").split("、")[0].strip()
    row = {HEADINGS[name]: cells.get(name, "") for name in CELLS} | {
        HEADINGS["id"]: f"{first}-1" if first.isdecimal() and len(first) in {2, 4, 6} else "0101-1",
        HEADINGS["version"]: "1",
        HEADINGS["lead"]: lead,
        HEADINGS["source"]: "",
        HEADINGS["valid_from"]: today.isoformat(),
    }
    reading = read_rows([(1, row)], spelling(today))
    if reading.rules:
        return replace(reading.rules[0][1], id=""), ()
    return None, tuple(
        Refusal(wrong.message.code, wrong.message.params, field=_field(wrong.message.params)) for wrong in reading.wrong
    )


def _field(params: Mapping[str, object]) -> str:
    return _BY_HEADING.get(str(params.get("column", "")), "words")
