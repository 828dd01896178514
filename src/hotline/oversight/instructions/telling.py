"""Notices of instructions, in the deed's own transaction. Of the office only people named are told: whoever is not
would learn from the bell that there is one.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

from hotline.oversight.instructions.models import Instruction
from hotline.oversight.notices.commands import tell as notify
from hotline.registry.people.holding import held_roles
from hotline.rules import instructions as rules
from hotline.rules.instructions import Entry
from hotline.rules.instructions.telling import reminded, who_must_know
from hotline.rules.notifying import To, Told
from hotline.rules.vocabulary import CITY_TZ, UnitCode

ABOUT: Final = "instruction"
SOON, LATE = 1_000_000, 2_000_000
PLACES = 100
"""Reminders are numbered apart from entries, by the version at which they were due and the unit's place."""


def tell(row: Instruction, before: rules.Instruction, after: rules.Instruction, entry: Entry, *, now: datetime) -> None:
    """One notice for each person who must know of this entry; whoever did it is not told."""
    told = _named_only(who_must_know(entry, before, after), after.readers, now)
    notify(told, number=str(row.pk), seq=after.version, but=entry.actor, now=now, about=ABOUT)


def remind(row: Instruction, unit: str | None, *, late: bool, now: datetime) -> None:
    """The last day of a date has come, or it has passed."""
    told = reminded(UnitCode(unit) if unit else None, late=late)
    place = 1 + row.units.index(unit) if unit in row.units else 0
    seq = (LATE if late else SOON) + row.version * PLACES + place
    notify(_named_only(told, frozenset(row.readers), now), number=str(row.pk), seq=seq, but="", now=now, about=ABOUT)


def _named_only(told: Sequence[Told], readers: frozenset[str], now: datetime) -> tuple[Told, ...]:
    """Holders of a role in the office become those among them who are named."""
    on = now.astimezone(CITY_TZ).date()
    return tuple(Told(each.kind, tuple(one for to in each.to for one in _narrowed(to, readers, on))) for each in told)


def _narrowed(to: To, readers: frozenset[str], on: date) -> Iterator[To]:
    if to.person or to.unit is not None:
        yield to
        return
    holders = {str(held.person) for held in held_roles(to.roles, on)}
    yield from (To(person=one) for one in sorted(holders & readers))
