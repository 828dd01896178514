"""`record_many` writes for many tickets what `record` writes for one: rows, chain, words, compare-and-set."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from hotline.rules import acts
from hotline.rules.acts import Act
from hotline.rules.lifecycle import decide
from hotline.rules.vocabulary import Stage, UnitCode
from hotline.tickets.access import take_all
from hotline.tickets.checking import Tally, check_tickets
from hotline.tickets.ledger import MovedMeanwhile
from hotline.tickets.models import LedgerEntry, Ticket, TicketClock, TicketText
from hotline.tickets.recording import Recording, record_many
from hotline.tickets.rulebook import rulebook
from tests.cast import Cast
from tests.cast import Ticket as Held
from tests.walks import STEP, replied

pytestmark = pytest.mark.django_db
OWN = {"id", "number", "query_code", "head_hash", "ticket_id", "hash", "digests"}
"""What differs between two tickets that went the same way at the same time."""

WAYS: dict[str, tuple[Stage, str, Act]] = {
    "words and a mark": (Stage.PENDING_DISPATCH, "dispatcher", acts.Dispatch(lead_unit=UnitCode("CGJ"), note="请处理")),
    "clocks stop and start": (Stage.PENDING_SIGN, "cgj_handler", acts.SignIn()),
    "a paper in JSON": (Stage.HANDLING, "cgj_handler", replied()),
    "arrays grow": (Stage.HANDLING, "supervisor", acts.Pause(reason="awaiting_requester", evidence="出差")),
    "no clock at all": (Stage.HANDLING, "supervisor", acts.WriteBrief(for_unit="简述")),
}


def many(cast: Cast, tickets: list[Held], who: str, act: Act) -> int:
    now = tickets[0].at + STEP
    with transaction.atomic():
        opened = take_all([ticket.number for ticket in tickets], actor=cast.actor(who))
        book = rulebook(now=now, profile=opened[0].state.profile)
        decided = [decide(one.state, act, actor=cast.actor(who), book=book, now=now) for one in opened]
        assert all(not decision.refusals for decision in decided)
        recordings = [
            Recording(opened=one, decision=decision, book=book, texts=act.texts())
            for one, decision in zip(opened, decided, strict=True)
        ]
        return record_many(recordings, now=now)


def rows(number: str) -> list[list[dict[str, Any]]]:
    """Everything that is stored of a ticket, without what is its own."""
    ticket = Ticket.objects.filter(number=number)
    found = [
        ticket.values(),
        LedgerEntry.objects.filter(ticket__in=ticket).order_by("seq").values(),
        TicketText.objects.filter(ticket__in=ticket).order_by("seq", "field").values(),
        TicketClock.objects.filter(ticket__in=ticket).order_by("kind", "round").values(),
    ]
    return [[{name: value for name, value in row.items() if name not in OWN} for row in part] for part in found]


@pytest.mark.parametrize("way", WAYS)
def test_the_same_rows_as_one_act_alone(cast: Cast, way: str) -> None:
    stage, who, act = WAYS[way]
    alone, *others = [cast.ticket_at(stage) for _ in range(4)]
    cast.do(alone, who, act, at=alone.at + STEP)
    assert many(cast, others, who, act) == 3
    for other in others:
        assert rows(other.number) == rows(alone.number)
    assert list(check_tickets(Tally())) == []


def test_many_tickets_take_as_many_statements_as_few(cast: Cast) -> None:
    counts = list[int]()
    many(cast, [cast.ticket_at(Stage.PENDING_SIGN)], "cgj_handler", acts.SignIn())  # rules and people are known now
    for number in (2, 8):
        tickets = [cast.ticket_at(Stage.PENDING_SIGN) for _ in range(number)]
        with CaptureQueriesContext(connection) as asked:
            many(cast, tickets, "cgj_handler", acts.SignIn())
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 10


def test_when_one_has_moved_meanwhile_nothing_is_written(cast: Cast) -> None:
    one, other = cast.ticket_at(Stage.PENDING_SIGN), cast.ticket_at(Stage.PENDING_SIGN)
    entries = LedgerEntry.objects.count()
    now, handler = one.at + STEP, cast.actor("cgj_handler")
    with pytest.raises(MovedMeanwhile), transaction.atomic():
        opened = take_all([one.number, other.number], actor=handler)
        book = rulebook(now=now, profile=opened[0].state.profile)
        stale = replace(opened[0], state=replace(opened[0].state, version=opened[0].state.version - 1))
        recordings = list[Recording]()
        for each in (stale, opened[1]):
            decision = decide(each.state, acts.SignIn(), actor=handler, book=book, now=now)
            recordings.append(Recording(opened=each, decision=decision, book=book))
        record_many(recordings, now=now)
    assert LedgerEntry.objects.count() == entries
    assert cast.seen(other).state == other.state


def test_one_job_tells_of_fifty(cast: Cast) -> None:
    tickets = [cast.ticket_at(Stage.HANDLING) for _ in range(3)]
    many(cast, tickets, "supervisor", acts.Urge(note="请抓紧"))
    (job,) = ProcrastinateJob.objects.filter(task_name="react_to_many")
    spans = {subject: (first, last) for subject, first, last in job.args["spans"]}
    assert spans == {ticket.number: (ticket.state.version + 1,) * 2 for ticket in tickets}


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_written(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    with pytest.raises(RuntimeError, match="transaction"):
        record_many([], now=ticket.at)
