"""Words of a rule: which must occur in what the citizen says, and which must not.

Officials write them as they would speak: “施工、工地；噪声、噪音” means one of the first two and one of the second two.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

OR = "、"
AND = "；"


def plain(text: str) -> str:
    """A text as words are looked for in it: one width, small letters, no blanks or line breaks."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


@dataclass(frozen=True, order=True)
class Words:
    """Groups that must all occur, each by one of its alternatives; and words of which none may occur."""

    groups: tuple[tuple[str, ...], ...] = ()
    without: tuple[str, ...] = ()

    def spoken(self, told: str) -> tuple[str, ...] | None:
        """The words of each group that occur in a plain text, the longest of each; None when it does not fit."""
        if any(plain(word) in told for word in self.without):
            return None
        found = tuple(
            max((word for word in group if plain(word) in told), key=len, default="") for group in self.groups
        )
        return found if all(found) else None

    @property
    def empty(self) -> bool:
        """Whether nothing is asked of the text."""
        return not (self.groups or self.without)

    def implied_by(self, other: "Words") -> bool:
        """Whether a text that says no more than `other` asks for can fit this too."""
        barred = {plain(word) for word in (*self.without, *other.without)}
        sayable = [[w for w in map(plain, group) if not any(b in w for b in barred)] for group in other.groups]
        said = {word for group in sayable for word in group}
        return all(sayable) and all(any(plain(word) in one for word in group for one in said) for group in self.groups)


def read_words(groups: str, without: str = "") -> Words | None:
    """What stands in two cells; None when an alternative or a group is empty."""
    read = tuple(tuple(part.strip() for part in group.split(OR)) for group in _parts(groups, AND))
    barred = tuple(_parts(without, OR))
    if not all(word for group in read for word in group) or not all(barred):
        return None
    return Words(read, barred)


def print_words(words: Words) -> tuple[str, str]:
    """The two cells again."""
    return AND.join(OR.join(group) for group in words.groups), OR.join(words.without)


def _parts(cell: str, mark: str) -> Iterator[str]:
    if cell.strip():
        yield from (part.strip() for part in cell.split(mark))
