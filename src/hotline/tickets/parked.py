"""The parked list as its readers see it: what is parked, due for review, asked for, being signed, and what has ended.

The plan in force is that of the last agreement; its words are the last typed before it. The office reads all of it, a
unit what it or a unit below it leads; what waits for the head of a unit is known in that unit only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KT

from hotline.rules.lifecycle import Actor
from hotline.rules.parking import Plan, Standing
from hotline.rules.visibility import view_of
from hotline.rules.vocabulary import CITY_TZ, ClockKind, Paper, Proposal, Stage
from hotline.tickets.models import LedgerEntry, Ticket, TicketClock, TicketText
from hotline.tickets.narrowing import in_view

PAGE: Final = 50
MOST: Final = 5000
"""Rows of one sheet; a city has some hundreds."""

AGREED: Final = ("parking.confirmed", "parking.renewed")
PARKED: Final = Q(stage=Stage.PARKED.value)
ASKED: Final = ~PARKED & ~Q(proposals={}) & Q(proposals__has_key=Proposal.PARK.value)
SIGNING: Final = ~PARKED & ~Q(awaits_signature="") & Q(signing__paper=Paper.PARK.value)

Found = QuerySet[Ticket]


@dataclass(frozen=True, kw_only=True)
class ParkedRow:
    """One line of the list. `reviews` says how often it has been looked at and stayed; `anew` that the unit has
    asked for another plan, about which the office has not decided.
    """

    number: str
    title: str
    stage: str
    lead_unit: str
    standing: Standing
    plan: Plan | None
    words: str
    responsible: str
    since: datetime | None
    began: datetime | None
    due_at: datetime | None
    reviews: int
    anew: bool
    ended_at: datetime | None
    met: bool | None


@dataclass(frozen=True)
class ParkedList:
    """One page; `more` says whether another follows."""

    rows: tuple[ParkedRow, ...]
    more: bool


def seen_by(actor: Actor) -> Found:
    """Tickets whose parking is for this person: the SQL twin of rules.parking.may_see."""
    view = view_of(actor)
    found = in_view(view)
    return found if view.everything else found.filter(lead_unit__in=sorted(view.units))


def _inside(actor: Actor) -> Q:
    """What waits for its head is known in the unit and above it."""
    return SIGNING & (Q(lead_unit__in=sorted(actor.covers)) if not view_of(actor).everything else Q(pk__in=[]))


def end_of(moment: datetime) -> datetime:
    """Midnight after that moment in city time: what is due today is due."""
    local = moment.astimezone(CITY_TZ)
    return local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def at(standing: Standing, actor: Actor, now: datetime) -> Q:
    """Tickets that stand so, as far as this person knows of it."""
    match standing:
        case Standing.DUE:
            return PARKED & Q(due_at__lt=end_of(now))
        case Standing.PARKED:
            return PARKED
        case Standing.ASKED:
            return ASKED | (PARKED & ~Q(proposals={}) & Q(proposals__has_key=Proposal.PARK.value))
        case Standing.SIGNING:
            return _inside(actor)
        case Standing.ENDED:
            reviewed = TicketClock.objects.filter(ticket=OuterRef("pk"), kind=ClockKind.PARK_REVIEW.value)
            return ~PARKED & Q(Exists(reviewed))


def parked(
    *,
    actor: Actor,
    now: datetime,
    standing: Standing = Standing.PARKED,
    units: Sequence[str] = (),
    cause: str = "",
    page: int = 1,
    limit: int = PAGE,
) -> ParkedList:
    """One page of the list; what is due first comes first, of what has ended the last."""
    found = _lined(seen_by(actor).filter(at(standing, actor, now)))
    if units:
        found = found.filter(lead_unit__in=list(units))
    if cause:
        found = found.filter(**{_cause_of(standing): cause})
    order = ("-ended_at", "-pk") if standing is Standing.ENDED else ("due_at", "pk")
    start = (page - 1) * limit
    rows = list(found.order_by(*order).values(*COLUMNS)[start : start + limit + 1])
    return ParkedList(tuple(_row(values, standing, now) for values in rows[:limit]), len(rows) > limit)


def one(number: str, *, actor: Actor, now: datetime) -> ParkedRow | None:
    """The line of one ticket, whatever its standing; None where it never was on the list or is not for this reader."""
    values = _lined(seen_by(actor).filter(number=number)).values(*COLUMNS).first()
    if values is None:
        return None
    standing = _standing_of(values, now, inside=not view_of(actor).everything)
    return _row(values, standing, now) if standing else None


def _standing_of(values: dict[str, Any], now: datetime, *, inside: bool) -> Standing | None:
    if values["stage"] == Stage.PARKED.value:
        return _held(values, now)
    if Proposal.PARK.value in values["proposals"]:
        return Standing.ASKED
    if inside and values["signing"] and values["signing"]["paper"] == Paper.PARK.value:
        return Standing.SIGNING
    return Standing.ENDED if values["review_began"] is not None else None


def _held(values: dict[str, Any], now: datetime) -> Standing:
    due = values["review_due"]
    return Standing.DUE if due is not None and due < end_of(now) else Standing.PARKED


@dataclass(frozen=True)
class Counts:
    """How many stand where, for the tabs."""

    parked: int
    due: int
    asked: int
    signing: int


def counts(*, actor: Actor, now: datetime) -> Counts:
    """Each of them through its own index."""
    seen = seen_by(actor)
    held = seen.filter(PARKED).aggregate(parked=Count("pk"), due=Count("pk", filter=Q(due_at__lt=end_of(now))))
    return Counts(
        parked=held["parked"],
        due=held["due"],
        asked=seen.filter(at(Standing.ASKED, actor, now)).count(),
        signing=0 if view_of(actor).everything else seen.filter(_inside(actor)).count(),
    )


def _latest(*names: str) -> QuerySet[LedgerEntry]:
    return LedgerEntry.objects.filter(ticket=OuterRef("pk"), name__in=names).order_by("-seq")


def _said(field: str, **where: Any) -> Subquery:
    words = TicketText.objects.filter(ticket=OuterRef("pk"), field=field, **where).order_by("-seq")
    return Subquery(words.values("body")[:1])


def _lined(found: Found) -> Found:
    clock = TicketClock.objects.filter(ticket=OuterRef("pk"), kind=ClockKind.PARK_REVIEW.value).order_by("-round")
    again = LedgerEntry.objects.filter(ticket=OuterRef("pk"), name="parking.renewed").order_by()
    return found.annotate(
        agreed=Subquery(_latest(*AGREED).values("payload")[:1]),
        agreed_seq=Subquery(_latest(*AGREED).values("seq")[:1]),
        agreed_cause=Subquery(_latest(*AGREED).annotate(said=KT("payload__cause")).values("said")[:1]),
        asked_cause=KT("proposals__park__details__cause"),
        signing_cause=KT("signing__details__cause"),
        since=Subquery(_latest("parking.confirmed").values("at")[:1]),
        review_began=Subquery(clock.values("started_at")[:1]),
        review_due=Subquery(clock.values("due_at")[:1]),
        review_met=Subquery(clock.values("met")[:1]),
        ended_at=Subquery(clock.values("stopped_at")[:1]),
        reviews=Subquery(again.values("ticket").annotate(number=Count("pk")).values("number")),
        agreed_words=_said("plan", seq__lt=OuterRef("agreed_seq")),
        agreed_by=_said("responsible", seq__lt=OuterRef("agreed_seq")),
        latest_words=_said("plan"),
        latest_by=_said("responsible"),
    )


COLUMNS: Final = (
    "number", "title", "stage", "lead_unit", "proposals", "signing", "agreed", "since", "review_began", "review_due",
    "review_met", "ended_at", "reviews", "agreed_words", "agreed_by", "latest_words", "latest_by",
)  # fmt: skip


def _cause_of(standing: Standing) -> str:
    return {Standing.ASKED: "asked_cause", Standing.SIGNING: "signing_cause"}.get(standing, "agreed_cause")


def _row(values: dict[str, Any], standing: Standing, now: datetime) -> ParkedRow:
    """The plan shown is the one in force, or the one that is asked for."""
    held = values["stage"] == Stage.PARKED.value
    asked = values["proposals"].get(Proposal.PARK.value)
    if held:
        standing = _held(values, now)
    wanted = standing in {Standing.ASKED, Standing.SIGNING}
    details = asked["details"] if asked else (values["signing"] or {}).get("details", {})
    return ParkedRow(
        number=values["number"],
        title=values["title"],
        stage=values["stage"],
        lead_unit=values["lead_unit"],
        standing=standing,
        plan=Plan.of(details if wanted else values["agreed"] or {}),
        words=(values["latest_words"] if wanted else values["agreed_words"]) or "",
        responsible=(values["latest_by"] if wanted else values["agreed_by"]) or "",
        since=values["since"],
        began=values["review_began"] if held else None,
        due_at=values["review_due"] if held else None,
        reviews=values["reviews"] or 0,
        anew=held and asked is not None,
        ended_at=None if held else values["ended_at"],
        met=values["review_met"],
    )
