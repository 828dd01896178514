"""jurisdiction.csv against the dispatch directory that ships with the demo city: two hands, one law."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from hotline.registry.loading.directory import directory_of
from hotline.registry.loading.read import read_city
from hotline.rules.jurisdiction import Answer, Conflict, Directory, Question, Routed, UnitRole, route
from tests.golden.jurisdiction_rows import CITY, Case, cases

CASES = cases()


@cache
def directory(day: date) -> Directory:
    """The city's directory of that day."""
    files, problems = read_city(CITY)
    assert files is not None, problems
    return directory_of(files.tables, day)


def ask(case: Case) -> Answer:
    """The case as a dispatcher's desk puts it."""
    question = Question(at=case.at, text=case.text, category=case.category, region=case.region)
    return route(question, directory(case.at.date()))


def outcome(answer: Answer) -> str:
    """The word for it in the table."""
    match answer:
        case Routed():
            return "rule"
        case Conflict():
            return "conflict"
    return "none"


def leads(answer: Answer) -> frozenset[str]:
    """Who is named: one, nobody, or the rivals."""
    match answer:
        case Routed():
            return frozenset({answer.lead})
        case Conflict():
            return frozenset(claim.lead for claim in answer.claims)
    return frozenset()


def differences(case: Case, answer: Answer) -> Iterator[str]:
    """What the directory says otherwise than the table."""
    if outcome(answer) != case.outcome:
        yield f"结果应为 {case.outcome}，目录为 {outcome(answer)} {'、'.join(sorted(leads(answer)))}"
        return
    named = leads(answer)
    if len(named) != len(case.leads) or not all(named & set(line) for line in case.leads):
        yield f"主办应为 {case.leads}，目录为 {'、'.join(sorted(named))}"
    if case.categories and not answer.heard.category.startswith(case.categories):
        yield f"分类应为 {'、'.join(case.categories)}，推断为 {answer.heard.category or '（无）'}"
    if isinstance(answer, Routed):
        yield from _beside_the_lead(case, answer)


def _beside_the_lead(case: Case, answer: Routed) -> Iterator[str]:
    working = {one.unit for one in answer.co_units if one.role is UnitRole.CO}
    if absent := set(case.co_units) - working:
        yield f"缺协办 {'、'.join(sorted(absent))}"
    if case.basis and not any(piece in answer.rule.basis for piece in case.basis):
        yield f"依据应含 {'、'.join(case.basis)}，目录为 {answer.rule.basis}"


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_directory_names_whom_the_law_names(case: Case) -> None:
    answer = ask(case)
    found = list(differences(case, answer))
    assert not found, "\n".join((str(case), *found, f"理由：{case.reason}（{case.source}）", f"规则：{_rule(answer)}"))


def _rule(answer: Answer) -> str:
    match answer:
        case Conflict():
            return "、".join(claim.rule.id for claim in answer.claims)
    return answer.rule.id if answer.rule else "（无）"


def test_the_comparison_notices_every_kind_of_difference() -> None:
    """The first row with one thing written wrongly at a time."""
    case = CASES[0]
    answer = ask(case)
    wrong = (
        replace(case, outcome="none"),
        replace(case, leads=(("XCB",),)),
        replace(case, leads=(*case.leads, ("XCB",))),
        replace(case, co_units=("XCB",)),
        replace(case, basis=("海商法",)),
        replace(case, categories=("15",)),
    )
    assert [len(list(differences(one, answer))) for one in wrong] == [1] * len(wrong)
