"""The lifecycle of a handover to a medium: one table, read by pages, API, jobs and the tests.

Four eyes twice: nobody agrees to what they have written, and no answer is released by who wrote it or works for the unit.
"""

from dataclasses import dataclass
from typing import Final

from hotline.rules import dossiers
from hotline.rules.media.states import LIVE, OUT, Deed, Handover, Order, Status
from hotline.rules.messages import Refusal
from hotline.rules.supervision.table import OUTCOMES
from hotline.rules.vocabulary import CITY_TZ, UNIT_ROLES, Role, SupervisionKind

S = Status
SUPERVISORS: Final = frozenset({Role.SUPERVISOR})
CHECKERS: Final = SUPERVISORS | {Role.TEAM_LEADER}
UNITS: Final = frozenset(UNIT_ROLES)
MOST_TICKETS: Final = 50

Matter = dossiers.Matter[Handover, Order]
"""All that a guard may look at."""


def names_medium(m: Matter) -> Refusal | None:
    return None if m.order.medium else Refusal("media.medium_missing", field="medium")


def names_tickets(m: Matter) -> Refusal | None:
    if not m.order.tickets:
        return Refusal("media.tickets_missing", field="tickets")
    many = len(m.order.tickets) > MOST_TICKETS
    return Refusal("media.too_many_tickets", {"most": MOST_TICKETS}, field="tickets") if many else None


def has_told(m: Matter) -> Refusal | None:
    return None if m.order.title.strip() else Refusal("media.told_missing", field="title")


def has_day(m: Matter) -> Refusal | None:
    if m.order.hand_on is None:
        return Refusal("media.day_missing", field="hand_on")
    return None if m.order.hand_on >= m.today else Refusal("media.day_passed", field="hand_on")


def not_own_words(m: Matter) -> Refusal | None:
    return Refusal("media.own_words") if m.actor.id in m.state.writers else None


def due_ahead(m: Matter) -> Refusal | None:
    if m.order.due_at is None:
        return Refusal("media.due_missing", field="due_at")
    return None if m.order.due_at > m.now else Refusal("media.due_passed", field="due_at")


def unit_is_in(m: Matter) -> Refusal | None:
    """A unit answers for itself, and only where it is asked."""
    return None if m.actor.units & m.state.units else Refusal("media.not_your_unit")


def owes_answer(m: Matter) -> Refusal | None:
    return None if m.actor.units & m.state.missing else Refusal("media.answer_there")


def answer_waits(m: Matter) -> Refusal | None:
    """Somebody's answer must lie with the office."""
    return None if m.state.waiting else Refusal("media.no_answer")


def names_answer(m: Matter) -> Refusal | None:
    waits = m.order.unit is not None and m.order.unit in m.state.waiting
    return None if waits else Refusal("media.answer_unnamed", field="unit")


def not_own_answer(m: Matter) -> Refusal | None:
    """Whoever wrote it, or works for the unit besides, leaves the review to somebody else."""
    unit = m.order.unit
    mine = unit is not None and (m.state.waiting.get(unit) == m.actor.id or unit in m.actor.units)
    return Refusal("media.own_answer") if mine else None


def some_answer_of_others(m: Matter) -> Refusal | None:
    """The button stands only where there is an answer that this person may weigh."""
    others = [u for u, who in m.state.waiting.items() if who != m.actor.id and u not in m.actor.units]
    return None if others or not m.state.waiting else Refusal("media.own_answer")


def day_has_come(m: Matter) -> Refusal | None:
    if m.order.on is None:
        return Refusal("media.on_missing", field="on")
    return Refusal("media.on_ahead", field="on") if m.order.on > m.today else None


def not_before_handing(m: Matter) -> Refusal | None:
    handed = m.state.handed_at
    early = handed is not None and m.order.on is not None and m.order.on < handed.astimezone(CITY_TZ).date()
    return Refusal("media.on_before", field="on") if early else None


def names_publication(m: Matter) -> Refusal | None:
    return None if m.order.title.strip() else Refusal("media.title_missing", field="title")


def says_how(m: Matter) -> Refusal | None:
    return None if m.order.follow else Refusal("media.follow_missing", field="follow")


def was_published(m: Matter) -> Refusal | None:
    """A handover that came to nothing is withdrawn, not closed."""
    return None if m.state.publications else Refusal("media.unpublished")


def was_followed(m: Matter) -> Refusal | None:
    return None if m.state.follow_ups else Refusal("media.not_followed")


def outcome_fits(m: Matter) -> Refusal | None:
    fits = m.order.outcome in OUTCOMES[SupervisionKind.MEDIA]
    return None if fits else Refusal("media.outcome_missing", field="outcome")


@dataclass(frozen=True, kw_only=True)
class Row(dossiers.Row[Deed, Status, Matter]):
    """One line of the table; `searched` says that what was found against words, tickets and medium stands against it."""

    searched: bool = False


def _at(*statuses: Status) -> frozenset[Status]:
    return frozenset(statuses)


WRITTEN: Final = (names_medium, names_tickets, has_told, has_day)
SAID: Final = ("medium", "tickets", "units", "hand_on", "supervision")
WEIGHED: Final = (answer_waits, some_answer_of_others)

TABLE: Final[tuple[Row, ...]] = (
    Row(deed=Deed.PROPOSE, sources=_at(S.NEW), target=S.PROPOSED, who=SUPERVISORS, guards=WRITTEN, words=True, searched=True, sets=SAID),
    Row(deed=Deed.REVISE, sources=_at(S.PROPOSED, S.RETURNED), target=S.PROPOSED, who=SUPERVISORS, guards=WRITTEN, words=True, searched=True, sets=SAID),
    Row(deed=Deed.SEND_BACK, sources=_at(S.PROPOSED), target=S.RETURNED, who=CHECKERS, words=True),
    Row(deed=Deed.AGREE, sources=_at(S.PROPOSED), target=S.HANDED, who=CHECKERS, standing=(not_own_words,), guards=(due_ahead,), searched=True, sets=("due_at", "number")),
    Row(deed=Deed.ANSWER, sources=_at(S.HANDED), target=None, who=UNITS, standing=(unit_is_in, owes_answer), words=True, searched=True, of_unit=True, sets=("unit",)),
    Row(deed=Deed.RETURN_ANSWER, sources=_at(S.HANDED), target=None, who=CHECKERS, standing=WEIGHED, guards=(names_answer, not_own_answer), words=True, sets=("unit",)),
    Row(deed=Deed.RELEASE, sources=_at(S.HANDED), target=S.ANSWERED, who=CHECKERS, standing=WEIGHED, guards=(names_answer, not_own_answer, day_has_come, not_before_handing), searched=True, sets=("unit", "on")),
    Row(deed=Deed.PUBLISH, sources=OUT, target=None, who=SUPERVISORS, guards=(names_publication, day_has_come, not_before_handing), words=True, sets=("on",)),
    Row(deed=Deed.FOLLOW_UP, sources=OUT, target=None, who=SUPERVISORS, guards=(says_how, day_has_come, not_before_handing), words=True, sets=("follow", "on")),
    Row(deed=Deed.ATTACH, sources=LIVE, target=None, who=SUPERVISORS, sets=("facts",)),
    Row(deed=Deed.MOVE_DUE, sources=_at(S.HANDED), target=None, who=SUPERVISORS, guards=(due_ahead,), words=True, sets=("due_at",)),
    Row(deed=Deed.CLOSE, sources=_at(S.ANSWERED), target=S.CLOSED, who=SUPERVISORS, standing=(was_published, was_followed), guards=(outcome_fits,), words=True, sets=("outcome",)),
    Row(deed=Deed.WITHDRAW, sources=LIVE, target=S.WITHDRAWN, who=SUPERVISORS, words=True),
)  # fmt: skip
"""Every change there is."""
