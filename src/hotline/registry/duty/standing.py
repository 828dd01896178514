"""Who reads a roster and who keeps it: the office for every unit, people of a unit for their own and no other.

Numbers of people on duty are staff data: whoever stands above or beside a unit turns to the office.
"""

from typing import Final

from hotline.rules.lifecycle import Actor
from hotline.rules.vocabulary import OFFICE_ROLES, UNIT_ROLES, Role

OFFICE_KEEPERS: Final = frozenset({Role.TEAM_LEADER, Role.DISPATCHER, Role.SUPERVISOR})


def reads(actor: Actor, unit: str) -> bool:
    """Whether somebody sees who is on duty there, with the number."""
    return bool(actor.roles & OFFICE_ROLES) or (bool(actor.roles & UNIT_ROLES) and actor.unit == unit)


def reads_all(actor: Actor) -> bool:
    """Whether somebody sees every unit's."""
    return bool(actor.roles & OFFICE_ROLES)


def keeps(actor: Actor, unit: str) -> bool:
    """Whether somebody plans and cancels turns there."""
    return bool(actor.roles & OFFICE_KEEPERS) or (bool(actor.roles & UNIT_ROLES) and actor.unit == unit)
