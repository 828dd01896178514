"""专班: what a temporary unit needs before it opens, and what must be done before it closes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import Role

NAME_LIMIT: Final = 20
LONGEST: Final = timedelta(days=180)
ROLES: Final = (Role.UNIT_HANDLER, Role.SECTION_HEAD, Role.DEPUTY_HEAD, Role.UNIT_HEAD)
NEEDED: Final = frozenset({Role.UNIT_HANDLER, Role.UNIT_HEAD})
"""Somebody does the work and somebody signs it; a head may sign every step."""


@dataclass(frozen=True)
class Member:
    """Somebody by the name of the account, and the role in the task force."""

    account: str
    role: Role


@dataclass(frozen=True, kw_only=True)
class ForcePlan:
    """What somebody wants to open."""

    name: str
    last_day: date | None
    members: tuple[Member, ...]


def force_refusals(plan: ForcePlan, *, known: Iterable[str], names: Iterable[str], today: date) -> tuple[Refusal, ...]:
    """Everything that stands against opening it; `known` are accounts in use, `names` those of units."""
    return (*_name(plan.name.strip(), set(names)), *_days(plan, today), *_members(plan, set(known)))


def _name(name: str, taken: set[str]) -> Iterable[Refusal]:
    if not 1 <= len(name) <= NAME_LIMIT or "\x00" in name:
        yield Refusal("task_force.name_missing", {"limit": NAME_LIMIT}, field="name")
    elif name in taken:
        yield Refusal("task_force.name_taken", {"name": name}, field="name")


def _days(plan: ForcePlan, today: date) -> Iterable[Refusal]:
    if plan.last_day is None or not today < plan.last_day <= today + LONGEST:
        yield Refusal("task_force.last_day_wrong", {"days": LONGEST.days}, field="last_day")


def _members(plan: ForcePlan, known: set[str]) -> Iterable[Refusal]:
    seen: set[str] = set()
    for member in plan.members:
        if member.account not in known:
            yield Refusal("task_force.unknown_person", {"account": member.account[:40]}, field="members")
        elif member.account in seen:
            yield Refusal("task_force.twice", {"account": member.account}, field="members")
        seen.add(member.account)
    if not NEEDED <= {member.role for member in plan.members} <= set(ROLES):
        yield Refusal("task_force.nobody", field="members")


def close_refusal(*, closed: bool, open_tickets: int) -> Refusal | None:
    """Nothing is left lying with a unit that is no more."""
    if closed:
        return Refusal("task_force.closed_already")
    return Refusal("task_force.open_tickets", {"count": open_tickets}) if open_tickets else None
