"""What a callback amounts to: responded, resolved and rating are three questions, kept apart.

Reviewers and callback officers rely on it. Sources: 三率 (docs/glossary.md), 满意 = ratings 5, 4 and 3; the table
for mixed answers is ours (P) and signed in tests/golden/satisfaction.csv.
"""

from enum import StrEnum

from hotline.rules.vocabulary import Rating, Resolution


class Outcome(StrEnum):
    """息诉 lets the ticket close; 不满意 is decided by the reviewer. Neither is a rating."""

    SETTLED = "settled"
    DISSATISFIED = "dissatisfied"


def judge(*, responded: bool, resolution: Resolution, rating: Rating | None) -> Outcome:
    """The outcome of the three answers.

    A rating of 3 or more settles the matter if the unit did respond. Without a rating only a matter that was answered
    and at least partly resolved is settled, and it never counts in the satisfaction rate.
    """
    if not responded:
        return Outcome.DISSATISFIED
    if rating is not None:
        return Outcome.SETTLED if rating >= Rating.BASICALLY_SATISFIED else Outcome.DISSATISFIED
    return Outcome.DISSATISFIED if resolution is Resolution.UNRESOLVED else Outcome.SETTLED


def is_valid_rating(rating: Rating | None) -> bool:
    """Whether the answer counts in the satisfaction rate: only a spoken rating does."""
    return rating is not None


def counts_as_satisfied(rating: Rating) -> bool:
    """满意率: 非常满意, 满意 and 基本满意."""
    return rating >= Rating.BASICALLY_SATISFIED
