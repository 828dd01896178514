"""Samples of direct answers: who is to be asked, what came of it, and a drawing that anybody can repeat."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Count, Q

from hotline.registry.knowledge.queries import cited_on
from hotline.rules.callback_plan import sampled
from hotline.rules.lifecycle import Actor
from hotline.rules.lifecycle.standing import half_day
from hotline.rules.vocabulary import CITY_TZ, Flag
from hotline.rules.words import word
from hotline.stages.callback.models import Draw, Sample
from hotline.stages.callback.queries.planning import ALL
from hotline.stages.callback.queries.worklist import opens_at
from hotline.tickets.acting.names import Names
from hotline.tickets.claims import Held
from hotline.tickets.queries import in_view, ticket_file
from hotline.tickets.rulebook import Rulebooks, rulebook

DESK: Final = "sample"
DAYS_SHOWN: Final = 60
SAMPLES_SHOWN: Final = 200
ANSWERED: Final = "answered_directly"
ALL_DRAWN: Final = "drawn"


@dataclass(frozen=True)
class DrawLine:
    """One day's drawing."""

    day: date
    percent: int
    answered: int
    drawn: int
    waiting: int
    satisfied: int
    dissatisfied: int
    unreached: int


@dataclass(frozen=True)
class SampleLine:
    """One sample in the list."""

    number: str
    title: str
    day: date
    result: str
    rating: str
    attempts: int
    followed: str
    followed_ticket: str
    bad: bool


@dataclass(frozen=True)
class Redrawn:
    """A day's drawing, drawn again on the spot: the same numbers, or what differs."""

    day: date
    percent: int
    seed: str
    answered: int
    drawn: tuple[str, ...]
    again: tuple[str, ...]
    population: tuple[tuple[str, bool], ...]

    @property
    def same(self) -> bool:
        """Whether both drawings gave the same numbers."""
        return self.drawn == self.again


@dataclass(frozen=True)
class SamplePage:
    """One sample to be rung."""

    number: str
    title: str
    content: str
    reply: str
    result: str
    waiting: bool
    bad: bool
    followed: str
    followed_ticket: str
    rating: str
    words: str
    attempts: int
    contact: str
    name: str
    phone: str
    opens_at: datetime | None
    same_half_day: bool
    items: tuple[tuple[str, str], ...]
    held: Held | None

    @property
    def mine(self) -> bool:
        """Whether nobody else has it in hand."""
        return self.held is None or self.held.mine


def answered_on(day: date) -> list[str]:
    """Numbers of the direct answers of a day whose citizens can be asked, in order."""
    begins = datetime.combine(day, time(), CITY_TZ)
    found = in_view(ALL).filter(
        close_reason=ANSWERED,
        contactable=True,
        last_at__gte=begins,
        closed_at__gte=begins,
        closed_at__lt=begins + timedelta(days=1),
    )
    refused = Q(flags__contains=[Flag.CALLBACK_REFUSED.value])
    return list(found.exclude(refused).order_by("number").values_list("number", flat=True))


def drawn_from(numbers: list[str], *, percent: int, seed: str) -> tuple[str, ...]:
    """The drawing itself."""
    return tuple(number for number in numbers if sampled(number, percent=percent, seed=seed))


def draws() -> tuple[DrawLine, ...]:
    """The last two months' drawings with what came of them, in one statement."""
    counts = {result.value: Count("samples", filter=Q(samples__result=result.value)) for result in Sample.Result}
    rows = Draw.objects.annotate(**{ALL_DRAWN: Count("samples")}, **counts).order_by("-day")[:DAYS_SHOWN]
    return tuple(
        DrawLine(
            row.day,
            row.percent,
            row.answered,
            getattr(row, ALL_DRAWN),
            *(getattr(row, result.value) for result in Sample.Result),
        )
        for row in rows
    )


def samples(lang: str, *, open_only: bool) -> tuple[SampleLine, ...]:
    """Samples to be rung first, then those whose bad answer nobody has followed up."""
    rows = Sample.objects.select_related("ticket", "draw")
    if open_only:
        rows = rows.filter(Q(result=Sample.Result.WAITING) | Q(result=Sample.Result.DISSATISFIED, followed=""))
    found = rows.order_by("-draw__day", "ticket_id")[:SAMPLES_SHOWN]
    return tuple(_line(row, lang) for row in found)


def _line(row: Sample, lang: str) -> SampleLine:
    return SampleLine(
        number=row.ticket.number,
        title=row.ticket.title,
        day=row.draw.day,
        result=row.result,
        rating=word(f"rating.{row.rating}", lang) if row.rating else "",
        attempts=row.attempts,
        followed=row.followed,
        followed_ticket=row.followed_ticket,
        bad=row.result == Sample.Result.DISSATISFIED,
    )


def redrawn(day: date) -> Redrawn | None:
    """A day's drawing with the same drawn again from what the tickets say now; None for a day without one."""
    kept = Draw.objects.filter(day=day).first()
    if kept is None:
        return None
    numbers = answered_on(day)
    drawn = tuple(kept.samples.order_by("ticket__number").values_list("ticket__number", flat=True))
    again = drawn_from(numbers, percent=kept.percent, seed=kept.seed)
    chosen = set(drawn)
    population = tuple((number, number in chosen) for number in numbers)
    return Redrawn(kept.day, kept.percent, kept.seed, kept.answered, drawn, again, population)


def first_waiting(*, but: str = "") -> str:
    """The next sample to be rung, oldest drawing first."""
    rows = Sample.objects.filter(result=Sample.Result.WAITING).exclude(ticket__number=but)
    return rows.order_by("draw__day", "attempts", "ticket_id").values_list("ticket__number", flat=True).first() or ""


def sample_page(
    number: str, *, actor: Actor, known: Names, books: Rulebooks, lang: str, now: datetime, held: Held | None
) -> SamplePage | None:
    """One sample; None for a ticket that was not drawn. TicketRefused where it is not for this reader."""
    del known
    file = ticket_file(number, actor=actor, now=now, books=books)
    row = Sample.objects.filter(ticket_id=file.row.pk).first()
    if row is None:
        return None
    opens = opens_at(now)
    shown = file.requester if file.requester_view.value != "hidden" else None
    return SamplePage(
        number=number,
        title=file.row.title,
        content=file.texts.get("content", ""),
        reply=file.texts.get("reply", ""),
        result=row.result,
        waiting=row.result == Sample.Result.WAITING,
        bad=row.result == Sample.Result.DISSATISFIED,
        followed=row.followed,
        followed_ticket=row.followed_ticket,
        rating=word(f"rating.{row.rating}", lang) if row.rating else "",
        words=row.words,
        attempts=row.attempts,
        contact=file.requester_view.value,
        name=shown.name if shown else "",
        phone=shown.phone if shown else "",
        opens_at=opens if opens > now else None,
        same_half_day=too_soon(row, now),
        items=tuple(_told(number)),
        held=held,
    )


def too_soon(row: Any, now: datetime) -> bool:
    """Whether this half-day has seen an attempt already."""
    if row.last_attempt_at is None or not rulebook(now=now).profile.callback.half_days_different:
        return False
    return half_day(row.last_attempt_at) == half_day(now)


def _told(number: str) -> Iterator[tuple[str, str]]:
    """The knowledge items that were cited in the answer."""
    for version in cited_on(number):
        yield version.code, version.text.title
