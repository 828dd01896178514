"""Who must know of what happened on a ticket: one line an event, and the reason for each event that nobody is told of.

Officials read this table beside the lifecycle's. Desks where work waits have counters of their own, so notices are for
what asks for one unit or one person, or changes what they are at. Who did it is never told of it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from hotline.rules.effects_of_tasks import asked_back
from hotline.rules.lifecycle.signing import next_signer
from hotline.rules.state import Event, TicketState
from hotline.rules.vocabulary import AT_UNIT, HEAVY, ClockKind, Flag, Proposal, Role, Stage, UnitCode


@dataclass(frozen=True)
class To:
    """Holders of any of these roles: in that unit, or in whichever when none is named; or one person."""

    roles: frozenset[Role] = frozenset()
    unit: UnitCode | None = None
    person: str = ""


@dataclass(frozen=True)
class Told:
    """One kind of notice, and for whom."""

    kind: str
    to: tuple[To, ...]


Whom = Callable[[Event, TicketState, TicketState], Iterable[To]]
"""Given the event and the ticket before and after it."""

CLERKS: Final = frozenset({Role.UNIT_HANDLER, Role.DISTRICT_DISPATCHER})
"""Those at a unit who work through its inbox."""

WITH_HEAD: Final = CLERKS | {Role.SECTION_HEAD, Role.UNIT_HEAD}

OFFICE_HOLDERS: Final[Mapping[Stage, frozenset[Role]]] = {
    Stage.DRAFT: frozenset({Role.TEAM_LEADER}),
    Stage.REGISTERED: frozenset({Role.TEAM_LEADER, Role.DISPATCHER}),
    Stage.PENDING_DISPATCH: frozenset({Role.DISPATCHER}),
    Stage.RETURN_REQUESTED: frozenset({Role.DISPATCHER}),
    Stage.JURISDICTION_DISPUTE: frozenset({Role.DISPATCHER, Role.SUPERVISOR}),
    Stage.JOINT_HANDLING: frozenset({Role.DISPATCHER, Role.SUPERVISOR}),
    Stage.PENDING_REVIEW: frozenset({Role.REVIEWER}),
    Stage.PENDING_CALLBACK: frozenset({Role.CALLBACK_OFFICER}),
    Stage.PENDING_CLOSE: frozenset({Role.REVIEWER}),
}
"""Who in the office holds a ticket in a stage in which no unit does."""


def office(*roles: Role) -> Whom:
    """Everybody of the office in these roles."""
    return lambda _event, _before, _after: (To(frozenset(roles)),)


def lead(roles: frozenset[Role] = CLERKS) -> Whom:
    """People of the unit that has the ticket now."""
    return lambda _event, _before, after: _at(after.lead_unit, roles)


def former_lead(_event: Event, before: TicketState, after: TicketState) -> Iterator[To]:
    """People of the unit that had it, when another has it now or none."""
    if before.lead_unit != after.lead_unit:
        yield from _at(before.lead_unit, CLERKS)


def heir(event: Event, _before: TicketState, after: TicketState) -> Iterator[To]:
    """People of the unit that has taken another's place, where it has something to do on the ticket."""
    below = after.delegation.unit if after.delegation else None
    new = UnitCode(event.payload["new_unit"])
    if new in {after.lead_unit, below, *after.co_units}:
        yield from _at(new, WITH_HEAD)


def when_disputed(_event: Event, _before: TicketState, after: TicketState) -> Iterator[To]:
    """Who leads the procedure, when what was done has led into a dispute."""
    if after.stage is Stage.JURISDICTION_DISPUTE:
        yield To(frozenset({Role.SUPERVISOR}))


def former_holders(_event: Event, before: TicketState, _after: TicketState) -> Iterator[To]:
    """Units at work on a ticket that has come to its end."""
    if before.stage in AT_UNIT:
        yield from _at(before.lead_unit, CLERKS)
        if before.delegation:
            yield from _at(before.delegation.unit, CLERKS)


def new_helpers(_event: Event, before: TicketState, after: TicketState) -> Iterator[To]:
    """Co-units that were not asked before, or are asked for one more thing."""
    for unit in after.co_units:
        if unit not in before.co_units or (unit in before.co_done and unit not in after.co_done):
            yield from _at(unit, CLERKS)


def advisers(_event: Event, before: TicketState, after: TicketState) -> Iterator[To]:
    """Units that guide the lead, or are to know of the ticket."""
    for unit in (*after.guidance, *after.copied):
        if unit not in (*before.guidance, *before.copied):
            yield from _at(unit, CLERKS)


def of_task(event: Event, _before: TicketState, _after: TicketState) -> Iterator[To]:
    """The co-unit whose task it is."""
    yield from _at(UnitCode(event.payload["unit"]), CLERKS)


def freed(event: Event, before: TicketState, _after: TicketState) -> Iterator[To]:
    """The co-unit that had begun, if it had."""
    if event.payload["unit"] in before.co_units:
        yield from _at(UnitCode(event.payload["unit"]), CLERKS)


def giver_back(_event: Event, before: TicketState, _after: TicketState) -> Iterator[To]:
    """The co-unit that wanted its task taken back."""
    yield from _at(asked_back(before), CLERKS)


def delegate(_event: Event, _before: TicketState, after: TicketState) -> Iterator[To]:
    """The street or bureau that does the work."""
    if after.delegation:
        yield from _at(after.delegation.unit, CLERKS)


def former_delegate(_event: Event, before: TicketState, _after: TicketState) -> Iterator[To]:
    """The street or bureau that did the work until now."""
    if before.delegation:
        yield from _at(before.delegation.unit, CLERKS)


def signer(_event: Event, _before: TicketState, after: TicketState) -> Iterator[To]:
    """On whose desk the unit's paper lies."""
    role = next_signer(after)
    if role is not None:
        yield from _at(after.lead_unit, frozenset({role}))


def writer(_event: Event, before: TicketState, _after: TicketState) -> Iterator[To]:
    """Who wrote the paper that was not signed."""
    if before.signing:
        yield To(person=before.signing.by)


def proposer(kind: Proposal) -> Whom:
    """Who had asked for what was decided."""

    def whom(_event: Event, before: TicketState, _after: TicketState) -> Iterator[To]:
        if kind in before.proposals:
            yield To(person=before.proposals[kind].by)

    return whom


def members(event: Event, _before: TicketState, _after: TicketState) -> Iterator[To]:
    """Units called to the panel; who signs the opinion there is told with the others."""
    for unit in event.payload.get("members", ()):
        yield from _at(UnitCode(unit), WITH_HEAD | {Role.DEPUTY_HEAD})


def holder(event: Event, before: TicketState, after: TicketState) -> Iterator[To]:
    """Whoever has the ticket in hand: the unit with whom it works, or a role of the office."""
    if after.stage not in AT_UNIT:
        if after.stage in OFFICE_HOLDERS:
            yield To(OFFICE_HOLDERS[after.stage])
        return
    yield from _at(after.lead_unit, CLERKS)
    yield from delegate(event, before, after)
    yield from signer(event, before, after)


def owing(event: Event, before: TicketState, after: TicketState) -> Iterator[To]:
    """Who is to hurry: co-units that have not reported for their own limit, for any other the holder."""
    if event.payload.get("clock") != ClockKind.CO_TASK:
        yield from holder(event, before, after)
        return
    named = event.payload.get("of")
    for unit in after.co_units:
        if unit not in after.co_done and named in (None, "", unit):
            yield from _at(unit, CLERKS)


def owing_and_head(event: Event, before: TicketState, after: TicketState) -> Iterator[To]:
    """The same, and the head of the lead unit, which answers for all."""
    yield from owing(event, before, after)
    if after.stage in AT_UNIT:
        yield from _at(after.lead_unit, WITH_HEAD)


def holder_and_head(event: Event, before: TicketState, after: TicketState) -> Iterator[To]:
    """The holder, and at a unit its head too."""
    yield from holder(event, before, after)
    if after.stage in AT_UNIT:
        yield from _at(after.lead_unit, WITH_HEAD)


def lead_at_work(_event: Event, before: TicketState, after: TicketState) -> Iterator[To]:
    """The unit, where it has the ticket and had it before."""
    if before.stage in AT_UNIT and after.stage in AT_UNIT:
        yield from _at(after.lead_unit, CLERKS)


def unit_of_heavy(event: Event, _before: TicketState, after: TicketState) -> Iterator[To]:
    """The unit and its head, when the mark asks for the head."""
    if after.stage in AT_UNIT and Flag(event.payload["flag"]) in HEAVY:
        yield from _at(after.lead_unit, WITH_HEAD)


def decider(_event: Event, _before: TicketState, after: TicketState) -> Iterator[To]:
    """Reviewers, where the end of the callback waits for a decision."""
    if after.stage is Stage.PENDING_CLOSE:
        yield To(OFFICE_HOLDERS[Stage.PENDING_CLOSE])


def parking_reviewers(event: Event, _before: TicketState, _after: TicketState) -> Iterator[To]:
    """Supervisors, when a parked matter has not been looked at on its day."""
    if event.payload.get("clock") == ClockKind.PARK_REVIEW:
        yield To(frozenset({Role.SUPERVISOR}))


def _at(unit: UnitCode | None, roles: frozenset[Role]) -> Iterator[To]:
    if unit:
        yield To(roles, unit)


TO_SIGNER: Final = (("signature_awaited", signer),)
TO_NEW_LEAD: Final = (
    ("work_arrived", lead()),
    ("help_asked", new_helpers),
    ("advice_asked", advisers),
    ("work_taken", former_lead),
)
RULERS: Final = office(Role.DISPATCHER, Role.SUPERVISOR)

NOTIFYING: Final[Mapping[str, tuple[tuple[str, Whom], ...]]] = {
    "dispatch.sent": TO_NEW_LEAD,
    "dispatch.phoned": (("work_phoned", lead(WITH_HEAD)),),
    "dispatch.reassigned": TO_NEW_LEAD,
    "dispatch.disputed": (("dispute_opened", office(Role.SUPERVISOR)), ("work_taken", former_lead)),
    "dispatch.return_accepted": (("return_accepted", former_lead), ("dispute_opened", when_disputed)),
    "dispatch.return_rejected": (("return_rejected", lead()),),
    "handling.return_requested": (("return_asked", office(Role.DISPATCHER)),),
    "handling.return_drafted": TO_SIGNER,
    "handling.replied": TO_SIGNER,
    "handling.signed_off": TO_SIGNER,
    "handling.request_signed": TO_SIGNER,
    "handling.request_refused": (("paper_sent_back", writer),),
    "handling.revised": (("paper_sent_back", writer),),
    "handling.co_reported": (("co_reported", lead()), ("help_asked", new_helpers)),
    "handling.found": (("help_asked", new_helpers),),
    "task.opened": (("help_asked", new_helpers),),
    "task.sent_back": (("task_sent_back", of_task),),
    "task.return_requested": (("task_return_asked", office(Role.DISPATCHER)),),
    "task.return_accepted": (("task_return_accepted", giver_back), ("help_asked", new_helpers)),
    "task.return_rejected": (("task_return_rejected", giver_back),),
    "task.closed": (("task_closed", freed), ("help_asked", new_helpers)),
    "handling.delegated": (("delegated", delegate),),
    "handling.delegate_replied": (("inner_replied", lead(frozenset({Role.DISTRICT_DISPATCHER}))),),
    "handling.delegate_sent_back": (("inner_sent_back", delegate),),
    "handling.recalled": (("delegation_recalled", former_delegate),),
    "extension.drafted": TO_SIGNER,
    "extension.requested": (("extension_asked", RULERS),),
    "extension.granted": (("extension_granted", lead()),),
    "extension.refused": (("extension_refused", lead()),),
    "parking.drafted": TO_SIGNER,
    "parking.proposed": (("parking_asked", office(Role.SUPERVISOR)),),
    "parking.confirmed": (("parked", lead(WITH_HEAD)),),
    "parking.renewed": (("still_parked", lead(WITH_HEAD)),),
    "parking.rejected": (("parking_refused", lead(WITH_HEAD)),),
    "parking.struck_off": (("struck_off", lead(WITH_HEAD)),),
    "joint.opened": (("dispute_opened", office(Role.SUPERVISOR)),),
    "joint.convened": (("panel_convened", members),),
    "joint.mediated": TO_NEW_LEAD,
    "joint.ruled": TO_NEW_LEAD,
    "joint.ruled_provisionally": TO_NEW_LEAD,
    "joint.confirmed": (("lead_settled", lead()),),
    "joint.objected": (("ruling_objected", office(Role.SUPERVISOR)),),
    "joint.escalated": (("dispute_escalated", office(Role.DIRECTOR)),),
    "review.sent_back": (("review_sent_back", lead()),),
    "callback.dissatisfied": (("dissatisfied", office(Role.REVIEWER)),),
    "callback.unreached": (("unreached", decider),),
    "callback.rework_ordered": (("rework_ordered", lead(WITH_HEAD)),),
    "visit.problem_found": (("visit_problem", lead(WITH_HEAD)),),
    "decline.proposed": (("decline_asked", office(Role.TEAM_LEADER)),),
    "decline.rejected": (("decline_rejected", proposer(Proposal.DECLINE)),),
    "void.proposed": (("void_asked", office(Role.TEAM_LEADER)),),
    "void.rejected": (("void_rejected", proposer(Proposal.VOID)),),
    "void.confirmed": (("ended_early", former_holders),),
    "request.withdrawn": (("ended_early", former_holders),),
    "request.merged": (("ended_early", former_holders),),
    "ticket.urged": (("urged", holder),),
    "ticket.facts_added": (("facts_added", holder),),
    "ticket.classified": (("reclassified", lead_at_work),),
    "ticket.marked": (("marked_heavy", unit_of_heavy),),
    "ticket.unit_succeeded": (("work_inherited", heir),),
    "clock.paused": (("clock_paused", lead_at_work),),
    "clock.resumed": (("clock_resumed", lead_at_work),),
    "clock.overdue": (("overdue", owing_and_head), ("parking_review_late", parking_reviewers)),
    "clock.reminded": (("reminded", owing),),
    "clock.notice_issued": (("notice_issued", holder_and_head),),
    "clock.criticism_proposed": (("criticism_proposed", office(Role.SUPERVISOR)),),
}
"""Kinds of notice by event. Where two kinds are for the same person, the first is made."""

MAY_BE_QUIET: Final = (
    "facts_added",
    "reminded",
    "co_reported",
    "reclassified",
    "clock_paused",
    "clock_resumed",
    "extension_granted",
    "lead_settled",
    "work_taken",
    "return_accepted",
    "delegation_recalled",
    "ended_early",
    "parked",
    "still_parked",
    "struck_off",
    "void_rejected",
    "dispute_escalated",
)
"""Kinds that need not ring at somebody's desk: nothing is lost by reading them later. They are listed all the same."""

COUNTED: Final = "the desk where it waits now counts it, and anybody there may take it"
THEIR_OWN: Final = "only who did it and the ticket's history need it"
OVER: Final = "the ticket has ended and nobody has anything to do"

SILENT: Final[Mapping[str, str]] = {
    "request.submitted": COUNTED,
    "request.registered": COUNTED,
    "request.imported": OVER,
    "request.answered_directly": OVER,
    "request.transferred": OVER,
    "decline.confirmed": OVER,
    "dispatch.requested": COUNTED,
    "dispatch.phone_fed_back": THEIR_OWN,
    "dispatch.deemed_accepted": "a right of the unit has lapsed, which its clock shows",
    "handling.signed_in": THEIR_OWN,
    "handling.contacted": THEIR_OWN,
    "handling.progressed": THEIR_OWN,
    "handling.delegate_signed_in": THEIR_OWN,
    "handling.stage_replied": "it is for the citizen, who is told by message",
    "review.passed": COUNTED,
    "callback.attempted": THEIR_OWN,
    "callback.settled": OVER,
    "callback.waived": OVER,
    "callback.closed": OVER,
    "ticket.briefed": THEIR_OWN,
    "ticket.unmarked": "nothing more is asked of anybody",
    "ticket.tagged": "a tag asks nothing of anybody; lists and emergencies go by it",
    "ticket.untagged": "a tag asks nothing of anybody",
    "ticket.attachment_added": THEIR_OWN,
    "ticket.attachment_removed": THEIR_OWN,
    "ticket.archived": OVER,
    "clock.recomputed": "thousands move at once, and each list shows its new times",
}
"""Why nobody is told of these."""


def who_must_know(event: Event, before: TicketState, after: TicketState) -> tuple[Told, ...]:
    """What is to be told of an event, and to whom; nothing for an event that stands in SILENT."""
    found = ((kind, tuple(whom(event, before, after))) for kind, whom in NOTIFYING.get(event.name, ()))
    return tuple(Told(kind, to) for kind, to in found if to)
