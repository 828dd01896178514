"""What the district's desk and the inboxes of streets and bureaus show: lists by the inner limit, and what helps to
choose who gets a matter, in words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hotline.rules.deadlines import light
from hotline.rules.lifecycle import Actor, Rulebook
from hotline.rules.state import TicketState
from hotline.rules.vocabulary import CITY_TZ, WORKING, ClockKind, Role, Stage, Urgency
from hotline.rules.words import word
from hotline.search.alike import alike
from hotline.tickets.access import OpenTicket
from hotline.tickets.acting.counters import counts
from hotline.tickets.acting.names import Names
from hotline.tickets.narrowing import TicketFilter
from hotline.tickets.passed_down import PassedRow, passed_rows, took

AT_WORK: Final = tuple(sorted(stage.value for stage in WORKING))
NOT_SIGNED: Final = (Stage.PENDING_SIGN.value,)


@dataclass(frozen=True)
class Queue:
    """One list of the district's desk, or of a unit below it."""

    key: str
    title: str | Promise
    hint: str | Promise
    where: TicketFilter
    roles: frozenset[Role]
    of_district: bool = True
    inner: bool = True

    @property
    def page(self) -> str:
        """The name of its address."""
        return f"district-{self.key}" if self.of_district else self.key


_DISTRICT = frozenset({Role.DISTRICT_DISPATCHER})
_BELOW = frozenset({Role.UNIT_HANDLER, Role.SECTION_HEAD})


def _held(**more: Any) -> TicketFilter:
    return TicketFilter(stages=AT_WORK, led_by_mine=True, **more)


def _given(**more: Any) -> TicketFilter:
    return TicketFilter(stages=AT_WORK, given_to_mine=True, **more)


QUEUES: Final = {
    queue.key: queue
    for queue in (
        Queue(
            "arrived",
            _("待签收"),
            _("市里派来、还没有签收的工单。"),
            TicketFilter(stages=NOT_SIGNED, led_by_mine=True),
            _DISTRICT,
            inner=False,
        ),
        Queue(
            "new",
            _("待二次转办"),
            _("已经签收、还没有转给街道或者部门的工单。由区里直接办的，不用转。"),
            _held(delegated=False),
            _DISTRICT,
            inner=False,
        ),
        Queue(
            "out",
            _("街道办理中"),
            _("已经转给街道或者部门、还没有上报结果的工单，按内部时限排列。"),
            _held(delegated=True, inner_replied=False),
            _DISTRICT,
        ),
        Queue(
            "review",
            _("待区级审核"),
            _("街道或者部门已经上报结果，请审核：可以退回重报，也可以带入答复。"),
            _held(delegated=True, inner_replied=True),
            _DISTRICT,
        ),
        Queue(
            "given",
            _("区里转来的"),
            _("区里转给本单位办理的工单，按内部时限排列。"),
            _given(inner_replied=False),
            _BELOW,
            of_district=False,
        ),
        Queue(
            "reported",
            _("已上报"),
            _("已经上报结果、等区里审核的工单。"),
            _given(inner_replied=True),
            _BELOW,
            of_district=False,
        ),
    )
}
"""The lists by key, in the order of the work."""


@dataclass(frozen=True)
class QueueLine:
    """One ticket of a list, in words."""

    number: str
    title: str
    marks: tuple[str, ...]
    place: str
    category: str
    unit: str
    signed: bool
    inner_due: datetime | None
    inner_light: str
    city_due: datetime | None
    city_light: str


@dataclass(frozen=True)
class QueuePage:
    """One page of a list; `next_key` opens the following one."""

    lines: tuple[QueueLine, ...]
    next_key: str


def queue_counts(queues: Sequence[Queue], *, actor: Actor) -> tuple[int, ...]:
    """How much waits in each, in one statement."""
    return counts([queue.where for queue in queues], actor=actor)


def queue_page(
    queue: Queue, *, actor: Actor, known: Names, lang: str, now: datetime, book: Rulebook, after: str = ""
) -> QueuePage:
    """A page of fifty, what is due first on top; what has no inner limit comes last."""
    rows, key = passed_rows(actor=actor, where=queue.where, inner=queue.inner, after=after)
    return QueuePage(tuple(_line(row, known, lang, now, book) for row in rows), key)


def _line(row: PassedRow, known: Names, lang: str, now: datetime, book: Rulebook) -> QueueLine:
    urgency = (word(f"urgency.{row.urgency}", lang),) if row.urgency != Urgency.ORDINARY.value else ()
    return QueueLine(
        number=row.number,
        title=row.title,
        marks=(*urgency, *(word(f"flag.{flag}", lang) for flag in row.flags)),
        place=known.region(row.region, lang),
        category=known.category(row.category, lang),
        unit=known.unit(row.below, lang),
        signed=row.signed,
        inner_due=row.inner_due,
        inner_light=_lamp(row.inner_from, row.inner_due, now, book),
        city_due=row.city_due,
        city_light=_lamp(row.city_from, row.city_due, now, book),
    )


def _lamp(start: datetime | None, due: datetime | None, now: datetime, book: Rulebook) -> str:
    if start is None or due is None:
        return ""
    return light(start=start, due_at=due, now=now, thresholds=book.profile.lights, calendar=book.calendar).value


# --- choosing who gets a matter ---


def city_due(state: TicketState) -> datetime | None:
    """By when the city wants the district's reply."""
    clock = state.running(ClockKind.UNIT_REPLY) or state.running(ClockKind.REPLY)
    return clock.due_at if clock else None


def inner_due_proposed(state: TicketState, book: Rulebook, now: datetime) -> datetime | None:
    """The end of the working day before the city's: the district needs a day to look the result over."""
    due = city_due(state)
    if due is None or due <= now:
        return None
    day = due.astimezone(CITY_TZ).date() - timedelta(days=1)
    proposed = book.calendar.office_end(day if book.calendar.is_workday(day) else book.calendar.previous_workday(day))
    return proposed if proposed > now else due


@dataclass(frozen=True)
class Similar:
    """An earlier ticket in nearly the same words, and who below took it."""

    number: str
    title: str
    created_at: datetime
    unit: str


def similar_below(opened: OpenTicket, *, actor: Actor, known: Names, lang: str, now: datetime) -> tuple[Similar, ...]:
    """Alike tickets in view."""
    found = alike(opened.row.title, actor=actor, now=now, but=opened.row.number, limit=4)
    taken = took([one.number for one in found], actor=actor)
    return tuple(
        Similar(one.number, one.title, one.created_at, known.unit(taken.get(one.number), lang)) for one in found
    )
