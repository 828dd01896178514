"""What the district's desk and the inboxes of streets and bureaus show: lists by the inner limit, and what helps to
choose who gets a matter. Every list is narrowed to the reader's view.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _l

from hotline.rules.deadlines import light
from hotline.rules.lifecycle import Actor, Rulebook
from hotline.rules.state import TicketState
from hotline.rules.visibility import sees_text, view_of
from hotline.rules.vocabulary import CITY_TZ, WORKING, ClockKind, Role, Stage, Urgency
from hotline.rules.words import word
from hotline.search.alike import alike
from hotline.tickets.access import OpenTicket
from hotline.tickets.acting.counters import counts
from hotline.tickets.acting.names import Names
from hotline.tickets.models import LedgerEntry, Ticket, TicketClock, TicketText
from hotline.tickets.narrowing import TicketFilter, in_view, narrowed

PAGE: Final = 50
OPEN_TO_WORK: Final = tuple(sorted(stage.value for stage in WORKING))


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


_HELD: dict[str, Any] = {"stages": OPEN_TO_WORK, "led_by_mine": True}
_DISTRICT = frozenset({Role.DISTRICT_DISPATCHER})
_BELOW = frozenset({Role.UNIT_HANDLER, Role.SECTION_HEAD})

QUEUES: Final = {
    queue.key: queue
    for queue in (
        Queue(
            "arrived",
            _l("待签收"),
            _l("市里派来、还没有签收的工单。"),
            TicketFilter(stages=(Stage.PENDING_SIGN.value,), led_by_mine=True),
            _DISTRICT,
            inner=False,
        ),
        Queue(
            "new",
            _l("待二次转办"),
            _l("已经签收、还没有转给街道或者部门的工单。由区里直接办的，不用转。"),
            TicketFilter(**_HELD, delegated=False),
            _DISTRICT,
            inner=False,
        ),
        Queue(
            "out",
            _l("街道办理中"),
            _l("已经转给街道或者部门、还没有上报结果的工单，按内部时限排列。"),
            TicketFilter(**_HELD, delegated=True, inner_replied=False),
            _DISTRICT,
        ),
        Queue(
            "review",
            _l("待区级审核"),
            _l("街道或者部门已经上报结果，请审核：可以退回重报，也可以带入答复。"),
            TicketFilter(**_HELD, delegated=True, inner_replied=True),
            _DISTRICT,
        ),
        Queue(
            "given",
            _l("区里转来的"),
            _l("区里转给本单位办理的工单，按内部时限排列。"),
            TicketFilter(stages=OPEN_TO_WORK, given_to_mine=True, inner_replied=False),
            _BELOW,
            of_district=False,
        ),
        Queue(
            "reported",
            _l("已上报"),
            _l("已经上报结果、等区里审核的工单。"),
            TicketFilter(stages=OPEN_TO_WORK, given_to_mine=True, inner_replied=True),
            _BELOW,
            of_district=False,
        ),
    )
}
"""The lists by key, in the order of the work."""


@dataclass(frozen=True)
class QueueLine:
    """One ticket of a list, in words."""

    id: int
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


INNER: Final = TicketClock.objects.filter(ticket=OuterRef("pk"), kind=ClockKind.INNER_REPLY.value).order_by("-round")
CITY: Final = TicketClock.objects.filter(ticket=OuterRef("pk"), kind=ClockKind.UNIT_REPLY.value).order_by("-round")


def queue_counts(queues: Sequence[Queue], *, actor: Actor) -> tuple[int, ...]:
    """How much waits in each, in one statement."""
    return counts([queue.where for queue in queues], actor=actor)


def queue_page(
    queue: Queue, *, actor: Actor, known: Names, lang: str, now: datetime, book: Rulebook, after: str = ""
) -> QueuePage:
    """A page of fifty, what is due first on top; what has no inner limit comes by the city's."""
    found = narrowed(in_view(view_of(actor)), queue.where, actor).annotate(
        inner_due=Subquery(INNER.values("due_at")[:1]),
        inner_from=Subquery(INNER.values("started_at")[:1]),
        city_due=Subquery(CITY.values("due_at")[:1]),
        city_from=Subquery(CITY.values("started_at")[:1]),
        below=KT("delegation__unit"),
        by=F("inner_due") if queue.inner else F("city_due"),
    )
    rows = list(_after(found, after).order_by(F("by").asc(nulls_last=True), "id")[: PAGE + 1])
    lines = tuple(_line(row, known, lang, now, book) for row in rows[:PAGE])
    last: Any = rows[PAGE - 1] if len(rows) > PAGE else None
    return QueuePage(lines, f"{last.by.isoformat() if last.by else ''}_{last.pk}" if last else "")


def _after(found: QuerySet[Ticket], after: str) -> QuerySet[Ticket]:
    """The rows behind a place of the list; a mangled place is the beginning."""
    moment, _, last = after.replace(" ", "+").partition("_")
    if not last.isdecimal() or len(last) > 18:
        return found
    try:
        at = datetime.fromisoformat(moment) if moment else None
    except ValueError:
        return found
    if at is None or at.tzinfo is None:
        return found.filter(by=None, id__gt=int(last))
    return found.filter(Q(by__gt=at) | Q(by=at, id__gt=int(last)) | Q(by=None))


def _line(row: Any, known: Names, lang: str, now: datetime, book: Rulebook) -> QueueLine:
    urgency = (word(f"urgency.{row.urgency}", lang),) if row.urgency != Urgency.ORDINARY.value else ()
    return QueueLine(
        id=row.pk,
        number=row.number,
        title=row.title,
        marks=(*urgency, *(word(f"flag.{flag}", lang) for flag in row.flags)),
        place=known.region(row.region, lang),
        category=known.category(row.category, lang),
        unit=known.unit(row.below, lang) if row.below else "",
        signed=bool(row.delegation and row.delegation["signed"]),
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


def day_before(state: TicketState, book: Rulebook | None, *, now: datetime | None = None) -> datetime | None:
    """The city's due time; with the rules at hand the end of the working day before it, as the inner limit proposed."""
    clock = state.running(ClockKind.UNIT_REPLY) or state.running(ClockKind.REPLY)
    if clock is None:
        return None
    if book is None or now is None:
        return clock.due_at
    day = clock.due_at.astimezone(CITY_TZ).date() - timedelta(days=1)
    proposed = book.calendar.office_end(day if book.calendar.is_workday(day) else book.calendar.previous_workday(day))
    return proposed if proposed > now else (clock.due_at if clock.due_at > now else None)


def taken_before(row: Ticket, *, actor: Actor, most: int) -> tuple[tuple[str, int], ...]:
    """Which units below took matters of the same kind, those of the same place first."""
    if not row.category:
        return ()
    same = Ticket.objects.filter(
        lead_unit=row.lead_unit, category__startswith=row.category[:4], delegation__isnull=False
    )
    found = (
        same.exclude(pk=row.pk)
        .annotate(below=KT("delegation__unit"))
        .values("below")
        .annotate(here=Count("pk", filter=Q(region=row.region)), times=Count("pk"))
        .order_by("-here", "-times", "below")
    )
    return tuple((one["below"], one["times"]) for one in found[:most] if one["below"] in actor.covers)


@dataclass(frozen=True)
class Similar:
    """An earlier ticket in nearly the same words."""

    number: str
    title: str
    created_at: datetime


def similar_below(row: Ticket, *, actor: Actor, now: datetime, most: int) -> tuple[tuple[Similar, str], ...]:
    """Alike tickets in view, and who below took them."""
    found = alike(row.title, actor=actor, now=now, but=row.number, limit=most)
    numbers = [one.number for one in found]
    took = dict(
        Ticket.objects.filter(number__in=numbers).values_list("number", KT("delegation__unit")) if numbers else ()
    )
    return tuple((Similar(one.number, one.title, one.created_at), took.get(one.number) or "") for one in found)


@dataclass(frozen=True)
class InnerReply:
    """What the unit below reported last."""

    unit: str
    text: str


def inner_reply_of(opened: OpenTicket, *, actor: Actor) -> InnerReply | None:
    """The inner reply that waits for the district, if there is one and the reader may read it."""
    given = opened.state.delegation
    if given is None or not given.replied or not sees_text(actor, opened.state, "reply"):
        return None
    entry = LedgerEntry.objects.filter(ticket=opened.row, name="handling.delegate_replied").order_by("-seq").first()
    if entry is None:
        return None
    text = TicketText.objects.filter(ticket=opened.row, seq=entry.seq, field="reply").first()
    return InnerReply(given.unit, text.body) if text is not None and text.body else None
