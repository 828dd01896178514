"""In the demonstration a cold spell is on in one county: few matters are shortened, every desk shows the bar, and a
task force has been opened. A second supervisor has still to confirm it.
"""

from datetime import datetime, timedelta
from typing import Final

from hotline.oversight.emergency.forces import open_force
from hotline.oversight.emergency.switching import switch_on
from hotline.oversight.recomputing.commands import carry_out
from hotline.oversight.recomputing.models import Recomputation
from hotline.registry.people.queries import actor_for, holders
from hotline.rules.emergency_mode import Plan
from hotline.rules.task_force import ForcePlan, Member
from hotline.rules.vocabulary import CITY_TZ, Role

DAYS: Final = timedelta(days=9)
PLACES: Final = ("340181",)
NAME: Final = "巢湖市低温雨雪"
REASON: Final = "市气象台发布低温雨雪冰冻预警，巢湖市启动应急响应，水、电、气、热和道路结冰诉求从快办理。"
FORCE: Final = "低温雨雪保供专班"
PEOPLE: Final = (Member("water", Role.UNIT_HANDLER), Member("sthj-head", Role.UNIT_HEAD))


def cold_spell(now: datetime) -> None:
    """Switched on now, so that nobody is late by it; LookupError when the rules would not have it."""
    day = now.astimezone(CITY_TZ).date()
    supervisor = holders(Role.SUPERVISOR, day)[0]
    actor = actor_for(supervisor, day)
    plan = Plan(name=NAME, reason=REASON, planned_end=now + DAYS, regions=PLACES)
    done = switch_on(plan, actor=actor, now=now)
    if done.period is None:
        raise LookupError(f"the rules refused an emergency: {done.refusals}")
    for asked in Recomputation.objects.filter(finished_at=None, cause__startswith="emergency"):
        carry_out(asked.pk, now=now)
    formed = open_force(
        done.period.pk, ForcePlan(name=FORCE, last_day=day + DAYS, members=PEOPLE), actor=actor, now=now
    )
    if not formed.ok:
        raise LookupError(f"the rules refused a task force: {formed.refusals}")
