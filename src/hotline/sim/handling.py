"""The unit at work (办理): contact, notes, the street below, extensions and pauses, the reply and its signatures."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from typing import Final

from hotline.rules.acts import (
    AddFacts,
    ConfirmPark,
    Delegate,
    GrantExtension,
    Pause,
    ProposePark,
    RecordFirstContact,
    RecordProgress,
    RefuseExtension,
    ReplyInStages,
    ReportCoTask,
    RequestExtension,
    Resume,
    ReviseReply,
    SendBackInnerReply,
    SignInDelegated,
    SignOff,
    StrikeOff,
    SubmitInnerReply,
    SubmitReply,
    Urge,
)
from hotline.rules.cotasks import owing
from hotline.rules.lifecycle import Actor
from hotline.rules.lifecycle.signing import next_signer
from hotline.rules.vocabulary import CITY_TZ, ClockKind, Flag, Resolution, Role, Stage, Urgency
from hotline.rules.workdays import Calendar
from hotline.sim.course import Course, Move, Story

PAUSES: Final = ("awaiting_requester", "awaiting_appraisal", "awaiting_procedure")
PARKED_FOR: Final = ("funds", "planning", "history", "policy_gap")
LONG: Final = ("complex", "expert", "construction", "coordination", "procedure")


@dataclass(frozen=True)
class Span:
    """The time a unit has, by which its steps are placed."""

    start: datetime
    due: datetime
    calendar: Calendar
    plain: bool

    def at(self, share: float) -> datetime:
        """The moment at which that share of the time is used up; past 1 it is late."""
        if self.plain:
            return self.start + (self.due - self.start) * share
        whole = max(self.calendar.office_time_between(self.start, self.due), timedelta(hours=2))
        moment = self.calendar.add_office_time(self.start, whole * share)
        return moment.replace(second=self.start.second, microsecond=0)


def span_of(course: Course) -> Span:
    """What is left of the unit's time from now on."""
    clock = course.state.running(ClockKind.UNIT_REPLY) or course.state.running(ClockKind.REPLY)
    due = clock.due_at if clock else course.at + timedelta(days=2)
    plain = course.matter.urgency is not Urgency.ORDINARY
    return Span(course.at, max(due, course.at + timedelta(hours=3)), course.calendar, plain)


def handled(course: Course, number: int) -> Story:
    """One round of work up to a reply that is signed; `number` counts the rounds from 0."""
    span = span_of(course)
    yield from _given_down(course)
    if number == 0:
        yield from _contacted(course)
        yield from _ups_and_downs(course, span)
        if course.stands(Stage.PARKED):
            return
    yield from _notes(course)
    yield from replied(course, number, span_of(course).at(_left(course, span)))


def _left(course: Course, span: Span) -> float:
    """The pace was for the whole span; what is left of it is used from now on."""
    whole = (span.due - span.start).total_seconds()
    used = (course.at - span.start).total_seconds() / whole if whole else 0
    return max(course.fate.pace - used, 0.02) / max(1 - used, 0.05) if used < 1 else 0.1


def _worker(course: Course) -> Actor:
    """Who does the work: somebody of the street or bureau below, or of the unit itself."""
    below = course.state.delegation
    person = course.town.of_unit(below.unit, Role.UNIT_HANDLER, course.rng) if below else None
    return person or course.unit_person(Role.UNIT_HANDLER, Role.DISTRICT_DISPATCHER)


def _given_down(course: Course) -> Story:
    """A district gives the work to its bureau or street; in a rework that one reports anew."""
    if course.state.delegation is not None:
        if course.state.delegation.replied:
            back = SendBackInnerReply(reason=course.phrase("inner_back"))
            yield Move(course.office_minutes(10, 120), back, course.unit_person(Role.DISTRICT_DISPATCHER))
        return
    region, matter = course.scene.place.region, course.matter
    lead = course.state.lead_unit
    dispatcher = course.town.of_unit(lead, Role.DISTRICT_DISPATCHER, course.rng)
    to = course.town.below(lead or "", matter.line or matter.unit, region, street_first=matter.below == "street")
    if dispatcher is None or to is None or lead != region.manager:
        return
    given = Delegate(to_unit=to, due_at=_inner_due(course), note=course.phrase("delegate"))
    yield Move(course.office_minutes(8, 150), given, dispatcher)
    yield Move(course.office_minutes(8, 160), SignInDelegated(), _worker(course))


def _inner_due(course: Course) -> datetime | None:
    """The district keeps the last working day for itself, where there is one."""
    city = course.state.running(ClockKind.UNIT_REPLY)
    if city is None:
        return None
    kept = course.calendar.office_end(course.calendar.previous_workday(city.due_at.astimezone(CITY_TZ).date()))
    return kept if kept > course.at + timedelta(hours=4) else None


def _contacted(course: Course) -> Story:
    if not course.fate.contacted or not course.state.contactable or Flag.CONFIDENTIAL in course.state.flags:
        return
    urgent = course.matter.urgency is not Urgency.ORDINARY
    at = course.minutes(4, 40) if urgent else course.office_minutes(15, 200)
    yield Move(at, RecordFirstContact(note=course.phrase("contact")), _worker(course))


def _notes(course: Course) -> Story:
    """What is written down on the way, and what units that help have done."""
    known = course.matter.progress or course.phrasebook.phrases["progress"]
    for template in course.rng.sample(known, min(len(known), course.rng.randint(0, 2))):
        note = course.scene.say(template, course.at, **course.common({}))
        at = (
            course.minutes(20, 120) if course.matter.urgency is not Urgency.ORDINARY else course.office_minutes(30, 240)
        )
        yield Move(at, RecordProgress(note=note), _worker(course))
    for unit in course.state.co_units:
        helper = course.town.of_unit(unit, Role.UNIT_HANDLER, course.rng)
        if helper is not None and course.rng.random() < 0.7:
            note = course.phrase("co_progress")
            told = unit in course.state.co_done
            act = RecordProgress(note=note) if told else ReportCoTask(reply=note)
            yield Move(course.office_minutes(30, 300), act, helper)


# --- what comes in between ---


def _ups_and_downs(course: Course, span: Span) -> Story:
    fate = course.fate
    at = span.at(min(fate.pace, 1) * 0.4)
    if fate.stage_reply and at > course.at:
        yield Move(at, ReplyInStages(reply=course.phrase("stage_reply", at)), _author(course))
    at = course.in_daylight(span.at(fate.pace * 0.5))
    if fate.facts_added and at > course.at:
        yield Move(at, AddFacts(facts=course.phrase("add_facts", at)), course.agent)
    at = course.in_daylight(span.at(fate.pace * 0.7))
    if fate.urged and at > course.at:
        yield Move(at, Urge(note=course.phrase("urge"), by_citizen=True), course.agent)
    if fate.paused:
        yield from _paused(course, span)
    if fate.extension:
        yield from _extended(course, span)
    if fate.parked:
        yield from _parked(course, span)


def _paused(course: Course, span: Span) -> Story:
    office = course.office(Role.SUPERVISOR)
    pause = Pause(reason=course.rng.choice(PAUSES), evidence=course.phrase("pause"))
    yield Move(span.at(min(course.fate.pace, 0.9) * 0.5), pause, office)
    days = course.rng.randint(2, 8)
    back = course.calendar.office_end(course.calendar.add_workdays(course.at.astimezone(CITY_TZ).date(), days))
    yield Move(back - timedelta(minutes=course.rng.randint(10, 400)), Resume(note=course.phrase("resume")), office)


def _extended(course: Course, span: Span) -> Story:
    refused = course.fate.extension == "refused"
    days = course.rng.randint(3, 10)
    asked = RequestExtension(
        days=days,
        reason=course.rng.choice(LONG),
        explanation=course.phrase("extension"),
        legal_basis=course.common({})["law"],
    )
    person = course.unit_person(Role.SECTION_HEAD, Role.UNIT_HANDLER)
    if not _may_ask(course):
        return
    yield Move(span.at(0.4 + course.rng.random() * 0.2), asked, person)
    yield from request_signed(course)
    answer = (
        RefuseExtension(note=course.phrase("extension_refuse"))
        if refused
        else GrantExtension(days=days, note=course.phrase("extension_grant"))
    )
    yield Move(course.office_minutes(30, 360), answer, course.office(Role.SUPERVISOR))


def _may_ask(course: Course) -> bool:
    """Units know for which requests it is no use to ask."""
    terms, state = course.book.profile.extension, course.state
    return (
        state.request_type not in terms.forbidden_types
        and state.urgency not in terms.forbidden_urgencies
        and state.extensions < terms.max_count
    )


def _parked(course: Course, span: Span) -> Story:
    """Asked by the desk, signed by the head, agreed to, looked at again each quarter, and struck off in the end."""
    if course.town.of_unit(course.state.lead_unit, Role.UNIT_HEAD, course.rng) is None:
        return
    at = span.at(0.6)
    rounds = course.rng.choice((0, 0, 1, 2))
    review = at.astimezone(CITY_TZ).date() + timedelta(days=course.rng.randint(20, 88))
    yield from _plan(course, at, "park", review, rounds)
    for left in range(rounds, 0, -1):
        at = course.calendar.office_end(course.calendar.next_workday(review)) - timedelta(hours=5)
        review = at.astimezone(CITY_TZ).date() + timedelta(days=course.rng.randint(60, 90))
        yield from _plan(course, at, "park_again", review, left - 1)
    again = course.calendar.office_end(course.calendar.next_workday(review)) - timedelta(hours=3)
    yield Move(max(again, course.at), StrikeOff(note=course.phrase("strike_off")), course.office(Role.SUPERVISOR))


def _plan(course: Course, at: datetime, words: str, review: date, left: int) -> Story:
    asked = ProposePark(
        cause=course.rng.choice(PARKED_FOR),
        plan=course.phrase(words),
        responsible=course.phrase("park_person"),
        finish_on=review + timedelta(days=90 * left + course.rng.randint(0, 120)),
        review_on=review,
    )
    yield Move(max(at, course.at), asked, _author(course))
    yield from request_signed(course)
    yield Move(course.office_minutes(60, 420), ConfirmPark(), course.office(Role.SUPERVISOR))


# --- the reply ---


def replied(course: Course, number: int, at: datetime) -> Story:
    """The result is written, by the street first where there is one, and signed."""
    below = course.state.delegation
    if below is not None and not below.replied:
        inner = course.calendar.add_office_time(course.at, course.calendar.office_time_between(course.at, at) * 0.85)
        yield Move(max(inner, course.at), SubmitInnerReply(reply=_result(course, number, inner)[1]), _worker(course))
    at = course.in_daylight(max(at, course.at))
    yield Move(at, _reply(course, number, at), _author(course))
    yield from _signed_off(course, number)


def _author(course: Course) -> Actor:
    return course.unit_person(Role.DISTRICT_DISPATCHER, Role.UNIT_HANDLER)


def _claimed(course: Course, number: int) -> Resolution:
    """What the unit says of the result: seldom less than the citizen will say."""
    answers = course.fate.answers
    said = answers[min(number, len(answers) - 1)].resolution
    if said is Resolution.UNRESOLVED:
        return course.rng.choice((Resolution.RESOLVED, Resolution.PARTLY, Resolution.UNRESOLVED))
    return said


def _result(course: Course, number: int, at: datetime) -> tuple[Resolution, str]:
    """What was found out and done in that round; whoever writes it down writes the same."""
    if number not in course.found:
        claimed, matter = _claimed(course, number), course.matter
        worse = {Resolution.PARTLY: matter.partly, Resolution.UNRESOLVED: matter.unresolved or matter.partly}
        texts = worse.get(claimed) or matter.findings
        template = course.of_case(texts) if texts else course.of_case(matter.answers).removeprefix("您好，")
        course.found[number] = claimed, course.scene.say(template, at, **course.common({}))
    return course.found[number]


ANSWERS_FIRST: Final = "协办单位未在期限内反馈，先行答复诉求人，协办情况另行反馈。"
"""Why a lead answers without a co-unit that keeps silent."""


def _reply(course: Course, number: int, at: datetime) -> SubmitReply:
    matter = course.matter
    title = next((step.act.texts()["title"] for step in course.steps if "title" in step.act.texts()), matter.name)
    claimed, finding = _result(course, number, at)
    parts = [course.phrase("opening", at, title=title), finding]
    if matter.law:
        parts.append(course.phrase("law_line", at))
    parts.append(course.phrase("closing", at))
    return SubmitReply(
        resolution=claimed,
        reply="".join(parts),
        internal_note=course.phrase("internal", at),
        legal_basis="；".join(matter.law),
        without_tasks=ANSWERS_FIRST if owing(course.state.tasks) else "",
    )


def _signed_off(course: Course, number: int) -> Story:
    revised = course.fate.revised and number == 0
    for _ in count():
        if not course.stands(Stage.PENDING_SIGN_OFF):
            return
        role = next_signer(course.state) or Role.UNIT_HEAD
        signer = course.unit_person(role, Role.UNIT_HEAD)
        at = _signature_time(course)
        if revised and role is not Role.SECTION_HEAD:
            revised = False
            yield Move(at, ReviseReply(reason=course.phrase("revise")), signer)
            again = course.office_minutes(15, 150)
            yield Move(again, _reply(course, number, again), _author(course))
        else:
            yield Move(at, SignOff(), signer)


def request_signed(course: Course) -> Story:
    """What the unit asks of the office is signed in the unit first, step by step."""
    while course.state.signing is not None and not course.stands(Stage.PENDING_SIGN_OFF):
        signer = course.unit_person(next_signer(course.state) or Role.UNIT_HEAD, Role.UNIT_HEAD)
        yield Move(_signature_time(course), SignOff(), signer)


def _signature_time(course: Course) -> datetime:
    if course.matter.urgency is not Urgency.ORDINARY:
        return course.by_day(5, 120)
    return course.office_minutes(10, 260)
