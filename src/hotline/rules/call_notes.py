"""快速登记: calls that need ten seconds and no ticket: silent, wrong number, nuisance, answered at once.

Agents may take a note back within two minutes; nuisance calls of one number are counted over thirty days, so that the
next agent is warned before speaking.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import Role

UNDO_WITHIN: Final = timedelta(minutes=2)
NUISANCE_WITHIN: Final = timedelta(days=30)
LONGEST: Final = 200
WRITERS: Final = frozenset({Role.AGENT, Role.TEAM_LEADER})
"""Who answers calls. A team leader sees everybody's notes, an agent their own."""


class NoteKind(StrEnum):
    """What sort of call it was."""

    SILENT = "silent"
    WRONG_NUMBER = "wrong_number"
    NUISANCE = "nuisance"
    ANSWERED = "answered"


@dataclass(frozen=True, kw_only=True)
class Note:
    """What an agent says of a call. `item` is the knowledge item that was told."""

    kind: NoteKind
    phone: str = ""
    words: str = ""
    item: str = ""


def check_note(note: Note, actor: Actor) -> tuple[Refusal, ...]:
    """Why this note may not be kept."""
    if not actor.roles & WRITERS:
        return (Refusal("call_note.role_denied"),)
    if len(note.words.strip()) > LONGEST:
        return (Refusal("call_note.too_long", {"limit": LONGEST}, field="words"),)
    if note.kind is NoteKind.ANSWERED and not (note.words.strip() or note.item.strip()):
        return (Refusal("call_note.answer_missing", field="words"),)
    return ()


def check_undo(*, written_by: str, at: datetime, undone: bool, actor: Actor, now: datetime) -> Refusal | None:
    """Why a note may not be taken back: another's, taken back already, or too late."""
    if written_by != actor.id:
        return Refusal("call_note.not_yours")
    if undone:
        return Refusal("call_note.undone_already")
    return Refusal("call_note.too_late") if now - at > UNDO_WITHIN else None


def sees_all(actor: Actor) -> bool:
    """Whether somebody sees the notes of all agents."""
    return Role.TEAM_LEADER in actor.roles
