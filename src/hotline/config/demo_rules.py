"""What supervisors of the demonstration have done to the rules: a draft of the next profile, tried out, waiting for a
second supervisor; next year's notice is missing, as it is every autumn. By the commands that the pages use.
"""

from datetime import date, datetime, timedelta
from typing import Any, Final

from hotline.oversight.recomputing.telling import ask_second, warn
from hotline.oversight.rehearsing.commands import rehearse_draft
from hotline.registry.calendars.profile_drafting import Wanted, draft_profile
from hotline.registry.calendars.queries import profile_for
from hotline.registry.people.models import User
from hotline.registry.people.queries import actor_for
from hotline.rules.profiles import to_dict
from hotline.rules.vocabulary import CITY_TZ

WRITER: Final = "supervisor2"
SOURCE: Final = "关于缩短投诉、求助办理时限的请示（讨论稿）"
SHORTER: Final = {"default": "5wd", "consultation": "2wd"}


def rules_in_the_making(now: datetime) -> None:
    """A draft with shorter reply limits, and the reminder that a year is missing."""
    warn(now=now)
    user = User.objects.filter(username=WRITER).first()
    if user is None:
        return
    writer = actor_for(user, now.astimezone(CITY_TZ).date())
    base = profile_for(now)
    body: dict[str, Any] = to_dict(base)
    body["limits"] = {**body["limits"], "reply": {**body["limits"]["reply"], **SHORTER}}
    wanted = Wanted(
        base=(base.key, base.version),
        settings=body,
        name=base.name,
        effective_from=_next_month(now).isoformat(),
        source=SOURCE,
    )
    done = draft_profile(wanted=wanted, actor=writer, now=now - timedelta(hours=3))
    if done.ok and done.draft is not None:
        rehearse_draft(number=done.draft.pk, months=3, actor=writer, now=now)
        ask_second(done.draft, by=writer.id, now=now)


def _next_month(now: datetime) -> date:
    """The first day of the month after next, so that there is time to read it."""
    day = now.astimezone(CITY_TZ).date()
    place = day.year * 12 + day.month + 1
    return date(place // 12, place % 12 + 1, 1)
