"""One line of a dossier's history, and the state after one more of them.

Whoever reads a dossier relies on it: the stored row is written from this fold and from nothing else.
"""

from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from hotline.rules.vocabulary import Role, UnitCode

D = TypeVar("D", bound=StrEnum)
S = TypeVar("S", bound=StrEnum)


@dataclass(frozen=True, kw_only=True)
class Entry(Generic[D, S]):
    """One line of a history, without anybody's words. `unit` is for families in which units act."""

    deed: D
    at: datetime
    actor: str
    role: Role
    status: S
    unit: UnitCode | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)


class State(Protocol):
    """What the state of every dossier has."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @property
    def version(self) -> int:
        """How many entries have made it."""


St = TypeVar("St", bound=State)
Reads = Mapping[str, Callable[[Any], Any]]
Leaves = Mapping[D, Callable[[St, Entry[D, S]], dict[str, Any]]]


def after(
    state: St, entry: Entry[D, S], *, reads: Reads, leaves: Leaves[D, St, S], ended: frozenset[S] = frozenset()
) -> St:
    """The state after one more entry: what its payload sets, what the deed leaves behind, the moment of the end."""
    changes: dict[str, Any] = {"status": entry.status, "version": state.version + 1, "last_at": entry.at}
    changes |= {name: reads[name](value) for name, value in entry.payload.items() if name in reads}
    if entry.deed in leaves:
        changes |= leaves[entry.deed](state, entry)
    if entry.status in ended:
        changes["ended_at"] = entry.at
    return replace(state, **changes)
