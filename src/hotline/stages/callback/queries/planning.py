"""The pure plan (rules.callback_plan) for tickets as they are stored: the one place that gathers what it needs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import F, Max, Prefetch, Q

from hotline.rules.callback_plan import Asked, Method, Plan, is_mobile, plan
from hotline.rules.lifecycle import Rulebook
from hotline.rules.messages import Message
from hotline.rules.state import TicketState
from hotline.rules.visibility import View
from hotline.rules.vocabulary import HEAVY, ClockKind, Flag, Stage
from hotline.stages.callback.models import CallbackTask, Question
from hotline.tickets.facts import state_of
from hotline.tickets.queries import in_view
from hotline.tickets.rulebook import Rulebooks, rulebooks

ALL: Final = View(everything=True)
WEIGHTY: Final = frozenset(HEAVY | {Flag.CONFIDENTIAL})
"""Asked by phone, and before the others."""

ROUND: Final = Max("clocks__round", filter=Q(clocks__kind=ClockKind.CALLBACK.value))
"""A ticket that was handled again is asked again: rounds are counted by the callback's own clock."""


@dataclass(frozen=True)
class Planned:
    """The plan of one stored ticket, as a task holds it."""

    ticket_id: int
    number: str
    version: int
    round: int
    heavy: bool
    plan: Plan
    turns_at: datetime | None


def awaiting() -> Any:
    """Tickets that await their callback, with the round and what was asked in it."""
    asked = Prefetch("callback_questions", Question.objects.order_by("-round"), to_attr="asked_before")
    found = in_view(ALL).filter(stage=Stage.PENDING_CALLBACK.value)
    return found.annotate(round=ROUND).select_related("requester").prefetch_related(asked)


def stale(now: datetime) -> Any:
    """Ids of those whose task is missing, of another version, or has come to its turn."""
    waits = in_view(ALL).filter(stage=Stage.PENDING_CALLBACK.value)
    outdated = Q(callback_task=None) | ~Q(callback_task__version=F("version")) | Q(callback_task__turns_at__lte=now)
    return waits.filter(outdated).values_list("pk", flat=True)


def planned(row: Any, *, now: datetime, books: Rulebooks | None = None) -> Planned:
    """What is to be done next for a ticket of `awaiting()`."""
    state = state_of(row, ())
    book = (books or rulebooks()).at(now, state.profile)
    made = planned_for(state, phone=phone_of(row), question=question_of(row), book=book, now=now)
    if made is None:
        raise ValueError(f"{row.number} awaits no callback")
    return Planned(
        ticket_id=row.pk,
        number=row.number,
        version=row.version,
        round=row.round or 1,
        heavy=bool(state.flags & WEIGHTY),
        plan=made,
        turns_at=made.not_before if made.method is Method.WAIT else None,
    )


def planned_for(
    state: TicketState, *, phone: str, question: Question | None, book: Rulebook, now: datetime
) -> Plan | None:
    """The pure plan, given what stands in the tables beside the ticket."""
    return plan(
        state,
        profile=book.profile,
        calendar=book.calendar,
        now=now,
        asked=asked_of(question) if question else None,
        textable=is_mobile(phone),
    )


def phone_of(row: Any) -> str:
    """The number left, as it stands in the requester's row; blank where there is none."""
    requester = getattr(row, "requester", None)
    return requester.phone if requester is not None else ""


def question_of(row: Any) -> Question | None:
    """What was asked by message in this round."""
    return next((asked for asked in row.asked_before if asked.round == (row.round or 1)), None)


def asked_of(question: Question) -> Asked:
    """A stored question as the rules see it."""
    return Asked(at=question.asked_at, settled=question.settled, unclear=question.unclear)


def why(task: CallbackTask) -> Message:
    """The reason that stands beside a ticket, as a message to be rendered."""
    return Message(task.reason, task.params)


def differing(now: datetime) -> Iterator[str]:
    """Awaiting tickets whose task, once worked out for this version, is not what the pure plan says now."""
    books = rulebooks()
    tasks = {task.ticket_id: task for task in CallbackTask.objects.filter(ticket__stage=Stage.PENDING_CALLBACK.value)}
    for row in awaiting().order_by("pk").iterator(chunk_size=500):
        task, wanted = tasks.get(row.pk), planned(row, now=now, books=books)
        if task is not None and task.version == row.version and not same(task, wanted, now):
            yield row.number


def same(task: CallbackTask, wanted: Planned, now: datetime) -> bool:
    """Whether a task says what the plan says at this moment. A call that has come due may be made from now on."""
    due = task.turns_at is None or task.turns_at > now
    moment = task.next_at if task.method == Method.WAIT else max(task.next_at, now)
    alike = (task.method, task.reason, task.params, task.heavy, task.round) == (
        wanted.plan.method.value,
        wanted.plan.reason.code,
        dict(wanted.plan.reason.params),
        wanted.heavy,
        wanted.round,
    )
    return not due or (alike and (moment == wanted.plan.not_before or wanted.plan.not_before >= moment >= now))
