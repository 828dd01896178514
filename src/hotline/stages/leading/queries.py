"""What the team leaders' pages show, as plain values in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from hotline.registry.lines.models import ReasonCode, ReasonList
from hotline.registry.people.queries import names as people
from hotline.rules.lifecycle import Actor
from hotline.rules.quality_sample import Point, score
from hotline.rules.shifts import Shift, Turn, parse_shift
from hotline.stages.leading.models import QualityCheck, ShiftSheet
from hotline.tickets.acting.names import Names
from hotline.tickets.queries import rows_of
from hotline.tickets.seats import Left, left_over

MOST: Final = 60
HISTORY: Final = 30
DAYS_BACK: Final = 7


@dataclass(frozen=True)
class ShiftName:
    """A shift with the city's word for it."""

    shift: Shift
    zh: str
    en: str

    def label(self, lang: str) -> str:
        """早班 08:00–16:00."""
        return f"{self.en if lang == 'en' and self.en else self.zh} {self.shift.hours}"


def shifts_on(day: date) -> tuple[ShiftName, ...]:
    """The city's shifts in force on a day; a line that names no hours is left out."""
    rows = ReasonCode.objects.on(day).filter(list=ReasonList.SHIFT).order_by("position", "code")
    found = ((parse_shift(row.code, row.note), row) for row in rows)
    return tuple(ShiftName(shift, row.zh, row.en) for shift, row in found if shift is not None)


@dataclass(frozen=True)
class CheckLine:
    """One sample: whose ticket of which day, and what was found."""

    id: int
    day: date
    number: str
    title: str
    agent: str
    who: str
    answered: bool
    checked_by: str
    checked_who: str
    checked_at: datetime | None
    answers: Mapping[Point, bool | None]
    note: str

    @property
    def score(self) -> int | None:
        """Points met, in per cent."""
        return score(self.answers)


def open_checks(*, actor: Actor) -> tuple[CheckLine, ...]:
    """Samples that nobody has looked at, the oldest first."""
    return _lines(QualityCheck.objects.filter(checked_at=None).order_by("day", "id")[:MOST], actor)


def done_checks(*, actor: Actor) -> tuple[CheckLine, ...]:
    """Samples looked at, the latest first."""
    return _lines(QualityCheck.objects.exclude(checked_at=None).order_by("-checked_at")[:HISTORY], actor)


def own_checks(*, actor: Actor) -> tuple[CheckLine, ...]:
    """What was found of this person's own work."""
    mine = QualityCheck.objects.filter(agent=actor.id).exclude(checked_at=None)
    return _lines(mine.order_by("-checked_at")[:MOST], actor)


def check_line(pk: int, *, actor: Actor) -> CheckLine | None:
    """One sample."""
    found = _lines(QualityCheck.objects.filter(pk=pk), actor)
    return found[0] if found else None


def next_check(*, actor: Actor, but: int = 0) -> int | None:
    """The next sample that this leader may look at."""
    waiting = QualityCheck.objects.filter(checked_at=None).exclude(pk=but).exclude(agent=actor.id)
    return waiting.order_by("day", "id").values_list("pk", flat=True).first()


def missing_days(today: date) -> tuple[date, ...]:
    """Days of the last week from which nothing was drawn yet."""
    days = [today - timedelta(days=back) for back in range(1, DAYS_BACK + 1)]
    drawn = set(QualityCheck.objects.filter(day__in=days).values_list("day", flat=True).distinct())
    return tuple(day for day in days if day not in drawn)


def mean(lines: Sequence[CheckLine]) -> int | None:
    """The mean of the scores there are."""
    scores = [line.score for line in lines if line.score is not None]
    return round(sum(scores) / len(scores)) if scores else None


def _lines(rows: Any, actor: Actor) -> tuple[CheckLine, ...]:
    found = list(rows)
    if not found:
        return ()
    known = people({who for row in found for who in (row.agent, row.checked_by)})
    titles = {row.number: row.title for row in rows_of([row.number for row in found], actor=actor)}
    return tuple(
        CheckLine(
            id=row.pk,
            day=row.day,
            number=row.number,
            title=titles.get(row.number, ""),
            agent=row.agent,
            who=known.get(row.agent, ""),
            answered=row.answered,
            checked_by=row.checked_by,
            checked_who=known.get(row.checked_by, ""),
            checked_at=row.checked_at,
            answers={point: row.answers.get(point.value) for point in Point} if row.answers else {},
            note=row.note,
        )
        for row in found
    )


@dataclass(frozen=True)
class LeftLine:
    """A ticket on the sheet as it is printed."""

    number: str
    title: str
    unit: str
    due_at: datetime | None


@dataclass(frozen=True)
class LeftPart:
    """One part of the sheet: what it is, how many, and which."""

    kind: Left
    lines: tuple[LeftLine, ...]

    @property
    def count(self) -> int:
        """How many tickets."""
        return len(self.lines)


@dataclass(frozen=True)
class Sheet:
    """A handover sheet in words."""

    id: int
    day: date
    shift: str
    given_by: str
    given_who: str
    given_at: datetime
    notes: str
    accepted_who: str
    accepted_at: datetime | None
    remark: str
    parts: tuple[LeftPart, ...]
    mine: bool

    @property
    def total(self) -> int:
        """Tickets on the sheet."""
        return sum(part.count for part in self.parts)


def present(*, actor: Actor, known: Names, lang: str) -> tuple[LeftPart, ...]:
    """What would be handed over now."""
    now_left = left_over(actor=actor)
    stored = {
        kind.value: [[one.number, one.unit, one.due_at.isoformat() if one.due_at else ""] for one in left]
        for kind, left in now_left.items()
    }
    return _parts(stored, actor, known, lang)


def sheets(*, actor: Actor, known: Names, lang: str, named: Mapping[str, str]) -> tuple[Sheet, ...]:
    """The latest sheets without their tickets' titles."""
    rows = list(ShiftSheet.objects.order_by("-given_at")[:HISTORY])
    who = people({one for row in rows for one in (row.given_by, row.accepted_by)})
    return tuple(_sheet(row, _counted(row.left, known, lang), who, named, actor) for row in rows)


def sheet(pk: int, *, actor: Actor, known: Names, lang: str) -> Sheet | None:
    """One sheet in full."""
    row = ShiftSheet.objects.filter(pk=pk).first()
    if row is None:
        return None
    named = {name.shift.code: name.label(lang) for name in shifts_on(row.day)}
    who = people({row.given_by, row.accepted_by})
    return _sheet(row, _parts(row.left, actor, known, lang), who, named, actor)


def handed_over(turn: Turn) -> bool:
    """Whether the shift of that day has its sheet."""
    return ShiftSheet.objects.filter(day=turn.day, shift=turn.shift.code).exists()


def _sheet(
    row: ShiftSheet, parts: tuple[LeftPart, ...], who: Mapping[str, str], named: Mapping[str, str], actor: Actor
) -> Sheet:
    return Sheet(
        id=row.pk,
        day=row.day,
        shift=named.get(row.shift, row.shift),
        given_by=row.given_by,
        given_who=who.get(row.given_by, ""),
        given_at=row.given_at,
        notes=row.notes,
        accepted_who=who.get(row.accepted_by, ""),
        accepted_at=row.accepted_at,
        remark=row.remark,
        parts=parts,
        mine=row.given_by == actor.id,
    )


def _parts(stored: Mapping[str, Any], actor: Actor, known: Names, lang: str) -> tuple[LeftPart, ...]:
    """The frozen numbers with the titles that the tickets have now."""
    numbers = [number for left in stored.values() for number, _, _ in left]
    titles = {row.number: row.title for row in rows_of(list(dict.fromkeys(numbers)), actor=actor)} if numbers else {}
    return _counted(stored, known, lang, titles)


def _counted(
    stored: Mapping[str, Any], known: Names, lang: str, titles: Mapping[str, str] | None = None
) -> tuple[LeftPart, ...]:
    return tuple(
        LeftPart(
            kind,
            tuple(
                LeftLine(
                    number=number,
                    title=(titles or {}).get(number, ""),
                    unit=known.unit(unit, lang),
                    due_at=datetime.fromisoformat(due) if due else None,
                )
                for number, unit, due in stored.get(kind.value, ())
            ),
        )
        for kind in Left
    )
