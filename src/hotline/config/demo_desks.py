"""What the team leaders and the auditor of the demonstration have done so far: samples looked at, shifts handed over,
the ledger examined. Everything by the commands that the pages use.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from hotline.registry.people.models import User
from hotline.registry.people.queries import actor_for
from hotline.rules.lifecycle import Actor
from hotline.rules.quality_sample import Point
from hotline.rules.vocabulary import CITY_TZ
from hotline.stages.leading import commands
from hotline.stages.leading.models import QualityCheck
from hotline.stages.leading.queries import shifts_on
from hotline.tickets.checking import Tally, check_tickets
from hotline.tickets.examination import Account, keep

DAYS: Final = 5
"""Days from which samples are drawn; the latest is left to whoever tries the desk."""
LEADERS: Final = ("leader", "leader2")
NOTES: Final = (
    "早高峰停水来电较多，统一口径见知识库，其余无特殊情况。",
    "两件紧急工单已催承办单位签收，请接班后继续跟进。",
    "夜间无重大来电，设备正常。",
)
REMARKS: Final = (
    (Point.COMPLETE, "没有写明发生的时间，请补问。"),
    (Point.TITLE, "标题太笼统，请写出地点和问题。"),
    (Point.CATEGORY, "事项应归到下一级分类。"),
)


def leaders_and_auditors(now: datetime) -> None:
    """Samples, shifts and an examination, as if the days before had been worked."""
    leaders = [actor_for(user, now.date()) for user in User.objects.filter(username__in=LEADERS).order_by("username")]
    if len(leaders) == len(LEADERS):
        _samples(leaders[0], now)
        _shifts(leaders, now)
    tally, account = Tally(), Account()
    for _ in account.of(check_tickets(tally)):
        pass
    keep(tally, account, since=None, now=now)


def _samples(leader: Actor, now: datetime) -> None:
    """Drawn for some days; all but the latest day are looked at, some with a remark."""
    today = now.astimezone(CITY_TZ).date()
    for back in range(DAYS, 0, -1):
        commands.draw_day(today - timedelta(days=back), now=now)
    done = QualityCheck.objects.filter(day__lt=today - timedelta(days=1)).order_by("day", "id")
    for place, pk in enumerate(done.values_list("pk", flat=True)):
        point, note = REMARKS[place % len(REMARKS)]
        lacking = place % 4 == 0
        answers: dict[Point, bool | None] = {one: not (lacking and one is point) for one in Point}
        at = now - timedelta(hours=20) + timedelta(minutes=3 * place)
        commands.check(pk, answers=answers, note=note if lacking else "", actor=leader, now=min(at, now))


def _shifts(leaders: list[Actor], now: datetime) -> None:
    """The last three shifts that have ended; the latest waits for its next leader."""
    ended = [at for at in _ends(now) if at <= now][-3:]
    for place, at in enumerate(ended):
        given, taken = leaders[place % 2], leaders[(place + 1) % 2]
        done = commands.hand_over(notes=NOTES[place % len(NOTES)], actor=given, now=at - timedelta(minutes=5))
        if done.ok and at is not ended[-1]:
            commands.accept(done.pk, remark="已阅。", actor=taken, now=at + timedelta(minutes=4))


def _ends(now: datetime) -> Iterator[datetime]:
    """When the shifts of the last days ended, in order."""
    today: date = now.astimezone(CITY_TZ).date()
    days = [today - timedelta(days=back) for back in (2, 1, 0)]
    shifts = [named.shift for named in shifts_on(today)]
    yield from sorted(shift.span(day)[1] for day in days for shift in shifts)
