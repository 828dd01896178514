"""The lifecycle of a supervision: one table, read by pages, API, jobs and the tests.

A row says: this deed takes a supervision of these kinds from here to there, done by these roles, if its guards hold.
The key kind asks for the signature of the head of each unit; the platform kind ends only with its ticket.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hotline.rules import dossiers
from hotline.rules.messages import Refusal
from hotline.rules.supervision.states import LIVE, OPENED, Deed, Order, Outcome, Status, Supervised
from hotline.rules.supervision.visits import holds_together
from hotline.rules.vocabulary import UNIT_ROLES, Role, SupervisionKind

K, S = SupervisionKind, Status
ALL: Final = frozenset(SupervisionKind)
ONE_TICKET: Final = frozenset({K.PLATFORM, K.KEY, K.ON_SITE})
"""Kinds about one ticket; the others lie over many."""
MANY: Final = ALL - ONE_TICKET
TOLD: Final = ALL - {K.ON_SITE}
"""Kinds on which units report; of an unannounced visit they know nothing."""
PLATFORM: Final = frozenset({K.PLATFORM})
KEY: Final = frozenset({K.KEY})
ON_SITE: Final = frozenset({K.ON_SITE})
BY_HAND: Final = ALL - {K.PLATFORM}
"""Kinds that a supervisor closes; the platform kind follows its ticket."""

SUPERVISORS: Final = frozenset({Role.SUPERVISOR})
MACHINE: Final = frozenset({Role.SYSTEM})
HEADS: Final = frozenset({Role.UNIT_HEAD})
OPENERS: Final = SUPERVISORS | MACHINE
PROPOSERS: Final = OPENERS | {Role.TEAM_LEADER, Role.DISPATCHER, Role.REVIEWER, Role.CALLBACK_OFFICER}

OUTCOMES: Final[Mapping[SupervisionKind, frozenset[Outcome]]] = {
    K.PLATFORM: frozenset({Outcome.TICKET_ENDED}),
    K.KEY: frozenset({Outcome.RESOLVED, Outcome.PLANNED, Outcome.UNSOLVABLE}),
    K.SPECIAL: frozenset({Outcome.SUMMED_UP}),
    K.ON_SITE: frozenset({Outcome.PROBLEM_FOUND, Outcome.NO_PROBLEM}),
    K.MEDIA: frozenset({Outcome.RESOLVED, Outcome.PLANNED, Outcome.UNSOLVABLE}),
}
"""What may come of each kind."""


class Matter(dossiers.Matter[Supervised, Order]):
    """All that a guard may look at."""

    @property
    def kind(self) -> SupervisionKind:
        """The kind it is, or is to become."""
        return self.order.kind if self.state.status is S.NEW and self.order.kind else self.state.kind


def unit_is_in(m: Matter) -> Refusal | None:
    """A unit acts for itself, and only on what it is asked."""
    return None if m.actor.units & m.state.units else Refusal("supervision.not_your_unit")


def names_units(m: Matter) -> Refusal | None:
    """Somebody must owe it. Units of a campaign come with its tickets."""
    if m.kind in MANY and m.order.deed is Deed.OPEN:
        return None
    return None if m.order.units else Refusal("supervision.units_missing", field="units")


def due_ahead(m: Matter) -> Refusal | None:
    if m.order.due_at is None:
        return Refusal("supervision.due_missing", field="due_at")
    return None if m.order.due_at > m.now else Refusal("supervision.due_passed", field="due_at")


def has_cause(m: Matter) -> Refusal | None:
    return None if m.order.cause else Refusal("supervision.cause_missing", field="cause")


def about_one_ticket(m: Matter) -> Refusal | None:
    """Platform, key and on-site supervisions are about one ticket; it must be named."""
    named = bool(m.order.number or m.state.number)
    return None if named or m.kind not in ONE_TICKET else Refusal("supervision.ticket_missing", field="number")


def names_owner(m: Matter) -> Refusal | None:
    return None if m.order.owner else Refusal("supervision.owner_unknown", field="owner")


def adds_tickets(m: Matter) -> Refusal | None:
    return None if m.order.tickets else Refusal("supervision.tickets_missing", field="tickets")


def not_reported_yet(m: Matter) -> Refusal | None:
    mine = m.actor.units & m.state.units
    return Refusal("supervision.already_reported") if mine and mine <= m.state.reported else None


def own_report_in(m: Matter) -> Refusal | None:
    """The head signs what the unit has reported, not before."""
    return None if m.actor.units & m.state.reported else Refusal("supervision.report_missing")


def not_signed_yet(m: Matter) -> Refusal | None:
    mine = m.actor.units & m.state.reported
    return Refusal("supervision.already_signed") if mine and mine <= m.state.signed else None


def heads_have_signed(m: Matter) -> Refusal | None:
    if m.state.kind is not K.KEY or m.state.units <= m.state.signed:
        return None
    return Refusal("supervision.head_unsigned", {"count": len(m.state.units - m.state.signed)})


def outcome_fits(m: Matter) -> Refusal | None:
    if m.order.outcome is None:
        return Refusal("supervision.outcome_missing", field="outcome")
    fits = m.order.outcome in OUTCOMES[m.state.kind]
    return None if fits else Refusal("supervision.outcome_unfit", field="outcome")


def says_problem(m: Matter) -> Refusal | None:
    """After a visit there is a problem or there is none; nothing in between."""
    return None if m.order.problem is not None else Refusal("supervision.problem_missing", field="problem")


def visit_holds(m: Matter) -> Refusal | None:
    return holds_together(m.order.problem, m.order.facts)


def ticket_has_ended(m: Matter) -> Refusal | None:
    return None if m.order.ticket_ended else Refusal("supervision.ticket_open")


@dataclass(frozen=True, kw_only=True)
class Row(dossiers.Row[Deed, Status, Matter]):
    """One line of the table, for supervisions of some kinds."""

    kinds: frozenset[SupervisionKind] = ALL


def _at(*statuses: Status) -> frozenset[Status]:
    return frozenset(statuses)


OPENS: Final = (has_cause, about_one_ticket, names_units, due_ahead)
SET_UP: Final = ("kind", "number", "cause", "key", "facts", "units", "owner", "due_at")

TABLE: Final[tuple[Row, ...]] = (
    Row(deed=Deed.PROPOSE, sources=_at(S.NEW), target=S.PROPOSED, who=PROPOSERS, guards=(has_cause, about_one_ticket), sets=SET_UP),
    Row(deed=Deed.OPEN, sources=_at(S.NEW, S.PROPOSED), target=S.OPEN, who=OPENERS, guards=OPENS, sets=SET_UP),
    Row(deed=Deed.DISMISS, sources=_at(S.PROPOSED), target=S.DISMISSED, who=SUPERVISORS, words=True),
    Row(deed=Deed.ADD_GROUND, sources=LIVE, target=None, who=OPENERS, guards=(has_cause,), sets=("cause", "key", "facts")),
    Row(deed=Deed.ASSIGN, sources=LIVE, target=None, who=SUPERVISORS, guards=(names_owner,), sets=("owner",)),
    Row(deed=Deed.MOVE_DUE, sources=OPENED, target=None, who=SUPERVISORS, guards=(due_ahead,), words=True, sets=("due_at",)),
    Row(deed=Deed.CHANGE_UNITS, sources=_at(S.OPEN, S.REPORTED), target=None, who=OPENERS, guards=(names_units,), sets=("units",)),
    Row(deed=Deed.ADD_TICKETS, sources=_at(S.OPEN), target=None, who=SUPERVISORS, kinds=MANY, guards=(adds_tickets,), sets=("tickets", "units")),
    Row(deed=Deed.NOTE, sources=OPENED, target=None, who=SUPERVISORS, words=True),
    Row(deed=Deed.ATTACH, sources=OPENED, target=None, who=SUPERVISORS, sets=("facts",)),
    Row(deed=Deed.ATTACH, sources=OPENED, target=None, who=UNIT_ROLES, kinds=TOLD, standing=(unit_is_in,), of_unit=True, sets=("facts",)),
    Row(deed=Deed.REPORT, sources=_at(S.OPEN), target=S.OPEN, who=UNIT_ROLES, kinds=TOLD, standing=(unit_is_in, not_reported_yet), words=True, of_unit=True),
    Row(deed=Deed.SIGN, sources=OPENED, target=None, who=HEADS, kinds=KEY, standing=(unit_is_in, own_report_in, not_signed_yet), of_unit=True),
    Row(deed=Deed.RECORD_VISIT, sources=_at(S.OPEN), target=S.CHECKED, who=SUPERVISORS, kinds=ON_SITE, guards=(says_problem, visit_holds), words=True, sets=("problem", "facts")),
    Row(deed=Deed.SEND_BACK, sources=_at(S.REPORTED, S.CHECKED), target=S.OPEN, who=SUPERVISORS, kinds=TOLD, words=True),
    Row(deed=Deed.CHECK, sources=_at(S.REPORTED), target=S.CHECKED, who=SUPERVISORS, kinds=TOLD, words=True),
    Row(deed=Deed.CHECK, sources=_at(S.OPEN), target=S.CHECKED, who=SUPERVISORS, kinds=MANY, words=True),
    Row(deed=Deed.CLOSE, sources=_at(S.CHECKED), target=S.CLOSED, who=SUPERVISORS, kinds=BY_HAND, standing=(heads_have_signed,), guards=(outcome_fits,), words=True, sets=("outcome",)),
    Row(deed=Deed.FOLLOW_TICKET, sources=_at(S.PROPOSED), target=S.DISMISSED, who=MACHINE, kinds=PLATFORM, guards=(ticket_has_ended,), sets=("outcome",)),
    Row(deed=Deed.FOLLOW_TICKET, sources=OPENED, target=S.CLOSED, who=MACHINE, kinds=PLATFORM, guards=(ticket_has_ended, outcome_fits), sets=("outcome",)),
    Row(deed=Deed.WITHDRAW, sources=OPENED, target=S.WITHDRAWN, who=SUPERVISORS, words=True),
)  # fmt: skip
"""Every change there is."""
