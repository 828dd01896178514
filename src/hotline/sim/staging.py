"""Lives that stand at a chosen point at the end, so that every desk of a demonstration has something on it.

Nothing is forced: a request is begun earlier and earlier until, lived by the same rules, it stands there by itself.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from hotline.rules.acts import RuleJointly
from hotline.rules.deadlines import Light, light
from hotline.rules.lives import Life
from hotline.rules.vocabulary import Channel, ClockKind, Flag, Paper, Proposal, RequestType, Resolution, Stage
from hotline.sim.course import Course
from hotline.sim.engine import Arrival, City, live_out
from hotline.sim.intake import Call
from hotline.sim.matters import Matter
from hotline.sim.people import DISAPPOINTED, PLEASED, Answer, Fate, Returns, Ruling, Way

Holds = Callable[[Course, datetime], bool]

STORY: Final = "night_noise"
TRIES: Final = 3


def plain(matter: Matter) -> bool:
    """Handled by a unit, for anyone to see, in working days."""
    ordinary = matter.urgency == "ordinary" and not matter.story and not matter.returns
    return matter.handled and ordinary and matter.type in {RequestType.HELP, RequestType.COMPLAINT}


@dataclass(frozen=True)
class Staged:
    """A life that stands where it was wanted."""

    at: datetime
    name: str
    life: Life


@dataclass(frozen=True)
class Wanted:
    """One point to stand at: which matter, what fate, and how to see that it is there.

    It takes at least so many days to get there; trying nearer would only cost time.
    """

    name: str
    holds: Holds
    fate: Fate = field(default_factory=Fate)
    matter: Callable[[Matter], bool] = plain
    channel: Channel = Channel.PHONE
    copies: int = 1
    stops: bool = True
    days: float = 0


def noisy(matter: Matter) -> bool:
    """Building at night: two bureaus, and neither wants it."""
    return matter.story == STORY


def at_stage(stage: Stage) -> Holds:
    """The ticket is in that stage."""
    return lambda course, _: course.state.stage is stage


def proposing(kind: Proposal) -> Holds:
    """Something waits for a second person."""
    return lambda course, _: kind in course.state.proposals


def lamp(wanted: Light) -> Holds:
    """A unit is at work and its clock shows that lamp."""

    def holds(course: Course, now: datetime) -> bool:
        clock = course.state.running(ClockKind.UNIT_REPLY)
        if course.state.stage is not Stage.HANDLING or clock is None or clock.paused:
            return False
        return light(start=clock.started_at, due_at=clock.due_at, now=now, calendar=course.calendar) is wanted

    return holds


def paused(course: Course, _: datetime) -> bool:
    """The office has stopped the clock."""
    return course.state.stage is Stage.HANDLING and course.state.paused


def attempts(number: int) -> Holds:
    """So many calls nobody took."""
    return lambda course, _: course.state.stage is Stage.PENDING_CALLBACK and len(course.state.attempts) == number


def flagged(flag: Flag, *stages: Stage) -> Holds:
    """A mark, in one of these stages."""
    return lambda course, _: flag in course.state.flags and course.state.stage in stages


def closed(reason: str) -> Holds:
    """Closed for that reason."""
    return lambda course, _: course.state.stage is Stage.CLOSED and course.state.close_reason == reason


def delegated(*, replied: bool) -> Holds:
    """A street or bureau has it, or has reported."""

    def holds(course: Course, _: datetime) -> bool:
        below = course.state.delegation
        return course.state.stage is Stage.HANDLING and below is not None and below.replied is replied

    return holds


def lies(paper: Paper) -> Holds:
    """A paper waits for signatures inside the unit."""
    return lambda course, _: course.state.signing is not None and course.state.signing.paper is paper


def review_due(course: Course, now: datetime) -> bool:
    """Parked, and the day of its review has come."""
    review = course.state.running(ClockKind.PARK_REVIEW)
    return review is not None and review.due_at <= now


def parked_on(course: Course, _: datetime) -> bool:
    """Looked at again, and parked for another quarter."""
    review = course.state.running(ClockKind.PARK_REVIEW)
    return review is not None and review.round > 1


def returned_once(course: Course, _: datetime) -> bool:
    """Back at the office, which must find another unit."""
    return course.state.stage is Stage.PENDING_DISPATCH and course.state.founded_returns == 1


def ruled(course: Course, _: datetime) -> bool:
    """A panel has named who leads, and the matter is settled."""
    return course.state.stage is Stage.CLOSED and any(isinstance(step.act, RuleJointly) for step in course.steps)


def sent_back(course: Course, _: datetime) -> bool:
    """The review was not content."""
    return course.state.stage is Stage.HANDLING and course.state.send_backs == 1


def extended(course: Course, _: datetime) -> bool:
    """More time was given."""
    return course.state.stage is Stage.HANDLING and course.state.extensions == 1


UNMOVED: Final = Answer(True, Resolution.UNRESOLVED, None, "policy")
SLOW: Final = Fate(pace=0.97)
DISPUTE: Final = Fate(returns=Returns.DISPUTED, ruling=Ruling.PANEL)
AGAIN: Final = Fate(answers=(DISAPPOINTED, PLEASED))
LOCAL: Final[dict[str, Any]] = {"matter": lambda matter: plain(matter) and matter.local}

WANTED: Final = (
    Wanted("draft", at_stage(Stage.DRAFT), channel=Channel.WEB, copies=2),
    Wanted("draft by WeChat", at_stage(Stage.DRAFT), channel=Channel.WECHAT),
    Wanted("registered", at_stage(Stage.REGISTERED), copies=2),
    Wanted("decline proposed", proposing(Proposal.DECLINE), Fate(way=Way.DECLINED), lambda m: bool(m.decline)),
    Wanted("void proposed", proposing(Proposal.VOID), Fate(way=Way.VOIDED), lambda m: bool(m.void)),
    Wanted("pending dispatch", at_stage(Stage.PENDING_DISPATCH), copies=3),
    Wanted("pending sign", at_stage(Stage.PENDING_SIGN), copies=3),
    Wanted("urgent", at_stage(Stage.PENDING_SIGN), matter=lambda m: m.key == "water-outage"),
    Wanted("returned", at_stage(Stage.RETURN_REQUESTED), Fate(returns=Returns.ACCEPTED), copies=2, **LOCAL),
    Wanted("to be dispatched again", returned_once, Fate(returns=Returns.ACCEPTED), **LOCAL),
    Wanted("night noise returned", at_stage(Stage.RETURN_REQUESTED), DISPUTE, noisy),
    Wanted("night noise disputed", at_stage(Stage.JURISDICTION_DISPUTE), DISPUTE, noisy, days=0.5),
    Wanted("night noise before the panel", at_stage(Stage.JOINT_HANDLING), DISPUTE, noisy, days=0.8),
    Wanted("night noise ruled", flagged(Flag.RULED_LEAD, Stage.HANDLING), DISPUTE, noisy, days=1),
    Wanted("night noise settled", ruled, DISPUTE, noisy, stops=False, days=5),
    Wanted(
        "provisional lead",
        flagged(Flag.PROVISIONAL_LEAD, Stage.HANDLING),
        Fate(returns=Returns.DISPUTED, ruling=Ruling.PROVISIONAL),
        lambda m: m.key == "cooking-fumes",
        days=0.7,
    ),
    Wanted("handling, green", lamp(Light.GREEN), SLOW, copies=3),
    Wanted("handling, amber", lamp(Light.AMBER), SLOW, copies=3, days=3),
    Wanted("handling, red", lamp(Light.RED), Fate(pace=1.5), copies=3, stops=False, days=6),
    Wanted("with the street", delegated(replied=False), SLOW, copies=2, **LOCAL),
    Wanted("back from the street", delegated(replied=True), SLOW, days=0.8, **LOCAL),
    Wanted("return to be signed", lies(Paper.RETURN), Fate(returns=Returns.ACCEPTED), copies=2, **LOCAL),
    Wanted("extension to be signed", lies(Paper.EXTENSION), Fate(pace=0.95, extension="granted"), copies=2, days=1.5),
    Wanted("extension asked", proposing(Proposal.EXTENSION), Fate(pace=0.95, extension="granted"), copies=2, days=1.5),
    Wanted("extended", extended, Fate(pace=0.95, extension="granted"), days=2),
    Wanted("paused", paused, Fate(pace=0.9, paused=True), copies=2, days=1.5),
    Wanted("park to be signed", lies(Paper.PARK), Fate(pace=0.9, parked=True), days=2, **LOCAL),
    Wanted("park asked", proposing(Proposal.PARK), Fate(pace=0.9, parked=True), days=2, **LOCAL),
    Wanted("parked", at_stage(Stage.PARKED), Fate(pace=0.9, parked=True), copies=2, days=2, **LOCAL),
    Wanted("parked, review due", review_due, Fate(pace=0.9, parked=True), days=27, **LOCAL),
    Wanted("parked on", parked_on, Fate(pace=0.9, parked=True), days=32, **LOCAL),
    Wanted("to be signed", at_stage(Stage.PENDING_SIGN_OFF), copies=3),
    Wanted("heavy, to be signed", flagged(Flag.INSTRUCTION, Stage.PENDING_SIGN_OFF), channel=Channel.LEADER_DAY),
    Wanted("review", at_stage(Stage.PENDING_REVIEW), copies=3),
    Wanted("sent back", sent_back, Fate(send_backs=1), days=0.8),
    Wanted("callback", attempts(0), copies=3),
    Wanted("callback tried", attempts(1), Fate(missed=2), days=1.2),
    Wanted("callback tried twice", attempts(2), Fate(missed=2), days=2),
    Wanted("dissatisfied", at_stage(Stage.PENDING_CLOSE), Fate(answers=(DISAPPOINTED,)), copies=2, days=1),
    Wanted("rework", at_stage(Stage.REWORK), AGAIN, copies=2, days=2),
    Wanted("visited", at_stage(Stage.REWORK), Fate(reopened=True), days=4),
    Wanted("unreached", closed("unreached"), Fate(reached=False), days=3),
    Wanted("settled", closed("settled"), copies=3, days=1),
    Wanted(
        "closed with a reason",
        lambda c, _: bool(c.state.closed_at and c.state.responded),
        Fate(answers=(UNMOVED,)),
        days=2,
    ),
    Wanted("withdrawn", at_stage(Stage.CLOSED), Fate(way=Way.WITHDRAWN)),
    Wanted("answered", at_stage(Stage.ANSWERED_DIRECTLY), Fate(way=Way.DIRECT), lambda m: bool(m.answers), copies=3),
    Wanted("declined", at_stage(Stage.NOT_ACCEPTED), Fate(way=Way.DECLINED), lambda m: bool(m.decline), copies=2),
    Wanted("transferred", at_stage(Stage.TRANSFERRED), Fate(way=Way.TRANSFERRED), lambda m: bool(m.emergency)),
    Wanted("voided", at_stage(Stage.VOIDED), Fate(way=Way.VOIDED), lambda m: bool(m.void)),
    Wanted("archived", at_stage(Stage.ARCHIVED), Fate(pace=0.3), copies=2, stops=False, days=30),
)
"""One line a point; a city of any size has them all."""


def staged_lives(city: City, until: datetime, desks: Sequence[str] = ()) -> list[Staged]:
    """A life for each point, and some in the hands of each unit of `desks`, in the order in which they begin."""
    wanted = [*WANTED, *(one for unit in desks for one in _on_the_desk_of(unit))]
    found = [one for want in wanted for _ in range(want.copies) if (one := _staged(city, want, until))]
    return sorted(found, key=lambda one: one.at)


def _on_the_desk_of(unit: str) -> Iterator[Wanted]:
    """What somebody who is signed in for that unit finds."""

    def theirs(matter: Matter) -> bool:
        return matter.unit == unit and matter.handled and matter.type is not RequestType.CONSULTATION

    kept = Fate(to_bureau=True)
    yield Wanted(f"{unit} to sign in", at_stage(Stage.PENDING_SIGN), kept, theirs)
    yield Wanted(f"{unit} at work", lamp(Light.GREEN), replace(kept, pace=0.97), theirs, copies=2)
    yield Wanted(f"{unit} pressed", lamp(Light.AMBER), replace(kept, pace=0.98), theirs, days=3)
    yield Wanted(f"{unit} to be signed", at_stage(Stage.PENDING_SIGN_OFF), kept, theirs)
    more = replace(kept, pace=0.95, extension="granted")
    yield Wanted(f"{unit} asks for time", lies(Paper.EXTENSION), more, theirs, days=1.5)


def _staged(city: City, wanted: Wanted, until: datetime) -> Staged | None:
    matters = [matter for matter in city.phrasebook.matters if wanted.matter(matter)]
    if not matters:
        return None
    for back in _further_and_further(city, wanted.days):
        matter = city.rng.choices(matters, [m.weight for m in matters])[0]
        at = (until - back).replace(microsecond=0)
        course, _ = city.course(Arrival(at, matter, city.place_of(matter), {}), _fate(wanted, city))
        call = Call(channel=wanted.channel)
        stop = (lambda c, want=wanted: want.holds(c, until)) if wanted.stops else None
        life = live_out(course, call, until, stop)
        if wanted.holds(course, until):
            return Staged(course.steps[0].at, wanted.name, life)
    return None


def _fate(wanted: Wanted, city: City) -> Fate:
    pace = wanted.fate.pace if wanted.fate.pace != Fate().pace else city.rng.uniform(0.2, 0.8)
    return replace(wanted.fate, pace=pace)


def _further_and_further(city: City, days: float) -> Iterator[timedelta]:
    """How long ago to begin: minutes first, then hours, then days, a few tries each."""
    steps: Sequence[float] = (
        *(m / 60 for m in (3, 7, 12, 20, 35, 50)),
        *(1.5, 2.5, 4, 6, 9, 13, 18, 24, 30, 36, 44, 52, 62, 74, 88),
        *(24 * d for d in (4.4, 5.2, 6.1, 7, 8, 9.2, 10.3, 11.5, 13, 15, 17, 20, 23, 27, 32, 38, 45, 52)),
    )
    for hours in (step for step in steps if step >= 24 * days):
        for _ in range(TRIES):
            yield timedelta(hours=hours * city.rng.uniform(0.9, 1.15))
