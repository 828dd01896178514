"""From a text to the category, the place and the facts it speaks of; every guess names the words behind it.

Agents see these suggestions while typing. Where the text speaks for several, or for none, the answer is that nobody
knows: a wild guess sends a citizen to the wrong counter.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final

from hotline.rules.jurisdiction.words import Words, plain

OUTSIDE: Final = "市外"
"""The place of words that name another city."""

NOWHERE: Final = "非地名"
"""The code of words that only look like a place: 芜湖路 is a road of this city."""

ENOUGH: Final = 2
"""Characters of telling words below which a text speaks for no category."""

MOST: Final = 4
"""Categories between which a text may waver; more is no suggestion."""

SHORT: Final = 3
"""A street's short name counts from this length; shorter ones are words of daily life (天河, 同安, 古城)."""

_NO_PLACE: Final = ("路", "大道", "街", "公园", "湖", "山", "河", "桥", "站", "银行", "人", "高速")
"""What follows a name when it is part of another: 包河大道 runs through several districts."""


class WordKind(StrEnum):
    """What a line of words tells of."""

    CATEGORY = "category"
    REGION = "region"
    PLACE = "place"
    CONDITION = "condition"


@dataclass(frozen=True, kw_only=True, order=True)
class Telling:
    """One line of the city's words: when they occur, the text speaks of this category, place or fact.

    `denied` are words by which a condition is said not to hold; `question` is what the agent asks for it.
    """

    kind: WordKind
    code: str
    name: str = ""
    question: str = ""
    words: Words = Words()
    denied: tuple[str, ...] = ()


@dataclass(frozen=True)
class Guess:
    """What a text seems to speak of. `codes` is one code when it is sure, several when it wavers, none when unsure."""

    codes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def sure(self) -> str:
        """The one code, or nothing."""
        return self.codes[0] if len(self.codes) == 1 else ""


@dataclass(frozen=True)
class Lexicon:
    """The words of one city, and the names of its places."""

    tellings: tuple[Telling, ...] = ()
    regions: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @cached_property
    def facts(self) -> Mapping[str, Telling]:
        """The city's list of conditions."""
        return {one.code: one for one in self.tellings if one.kind is WordKind.CONDITION}

    @cached_property
    def places(self) -> Mapping[str, Telling]:
        """The city's list of kinds of place."""
        return {one.code: one for one in self.tellings if one.kind is WordKind.PLACE}

    def category(self, told: str, under: str = "", also: Iterable[tuple[str, Words]] = ()) -> Guess:
        """The category a plain text speaks of, below a prefix; `also` are the words of rules with their category.

        Longer words weigh more, by their characters, and words that must occur together by one for each further one.
        """
        own = ((one.code, one.words) for one in self.tellings if one.kind is WordKind.CATEGORY)
        heard: dict[str, set[str]] = {}
        together: dict[str, int] = {}
        for code, words in (*own, *also):
            spoken = words.spoken(told) if code.startswith(under) and words.groups else None
            if spoken is not None:
                heard.setdefault(code, set()).update(spoken)
                together[code] = max(together.get(code, 0), len(spoken) - 1)
        scores = {code: _score(words) + together[code] for code, words in heard.items()}
        most = max(scores.values(), default=0)
        best = tuple(sorted(code for code, score in scores.items() if score == most))
        if most < ENOUGH or len(best) > MOST:
            return Guess()
        return Guess(best, tuple(sorted(set.union(*(heard[code] for code in best)))))

    def region(self, told: str) -> Guess:
        """The place a plain text names: the smallest of places that lie within each other; several are unsure."""
        codes: dict[str, str] = {}
        rest = told
        for name, code in self._names:
            if _named(name, rest, whole=code == OUTSIDE or name not in self._short):
                codes.setdefault(code, name)
                rest = rest.replace(name, "□")
        codes.pop(NOWHERE, None)
        inside = {code: name for code, name in codes.items() if code != OUTSIDE} or codes
        smallest = [c for c in inside if not any(o != c and o.startswith(c.removesuffix("00")) for o in inside)]
        return Guess(tuple(smallest), tuple(inside[c] for c in smallest)) if len(smallest) == 1 else Guess()

    def told_facts(self, told: str) -> dict[str, bool]:
        """Conditions the text settles; the words that deny one are looked for first."""
        found: dict[str, bool] = {}
        for one in self.facts.values():
            if any(plain(word) in told for word in one.denied):
                found[one.code] = False
            elif one.words.groups and one.words.spoken(told) is not None:
                found[one.code] = True
        return found

    def told_places(self, told: str) -> frozenset[str]:
        """Kinds of place the text names."""
        return frozenset(one.code for one in self.places.values() if one.words.spoken(told) is not None)

    @cached_property
    def _short(self) -> frozenset[str]:
        """Names without the word street, town or district; they count only where no road of that name is meant."""
        return frozenset(plain(short) for name, short in self.regions.values() if short != name)

    @cached_property
    def _names(self) -> tuple[tuple[str, str], ...]:
        """All names of places, the longest first, so that 瑶海社区 is not heard as 瑶海区."""
        names = {plain(name): code for code, (name, _) in self.regions.items() if len(code) > 4}
        for code, (_, short) in self.regions.items():
            if (len(code) == 6 or len(short) >= SHORT) and not short.endswith("路"):
                names.setdefault(plain(short), code)
        for one in self.tellings:
            if one.kind is WordKind.REGION:
                names |= {plain(word): one.code for group in one.words.groups for word in group}
                for word in one.words.without:
                    names.pop(plain(word), None)
        return tuple(sorted(names.items(), key=lambda pair: (-len(pair[0]), pair)))


def _score(words: Iterable[str]) -> int:
    """Characters of the words heard; one that is part of another counts once."""
    said = set(words)
    return sum(len(word) for word in said if not any(word != other and word in other for other in said))


def _named(name: str, told: str, *, whole: bool) -> bool:
    """Whether a place is named; a short name is not one when it is only the beginning of a road or a lake."""
    if whole:
        return name in told
    return any(not rest.startswith(_NO_PLACE) for rest in told.split(name)[1:])
