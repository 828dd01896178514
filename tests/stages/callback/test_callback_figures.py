"""The three rates of a month, against an example that was worked out by hand.

Ten callbacks of one unit: eight people were reached, one was not, one was waived.

    answered?  yes yes yes yes yes yes no  no          6 of 8 = 75.0 %
    resolved?  ✓   ✓   ✓   ~   ~   ✗   ✗   ✗           (3 + 2 × 0.5) of 8 = 50.0 %
    rating     5   4   3   3   2   1   1   -           4 of 7 = 57.142… → 57.1 %
"""

from fractions import Fraction

import pytest

from hotline.rules.callback_figures import Answered, figures, percent
from hotline.rules.vocabulary import Rating, Resolution

R, P, U = Resolution.RESOLVED, Resolution.PARTLY, Resolution.UNRESOLVED
EXAMPLE = [
    Answered(outcome="settled", responded=True, resolution=R, rating=Rating(5)),
    Answered(outcome="settled", responded=True, resolution=R, rating=Rating(4)),
    Answered(outcome="settled", responded=True, resolution=R, rating=Rating(3)),
    Answered(outcome="settled", responded=True, resolution=P, rating=Rating(3)),
    Answered(outcome="dissatisfied", responded=True, resolution=P, rating=Rating(2), cause="partly"),
    Answered(outcome="dissatisfied", responded=True, resolution=U, rating=Rating(1), cause="unsolved"),
    Answered(outcome="dissatisfied", responded=False, resolution=U, rating=Rating(1), cause="unsolved"),
    Answered(outcome="dissatisfied", responded=False, resolution=U, cause="no_contact"),
    Answered(outcome="unreached"),
    Answered(outcome="waived"),
]


def test_the_example_worked_out_by_hand() -> None:
    found = figures(EXAMPLE, partly_weight=0.5)
    assert (found.callbacks, found.reached, found.unreached, found.waived) == (10, 8, 1, 1)
    assert (found.resolved, found.partly, found.unresolved) == (3, 2, 3)
    assert (found.response_rate, found.resolution_rate) == (Fraction(6, 8), Fraction(4, 8))
    assert found.satisfaction_rate == Fraction(4, 7)
    rates = (found.response_rate, found.resolution_rate, found.satisfaction_rate)
    assert [percent(rate) for rate in rates] == ["75.0%", "50.0%", "57.1%"]
    assert found.causes == {"partly": 1, "unsolved": 2, "no_contact": 1}
    assert {int(rating): count for rating, count in found.ratings.items()} == {5: 1, 4: 1, 3: 2, 2: 1, 1: 2}


def test_who_was_not_reached_counts_in_no_rate() -> None:
    silent = figures([Answered(outcome="unreached")] * 5, partly_weight=0.5)
    assert silent.callbacks == 5
    assert [silent.response_rate, silent.resolution_rate, silent.satisfaction_rate] == [None, None, None]


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (None, "—"),
        (Fraction(0), "0.0%"),
        (Fraction(1), "100.0%"),
        (Fraction(2, 3), "66.7%"),
        (Fraction(1, 2000), "0.1%"),
        (Fraction(1, 2001), "0.0%"),
    ],
)
def test_shares_are_said_in_tenths_of_a_percent(share: Fraction | None, said: str) -> None:
    assert percent(share) == said
