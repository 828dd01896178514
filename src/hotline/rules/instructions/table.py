"""The lifecycle of a leader's instruction: one table, read by pages, API and the tests.

In the office only people named for it act on it: whoever does not read the words cannot propose what follows from them.
Four eyes twice: nobody agrees to their own proposal, and whoever has recorded the report to the leader does not strike
off.
"""

from dataclasses import dataclass
from typing import Final

from hotline.rules import dossiers
from hotline.rules.instructions.states import (
    BEFORE_UNITS,
    LIVE,
    WITH_UNITS,
    Deed,
    Instruction,
    Order,
    Status,
)
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import UNIT_ROLES, Role

S = Status
SUPERVISORS: Final = frozenset({Role.SUPERVISOR})
CHECKERS: Final = SUPERVISORS | {Role.TEAM_LEADER}
MOST_TICKETS: Final = 50
MOST_READERS: Final = 50

Matter = dossiers.Matter[Instruction, Order]
"""All that a guard may look at."""


def is_named(m: Matter) -> Refusal | None:
    return None if m.actor.id in m.state.readers else Refusal("instructions.not_named")


def asked_here(m: Matter) -> Refusal | None:
    """A unit reports for itself, on what it is asked."""
    return None if m.actor.units & m.state.units else Refusal("instructions.not_your_unit")


def owes_a_report(m: Matter) -> Refusal | None:
    mine = m.actor.units & m.state.units
    return Refusal("instructions.already_reported") if mine and not mine & m.state.missing else None


def has_leader(m: Matter) -> Refusal | None:
    return None if m.order.leader else Refusal("instructions.leader_missing", field="leader")


def was_given(m: Matter) -> Refusal | None:
    if m.order.given_on is None:
        return Refusal("instructions.given_on_missing", field="given_on")
    return Refusal("instructions.given_on_ahead", field="given_on") if m.order.given_on > m.today else None


def words_or_scan(m: Matter) -> Refusal | None:
    said = m.order.text.strip() or m.order.has_file
    return None if said else Refusal("instructions.words_or_scan", field="text")


def due_ahead(m: Matter) -> Refusal | None:
    if m.order.due_at is None:
        return Refusal("instructions.due_missing", field="due_at")
    return None if m.order.due_at > m.now else Refusal("instructions.due_passed", field="due_at")


def few_tickets(m: Matter) -> Refusal | None:
    many = len(m.state.tickets | m.order.tickets) > MOST_TICKETS
    return Refusal("instructions.too_many_tickets", {"most": MOST_TICKETS}, field="tickets") if many else None


def fresh_tickets(m: Matter) -> Refusal | None:
    if not m.order.tickets:
        return Refusal("instructions.tickets_missing", field="tickets")
    there = m.order.tickets & m.state.tickets
    return Refusal("instructions.ticket_linked", {"number": min(there)}, field="tickets") if there else None


def few_readers(m: Matter) -> Refusal | None:
    many = len(m.order.readers) > MOST_READERS
    return Refusal("instructions.too_many_readers", {"most": MOST_READERS}, field="readers") if many else None


def stays_named(m: Matter) -> Refusal | None:
    """Whoever changes the list stays on it: an instruction is never left with nobody who may handle it."""
    return None if m.actor.id in m.order.readers else Refusal("instructions.names_oneself", field="readers")


def not_own_proposal(m: Matter) -> Refusal | None:
    return Refusal("instructions.own_proposal") if m.actor.id == m.state.proposed_by else None


def asks_units(m: Matter) -> Refusal | None:
    if not m.order.asks:
        return Refusal("instructions.asks_missing", field="asks")
    twice = frozenset(m.order.asks) & m.state.units
    return Refusal("instructions.asked_already", {"count": len(twice)}, field="asks") if twice else None


def each_is_told_what(m: Matter) -> Refusal | None:
    silent = [unit for unit in m.order.asks if not m.order.words.get(unit, "").strip()]
    return Refusal("instructions.ask_missing", field="asks") if silent else None


def asks_in_time(m: Matter) -> Refusal | None:
    """Units report before the leader is reported to."""
    dates = m.order.asks.values()
    if any(due <= m.now for due in dates):
        return Refusal("instructions.due_passed", field="asks")
    late = m.state.due_at is not None and any(due > m.state.due_at for due in dates)
    return Refusal("instructions.ask_too_late", {"at": m.state.due_at}, field="asks") if late else None


def has_reported(m: Matter) -> Refusal | None:
    if m.order.unit is None:
        return Refusal("instructions.unit_missing", field="unit")
    return None if m.order.unit in m.state.reported else Refusal("instructions.not_reported", field="unit")


def not_accepted_yet(m: Matter) -> Refusal | None:
    return Refusal("instructions.already_accepted", field="unit") if m.order.unit in m.state.accepted else None


def something_to_accept(m: Matter) -> Refusal | None:
    return None if m.state.reported - m.state.accepted else Refusal("instructions.nothing_reported")


def something_to_return(m: Matter) -> Refusal | None:
    return None if m.state.reported else Refusal("instructions.nothing_reported")


def was_presented(m: Matter) -> Refusal | None:
    if m.order.presented_on is None:
        return Refusal("instructions.presented_on_missing", field="presented_on")
    if m.order.presented_on > m.today:
        return Refusal("instructions.presented_on_ahead", field="presented_on")
    early = m.state.given_on is not None and m.order.presented_on < m.state.given_on
    return Refusal("instructions.presented_on_early", field="presented_on") if early else None


def not_own_presenting(m: Matter) -> Refusal | None:
    return Refusal("instructions.own_presenting") if m.actor.id == m.state.presented_by else None


def supervision_is_over(m: Matter) -> Refusal | None:
    """重点督办 that the instruction has opened is closed first, with the signature of the unit's head."""
    left = m.order.supervised
    return Refusal("instructions.supervision_open", {"count": left}) if left else None


def has_outcome(m: Matter) -> Refusal | None:
    return None if m.order.outcome else Refusal("instructions.outcome_missing", field="outcome")


@dataclass(frozen=True, kw_only=True)
class Row(dossiers.Row[Deed, Status, Matter]):
    """One line of the table; unless it says otherwise, it is for people named."""

    standing: tuple[dossiers.Guard[Matter], ...] = (is_named,)


def _at(*statuses: Status) -> frozenset[Status]:
    return frozenset(statuses)


TABLE: Final[tuple[Row, ...]] = (
    Row(deed=Deed.RECEIVE, sources=_at(S.NEW), target=S.RECEIVED, who=SUPERVISORS, standing=(), guards=(has_leader, was_given, words_or_scan, due_ahead, few_tickets, few_readers), sets=("number", "leader", "given_on", "due_at", "readers", "tickets")),
    Row(deed=Deed.NAME, sources=LIVE, target=None, who=SUPERVISORS, guards=(stays_named, few_readers), sets=("readers",)),
    Row(deed=Deed.LINK, sources=LIVE - {S.PRESENTED}, target=None, who=SUPERVISORS, guards=(fresh_tickets, few_tickets), sets=("tickets",)),
    Row(deed=Deed.PROPOSE, sources=_at(S.RECEIVED), target=S.PROPOSED, who=SUPERVISORS, words=True),
    Row(deed=Deed.AGREE, sources=_at(S.PROPOSED), target=S.AGREED, who=CHECKERS, standing=(is_named, not_own_proposal)),
    Row(deed=Deed.SEND_BACK, sources=_at(S.PROPOSED, S.AGREED), target=S.RECEIVED, who=CHECKERS, words=True),
    Row(deed=Deed.DISTRIBUTE, sources=WITH_UNITS | {S.AGREED}, target=S.DISTRIBUTED, who=SUPERVISORS, guards=(asks_units, each_is_told_what, asks_in_time), sets=("asks",)),
    Row(deed=Deed.REPORT, sources=_at(S.DISTRIBUTED), target=None, who=UNIT_ROLES, of_unit=True, standing=(asked_here, owes_a_report), words=True),
    Row(deed=Deed.ACCEPT, sources=_at(S.DISTRIBUTED), target=None, who=SUPERVISORS, standing=(is_named, something_to_accept), guards=(has_reported, not_accepted_yet), sets=("unit",)),
    Row(deed=Deed.RETURN, sources=WITH_UNITS, target=S.DISTRIBUTED, who=SUPERVISORS, standing=(is_named, something_to_return), guards=(has_reported, asks_in_time), words=True, sets=("unit", "asks")),
    Row(deed=Deed.MOVE_DUE, sources=LIVE, target=None, who=SUPERVISORS, guards=(due_ahead,), words=True, sets=("due_at",)),
    Row(deed=Deed.PRESENT, sources=_at(S.ACCEPTED), target=S.PRESENTED, who=SUPERVISORS, guards=(was_presented,), words=True, sets=("presented_on",)),
    Row(deed=Deed.STRIKE_OFF, sources=_at(S.PRESENTED), target=S.STRUCK_OFF, who=CHECKERS, standing=(is_named, not_own_presenting), guards=(supervision_is_over, has_outcome), words=True, sets=("outcome",)),
    Row(deed=Deed.ATTACH, sources=LIVE, target=None, who=CHECKERS, sets=("facts",)),
    Row(deed=Deed.CANCEL, sources=BEFORE_UNITS, target=S.CANCELLED, who=SUPERVISORS, words=True),
)  # fmt: skip
"""Every change there is."""
