"""One request through the whole way, and the city it happens in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Final

from hotline.rules.lives import BookAt, Life
from hotline.rules.vocabulary import CITY_TZ, RequestType, Urgency
from hotline.sim.arrivals import Rhythm
from hotline.sim.citizens import Citizens
from hotline.sim.course import Course, Refused, Stop, Story
from hotline.sim.dispatching import given_out
from hotline.sim.ending import archived, finished
from hotline.sim.intake import Call, decided, taken_in
from hotline.sim.matters import Matter, Phrasebook
from hotline.sim.people import Fate, Habits, Way, draw_fate
from hotline.sim.places import Gazetteer, Place
from hotline.sim.scene import Scene
from hotline.sim.town import Town

IN_SEASON, OUT_OF_SEASON = 1.6, 0.15
HOUR_KINDS: Final[Mapping[str, tuple[int, int]]] = {"night": (22, 3), "evening": (17, 23)}


@dataclass(frozen=True)
class Arrival:
    """One request before anybody has heard of it. Those of one storm share their anchors: place, site, firm."""

    at: datetime
    matter: Matter
    place: Place
    anchors: Mapping[str, str]
    storm: int | None = None


@dataclass
class City:
    """A city of these people and rules."""

    town: Town
    phrasebook: Phrasebook
    book_at: BookAt
    rng: Random
    habits: Habits
    rhythm: Rhythm
    gazetteer: Gazetteer
    citizens: Citizens
    refused: list[Refused]

    def course(self, arrival: Arrival, fate: Fate | None = None) -> tuple[Course, bool]:
        """One request at its beginning, and whether who asks has called before."""
        rng = Random(self.rng.getrandbits(64))
        citizen, again = self.citizens.next(rng)
        course = Course(
            matter=arrival.matter,
            scene=Scene(arrival.place, arrival.at, rng, arrival.anchors),
            citizen=citizen,
            fate=fate or draw_fate(arrival.matter, self.habits, rng),
            town=self.town,
            phrasebook=self.phrasebook,
            book_at=self.book_at,
            rng=rng,
            refused=self.refused,
        )
        return course, again

    def matter_at(self, at: datetime, kind: RequestType) -> Matter:
        """What somebody calls about at that hour of that month."""
        local = at.astimezone(CITY_TZ)
        found = [matter for matter in self.phrasebook.matters if matter.type is kind]
        weights = [matter.weight * season(matter, local) * _hour(matter, local) for matter in found]
        return self.rng.choices(found, weights)[0]

    def place_of(self, matter: Matter) -> Place:
        """Where that might be: villages lie in towns."""
        rural = any("{village}" in text for text in (matter.place, *matter.contents))
        return self.gazetteer.somewhere(self.rng, rural=rural)


def story_of(course: Course, call: Call) -> Story:
    """A request's whole way."""
    yield from taken_in(course, call)
    yield from decided(course, call)
    if course.fate.way is Way.UNIT and not call.joins:
        yield from given_out(course)
        yield from finished(course)
    yield from archived(course)


def live_out(course: Course, call: Call, until: datetime, stop: Stop | None = None) -> Life:
    """The life as it stands at that moment."""
    course.follow(story_of(course, call), until, stop)
    firm = course.matter.enterprise_matter and course.matter.type is RequestType.CONSULTATION
    return Life(
        region=course.scene.place.region.code,
        requester=course.citizen.row(course.scene.value("company") if firm else ""),
        steps=tuple(course.steps),
    )


def season(matter: Matter, at: datetime) -> float:
    """Heating is spoken of in winter."""
    if not matter.months:
        return 1
    return IN_SEASON if at.month in matter.months else OUT_OF_SEASON


def _hour(matter: Matter, at: datetime) -> float:
    if matter.hours not in HOUR_KINDS:
        return 1 if 6 <= at.hour < 23 or matter.urgency is not Urgency.ORDINARY else 0.4
    begin, end = HOUR_KINDS[matter.hours]
    inside = begin <= at.hour < end if begin < end else at.hour >= begin or at.hour < end
    return 6 if inside else 0.6
