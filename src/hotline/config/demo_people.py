"""The demonstration's staff: the accounts of data/demo/people.csv, and colleagues in every unit that has work.

Only the listed accounts can be signed in to; the others are there so that every name in a history is somebody's.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random  # noqa: TID251  # seeded by demo_city
from typing import Final

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password

from hotline.config.demo import MARK, PASSWORD
from hotline.registry.people.models import RoleGrant, User
from hotline.rules.lifecycle import Actor
from hotline.rules.vocabulary import Role, UnitCode
from hotline.sim.citizens import MEN, SURNAMES, WOMEN
from hotline.sim.town import Region, Unit

OFFICE: Final[Mapping[Role, int]] = {
    Role.AGENT: 14,
    Role.TEAM_LEADER: 2,
    Role.DISPATCHER: 5,
    Role.REVIEWER: 4,
    Role.CALLBACK_OFFICER: 5,
    Role.SUPERVISOR: 3,
    Role.DIRECTOR: 1,
}
"""How many of the office's people there are of each role, the listed ones among them."""

SIGNING: Final = (Role.UNIT_HANDLER, Role.SECTION_HEAD, Role.DEPUTY_HEAD, Role.UNIT_HEAD)
BELOW: Final = (Role.UNIT_HANDLER, Role.SECTION_HEAD)


@dataclass(frozen=True)
class Post:
    """One person to be: account, name, role, unit; `listed` ones can sign in."""

    username: str
    name: str
    role: Role
    unit: str
    listed: bool = False


def listed_posts(path: Path) -> list[Post]:
    """The accounts of the file."""
    lines = [line for line in path.read_text(encoding="utf-8-sig").splitlines() if not line.startswith("#")]
    return [
        Post(row["账号"], row["姓名"], Role(row["岗位"]), row["单位"], listed=True) for row in csv.DictReader(lines)
    ]


def make_people(
    listed: Sequence[Post], *, office: str, units: Sequence[Unit], regions: Sequence[Region], leads: Iterable[str],
    since: date, rng: Random,
) -> list[Actor]:  # fmt: skip
    """Everybody's account and role, and everybody as the rules see them."""
    posts = [*listed, *_colleagues(listed, office, units, regions, set(leads), rng)]
    password = make_password(PASSWORD)
    users = User.objects.bulk_create(
        User(
            username=post.username,
            full_name=post.name,
            staff_no=f"{MARK}{number:04d}",
            unit_id=post.unit,
            password=password if post.listed else f"{UNUSABLE_PASSWORD_PREFIX}demo",
        )
        for number, post in enumerate(posts, 1)
    )
    RoleGrant.objects.bulk_create(
        RoleGrant(user=user, role=post.role, unit_id=post.unit, valid_from=since)
        for user, post in zip(users, posts, strict=True)
    )
    below = _covered(units)
    return [
        Actor(id=str(user.pk), roles=frozenset({post.role}), unit=UnitCode(post.unit), covers=below[post.unit])
        for user, post in zip(users, posts, strict=True)
    ]


def _colleagues(
    listed: Sequence[Post], office: str, units: Sequence[Unit], regions: Sequence[Region], leads: set[str], rng: Random
) -> Iterator[Post]:
    there = {(post.unit, post.role) for post in listed}
    for role, wanted in OFFICE.items():
        for number in range(sum(post.role is role for post in listed) + 1, wanted + 1):
            yield Post(f"{role.value}-{number}", _name(rng), role, office)
    for unit, roles in _needed(units, regions, leads):
        for role in roles:
            if (unit, role) not in there:
                yield Post(f"{unit.lower()}-{role.value}", _name(rng), role, unit)


def _needed(
    units: Sequence[Unit], regions: Sequence[Region], leads: set[str]
) -> Iterator[tuple[str, tuple[Role, ...]]]:
    managers = {region.manager for region in regions}
    offices = {region.office for region in regions}
    for unit in units:
        if unit.code in managers:
            yield unit.code, (Role.DISTRICT_DISPATCHER, *SIGNING[1:])
        elif unit.code in leads:
            yield unit.code, SIGNING
        elif unit.code in offices or unit.parent in managers:
            yield unit.code, BELOW


def _name(rng: Random) -> str:
    return rng.choice(SURNAMES) + rng.choice(rng.choice((WOMEN, MEN)))


def _covered(units: Sequence[Unit]) -> dict[str, frozenset[UnitCode]]:
    """Each unit with all units below it."""
    children: dict[str, list[str]] = {}
    for unit in units:
        children.setdefault(unit.parent, []).append(unit.code)

    def below(code: str) -> Iterator[UnitCode]:
        yield UnitCode(code)
        for child in children.get(code, ()):
            yield from below(child)

    return {unit.code: frozenset(below(unit.code)) for unit in units}
