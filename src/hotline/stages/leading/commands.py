"""Drawing and checking samples, handing over and taking over a shift. Each is one conditional statement, so that two
leaders at once never do it twice; a refusal is a value.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction

from hotline.registry.people.queries import names as people
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.quality_sample import Point, drawn
from hotline.rules.shifts import Turn, ending_at
from hotline.rules.vocabulary import CITY_TZ
from hotline.stages.leading.models import QualityCheck, ShiftSheet
from hotline.stages.leading.queries import ShiftName, shifts_on
from hotline.tickets.seats import left_over, work_of

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Done:
    """What came of a command: the row's key, or why nothing was done."""

    pk: int = 0
    refusals: tuple[Refusal, ...] = ()

    @property
    def ok(self) -> bool:
        """True when it was done."""
        return not self.refusals


def draw_day(day: date, *, now: datetime) -> int:
    """Draw the samples of a day that is over; drawn again it draws the same and adds nothing. How many are new."""
    begins = datetime.combine(day, time(), CITY_TZ)
    if now < begins + DAY:
        return 0
    by_agent: dict[str, dict[str, bool]] = {}
    for work in work_of(begins, begins + DAY):
        by_agent.setdefault(work.agent, {})[work.number] = work.answered
    checks = [
        QualityCheck(day=day, number=number, agent=agent, answered=tickets[number], drawn_at=now)
        for agent, tickets in sorted(by_agent.items())
        for number in drawn(tickets, day=day)
    ]
    before = QualityCheck.objects.filter(day=day).count()
    QualityCheck.objects.bulk_create(checks, ignore_conflicts=True)
    return QualityCheck.objects.filter(day=day).count() - before


def check(pk: int, *, answers: Mapping[Point, bool | None], note: str, actor: Actor, now: datetime) -> Done:
    """Put down what was found on a sample. Nobody checks his own work, and nobody checks twice."""
    row = QualityCheck.objects.filter(pk=pk).first()
    if row is None:
        return Done(refusals=(Refusal("quality.not_found"),))
    if row.agent == actor.id:
        return Done(refusals=(Refusal("quality.own_work"),))
    if any(answer is False for answer in answers.values()) and not note.strip():
        return Done(refusals=(Refusal("quality.note_missing", field="note"),))
    found = {point.value: answers.get(point) for point in Point}
    taken = QualityCheck.objects.filter(pk=pk, checked_at=None).update(
        answers=found, note=note.strip(), checked_by=actor.id, checked_at=now
    )
    if taken:
        return Done(pk)
    row.refresh_from_db()
    return Done(
        refusals=(Refusal("quality.already_checked", {"who": people([row.checked_by]).get(row.checked_by, "")}),)
    )


def turn_now(now: datetime, shifts: Iterable[ShiftName] | None = None) -> Turn | None:
    """The shift that a leader hands over at this moment."""
    known = shifts_on(now.astimezone(CITY_TZ).date()) if shifts is None else shifts
    return ending_at([named.shift for named in known], now)


def hand_over(*, notes: str, actor: Actor, now: datetime) -> Done:
    """Freeze what is unfinished and hand it over to the next shift."""
    turn = turn_now(now)
    if turn is None:
        return Done(refusals=(Refusal("shift.none_running"),))
    left = {
        kind.value: [[one.number, one.unit, one.due_at.isoformat() if one.due_at else ""] for one in tickets]
        for kind, tickets in left_over(actor=actor).items()
    }
    try:
        with transaction.atomic():
            made = ShiftSheet.objects.create(
                day=turn.day, shift=turn.shift.code, given_by=actor.id, given_at=now, notes=notes.strip(), left=left
            )
    except IntegrityError:
        first = ShiftSheet.objects.get(day=turn.day, shift=turn.shift.code)
        who = people([first.given_by]).get(first.given_by, "")
        return Done(refusals=(Refusal("shift.already_handed", {"who": who}),))
    return Done(made.pk)


def accept(pk: int, *, remark: str, actor: Actor, now: datetime) -> Done:
    """Take over a shift, by somebody else than who handed it over."""
    row = ShiftSheet.objects.filter(pk=pk).first()
    if row is None:
        return Done(refusals=(Refusal("shift.not_found"),))
    if row.given_by == actor.id:
        return Done(refusals=(Refusal("shift.needs_second_person"),))
    taken = ShiftSheet.objects.filter(pk=pk, accepted_at=None).update(
        accepted_by=actor.id, accepted_at=now, remark=remark.strip()
    )
    if taken:
        return Done(pk)
    row.refresh_from_db()
    who = people([row.accepted_by]).get(row.accepted_by, "")
    return Done(refusals=(Refusal("shift.already_accepted", {"who": who}),))
