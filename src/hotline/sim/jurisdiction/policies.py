"""The three policies, each as the course of one dispute; a course yields the moment it has to wait for.

Moments are met in order over all matters, so rooms are filled first come, first served and a precedent helps only
those who come after it.
"""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from heapq import heapify, heappop, heappush
from typing import Final

from hotline.rules.quarrels import Step
from hotline.sim.jurisdiction.axis import DAY
from hotline.sim.jurisdiction.quarrel import Matter, Ways
from hotline.sim.jurisdiction.rooms import Meetings, Panels


class Policy(StrEnum):
    """Who decides whose job it is."""

    GOVERNMENT = "government"
    JOINT = "joint"
    PRECEDENTS = "joint_with_precedents"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one matter: the one lead, since when, at which step, and since when somebody works on it."""

    step: Step
    lead: str
    at: int
    worked_at: int
    escalated: bool = False
    by_precedent: bool = False


Course = Generator[int, None, Outcome]


@dataclass(slots=True)
class Precedent:
    """A ruling that holds for one kind of matters of one family."""

    lead: str
    begins: int
    ends: int
    withdrawn: bool = False

    def holds(self, at: int) -> bool:
        """True when a matter of that moment is sent by it."""
        return self.begins <= at < self.ends and not self.withdrawn


@dataclass
class World:
    """What the matters of one policy share: the rooms, and the rulings kept. `reusable` are the kinds that fit."""

    ways: Ways
    policy: Policy
    reusable: frozenset[tuple[str, int]] = frozenset()
    kept: dict[tuple[str, int], Precedent] = field(default_factory=dict)
    withdrawn: int = 0
    published: int = 0

    def __post_init__(self) -> None:
        """Open the rooms."""
        parameters = self.ways.parameters
        self.meetings = Meetings(self.ways.axis, parameters.government)
        self.panels = Panels(self.ways.axis, parameters.joint.panels_per_day)

    def keep(self, matter: Matter, lead: str, at: int) -> None:
        """A panel has ruled: the ruling becomes a precedent, if it can hold for others and none holds already."""
        key = (matter.family.key, matter.kind)
        if self.policy is not Policy.PRECEDENTS or key not in self.reusable:
            return
        rules = self.ways.parameters.precedents
        begins, before = self.ways.axis.due(rules.publish, at), self.kept.get(key)
        if before is None or before.withdrawn or before.ends <= begins:
            self.kept[key] = Precedent(lead, begins, begins + rules.valid_days * DAY)
            self.published += 1


def play(matters: Sequence[Matter], world: World) -> list[Outcome]:
    """The end of every matter, in the order of the matters."""
    alone = world.policy is not Policy.PRECEDENTS
    outcomes = [_by_dispatcher(matter) if alone else None for matter in matters]
    waiting = [
        (matter.at, place, _course(matter, world)) for place, matter in enumerate(matters) if outcomes[place] is None
    ]
    heapify(waiting)
    while waiting:
        _, place, course = heappop(waiting)
        try:
            heappush(waiting, (next(course), place, course))
        except StopIteration as ended:
            outcomes[place] = ended.value
    return [outcome for outcome in outcomes if outcome is not None]


def _course(matter: Matter, world: World) -> Course:
    precedent = world.kept.get((matter.family.key, matter.kind))
    if precedent is not None and precedent.holds(matter.at):
        return (yield from _by_precedent(matter, precedent, world))
    kept = _by_dispatcher(matter)
    if kept is not None:
        return kept
    yield matter.trail.at
    return (yield from COURSES[world.policy](matter, matter.trail.at, world))


def _by_dispatcher(matter: Matter) -> Outcome | None:
    """The end of a matter that never came to a dispute."""
    trail = matter.trail
    return None if trail.step is None else Outcome(trail.step, trail.lead, trail.at, trail.at)


def _by_precedent(matter: Matter, precedent: Precedent, world: World) -> Course:
    """Straight to the unit the ruling names; it may challenge the ruling, and the ruling may fall."""
    ways, drawn, rules = world.ways, matter.tries[0], world.ways.parameters.precedents
    unit = next(unit for unit in matter.family.units if unit.name == precedent.lead)
    if drawn.returns >= unit.returns * rules.challenge:
        return Outcome(Step.PRECEDENT, precedent.lead, matter.at, matter.at, by_precedent=True)
    asked = ways.within("return_window", matter.at, drawn.asks)
    ruled = ways.within("return_ruling", asked, drawn.ruling)
    if matter.chance.challenge_founded >= rules.challenge_founded:
        return Outcome(Step.PRECEDENT, precedent.lead, ruled, ruled, by_precedent=True)
    yield ruled
    if not precedent.withdrawn:
        precedent.withdrawn = True
        world.withdrawn += 1
    return (yield from COURSES[world.policy](matter, ruled, world))


def _government(matter: Matter, opened: int, world: World) -> Course:
    """Papers are gathered, the matter waits for a place on an agenda, the minutes name the lead."""
    ways, rules = world.ways, world.ways.parameters.government
    ready = ways.axis.within(rules.papers, opened, ways.parameters.pace.of(matter.chance.papers))
    yield ready
    return _decided(matter, ready, world, escalated=False)


def _decided(matter: Matter, ready: int, world: World, *, escalated: bool, worked: int | None = None) -> Outcome:
    ways, rules = world.ways, world.ways.parameters.government
    met = world.meetings.book(ready)
    at = ways.axis.within(rules.minutes, met, ways.parameters.pace.of(matter.chance.minutes))
    return Outcome(Step.GOVERNMENT, ruled_lead(matter), at, at if worked is None else worked, escalated)


def _joint(matter: Matter, opened: int, world: World) -> Course:
    """The desk mediates, the head of the office names who begins, the panel rules."""
    ways, drawn, rules, lead = world.ways, matter.chance, world.ways.parameters.joint, ruled_lead(matter)
    mediated = ways.within("mediation", opened, drawn.mediation)
    if drawn.mediated < rules.mediated:
        return Outcome(Step.MEDIATION, lead, mediated, mediated)
    quick = max(mediated, ways.within("quick_ruling", opened, drawn.quick))
    if drawn.accepted < rules.accepted:
        return Outcome(Step.QUICK, lead, quick, quick)
    ready = max(quick, ways.within("panel", opened, drawn.panel))
    yield ready
    at = world.panels.book(ready)
    yield at
    if drawn.second_sitting < rules.second_sitting:
        ready = ways.within("panel", at, drawn.second_panel)
        yield ready
        at = world.panels.book(ready)
        yield at
    if drawn.escalated < rules.escalated:
        return _decided(matter, at, world, escalated=True, worked=quick)
    if drawn.objected < rules.objected:
        return (yield from _objected(matter, at, quick, world))
    world.keep(matter, lead, at)
    return Outcome(Step.PANEL, lead, at, quick)


def _objected(matter: Matter, ruled: int, quick: int, world: World) -> Course:
    """A unit objects once, the work goes on; the panel hears it again or it goes up."""
    ways, drawn, rules, lead = world.ways, matter.chance, world.ways.parameters.joint, ruled_lead(matter)
    objected = ways.within("objection", ruled, drawn.objection)
    yield objected
    if drawn.objection_escalated < rules.objection_escalated:
        return _decided(matter, objected, world, escalated=True, worked=quick)
    ready = ways.within("panel", objected, drawn.objection_panel)
    yield ready
    at = world.panels.book(ready)
    yield at
    world.keep(matter, lead, at)
    return Outcome(Step.OBJECTION, lead, at, quick)


def ruled_lead(matter: Matter) -> str:
    """Whom a ruling names: the unit that stands first in the family's list."""
    return matter.family.units[0].name


COURSES: Final[dict[Policy, Callable[[Matter, int, World], Course]]] = {
    Policy.GOVERNMENT: _government,
    Policy.JOINT: _joint,
    Policy.PRECEDENTS: _joint,
}
