"""What workers would do with the reactions that wait, done at once."""

from datetime import datetime

from procrastinate.contrib.django.models import ProcrastinateJob

from hotline.oversight.notices.models import Notice
from hotline.plumbing.messages import run_reactions


def react(now: datetime) -> int:
    """Runs every waiting reaction; how many jobs there were."""
    jobs = ProcrastinateJob.objects.filter(task_name="react").order_by("pk")
    ran = [run_reactions(**job.args, now=now) for job in jobs]
    jobs._raw_delete("default")
    return len(ran)


def bells() -> dict[str, list[str]]:
    """Kinds of notice by account, the oldest first."""
    found: dict[str, list[str]] = {}
    for who, kind in Notice.objects.order_by("pk").values_list("recipient__username", "kind"):
        found.setdefault(who, []).append(kind)
    return found
