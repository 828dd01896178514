"""What people read of handovers: lists in their view, one with its history, what waits for whom."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import F, Q, QuerySet

from hotline.oversight.supervision.media.models import Handover, HandoverFile
from hotline.oversight.supervision.media.rows import state_of
from hotline.oversight.supervision.media.seen import seen_by
from hotline.rules import media as rules
from hotline.rules.lifecycle import Actor
from hotline.rules.media import Deed, Status, allowed
from hotline.rules.media.seeing import may_see, view_of
from hotline.rules.vocabulary import Role
from hotline.rules.words_media import UNNUMBERED, handover_number
from hotline.tickets.dossiers.queries import FileRow, Line, file_rows, lines_of, page_of
from hotline.tickets.titles import titles

PAGE: Final = 50


@dataclass(frozen=True)
class HandoverRow:
    """One line of a list."""

    id: int
    status: str
    version: int
    medium_id: int
    medium_name: str
    medium_kind: str
    tickets: tuple[str, ...]
    units: tuple[str, ...]
    released: tuple[str, ...]
    waiting: dict[str, str]
    supervision: int | None
    hand_on: date | None
    year: int | None
    serial: int | None
    due_at: datetime | None
    publications: int
    follow_ups: int
    outcome: str
    title: str
    handed_at: datetime | None
    ended_at: datetime | None
    made_at: datetime
    last_at: datetime

    @property
    def number(self) -> str:
        """移交单号; blank before it was agreed to."""
        return handover_number(self.year, self.serial)


COLUMNS: Final = tuple(
    name for name in HandoverRow.__dataclass_fields__ if name not in {"medium_name", "medium_kind"}
)  # fmt: skip
LISTS: Final = ("tickets", "units", "released")


@dataclass(frozen=True)
class HandoverList:
    """One page of a list; `next_key` leads to the older ones."""

    rows: tuple[HandoverRow, ...]
    next_key: int | None


def handovers(
    *,
    actor: Actor,
    statuses: Collection[Status] = (),
    unit: str = "",
    number: str = "",
    supervision: int | None = None,
    before: int | None = None,
    limit: int = PAGE,
) -> HandoverList:
    """Handovers in view, the newest first."""
    found = seen_by(actor)
    if statuses:
        found = found.filter(status__in=sorted(statuses))
    if unit:
        found = found.filter(units__contains=[unit])
    if number:
        found = found.filter(tickets__contains=[number])
    if supervision is not None:
        found = found.filter(supervision=supervision)
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = _rows(found.order_by("-pk")[: limit + 1])
    return HandoverList(*page_of(rows, limit))


def _rows(found: QuerySet[Handover]) -> list[HandoverRow]:
    named = found.annotate(medium_name=F("medium__name"), medium_kind=F("medium__kind"))
    made: list[dict[str, Any]] = [dict(row) for row in named.values(*COLUMNS, "medium_name", "medium_kind")]
    return [HandoverRow(**row | {name: tuple(row[name]) for name in LISTS}) for row in made]


@dataclass(frozen=True)
class HandoverWhole:
    """Everything one reader may see of one handover, and what this reader may do now. `named` are titles of tickets."""

    row: HandoverRow
    grounds: str
    state: rules.Handover
    lines: tuple[Line, ...]
    files: tuple[FileRow, ...]
    named: dict[str, str]
    deeds: tuple[Deed, ...]


TO_UNITS: Final = frozenset({Deed.AGREE, Deed.PUBLISH, Deed.MOVE_DUE, Deed.CLOSE, Deed.WITHDRAW})
"""What every unit that is asked reads; grounds and follow-ups are the office's own."""
OF_ONE: Final = frozenset({Deed.ANSWER, Deed.RETURN_ANSWER, Deed.RELEASE})
"""What the unit concerned reads."""


def whole(pk: int, *, actor: Actor, now: datetime) -> HandoverWhole | None:
    """The whole page of one; None when it is not there for this person.

    A unit reads what the medium is told, what was published and its own answers; of the tickets only those it sees.
    """
    model = Handover.objects.filter(pk=pk).first()
    if model is None:
        return None
    state = state_of(model)
    if not may_see(actor, state):
        return None
    office = view_of(actor).all
    lines = tuple(line for line in lines_of(model.entries.all(), model.texts.all()) if office or _for_unit(line, actor))
    seqs = {line.seq for line in lines}
    files = [f for f in HandoverFile.objects.filter(handover=model).order_by("pk") if f.seq in seqs]
    (row,) = _rows(Handover.objects.filter(pk=pk))
    return HandoverWhole(
        row=row,
        grounds=model.grounds if office else "",
        state=state,
        lines=lines,
        files=file_rows(files),
        named=titles(row.tickets, actor=actor),
        deeds=allowed(state, actor=actor, now=now),
    )


def _for_unit(line: Line, actor: Actor) -> bool:
    deed = Deed(line.deed)
    if deed is Deed.ATTACH:
        return bool(line.payload.get("facts", {}).get("of") == Deed.PUBLISH.value)
    return deed in TO_UNITS or (deed in OF_ONE and line.payload.get("unit") in actor.covers)


def waiting(actor: Actor) -> QuerySet[Handover]:
    """What waits for this person now; the rail counts it. To what one wrote others agree."""
    if not view_of(actor).all:
        return seen_by(actor).filter(status=Status.HANDED.value, missing__overlap=sorted(actor.covers))
    found = Q(pk__in=[])
    if actor.roles & {Role.SUPERVISOR, Role.TEAM_LEADER}:
        found |= Q(status=Status.PROPOSED.value) & ~Q(writers__contains=[actor.id])
        found |= Q(status=Status.HANDED.value) & ~Q(waiting={})
    if Role.SUPERVISOR in actor.roles:
        found |= Q(status__in=[Status.RETURNED.value, Status.ANSWERED.value])
    return seen_by(actor).filter(found)


def to_do(*, actor: Actor, limit: int = PAGE) -> tuple[HandoverRow, ...]:
    """The same as rows, the oldest first."""
    return tuple(_rows(waiting(actor).order_by("last_at", "pk")[:limit]))


def labels(pks: Collection[int], *, actor: Actor, lang: str) -> dict[int, tuple[str, str]]:
    """Number and medium of some, for notices; those out of view are left out."""
    if not pks:
        return {}
    unnumbered = UNNUMBERED[lang == "en"]
    rows = _rows(seen_by(actor).filter(pk__in=set(pks)))
    return {row.id: (row.number or unnumbered, row.medium_name) for row in rows}
