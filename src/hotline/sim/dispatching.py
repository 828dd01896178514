"""Finding the unit: dispatch, "not ours", and the dispute that a panel ends (转办、退单、联合会办)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from hotline.rules.acts import (
    AcceptReturn,
    Act,
    ConvenePanel,
    Dispatch,
    EscalateDispute,
    FeedBackByPhone,
    HandOverByPhone,
    MarkNoOwner,
    Mediate,
    ObjectToRuling,
    RejectReturn,
    RequestReturn,
    RuleJointly,
    RuleProvisionally,
    SignIn,
)
from hotline.rules.jurisdiction import only_lead
from hotline.rules.vocabulary import ClockKind, Role, Stage, UnitCode, Urgency
from hotline.sim.course import Course, Move, Story
from hotline.sim.handling import request_signed
from hotline.sim.matters import Claim
from hotline.sim.people import Returns, Ruling

PANEL: Final = tuple(map(UnitCode, ("SFB", "BB", "SFJ", "SJW")))
"""Who sits on a panel beside the units concerned: the government's office, 编办, 司法, 纪委 (Hefei's plan of 2021)."""


def given_out(course: Course) -> Story:
    """From the office to a unit that takes it."""
    claims = _claims(course)
    if course.fate.returns is Returns.NONE or not claims:
        yield from _sent(course, competent(course))
        yield from signed_in(course)
    elif _nobodys(course):
        yield Move(
            course.by_day(10, 90), MarkNoOwner(note=course.phrase("return_vain")), course.office(Role.DISPATCHER)
        )
        yield from _disputed(course, claims)
    else:
        yield from _returned(course, claims)


def _nobodys(course: Course) -> bool:
    """The directory names nobody, and the dispatcher does not try."""
    disputed = course.fate.returns is Returns.DISPUTED and course.fate.ruling is Ruling.NO_OWNER
    return disputed and course.stands(Stage.PENDING_DISPATCH)


def competent(course: Course) -> UnitCode:
    """Who leads: the district of the place for most local matters, else the bureau or company itself."""
    matter, manager = course.matter, course.scene.place.region.manager
    kept = course.fate.to_bureau and course.town.can_lead(matter.unit)
    if matter.local and not kept and course.town.can_lead(manager):
        return manager
    return matter.unit


def _sent(course: Course, lead: UnitCode, *, helped: bool = True) -> Story:
    urgent = course.matter.urgency is not Urgency.ORDINARY
    named = course.town.name(lead)
    if urgent and course.state.dispatches == 0:
        act: Act = HandOverByPhone(lead_unit=lead, note=course.phrase("phone_note", unit_name=named))
        yield Move(course.minutes(1, 8), act, course.agent)
        return
    note = course.phrase("dispatch_note_urgent" if urgent else "dispatch_note", unit_name=named)
    basis = course.phrase("dispatch_basis", unit_name=named)[:200]
    co_units = _helpers(course, lead) if helped else ()
    act = Dispatch(lead_unit=lead, co_units=co_units, basis=basis, note=note)
    if course.fate.by_agent and course.stands(Stage.REGISTERED) and _unambiguous(course, lead):
        yield Move(course.minutes(1, 6), act, course.agent)
    else:
        yield Move(course.by_day(6, 110), act, course.office(Role.DISPATCHER))


def _unambiguous(course: Course, lead: UnitCode) -> bool:
    """Agents send straight to a unit only where the directory names it alone."""
    state = course.state
    return lead == only_lead(course.book.directory, category=state.category, region=state.region, at=course.at)


def _helpers(course: Course, lead: UnitCode) -> tuple[UnitCode, ...]:
    wanted = (*course.matter.co_units, *course.matter.co_lines)
    return tuple(unit for unit in wanted if unit != lead and unit not in course.state.returned_by)


def signed_in(course: Course, *, soon: bool = False) -> Story:
    """The unit acknowledges the ticket, in minutes when it is urgent."""
    person = course.unit_person(Role.DISTRICT_DISPATCHER, Role.UNIT_HANDLER)
    yield Move(course.office_minutes(4, 90) if soon else _signing_time(course), SignIn(), person)
    if course.state.running(ClockKind.PHONE_FEEDBACK):
        feedback = FeedBackByPhone(note=course.phrase("phone_feedback"))
        yield Move(course.minutes(2, 14), feedback, person)


def _signing_time(course: Course) -> datetime:
    if course.matter.urgency is not Urgency.ORDINARY:
        return course.minutes(1, 16)
    slow = course.rng.random() < course.fate.pace * 0.06
    return course.office_minutes(440, 800) if slow else course.office_minutes(4, 260)


# --- "not ours" ---


def _claims(course: Course) -> tuple[Claim, ...]:
    """Who says that it is not theirs, and in which order; none where those units have nobody."""
    matter, rng = course.matter, course.rng
    if matter.urgency is not Urgency.ORDINARY:
        return ()
    claims = matter.returns or tuple(_usual_claims(course))
    if course.fate.returns is Returns.REFUSED and not matter.returns:
        lead = competent(course)
        claims = (Claim(unit=lead, reason="not_competent", proposes=UnitCode(""), basis=course.phrase("return_vain")),)
    elif course.fate.returns is Returns.ACCEPTED and matter.local and not matter.returns:
        claims = (_wrong_place(course, rng.choice(_other_managers(course))),)
    possible = all(course.town.can_lead(unit) for claim in claims for unit in (claim.unit, claim.proposes) if unit)
    return claims if possible else ()


def _usual_claims(course: Course) -> Sequence[Claim]:
    manager, bureau = course.scene.place.region.manager, course.matter.unit
    if manager == bureau:
        return ()
    return (
        Claim(unit=manager, reason="not_competent", proposes=bureau, basis=course.phrase("return_up")),
        Claim(unit=bureau, reason="other_lead", proposes=manager, basis=course.phrase("return_down")),
    )


def _other_managers(course: Course) -> list[UnitCode]:
    here = course.scene.place.region.manager
    return sorted({r.manager for r in course.town.regions if r.manager != here and course.town.can_lead(r.manager)})


def _wrong_place(course: Course, wrong: UnitCode) -> Claim:
    return Claim(
        unit=wrong,
        reason="wrong_region",
        proposes=course.scene.place.region.manager,
        basis=course.phrase("return_region"),
        evidence=course.phrase("return_region_evidence"),
    )


def _returned(course: Course, claims: tuple[Claim, ...]) -> Story:
    first = claims[0]
    yield from _sent(course, first.unit, helped=False)
    yield from _asked_back(course, first)
    dispatcher = course.office(Role.DISPATCHER)
    if course.fate.returns is Returns.REFUSED:
        finding = course.phrase("return_finding_reject")
        yield Move(course.office_minutes(15, 200), RejectReturn(finding=finding), dispatcher)
        return
    yield Move(course.office_minutes(15, 220), AcceptReturn(finding=course.phrase("return_finding_accept")), dispatcher)
    if course.fate.returns is Returns.DISPUTED and len(claims) > 1:
        yield from _sent(course, claims[1].unit, helped=False)
        yield from _asked_back(course, claims[1])
        accepted = AcceptReturn(finding=course.phrase("return_finding_accept"))
        yield Move(course.office_minutes(15, 220), accepted, course.office(Role.DISPATCHER))
    if course.stands(Stage.JURISDICTION_DISPUTE):
        yield from _disputed(course, claims)
    else:
        yield from _sent(course, first.proposes, helped=False)
        yield from signed_in(course)


def _asked_back(course: Course, claim: Claim) -> Story:
    if course.rng.random() < 0.5:
        yield from signed_in(course, soon=True)
    window = course.state.running(ClockKind.RETURN_WINDOW)
    at = course.office_minutes(20, 240)
    if window is not None:
        at = min(at, window.due_at - timedelta(minutes=1))
    act = RequestReturn(
        reason=claim.reason,
        legal_basis=course.scene.say(claim.basis, at),
        evidence=claim.evidence,
        proposed_unit=claim.proposes,
    )
    yield Move(max(at, course.at), act, course.unit_person(Role.DISTRICT_DISPATCHER, Role.UNIT_HANDLER))
    yield from request_signed(course)


# --- the dispute ---


def _disputed(course: Course, claims: tuple[Claim, ...]) -> Story:
    lead = course.matter.unit
    concerned = tuple(dict.fromkeys((*course.state.returned_by, *(claim.unit for claim in claims))))
    co_units = tuple(unit for unit in concerned if unit != lead)[:2]
    match course.fate.ruling:
        case Ruling.MEDIATED:
            finding = course.phrase("mediate", unit_name=course.town.name(lead))
            act = Mediate(lead_unit=lead, co_units=co_units, finding=finding)
            yield Move(course.office_minutes(40, 220), act, course.office(Role.DISPATCHER))
        case Ruling.PROVISIONAL:
            yield from _provisional(course, lead, co_units, concerned)
        case Ruling.ESCALATED:
            reason = course.phrase("escalate")
            yield Move(course.office_minutes(120, 480), EscalateDispute(reason=reason), course.office(Role.SUPERVISOR))
            yield from _ruled(course, lead, co_units)
        case _:
            yield from _convened(course, concerned)
            yield from _ruled(course, lead, co_units)


def _convened(course: Course, concerned: tuple[UnitCode, ...]) -> Story:
    members = tuple(dict.fromkeys((*PANEL, *concerned)))
    act = ConvenePanel(members=members, agenda=course.phrase("panel_agenda"))
    yield Move(course.office_minutes(90, 420), act, course.office(Role.SUPERVISOR))


def _ruled(course: Course, lead: UnitCode, co_units: tuple[UnitCode, ...]) -> Story:
    act = _ruling(course, lead, co_units)
    yield Move(course.office_minutes(240, 1100), act, course.office(Role.SUPERVISOR))
    if course.rng.random() < 0.15 and course.state.running(ClockKind.OBJECTION):
        reason, basis = course.phrase("objection"), course.phrase("objection_basis")
        person = course.unit_person(Role.SECTION_HEAD)
        yield Move(course.office_minutes(60, 300), ObjectToRuling(reason=reason, legal_basis=basis), person)
        yield Move(course.office_minutes(200, 700), act, course.office(Role.SUPERVISOR))


def _ruling(course: Course, lead: UnitCode, co_units: tuple[UnitCode, ...]) -> RuleJointly:
    helper = course.town.name(co_units[0]) if co_units else "有关单位"
    return RuleJointly(
        lead_unit=lead,
        co_units=co_units,
        legal_basis=course.phrase("joint_basis"),
        finding=course.phrase("panel_finding", unit_name=course.town.name(lead), co_unit_name=helper),
        reusable=True,
    )


def _provisional(
    course: Course, lead: UnitCode, co_units: tuple[UnitCode, ...], concerned: tuple[UnitCode, ...]
) -> Story:
    finding = course.phrase("provisional", unit_name=course.town.name(lead))
    act = RuleProvisionally(lead_unit=lead, finding=finding)
    yield Move(course.office_minutes(60, 400), act, course.office(Role.SUPERVISOR))
    yield from _convened(course, concerned)
    yield Move(course.office_minutes(240, 900), _ruling(course, lead, co_units), course.office(Role.SUPERVISOR))
