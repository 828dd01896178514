"""What supervisors of the demonstration have done to the rules: drafts of the next profile and of the dispatch
directory, tried out, waiting for a second supervisor; next year's notice is missing, as it is every autumn.

By the commands that the pages use.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from hotline.oversight.recomputing.telling import ask_second, warn
from hotline.oversight.rehearsing.commands import rehearse_draft
from hotline.oversight.rehearsing.directory import rehearse_directory
from hotline.registry.calendars.profile_drafting import Wanted, draft_profile
from hotline.registry.calendars.queries import profile_for
from hotline.registry.keeping.drafting import draft_rows
from hotline.registry.keeping.lists import spelling
from hotline.registry.people.models import User
from hotline.registry.people.queries import actor_for
from hotline.registry.units.rules import all_rules
from hotline.rules.jurisdiction import LOCAL, CoUnit, UnitRole
from hotline.rules.jurisdiction.changes import next_version
from hotline.rules.jurisdiction.sheet import print_rule
from hotline.rules.lifecycle import Actor
from hotline.rules.profiles import to_dict
from hotline.rules.vocabulary import CITY_TZ, UnitCode

WRITER: Final = "supervisor2"
SOURCE: Final = "关于缩短投诉、求助办理时限的请示（讨论稿）"
LAMPS: Final = "路灯不亮、损坏（街巷、区管道路）"
"""The line of the directory that is being changed, by its title."""
LAMPS_SOURCE: Final = "市城乡建设局关于街巷路灯统一管护的请示（征求意见稿）"
SHORTER: Final = {"default": "5wd", "consultation": "2wd"}


def rules_in_the_making(now: datetime) -> None:
    """A draft with shorter reply limits, and the reminder that a year is missing."""
    warn(now=now)
    user = User.objects.filter(username=WRITER).first()
    if user is None:
        return
    writer = actor_for(user, now.astimezone(CITY_TZ).date())
    _profile(writer, now)
    _directory(writer, now)


def _profile(writer: Actor, now: datetime) -> None:
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


def _directory(writer: Actor, now: datetime) -> None:
    """Lamps of back streets are to be mended by the city's own crews, no longer by the districts."""
    known, start = spelling(now.astimezone(CITY_TZ).date()), _next_month(now)
    rules = all_rules()
    old = next((rule for rule in rules if rule.title == LAMPS and rule.valid_to is None), None)
    if old is None:
        return
    new = replace(
        old,
        version=next_version(rules, old.id),
        lead=UnitCode("SZZX"),
        co_units=(CoUnit(role=UnitRole.COPY, unit=LOCAL),),
        valid_from=start,
    )
    rows = [print_rule(rule, known) for rule in (replace(old, valid_to=start), new)]
    done = draft_rows(rows=rows, source=LAMPS_SOURCE, actor=writer, now=now - timedelta(hours=2))
    if done.ok and done.draft is not None:
        rehearse_directory(number=done.draft.pk, months=3, actor=writer, now=now)
        ask_second(done.draft, by=writer.id, now=now)


def _next_month(now: datetime) -> date:
    """The first day of the month after next, so that there is time to read it."""
    day = now.astimezone(CITY_TZ).date()
    place = day.year * 12 + day.month + 1
    return date(place // 12, place % 12 + 1, 1)
