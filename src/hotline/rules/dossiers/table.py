"""A row of a family's table, and all that its guards may look at."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar

from hotline.rules.lifecycle.case import Actor
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import CITY_TZ, Role

St = TypeVar("St")
W = TypeVar("W")
M = TypeVar("M")
D = TypeVar("D", bound=StrEnum)
S = TypeVar("S", bound=StrEnum)


@dataclass(frozen=True, kw_only=True)
class Matter(Generic[St, W]):
    """All that a guard may look at."""

    state: St
    order: W
    actor: Actor
    now: datetime

    @property
    def today(self) -> date:
        """The day in the city."""
        return self.now.astimezone(CITY_TZ).date()


Guard = Callable[[M], Refusal | None]


@dataclass(frozen=True, kw_only=True)
class Row(Generic[D, S, M]):
    """One line of a table: this deed takes a dossier from here to there, done by these roles, if its guards hold.

    `target` None leaves it where it is; `words` says that something must be typed; `of_unit` that somebody acts for a
    unit; `sets` names what the entry keeps of the order.
    """

    deed: D
    sources: frozenset[S]
    target: S | None
    who: frozenset[Role]
    standing: tuple[Guard[M], ...] = ()
    guards: tuple[Guard[M], ...] = ()
    words: bool = False
    of_unit: bool = False
    sets: tuple[str, ...] = ()
