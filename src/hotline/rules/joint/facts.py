"""What the ledger already knows when a dispute opens: who has returned the ticket on which ground, and what was found.

Positions are not copied: each names the entry in which it was typed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from hotline.rules.state import Event
from hotline.rules.vocabulary import Stage, UnitCode

DISPUTED: Final = frozenset({Stage.JURISDICTION_DISPUTE, Stage.JOINT_HANDLING})
ASKED: Final = "handling.return_requested"
DRAFTED: Final = "handling.return_drafted"
SIGNED: Final = "asked_by"
"""Said with a return that was signed step by step: its words stand where it was drafted, not where it was signed."""
FOUND: Final = {"dispatch.return_accepted": True, "dispatch.return_rejected": False}


@dataclass(frozen=True, kw_only=True)
class Position:
    """One unit's return: the entry that holds its words, its reason code, whom it proposed, and what was found.

    `founded` is None while nobody has ruled on it; `found_seq` is the entry with the office's finding.
    """

    unit: UnitCode
    seq: int
    reason: str
    proposed: UnitCode | None
    founded: bool | None = None
    found_seq: int = 0


def positions(events: Iterable[Event]) -> tuple[Position, ...]:
    """Every return that left its unit, in the order they came in; `events` are the whole ledger from its first."""
    found: list[Position] = []
    drafted: Position | None = None
    for seq, event in enumerate(events, 1):
        if event.name == DRAFTED:
            drafted = _position(event, seq)
        elif event.name == ASKED:
            found.append(drafted if drafted and SIGNED in event.payload else _position(event, seq))
            drafted = None
        if event.name in FOUND and found and found[-1].founded is None:
            found[-1] = replace(found[-1], founded=FOUND[event.name], found_seq=seq)
    return tuple(found)


def _position(event: Event, seq: int) -> Position:
    said = event.payload
    proposed = said.get("proposed_unit") or None
    return Position(
        unit=UnitCode(str(event.unit)),
        seq=seq,
        reason=str(said["reason"]),
        proposed=UnitCode(proposed) if proposed else None,
    )


def parties_of(found: Iterable[Position]) -> frozenset[UnitCode]:
    """Who disputes: units whose return was founded, and units that they point to."""
    founded = [position for position in found if position.founded]
    return frozenset({p.unit for p in founded} | {p.proposed for p in founded if p.proposed})
