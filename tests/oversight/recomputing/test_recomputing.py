"""Open tickets counted again: as the preview showed, on after a crash, and a fault holds up nobody."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from hotline.oversight.recomputing import commands
from hotline.oversight.recomputing.commands import ask, carry_out
from hotline.oversight.recomputing.models import Recomputation
from hotline.oversight.recomputing.moving import Span, candidates
from hotline.oversight.recomputing.queries import preview
from hotline.registry.calendars.commands import touch_calendar
from hotline.registry.calendars.models import CalendarDay
from hotline.rules.lifecycle import Rulebook
from hotline.rules.vocabulary import Stage
from hotline.rules.workdays import DayKind
from hotline.tickets.models import LedgerEntry, TicketClock
from hotline.tickets.models import Ticket as TicketRow
from tests.cast import Cast, Ticket
from tests.walks import OPENING

CLOSED = OPENING.date() + timedelta(days=2)
SPAN = Span(CLOSED, CLOSED)
NOW = OPENING + timedelta(hours=8)


def some_tickets(cast: Cast) -> list[Ticket]:
    stages = (Stage.PENDING_DISPATCH, Stage.PENDING_SIGN, Stage.HANDLING, Stage.HANDLING, Stage.CLOSED)
    return [cast.ticket_at(stage, at=OPENING + timedelta(minutes=n)) for n, stage in enumerate(stages)]


def closing(book: Rulebook) -> Rulebook:
    from dataclasses import replace

    return replace(book, calendar=book.calendar.amended([(CLOSED, DayKind.CLOSURE, "停办")]))


def close_the_day() -> None:
    CalendarDay.objects.update_or_create(date=CLOSED, defaults={"kind": "closure", "name": "停办", "active": True})
    touch_calendar()


def asked() -> int:
    with transaction.atomic():
        return ask(cause="calendar:city", asked_by="1", now=NOW, span=SPAN).pk


def dues() -> dict[tuple[str, str, int], Any]:
    return {(c.ticket.number, c.kind, c.round): c.due_at for c in TicketClock.objects.select_related("ticket")}


def test_the_round_does_exactly_what_the_preview_showed(cast: Cast) -> None:
    some_tickets(cast)
    before, shown = dues(), preview(amend=closing, span=SPAN, now=NOW)
    assert (shown.moved, shown.later, shown.earlier) == (4, 4, 0)
    assert dues() == before, "a preview writes nothing"
    close_the_day()
    done = carry_out(asked(), now=NOW)
    assert (done.checked, done.moved, done.faults) == (shown.checked, shown.moved, [])
    told = {(row.number, move.kind.value): (move.old, move.new) for row in shown.rows for move in row.moves}
    now = dues()
    moved = {
        (n, kind): (before[n, kind, r], now[n, kind, r]) for n, kind, r in now if before[n, kind, r] != now[n, kind, r]
    }
    assert moved == told
    events = LedgerEntry.objects.filter(name="clock.recomputed")
    assert sorted(e.ticket.number for e in events) == sorted(row.number for row in shown.rows)
    assert {e.payload["cause"] for e in events} == {"calendar:city"}


def test_a_second_round_moves_nothing_and_leaves_no_line(cast: Cast) -> None:
    some_tickets(cast)
    close_the_day()
    carry_out(asked(), now=NOW)
    again = carry_out(asked(), now=NOW)
    assert again.moved == 0
    assert LedgerEntry.objects.filter(name="clock.recomputed").count() == 4


def test_what_ends_before_the_changed_day_is_not_even_looked_at(cast: Cast) -> None:
    some_tickets(cast)
    far = Span(date(2035, 1, 1), date(2035, 12, 31))
    assert preview(amend=lambda book: book, span=far, now=NOW).checked == 0


@pytest.mark.django_db
def test_asking_defers_one_job_in_the_same_transaction() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        ask(cause="calendar:city", asked_by="1", now=NOW)
        raise ZeroDivisionError
    assert (
        Recomputation.objects.count()
        == ProcrastinateJob.objects.filter(task_name="recompute_open_tickets").count()
        == 0
    )
    asked()
    assert ProcrastinateJob.objects.filter(task_name="recompute_open_tickets").count() == 1


def test_a_ticket_that_cannot_be_counted_is_set_aside(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    tickets = some_tickets(cast)
    poisoned = TicketRow.objects.get(number=tickets[1].number).pk
    recorded = commands._recorded

    def stumbling(ids: Sequence[int], cause: str, now: Any) -> int:
        if poisoned in ids:
            raise ValueError("a limit nobody can read")
        return recorded(ids, cause, now)

    monkeypatch.setattr(commands, "_recorded", stumbling)
    close_the_day()
    done = carry_out(asked(), now=NOW)
    assert (done.finished_at, done.moved) == (NOW, 3)
    assert done.faults == [[str(poisoned), "ValueError: a limit nobody can read"]]


def test_a_killed_round_goes_on_where_it_stopped(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    some_tickets(cast)
    close_the_day()
    number, keep, calls = asked(), commands._keep, []

    def dying(*args: Any) -> None:
        calls.append(args)
        if len(calls) == 3:
            raise KeyboardInterrupt
        keep(*args)

    monkeypatch.setattr(commands, "_keep", dying)
    with pytest.raises(KeyboardInterrupt):
        carry_out(number, now=NOW, batch=1)
    assert LedgerEntry.objects.filter(name="clock.recomputed").count() == 2
    monkeypatch.undo()
    done = carry_out(number, now=NOW, batch=1)
    assert (done.checked, done.moved) == (4, 4)
    assert LedgerEntry.objects.filter(name="clock.recomputed").count() == 4


def test_statements_for_each_ticket_that_moves(cast: Cast) -> None:
    """What a ticket costs beyond the reading, which is the same for one and for two hundred."""
    some_tickets(cast)
    close_the_day()
    preview(amend=lambda book: book, span=SPAN, now=NOW)  # the calendar is read anew once, by whoever comes first
    counted = []
    for batch in (1, 3):
        with CaptureQueriesContext(connection) as seen, transaction.atomic():
            commands._recorded(candidates(SPAN)[:batch], "calendar:city", NOW)
            transaction.set_rollback(True)
        counted.append(len(seen))
    assert counted[1] - counted[0] <= 2 * 8, counted
