"""The dispatch directory between its three shapes: the rules' values, the rows of the table, and the words kept."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from hotline.registry.units.rule_models import DirectoryRule as RuleRow
from hotline.registry.units.rule_models import DirectoryWord, LeadKind
from hotline.rules.jurisdiction import (
    ELSEWHERE,
    LOCAL,
    CoUnit,
    DirectoryRule,
    Need,
    Telling,
    UnitRole,
    WordKind,
    Words,
)
from hotline.rules.jurisdiction.values import read_hours
from hotline.rules.jurisdiction.words import print_words, read_words
from hotline.rules.vocabulary import UnitCode

LIST = "、"
NOT = "!"


def rules_on(day: date) -> tuple[DirectoryRule, ...]:
    """The rules in force that day."""
    return tuple(rule_of(row) for row in RuleRow.objects.on(day).order_by("number", "version"))


def all_rules() -> tuple[DirectoryRule, ...]:
    """Every version of every rule, for the history and for comparing directories."""
    return tuple(rule_of(row) for row in RuleRow.objects.order_by("number", "version"))


def tellings_on(day: date) -> tuple[Telling, ...]:
    """The words in use that day."""
    rows = DirectoryWord.objects.on(day).order_by("kind", "code", "words")
    return tuple(
        telling(row.kind, row.code, row.words, row.without, name=row.name, question=row.question) for row in rows
    )


def telling(kind: str, code: str, words: str, without: str, *, name: str = "", question: str = "") -> Telling:
    """One line of words; for a condition the second cell holds the words that deny it."""
    found = WordKind(kind)
    read = read_words(words, without) or Words()
    denied = read.without if found is WordKind.CONDITION else ()
    kept = Words(read.groups) if denied else read
    return Telling(kind=found, code=code, name=name, question=question, words=kept, denied=denied)


def rule_of(row: RuleRow) -> DirectoryRule:
    """The rule a row holds."""
    nobody = ELSEWHERE if row.lead_kind == LeadKind.ELSEWHERE else LOCAL
    return DirectoryRule(
        id=row.number,
        version=row.version,
        title=row.title,
        categories=_parts(row.categories),
        words=read_words(row.words, row.without) or Words(),
        places=_parts(row.places),
        hours=read_hours(row.hours) if row.hours else None,
        needs=tuple(Need(part.removeprefix(NOT), so=not part.startswith(NOT)) for part in _parts(row.needs)),
        regions=_parts(row.regions),
        lead=nobody if row.unit_id is None else UnitCode(row.unit_id),
        co_units=tuple(_co_unit(kept) for kept in row.co_units),
        basis=row.basis,
        note=row.note,
        owner=UnitCode(row.owner_id),
        source=row.source,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def columns_of(rule: DirectoryRule) -> dict[str, Any]:
    """The row that holds a rule."""
    words, without = print_words(rule.words)
    kinds = {LOCAL: LeadKind.LOCAL, ELSEWHERE: LeadKind.ELSEWHERE}
    kind = kinds.get(rule.lead, LeadKind.UNIT)
    return {
        "number": rule.id,
        "version": rule.version,
        "title": rule.title,
        "categories": LIST.join(rule.categories),
        "words": words,
        "without": without,
        "places": LIST.join(rule.places),
        "hours": str(rule.hours) if rule.hours else "",
        "needs": LIST.join(f"{'' if need.so else NOT}{need.fact}" for need in rule.needs),
        "regions": LIST.join(rule.regions),
        "lead_kind": kind.value,
        "unit_id": str(rule.lead) if kind is LeadKind.UNIT else None,
        "co_units": [
            {"role": one.role.value, "unit": str(one.unit), "task": one.task, "after": one.after}
            for one in rule.co_units
        ],
        "basis": rule.basis,
        "note": rule.note,
        "owner_id": str(rule.owner),
        "source": rule.source,
        "valid_from": rule.valid_from,
        "valid_to": rule.valid_to,
    }


def _co_unit(kept: Mapping[str, str]) -> CoUnit:
    return CoUnit(
        role=UnitRole(kept["role"]), unit=UnitCode(kept["unit"]), task=kept.get("task", ""), after=kept.get("after", "")
    )


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(LIST)) if cell else ()
