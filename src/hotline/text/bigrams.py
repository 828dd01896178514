"""Chinese search without a dictionary: every text becomes pairs of neighbouring characters.

Agents search by two-character words, the usual length of a Chinese word, which a trigram index cannot serve.
Indexing and asking use the same function, so that whatever was typed can be found again.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

_HAN: Final = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUNS: Final = re.compile(rf"([{_HAN}]+)|((?:(?![{_HAN}])[^\W_])+)")
LONGEST_WORD: Final = 40
MOST_TERMS: Final = 4000


def normalised(text: str) -> str:
    """Full-width letters and digits as half-width, capitals as small, all white space as one blank."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def terms(text: str) -> tuple[str, ...]:
    """What is indexed of a text: pairs of Chinese characters, and words or numbers of other scripts whole.

    Each term once, in order of first appearance, no more than MOST_TERMS.
    """
    found: dict[str, None] = {}
    for run, chinese in runs(normalised(text)):
        found.update(dict.fromkeys(_pairs(run) if chinese else (run[:LONGEST_WORD],)))
        if len(found) >= MOST_TERMS:
            break
    return tuple(found)[:MOST_TERMS]


def asked(text: str) -> tuple[str, ...]:
    """The terms that a text found by this question must have; none when nothing in it is long enough to look up.

    A single Chinese character is no term: it is only looked for inside another filter.
    """
    found: dict[str, None] = {}
    for run, chinese in runs(normalised(text)):
        if chinese and len(run) > 1:
            found.update(dict.fromkeys(_pairs(run)))
        elif not chinese:
            found[run[:LONGEST_WORD]] = None
    return tuple(found)


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """Unbroken runs of Chinese characters (True) and of letters and digits (False); everything else divides."""
    for found in _RUNS.finditer(text):
        yield found[0], found.lastindex == 1


def _pairs(run: str) -> Iterator[str]:
    if len(run) == 1:
        yield run
    for left, right in pairwise(run):
        yield left + right


def as_query(found: tuple[str, ...]) -> str:
    """The terms as PostgreSQL's tsquery text, all of them wanted."""
    return " & ".join(map(_quoted, found))


def as_vector(found: tuple[str, ...]) -> str:
    """The terms as PostgreSQL's tsvector text."""
    return " ".join(map(_quoted, found))


def _quoted(term: str) -> str:
    escaped = term.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
