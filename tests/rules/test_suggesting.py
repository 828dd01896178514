"""Units offered at dispatch: who stands first, for which reasons, and how likely each is to return the ticket."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.rules.jurisdiction import Claim, Conflict, DirectoryRule, Heard, NoRule, Routed
from hotline.rules.jurisdiction.values import Answer
from hotline.rules.sentences import render
from hotline.rules.suggesting import (
    HIGH,
    LOW,
    MOST,
    POINTS,
    USUAL,
    Evidence,
    Kept,
    Level,
    Returning,
    Risk,
    Ruling,
    Source,
    risks,
    suggest,
)
from hotline.rules.vocabulary import UnitCode

ECOLOGY, URBAN, HOUSING, POLICE = map(UnitCode, ("STHJ", "CGJ", "CJJ", "GAJ"))
UNITS = (ECOLOGY, URBAN, HOUSING, POLICE)


def line(lead: UnitCode = ECOLOGY, *, number: int = 7, **changes: str) -> DirectoryRule:
    return DirectoryRule(id=f"0401-{number}", categories=("0401",), lead=lead, basis="噪声法第八条", **changes)


def routed(lead: UnitCode = ECOLOGY, **changes: str) -> Routed:
    return Routed(lead=lead, co_units=(), rule=line(lead, **changes), story=(), heard=Heard())


def at_odds(*leads: UnitCode) -> Conflict:
    claims = tuple(Claim(lead=lead, rule=line(lead, number=n)) for n, lead in enumerate(leads, 1))
    return Conflict(claims=claims, story=(), heard=Heard())


def kept(unit: UnitCode, given: int, stayed: int) -> Kept:
    return Kept(unit=unit, given=given, stayed=stayed)


def test_the_case_of_the_issue():
    """Directory rule, ruling on the same matter, 43 alike tickets of which 41 stayed."""
    found = suggest(
        Evidence(
            answer=routed(),
            rulings=(Ruling(lead=ECOLOGY, ticket="2026031", alike=True),),
            alike=(kept(ECOLOGY, 43, 41), kept(URBAN, 5, 1)),
            history=(Returning(unit=ECOLOGY, given=90, returned=2), Returning(unit=URBAN, given=10, returned=8)),
        )
    )
    first, second = found
    assert (first.unit, first.rule, first.sure) == (ECOLOGY, "0401-7@1", True)
    assert first.sources == (Source.DIRECTORY, Source.ALIKE, Source.RULING)
    assert [render(reason, "zh") for reason in first.reasons] == [
        "依目录第0401-7条：噪声法第八条",
        "近12个月相似工单派给它43件，41件留住",
        "同样的事裁定过由它主办（工单2026031）",
    ]
    assert first.points == 100 + Fraction(40 * 41, 50) + 30
    assert (second.unit, second.sure, second.sources) == (URBAN, False, (Source.ALIKE,))
    assert first.risk.level is Level.LOW
    assert second.risk.level is Level.HIGH


def test_a_precedent_names_its_ruling_and_stands_above_the_directory():
    (found,) = suggest(Evidence(answer=routed(source="会办裁定〔2026〕31号")))
    assert found.sources == (Source.PRECEDENT,)
    assert "会办裁定〔2026〕31号" in render(found.reasons[0], "zh")
    assert POINTS[Source.PRECEDENT] > POINTS[Source.DIRECTORY]


def test_rules_at_odds_offer_each_unit_and_fill_in_none():
    found = suggest(Evidence(answer=at_odds(URBAN, ECOLOGY, URBAN)))
    assert [one.unit for one in found] == [URBAN, ECOLOGY]
    assert not any(one.sure for one in found)
    assert [one.sources for one in found] == [(Source.CLAIM,)] * 2


def test_a_unit_is_offered_its_best_ruling_only():
    rulings = (
        Ruling(lead=URBAN, ticket="1", alike=False),
        Ruling(lead=URBAN, ticket="2", alike=True),
        Ruling(lead=HOUSING, ticket="3", alike=False),
    )
    found = suggest(Evidence(answer=NoRule(), rulings=rulings))
    assert [(one.unit, one.sources) for one in found] == [
        (URBAN, (Source.RULING,)),
        (HOUSING, (Source.CATEGORY_RULING,)),
    ]
    assert found[0].reasons[0].params == {"ticket": "2"}


def test_forty_that_stayed_say_more_than_one():
    many = suggest(Evidence(answer=NoRule(), alike=(kept(ECOLOGY, 43, 41),)))
    single = suggest(Evidence(answer=NoRule(), alike=(kept(ECOLOGY, 1, 1),)))
    assert many[0].points > single[0].points
    assert suggest(Evidence(answer=NoRule(), alike=(kept(ECOLOGY, 4, 0),))) == ()


def test_whose_return_was_founded_is_not_offered_again():
    assert suggest(Evidence(answer=routed(), barred=frozenset({ECOLOGY}))) == ()


def test_nothing_known_offers_nobody():
    assert suggest(Evidence(answer=NoRule())) == ()


def test_the_formula_by_hand():
    """All: (8 + 10/20) / (20 + 10) = 17/60. Urban: (8 + 10·17/60) / (10 + 10) = 13/24; housing is like everybody."""
    history = (Returning(unit=URBAN, given=10, returned=8), Returning(unit=ECOLOGY, given=10, returned=0))
    found = risks(history, UNITS)
    assert found[URBAN] == Risk(chance=Fraction(13, 24), given=10, returned=8)
    assert found[HOUSING] == Risk(chance=Fraction(17, 60), given=0, returned=0)
    assert found[ECOLOGY].chance == Fraction(17, 120)
    assert risks((), UNITS)[POLICE].chance == USUAL


@pytest.mark.parametrize(
    ("chance", "level"),
    [
        (LOW - Fraction(1, 1000), Level.LOW),
        (LOW, Level.MEDIUM),
        (HIGH - Fraction(1, 1000), Level.MEDIUM),
        (HIGH, Level.HIGH),
    ],
)
def test_levels_begin_where_they_are_said_to(chance: Fraction, level: Level):
    assert Risk(chance=chance, given=0, returned=0).level is level


# --- what holds whatever is known ---

UNIT = st.sampled_from(UNITS)
KEPT = st.builds(
    lambda unit, stayed, more: kept(unit, stayed + more, stayed), UNIT, st.integers(0, 90), st.integers(0, 9)
)
HISTORY = st.builds(
    lambda unit, given, returned: Returning(unit=unit, given=given, returned=returned),
    UNIT,
    st.integers(0, 500),
    st.integers(0, 700),
)
RULINGS = st.builds(lambda lead, alike: Ruling(lead=lead, ticket="1", alike=alike), UNIT, st.booleans())
ANSWERS: st.SearchStrategy[Answer] = st.one_of(
    st.just(NoRule()),
    UNIT.map(routed),
    st.lists(UNIT, min_size=2, max_size=4).map(lambda leads: at_odds(*leads)),
)


def once(rows: st.SearchStrategy[Kept]) -> st.SearchStrategy[list[Kept]]:
    return st.lists(rows, max_size=4, unique_by=lambda row: row.unit)


EVIDENCE = st.builds(
    lambda answer, rulings, alike, history, barred: Evidence(
        answer=answer, rulings=tuple(rulings), alike=tuple(alike), history=tuple(history), barred=frozenset(barred)
    ),
    ANSWERS,
    st.lists(RULINGS, max_size=5),
    once(KEPT),
    st.lists(HISTORY, max_size=4, unique_by=lambda row: row.unit),
    st.sets(UNIT, max_size=2),
)


@given(EVIDENCE)
def test_each_unit_once_best_first_and_never_one_that_may_not(evidence: Evidence):
    found = suggest(evidence)
    assert len(found) <= MOST
    assert len({one.unit for one in found}) == len(found)
    assert [one.points for one in found] == sorted((one.points for one in found), reverse=True)
    assert not {one.unit for one in found} & evidence.barred
    assert all(one.reasons and one.points > 0 and 0 < one.risk.chance < 1 for one in found)


@given(EVIDENCE)
def test_whom_the_directory_names_stands_first(evidence: Evidence):
    found = suggest(evidence)
    if isinstance(evidence.answer, Routed) and evidence.answer.lead not in evidence.barred:
        assert (found[0].unit, found[0].sure) == (evidence.answer.lead, True)
    assert not any(one.sure for one in found[1:])


@given(EVIDENCE, st.lists(HISTORY, max_size=4))
def test_returning_a_lot_moves_nobody(evidence: Evidence, history: list[Returning]):
    other = Evidence(
        answer=evidence.answer,
        rulings=evidence.rulings,
        alike=evidence.alike,
        history=tuple(history),
        barred=evidence.barred,
    )
    assert [one.unit for one in suggest(evidence)] == [one.unit for one in suggest(other)]


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 300))
def test_more_returns_never_lower_the_risk(given_: int, returned: int, more: int):
    def chance(count: int) -> Fraction:
        return risks((Returning(unit=URBAN, given=given_, returned=count),), (URBAN,))[URBAN].chance

    assert chance(returned) <= chance(returned + more)


@given(EVIDENCE)
def test_every_reason_has_its_sentence(evidence: Evidence):
    for one in suggest(evidence):
        for reason in one.reasons:
            assert render(reason, "zh")
            assert render(reason, "en")
