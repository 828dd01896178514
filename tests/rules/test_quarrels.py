"""The figures of quarrels, each worked out by hand over a few records."""

from dataclasses import replace
from datetime import datetime
from fractions import Fraction

import pytest

from hotline.rules.quarrels import (
    Delay,
    Ownerless,
    PairRow,
    Returned,
    Saved,
    Step,
    Trace,
    at_most,
    delay,
    first_dispatch_accuracy,
    median,
    moved,
    ownerless,
    quarrels,
    returns_by,
    returns_of_units,
    saved,
    settled_by_step,
    under_successors,
    workdays_to_lead,
)
from hotline.rules.vocabulary import CITY_TZ, CategoryCode, UnitCode
from hotline.rules.workdays import Calendar

PLAIN = Calendar()
ECOLOGY, URBAN, HOUSING = UnitCode("STHJ"), UnitCode("CGJ"), UnitCode("CJJ")
NOISE, OTHER_NOISE, FUMES = CategoryCode("040101"), CategoryCode("040102"), CategoryCode("040203")


def when(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of March 2026; the 2nd is a Monday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=CITY_TZ)


def one(ticket: str = "1", **changes: object) -> Trace:
    """A ticket that ecology kept at once."""
    kept = Trace(
        ticket=ticket,
        category=NOISE,
        dispatched_at=when(2, 9),
        given=(ECOLOGY,),
        settled_at=when(2, 9),
        step=Step.FIRST,
        certain=True,
    )
    return replace(kept, **changes)


def back(unit: UnitCode, founded: bool | None, proposed: UnitCode | None = None) -> Returned:
    return Returned(unit=unit, proposed=proposed, founded=founded)


DISPUTED = one(
    "d",
    given=(ECOLOGY, URBAN, ECOLOGY),
    returns=(back(ECOLOGY, True, URBAN), back(URBAN, True, ECOLOGY)),
    disputed_at=when(4, 9),
    settled_at=when(9, 9),
    step=Step.PANEL,
)


def test_returns_by_unit_and_matter():
    traces = [
        DISPUTED,
        one("kept"),
        one("refused", returns=(back(ECOLOGY, False, URBAN),), step=Step.REFUSED),
        one("waiting", returns=(back(ECOLOGY, None),), settled_at=None, step=None, certain=False),
        one("fumes", category=FUMES, given=(URBAN,), returns=(back(URBAN, False),), step=Step.REFUSED),
    ]
    rows = {(row.unit, row.category): row for row in returns_by(traces)}
    noise = rows[ECOLOGY, NOISE]
    """Given twice in the dispute and once in each of three others; returned three times, one still waits."""
    assert (noise.given, noise.founded, noise.unfounded, noise.waiting, noise.asked) == (5, 1, 1, 1, 3)
    assert (noise.return_rate, noise.unfounded_rate) == (Fraction(3, 5), Fraction(1, 2))
    assert (rows[URBAN, NOISE].return_rate, rows[URBAN, NOISE].unfounded_rate) == (1, 0)
    assert rows[URBAN, FUMES].unfounded_rate == 1
    assert [(row.unit, row.category) for row in returns_by(traces)] == [
        (ECOLOGY, NOISE),
        (URBAN, FUMES),
        (URBAN, NOISE),
    ]


def test_matters_can_be_taken_together():
    traces = [DISPUTED, replace(DISPUTED, ticket="e", category=OTHER_NOISE)]
    assert len(returns_by(traces)) == 4
    assert [(row.unit, row.category, row.founded) for row in returns_by(traces, digits=4)] == [
        (URBAN, "0401", 2),
        (ECOLOGY, "0401", 2),
    ]


def test_a_units_returns_over_all_matters_and_the_unfounded_that_count_in_assessment():
    traces = [
        DISPUTED,
        one("kept", given=(HOUSING,)),
        one("noise", returns=(back(ECOLOGY, False),), step=Step.REFUSED),
        one("fumes", category=FUMES, returns=(back(ECOLOGY, False),), step=Step.REFUSED),
    ]
    rows = {row.unit: row for row in returns_of_units(traces)}
    assert set(rows) == {ECOLOGY, URBAN}, "housing has returned nothing"
    ecology = rows[ECOLOGY]
    """Given twice in the dispute and once in each of two others."""
    assert (ecology.given, ecology.founded, ecology.unfounded, ecology.waiting) == (4, 1, 2, 0)
    assert (ecology.return_rate, ecology.unfounded_rate) == (Fraction(3, 4), Fraction(2, 3))
    assert next(iter(rows)) == ECOLOGY, "most unfounded first"
    parts = [row for row in returns_by(traces) if row.unit == ECOLOGY]
    assert (sum(row.unfounded for row in parts), sum(row.given for row in parts)) == (2, 4)


def test_what_a_unit_did_counts_under_who_has_succeeded_it():
    heirs = {URBAN: HOUSING}
    (found,) = under_successors([DISPUTED], heirs)
    assert HOUSING in found.given
    assert URBAN not in {*found.given, *(unit for said in found.returns for unit in (said.unit, said.proposed))}
    (row,) = quarrels([found])
    assert set(row.units) == {ECOLOGY, HOUSING}
    assert {row.unit for row in returns_of_units([found])} == {ECOLOGY, HOUSING}
    assert under_successors([DISPUTED], {}) == (DISPUTED,)
    moved_on = one("m", given=(URBAN, HOUSING, ECOLOGY, HOUSING))
    (once,) = under_successors([moved_on], heirs)
    assert once.given == (HOUSING, ECOLOGY, HOUSING), "from the old to the new it has only changed its name"
    (merged,) = under_successors([DISPUTED], {URBAN: ECOLOGY})
    assert quarrels([merged]) == (), "one unit does not quarrel with itself"


def test_a_return_that_nobody_has_ruled_on_has_no_rate_yet():
    (row,) = returns_by([one(returns=(back(ECOLOGY, None),))])
    assert row.unfounded_rate is None


def test_first_dispatch_accuracy():
    """Four are certain; one was returned rightly, one wrongly, one was marked as nobody's."""
    traces = [
        one("a"),
        one("b", given=(ECOLOGY, URBAN), returns=(back(ECOLOGY, True),), step=Step.REASSIGNED),
        one("c", returns=(back(ECOLOGY, False),), step=Step.REFUSED),
        one("d", disputed_at=when(3, 9), step=Step.MEDIATION),
        one("open", certain=False),
    ]
    assert first_dispatch_accuracy(traces) == Fraction(1, 4)
    assert first_dispatch_accuracy([one(certain=False)]) is None


def test_working_days_to_the_lead():
    """Monday 9:00 to Monday 9:00 is five working days; Friday 16:30 to Monday 9:30 two of seven hours."""
    assert workdays_to_lead(DISPUTED, PLAIN) == 5
    assert workdays_to_lead(one(dispatched_at=when(6, 16, 30), settled_at=when(9, 9, 30)), PLAIN) == Fraction(2, 7)
    assert workdays_to_lead(one(), PLAIN) == 0
    with pytest.raises(ValueError, match="no settled lead"):
        workdays_to_lead(one(settled_at=None), PLAIN)


def test_delay_over_tickets():
    """0, 0, 1, 5 working days: mean 1.5, median 0.5; nine tenths of four are four, so the last one."""
    traces = [
        one("a"),
        one("b"),
        one("c", settled_at=when(3, 9)),
        DISPUTED,
        one("open", settled_at=None, certain=False),
    ]
    assert delay(traces, PLAIN) == Delay(tickets=4, mean=Fraction(3, 2), median=Fraction(1, 2), p90=Fraction(5))
    assert delay([one(certain=False)], PLAIN) == Delay(tickets=0)
    again = one("d", given=(UnitCode("CGJ"), UnitCode("STHJ")))
    assert moved([*traces, again]) == (DISPUTED, again), "returned, or given to another"


def test_middle_values():
    values = [Fraction(n) for n in (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)]
    assert (median(values), median(values[:9]), median(values[:1])) == (24, 16, 1)
    assert (at_most(values, Fraction(9, 10)), at_most(values, Fraction(91, 100)), at_most(values[:1], Fraction(0))) == (
        256,
        512,
        1,
    )


def test_tickets_without_an_owner_now():
    """Looked at on Friday 6 March 9:00: three and four working days old."""
    traces = [
        one("owned"),
        one("late", dispatched_at=when(3, 9), ownerless_since=when(4, 9), settled_at=None, certain=False),
        replace(DISPUTED, ticket="old", settled_at=None, certain=False, ownerless_since=when(5, 12)),
    ]
    assert ownerless(traces, now=when(6, 9), calendar=PLAIN) == (
        Ownerless(
            ticket="old",
            category=NOISE,
            disputed=True,
            since=when(5, 12),
            days=Fraction(4, 7),
            days_in_all=Fraction(4),
        ),
        Ownerless(
            ticket="late",
            category=NOISE,
            disputed=False,
            since=when(4, 9),
            days=Fraction(2),
            days_in_all=Fraction(3),
        ),
    )


def test_where_leads_were_settled():
    counted = settled_by_step([DISPUTED, one(), one("2"), one("3", step=Step.QUICK, certain=False)])
    assert counted == {step: {Step.PANEL: 1, Step.FIRST: 2}.get(step, 0) for step in Step}
    assert list(counted) == list(Step)


def test_what_a_precedent_saved():
    """Three went straight; formerly such tickets took 0, 1 and 5 working days, the median 1: three days saved."""
    straight = [one(str(n), by_precedent="2026-031", step=Step.PRECEDENT) for n in range(3)]
    challenged = one("c", by_precedent="2026-031", step=Step.PRECEDENT, returns=(back(ECOLOGY, False),))
    fresh = one("f", by_precedent="2026-031", step=Step.PRECEDENT, certain=False)
    former = [one("x"), one("y", settled_at=when(3, 9)), DISPUTED, one("open", certain=False)]
    found = saved([*straight, challenged, fresh, *former], lambda _: [*former, *straight], PLAIN)
    assert found == (Saved(precedent="2026-031", straight=3, former=3, former_median=Fraction(1)),)
    assert found[0].days == 3


def test_without_earlier_tickets_nothing_is_claimed():
    traces = [one("1", by_precedent="b", step=Step.PRECEDENT), one("2", by_precedent="a", step=Step.PRECEDENT)]
    found = saved(traces, lambda number: [DISPUTED] if number == "b" else [], PLAIN)
    assert [(row.precedent, row.straight, row.days) for row in found] == [("b", 1, 5), ("a", 1, None)]


def test_the_map_of_quarrels():
    """In two tickets both said no; in one housing pointed at urban management, which never had it."""
    traces = [
        DISPUTED,
        replace(DISPUTED, ticket="e", returns=(back(ECOLOGY, True), back(URBAN, True, ECOLOGY)), disputed_at=None),
        one("f", category=FUMES, returns=(back(HOUSING, True, URBAN),)),
        one("nobody proposed", returns=(back(HOUSING, True),)),
        one("itself", returns=(back(HOUSING, True, HOUSING),)),
    ]
    assert quarrels(traces) == (
        PairRow(
            units=(URBAN, ECOLOGY), category=NOISE, tickets=2, first_named_second=2, second_named_first=1, disputes=1
        ),
        PairRow(
            units=(URBAN, HOUSING), category=FUMES, tickets=1, first_named_second=0, second_named_first=1, disputes=0
        ),
    )


def test_three_units_that_all_say_no_are_three_pairs():
    returns = (back(ECOLOGY, True, URBAN), back(URBAN, True, HOUSING), back(HOUSING, True, ECOLOGY))
    assert [row.units for row in quarrels([one(returns=returns)])] == [
        (URBAN, HOUSING),
        (URBAN, ECOLOGY),
        (HOUSING, ECOLOGY),
    ]
