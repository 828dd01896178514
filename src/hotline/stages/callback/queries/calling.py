"""One call: what the officer sees while the telephone rings. Request, answer, what was said before, and the plan."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from hotline.rules.callback_plan import Method, next_call
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.visibility import RequesterView
from hotline.rules.vocabulary import ClockKind, Stage
from hotline.rules.words import word
from hotline.stages.callback.models import Question
from hotline.stages.callback.queries.planning import phone_of, planned_for
from hotline.stages.callback.queries.worklist import METHODS, SHOWN
from hotline.tickets.acting.names import Names
from hotline.tickets.claims import Held
from hotline.tickets.queries import TicketFile, TimelineEntry, ticket_file
from hotline.tickets.rulebook import Rulebooks

TOLD: Final = ("callback.", "visit.", "review.passed")
"""Events that a callback officer reads before ringing."""


@dataclass(frozen=True)
class Earlier:
    """Something that was said or tried before."""

    at: datetime
    what: str
    who: str
    details: tuple[str, ...]


@dataclass(frozen=True)
class Answered:
    """What the citizen answered by message."""

    at: datetime
    by_link: bool
    responded: str
    resolution: str
    rating: str
    cause: str
    words: str
    unclear: bool


@dataclass(frozen=True)
class CallPage:
    """Everything of the call page but its form."""

    number: str
    title: str
    version: int
    marks: tuple[str, ...]
    unit: str
    accepted_at: datetime | None
    content: str
    demand: str
    reply: str
    legal_basis: str
    earlier: tuple[Earlier, ...]
    answered: Answered | None
    method: str
    why: str
    next_at: datetime | None
    to_ring: bool
    opens_at: datetime | None
    attempts: int
    round: int
    contact: str
    name: str
    phone: str
    stage: str
    awaiting: bool
    held: Held | None

    @property
    def mine(self) -> bool:
        """Whether nobody else has the ticket in hand."""
        return self.held is None or self.held.mine


def call_page(
    number: str, *, actor: Actor, known: Names, books: Rulebooks, lang: str, now: datetime, held: Held | None
) -> CallPage:
    """The page for somebody who may see the ticket; TicketRefused otherwise."""
    file = ticket_file(number, actor=actor, now=now, books=books)
    state, texts = file.state, file.texts
    awaiting = state.stage is Stage.PENDING_CALLBACK
    questions = list(Question.objects.filter(ticket_id=file.row.pk).order_by("-round"))
    clock = state.clocks.get(ClockKind.CALLBACK)
    round_ = clock.round if clock else 1
    step = planned_for(
        state,
        phone=phone_of(file.row),
        question=next((one for one in questions if one.round == round_), None),
        book=file.book,
        now=now,
    )
    answered = next((one for one in questions if one.answered_at), None)
    opens = next_call(now, file.book.profile.callback)
    return CallPage(
        number=file.row.number,
        title=file.row.title,
        version=state.version,
        marks=tuple(word(flag, lang) for flag in SHOWN if flag in state.flags),
        unit=known.unit(state.lead_unit, lang),
        accepted_at=state.accepted_at,
        content=texts.get("content", ""),
        demand=texts.get("demand", ""),
        reply=texts.get("reply", ""),
        legal_basis=texts.get("legal_basis", ""),
        earlier=tuple(earlier_in(file, known, lang)),
        answered=answer_in_words(answered, known, lang) if answered else None,
        method=str(METHODS[step.method]) if step else "",
        why=render(step.reason, lang) if step else "",
        next_at=step.not_before if step else None,
        to_ring=bool(step and step.method is Method.PHONE and step.not_before <= now),
        opens_at=opens if opens > now else None,
        attempts=len(state.attempts),
        round=round_,
        contact=file.requester_view.value,
        name=_of(file, "name"),
        phone=_of(file, "phone"),
        stage=word(state.stage, lang),
        awaiting=awaiting,
        held=held,
    )


def _of(file: TicketFile, name: str) -> str:
    """A piece of the requester, for masking; blank where it is not for this reader."""
    shown = file.requester is not None and file.requester_view is not RequesterView.HIDDEN
    return str(getattr(file.requester, name)) if shown else ""


def earlier_in(file: TicketFile, known: Names, lang: str) -> Iterator[Earlier]:
    """Callbacks, reworks and visits so far, in order."""
    for entry in file.timeline:
        if entry.name.startswith(TOLD):
            yield Earlier(entry.at, word(f"event.{entry.name}", lang), entry.who, tuple(_details(entry, known, lang)))


def _details(entry: TimelineEntry, known: Names, lang: str) -> Iterator[str]:
    """The answers and words of an earlier callback."""
    p = entry.payload
    if entry.name == "callback.attempted":
        yield word(f"contact.{p['contact']}", lang)
    yield from answers_in_words(p.get("responded"), p.get("resolution"), p.get("rating"), p.get("cause"), known, lang)
    yield from (body for name, body in entry.texts.items() if name in {"words", "reason", "finding", "note"})


def answers_in_words(
    responded: bool | None, resolution: str | None, rating: int | None, cause: str | None, known: Names, lang: str
) -> Iterator[str]:
    """The three answers and the reason, those that were given."""
    if responded is not None:
        yield responded_words(responded)
    if resolution:
        yield word(f"resolution.{resolution}", lang)
    if rating is not None:
        yield word(f"rating.{rating}", lang)
    if cause:
        yield known.reason("dissatisfied", cause, lang)


def responded_words(responded: bool) -> str:
    """Whether the unit made contact, as the citizen says."""
    return _("单位已联系答复") if responded else _("单位没有联系答复")


def asked_on(ticket_id: int) -> Question | None:
    """The last question by message about a ticket that has been answered."""
    return Question.objects.filter(ticket_id=ticket_id, answered_at__isnull=False).order_by("-round").first()


def answer_in_words(question: Question, known: Names, lang: str) -> Answered | None:
    """An answer by message, to be read by staff."""
    if question.answered_at is None:
        return None
    return Answered(
        at=question.answered_at,
        by_link=question.answered_by == Question.By.LINK,
        responded="" if question.responded is None else responded_words(question.responded),
        resolution=word(f"resolution.{question.resolution}", lang) if question.resolution else "",
        rating=word(f"rating.{question.rating}", lang) if question.rating else "",
        cause=known.reason("dissatisfied", question.cause, lang) if question.cause else "",
        words=question.words,
        unclear=question.unclear,
    )


def in_hand(held: Held) -> Refusal:
    """Somebody else is ringing this citizen."""
    return Refusal("callback.in_other_hands", {"who": held.who or "—", "until": held.until})
