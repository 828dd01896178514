"""How a deed is judged in every family: the role, where the dossier stands, then what stands against it.

Staff and programs rely on the order: whoever may not do it at all is told so first, whatever they filled in.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar

from hotline.rules.acts.base import plain
from hotline.rules.dossiers.table import Guard, Matter, Row
from hotline.rules.lifecycle.case import Actor
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import Role, UnitCode

St = TypeVar("St")
E = TypeVar("E")
D = TypeVar("D", bound=StrEnum)
M = TypeVar("M", bound=Matter[Any, Any])
R = TypeVar("R", bound=Row[Any, Any, Any])
Roles = Callable[[R, M], frozenset[Role]]


@dataclass(frozen=True, kw_only=True)
class Ruling(Generic[St, E]):
    """What came of a deed."""

    state: St
    entry: E | None = None
    refusals: tuple[Refusal, ...] = ()

    @property
    def ok(self) -> bool:
        """True when there is something to record."""
        return not self.refusals


def judged(
    rows: Iterable[R], matter: M, *, family: str, roles: Roles[R, M], against: Callable[[R, M], Iterable[Refusal]]
) -> tuple[R | None, tuple[Refusal, ...]]:
    """The row by which the deed may be done, or why it may not."""
    status, deed = matter.state.status, matter.order.deed
    mine = [row for row in rows if row.deed is deed and roles(row, matter)]
    if not mine:
        return None, (Refusal(f"{family}.role_denied", {"deed": deed}),)
    row = next((row for row in mine if status in row.sources), None)
    if row is None:
        return None, (Refusal(f"{family}.not_now", {"status": status, "deed": deed}),)
    refusals = tuple(against(row, matter))
    return (None if refusals else row), refusals


def against(row: Row[Any, Any, M], matter: M, *, family: str) -> Iterator[Refusal]:
    """Everything that stands against it: its guards, and words that are missing."""
    yield from unmet((*row.standing, *row.guards), matter)
    if row.words and not matter.order.text.strip():
        yield Refusal(f"{family}.words_missing", {"deed": row.deed}, field="text")


def unmet(guards: Iterable[Guard[M]], matter: M) -> Iterator[Refusal]:
    """What those guards say that do not hold."""
    return (refusal for guard in guards if (refusal := guard(matter)) is not None)


def open_deeds(rows: Iterable[R], matter_of: Callable[[Any], M], roles: Roles[R, M]) -> tuple[Any, ...]:
    """Deeds that may be begun now: what buttons there are. `matter_of` makes the matter of a deed with nothing said."""
    found: dict[Any, None] = {}
    for row in rows:
        matter = matter_of(row.deed)
        begins = matter.state.status in row.sources and roles(row, matter)
        if begins and not any(unmet(row.standing, matter)):
            found[row.deed] = None
    return tuple(found)


class Asking(Protocol):
    """The state of a family in which units are asked."""

    @property
    def units(self) -> frozenset[UnitCode]:
        """Units that are asked."""


def held_where_asked(actor: Actor, state: Asking) -> frozenset[Role]:
    """Roles held at a unit that is asked; all own ones where it is none, so that the refusal names the unit."""
    units = actor.units & state.units
    return frozenset[Role]().union(*(actor.roles_at(unit) for unit in units)) if units else actor.own_roles


def acting_unit(
    actor: Actor, state: Asking, *, who: frozenset[Role], done: Callable[[UnitCode], bool]
) -> UnitCode | None:
    """For which unit somebody acts: one that is not done first, the own one before others, where the role is held."""
    fits = [unit for unit in actor.units & state.units if actor.roles_at(unit) & who]
    return min(fits, key=lambda unit: (done(unit), unit != actor.unit, unit), default=actor.unit)


def said_in(row: Row[Any, Any, Any], order: Any) -> dict[str, Any]:
    """What the row's entry keeps of the order; a number as its year and its place in it."""
    given = {name: getattr(order, name) for name in row.sets if name != "number"}
    if "number" in row.sets and order.number:
        given["year"], given["serial"] = order.number
    return given


def kept(given: Mapping[str, Any]) -> dict[str, Any]:
    """What was given, as a payload keeps it; blanks set nothing."""
    return {name: plain(value) for name, value in given.items() if value not in (None, "", (), frozenset(), {})}
