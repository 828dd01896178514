"""What the engine does is told: reminders to who has the ticket, notices to the head too, proposals to the office."""

from datetime import datetime, timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from hotline.oversight.clocks.engine import fire_due
from hotline.oversight.notices.models import Notice
from hotline.plumbing import messages
from hotline.plumbing.messages import run_many_reactions
from hotline.plumbing.models import ReactionRun
from hotline.plumbing.outbox.models import OutgoingMessage
from hotline.registry.duty.models import UnitAddress
from hotline.registry.people.models import User
from hotline.rules.vocabulary import Stage
from hotline.tickets.happening import Happened
from tests.cast import Cast, Ticket

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def run_jobs(now: datetime) -> int:
    """Every job of the engine, twice: a job that comes back tells nobody anything new."""
    jobs = list(ProcrastinateJob.objects.filter(task_name="react_to_many").order_by("id"))
    for job in (*jobs, *jobs):
        run_many_reactions(spans=[tuple(span) for span in job.args["spans"]], now=now)
    return len(jobs)


def pass_days(ticket: Ticket, days: int) -> None:
    for hour in range(0, 24 * days, 6):
        fire_due(now=ticket.at + hour * HOUR)


def told(kind: str) -> list[str]:
    rows = Notice.objects.filter(kind=kind).values_list("recipient__username", flat=True)
    return sorted(rows.distinct())


def test_the_whole_ladder_is_told_once_to_each(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    UnitAddress.objects.create(unit="CGJ", channel="email", to="cgj@example.org", made_by="1", made_at=ticket.at)
    User.objects.filter(username="cgj_handler").update(
        preferences={"by_email": ["reminded"], "mail": "zhao@example.org"}
    )
    pass_days(ticket, 25)
    assert run_jobs(ticket.at + timedelta(days=25)) > 0
    assert told("reminded") == ["cgj_handler"]
    assert told("notice_issued") == ["cgj_handler", "cgj_head", "cgj_section"]
    assert told("criticism_proposed") == ["supervisor"]
    assert Notice.objects.filter(kind="reminded").count() == 4
    assert Notice.objects.filter(kind="notice_issued").count() == 3
    mails = OutgoingMessage.objects.filter(channel="email").values_list("to", flat=True)
    assert sorted(mails).count("zhao@example.org") == 4
    assert set(mails) == {"cgj@example.org", "zhao@example.org"}
    assert not ReactionRun.objects.filter(done_at=None).exists()


BAD: list[str] = []


def faulty(happened: Happened, now: datetime) -> None:
    """A reaction that cannot cope with one of the tickets."""
    del now
    if happened.number in BAD:
        raise ValueError("broken on purpose")


def test_a_job_tells_of_many_tickets_and_one_fault_holds_up_no_other(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    tickets = [cast.ticket_at(Stage.HANDLING) for _ in range(3)]
    now = tickets[-1].at + timedelta(days=30)
    fire_due(now=now)
    (job,) = ProcrastinateJob.objects.filter(task_name="react_to_many")
    assert {subject for subject, _, _ in job.args["spans"]} == {ticket.number for ticket in tickets}
    bad = tickets[0].number
    BAD.append(bad)
    monkeypatch.setitem(messages.REACTIONS, "clock.overdue", (*messages.REACTIONS["clock.overdue"], faulty))
    with pytest.raises(messages.ReactionsFailed, match="faulty"):
        run_many_reactions(spans=[tuple(span) for span in job.args["spans"]], now=now)
    assert set(Notice.objects.filter(kind="overdue").values_list("number", flat=True)) == {t.number for t in tickets}
    assert set(ReactionRun.objects.filter(done_at=None).values_list("subject", flat=True)) == {bad}
