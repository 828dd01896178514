"""How people behave: what a request comes to, how quickly a unit works, how often it returns, what citizens say.

Every share is a habit that a benchmark or a test may change; the defaults make a city that is mostly on time.
"""

from dataclasses import dataclass
from enum import StrEnum
from random import Random

from hotline.rules.vocabulary import Rating, RequestType, Resolution
from hotline.sim.matters import Matter


class Way(StrEnum):
    """What a request comes to."""

    DIRECT = "direct"
    DECLINED = "declined"
    TRANSFERRED = "transferred"
    VOIDED = "voided"
    WITHDRAWN = "withdrawn"
    UNIT = "unit"


class Returns(StrEnum):
    """What becomes of a unit's "not ours"."""

    NONE = "none"
    REFUSED = "refused"
    ACCEPTED = "accepted"
    DISPUTED = "disputed"


class Ruling(StrEnum):
    """How a dispute ends."""

    MEDIATED = "mediated"
    PANEL = "panel"
    PROVISIONAL = "provisional"
    ESCALATED = "escalated"
    NO_OWNER = "no_owner"


@dataclass(frozen=True)
class Answer:
    """What the citizen says in a callback; the cause is one of the city's list."""

    responded: bool
    resolution: Resolution
    rating: Rating | None
    cause: str = ""


PLEASED = Answer(True, Resolution.RESOLVED, Rating.SATISFIED)
DISAPPOINTED = Answer(True, Resolution.UNRESOLVED, Rating.DISSATISFIED, "unsolved")


@dataclass(frozen=True, kw_only=True)
class Habits:
    """Shares of what happens, 0 to 1, where nothing else is said."""

    answered_directly: float = 0.86
    direct_other: float = 0.55
    withdrawn: float = 0.012
    transferred: float = 0.5
    returned: float = 0.055
    returned_contested: float = 0.45
    return_accepted: float = 0.6
    return_disputed: float = 0.12
    returned_again: float = 0.6
    extended: float = 0.05
    extension_refused: float = 0.2
    paused: float = 0.02
    parked: float = 0.008
    late: float = 0.06
    stage_reply: float = 0.06
    urged: float = 0.05
    facts_added: float = 0.04
    sent_back: float = 0.08
    revised: float = 0.05
    missed_call: float = 0.25
    never_reached: float = 0.04
    no_contact: float = 0.05
    pleased: float = 0.89
    reworked: float = 0.65
    reopened: float = 0.006
    dispatched_by_agent: float = 0.15
    classified_anew: float = 0.03
    to_bureau: float = 0.18


@dataclass(frozen=True, kw_only=True)
class Fate:
    """What is going to happen to one request, drawn before it begins.

    `pace` is the share of its time the unit uses; `answers` are the citizen's, one a round, and `missed` the calls
    nobody takes before. A fate the rules do not allow is not carried out: the rules have the last word.
    """

    way: Way = Way.UNIT
    returns: Returns = Returns.NONE
    ruling: Ruling = Ruling.PANEL
    pace: float = 0.5
    extension: str = ""
    paused: bool = False
    parked: bool = False
    stage_reply: bool = False
    urged: bool = False
    facts_added: bool = False
    classified: bool = False
    by_agent: bool = False
    to_bureau: bool = False
    send_backs: int = 0
    revised: bool = False
    contacted: bool = True
    missed: int = 0
    reached: bool = True
    answers: tuple[Answer, ...] = (PLEASED,)
    reopened: bool = False


def draw_fate(matter: Matter, habits: Habits, rng: Random) -> Fate:
    """A fate by chance."""
    fortune = rng.random
    return Fate(
        way=_way(matter, habits, rng),
        returns=_returns(matter, habits, rng),
        ruling=rng.choices(list(Ruling), (3, 4, 2, 1, 1))[0],
        pace=_pace(matter, habits, rng),
        extension=_extension(habits, rng),
        paused=fortune() < habits.paused,
        parked=fortune() < habits.parked,
        stage_reply=fortune() < habits.stage_reply,
        urged=fortune() < habits.urged,
        facts_added=fortune() < habits.facts_added,
        classified=fortune() < habits.classified_anew,
        by_agent=fortune() < habits.dispatched_by_agent,
        to_bureau=fortune() < habits.to_bureau,
        send_backs=int(fortune() < habits.sent_back),
        revised=fortune() < habits.revised,
        contacted=fortune() >= habits.no_contact,
        missed=sum(fortune() < habits.missed_call for _ in range(2)),
        reached=fortune() >= habits.never_reached,
        answers=_answers(habits, rng),
        reopened=fortune() < habits.reopened,
    )


def _way(matter: Matter, habits: Habits, rng: Random) -> Way:
    if matter.decline or matter.void:
        return Way.DECLINED if matter.decline else Way.VOIDED
    if matter.emergency and rng.random() < habits.transferred:
        return Way.TRANSFERRED
    if not matter.handled:
        return Way.DIRECT
    share = habits.answered_directly if matter.type is RequestType.CONSULTATION else habits.direct_other
    if matter.type is RequestType.PRAISE:
        share = 1.0
    if matter.answers and rng.random() < share:
        return Way.DIRECT
    return Way.WITHDRAWN if rng.random() < habits.withdrawn else Way.UNIT


def _returns(matter: Matter, habits: Habits, rng: Random) -> Returns:
    contested = bool(matter.returns)
    if rng.random() >= (habits.returned_contested if contested else habits.returned):
        return Returns.NONE
    if rng.random() >= habits.return_accepted and not matter.story:
        return Returns.REFUSED
    disputed = habits.returned_again if matter.story else habits.return_disputed
    return Returns.DISPUTED if rng.random() < disputed else Returns.ACCEPTED


def _pace(matter: Matter, habits: Habits, rng: Random) -> float:
    if rng.random() < habits.late:
        return rng.uniform(1.02, 1.6)
    quick = matter.urgency != "ordinary"
    return rng.triangular(0.03, 0.35, 0.1) if quick else rng.betavariate(2.6, 2.2) * 0.94


def _extension(habits: Habits, rng: Random) -> str:
    if rng.random() >= habits.extended:
        return ""
    return "refused" if rng.random() < habits.extension_refused else "granted"


def _answers(habits: Habits, rng: Random) -> tuple[Answer, ...]:
    """One answer, or some of disappointment and then perhaps one of peace: as many as there are rounds."""
    answers: list[Answer] = []
    while len(answers) < 3:
        if rng.random() < habits.pleased:
            return (*answers, _pleased(rng))
        answers.append(_disappointed(rng))
        if rng.random() >= habits.reworked:
            break
    return tuple(answers)


def _pleased(rng: Random) -> Answer:
    rating = rng.choices((Rating.VERY_SATISFIED, Rating.SATISFIED, Rating.BASICALLY_SATISFIED, None), (40, 42, 15, 3))[
        0
    ]
    kinds = (Resolution.RESOLVED, Resolution.PARTLY)
    return Answer(True, rng.choices(kinds, (88, 12))[0], rating)


def _disappointed(rng: Random) -> Answer:
    cause = rng.choices(
        ("unsolved", "partly", "slow", "no_contact", "attitude", "untrue", "policy"), (40, 22, 8, 8, 4, 10, 8)
    )[0]
    resolution = Resolution.PARTLY if cause in {"partly", "slow"} else Resolution.UNRESOLVED
    rating = rng.choices((Rating.DISSATISFIED, Rating.VERY_DISSATISFIED), (3, 1))[0]
    return Answer(cause != "no_contact", resolution, rating, cause)
