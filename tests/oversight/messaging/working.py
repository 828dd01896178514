"""What workers would do, done at once: reactions run, messages that may leave leave."""

from datetime import datetime

from procrastinate.contrib.django.models import ProcrastinateJob

from hotline.oversight.messaging.models import CitizenMessage
from hotline.plumbing.messages import run_reactions
from hotline.plumbing.outbox.models import OutgoingMessage
from tests.cast import Ticket


def react(now: datetime) -> int:
    """Runs every waiting reaction; how many jobs there were."""
    jobs = ProcrastinateJob.objects.filter(task_name="react").order_by("pk")
    ran = [run_reactions(**job.args, now=now) for job in jobs]
    jobs._raw_delete("default")
    return len(ran)


def told(ticket: Ticket) -> list[str]:
    """Kinds that the requester of a ticket was told, in order; those withheld with their reason."""
    rows = CitizenMessage.objects.filter(number=ticket.number).order_by("pk")
    return [f"{row.kind}:{row.withheld}" if row.withheld else row.kind for row in rows]


def bodies(ticket: Ticket) -> list[str]:
    """The words that wait in the outbox for the requester of a ticket."""
    rows = OutgoingMessage.objects.filter(about=ticket.number, key__contains="/told/").order_by("pk")
    return list(rows.values_list("body", flat=True))
