"""What each event leaves behind in the ticket's state beside stage and clocks.

One entry an event name; read by fold.py only. Payloads are JSON, so values are turned back into our types here.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from hotline.rules.effects_of_tasks import EFFECTS_OF_TASKS, NO_PARTS, parts_given, parts_kept
from hotline.rules.state import Delegation, Event, PendingProposal, Signing, TicketState
from hotline.rules.succession import succeeded
from hotline.rules.vocabulary import (
    OF_THE_UNIT,
    CategoryCode,
    Channel,
    Contact,
    Flag,
    Paper,
    Proposal,
    Rating,
    RegionCode,
    RequestType,
    Resolution,
    Role,
    Stage,
    UnitCode,
    Urgency,
)

Changes = dict[str, Any]

OF_THE_LEAD = frozenset({Flag.OBJECTED, Flag.ESCALATED, Flag.PROVISIONAL_LEAD, Flag.RULED_LEAD, Flag.IN_REWORK})
"""Marks about the present lead unit; they end when another takes over."""


def no_change(_state: TicketState, _event: Event) -> Changes:
    """Events that only leave a line, move the stage or turn clocks."""
    return {}


def _taken_in(state: TicketState, event: Event) -> Changes:
    p = event.payload
    flags = set(state.flags)
    if p.get("confidential") or p["request_type"] == RequestType.REPORT:
        flags.add(Flag.CONFIDENTIAL)
    if int(p.get("group_size", 1)) > 1:
        flags.add(Flag.GROUP)
    due = p.get("superior_due_at")
    return {
        "channel": Channel(p["channel"]),
        "request_type": RequestType(p["request_type"]),
        "urgency": Urgency(p.get("urgency", state.urgency)),
        "category": CategoryCode(p.get("category", "")),
        "region": RegionCode(p.get("region", "")),
        "contactable": bool(p.get("contactable", True)),
        "briefed": bool(p.get("briefed", state.briefed)),
        "superior_due_at": datetime.fromisoformat(due) if due else None,
        "flags": frozenset(flags),
        "profile": p.get("profile", state.profile),
    }


def _registered(state: TicketState, event: Event) -> Changes:
    """Taken in: whoever proposed to decline it has been answered."""
    return {**_taken_in(state, event), **_settled(Proposal.DECLINE)(state, event), "accepted_at": event.at}


def _imported(state: TicketState, event: Event) -> Changes:
    closed = event.payload.get("closed_at")
    return {
        **_taken_in(state, event),
        "accepted_at": event.at,
        "dispatches": int(event.payload.get("dispatches", 0)),
        "closed_at": datetime.fromisoformat(closed) if closed else event.at,
        "close_reason": "imported",
    }


def _classified(state: TicketState, event: Event) -> Changes:
    p = event.payload
    flags = state.flags | {Flag.CONFIDENTIAL} if p["request_type"] == RequestType.REPORT else state.flags
    return {
        "request_type": RequestType(p["request_type"]),
        "category": CategoryCode(p.get("category") or state.category),
        "urgency": Urgency(p["urgency"]),
        "region": RegionCode(p.get("region") or state.region),
        "flags": flags,
    }


def _briefed(_state: TicketState, _event: Event) -> Changes:
    """From now on units have something to read of a confidential ticket."""
    return {"briefed": True}


def _marked(state: TicketState, event: Event) -> Changes:
    return {"flags": state.flags | {Flag(event.payload["flag"])}}


def _unmarked(state: TicketState, event: Event) -> Changes:
    return {"flags": state.flags - {Flag(event.payload["flag"])}}


def _given_to(state: TicketState, event: Event) -> Changes:
    """A unit takes the lead anew: nothing the one before it did or asked for counts for it."""
    lead = UnitCode(event.payload["lead_unit"])
    return {
        "lead_unit": lead,
        **parts_given(event),
        "first_unit": state.first_unit or lead,
        "dispatches": state.dispatches + 1,
        "delegation": None,
        "signing": None,
        "signed_at": None,
        "contacted_at": None,
        "replied_at": None,
        "flags": state.flags - OF_THE_LEAD,
        "proposals": {k: v for k, v in state.proposals.items() if k not in OF_THE_UNIT},
    }


def _handed_by_phone(state: TicketState, event: Event) -> Changes:
    given = _given_to(state, event)
    return {**given, "flags": given["flags"] | {Flag.BY_PHONE}}


def _reassigned(state: TicketState, event: Event) -> Changes:
    return {**_given_to(state, event), "failed_dispatches": state.failed_dispatches + 1}


def _disputed(state: TicketState, _event: Event) -> Changes:
    """Taken from a unit and given to none: whom the office meant stays in the ledger, for the dispute."""
    return {
        "failed_dispatches": state.failed_dispatches + 1,
        "lead_unit": None,
        **NO_PARTS,
        "delegation": None,
        "signing": None,
        "signed_at": None,
        "contacted_at": None,
        "replied_at": None,
        "flags": state.flags - OF_THE_LEAD,
        "proposals": {k: v for k, v in state.proposals.items() if k not in OF_THE_UNIT},
    }


def _return_accepted(state: TicketState, _event: Event) -> Changes:
    returned = (*state.returned_by, state.lead_unit) if state.lead_unit else state.returned_by
    return {
        "founded_returns": state.founded_returns + 1,
        "failed_dispatches": state.failed_dispatches + 1,
        "returned_by": returned,
        "lead_unit": None,
        **NO_PARTS,
        "delegation": None,
        "signed_at": None,
        "contacted_at": None,
    }


def _signed_in(_state: TicketState, event: Event) -> Changes:
    return {"signed_at": event.at}


def _deemed_signed(state: TicketState, event: Event) -> Changes:
    return {"signed_at": state.signed_at or event.at}


def _delegated(_state: TicketState, event: Event) -> Changes:
    return {"delegation": Delegation(unit=UnitCode(event.payload["to_unit"]))}


def _delegate_signed(state: TicketState, _event: Event) -> Changes:
    return {"delegation": replace(state.delegation, signed=True) if state.delegation else None}


def _delegate_replied(state: TicketState, _event: Event) -> Changes:
    return {"delegation": replace(state.delegation, replied=True) if state.delegation else None}


def _delegate_sent_back(state: TicketState, _event: Event) -> Changes:
    return {"delegation": replace(state.delegation, replied=False) if state.delegation else None}


PAPER = frozenset({"written_as", "chain", "heavy_chain", "step"})
"""What the ledger notes of a paper beside what it says."""


def _written(paper: Paper) -> Callable[[TicketState, Event], Changes]:
    """A paper of the unit lies for signature from now on."""

    def effect(_state: TicketState, event: Event) -> Changes:
        p = event.payload
        signing = Signing(
            paper=paper,
            by=event.actor,
            written_as=Role(p.get("written_as", event.role)),
            at=event.at,
            signed=int(p.get("step", 0)),
            chain=tuple(map(Role, p.get("chain", ()))),
            heavy_chain=tuple(map(Role, p.get("heavy_chain", ()))),
            details={name: value for name, value in p.items() if name not in PAPER} if paper is not Paper.REPLY else {},
        )
        return {"signing": signing}

    return effect


def _replied(state: TicketState, event: Event) -> Changes:
    """What the unit says of the result stays in the ledger; `resolution` is the citizen's word only."""
    waits = _written(Paper.REPLY)(state, event) if event.stage is Stage.PENDING_SIGN_OFF else {"signing": None}
    return {"replied_at": event.at, **waits}


def _signed_off(state: TicketState, event: Event) -> Changes:
    return {"signing": replace(state.signing, signed=int(event.payload["step"])) if state.signing else None}


def _signed_out(_state: TicketState, _event: Event) -> Changes:
    return {"signing": None}


def _asked_for(kind: Proposal) -> Callable[[TicketState, Event], Changes]:
    """The office is asked by who wrote the request, and as of then: signatures cost the unit no time."""

    def effect(state: TicketState, event: Event) -> Changes:
        signing = state.signing
        if signing is None:
            return _proposed(kind)(state, event)
        asked = PendingProposal(kind=kind, by=signing.by, at=signing.at, details=signing.details)
        return {"proposals": {**state.proposals, kind: asked}, "signing": None}

    return effect


def _sent_back(state: TicketState, _event: Event) -> Changes:
    return {"send_backs": state.send_backs + 1}


def _passed(state: TicketState, event: Event) -> Changes:
    """A new callback begins; what the citizen said of an earlier round stands until he speaks again."""
    grade = event.payload.get("grade", "")
    return {"attempts": (), "grade": grade, "flags": state.flags - {Flag.CALLBACK_REFUSED}}


def _attempted(state: TicketState, event: Event) -> Changes:
    refused = event.payload["contact"] == Contact.REFUSED
    return {
        "attempts": (*state.attempts, event.at),
        "flags": state.flags | {Flag.CALLBACK_REFUSED} if refused else state.flags,
    }


def _called_back(state: TicketState, event: Event) -> Changes:
    p = event.payload
    changes: Changes = {
        "attempts": (*state.attempts, event.at),
        "responded": bool(p["responded"]),
        "resolution": Resolution(p["resolution"]),
        "rating": Rating(p["rating"]) if p.get("rating") is not None else None,
    }
    if event.stage is Stage.CLOSED:
        changes |= {"closed_at": event.at, "close_reason": "settled"}
    return changes


def _reworked(state: TicketState, _event: Event) -> Changes:
    return {
        "reworks": state.reworks + 1,
        "closed_at": None,
        "close_reason": "",
        "flags": state.flags | {Flag.IN_REWORK},
    }


def _struck_off(state: TicketState, event: Event) -> Changes:
    """A matter parked after it was answered is handled anew, which is a rework nobody ordered."""
    return {"flags": state.flags | {Flag.IN_REWORK} if event.stage is Stage.REWORK else state.flags}


def _closed(reason: str) -> Callable[[TicketState, Event], Changes]:
    def effect(_state: TicketState, event: Event) -> Changes:
        return {"closed_at": event.at, "close_reason": event.payload.get("reason") or reason}

    return effect


def _unreached(state: TicketState, event: Event) -> Changes:
    return _closed("unreached")(state, event) if event.stage is Stage.CLOSED else {}


def _merged(_state: TicketState, event: Event) -> Changes:
    return {"closed_at": event.at, "close_reason": "merged", "master": event.payload["master"]}


def _proposed(kind: Proposal) -> Callable[[TicketState, Event], Changes]:
    def effect(state: TicketState, event: Event) -> Changes:
        asked = PendingProposal(kind=kind, by=event.actor, at=event.at, details=event.payload)
        return {"proposals": {**state.proposals, kind: asked}}

    return effect


def _settled(kind: Proposal, **more: Any) -> Callable[[TicketState, Event], Changes]:
    def effect(state: TicketState, _event: Event) -> Changes:
        return {"proposals": {k: v for k, v in state.proposals.items() if k is not kind}, **more}

    return effect


def _extended(state: TicketState, event: Event) -> Changes:
    return {**_settled(Proposal.EXTENSION)(state, event), "extensions": state.extensions + 1}


def _named(mark: Flag) -> Callable[[TicketState, Event], Changes]:
    """A unit named by a ruling has the ticket at once; there is nothing to sign in."""

    def effect(state: TicketState, event: Event) -> Changes:
        given = _given_to(state, event)
        return {**given, "flags": given["flags"] | {mark}, "signed_at": event.at}

    return effect


def _confirmed(state: TicketState, event: Event) -> Changes:
    """The lead stays the lead: its work goes on, only the co-units may be others."""
    return {
        "flags": state.flags - {Flag.PROVISIONAL_LEAD, Flag.OBJECTED, Flag.ESCALATED} | {Flag.RULED_LEAD},
        **parts_kept(state, event),
    }


def _objected(state: TicketState, event: Event) -> Changes:
    by = (*state.objected_by, event.unit) if event.unit else state.objected_by
    return {"flags": state.flags | {Flag.OBJECTED}, "objected_by": by}


EFFECTS: Mapping[str, Callable[[TicketState, Event], Changes]] = {
    **EFFECTS_OF_TASKS,
    "request.submitted": _taken_in,
    "request.registered": _registered,
    "request.imported": _imported,
    "request.answered_directly": _closed("answered_directly"),
    "request.transferred": _closed("transferred"),
    "request.withdrawn": _closed("withdrawn"),
    "request.merged": _merged,
    "decline.proposed": _proposed(Proposal.DECLINE),
    "decline.confirmed": _closed("not_accepted"),
    "decline.rejected": _settled(Proposal.DECLINE),
    "void.proposed": _proposed(Proposal.VOID),
    "void.confirmed": _closed("voided"),
    "void.rejected": _settled(Proposal.VOID),
    "ticket.briefed": _briefed,
    "ticket.classified": _classified,
    "ticket.marked": _marked,
    "ticket.unmarked": _unmarked,
    "ticket.tagged": lambda state, event: {"tags": state.tags | {event.payload["tag"]}},
    "ticket.unit_succeeded": succeeded,
    "ticket.untagged": lambda state, event: {"tags": state.tags - {event.payload["tag"]}},
    "dispatch.sent": _given_to,
    "dispatch.phoned": _handed_by_phone,
    "dispatch.reassigned": _reassigned,
    "dispatch.disputed": _disputed,
    "dispatch.return_accepted": _return_accepted,
    "dispatch.return_rejected": _deemed_signed,
    "handling.signed_in": _signed_in,
    "handling.contacted": lambda _state, event: {"contacted_at": event.at},
    "handling.delegated": _delegated,
    "handling.delegate_signed_in": _delegate_signed,
    "handling.delegate_replied": _delegate_replied,
    "handling.delegate_sent_back": _delegate_sent_back,
    "handling.recalled": lambda _state, _event: {"delegation": None},
    "handling.replied": _replied,
    "handling.signed_off": _signed_off,
    "handling.return_drafted": _written(Paper.RETURN),
    "handling.return_requested": _signed_out,
    "handling.request_signed": _signed_off,
    "handling.request_refused": _signed_out,
    "extension.drafted": _written(Paper.EXTENSION),
    "extension.requested": _asked_for(Proposal.EXTENSION),
    "extension.granted": _extended,
    "extension.refused": _settled(Proposal.EXTENSION),
    "parking.drafted": _written(Paper.PARK),
    "parking.proposed": _asked_for(Proposal.PARK),
    "parking.confirmed": _settled(Proposal.PARK),
    "parking.renewed": _settled(Proposal.PARK),
    "parking.rejected": _settled(Proposal.PARK),
    "parking.struck_off": _struck_off,
    "joint.mediated": _named(Flag.RULED_LEAD),
    "joint.ruled_provisionally": _named(Flag.PROVISIONAL_LEAD),
    "joint.ruled": _named(Flag.RULED_LEAD),
    "joint.confirmed": _confirmed,
    "joint.objected": _objected,
    "joint.escalated": lambda state, _event: {"flags": state.flags | {Flag.ESCALATED}},
    "review.passed": _passed,
    "review.sent_back": _sent_back,
    "callback.attempted": _attempted,
    "callback.settled": _called_back,
    "callback.dissatisfied": _called_back,
    "callback.unreached": _unreached,
    "callback.waived": _closed("no_callback"),
    "callback.rework_ordered": _reworked,
    "callback.closed": _closed("close"),
    "visit.problem_found": _reworked,
}
