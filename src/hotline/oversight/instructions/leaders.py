"""领导名录: kept by supervisors and the system administrator, so that an instruction names a leader who was in office.

A name and a position are never changed: the row ends and another begins, and old instructions go on naming who it was.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from hotline.oversight.instructions.models import Leader
from hotline.plumbing.locks import wait_turn
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import Role

KEEPERS = frozenset({Role.SUPERVISOR, Role.SYSTEM_ADMIN})


@dataclass(frozen=True)
class Kept:
    """What came of a change to the list."""

    leader: Leader | None = None
    refusals: tuple[Refusal, ...] = ()

    @property
    def ok(self) -> bool:
        """True when it was done."""
        return not self.refusals


def may_keep(actor: Actor) -> bool:
    """Whether somebody may change the list."""
    return bool(actor.own_roles & KEEPERS)


def leaders(*, on: date | None = None) -> list[Leader]:
    """All of them, or those in office on a day, in their order."""
    found = Leader.objects.all() if on is None else Leader.objects.on(on)
    return list(found.order_by("order", "pk"))


def in_office(key: str, on: date) -> bool:
    """Whether the leader was in office on that day."""
    whole = key.isascii() and key.isdecimal() and len(key) < 10
    return whole and Leader.objects.on(on).filter(pk=int(key)).exists()


def add(*, name: str, position: str, order: int, valid_from: date | None, valid_to: date | None = None) -> Kept:
    """One more leader; the same name and position twice at a time is a slip."""
    name, position = name.strip(), position.strip()
    if not (name and position):
        return Kept(refusals=(Refusal("instructions.leader_name_missing", field="position" if name else "name"),))
    if valid_from and valid_to and valid_to < valid_from:
        return Kept(refusals=(Refusal("instructions.leader_dates", field="valid_to"),))
    with transaction.atomic():
        wait_turn("instructions:leaders")
        there = Leader.objects.filter(name=name, position=position)
        if any(_overlap(one, valid_from, valid_to) for one in there):
            return Kept(refusals=(Refusal("instructions.leader_there", field="name"),))
        made = Leader.objects.create(
            name=name, position=position, order=order, valid_from=valid_from, valid_to=valid_to
        )
        return Kept(made)


def _overlap(one: Leader, first: date | None, last: date | None) -> bool:
    begins = one.valid_from is None or last is None or one.valid_from < last
    return begins and (one.valid_to is None or first is None or first < one.valid_to)


def change(pk: int, *, order: int, valid_to: date | None) -> Kept:
    """The place in the order, and the day from which somebody is no longer in office (blank: until further notice)."""
    with transaction.atomic():
        wait_turn("instructions:leaders")
        row = Leader.objects.select_for_update().filter(pk=pk).first()
        if row is None:
            return Kept(refusals=(Refusal("instructions.leader_not_found"),))
        if valid_to and row.valid_from and valid_to < row.valid_from:
            return Kept(row, (Refusal("instructions.leader_dates", field="valid_to"),))
        others = Leader.objects.filter(name=row.name, position=row.position).exclude(pk=pk)
        if any(_overlap(one, row.valid_from, valid_to) for one in others):
            return Kept(row, (Refusal("instructions.leader_there", field="valid_to"),))
        row.order, row.valid_to = order, valid_to
        row.save(update_fields=["order", "valid_to"])
        return Kept(row)
