"""The dispatch directory in words, as in the file that officials sign; what a draft changes and whom it moves."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from hotline.plumbing.clock import now
from hotline.registry.calendars.draft_models import RuleRecord
from hotline.rules.jurisdiction import ELSEWHERE, DirectoryRule
from hotline.rules.jurisdiction.changes import Change, ChangeKind
from hotline.rules.jurisdiction.sheet import ELSEWHERE_WORD, HEADER_OF, HEADERS, LOCAL_WORD, Spelling, print_rule
from hotline.tickets.acting.names import Names, names_of
from hotline.tickets.rulebook import rulebook

CIRCUMSTANCES = ("words", "without", "places", "hours", "needs", "regions")
"""What a rule asks of a matter beside its category."""


@dataclass(frozen=True)
class RuleLine:
    """One version of one rule. `circumstances` are what it asks, each with its header."""

    number: str
    version: int
    title: str
    categories: str
    circumstances: tuple[tuple[str, str], ...]
    lead: str
    co_units: str
    basis: str
    note: str
    owner: str
    source: str
    valid_from: str
    valid_to: str
    state: str
    in_force: bool
    ruled: bool


def spelling_of(request: HttpRequest) -> Spelling:
    """How units, places and conditions are written; kept in the process, so that a page asks for none of it."""
    units = {code: option.label("zh") for code, option in names_of(request).units.items()}
    return Spelling(names=units, lexicon=rulebook(now=now()).directory.lexicon)


def rule_line(rule: DirectoryRule, spelling: Spelling, names: Names, today: date) -> RuleLine:
    """One version in words."""
    line = print_rule(rule, spelling)
    told = {name: line[header] for name, header in HEADER_OF.items()}
    regions = "、".join(names.region(code, "zh") for code in rule.regions)
    asked = ((name, regions if name == "regions" else told[name]) for name in CIRCUMSTANCES)
    return RuleLine(
        number=rule.id,
        version=rule.version,
        title=rule.title,
        categories="、".join(f"{names.category(code, 'zh')}（{code}）" for code in rule.categories),
        circumstances=tuple((HEADER_OF[name], said) for name, said in asked if said),
        lead=told["lead"],
        co_units=told["co_units"],
        basis=rule.basis,
        note=rule.note,
        owner=told["owner"],
        source=rule.source,
        valid_from=told["valid_from"],
        valid_to=told["valid_to"],
        state=state_of(rule, today),
        in_force=rule.holds(today),
        ruled=rule.ruled,
    )


def state_of(rule: DirectoryRule, today: date) -> str:
    """Whether it holds, will hold or has ended."""
    if rule.holds(today):
        return _("有效")
    return _("尚未启用") if rule.valid_from and today < rule.valid_from else _("已停用")


@dataclass(frozen=True)
class ChangeLine:
    """One line that a draft changes: the cells that differ, what stood and what would stand."""

    what: str
    number: str
    version: int
    title: str
    cells: tuple[tuple[str, str, str], ...]


def change_lines(made: Iterable[Change], spelling: Spelling) -> list[ChangeLine]:
    """What a draft changes, line by line; of a new rule every cell that says something."""
    return [_change_line(one, spelling) for one in made]


def _change_line(change: Change, spelling: Spelling) -> ChangeLine:
    kinds = {ChangeKind.NEW: _("新规则"), ChangeKind.VERSION: _("新版本"), ChangeKind.LAST_DAY: _("改停用日期")}
    new = print_rule(change.rule, spelling)
    old = print_rule(change.old, spelling) if change.old else dict.fromkeys(HEADERS, "")
    return ChangeLine(
        kinds[change.kind], change.rule.id, change.rule.version, change.rule.title, tuple(differing(old, new))
    )


def differing(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Cells that differ, by header."""
    for name in HEADERS:
        if old.get(name, "") != new.get(name, ""):
            yield name, old.get(name, ""), new.get(name, "")


def told_rules(record: RuleRecord, lang: str) -> Iterator[tuple[str, str, str]]:  # noqa: ARG001  # as records are told
    """What a publication changed: which line and cell, what it was, what it is."""
    before = record.before.get("rules", {})
    for key, new in record.after.get("rules", {}).items():
        for name, was, becomes in differing(before.get(key, {}), new):
            yield f"{key} {name}", was, becomes


@dataclass(frozen=True)
class TrialRow:
    """One past ticket that would have gone elsewhere. Its words are not shown."""

    number: str
    day: str
    category: str
    region: str
    was: str
    would: str
    was_rule: str
    would_rule: str
    lead: str


@dataclass(frozen=True)
class Trial:
    """What came of a dry run."""

    months: int
    at: str
    on: str
    tickets: int
    cut: bool
    unread: int
    moved: int
    flows: tuple[tuple[str, str, int], ...]
    rows: tuple[TrialRow, ...]


def trial(kept: Mapping[str, Any], names: Names, lang: str) -> Trial:
    """A dry run in words."""
    flows = tuple(
        (answer_said(f["was"], names, lang), answer_said(f["would"], names, lang), f["tickets"]) for f in kept["units"]
    )
    return Trial(
        months=kept["months"],
        at=kept["at"][:16].replace("T", " "),
        on=kept["on"],
        tickets=kept["tickets"],
        cut=kept["cut"],
        unread=kept["unread"],
        moved=kept["moved"],
        flows=flows,
        rows=tuple(_trial_row(row, names, lang) for row in kept["rows"]),
    )


def _trial_row(row: Mapping[str, Any], names: Names, lang: str) -> TrialRow:
    same = row["was"] == row["would"]
    return TrialRow(
        number=row["number"],
        day=row["at"][:10],
        category=names.category(row["category"], lang),
        region=names.region(row["region"], lang),
        was=answer_said(row["was"], names, lang),
        would=_("主办不变，协办有变") if same else answer_said(row["would"], names, lang),
        was_rule=row["rules"][0],
        would_rule=row["rules"][1],
        lead=names.unit(row["lead"], lang),
    )


def answer_said(answer: Sequence[str], names: Names, lang: str) -> str:
    """An answer of the directory in a few words."""
    outcome, *units = answer
    said = "、".join(names.unit(code, lang) for code in units)
    return {
        "rule": said,
        "conflict": _("冲突：%(units)s") % {"units": said},
        "elsewhere": _("不派单，引导"),
    }.get(outcome, _("目录没有答案"))


def lead_said(rule: DirectoryRule, names: Names) -> str:
    """The unit a rule names."""
    return {"": LOCAL_WORD, ELSEWHERE: ELSEWHERE_WORD}.get(rule.lead) or names.unit(rule.lead, "zh")
