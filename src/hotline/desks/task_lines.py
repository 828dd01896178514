"""The parts of co-units on the ticket page: whose, what, how it stands and until when, with its light."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hotline.desks.clock_lines import lamp
from hotline.desks.time_words import DueWords, due_words
from hotline.rules.cotasks import CoTask, Standing
from hotline.rules.effects_of_tasks import asked_back
from hotline.rules.vocabulary import ClockKind, Finding
from hotline.rules.words import word
from hotline.tickets.acting.names import Names
from hotline.tickets.queries import TicketFile

STANDS: Final[Mapping[Standing, str | Promise]] = {
    Standing.WAITING: gettext_lazy("排在其他任务之后，尚未开始"),
    Standing.OPEN: gettext_lazy("待反馈"),
    Standing.REPORTED: gettext_lazy("已反馈"),
    Standing.ENDED: gettext_lazy("已撤销"),
}


@dataclass(frozen=True)
class TaskLine:
    """One co-unit's part. `due` and `light` only while it is owed; `asked_back` says why it is not theirs."""

    unit: str
    what: str
    stands: str
    standing: str
    reply: str
    due: DueWords | None
    light: str
    asked_back: str = ""


def task_lines(file: TicketFile, known: Names, lang: str, now: datetime) -> tuple[TaskLine, ...]:
    """All parts in the order in which they were given."""
    return tuple(_line(task, file, known, lang, now) for task in file.state.tasks)


def _line(task: CoTask, file: TicketFile, known: Names, lang: str, now: datetime) -> TaskLine:
    clock = file.state.running(ClockKind.CO_TASK, task.unit)
    owed = clock if clock is not None and not clock.paused else None
    back = asked_back(file.state) == task.unit
    return TaskLine(
        unit=known.unit(task.unit, lang),
        what=_said(file, "open_task", "task", seq=task.seq),
        stands=_("已申请退回，待派单员审核") if back else _stands(task, lang),
        standing=task.standing.value,
        reply=_said(file, "report_co_task", "reply", unit=task.unit) if task.standing is Standing.REPORTED else "",
        due=due_words(owed.due_at, now) if owed else None,
        light=lamp(owed.started_at, owed.due_at, now, file.book) if owed else "",
        asked_back=_said(file, "request_task_return", "legal_basis", unit=task.unit) if back else "",
    )


def _stands(task: CoTask, lang: str) -> str:
    if task.awaits_finding:
        return _("“%(finding)s”以后开始") % {"finding": word(task.after, lang)}
    if task.standing is Standing.REPORTED and task.finding is not Finding.NOTHING:
        return _("已反馈：%(finding)s") % {"finding": word(task.finding, lang)}
    return str(STANDS[task.standing])


def _said(file: TicketFile, act: str, name: str, *, seq: int | None = None, unit: str = "") -> str:
    """What was typed in the latest such act: at that line of the ledger, or by that unit."""
    entry = next(
        (e for e in reversed(file.timeline) if e.act == act and (e.seq == seq if seq is not None else e.unit == unit)),
        None,
    )
    return entry.texts.get(name, "") if entry else ""
