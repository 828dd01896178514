"""The course of a dispute's file: one table, read by pages, API and the tests.

Who disputes speaks for itself and never drafts the ruling; who defines duties gives written opinions; who observes only
observes; who concluded does not record the signature.
"""

from dataclasses import dataclass
from typing import Final, Literal

from hotline.rules import dossiers
from hotline.rules.joint.concluding import carried, minutes_lack, unheard_advisers
from hotline.rules.joint.states import UNSETTLED, Deed, Dispute, Form, Order, Seat, Status, Text
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import UNIT_ROLES, Role, UnitCode

S = Status
SUPERVISORS: Final = frozenset({Role.SUPERVISOR})
DISPATCHERS: Final = frozenset({Role.DISPATCHER})
RECORDERS: Final = SUPERVISORS | {Role.TEAM_LEADER}
SIGNERS: Final = frozenset({Role.DEPUTY_HEAD, Role.UNIT_HEAD})
UNITS: Final = frozenset(UNIT_ROLES)
MACHINE: Final = frozenset({Role.SYSTEM})
MOST_DAYS: Final = 60
MOST_TASKS: Final = 10
MOST_STEPS: Final = 9

Reach = Literal["office", "party", "speaker", "bound"]


@dataclass(frozen=True, kw_only=True)
class Matter(dossiers.Matter[Dispute, Order]):
    """All that a guard may look at. `unit` is for whom the person speaks; `active` are the city's units of today,
    `time_over` whether the panel's clock has run out.
    """

    unit: UnitCode | None = None
    active: frozenset[UnitCode] | None = None
    time_over: bool = False


def not_own_case(m: Matter) -> Refusal | None:
    """Nobody rules in the own unit's dispute, not even somebody of the office who stands in there."""
    mine = m.actor.units & m.state.parties
    return Refusal("joint.own_case", {"unit": min(mine)}) if mine else None


def has_lead(m: Matter) -> Refusal | None:
    return None if m.order.lead else Refusal("joint.lead_missing", field="lead")


def lead_not_helper(m: Matter) -> Refusal | None:
    twice = any(task.unit == m.order.lead for task in m.order.tasks)
    return Refusal("joint.lead_is_helper", field="tasks") if twice else None


def helpers_once(m: Matter) -> Refusal | None:
    units = [task.unit for task in m.order.tasks]
    return Refusal("joint.helper_twice", field="tasks") if len(set(units)) < len(units) else None


def tasks_fit(m: Matter) -> Refusal | None:
    """Each co-unit has its own task, in its order, within its own limit."""
    if len(m.order.tasks) > MOST_TASKS:
        return Refusal("joint.too_many_tasks", {"most": MOST_TASKS}, field="tasks")
    for task in m.order.tasks:
        if not m.order.said(f"task.{task.unit}"):
            return Refusal("joint.task_unsaid", {"unit": task.unit}, field="tasks")
        if not 1 <= task.days <= MOST_DAYS or not 1 <= task.order <= MOST_STEPS:
            return Refusal("joint.task_limits", {"unit": task.unit, "most": MOST_DAYS}, field="tasks")
    return None


def units_exist(m: Matter) -> Refusal | None:
    """A closed-down unit can neither lead nor help."""
    if m.active is None:
        return None
    for field, unit in [("lead", m.order.lead), *(("tasks", task.unit) for task in m.order.tasks)]:
        if unit and unit not in m.active:
            return Refusal("joint.unit_closed", {"unit": unit}, field=field)
    return None


def conclusion_exists(m: Matter) -> Refusal | None:
    """The same asked of the conclusion on the day it is ruled: a unit may have been closed since."""
    if m.active is None:
        return None
    gone = sorted({u for u in (m.state.proposed, *(t.unit for t in m.state.tasks)) if u and u not in m.active})
    return Refusal("joint.unit_closed", {"unit": gone[0]}) if gone else None


def seated(m: Matter) -> Refusal | None:
    """A panel has the staffing office, justice and discipline inspection, three different ones."""
    order = m.order
    for field in ("staffing", "justice", "observer"):
        if not getattr(order, field):
            return Refusal("joint.seat_missing", {"seat": Seat(field)}, field=field)
    seats = [order.staffing, order.justice, order.observer]
    if len(set(seats)) < len(seats):
        return Refusal("joint.seat_twice", field="observer")
    parties = order.parties or m.state.parties
    if not parties:
        return Refusal("joint.parties_missing", field="parties")
    both = parties & {seat for seat in seats if seat}
    return Refusal("joint.party_is_seated", {"unit": min(both)}, field="parties") if both else None


def members_exist(m: Matter) -> Refusal | None:
    """Whoever is called is there."""
    if m.active is None:
        return None
    called = {m.order.staffing, m.order.justice, m.order.observer, *m.order.parties} - {None}
    gone = sorted(unit for unit in called if unit and unit not in m.active)
    return Refusal("joint.unit_closed", {"unit": gone[0]}, field="parties") if gone else None


def meets_ahead(m: Matter) -> Refusal | None:
    """A meeting has a time to come; in writing there is a day by which to answer."""
    if m.order.form is None:
        return Refusal("joint.form_missing", field="form")
    if m.order.meets_at is None or m.order.meets_at <= m.now:
        return Refusal("joint.meets_at_past", field="meets_at")
    return None


def was_objected(m: Matter) -> Refusal | None:
    """After a ruling there is a panel again only when somebody has objected."""
    return None if m.state.status is not S.RULED or m.state.objection_open else Refusal("joint.no_objection")


def not_yet_objected(m: Matter) -> Refusal | None:
    """Once for each unit, whatever is ruled afterwards."""
    return Refusal("joint.objected_already") if m.unit in m.state.objected else None


def in_meeting(m: Matter) -> Refusal | None:
    """What is said in a meeting is taken down; in writing everybody writes."""
    return None if m.state.form is Form.MEETING else Refusal("joint.not_a_meeting")


def records_party(m: Matter) -> Refusal | None:
    """The staffing office and justice give written opinions; nobody writes down theirs for them."""
    if m.order.unit in m.state.advisers:
        return Refusal("joint.written_only", {"unit": m.order.unit or ""}, field="unit")
    return None if m.order.unit in m.state.parties else Refusal("joint.not_a_party", field="unit")


def has_signer(m: Matter) -> Refusal | None:
    return None if m.order.signer.strip() else Refusal("joint.signer_missing", field="signer")


def was_signed(m: Matter) -> Refusal | None:
    if m.order.signed_on is None:
        return Refusal("joint.signed_on_missing", field="signed_on")
    ahead = m.order.signed_on > m.today
    return Refusal("joint.signed_on_ahead", field="signed_on") if ahead else None


def advisers_heard(m: Matter) -> Refusal | None:
    """No conclusion without the written opinions of the staffing office and justice."""
    missing = unheard_advisers(m.state)
    seats = [m.state.seat_of(unit) for unit in missing]
    return Refusal("joint.opinion_missing", {"seat": seats[0]}) if seats and seats[0] else None


def is_carried(m: Matter) -> Refusal | None:
    """The office cannot outvote equals."""
    if unheard_advisers(m.state):
        return None
    lead = carried(m.state)
    if lead is None:
        return Refusal("joint.opinions_differ")
    return None if m.order.lead in (None, lead) else Refusal("joint.not_carried", {"unit": lead}, field="lead")


def says_whether(m: Matter) -> Refusal | None:
    """Agreed, or not and why."""
    if m.order.agrees is None:
        return Refusal("joint.answer_missing", field="agrees")
    needs = not m.order.agrees and not m.order.said("reason")
    return Refusal("joint.words_missing", {"what": Text.REASON}, field="reason") if needs else None


def minutes_agreed(m: Matter) -> Refusal | None:
    lacking = minutes_lack(m.state, time_over=m.time_over)
    return Refusal("joint.minutes_open", {"unit": lacking[0], "count": len(lacking)}) if lacking else None


def not_own_conclusion(m: Matter) -> Refusal | None:
    return Refusal("joint.own_conclusion") if m.actor.id == m.state.concluded_by else None


def succeeds(m: Matter) -> Refusal | None:
    """One unit takes the place of another that is in the file and is no more, or will not be."""
    order, state = m.order, m.state
    there = state.members | state.bound | ({state.proposed} if state.proposed else set())
    if order.unit not in there:
        return Refusal("joint.not_in_file", field="unit")
    if not order.successor or order.successor == order.unit:
        return Refusal("joint.successor_missing", field="successor")
    if m.active is not None and order.successor not in m.active:
        return Refusal("joint.unit_closed", {"unit": order.successor}, field="successor")
    seats = state.advisers | ({state.observer} if state.observer else set())
    mixed = order.unit in state.parties and order.successor in seats
    mixed = mixed or (order.unit in seats and order.successor in state.members)
    return Refusal("joint.party_is_seated", {"unit": order.successor}, field="successor") if mixed else None


def still_there(m: Matter) -> Refusal | None:
    """A unit closed meanwhile speaks through its successor."""
    gone = m.active is not None and m.unit is not None and m.unit not in m.active
    return Refusal("joint.unit_closed", {"unit": m.unit or ""}) if gone else None


@dataclass(frozen=True, kw_only=True)
class Row(dossiers.Row[Deed, Status, Matter]):
    """One line of the table. `typed` names the words that must be typed.

    `reach` says for whom one must speak: the office, a disputing unit, a member with a voice, a unit that is bound.
    """

    reach: Reach = "office"
    typed: tuple[str, ...] = ()


def _at(*statuses: Status) -> frozenset[Status]:
    return frozenset(statuses)


NAMES: Final = (has_lead, lead_not_helper, helpers_once, units_exist)
CALLS: Final = (seated, members_exist, meets_ahead)
SEATS: Final = ("parties", "staffing", "justice", "observer", "form", "meets_at")
GOES_ON: Final = UNSETTLED | {S.RULED}

TABLE: Final[tuple[Row, ...]] = (
    Row(deed=Deed.OPEN, sources=_at(S.NEW), target=S.OPEN, who=MACHINE, sets=("ticket", "parties")),
    Row(deed=Deed.STATE, sources=GOES_ON - {S.SIGNED}, target=None, who=UNITS, reach="party", standing=(still_there,), typed=("claim", "basis")),
    Row(deed=Deed.MEDIATE, sources=_at(S.OPEN, S.CONVENED, S.CONCLUDED), target=S.SETTLED, who=DISPATCHERS, standing=(not_own_case,), guards=NAMES, typed=("finding",), sets=("lead", "tasks")),
    Row(deed=Deed.PROVISION, sources=_at(S.OPEN), target=S.PROVISIONAL, who=SUPERVISORS, standing=(not_own_case,), guards=NAMES, typed=("finding",), sets=("lead",)),
    Row(deed=Deed.PROVISION, sources=_at(S.CONVENED, S.CONCLUDED, S.ESCALATED), target=None, who=SUPERVISORS, standing=(not_own_case,), guards=NAMES, typed=("finding",), sets=("lead",)),
    Row(deed=Deed.CONVENE, sources=_at(S.OPEN, S.PROVISIONAL, S.RULED), target=S.CONVENED, who=SUPERVISORS, standing=(not_own_case, was_objected), guards=CALLS, typed=("agenda",), sets=SEATS),
    Row(deed=Deed.RESCHEDULE, sources=_at(S.CONVENED), target=None, who=SUPERVISORS, standing=(not_own_case,), guards=(meets_ahead,), typed=("agenda",), sets=("form", "meets_at")),
    Row(deed=Deed.OPINE, sources=_at(S.CONVENED), target=None, who=SIGNERS, reach="speaker", standing=(still_there,), guards=(has_lead, units_exist, has_signer), typed=("opinion", "basis"), sets=("view", "signs")),
    Row(deed=Deed.RECORD, sources=_at(S.CONVENED), target=None, who=SUPERVISORS, standing=(in_meeting,), guards=(records_party, has_lead, units_exist, has_signer), typed=("opinion", "basis"), sets=("view", "signs")),
    Row(deed=Deed.CONCLUDE, sources=_at(S.CONVENED, S.CONCLUDED), target=S.CONCLUDED, who=SUPERVISORS, standing=(not_own_case, advisers_heard, is_carried), guards=(*NAMES, tasks_fit), typed=("minutes", "legal_basis"), sets=("proposed", "tasks", "reusable")),
    Row(deed=Deed.RESUME, sources=_at(S.CONCLUDED), target=S.CONVENED, who=SUPERVISORS, standing=(not_own_case,), typed=("reason",)),
    Row(deed=Deed.AGREE, sources=_at(S.CONCLUDED), target=None, who=UNITS, reach="speaker", standing=(still_there,), guards=(says_whether,), sets=("agrees",)),
    Row(deed=Deed.SIGN, sources=_at(S.CONCLUDED), target=S.SIGNED, who=RECORDERS, standing=(not_own_case, not_own_conclusion, minutes_agreed), guards=(has_signer, was_signed), sets=("signer", "signed_on")),
    Row(deed=Deed.RULE, sources=_at(S.SIGNED), target=S.RULED, who=SUPERVISORS, standing=(not_own_case, conclusion_exists)),
    Row(deed=Deed.OBJECT, sources=_at(S.SETTLED, S.RULED), target=S.RULED, who=UNITS, reach="bound", standing=(not_yet_objected,), typed=("reason", "legal_basis")),
    Row(deed=Deed.UPHOLD, sources=_at(S.RULED), target=None, who=SUPERVISORS, standing=(not_own_case, was_objected), typed=("reason", "legal_basis")),
    Row(deed=Deed.ESCALATE, sources=_at(S.OPEN, S.PROVISIONAL, S.CONVENED, S.CONCLUDED, S.RULED), target=S.ESCALATED, who=SUPERVISORS, standing=(was_objected,), typed=("reason",)),
    Row(deed=Deed.DECIDE, sources=_at(S.ESCALATED), target=S.RULED, who=SUPERVISORS, standing=(not_own_case,), guards=(*NAMES, tasks_fit, has_signer, was_signed), typed=("minutes", "legal_basis"), sets=("proposed", "tasks", "reusable", "signer", "signed_on")),
    Row(deed=Deed.SUCCEED, sources=GOES_ON, target=None, who=SUPERVISORS, guards=(succeeds,), typed=("reason",), sets=("old", "new")),
    Row(deed=Deed.SUCCEED, sources=GOES_ON | {S.SETTLED}, target=None, who=MACHINE, guards=(succeeds,), sets=("old", "new")),
    Row(deed=Deed.ATTACH, sources=_at(S.SIGNED, S.RULED, S.ESCALATED), target=None, who=RECORDERS, sets=("facts",)),
    Row(deed=Deed.LAPSE, sources=GOES_ON | {S.SETTLED}, target=S.ENDED, who=MACHINE),
)  # fmt: skip
"""Every change there is."""
