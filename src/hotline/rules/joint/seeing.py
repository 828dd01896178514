"""Who may read which dispute files. Written once: lists filter by `view_of`, single ones are judged by `may_see`, and a
property test shows that the two agree.

The office reads all. A unit reads a file in which it disputes, sits on the panel or is given something to do.
"""

from dataclasses import dataclass
from typing import Final

from hotline.rules.joint.states import Dispute
from hotline.rules.lifecycle.case import Actor
from hotline.rules.vocabulary import UNIT_ROLES, Role, UnitCode

READERS: Final = frozenset(
    {Role.DISPATCHER, Role.SUPERVISOR, Role.TEAM_LEADER, Role.DIRECTOR, Role.AUDITOR, Role.SYSTEM}
)


@dataclass(frozen=True)
class FileView:
    """Which files somebody sees: all, or those of some units."""

    all: bool = False
    units: frozenset[UnitCode] = frozenset()

    @property
    def nothing(self) -> bool:
        """True for people who have no business with disputes."""
        return not self.all and not self.units


def view_of(actor: Actor) -> FileView:
    """The one rule behind every list, count and page of disputes."""
    if actor.roles & READERS:
        return FileView(all=True)
    own = {unit for unit in actor.units if actor.roles_at(unit) & UNIT_ROLES}
    return FileView(units=actor.covers | own if actor.roles & UNIT_ROLES else frozenset())


def readers_of(state: Dispute) -> frozenset[UnitCode]:
    """Units that have to do with it."""
    return state.members | state.bound


def may_see(actor: Actor, state: Dispute) -> bool:
    """Whether this one file lies in the person's view."""
    view = view_of(actor)
    return view.all or bool(view.units & readers_of(state))
