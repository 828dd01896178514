"""What the engine does in one pass: each step once, many tickets in few statements, nothing held up by one bad row."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hotline.oversight.clocks import engine
from hotline.oversight.clocks.engine import fire_due
from hotline.oversight.clocks.faults import fault_lines, fault_number, try_again
from hotline.rules import acts
from hotline.rules.ladder import Step
from hotline.rules.lives import Life
from hotline.rules.vocabulary import ClockKind, Stage
from hotline.tickets import bulk
from hotline.tickets.checking import Tally, check_tickets
from hotline.tickets.firing import due_number
from hotline.tickets.models import LedgerEntry, Ticket, TicketClock
from tests.cast import REQUESTER, Cast
from tests.walks import OPENING, walk

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _sound_afterwards(cast: Cast) -> Iterator[None]:  # noqa: ARG001  # the database is still there when this ends
    """Whatever was written many at a time stands the same examination as single acts."""
    yield
    assert list(check_tickets(Tally())) == []


def events(*names: str) -> Counter[str]:
    return Counter(LedgerEntry.objects.filter(name__in=names).values_list("name", flat=True))


def handled(cast: Cast, number: int) -> list[str]:
    """So many tickets a unit is handling, all taken in at the same minute, written at once."""
    lives = [Life(region="340103", requester=REQUESTER, steps=cast.steps(walk(Stage.HANDLING))) for _ in range(number)]
    done = bulk.write_lives(lives)
    assert done.refused == []
    return list(Ticket.objects.values_list("number", flat=True))


def test_the_whole_ladder_of_one_ticket(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    fired: Counter[Step] = Counter()
    for hours in range(24 * 30):
        fired += fire_due(now=ticket.at + timedelta(hours=hours)).steps
    state = cast.seen(ticket).state
    unit, reply = state.clocks[ClockKind.UNIT_REPLY], state.clocks[ClockKind.REPLY]
    assert fired[Step.NOTICE] == fired[Step.CRITICISM] == 1
    assert (unit.reminded, unit.noticed_at is None, unit.criticised_at is None) == (80, False, False)
    assert reply.overdue_at is not None
    assert state.running(ClockKind.RETURN_WINDOW) is None
    reminded = LedgerEntry.objects.filter(name="clock.reminded").values_list("payload__clock", "payload__percent")
    assert sorted(reminded) == [("first_contact", 50), ("first_contact", 80), ("unit_reply", 50), ("unit_reply", 80)]
    assert due_number(now=ticket.at + 400 * DAY) == 0


def test_a_second_look_finds_nothing_to_do(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    now = ticket.at + 20 * DAY
    first = fire_due(now=now)
    version = cast.seen(ticket).state.version
    assert first.fired > 0
    assert fire_due(now=now).fired == 0
    assert cast.seen(ticket).state.version == version


def test_thousands_in_one_minute_take_few_statements(cast: Cast) -> None:
    """Each clock that fires costs a small part of a statement, and one pass leaves none behind."""
    handled(cast, 1200)
    now = OPENING + 30 * DAY
    with CaptureQueriesContext(connection) as asked:
        done = fire_due(now=now)
    assert done.tickets >= 1200
    assert done.fired >= 4 * 1200
    assert len(asked) / done.fired < 0.05
    assert due_number(now=now) == 0
    assert events("clock.overdue") == {"clock.overdue": 3 * 1200}


def test_an_idle_pass_reads_the_index_and_nothing_else(cast: Cast) -> None:
    handled(cast, 300)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE tickets_ticketclock")
        cursor.execute("SET enable_seqscan = on")
    with CaptureQueriesContext(connection) as asked:
        assert fire_due(now=OPENING).tickets == 0
    (only,) = asked
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + only["sql"])
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index Only Scan using clock_firing" in plan
    assert "Seq Scan" not in plan


def test_a_bad_row_is_set_aside_and_holds_up_nobody(cast: Cast) -> None:
    numbers = handled(cast, 40)
    bad = Ticket.objects.get(number=numbers[7])
    Ticket.objects.filter(pk=bad.pk).update(profile="nowhere@7")
    now = OPENING + 30 * DAY
    done = fire_due(now=now)
    assert (done.aside, fault_number()) == (1, 1)
    assert due_number(now=now) == 0
    assert LedgerEntry.objects.filter(name="clock.overdue").values("ticket").distinct().count() == 39
    (line,) = fault_lines()
    assert (line.number, line.tries, line.at) == (bad.number, 1, now)
    later = now + MINUTE
    refused = try_again(fault_id=line.id, now=later)
    assert refused is not None
    assert refused.code == "clocks.failed_again"
    assert fault_lines()[0].tries == 2
    Ticket.objects.filter(pk=bad.pk).update(profile=bad.profile)
    assert try_again(fault_id=line.id, now=later) is None
    assert fault_number() == 0
    assert LedgerEntry.objects.filter(ticket=bad, name="clock.overdue").count() == 3
    gone = try_again(fault_id=line.id, now=later)
    assert gone is not None
    assert gone.code == "clocks.no_such_fault"


def test_a_row_the_database_refuses_is_found_by_halves(cast: Cast) -> None:
    """The fault shows only when the batch is written: the others of the batch must be written all the same."""
    numbers = handled(cast, 40)
    bad = Ticket.objects.get(number=numbers[20])
    LedgerEntry.objects.create(
        ticket=bad, seq=bad.version + 1, name="x", act="x", at=OPENING, recorded_at=OPENING, actor="x", role="system",
        stage=bad.stage, payload={}, clocks=[], digests={}, hash=b"",
    )  # fmt: skip
    done = fire_due(now=OPENING + 30 * DAY)
    assert done.aside == 1
    (line,) = fault_lines()
    assert (line.number, line.error.split(":")[0]) == (bad.number, "IntegrityError")
    assert LedgerEntry.objects.filter(name="clock.overdue").values("ticket").distinct().count() == 39
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE tickets_ledgerentry DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM tickets_ledgerentry WHERE name = 'x'")
        cursor.execute("ALTER TABLE tickets_ledgerentry ENABLE TRIGGER USER")


def test_the_next_act_of_a_person_brings_a_ticket_back(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    profile = ticket.state.profile
    Ticket.objects.filter(number=ticket.number).update(profile="nowhere@7")
    fire_due(now=ticket.at + 3 * DAY)
    assert fault_number() == 1
    Ticket.objects.filter(number=ticket.number).update(profile=profile)
    assert due_number(now=ticket.at + 99 * DAY) == 0
    after = cast.do(cast.seen(ticket), "supervisor", acts.Pause(reason="awaiting_requester", evidence="出差"))
    after = cast.do(after, "supervisor", acts.Resume())
    fire_due(now=after.at + 30 * DAY)
    assert fault_number() == 0
    assert events("clock.overdue")["clock.overdue"] > 0


def test_a_locked_ticket_is_left_for_the_next_pass(cast: Cast) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from django.db import transaction

    numbers = handled(cast, 3)
    now = OPENING + 30 * DAY

    def elsewhere() -> int:
        try:
            return fire_due(now=now).tickets
        finally:
            connection.close()

    with transaction.atomic():
        Ticket.objects.select_for_update(no_key=True).get(number=numbers[0])
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(elsewhere).result(timeout=60) == 2
    assert fire_due(now=now).tickets == 1
    assert due_number(now=now) == 0


def test_a_pause_ends_by_itself_after_what_the_profile_allows(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    paused = cast.do(ticket, "supervisor", acts.Pause(reason="awaiting_requester", evidence="出差"))
    fire_due(now=paused.at + 30 * DAY)
    assert cast.seen(ticket).state.paused
    done = fire_due(now=paused.at + 60 * DAY)
    state = cast.seen(ticket).state
    assert done.steps[Step.RESUME] == 1
    assert not state.paused
    assert events("clock.resumed") == {"clock.resumed": 1}


def test_no_notice_while_the_ticket_lies_with_the_office(cast: Cast) -> None:
    """A return that was asked for is the office's to rule on; the unit's written notice waits until it is back."""
    ticket = cast.ticket_at(Stage.RETURN_REQUESTED)
    for days in range(1, 40):
        fire_due(now=ticket.at + days * DAY)
    unit = cast.seen(ticket).state.clocks[ClockKind.UNIT_REPLY]
    assert unit.overdue_at is not None
    assert unit.noticed_at is None
    row = TicketClock.objects.get(ticket__number=ticket.number, kind="unit_reply")
    assert row.fires_at is not None
    assert row.fires_at > ticket.at + 39 * DAY


def test_a_rule_that_would_fire_for_ever_is_stopped(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    monkeypatch.setattr(engine, "MOST_STEPS", 1)
    assert fire_due(now=ticket.at + 30 * DAY).aside == 1
    assert fault_lines()[0].error.startswith("Refused")
