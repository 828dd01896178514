"""Who may read which handovers. Written once: lists filter by `view_of`, single ones are judged by `may_see`, and a
property test shows that the two agree.

Supervisors and team leaders work on them, the director and the auditor read them; a unit learns of one when the list
has been handed over.
"""

from dataclasses import dataclass
from typing import Final

from hotline.rules.lifecycle.case import Actor
from hotline.rules.media.states import Handover
from hotline.rules.vocabulary import UNIT_ROLES, Role, UnitCode

READERS: Final = frozenset({Role.SUPERVISOR, Role.TEAM_LEADER, Role.DIRECTOR, Role.AUDITOR, Role.SYSTEM})


@dataclass(frozen=True)
class MediaView:
    """Which handovers somebody sees: all, or those that ask some units."""

    all: bool = False
    units: frozenset[UnitCode] = frozenset()

    @property
    def nothing(self) -> bool:
        """True for people who have no business with media."""
        return not self.all and not self.units


def view_of(actor: Actor) -> MediaView:
    """The one rule behind every list, count and page of handovers."""
    if actor.roles & READERS:
        return MediaView(all=True)
    return MediaView(units=actor.covers if actor.roles & UNIT_ROLES else frozenset())


def may_see(actor: Actor, state: Handover) -> bool:
    """Whether this one handover lies in the person's view."""
    view = view_of(actor)
    return view.all or (state.handed_at is not None and bool(view.units & state.units))
