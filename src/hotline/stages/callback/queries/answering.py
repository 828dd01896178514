"""What the citizen's page shows behind a link: which request it is about and the answer so far, or that it is over."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from hotline.rules.lifecycle import SYSTEM
from hotline.rules.vocabulary import ClockKind, Flag, Stage
from hotline.stages.callback.models import Question
from hotline.tickets.acting.names import Names
from hotline.tickets.queries import ticket_file


@dataclass(frozen=True)
class AnswerPage:
    """The page behind a known link. Nothing of the request is shown once the callback is over."""

    open: bool
    settled: bool
    answered: bool
    title: str = ""
    number: str = ""
    unit: str = ""
    accepted_at: datetime | None = None
    reply: str = ""
    initial: dict[str, Any] | None = None


def answer_page(token: str, *, known: Names, lang: str, now: datetime) -> AnswerPage | None:
    """None when no such link was ever sent."""
    digest = sha256(token.encode()).hexdigest()
    question = Question.objects.filter(token_digest=digest).select_related("ticket").first()
    if question is None:
        return None
    answered = question.answered_at is not None
    if not stands_open(question, now):
        return AnswerPage(open=False, settled=bool(question.settled), answered=answered)
    file = ticket_file(question.ticket.number, actor=SYSTEM, now=now)
    clock = file.state.clocks.get(ClockKind.CALLBACK)
    if clock is not None and clock.round != question.round:
        return AnswerPage(open=False, settled=False, answered=answered)
    return AnswerPage(
        open=True,
        settled=False,
        answered=answered,
        title=file.row.title,
        number=file.row.number,
        unit=known.unit(file.state.lead_unit, lang),
        accepted_at=file.state.accepted_at,
        reply=file.texts.get("reply", ""),
        initial=_initial(question) if answered else None,
    )


def stands_open(question: Question, now: datetime) -> bool:
    """Still awaiting, in time, and not confidential."""
    ticket = question.ticket
    waits = ticket.stage == Stage.PENDING_CALLBACK.value and Flag.CONFIDENTIAL.value not in ticket.flags
    return waits and now < question.expires_at


def _initial(question: Question) -> dict[str, Any]:
    responded = {True: "yes", False: "no", None: ""}[question.responded]
    return {
        "responded": responded,
        "resolution": question.resolution,
        "rating": str(question.rating or ""),
        "cause": question.cause,
        "words": question.words,
    }
