"""短信先行: the message that asks a citizen, by the outbox, once a round; what has not left yet is taken back.

The link carries a random token of which only the digest is kept, so nobody who reads the database can answer.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from hotline.plumbing.outbox.commands import cancel_key, queue
from hotline.registry.regions.queries import city
from hotline.rules.callback_plan import Method
from hotline.rules.dates_in_words import day_en, day_zh
from hotline.rules.messages import Message
from hotline.rules.sentences import render
from hotline.rules.vocabulary import CITY_TZ, Stage
from hotline.stages.callback.commands.planning import plan_again
from hotline.stages.callback.models import CallbackTask, Question
from hotline.stages.callback.queries.planning import ALL, awaiting, planned
from hotline.tickets.happening import Happened
from hotline.tickets.queries import in_view

CHANNEL: Final = "sms"
OPEN_FOR: Final = timedelta(days=7)
"""How long a link answers; silence has led to a call long before."""
AT_ONCE: Final = 200
SHORT_TITLE: Final = 24


def key_of(number: str, round_: int) -> str:
    """One message a ticket and round, whatever runs twice."""
    return f"{number}/callback/{round_}"


def digest_of(token: str) -> str:
    """What is kept of a link."""
    return sha256(token.encode()).hexdigest()


def ask(*, ticket_id: int, now: datetime) -> bool:
    """Sends the question if the plan says so now; False when there is nothing to send. Holds the ticket's lock."""
    with transaction.atomic():
        in_view(ALL).filter(pk=ticket_id).select_for_update(no_key=True).values_list("pk", flat=True).first()
        row = awaiting().filter(pk=ticket_id).first()
        step = planned(row, now=now) if row is not None else None
        if step is None or step.plan.method is not Method.MESSAGE:
            return False
        token = secrets.token_urlsafe(12)
        Question.objects.create(
            ticket_id=ticket_id,
            round=step.round,
            token_digest=digest_of(token),
            asked_at=step.plan.not_before,
            expires_at=step.plan.not_before + OPEN_FOR,
        )
        queue(
            channel=CHANNEL,
            to=row.requester.phone,
            subject="",
            body=words(row, token),
            about=row.number,
            key=key_of(row.number, step.round),
            not_before=step.plan.not_before,
            now=now,
        )
        plan_again([ticket_id], now=now)
    return True


def words(row: Any, token: str) -> str:
    """The message: whose hotline, which request, the link, and what each digit means."""
    place, lang = city(), "en" if row.requester.language.startswith("en") else "zh"
    accepted = (row.accepted_at or row.created_at).astimezone(CITY_TZ).date()
    title = row.title if len(row.title) <= SHORT_TITLE else f"{row.title[:SHORT_TITLE]}…"
    said = {
        "hotline": (place.hotline_name if lang == "zh" else place.hotline_name_en) if place else "12345",
        "day": (day_zh if lang == "zh" else day_en)(accepted, accepted.year),
        "title": title,
        "tail": row.number[-6:],
        "link": settings.PUBLIC_ADDRESS + reverse("callback-answer", args=[token]),
    }
    return render(Message("callback.question", said), lang)


def to_be_asked(limit: int = AT_ONCE) -> Sequence[int]:
    """Tickets whose plan is a message that has not been sent: after an import, or when a worker was away."""
    waits = CallbackTask.objects.filter(method=Method.MESSAGE.value, ticket__stage=Stage.PENDING_CALLBACK.value)
    return list(waits.order_by("next_at").values_list("ticket_id", flat=True)[:limit])


def take_back(*, number: str, now: datetime) -> None:
    """The citizen has spoken or must not be written to: a message that has not left does not leave any more."""
    for round_ in Question.objects.filter(ticket__number=number).values_list("round", flat=True):
        cancel_key(key=key_of(number, round_), now=now)


def ask_first(happened: Happened, now: datetime) -> None:
    """Reaction to a reply that passed review: the citizen is asked by message, where the plan says so."""
    found = in_view(ALL).filter(number=happened.number).values_list("pk", flat=True).first()
    if found is not None:
        ask(ticket_id=found, now=now)


def stop_asking(happened: Happened, now: datetime) -> None:
    """Reaction to a callback or a ticket that has ended: nobody is asked any more."""
    take_back(number=happened.number, now=now)


def keep_silent(happened: Happened, now: datetime) -> None:
    """Reaction to a ticket that became confidential, or key: no message about it leaves any more."""
    row = awaiting().filter(number=happened.number).first()
    if row is not None and planned(row, now=now).plan.method is Method.PHONE:
        take_back(number=happened.number, now=now)
