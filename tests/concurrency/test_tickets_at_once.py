"""Many people at one ticket at the same moment, each on a connection of his own: nothing is lost, doubled or stuck."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection, transaction

from hotline.rules import acts
from hotline.rules.lifecycle import SYSTEM
from hotline.rules.lives import Life, Source
from hotline.rules.vocabulary import Stage, UnitCode
from hotline.tickets import bulk, commands
from hotline.tickets.access import take_all
from hotline.tickets.checking import Tally, check_tickets
from hotline.tickets.commands import Outcome, perform
from hotline.tickets.models import LedgerEntry, PostedForm, SourceRecord, Ticket
from tests.cast import REQUESTER, Cast
from tests.walks import OPENING, REGISTER, walk

T = TypeVar("T")
pytestmark = pytest.mark.django_db(transaction=True)


def at_once(calls: int, act: Callable[[int], T], *, threads: int) -> list[T]:
    """What came of so many calls, shared by threads that begin together, each on a connection of its own."""
    together = Barrier(threads)

    def share(first: int) -> list[T]:
        together.wait(timeout=30)
        try:
            return [act(number) for number in range(first, calls, threads)]
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return [outcome for done in pool.map(share, range(threads)) for outcome in done]


@pytest.fixture(autouse=True)
def _sound_afterwards(cast: Cast) -> Iterator[None]:  # noqa: ARG001  # the database is still there when this ends
    """Whatever happened at once, the ledger stands the examination."""
    yield
    assert list(check_tickets(Tally())) == []


def test_360_appends_at_once_are_gapless_and_none_is_lost(cast: Cast) -> None:
    ticket, handler = cast.ticket_at(Stage.HANDLING), cast.actor("cgj_handler")

    def note(number: int) -> Outcome:
        act = acts.RecordProgress(note=f"第{number}条")
        return perform(number=ticket.number, act=act, actor=handler, now=ticket.at + timedelta(seconds=number % 50))

    outcomes = at_once(360, note, threads=12)
    assert [outcome.refusals for outcome in outcomes if not outcome.ok] == []
    version = ticket.state.version
    entries = LedgerEntry.objects.filter(ticket__number=ticket.number).order_by("seq")
    assert [entry.seq for entry in entries] == list(range(1, version + 361))
    texts = Ticket.objects.get(number=ticket.number).texts.filter(field="note", seq__gt=version)
    assert sorted(text.body for text in texts) == sorted(f"第{number}条" for number in range(360))
    assert cast.seen(ticket).state.version == version + 360


def test_two_tickets_locked_in_opposite_order_do_not_wait_for_each_other_for_ever(cast: Cast) -> None:
    one, other = cast.ticket_at(Stage.REGISTERED), cast.ticket_at(Stage.REGISTERED)

    def both(number: int) -> int:
        order = (one.number, other.number) if number % 2 else (other.number, one.number)
        with transaction.atomic():
            opened = take_all(order, actor=SYSTEM)
            act = acts.Urge(note=f"{number}")
            done = [
                commands.perform_on(ticket, act=act, actor=cast.actor("supervisor"), now=one.at) for ticket in opened
            ]
        return sum(outcome.ok for outcome in done)

    cast.actor("supervisor")
    assert sum(at_once(80, both, threads=8)) == 160
    for ticket in (one, other):
        assert cast.seen(ticket).state.version == 81


def test_a_form_posted_by_two_clicks_at_once_makes_one_ticket(cast: Cast) -> None:
    agent = cast.actor("agent")

    def post(_number: int) -> str:
        outcome = commands.open_ticket(
            act=REGISTER, requester=REQUESTER, actor=agent, now=OPENING, region="340103", token="one-form"
        )
        assert outcome.ticket is not None, outcome.refusals
        return outcome.ticket.number

    numbers = at_once(24, post, threads=8)
    assert len(set(numbers)) == 1
    assert Ticket.objects.count() == LedgerEntry.objects.count() == PostedForm.objects.count() == 1


def test_of_two_who_act_on_what_they_saw_the_second_is_told_and_writes_nothing(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.PENDING_DISPATCH)
    dispatcher = cast.actor("dispatcher")

    def dispatch(number: int) -> Outcome:
        act = acts.Dispatch(lead_unit=UnitCode("CGJ" if number % 2 else "STHJ"))
        return perform(number=ticket.number, act=act, actor=dispatcher, now=ticket.at, version=ticket.state.version)

    outcomes = at_once(8, dispatch, threads=8)
    assert sum(outcome.ok for outcome in outcomes) == 1
    for outcome in outcomes:
        if not outcome.ok:
            assert [(r.code, r.params["event"]) for r in outcome.refusals] == [("conflict.version", "dispatch.sent")]
    assert cast.seen(ticket).state.version == ticket.state.version + 1
    assert cast.seen(ticket).state.dispatches == 1


def test_two_who_decide_the_same_proposal_decide_it_once(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.REGISTERED)
    ticket = cast.do(ticket, "agent", acts.ProposeVoid(reason="duplicate", note="重复"))
    leader = cast.actor("team_leader")

    def confirm(_number: int) -> Outcome:
        return perform(number=ticket.number, act=acts.ConfirmVoid(), actor=leader, now=ticket.at)

    outcomes = at_once(6, confirm, threads=6)
    assert sum(outcome.ok for outcome in outcomes) == 1
    assert {r.code for outcome in outcomes for r in outcome.refusals} == {"act.not_now"}


def test_numbers_drawn_at_once_are_all_different(cast: Cast) -> None:
    agent = cast.actor("agent")

    def post(number: int) -> str:
        outcome = commands.open_ticket(
            act=REGISTER, requester=REQUESTER, actor=agent, now=OPENING, region="340103", token=f"form-{number}"
        )
        assert outcome.ticket is not None
        return outcome.ticket.number

    assert len(set(at_once(60, post, threads=8))) == 60


def test_two_imports_of_one_system_at_once_write_each_request_once(cast: Cast) -> None:
    steps = cast.steps(walk(Stage.REGISTERED))
    lives = [Life(region="340103", requester={}, steps=steps, source=Source("old", f"{n}", "d")) for n in range(60)]

    def run(_number: int) -> tuple[int, int]:
        totals = bulk.write_lives(lives, batch=7)
        assert totals.refused == []
        return totals.written, totals.already

    done = at_once(4, run, threads=4)
    assert sum(written for written, _ in done) == 60
    assert sum(already for _, already in done) == 180
    assert SourceRecord.objects.count() == Ticket.objects.count() == 60


def test_commands_go_on_beside_a_bulk_import(cast: Cast) -> None:
    ticket, handler = cast.ticket_at(Stage.HANDLING), cast.actor("cgj_handler")
    steps = cast.steps(walk(Stage.CLOSED))
    lives = [Life(region="340103", requester={}, steps=steps) for _ in range(100)]

    def either(number: int) -> int:
        if number == 0:
            return bulk.write_lives(lives, batch=20).written
        act = acts.RecordProgress(note=f"{number}")
        return int(perform(number=ticket.number, act=act, actor=handler, now=ticket.at).ok)

    assert sum(at_once(40, either, threads=4)) == 100 + 39
    assert Ticket.objects.count() == 101
