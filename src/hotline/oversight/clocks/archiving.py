"""归档: by night, tickets that ended as long ago as their rule profile says are frozen."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from hotline.registry.calendars.queries import profiles
from hotline.rules.acts import Archive
from hotline.rules.lifecycle import SYSTEM, decide
from hotline.rules.lives import in_turn
from hotline.tickets.access import OpenTicket, take_free
from hotline.tickets.firing import ended_before
from hotline.tickets.recording import Recording, record_many
from hotline.tickets.rulebook import rulebooks

logger = logging.getLogger(__name__)

BATCH: Final = 500


def archive_ended(*, now: datetime, batch: int = BATCH) -> int:
    """How many tickets were archived. Whoever is refused, such as one whose profile keeps it longer, is left."""
    done, moment = 0, now - timedelta(days=min((p.archive_after_days for p in profiles()), default=0))
    found = ended_before(moment=moment, limit=batch)
    while found is not None:
        with transaction.atomic():
            done += record_many(_archived(found.tickets, now), now=now)
        found = ended_before(moment=moment, after=found.last, limit=batch)
    return done


def _archived(tickets: tuple[int, ...], now: datetime) -> Iterator[Recording]:
    books = rulebooks()
    for opened in take_free(tickets):
        if not isinstance(opened, OpenTicket):
            logger.error("ticket %s cannot be read and is not archived", opened.row.number)
            continue
        at, book = in_turn(now, opened.state), books.at(now, opened.state.profile)
        decision = decide(opened.state, Archive(), actor=SYSTEM, book=book, now=at)
        if not decision.refusals:
            yield Recording(opened=opened, decision=decision, book=book)
