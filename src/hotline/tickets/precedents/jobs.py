"""By night: owners of precedents that run out are warned once for each edition, and those whose day has come expire."""

import logging
from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app

from hotline.plumbing.clock import now
from hotline.rules.lifecycle import SYSTEM
from hotline.rules.precedents import Deed, Order, allowed
from hotline.rules.precedents.table import WARNING
from hotline.rules.vocabulary import CITY_TZ
from hotline.tickets.precedents.commands import do_on
from hotline.tickets.precedents.models import Precedent
from hotline.tickets.precedents.queries import HOLDING
from hotline.tickets.precedents.rows import state_of

logger = logging.getLogger(__name__)
BY_NIGHT = (Deed.EXPIRE, Deed.WARN)


@app.periodic(cron="40 17 * * *")  # 01:40 in the city
@app.task(name="precedents_running_out", queue="upkeep", queueing_lock="precedents_running_out")
def precedents_running_out(timestamp: int) -> int:  # noqa: ARG001  # the queue passes the moment it was due
    """Every night."""
    done = look_at_ends(now=now())
    if done:
        logger.info("precedents warned of or expired: %d", done)
    return done


def look_at_ends(*, now: datetime) -> int:
    """All that run out within the warning or have run out; each in a transaction of its own. How many deeds."""
    until, done = now.astimezone(CITY_TZ).date() + WARNING, 0
    near = Precedent.objects.filter(status__in=HOLDING, ends_on__lte=until)
    for pk in list(near.order_by("ends_on", "pk").values_list("pk", flat=True)):
        with transaction.atomic():
            row = near.select_for_update(skip_locked=True, no_key=True).filter(pk=pk).first()
            if row is None:
                continue
            moment = max(now, row.last_at)
            deed = next((one for one in BY_NIGHT if one in allowed(state_of(row), actor=SYSTEM, now=moment)), None)
            if deed is not None:
                done += do_on(row, order=Order(deed=deed), actor=SYSTEM, now=now).ok
    return done
