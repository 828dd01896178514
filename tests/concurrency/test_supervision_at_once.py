"""Several workers and supervisors at once: one supervision for a cause, one outcome, numbers without a gap."""

from datetime import timedelta

import pytest
from django.db import transaction

from hotline.oversight.supervision import commands
from hotline.oversight.supervision.jobs import note_late
from hotline.oversight.supervision.models import Ground, Supervision, SupervisionEntry
from hotline.oversight.supervision.reacting import take_up
from hotline.rules.supervision import Cause, Deed, Order
from hotline.rules.supervision.ladder import Trigger
from hotline.rules.supervision_rules import Rung
from hotline.rules.vocabulary import Stage, SupervisionKind
from tests.cast import Cast
from tests.concurrency.test_tickets_at_once import at_once
from tests.walks import STEP

pytestmark = pytest.mark.django_db(transaction=True)
K = SupervisionKind


def test_a_cause_that_many_workers_bring_is_taken_up_once(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    causes = (Cause.OVERDUE, Cause.SENT_BACK_TWICE)

    def bring(place: int) -> None:
        cause = causes[place % 2]
        trigger = Trigger(cause=cause, key=f"{cause}:1", rung=Rung(K.PLATFORM, opens=True))
        with transaction.atomic():
            take_up(trigger, number=ticket.number, now=ticket.at + STEP)

    at_once(16, bring, threads=8)
    row = Supervision.objects.get()
    assert (row.status, row.paper_no) == ("open", 1)
    assert Ground.objects.count() == 2
    assert [e.seq for e in SupervisionEntry.objects.order_by("seq")] == [1, 2]


def test_numbers_drawn_at_once_have_no_gap(cast: Cast) -> None:
    tickets = [cast.ticket_at(Stage.HANDLING) for _ in range(12)]
    supervisor = cast.actor("supervisor")

    def start(place: int) -> commands.Done:
        ticket = tickets[place]
        wish = commands.Wish(kind=K.KEY, cause=Cause.BY_HAND, number=ticket.number)
        return commands.start(wish, actor=supervisor, now=ticket.at + STEP)

    assert all(done.ok for done in at_once(12, start, threads=6))
    assert sorted(Supervision.objects.values_list("paper_no", flat=True)) == list(range(1, 13))


def test_one_proposal_is_decided_once(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    wish = commands.Wish(kind=K.KEY, cause=Cause.BY_HAND, number=ticket.number, opens=False)
    row = commands.start(wish, actor=cast.actor("reviewer"), now=ticket.at).row
    assert row is not None
    orders = (Order(deed=Deed.OPEN), Order(deed=Deed.DISMISS, text="已处置"))
    supervisor = cast.actor("supervisor")

    def decide(place: int) -> commands.Done:
        return commands.do(row.pk, order=orders[place % 2], actor=supervisor, now=ticket.at + STEP)

    outcomes = at_once(8, decide, threads=8)
    assert sum(done.ok for done in outcomes) == 1
    assert SupervisionEntry.objects.count() == 2


def test_a_missed_date_is_noted_by_one_of_many_workers(cast: Cast) -> None:
    tickets = [cast.ticket_at(Stage.HANDLING) for _ in range(6)]
    for ticket in tickets:
        wish = commands.Wish(kind=K.PLATFORM, cause=Cause.BY_HAND, number=ticket.number)
        assert commands.start(wish, actor=cast.actor("supervisor"), now=ticket.at).ok
    late = tickets[-1].at + timedelta(days=30)
    noted = at_once(4, lambda _: note_late(now=late), threads=4)
    assert sum(noted) == 6
    assert Supervision.objects.filter(kind="key", status="proposed").count() == 6
