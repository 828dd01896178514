"""Who may do what with the knowledge base. Pages, API and commands ask here; it is written nowhere else.

A unit writes its own items, the office publishes them (谁主管谁提供, ours P); the three administrators
(三员分立) have no business with contents.
"""

from collections.abc import Collection
from typing import Final

from hotline.rules.lifecycle import Actor
from hotline.rules.vocabulary import OFFICE_ROLES, UNIT_ROLES, Role

READERS: Final = OFFICE_ROLES | UNIT_ROLES | {Role.SYSTEM}
WRITERS_OF_UNITS: Final = frozenset({Role.UNIT_HANDLER, Role.SECTION_HEAD})
OFFICE_EDITORS: Final = frozenset({Role.TEAM_LEADER, Role.SUPERVISOR, Role.SYSTEM})
"""They publish, withdraw, and write for units that can't."""


def may_read(actor: Actor) -> bool:
    """Published items, and asking for corrections and missing items."""
    return not actor.roles.isdisjoint(READERS)


def may_write(actor: Actor, unit: str) -> bool:
    """Draft and submit items of this unit, see its drafts, settle what others found wrong."""
    if may_publish(actor):
        return True
    return not actor.roles.isdisjoint(WRITERS_OF_UNITS) and unit in actor.covers


def may_write_some(actor: Actor) -> bool:
    """Whether there is any unit this person may write for."""
    return may_publish(actor) or (not actor.roles.isdisjoint(WRITERS_OF_UNITS) and bool(actor.covers))


def may_publish(actor: Actor) -> bool:
    """Publish, send back and withdraw items of every unit."""
    return not actor.roles.isdisjoint(OFFICE_EDITORS)


def is_second(actor: Actor, hands: Collection[str]) -> bool:
    """Whoever wrote or submitted a text doesn't publish it; a file that the platform reads in was approved before."""
    return Role.SYSTEM in actor.roles or actor.id not in hands


def open_acts(actor: Actor, unit: str, *, in_hand: str, hands: Collection[str], published: bool) -> frozenset[str]:
    """What this person may do with an item now; pages draw their buttons from it."""
    found = set()
    if may_read(actor) and published:
        found.add("correct")
    if may_write(actor, unit):
        found |= {"draft": {"edit", "submit", "drop"}, "in_review": {"send-back"}, "": {"edit"}}[in_hand]
    if may_publish(actor):
        found |= {"publish"} if in_hand == "in_review" and is_second(actor, hands) else set()
        found |= {"withdraw"} if published else set()
    return frozenset(found)
