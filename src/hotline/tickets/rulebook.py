"""The rules in force for a ticket, gathered from the registries: profile, calendar, lists, emergencies."""

from datetime import datetime

from hotline.registry.calendars import queries as calendars
from hotline.registry.reference import current_reference
from hotline.rules.lifecycle import Rulebook
from hotline.rules.vocabulary import CITY_TZ


def rulebook(*, now: datetime, profile: str = "") -> Rulebook:
    """The rules for a ticket opened under `profile` ("hefei-2021@1"), or for a new one opened now."""
    if profile:
        key, _, version = profile.partition("@")
        chosen = calendars.profile(key, int(version))
    else:
        chosen = calendars.profile_for(now)
    return Rulebook(
        profile=chosen,
        calendar=calendars.current_calendar(),
        reference=current_reference(now.astimezone(CITY_TZ).date()),
    )
