"""Near-duplicates: is this nearly the same text as that one? Reviewers are told of replies copied from other tickets.

Pure comparison of pairs of characters, the same pairs that searching knows.
"""

from typing import Final

from hotline.text.bigrams import as_query, terms

SPREAD: Final = 5
"""Pairs taken from each third of a text to look for its copies."""
LEAST: Final = 12
"""A text with fewer pairs is a phrase that everybody writes."""


def likeness(one: str, other: str) -> float:
    """Share of the pairs of both texts that they have in common: 1 for the same text, 0 for nothing in common."""
    mine, theirs = set(terms(one)), set(terms(other))
    return len(mine & theirs) / len(mine | theirs) if mine or theirs else 0.0


def probe(text: str) -> str:
    """A tsquery that every near copy of the text answers: all of some pairs of its beginning, middle or end.

    A copy that was changed in one place still has the other two thirds. Blank for a text too short to compare.
    """
    found = terms(text)
    if len(found) < LEAST:
        return ""
    third = len(found) // 3
    parts = (found[:third], found[third : 2 * third], found[2 * third :])
    return " | ".join(f"({as_query(_spread(part))})" for part in parts)


def _spread(part: tuple[str, ...]) -> tuple[str, ...]:
    """Some pairs from all over a part, so that one changed word spoils few parts."""
    step = max(len(part) // SPREAD, 1)
    return part[::step][:SPREAD]
