"""The worklist of the callback desk, in the order in which the plan says to work, ready to print."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from django.db.models import Case, Count, F, IntegerField, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hotline.rules.callback_plan import Method, next_call
from hotline.rules.lifecycle import Actor
from hotline.rules.sentences import render
from hotline.rules.vocabulary import Flag, Stage
from hotline.rules.words import word
from hotline.stages.callback.models import CallbackTask
from hotline.stages.callback.queries.planning import why
from hotline.tickets.acting.names import Names
from hotline.tickets.claims import held_among
from hotline.tickets.rulebook import Rulebooks, rulebook

Ranked = Any
"""Tasks with their rank beside them, which no type can say."""

PAGE: Final = 50
DESK: Final = "callback"
SHOWN: Final = (Flag.KEY, Flag.INSTRUCTION, Flag.CONFIDENTIAL, Flag.THREAT, Flag.REPEAT, Flag.IN_REWORK)


class Lane(StrEnum):
    """The parts of the list, from what is to be done now to what waits for a decision."""

    RING = "ring"
    WAIT = "wait"
    LATER = "later"
    DECIDE = "decide"


TITLES: Final[Mapping[Lane, str | Promise]] = {
    Lane.RING: _("现在打电话"),
    Lane.WAIT: _("等短信答复"),
    Lane.LATER: _("换个半天再打"),
    Lane.DECIDE: _("联系不上或不便联系，待决定"),
}
METHODS: Final[Mapping[str, str | Promise]] = {
    Method.PHONE: _("电话"),
    Method.MESSAGE: _("发短信"),
    Method.WAIT: _("等答复"),
    Method.CHECK: _("自行核实"),
    Method.UNREACHED: _("联系不上"),
}
RANKS: Final[Mapping[Lane, tuple[int, ...]]] = {
    Lane.RING: (1, 2, 3),
    Lane.WAIT: (4,),
    Lane.LATER: (5,),
    Lane.DECIDE: (6,),
}
SAID_BY_MESSAGE: Final = ("callback_plan.dissatisfied", "callback_plan.unclear")


@dataclass(frozen=True)
class WorkLine:
    """One ticket of the list."""

    number: str
    title: str
    marks: tuple[str, ...]
    unit: str
    lane: Lane
    method: str | Promise
    next_at: datetime
    due_now: bool
    why: str
    attempts: int
    due_at: datetime | None
    held_by: str
    held_until: datetime | None


@dataclass(frozen=True)
class Part:
    """One part of the list with how many tickets stand in it, in all."""

    lane: Lane
    title: str | Promise
    count: int
    on: bool


@dataclass(frozen=True)
class Worklist:
    """A page of the list. `opens_at` is when citizens may be rung again, None while they may."""

    lines: tuple[WorkLine, ...]
    parts: tuple[Part, ...]
    page: int
    more: bool
    opens_at: datetime | None

    @property
    def total(self) -> int:
        """All tickets that await their callback."""
        return sum(part.count for part in self.parts)

    @property
    def ring(self) -> int:
        """How many are to be rung now."""
        return next(part.count for part in self.parts if part.lane is Lane.RING)


def ranked(now: datetime) -> Ranked:
    """All tasks with their rank: heavy calls, dissatisfied by message, other calls, waiting, later, to be decided."""
    rings = {"method": Method.PHONE.value, "next_at__lte": now}
    rank = Case(
        When(**rings, heavy=True, then=Value(1)),
        When(**rings, reason__in=SAID_BY_MESSAGE, then=Value(2)),
        When(**rings, then=Value(3)),
        When(method__in=[Method.WAIT.value, Method.MESSAGE.value], then=Value(4)),
        When(method=Method.PHONE.value, then=Value(5)),
        default=Value(6),
        output_field=IntegerField(),
    )
    return CallbackTask.objects.filter(ticket__stage=Stage.PENDING_CALLBACK.value).annotate(rank=rank)


def in_order(found: Ranked) -> Ranked:
    """Within a rank what is owed first; of those that wait, what comes first."""
    moment = Case(When(rank__lte=3, then=F("ticket__due_at")), default=F("next_at"))
    return found.order_by("rank", moment.asc(nulls_last=True), "ticket_id")


def worklist(
    *, actor: Actor, known: Names, books: Rulebooks, lang: str, now: datetime, lane: Lane | None = None, page: int = 1
) -> Worklist:
    """One page of the list in three statements."""
    found = ranked(now)
    counted = dict(found.values_list("rank").annotate(n=Count("pk")).order_by("rank"))
    wanted = found.filter(rank__in=RANKS[lane]) if lane else found
    first = (page - 1) * PAGE
    rows = list(in_order(wanted).select_related("ticket")[first : first + PAGE + 1])
    opens = next_call(now, books.at(now).profile.callback)
    return Worklist(
        lines=tuple(_lines(rows[:PAGE], actor, known, lang, now)),
        parts=tuple(
            Part(one, TITLES[one], sum(counted.get(rank, 0) for rank in RANKS[one]), one is lane) for one in Lane
        ),
        page=page,
        more=len(rows) > PAGE,
        opens_at=opens if opens > now else None,
    )


def opens_at(now: datetime) -> datetime:
    """The first moment from now on at which citizens may be rung."""
    return next_call(now, rulebook(now=now).profile.callback)


def _lines(rows: list[Any], actor: Actor, known: Names, lang: str, now: datetime) -> Iterator[WorkLine]:
    held = held_among([task.ticket.number for task in rows], desk=DESK, actor=actor, now=now) if rows else {}
    for task in rows:
        hand = held.get(task.ticket.number)
        other = hand if hand and not hand.mine else None
        yield WorkLine(
            number=task.ticket.number,
            title=task.ticket.title,
            marks=tuple(word(flag, lang) for flag in SHOWN if flag.value in task.ticket.flags),
            unit=known.unit(task.ticket.lead_unit, lang),
            lane=lane_of(task.rank),
            method=METHODS[task.method],
            next_at=task.next_at,
            due_now=task.rank in RANKS[Lane.RING],
            why=render(why(task), lang),
            attempts=len(task.ticket.attempts),
            due_at=task.ticket.due_at,
            held_by=other.who if other else "",
            held_until=other.until if other else None,
        )


def lane_of(rank: int) -> Lane:
    """The part of the list a rank belongs to."""
    return next(lane for lane, ranks in RANKS.items() if rank in ranks)


def first_free(*, actor: Actor, now: datetime, but: str = "") -> str:
    """The number of the next ticket to ring that nobody else has in hand; blank when the first page holds none."""
    rows = in_order(ranked(now).filter(rank__in=RANKS[Lane.RING])).exclude(ticket__number=but)
    numbers = list(rows.values_list("ticket__number", flat=True)[:PAGE])
    held = held_among(numbers, desk=DESK, actor=actor, now=now) if numbers else {}
    return next((number for number in numbers if number not in held or held[number].mine), "")


def task_for(number: str) -> CallbackTask | None:
    """The task of one ticket."""
    return CallbackTask.objects.filter(ticket__number=number).select_related("ticket").first()
