"""The demonstration's callback desk in all its states: asked by message and silent, answered, unclear; samples; months.

Everything goes through the desk's own commands, at moments of the last days, so that it looks as it would.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any, Final

from hotline.registry.people.queries import actor_for, holders
from hotline.rules.lifecycle import Actor
from hotline.rules.vocabulary import CITY_TZ, Rating, Role
from hotline.stages.callback.commands.answering import answer_by_message
from hotline.stages.callback.commands.asking import ask
from hotline.stages.callback.commands.monthly import close_month
from hotline.stages.callback.commands.planning import bring_up
from hotline.stages.callback.commands.sampling import draw, miss_sample, record_sample
from hotline.stages.callback.models import Sample
from hotline.stages.callback.queries.monthly import month_before
from hotline.stages.callback.queries.planning import awaiting

SOON: Final = timedelta(minutes=10)
SAMPLED_DAYS: Final = 12
STILL_WAITING: Final = 3
"""Samples of the last days that nobody has rung yet."""

REPLIES: Final = (None, None, "2", None, "我没收到任何人的电话", None)
"""What comes back by message, in turn; mostly nothing."""

RATINGS: Final = (
    (5, "答得很清楚"),
    (4, ""),
    (5, ""),
    (2, "按说的去了，窗口说不归他们管"),
    (3, ""),
    (None, ""),
    (4, ""),
)


def busy_callbacks(now: datetime) -> None:
    """Questions, answers, samples and closed months, as the last weeks have left them."""
    bring_up(now=now)
    replies = cycle(REPLIES)
    for row, asked_at in _to_ask(now):
        if ask(ticket_id=row.pk, now=asked_at):
            body = next(replies)
            if body is not None:
                sender, answered_at = row.requester.phone, min(asked_at + timedelta(hours=2), now)
                answer_by_message(message_id=f"demo-{row.pk}", sender=sender, body=body, now=answered_at)
    _samples(now)
    for back in (timedelta(0), timedelta(days=31)):
        close_month(month=month_before(now - back), now=now)
    bring_up(now=now)


def _to_ask(now: datetime) -> Iterator[tuple[Any, datetime]]:
    """Tickets with the moment at which their question went out: right after the review, as in a real office."""
    for row in awaiting().filter(callback_task__method="message").order_by("last_at"):
        yield row, min(row.last_at + SOON, now)


def _samples(now: datetime) -> None:
    today = now.astimezone(CITY_TZ).date()
    officer = _officer(now)
    ratings = cycle(RATINGS)
    for back in range(SAMPLED_DAYS, 0, -1):
        day = today - timedelta(days=back)
        draw(day=day, now=now)
        if back <= STILL_WAITING or officer is None:
            continue
        at = datetime.combine(day, datetime.min.time(), CITY_TZ) + timedelta(days=1, hours=10)
        for number in Sample.objects.filter(draw__day=day).values_list("ticket__number", flat=True):
            rating, words = next(ratings)
            if rating is None:
                miss_sample(number=number, actor=officer, now=at)
            else:
                record_sample(number=number, rating=Rating(rating), words=words, actor=officer, now=at)


def _officer(now: datetime) -> Actor | None:
    day = now.astimezone(CITY_TZ).date()
    found = holders(Role.CALLBACK_OFFICER, day)
    return actor_for(found[0], day) if found else None
