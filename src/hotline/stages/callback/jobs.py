"""What the callback desk does by itself: plans kept up, questions sent, samples drawn, lists of months written down."""

import logging
from datetime import timedelta

from procrastinate.contrib.django import app

from hotline.plumbing.clock import now
from hotline.rules.vocabulary import CITY_TZ
from hotline.stages.callback.commands.answering import forget_messages
from hotline.stages.callback.commands.asking import ask, to_be_asked
from hotline.stages.callback.commands.knocking import forget_knocks
from hotline.stages.callback.commands.monthly import close_month
from hotline.stages.callback.commands.planning import bring_up, drop_done
from hotline.stages.callback.commands.sampling import draw
from hotline.stages.callback.queries.monthly import month_before

logger = logging.getLogger(__name__)


@app.periodic(cron="*/10 * * * *")
@app.task(name="ask_citizens", queue="upkeep", queueing_lock="ask_citizens")
def ask_citizens(timestamp: int) -> None:  # noqa: ARG001  # the queue passes the moment it was due
    """Brings plans up to date and sends the questions that are due; one that fails holds up no other."""
    moment = now()
    bring_up(now=moment)
    for ticket_id in to_be_asked():
        try:
            ask(ticket_id=ticket_id, now=moment)
        except Exception:
            logger.exception("a question could not be sent")


@app.periodic(cron="20 16 * * *")  # 00:20 in the city
@app.task(name="draw_callback_samples", queue="upkeep", queueing_lock="draw_callback_samples")
def draw_callback_samples(timestamp: int) -> None:  # noqa: ARG001  # as above
    """Yesterday's direct answers, drawn by the seed of the day; a day that was missed is drawn with the next."""
    today = now().astimezone(CITY_TZ).date()
    for back in (3, 2, 1):
        draw(day=today - timedelta(days=back), now=now())


@app.periodic(cron="10 17 * * *")  # 01:10 in the city
@app.task(name="close_callback_month", queue="upkeep", queueing_lock="close_callback_month")
def close_callback_month(timestamp: int) -> None:  # noqa: ARG001  # as above
    """On the first days of a month the list of the one before is written down; later runs find it done."""
    close_month(month=month_before(now()), now=now())


@app.periodic(cron="40 17 * * *")  # 01:40 in the city
@app.task(name="tidy_callbacks", queue="upkeep", queueing_lock="tidy_callbacks")
def tidy_callbacks(timestamp: int) -> None:  # noqa: ARG001  # as above
    """Tasks of tickets that are done, counts at the door, and messages long taken in."""
    drop_done()
    forget_knocks(now=now())
    forget_messages(now=now())
