"""拟通报批评: what the platform proposes after an ignored notice is kept until a supervisor has decided, once.

Nothing here is ever issued by itself; taking one up means that a 通报 is drafted, checked and signed by people.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.oversight.supervision.models import Criticism
from hotline.registry.people.queries import names as people
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.state import clock_key
from hotline.rules.vocabulary import ClockKind, Role
from hotline.tickets.happening import Happened, states_around

READERS = frozenset({Role.SUPERVISOR, Role.DIRECTOR, Role.AUDITOR})
"""Criticism of a unit is known to few until it is issued."""


@dataclass(frozen=True)
class CriticismRow:
    """One proposal and what came of it."""

    id: int
    number: str
    unit: str
    clock: str
    due_at: datetime
    proposed_at: datetime
    taken: bool | None
    reason: str
    decided_at: datetime | None
    decided_by: str = ""
    who: str = ""


def note_criticism(happened: Happened, now: datetime) -> None:
    """The reaction: what the clock's ladder has proposed comes to the supervisors' desk."""
    _, after = states_around(happened)
    kind = str(happened.event.payload.get("clock", ""))
    clock = after.clocks[clock_key(ClockKind(kind), str(happened.event.payload.get("of", "")))]
    Criticism.objects.bulk_create(
        [
            Criticism(
                number=happened.number,
                seq=happened.seq,
                unit=after.lead_unit or "",
                clock=kind,
                due_at=clock.due_at,
                proposed_at=now,
            )
        ],
        ignore_conflicts=True,
    )


def criticisms(*, actor: Actor, decided: bool = False, limit: int = 50) -> tuple[CriticismRow, ...]:
    """Those that wait, or those that were decided; the newest first. Nothing for people whose business it is not."""
    if not actor.roles & READERS:
        return ()
    found = Criticism.objects.filter(taken__isnull=not decided).order_by("-pk")[:limit]
    columns = [name for name in CriticismRow.__dataclass_fields__ if name != "who"]
    rows = list(found.values(*columns))
    known = people({row["decided_by"] for row in rows}) if decided else {}
    return tuple(CriticismRow(**row, who=known.get(row["decided_by"], "")) for row in rows)


def decide_criticism(pk: int, *, taken: bool, reason: str, actor: Actor, now: datetime) -> Sequence[Refusal]:
    """One decision, by a supervisor, with a reason where nothing follows. Nothing is said twice."""
    if Role.SUPERVISOR not in actor.roles:
        return (Refusal("access.denied", {}),)
    if not taken and not reason.strip():
        return (Refusal("supervision.criticism_reason", field="reason"),)
    changed = Criticism.objects.filter(pk=pk, taken=None).update(
        taken=taken, reason=reason.strip(), decided_by=actor.id, decided_at=now
    )
    return () if changed else (Refusal("supervision.criticism_decided"),)
