"""What the agent sees beside the form while typing: who calls, what it resembles, where it would go and by when.

Everything here suggests; the agent decides. Each suggestion says why it is offered.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from hotline.registry.knowledge.queries import suggest
from hotline.registry.knowledge.records import Suggestion
from hotline.rules.acts import Dispatch
from hotline.rules.cotasks_named import parts_of
from hotline.rules.deadlines import RequestScope, compute_due
from hotline.rules.due_report import explain
from hotline.rules.jurisdiction import Conflict, NoRule, Question, Routed, route
from hotline.rules.jurisdiction.values import Answer
from hotline.rules.lifecycle import Actor, Rulebook
from hotline.rules.visibility import asks_by_number
from hotline.rules.vocabulary import (
    CITY_TZ,
    TERMINAL,
    Channel,
    ClockKind,
    RequestType,
    Urgency,
)
from hotline.rules.words import word
from hotline.search.alike import Vote, voted
from hotline.search.callers import REPEATS_FOR_KEY, caller, repeated
from hotline.search.suggested import Offer as UnitOffer
from hotline.search.suggested import near_ones, offers, suggested
from hotline.stages.intake.queries.notes import nuisance_calls
from hotline.tickets.acting.names import Names
from hotline.tickets.found import Alike, Earlier
from hotline.tickets.rulebook import rulebook

NEAREST = 12
"""Of the alike tickets so many vote for category and unit."""


@dataclass(frozen=True)
class EarlierLine:
    """One earlier ticket of the caller, in words."""

    number: str
    title: str
    stage: str
    category: str
    created_at: datetime
    due_at: datetime | None
    rating: str


@dataclass(frozen=True)
class CallerPanel:
    """The left column: open tickets, the last ended ones, and what the agent must know before speaking."""

    running: tuple[EarlierLine, ...]
    ended: tuple[EarlierLine, ...]
    warnings: tuple[str, ...]
    nuisance: int = 0

    @property
    def known(self) -> bool:
        """Whether this number has called before."""
        return bool(self.running or self.ended)


WARNED = ("confidential", "threat", "repeat", "key", "instruction")


def caller_panel(phone: str, *, actor: Actor, known: Names, lang: str, now: datetime) -> CallerPanel:
    """What is known of a number; nothing for people who may not unmask contacts."""
    found = caller(phone, actor=actor)
    flags = {flag for ticket in (*found.running, *found.ended) for flag in ticket.flags}
    return CallerPanel(
        running=tuple(_earlier(t, known, lang) for t in found.running),
        ended=tuple(_earlier(t, known, lang) for t in found.ended),
        warnings=tuple(word(f"flag.{flag}", lang) for flag in WARNED if flag in flags),
        nuisance=nuisance_calls(phone, now=now) if asks_by_number(actor) else 0,
    )


def _earlier(ticket: Earlier, known: Names, lang: str) -> EarlierLine:
    return EarlierLine(
        number=ticket.number,
        title=ticket.title,
        stage=word(f"stage.{ticket.stage}", lang),
        category=known.category(ticket.category, lang),
        created_at=ticket.created_at,
        due_at=ticket.due_at,
        rating=word(f"rating.{ticket.rating}", lang) if ticket.rating else "",
    )


@dataclass(frozen=True)
class Draft:
    """What has been typed so far."""

    text: str
    phone: str = ""
    request_type: RequestType = RequestType.OTHER
    urgency: Urgency = Urgency.ORDINARY
    category: str = ""
    region: str = ""
    channel: Channel | None = None


@dataclass(frozen=True)
class Offer:
    """A suggested code with its name and the alike tickets behind it."""

    code: str
    name: str
    percent: int
    tickets: int
    of: int


@dataclass(frozen=True)
class LeadLine:
    """What the dispatch directory says of the matter: one unit, or several at odds, or nothing."""

    code: str = ""
    name: str = ""
    offer: UnitOffer | None = None
    at_odds: tuple[str, ...] = ()
    place_missing: bool = False


@dataclass(frozen=True)
class AlikeLine:
    """A ticket asked in nearly the same words."""

    number: str
    title: str
    stage: str
    unit: str
    created_at: datetime
    open: bool


@dataclass(frozen=True)
class SuggestionPanel:
    """The right column."""

    categories: tuple[Offer, ...]
    lead: LeadLine
    units: tuple[Offer, ...]
    alike: tuple[AlikeLine, ...]
    knowledge: tuple[Suggestion, ...]
    repeats: int
    proposes_key: bool
    due_at: datetime
    why_due: str

    @property
    def empty(self) -> bool:
        """Nothing to offer but the due time."""
        return not (self.categories or self.lead.name or self.lead.at_odds or self.alike or self.knowledge)


def suggestion_panel(draft: Draft, *, actor: Actor, known: Names, lang: str, now: datetime) -> SuggestionPanel:
    """Category and unit by the vote of alike tickets, the tickets themselves, knowledge, repeats and the due time."""
    alike = near_ones(draft.text, actor=actor, now=now)
    near = alike[:NEAREST]
    fitting = tuple(one for one in near if one.category == draft.category) if draft.category else near
    count = repeated(draft.phone, draft.category, actor=actor, now=now) if draft.phone else 0
    due_at, why = _due(draft, lang, now)
    day = now.astimezone(CITY_TZ).date()
    return SuggestionPanel(
        categories=tuple(_offer(v, known.category_path(v.code, lang)) for v in voted(near, "category")),
        lead=_lead(draft, alike, actor=actor, known=known, lang=lang, now=now),
        units=tuple(_offer(v, known.unit(v.code, lang)) for v in voted(fitting or near, "lead_unit")),
        alike=tuple(_alike(one, known, lang) for one in near[:5]),
        knowledge=suggest(draft.text, draft.category, day, limit=4),
        repeats=count,
        proposes_key=count + 1 >= REPEATS_FOR_KEY,
        due_at=due_at,
        why_due=why,
    )


def as_the_line_says(sent: Dispatch, category: str, region: str, *, now: datetime) -> Dispatch:
    """A dispatch by an agent with the line of the directory that it follows, and whom that names beside the lead."""
    found = _directory(category, region, rulebook(now=now), now)
    if not isinstance(found, Routed) or found.lead != sent.lead_unit:
        return sent
    parts = parts_of(found.co_units, found.lead).named(rulebook(now=now).reference.units)
    return replace(
        sent,
        followed=(found.rule.version_key,),
        co_units=parts["co_units"],
        guidance_units=parts["guidance_units"],
        copied_units=parts["copied_units"],
    )


def _directory(category: str, region: str, book: Rulebook, now: datetime) -> Answer:
    """The same rule by which an agent may dispatch: what is offered here is what will be accepted."""
    return route(Question(at=now, category=category, region=region), book.directory)


def _lead(draft: Draft, near: tuple[Alike, ...], *, actor: Actor, known: Names, lang: str, now: datetime) -> LeadLine:
    book = rulebook(now=now)
    found = _directory(draft.category, draft.region, book, now)
    match found:
        case Routed():
            best = suggested(found, near, category=draft.category, actor=actor, now=now, units=book.reference.units)
            first = offers(best[:1], known, lang)[0]
            return LeadLine(code=found.lead, name=first.name, offer=first)
        case Conflict():
            return LeadLine(at_odds=tuple(known.unit(lead, lang) for lead in found.leads))
        case NoRule():
            return LeadLine(place_missing=found.place_missing)


def _offer(vote: Vote, name: str) -> Offer:
    return Offer(vote.code, name, round(100 * vote.share), vote.tickets, vote.of)


def _alike(one: Alike, known: Names, lang: str) -> AlikeLine:
    return AlikeLine(
        number=one.number,
        title=one.title,
        stage=word(f"stage.{one.stage}", lang),
        unit=known.unit(one.lead_unit, lang),
        created_at=one.created_at,
        open=one.stage not in TERMINAL,
    )


def _due(draft: Draft, lang: str, now: datetime) -> tuple[datetime, str]:
    book = rulebook(now=now)
    limit = book.profile.limit(
        ClockKind.REPLY, request_type=draft.request_type, urgency=draft.urgency, channel=draft.channel
    )
    if limit is None:
        return now, ""
    due = compute_due(
        limit=limit,
        start=now,
        calendar=book.calendar,
        emergencies=book.emergencies,
        request=RequestScope(request_type=draft.request_type, category=draft.category, region=draft.region),
    )
    return due.due_at, explain(due, lang)
