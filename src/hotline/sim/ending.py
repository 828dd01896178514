"""Review, callback and what follows: closed, handled again, or visited without notice (审核、回访、办结)."""

from datetime import datetime, time, timedelta
from typing import Final

from hotline.rules.acts import (
    Archive,
    Close,
    CloseUnreached,
    CloseWithoutCallback,
    OrderRework,
    PassReview,
    RecordAttempt,
    RecordCallback,
    ReopenAfterVisit,
    SendBack,
)
from hotline.rules.lifecycle import SYSTEM
from hotline.rules.satisfaction import Outcome, judge
from hotline.rules.vocabulary import CITY_TZ, Contact, Rating, Role, Stage
from hotline.sim.course import Course, Move, Story
from hotline.sim.handling import handled, replied
from hotline.sim.people import PLEASED, Answer

NOON: Final = time(12)
EVENING: Final = time(18, 30)
LACKING: Final = ("answers_request",)
MET: Final = ("answers_request", "facts_clear", "orderly", "tone", "wording", "right_path")
CLOSING: Final = ("explained", "unreasonable", "no_condition", "legal_procedure")


def finished(course: Course) -> Story:
    """Rounds of work, review and callback until the ticket is closed."""
    for number in range(course.book.profile.max_reworks + 2):
        yield from handled(course, number)
        if not course.stands(Stage.PENDING_REVIEW):
            return
        yield from _reviewed(course, number)
        yield from _called_back(course, number)
        if course.stands(Stage.PENDING_CLOSE):
            yield from _decided(course, number)
        if course.stands(Stage.CLOSED) and course.fate.reopened and number == 0:
            visit = ReopenAfterVisit(finding=course.phrase("visit"))
            yield Move(course.office_minutes(480, 2400), visit, course.office(Role.SUPERVISOR))
        if not course.stands(Stage.REWORK):
            return


def _reviewed(course: Course, number: int) -> Story:
    reviewer = course.office(Role.REVIEWER)
    if number == 0:
        for _ in range(course.fate.send_backs):
            yield Move(
                course.office_minutes(10, 240), SendBack(failed=LACKING, reason=course.phrase("review_back")), reviewer
            )
            yield from replied(course, number, course.office_minutes(60, 500))
    passed = PassReview(checked=MET, grade=_grade(course, number), note=course.phrase("review_pass"))
    yield Move(course.office_minutes(8, 260), passed, reviewer)


def _grade(course: Course, number: int) -> str:
    """What the office thinks of the result: mostly what the citizen will say of it."""
    if course.fate.send_backs:
        return "pass"
    answer = answer_of(course, number)
    settled = judge(responded=answer.responded, resolution=answer.resolution, rating=answer.rating) is Outcome.SETTLED
    return "excellent" if settled and answer.rating is Rating.VERY_SATISFIED else "good" if settled else "pass"


def _called_back(course: Course, number: int) -> Story:
    officer = course.office(Role.CALLBACK_OFFICER)
    if not course.state.contactable:
        waived = CloseWithoutCallback(reason="anonymous", note=course.phrase("no_contact"))
        yield Move(course.office_minutes(20, 300), waived, officer)
        return
    most = course.book.profile.callback.max_attempts
    missed = course.fate.missed if course.fate.reached else most
    at = course.office_minutes(30, 420)
    for tried in range(missed if number == 0 else 0):
        at = _next_half_day(course, at) if tried else at
        attempt = RecordAttempt(contact=Contact.NO_ANSWER, note=course.phrase("attempt"))
        yield Move(at, attempt, officer)
        at = course.at
    if not course.fate.reached and number == 0:
        yield Move(course.minutes(1, 20), CloseUnreached(note=course.phrase("unreached")), officer)
        return
    at = _next_half_day(course, at) if course.state.attempts and number == 0 else at
    yield Move(at, _callback(course, number), officer)


def _next_half_day(course: Course, at: datetime) -> datetime:
    """Some time in the next half-day in which the office calls people."""
    local = at.astimezone(CITY_TZ)
    afternoon = local.time() < NOON
    day = local.date() if afternoon else course.calendar.next_workday(local.date())
    begins = datetime.combine(day, time(14) if afternoon else time(9), CITY_TZ)
    return begins + timedelta(minutes=course.rng.randint(0, 150), seconds=course.rng.randint(0, 59))


def _callback(course: Course, number: int) -> RecordCallback:
    answer = answer_of(course, number)
    settled = judge(responded=answer.responded, resolution=answer.resolution, rating=answer.rating) is Outcome.SETTLED
    if settled:
        words = course.phrase("satisfied_words")
    elif course.matter.words and answer.cause in {"unsolved", "partly"}:
        words = course.scene.say(course.rng.choice(course.matter.words))
    else:
        words = course.phrasebook.causes.get(answer.cause, "")
    return RecordCallback(
        responded=answer.responded,
        resolution=answer.resolution,
        rating=answer.rating,
        cause="" if settled else answer.cause,
        words=words,
    )


def answer_of(course: Course, number: int) -> Answer:
    """What the citizen says after that round; after the answers drawn, peace."""
    answers = course.fate.answers
    return answers[number] if number < len(answers) else PLEASED


def _decided(course: Course, number: int) -> Story:
    """The reviewer decides about the dissatisfied: again, or closed with a reason."""
    reviewer = course.office(Role.REVIEWER)
    more = number + 1 < len(course.fate.answers) and course.state.reworks < course.book.profile.max_reworks
    if more:
        yield Move(course.office_minutes(15, 260), OrderRework(reason=course.phrase("rework")), reviewer)
    else:
        reason = course.rng.choice(CLOSING)
        yield Move(course.office_minutes(30, 400), Close(reason=reason, note=course.phrase("close_note")), reviewer)


def archived(course: Course) -> Story:
    """In the night after the profile's days the ticket is frozen."""
    closed = course.state.closed_at
    if closed is None or course.stands(Stage.ARCHIVED):
        return
    days = course.book.profile.archive_after_days
    on = (closed + timedelta(days=days + 1)).astimezone(CITY_TZ).date()
    at = datetime.combine(on, time(2), CITY_TZ) + timedelta(seconds=course.rng.randint(0, 1800))
    yield Move(at, Archive(), SYSTEM)
