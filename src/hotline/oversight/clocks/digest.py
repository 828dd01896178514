"""每日待办: one message a unit each working morning, to its addresses and behind the bells of those who work there.

The keys name day, unit and address: however often it runs, nobody is told twice.
"""

from datetime import date, datetime
from typing import Final

from django.db import transaction

from hotline.oversight.notices.commands import tell
from hotline.plumbing.outbox.commands import queue
from hotline.registry.calendars.queries import current_calendar
from hotline.registry.duty.queries import Address, addresses
from hotline.registry.regions.queries import city
from hotline.rules.digest import Morning, long, short
from hotline.rules.messages import Message
from hotline.rules.notifying import WITH_HEAD, To, Told
from hotline.rules.sentences import render
from hotline.rules.vocabulary import CITY_TZ
from hotline.tickets.mornings import mornings

ABOUT: Final = "digest"
KIND: Final = "digest"


def send_digests(*, now: datetime) -> int:
    """To how many units; none on a day on which offices are closed."""
    on = now.astimezone(CITY_TZ).date()
    if not current_calendar().is_workday(on):
        return 0
    found = mornings(now=now)
    known: dict[str, list[Address]] = {}
    for one in addresses([morning.unit for morning in found]):
        known.setdefault(one.unit, []).append(one)
    place = city()
    hotline = place.hotline_name if place else "12345"
    for morning in found:
        with transaction.atomic():
            _tell_people(morning, on, now)
            for one in known.get(morning.unit, ()):
                _send(morning, one, hotline, on, now)
    return len(found)


def _tell_people(morning: Morning, on: date, now: datetime) -> None:
    told = [Told(KIND, (To(WITH_HEAD, morning.unit),))]
    tell(told, number=on.isoformat(), seq=1, but="", now=now, about=ABOUT)


def _send(morning: Morning, to: Address, hotline: str, on: date, now: datetime) -> None:
    words = (long if to.channel == "email" else short)(morning, hotline=hotline, on=on)
    day = words.params["day"]
    queue(
        channel=to.channel,
        to=to.to,
        subject=render(Message("digest.subject", {"hotline": hotline, "day": day}), "zh"),
        body=render(words, "zh"),
        about=f"digest {on.isoformat()}",
        key=f"digest/{on.isoformat()}/{morning.unit}/{to.channel}/u{to.id}",
        not_before=None,
        now=now,
    )
