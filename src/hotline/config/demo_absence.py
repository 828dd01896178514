"""In the demonstration one head of a unit is away this week, so that signing for somebody can be seen at work."""

from datetime import datetime, timedelta
from typing import Final

from hotline.registry.people.absences import Away, name_stand_in
from hotline.registry.people.models import User
from hotline.registry.people.queries import actor_for
from hotline.rules.vocabulary import CITY_TZ

AWAY: Final = ("sthj-section", "sthj")
"""Who is away, and who signs meanwhile."""
DAYS: Final = timedelta(days=6)


def somebody_away(now: datetime) -> None:
    """A section head is at a training, and the handler signs; LookupError when the rules would not have it."""
    day = now.astimezone(CITY_TZ).date()
    person, stand_in = (User.objects.get(username=name) for name in AWAY)
    away = Away(day, day + DAYS, "参加业务培训")
    done = name_stand_in(stand_in=stand_in.pk, away=away, actor=actor_for(person, day), now=now)
    if not done.ok:
        raise LookupError(f"the rules refused a stand-in: {done.refusals}")
