"""What a row of the lifecycle table is made of."""

from dataclasses import dataclass
from functools import cached_property

from hotline.rules.acts import Act
from hotline.rules.lifecycle.clockwork import Effect
from hotline.rules.lifecycle.guarding import Condition, Guard
from hotline.rules.vocabulary import Role, Stage


@dataclass(frozen=True)
class Who:
    """A role that may act, and on which tickets: `office` any, `holder` those the person's own unit leads,
    `delegate` those given down to it, `co` those it helps with. Units above see, but do not act.
    """

    role: Role
    reach: str = "office"


@dataclass(frozen=True, kw_only=True)
class Transition:
    """One row. `target` None means the ticket stays where it is; `when` chooses between rows of one act."""

    act: type[Act]
    sources: frozenset[Stage]
    target: Stage | None
    who: tuple[Who, ...]
    event: str
    standing: tuple[Guard, ...] = ()
    guards: tuple[Guard, ...] = ()
    when: tuple[Condition, ...] = ()
    clocks: tuple[Effect, ...] = ()
    basis: str = ""

    @cached_property
    def roles(self) -> frozenset[Role]:
        """Roles that may ever do this."""
        return frozenset(w.role for w in self.who)
