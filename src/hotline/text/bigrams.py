"""Chinese search without a dictionary: every text becomes pairs of neighbouring characters.

Agents search by two-character words, the usual length of a Chinese word, which a trigram index cannot serve.
Indexing and asking use the same function, so that whatever was typed can be found again.
"""

import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

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
    run, chinese = "", False
    for sign in text:
        kind = _kind(sign)
        if run and (kind is None or kind is not chinese):
            yield run, chinese
            run = ""
        if kind is not None:
            run, chinese = run + sign, kind
    if run:
        yield run, chinese


def _kind(sign: str) -> bool | None:
    if _is_han(sign):
        return True
    return False if sign.isalnum() else None


def _is_han(sign: str) -> bool:
    return "\u3400" <= sign <= "\u9fff" or "\uf900" <= sign <= "\ufaff" or "\U00020000" <= sign <= "\U0003ffff"


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
