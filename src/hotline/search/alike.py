"""Alike tickets: what was asked before in nearly the same words, where it went and what it was called.

Agents join a repeated matter to its first ticket with one key; suggestions of category and unit vote from here.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from math import log

from hotline.rules.lifecycle import Actor
from hotline.rules.visibility import view_of
from hotline.text.bigrams import terms
from hotline.tickets.found import Alike, find_alike, term_counts

WITHIN = timedelta(days=365)
SAMPLE = 3000
RARE = 10
MOST_TEXTS = SAMPLE // 50
MOST_TERMS = 120
FRESH_FOR = timedelta(hours=1)


@dataclass
class _Common:
    at: datetime | None = None
    counts: dict[str, int] | None = None


_kept = _Common()


def alike(text: str, *, actor: Actor, now: datetime, but: str = "", limit: int = 12) -> tuple[Alike, ...]:
    """Tickets of the last year in the person's view whose title and content are nearest to the text."""
    found = terms(text)[:MOST_TERMS]
    if not found:
        return ()
    counts = _counts(now)
    pairs = [t for t in found if len(t) > 1]
    rare = _rare(sorted((t for t in pairs if t in counts), key=lambda t: counts[t]), counts)
    unseen = [t for t in pairs if t not in counts][:RARE]
    return find_alike(found, (*rare, *unseen), view=view_of(actor), since=now - WITHIN, but=but, limit=limit)


def _rare(rising: list[str], counts: dict[str, int]) -> list[str]:
    """The rarest, as many as together stay in few texts: looking all up must not grow into reading everything."""
    together = accumulate(counts[term] for term in rising)
    return [term for term, sofar in zip(rising[:RARE], together, strict=False) if sofar <= MOST_TEXTS] or rising[:1]


def _counts(now: datetime) -> dict[str, int]:
    """Counts of the newest texts, an hour old at most."""
    if _kept.counts is None or _kept.at is None or now - _kept.at > FRESH_FOR or now < _kept.at:
        _kept.at, _kept.counts = now, term_counts(SAMPLE)
    return _kept.counts


@dataclass(frozen=True)
class Vote:
    """A code that alike tickets carry: how many of how many, and the share of their weight."""

    code: str
    tickets: int
    of: int
    share: float


def voted(found: tuple[Alike, ...], attribute: str, *, most: int = 3) -> tuple[Vote, ...]:
    """Which categories or units alike tickets carry, weighted by how alike they are."""
    weights: Counter[str] = Counter()
    tickets: Counter[str] = Counter()
    for one in found:
        code = str(getattr(one, attribute))
        if code:
            weights[code] += log(1 + one.shared)  # type: ignore[assignment]  # a Counter of weights
            tickets[code] += 1
    total = sum(weights.values())
    return tuple(Vote(code, tickets[code], len(found), weight / total) for code, weight in weights.most_common(most))
