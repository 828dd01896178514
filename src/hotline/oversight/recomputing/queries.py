"""What counting again would move, before anybody confirms it, and how far the last rounds have come."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hotline.oversight.recomputing.models import Recomputation
from hotline.oversight.recomputing.moving import BookOf, Move, Moved, Span, candidates, moved
from hotline.rules.lifecycle import SYSTEM, Rulebook
from hotline.rules.vocabulary import PROMISES
from hotline.tickets.access import OpenTicket, look_at_ids
from hotline.tickets.rulebook import rulebooks

CHUNK: Final = 1000
SHOWN: Final = 100
"""Rows a preview lists; the rest is counted."""

Amend = Callable[[Rulebook], Rulebook]


@dataclass(frozen=True)
class MovedTicket:
    """One ticket of a preview: `move` is the clock that matters most, the promise to the citizen first."""

    number: str
    title: str
    unit: str
    move: Move
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class Preview:
    """Everything that would move. `late_now` are tickets whose new due time has already passed."""

    checked: int
    moved: int
    later: int
    earlier: int
    only_marks: int
    late_now: int
    units: tuple[tuple[str, int], ...]
    rows: tuple[MovedTicket, ...]

    @property
    def cut(self) -> bool:
        """True when more tickets move than are listed."""
        return self.moved > len(self.rows)


def preview(
    *, amend: Amend, span: Span | None, now: datetime, shown: int = SHOWN, ids: Sequence[int] | None = None
) -> Preview:
    """What `ask` with the same span would do if the rules were as `amend` makes them. Nothing is written or locked.

    Who knows better than the span which tickets could move names their `ids`.
    """
    ids = candidates(span) if ids is None else ids
    book_of = amended(amend)
    units: Counter[str] = Counter()
    number = later = earlier = late = 0
    rows: list[MovedTicket] = []
    for one in moved(_looked_at(ids), book_of=book_of, cause="preview", now=now):
        number += 1
        chief = _chief(one)
        units[one.state.lead_unit or ""] += 1
        later += chief.new > chief.old
        earlier += chief.new < chief.old
        late += any(move.old > now >= move.new for move in one.moves)
        if len(rows) < shown:
            row = one.opened.row
            rows.append(MovedTicket(one.number, row.title, row.lead_unit, chief, one.moves))
    marks = number - later - earlier
    return Preview(len(ids), number, later, earlier, marks, late, tuple(units.most_common()), tuple(rows))


def amended(amend: Amend) -> BookOf:
    """The rules in force now with something changed; each changed book is made once."""
    books = rulebooks()
    made: dict[int, Rulebook] = {}

    def at(moment: datetime, profile: str) -> Rulebook:
        book = books.at(moment, profile)
        if id(book) not in made:
            made[id(book)] = amend(book)
        return made[id(book)]

    return at


def _looked_at(ids: Sequence[int]) -> Iterator[OpenTicket]:
    for start in range(0, len(ids), CHUNK):
        yield from look_at_ids(ids[start : start + CHUNK], actor=SYSTEM)


def _chief(one: Moved) -> Move:
    """The move to show in one line: a due time before a mark, a promise before the rest, the latest of them."""
    return max(one.moves, key=lambda move: (not move.only_mark, move.kind in PROMISES, move.new))


def rounds(limit: int = 10, *, causes: str = "") -> list[Recomputation]:
    """The last rounds, newest first; with `causes` only those whose cause begins so."""
    found = Recomputation.objects.order_by("-pk")
    return list((found.filter(cause__startswith=causes) if causes else found)[:limit])
