"""Who may read which precedents. Written once: lists filter by `view_of`, single ones are judged by `may_see`.

What was agreed to is a rule of the city: everybody who takes part in the way of a ticket reads it, with its challenges
and its end. Drafts are read by the office, by the staffing office that is asked and by the units it concerns.
"""

from dataclasses import dataclass
from typing import Final

from hotline.rules.lifecycle.case import Actor
from hotline.rules.precedents.states import Precedent
from hotline.rules.vocabulary import UNIT_ROLES, Role, UnitCode

DRAFTS: Final = frozenset(
    {Role.SUPERVISOR, Role.TEAM_LEADER, Role.DISPATCHER, Role.DIRECTOR, Role.AUDITOR, Role.SYSTEM}
)
AGREED: Final = frozenset({Role.AGENT, Role.REVIEWER, Role.CALLBACK_OFFICER}) | UNIT_ROLES


@dataclass(frozen=True)
class PrecedentView:
    """Which precedents somebody sees: all, those that were agreed to, and drafts that have to do with some units."""

    all: bool = False
    agreed: bool = False
    units: frozenset[UnitCode] = frozenset()

    @property
    def nothing(self) -> bool:
        """True for people who have no business with precedents."""
        return not self.all and not self.agreed


def view_of(actor: Actor) -> PrecedentView:
    """The one rule behind every list, count and page of precedents."""
    if actor.roles & DRAFTS:
        return PrecedentView(all=True)
    if not actor.roles & AGREED:
        return PrecedentView()
    return PrecedentView(agreed=True, units=actor.units if actor.roles & UNIT_ROLES else frozenset())


def readers_of(state: Precedent) -> frozenset[UnitCode]:
    """Units that read it before it was agreed to."""
    return state.concerned | ({state.staffing} if state.staffing else set())


def may_see(actor: Actor, state: Precedent) -> bool:
    """Whether this one precedent lies in the person's view."""
    view = view_of(actor)
    return view.all or (view.agreed and state.agreed_at is not None) or bool(view.units & readers_of(state))
