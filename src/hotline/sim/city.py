"""A city's weeks as lives of tickets, in the order in which they begin, whole or as far as they have come.

A life that is merged names the one it joins as `life:N`, N being that life's place in this order; `numbered` puts
the real ticket number there once it is known.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from heapq import merge
from random import Random
from typing import Final

from hotline.rules.acts import Merge
from hotline.rules.lifecycle import Actor
from hotline.rules.lives import BookAt, Life
from hotline.rules.vocabulary import RequestType, TicketNo
from hotline.sim.arrivals import Rhythm, moments
from hotline.sim.citizens import Citizens
from hotline.sim.course import Refused
from hotline.sim.engine import Arrival, City, live_out, season
from hotline.sim.intake import Call
from hotline.sim.matters import Matter, Phrasebook
from hotline.sim.people import Habits
from hotline.sim.places import Gazetteer
from hotline.sim.staging import Staged, staged_lives
from hotline.sim.town import Region, Unit, build_town

JOINS: Final = "life:"
ONE_STORM_IN: Final = 110
"""So many requests bring one matter about which several call."""
JOINED: Final = 0.45
BEFORE_NOW: Final = timedelta(hours=4)
DAY: Final = timedelta(days=1)


def lives(
    *,
    rng: Random,
    start: datetime,
    until: datetime,
    book_at: BookAt,
    units: Iterable[Unit],
    regions: Iterable[Region],
    staff: Sequence[Actor],
    phrasebook: Phrasebook,
    per_day: float,
    habits: Habits | None = None,
    rhythm: Rhythm | None = None,
    weights: Mapping[str, float] | None = None,
    staged: bool = True,
    desks: Sequence[str] = (),
    refused: list[Refused] | None = None,
) -> Iterator[Life]:
    """The city from `start` to `until`. The same Random gives the same lives.

    With `staged` some lives stand at every stage at the end, however small the city, and the units of `desks` have
    something to do. `weights` makes more happen
    under a manager or in a street. `refused` collects moves that the rules did not allow; there should be none.
    """
    town = build_town(units, regions, staff)
    city = City(
        town=town,
        phrasebook=phrasebook,
        book_at=book_at,
        rng=rng,
        habits=habits or Habits(),
        rhythm=rhythm or Rhythm(),
        gazetteer=Gazetteer(town, rng, weights),
        citizens=Citizens(),
        refused=[] if refused is None else refused,
    )
    ready = staged_lives(city, until, desks) if staged else []
    number = max(0, round(per_day * ((until - start) / DAY)) - len(ready))
    coming = _arrivals(city, start, until, number)
    pair = _pair(city, until) if staged else []
    return _lived(city, merge(coming, ready, pair, key=lambda one: one.at), until)


def _lived(city: City, coming: Iterable[Arrival | Staged], until: datetime) -> Iterator[Life]:
    firsts: dict[int, int] = {}
    joined: set[int] = set()
    index = 0
    for one in coming:
        life = one.life if isinstance(one, Staged) else _one_life(city, one, until, firsts, joined)
        if not life.steps:
            continue  # still on the telephone
        if isinstance(one, Arrival) and one.storm is not None:
            firsts.setdefault(one.storm, index)
        yield life
        index += 1


def _one_life(city: City, one: Arrival, until: datetime, firsts: Mapping[int, int], joined: set[int]) -> Life:
    joins = ""
    if one.storm is not None and one.storm in firsts and (one.storm not in joined or city.rng.random() < JOINED):
        joined.add(one.storm)
        joins = f"{JOINS}{firsts[one.storm]}"
    course, again = city.course(one)
    return live_out(course, _call(city, one.matter, again, joins), until)


def _call(city: City, matter: Matter, again: bool, joins: str) -> Call:
    several = matter.group or (matter.heavy and city.rng.random() < 0.3)
    return Call(
        channel=city.rhythm.channel(city.rng),
        again=again,
        group_size=city.rng.randint(5, 40) if several else 1,
        joins=joins,
    )


def _arrivals(city: City, start: datetime, until: datetime, number: int) -> list[Arrival]:
    """So many requests, those of storms among them, in order; the types keep their shares."""
    types = [city.rhythm.type(city.rng) for _ in range(number)]
    storms = _storms(city, start, until, types)
    left = Counter(types) - Counter(arrival.matter.type for arrival in storms)
    kinds = sorted(left.elements())
    city.rng.shuffle(kinds)
    times = moments(rng=city.rng, start=start, until=until, number=len(kinds), rhythm=city.rhythm)
    single = [_single(city, at, kind) for at, kind in zip(times, kinds, strict=True)]
    return sorted((*single, *storms), key=lambda arrival: arrival.at)


def _single(city: City, at: datetime, kind: RequestType) -> Arrival:
    matter = city.matter_at(at, kind)
    return Arrival(at, matter, city.place_of(matter), {})


def _storms(city: City, start: datetime, until: datetime, types: Sequence[RequestType]) -> list[Arrival]:
    """Matters about which several call within hours: an outage, a site at night, wages of one firm."""
    free, number = Counter(types), -(-len(types) // ONE_STORM_IN)
    times = moments(rng=city.rng, start=start, until=max(start, until - BEFORE_NOW), number=number, rhythm=city.rhythm)
    times[-1:] = [until - BEFORE_NOW - DAY * city.rng.uniform(0.2, 5)] if number else []
    found: list[Arrival] = []
    for storm, at in enumerate(times):
        possible = [m for m in city.phrasebook.matters if m.storm and free[m.type] >= m.storm[0]]
        if not possible:
            break
        matter = city.rng.choices(possible, [m.weight * season(m, at) for m in possible])[0]
        fewest, most, hours = matter.storm
        size = min(city.rng.randint(fewest, most), free[matter.type])
        free[matter.type] -= size
        found += _storm(city, storm, at, matter, size, min(timedelta(hours=hours), until - BEFORE_NOW / 2 - at))
    return found


def _storm(city: City, storm: int, at: datetime, matter: Matter, size: int, span: timedelta) -> Iterator[Arrival]:
    place = city.place_of(matter)
    anchors = {kind: city.rng.choice(names) for kind, names in place.names.items()}
    for _ in range(size):
        moment = (at + span * city.rng.betavariate(1, 2.2)).replace(microsecond=0)
        yield Arrival(moment, matter, place, anchors, storm)


def _pair(city: City, until: datetime) -> list[Arrival]:
    """Two who call about one thing, so that even the smallest city has a merged ticket."""
    at = until - timedelta(hours=city.rng.uniform(6, 60))
    matter = city.rng.choice([m for m in city.phrasebook.matters if m.storm])
    return sorted(_storm(city, -1, at, matter, 2, BEFORE_NOW), key=lambda arrival: arrival.at)


def numbered(life: Life, numbers: Mapping[int, str]) -> Life:
    """The life with the real number of the ticket it joins; KeyError as long as that one has none."""
    steps = tuple(
        step._replace(act=replace(step.act, master=TicketNo(numbers[_joined_life(step.act)])))
        if isinstance(step.act, Merge)
        else step
        for step in life.steps
    )
    return replace(life, steps=steps)


def joins_another(life: Life) -> bool:
    """Whether the life needs another one's number first."""
    return any(isinstance(step.act, Merge) for step in life.steps)


def _joined_life(act: Merge) -> int:
    return int(act.master.removeprefix(JOINS))
