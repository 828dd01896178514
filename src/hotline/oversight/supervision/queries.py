"""What pages, API and papers read of supervisions. Every function filters by the reader's view; rows are values."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.expressions import Func
from django.db.models.functions import RowNumber

from hotline.oversight.supervision.models import (
    Ground,
    SupervisedTicket,
    Supervision,
    SupervisionEntry,
    SupervisionFile,
)
from hotline.oversight.supervision.rows import state_of
from hotline.oversight.supervision.seen import seen_by
from hotline.registry.people.queries import names as people
from hotline.rules.lifecycle import Actor
from hotline.rules.supervision import Deed, Status, Supervised, allowed
from hotline.rules.supervision.seeing import may_see, view_of
from hotline.rules.supervision.states import ENDED, LIVE
from hotline.rules.vocabulary import SupervisionKind
from hotline.rules.words import word
from hotline.rules.words_supervision import paper_number
from hotline.tickets.dossiers.queries import FileRow, Line, file_rows, lines_of, page_of
from hotline.tickets.titles import titles

ABOUT: Final = "supervision"
PAGE: Final = 50
SOON: Final = timedelta(days=1)


@dataclass(frozen=True)
class SupervisionRow:
    """One line of a list."""

    id: int
    kind: str
    status: str
    number: str
    title: str
    causes: tuple[str, ...]
    owner: str
    units: tuple[str, ...]
    reported: tuple[str, ...]
    due_at: datetime | None
    opened_at: datetime | None
    made_at: datetime
    ended_at: datetime | None
    outcome: str
    tickets: int
    version: int
    paper_year: int | None
    paper_no: int | None
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def paper(self) -> str:
        """The number of its notice; blank before it was opened."""
        return paper_number(SupervisionKind(self.kind), self.paper_year, self.paper_no)


@dataclass(frozen=True)
class SupervisionList:
    """One page of a list; `next_key` leads to the older ones."""

    rows: tuple[SupervisionRow, ...]
    next_key: int | None


COLUMNS = tuple(name for name in SupervisionRow.__dataclass_fields__ if name != "facts")
LISTS = ("causes", "units", "reported")


def supervisions(
    *,
    actor: Actor,
    kind: str = "",
    statuses: Collection[Status] = (),
    unit: str = "",
    number: str = "",
    before: int | None = None,
    limit: int = PAGE,
) -> SupervisionList:
    """Supervisions in view, the newest first."""
    found = seen_by(actor)
    if kind:
        found = found.filter(kind=kind)
    if statuses:
        found = found.filter(status__in=sorted(statuses))
    if unit:
        found = found.filter(units__contains=[unit])
    if number:
        found = found.filter(Q(number=number) | Q(supervised__number=number)).distinct()
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = _rows(found.order_by("-pk")[: limit + 1])
    return SupervisionList(*page_of(rows, limit))


def _rows(found: QuerySet[Supervision], *more: str) -> list[SupervisionRow]:
    made: list[dict[str, Any]] = [dict(row) for row in found.values(*COLUMNS, *more)]
    return [SupervisionRow(**row | {name: tuple(row[name]) for name in LISTS}) for row in made]


@dataclass(frozen=True)
class Needs:
    """What waits for a supervisor now, in the order in which it is shown; and how many proposals there are in all."""

    rows: tuple[SupervisionRow, ...]
    proposed: int
    reported: int
    checked: int
    late: int
    soon: int
    live: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Everything that waits."""
        return self.proposed + self.reported + self.checked + self.late + self.soon


def needs_me(*, actor: Actor, now: datetime, limit: int = 20) -> Needs:
    """Reports to check first, then what is late, proposals, what was checked, and what falls due within a day."""
    late = Q(status=Status.OPEN.value, due_at__lt=now)
    soon = Q(status=Status.OPEN.value, due_at__gte=now, due_at__lt=now + SOON)
    waits = Q(status__in=[Status.PROPOSED.value, Status.REPORTED.value, Status.CHECKED.value]) | late | soon
    live = seen_by(actor).filter(status__in=sorted(LIVE))
    found = live.filter(waits)
    counted = live.aggregate(
        **{f"live_{kind.value}": Count("pk", filter=Q(kind=kind.value)) for kind in SupervisionKind},
        proposed=Count("pk", filter=Q(status=Status.PROPOSED.value)),
        reported=Count("pk", filter=Q(status=Status.REPORTED.value)),
        checked=Count("pk", filter=Q(status=Status.CHECKED.value)),
        late=Count("pk", filter=late),
        soon=Count("pk", filter=soon),
    )
    place = Case(
        When(status=Status.REPORTED.value, then=Value(0)),
        When(late, then=Value(1)),
        When(status=Status.PROPOSED.value, then=Value(2)),
        When(status=Status.CHECKED.value, then=Value(3)),
        default=Value(4),
        output_field=IntegerField(),
    )
    reason = Ground.objects.filter(supervision=OuterRef("pk")).order_by("-pk").values("facts")[:1]
    shown = found.annotate(facts=Subquery(reason)).order_by(place, F("due_at").asc(nulls_last=True), "-pk")
    rows = _rows(shown[:limit], "facts")
    by_kind = {kind.value: counted.pop(f"live_{kind.value}") for kind in SupervisionKind}
    return Needs(tuple(rows), **counted, live=by_kind)


@dataclass(frozen=True)
class Load:
    """How much one unit has under supervision, and how much of that is late."""

    unit: str
    live: int
    late: int
    ended: int


def load_of_units(*, actor: Actor, now: datetime, since: datetime, most: int = 12) -> tuple[Load, ...]:
    """Units by what they owe now, and what ended since a day; the most burdened first."""
    each = Func(F("units"), function="unnest", output_field=CharField())
    found = seen_by(actor).filter(Q(status__in=sorted(LIVE)) | Q(ended_at__gte=since, status=Status.CLOSED.value))
    rows = (
        found.exclude(status=Status.PROPOSED.value)
        .annotate(unit=each)
        .values("unit")
        .annotate(
            live=Count("pk", filter=Q(status__in=sorted(LIVE))),
            late=Count("pk", filter=Q(status=Status.OPEN.value, due_at__lt=now)),
            ended=Count("pk", filter=Q(status=Status.CLOSED.value)),
        )
        .order_by("-live", "-ended", "unit")[:most]
    )
    return tuple(Load(row["unit"], row["live"], row["late"], row["ended"]) for row in rows)


def newest_of_each(*, actor: Actor, each: int = 6) -> tuple[SupervisionRow, ...]:
    """The newest under way of each kind, for the columns of the desk."""
    place = Window(RowNumber(), partition_by=F("kind"), order_by=F("pk").desc())
    found = seen_by(actor).filter(status__in=sorted(LIVE)).annotate(place=place).filter(place__lte=each)
    return tuple(_rows(found.order_by("kind", "-pk")))


@dataclass(frozen=True)
class GroundLine:
    """One ground: the cause with its facts."""

    cause: str
    facts: dict[str, Any]
    at: datetime


@dataclass(frozen=True)
class SupervisionFileView:
    """Everything one reader may see of one supervision, and what this reader may do now."""

    row: SupervisionRow
    state: Supervised
    grounds: tuple[GroundLine, ...]
    lines: tuple[Line, ...]
    files: tuple[FileRow, ...]
    tickets: tuple[str, ...]
    deeds: tuple[Deed, ...]
    owner_name: str


def whole(pk: int, *, actor: Actor, now: datetime) -> SupervisionFileView | None:
    """The whole page of one; None when it is not there for this person.

    A unit reads its own reports and what was said to it, not those of other units.
    """
    model = Supervision.objects.filter(pk=pk).first()
    if model is None:
        return None
    state = state_of(model)
    if not may_see(actor, state):
        return None
    office = view_of(actor).office
    shown = _shown_of_visit(model)
    lines = tuple(
        line
        for line in lines_of(model.entries.all(), model.texts.all())
        if office or line.seq in shown or _for_unit(line, actor)
    )
    seqs = {line.seq for line in lines}
    files = SupervisionFile.objects.filter(supervision=model).order_by("pk")
    grounds = Ground.objects.filter(supervision=model).order_by("pk")
    (row,) = _rows(Supervision.objects.filter(pk=pk))
    return SupervisionFileView(
        row=row,
        state=state,
        grounds=tuple(GroundLine(g.cause, g.facts, g.at) for g in grounds),
        lines=lines,
        files=file_rows(f for f in files if f.seq in seqs),
        tickets=_supervised(model, actor, office=office),
        deeds=allowed(state, actor=actor, now=now),
        owner_name=people([state.owner]).get(state.owner, "") if state.owner else "",
    )


def _supervised(model: Supervision, actor: Actor, *, office: bool) -> tuple[str, ...]:
    """Tickets of a campaign; a unit learns only of those that it may see."""
    numbers = tuple(SupervisedTicket.objects.filter(supervision=model).order_by("pk").values_list("number", flat=True))
    if office or not numbers:
        return numbers
    seen = titles(numbers, actor=actor)
    return tuple(number for number in numbers if number in seen)


TOLD_TO_UNITS: Final = frozenset(
    {Deed.OPEN, Deed.MOVE_DUE, Deed.CHANGE_UNITS, Deed.SEND_BACK, Deed.CLOSE, Deed.FOLLOW_TICKET, Deed.WITHDRAW}
)
"""What the office says to every unit that is asked; notes, findings and proposals are its own."""


def _for_unit(line: Line, actor: Actor) -> bool:
    return Deed(line.deed) in TOLD_TO_UNITS or (bool(line.unit) and line.unit in actor.covers)


def _shown_of_visit(model: Supervision) -> frozenset[int]:
    """Of a visit that was made the unit reads what was found and sees the photos; later notes are the office's own."""
    if model.kind != SupervisionKind.ON_SITE.value or not model.revealed:
        return frozenset()
    of_visit = SupervisionEntry.objects.filter(supervision=model).order_by("seq").values_list("seq", "deed")
    entries = list(of_visit)
    made = next((seq for seq, deed in entries if deed == Deed.RECORD_VISIT.value), 0)
    return frozenset(
        seq for seq, deed in entries if seq <= made and deed in {Deed.ATTACH.value, Deed.RECORD_VISIT.value}
    )


def of_ticket(number: str, *, actor: Actor) -> tuple[SupervisionRow, ...]:
    """Supervisions of one ticket, for its page; campaigns that have taken it in too."""
    wanted = Q(number=number) | Q(supervised__number=number)
    return tuple(_rows(seen_by(actor).filter(wanted).distinct().order_by("-pk")))


def labels(pks: Collection[int], *, actor: Actor, lang: str) -> dict[int, tuple[str, str]]:
    """Number and name of some, for notices; those out of view are left out."""
    if not pks:
        return {}
    rows = _rows(seen_by(actor).filter(pk__in=set(pks)))
    return {row.id: (row.paper or word(f"supervision_kind.{row.kind}", lang), row.title or row.number) for row in rows}


def owed_by_units(actor: Actor) -> QuerySet[Supervision]:
    """What the reader's unit has to report on; what a supervisor has to look at. The rail counts it."""
    if view_of(actor).office:
        return seen_by(actor).filter(status__in=[Status.PROPOSED.value, Status.REPORTED.value, Status.CHECKED.value])
    return seen_by(actor).filter(status=Status.OPEN.value)


__all__ = ["ABOUT", "ENDED", "LIVE", "SupervisionRow", "needs_me", "supervisions", "whole"]
