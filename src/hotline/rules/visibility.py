"""Who may see which tickets, and how much of who asked. Written once: lists, counts and searches filter by
`view_of(actor)`, single tickets are judged by `may_see`, and a property test shows that the two agree.

Sources: units see their own and subordinate units' tickets; reporters' identity never leaves the office
(GB/T 33358-2016; the hard rule for 举报 is ours, P); administrators are separated from the business (三员分立).
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Final

from hotline.rules.acts import ACTS, ProposePark, RefuseRequest, RequestExtension, RequestReturn, SignOff, Submit
from hotline.rules.acts.base import kind_of
from hotline.rules.lifecycle.case import Actor
from hotline.rules.state import TicketState
from hotline.rules.vocabulary import OFFICE_ROLES, UNIT_ROLES, Flag, Purpose, Role, Stage, UnitCode, VisibleTo

DISPUTED = frozenset({Stage.RETURN_REQUESTED, Stage.JURISDICTION_DISPUTE, Stage.JOINT_HANDLING})
UNMASKING = frozenset(
    {
        Role.AGENT,
        Role.TEAM_LEADER,
        Role.DISPATCHER,
        Role.REVIEWER,
        Role.CALLBACK_OFFICER,
        Role.SUPERVISOR,
    }
)
"""Office roles that speak with citizens or weigh their words."""

CALLING_CONFIDENTIAL = frozenset({Role.AGENT, Role.TEAM_LEADER, Role.CALLBACK_OFFICER, Role.SUPERVISOR})
"""Only the office calls back a confidential requester, and only those who must."""


@dataclass(frozen=True)
class View:
    """Which tickets somebody sees: all of them, or those in whose `visible_units` one of `units` stands."""

    everything: bool = False
    units: frozenset[UnitCode] = frozenset()

    @property
    def nothing(self) -> bool:
        """True for people who have no business with tickets."""
        return not self.everything and not self.units


def asks_by_number(actor: Actor) -> bool:
    """Whether this person may ask what a telephone number has brought in before."""
    return bool(actor.roles & UNMASKING)


def calls_confidential(actor: Actor) -> bool:
    """Whether this person may know who asked in confidence: also by finding the ticket under a number."""
    return bool(actor.roles & CALLING_CONFIDENTIAL)


class RequesterView(StrEnum):
    """How much of the requester somebody may see."""

    UNMASKABLE = "unmaskable"
    MASKED = "masked"
    HIDDEN = "hidden"


def view_of(actor: Actor) -> View:
    """The tickets this person may see. The one rule behind every list, count, search and export."""
    if Role.SYSTEM in actor.roles or actor.roles & OFFICE_ROLES:
        return View(everything=True)
    if actor.roles & UNIT_ROLES:
        return View(units=actor.covers)
    return View()


def visible_units(state: TicketState) -> frozenset[UnitCode]:
    """Units that may see the ticket now: the lead, co-units whose task has begun, who guides or has a copy, the unit
    below, and in a dispute those who disputed.

    A unit whose return was accepted no longer sees it once the dispute is over.
    """
    units = {*state.co_units, *state.guidance, *state.copied}
    if state.lead_unit:
        units.add(state.lead_unit)
    if state.delegation:
        units.add(state.delegation.unit)
    if state.stage in DISPUTED:
        units.update(state.returned_by)
    return frozenset(units)


def may_see(actor: Actor, state: TicketState) -> bool:
    """Whether this one ticket lies in the person's view."""
    view = view_of(actor)
    return view.everything or bool(view.units & visible_units(state))


def requester_view(actor: Actor, state: TicketState) -> RequesterView:
    """How much of who asked this person may see on a ticket they may see.

    Confidential: hidden from units and from everybody in the office who does not call. Otherwise masked until
    one recorded click, for those who speak with the citizen: the office and the lead unit.
    """
    if not may_see(actor, state):
        return RequesterView.HIDDEN
    if Flag.CONFIDENTIAL in state.flags:
        return RequesterView.UNMASKABLE if calls_confidential(actor) else RequesterView.HIDDEN
    if asks_by_number(actor):
        return RequesterView.UNMASKABLE
    holders = {state.lead_unit, state.delegation.unit if state.delegation else None} - {None}
    if actor.roles & UNIT_ROLES and actor.unit in holders:
        return RequesterView.UNMASKABLE
    return RequesterView.MASKED


DRAFTS: Final = frozenset({"handling.return_drafted", "extension.drafted", "parking.drafted"})
SIGNED_OUT: Final = frozenset({"handling.return_requested", "extension.requested", "parking.proposed"})
REFUSED: Final = "handling.request_refused"
INSIDE_UNIT: Final = DRAFTS | {"handling.request_signed", REFUSED}
"""What a unit does with a return, a request for more time or a plan for parking before it is signed."""


def kept_inside(told: Sequence[tuple[str, str]]) -> frozenset[int]:
    """Places in a ticket's history, given as events with their acts, that never left the unit.

    The office learns of a request when its last signature is given, then also who asked and since when; what was
    refused, dropped or still waits stays in the unit.
    """
    hidden: set[int] = set()
    waiting: set[int] = set()
    for place, (event, act) in enumerate(told):
        if event in DRAFTS:
            hidden |= waiting
            waiting = {place}
        elif event in INSIDE_UNIT:
            waiting.add(place)
            if event == REFUSED:
                hidden |= waiting
                waiting = set()
        elif event in SIGNED_OUT and act == SignOff.name:
            waiting = set()
    return frozenset(hidden | waiting)


OF_REQUESTS: Final = frozenset(
    f.name
    for act in (RequestReturn, RequestExtension, ProposePark, SignOff, RefuseRequest)
    for f in fields(act)
    if kind_of(f) == "text"
)
"""Kinds of text that may have been typed inside a unit: searching looks twice at these."""


def sees_inside(actor: Actor, unit: UnitCode | str | None) -> bool:
    """Whether somebody reads what was done inside a unit: its own people and those of units above it."""
    return bool(actor.roles & UNIT_ROLES) and unit in actor.covers


TEXT_FIELDS: Final = frozenset(f.name for act in ACTS.values() for f in fields(act) if kind_of(f) == "text")
"""Every kind of text that an act may carry."""

OFFICE_ONLY: Final = frozenset({"words", "superior_no"})
"""What the citizen said of the unit in the callback, and a superior's file number, stay in the office."""

REPORTERS_WORDS: Final = frozenset({"content", "demand", "facts"})
"""What a citizen said in their own words may tell who they are: of a confidential ticket the unit reads the
office's brief (交办内容) instead, never the original (the rule for 举报; ours, P)."""


def readable_fields(actor: Actor) -> frozenset[str]:
    """Kinds of text this person may read of an ordinary ticket in view."""
    if actor.roles & (OFFICE_ROLES | {Role.SYSTEM}):
        return TEXT_FIELDS
    return TEXT_FIELDS - OFFICE_ONLY


TOLD_TO_CITIZENS: Final = frozenset(
    {
        ("answer_directly", "reply"),
        ("propose_decline", "explanation"),
        ("propose_decline", "legal_channel"),
        ("record_progress", "told"),
        ("reply_in_stages", "reply"),
        ("submit_reply", "reply"),
        ("submit_reply", "legal_basis"),
    }
)
"""Texts written to the citizen, by act; whatever speaks with citizens reads these and no others. A reply only after
it has passed review, a declining once it is confirmed."""


def told_to_citizens(act: str, field: str) -> bool:
    """Whether a text was written to the citizen. Notes, opinions, reasons and reports from below are inside words."""
    return (act, field) in TOLD_TO_CITIZENS


def sees_text(actor: Actor, state: TicketState, field: str, *, own_words: bool = False) -> bool:
    """Whether a piece of text is for this person: some stay in the office, confidential words too.

    `own_words` are those that the citizen sent in as they stand, title and place among them.
    """
    if not may_see(actor, state) or field not in readable_fields(actor):
        return False
    inside = view_of(actor).everything
    return inside or Flag.CONFIDENTIAL not in state.flags or not (own_words or field in REPORTERS_WORDS)


def in_own_words(act: str, role: str) -> bool:
    """Whether what was typed in an act is the citizen's own: nobody of the office has worded it anew."""
    return act == Submit.name or role == Role.CITIZEN.value


def sees_attachment(
    actor: Actor, state: TicketState, *, purpose: Purpose, visible_to: VisibleTo, added_by_unit: UnitCode | None
) -> bool:
    """Whether a file is for this person: the office opens all, a unit its own and what is not kept from it.

    Of a confidential ticket a unit opens the proofs of handling and what the office has shown it, nothing else:
    a picture sent in may tell who sent it. What the office has added is not a unit's own, though the unit stand above
    the office: only what it added itself, or a unit below it that has part in the ticket.
    """
    if not may_see(actor, state):
        return False
    own = added_by_unit is not None and (
        added_by_unit == actor.unit or added_by_unit in actor.covers & visible_units(state)
    )
    if view_of(actor).everything or own:
        return True
    if visible_to is VisibleTo.OFFICE:
        return False
    return Flag.CONFIDENTIAL not in state.flags or purpose is Purpose.HANDLING or visible_to is VisibleTo.UNIT
