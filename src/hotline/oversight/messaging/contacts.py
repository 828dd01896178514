"""Reaction that sends notices out of the platform as well: to the addresses of units, and to people who asked for it.

Notices in the platform are made whatever happens here. Text messages keep the quiet hours, unless the ticket is urgent.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q

from hotline.oversight.messaging.wordings import quiet_on
from hotline.plumbing.outbox.commands import queue
from hotline.registry.duty.queries import addresses
from hotline.registry.people.holding import held_roles
from hotline.registry.people.models import User
from hotline.registry.people.preferences import Preferences
from hotline.registry.regions.queries import city
from hotline.rules.callback_plan import is_mobile
from hotline.rules.citizens.quiet import leaves_at
from hotline.rules.contacting import TO_PEOPLE, units_told
from hotline.rules.messages import Message
from hotline.rules.notifying import Told, who_must_know
from hotline.rules.sentences import render
from hotline.rules.vocabulary import CITY_TZ, UnitCode, Urgency
from hotline.rules.words import word
from hotline.tickets.happening import Happened, states_around

SMS: Final = "sms"


@dataclass(frozen=True)
class Copy:
    """One notice as it leaves. `whom` names the addressee in the key without being an address."""

    channel: str
    to: str
    kind: str
    whom: str
    lang: str = "zh"


def tell_contacts(happened: Happened, now: datetime) -> None:
    """Once for each address, however often this runs; whoever did it is not told."""
    before, after = states_around(happened)
    told = who_must_know(happened.event, before, after)
    copies = [*_to_units(units_told(told)), *_to_people(told, happened.event.actor, now)]
    for copy in copies:
        _send(copy, happened, urgency=after.urgency, now=now)


def _to_units(told: Mapping[UnitCode, str]) -> Iterable[Copy]:
    if told:
        for one in addresses(told):
            yield Copy(one.channel, one.to, told[UnitCode(one.unit)], f"u{one.id}")


def _to_people(told: Sequence[Told], but: str, now: datetime) -> Iterable[Copy]:
    """People whose preferences name the kind, for the channel they named."""
    asking = _asking() if any(each.kind in TO_PEOPLE for each in told) else {}
    for person, kind in _kinds(told, asking, now).items():
        user = asking[person]
        if str(person) == but:
            continue
        chosen = Preferences.read(user.preferences)
        lang = "en" if chosen.language.startswith("en") else "zh"
        if kind in chosen.by_email and chosen.mail:
            yield Copy("email", chosen.mail, kind, f"p{person}", lang)
        if kind in chosen.by_sms and is_mobile(user.phone):
            yield Copy(SMS, user.phone, kind, f"p{person}", lang)


def _asking() -> dict[int, User]:
    """People who have asked for anything to be sent: few, as the platform tells everybody anyway."""
    rows = User.objects.filter(Q(preferences__has_key="by_email") | Q(preferences__has_key="by_sms"), is_active=True)
    chosen = {user.pk: Preferences.read(user.preferences) for user in rows}
    return {user.pk: user for user in rows if chosen[user.pk].by_email or chosen[user.pk].by_sms}


def _kinds(told: Sequence[Told], asking: Mapping[int, User], now: datetime) -> dict[int, str]:
    """What each of them is to be told of this, the first kind that concerns them."""
    if not asking:
        return {}
    roles = frozenset(role for each in told for to in each.to for role in to.roles)
    held = [one for one in held_roles(roles, now.astimezone(CITY_TZ).date()) if one.person in asking]
    found: dict[int, str] = {}
    for each in told:
        for to in each.to:
            named = [person for person in asking if to.person == str(person)]
            people = [one.person for one in held if one.role in to.roles and to.unit in {None, one.unit}]
            for person in (*named, *people):
                found.setdefault(person, each.kind)
    return found


def _send(copy: Copy, happened: Happened, *, urgency: Urgency, now: datetime) -> None:
    place = city()
    named = (place.hotline_name_en if copy.lang == "en" else place.hotline_name) if place else "12345"
    said = {"hotline": named, "number": happened.number, "said": word(f"notice.{copy.kind}", copy.lang)}
    quiet = quiet_on(now.astimezone(CITY_TZ).date())
    queue(
        channel=copy.channel,
        to=copy.to,
        subject=f"{happened.number} {said['said']}",
        body=render(Message("duty.told", said), copy.lang),
        about=happened.number,
        key=f"{happened.number}/notice/{happened.seq}/{copy.channel}/{copy.whom}",
        not_before=leaves_at(now, quiet, urgency) if copy.channel == SMS else None,
        now=now,
    )
