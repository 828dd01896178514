"""Who may read what of leaders' instructions. Written once: lists filter by `view_of`, single ones are judged by
`may_see`, and a property test shows that the two agree.

Three layers. The **words** (who wrote them, what, the proposed handling, all reports, the scans) are for the people
named, and for nobody by their office: not for the director, not for administrators. The **cover** (number, standing,
dates, who owes) is for supervisors, the director and the auditor, so that what is late is seen. A **unit** reads what
it is asked, by when, and what it has reported.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from hotline.rules.instructions.states import Instruction
from hotline.rules.lifecycle.case import Actor
from hotline.rules.vocabulary import UNIT_ROLES, Role, UnitCode

COVER_READERS: Final = frozenset({Role.SUPERVISOR, Role.DIRECTOR, Role.AUDITOR})
OFFERED_TO: Final = COVER_READERS | {Role.TEAM_LEADER} | UNIT_ROLES
"""Roles whose rail leads to instructions; anybody named who has another is led there by a notice."""


class Layer(StrEnum):
    """How much of an instruction somebody reads."""

    WORDS = "words"
    COVER = "cover"
    UNIT = "unit"


@dataclass(frozen=True)
class InstructionView:
    """Which instructions somebody sees: those they are named for, covers of all, or those of some units."""

    person: str = ""
    covers: bool = False
    units: frozenset[UnitCode] = frozenset()


def view_of(actor: Actor) -> InstructionView:
    """The one rule behind every list, count and page of instructions."""
    units = actor.covers if actor.roles & UNIT_ROLES else frozenset()
    return InstructionView(person=actor.id, covers=bool(actor.own_roles & COVER_READERS), units=units)


def layers(actor: Actor, state: Instruction) -> frozenset[Layer]:
    """What this person may read of this one; nothing when it is not there for them."""
    view = view_of(actor)
    found = {
        Layer.WORDS: view.person in state.readers,
        Layer.COVER: view.covers,
        Layer.UNIT: bool(view.units & state.units),
    }
    return frozenset(layer for layer, there in found.items() if there)


def may_see(actor: Actor, state: Instruction) -> bool:
    """Whether anything of this one lies in the person's view."""
    return bool(layers(actor, state))


def may_read(actor: Actor, state: Instruction) -> bool:
    """Whether the person is named for it; every such reading is recorded."""
    return Layer.WORDS in layers(actor, state)
