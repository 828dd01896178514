"""Who may see which supervisions. Written once: lists and counts filter by `view_of`, single ones are judged by
`may_see`, and a property test shows that the two agree.

An unannounced visit (现场督办) is known to supervisors, the director and the auditor only until it has been made. A
proposal is the office's business; a unit learns of a supervision when it is opened.
"""

from dataclasses import dataclass
from typing import Final

from hotline.rules.lifecycle.case import Actor
from hotline.rules.supervision.states import Status, Supervised
from hotline.rules.vocabulary import OFFICE_ROLES, UNIT_ROLES, Role, SupervisionKind, UnitCode

KNOWS_VISITS: Final = frozenset({Role.SUPERVISOR, Role.DIRECTOR, Role.AUDITOR, Role.SYSTEM})
"""Those who may know of a visit before it is made."""

TOLD_TO_UNITS: Final = frozenset({Status.OPEN, Status.REPORTED, Status.CHECKED, Status.CLOSED, Status.WITHDRAWN})


@dataclass(frozen=True)
class SupervisionView:
    """Which supervisions somebody sees: those of the office, unannounced visits too or not, or those of some units.

    `own` are the units that somebody of the office also works for: of a visit to them even a supervisor learns late.
    """

    office: bool = False
    visits: bool = False
    units: frozenset[UnitCode] = frozenset()
    own: frozenset[UnitCode] = frozenset()

    @property
    def nothing(self) -> bool:
        """True for people who have no business with supervisions."""
        return not self.office and not self.units


def view_of(actor: Actor) -> SupervisionView:
    """The one rule behind every list, count and page of supervisions."""
    own = actor.covers if actor.roles & UNIT_ROLES else frozenset()
    if actor.roles & (OFFICE_ROLES | {Role.SYSTEM}):
        return SupervisionView(office=True, visits=bool(actor.roles & KNOWS_VISITS), own=own)
    return SupervisionView(units=own)


def may_see(actor: Actor, state: Supervised) -> bool:
    """Whether this one supervision lies in the person's view."""
    view = view_of(actor)
    hidden = state.kind is SupervisionKind.ON_SITE and not state.revealed
    if view.office:
        return not hidden or (view.visits and not view.own & state.units)
    return not hidden and bool(view.units & state.units) and state.status in TOLD_TO_UNITS
