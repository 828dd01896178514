"""Row and state are two writings of one thing: columns_of and state_of undo each other, whatever the state."""

import dataclasses
import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.rules.cotasks import CoTask, Standing
from hotline.rules.state import ClockState, Delegation, PendingProposal, Signing, TicketState
from hotline.rules.vocabulary import (
    CITY_TZ,
    RANKS,
    CategoryCode,
    Channel,
    ClockKind,
    Finding,
    Flag,
    Paper,
    Proposal,
    Rating,
    RegionCode,
    RequestType,
    Resolution,
    Stage,
    UnitCode,
    Urgency,
)
from hotline.tickets.access import look_at
from hotline.tickets.copying import CLOCK, ENTRY, STATE, TABLES
from hotline.tickets.facts import clock_columns, clock_of, columns_of, owed, state_of
from hotline.tickets.models import LedgerEntry, Requester, SourceRecord, Ticket, TicketClock, TicketText
from tests.cast import Cast
from tests.walks import WALKABLE

UNITS = st.sampled_from([UnitCode(code) for code in ("CGJ", "STHJ", "LY", "LY-SXK")])
SINCE = datetime(2004, 1, 1, tzinfo=CITY_TZ)
MOMENTS = st.builds(
    lambda passed, zone: (SINCE + passed).astimezone(zone),
    st.timedeltas(min_value=timedelta(), max_value=timedelta(days=13_000)),
    st.sampled_from([CITY_TZ, UTC]),
)
COUNTS = st.integers(0, 50)
WORDS = st.sampled_from(["", "settled", "unreached", "withdrawn"])


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def tuples(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=4).map(tuple)


@st.composite
def clocks(draw: st.DrawFn, kind: ClockKind) -> ClockState:
    pauses = draw(tuples(st.tuples(MOMENTS, MOMENTS, st.sampled_from(["awaiting_requester", "parked"]))))
    if draw(st.booleans()):
        pauses = (*pauses, (draw(MOMENTS), None, "joint_handling"))
    return ClockState(
        kind=kind,
        round=draw(st.integers(1, 5)),
        limit=draw(st.sampled_from(["7wd", "4oh", "24h", "15min", "3d", "set"])),
        started_at=draw(MOMENTS),
        due_at=draw(MOMENTS),
        provisional=draw(st.booleans()),
        stopped_at=draw(maybe(MOMENTS)),
        met=draw(maybe(st.booleans())),
        overdue_at=draw(maybe(MOMENTS)),
        extension=draw(st.integers(0, 20)),
        pauses=pauses,
    )


def proposals(kind: Proposal) -> st.SearchStrategy[PendingProposal]:
    return st.builds(
        PendingProposal,
        kind=st.just(kind),
        by=st.sampled_from(["7", "12"]),
        at=MOMENTS,
        details=st.fixed_dictionaries({"days": st.integers(1, 9), "reason": st.sampled_from(["weather", "expert"])}),
    )


def some_of(kinds: Iterable[Any], one: Any) -> st.SearchStrategy[dict[Any, Any]]:
    """A mapping from some of the kinds to a value made for each."""
    return st.sets(st.sampled_from(list(kinds)), max_size=4).flatmap(
        lambda chosen: st.fixed_dictionaries({kind: one(kind) for kind in chosen})
    )


SIGNINGS = st.builds(
    Signing,
    paper=st.sampled_from(Paper),
    by=st.sampled_from(["7", "31"]),
    written_as=st.sampled_from(RANKS),
    at=MOMENTS,
    signed=st.integers(0, 3),
    chain=tuples(st.sampled_from(RANKS)),
    heavy_chain=tuples(st.sampled_from(RANKS)),
    details=st.fixed_dictionaries({"days": st.integers(1, 9)}),
)

TASKS = st.builds(
    CoTask,
    unit=UNITS,
    order=st.integers(1, 9),
    after=st.sampled_from(Finding),
    came=st.booleans(),
    days=st.integers(0, 60),
    standing=st.sampled_from(Standing),
    finding=st.sampled_from(Finding),
    seq=st.integers(0, 40),
)

STATES = st.builds(
    TicketState,
    stage=st.sampled_from(sorted(set(Stage) - {Stage.NEW})),
    version=st.integers(1, 500),
    last_at=MOMENTS,
    channel=st.sampled_from(Channel),
    request_type=st.sampled_from(RequestType),
    category=st.sampled_from([CategoryCode(""), CategoryCode("010103")]),
    region=st.sampled_from([RegionCode(""), RegionCode("340103009")]),
    urgency=st.sampled_from(Urgency),
    flags=st.frozensets(st.sampled_from(Flag)),
    contactable=st.booleans(),
    superior_due_at=maybe(MOMENTS),
    profile=st.just("hefei-2021@1"),
    accepted_at=maybe(MOMENTS),
    lead_unit=maybe(UNITS),
    co_units=tuples(UNITS),
    tasks=tuples(TASKS),
    guidance=tuples(UNITS),
    copied=tuples(UNITS),
    first_unit=maybe(UNITS),
    delegation=maybe(st.builds(Delegation, unit=UNITS, signed=st.booleans(), replied=st.booleans())),
    dispatches=COUNTS,
    failed_dispatches=COUNTS,
    founded_returns=COUNTS,
    returned_by=tuples(UNITS),
    objected_by=tuples(UNITS),
    signed_at=maybe(MOMENTS),
    contacted_at=maybe(MOMENTS),
    replied_at=maybe(MOMENTS),
    signing=maybe(SIGNINGS),
    extensions=st.integers(0, 3),
    reworks=st.integers(0, 3),
    send_backs=COUNTS,
    grade=st.sampled_from(["", "good"]),
    attempts=tuples(MOMENTS),
    responded=maybe(st.booleans()),
    resolution=maybe(st.sampled_from(Resolution)),
    rating=maybe(st.sampled_from(Rating)),
    closed_at=maybe(MOMENTS),
    close_reason=WORDS,
    master=st.sampled_from(["", "34010320260317DH000001"]),
    proposals=some_of(Proposal, proposals),
    clocks=some_of(ClockKind, clocks),
)


def stored(columns: dict[str, Any]) -> SimpleNamespace:
    """The row as PostgreSQL gives it back: JSON through text, moments in UTC."""
    found = {name: json.loads(json.dumps(v)) if isinstance(v, dict) else v for name, v in columns.items()}
    return SimpleNamespace(**{name: v.astimezone(UTC) if isinstance(v, datetime) else v for name, v in found.items()})


@given(STATES)
def test_a_state_comes_back_from_its_row(state: TicketState) -> None:
    rows = [stored(clock_columns(clock)) for clock in state.clocks.values()]
    assert state_of(stored(columns_of(state)), rows) == state


@given(STATES)
def test_the_row_written_from_what_came_back_is_the_same_row(state: TicketState) -> None:
    """So that replaying the ledger, read in another zone, gives the stored columns to the letter."""
    rows = [stored(clock_columns(clock)) for clock in state.clocks.values()]
    back = state_of(stored(columns_of(state)), rows)
    assert columns_of(back) == columns_of(state)
    for kind, clock in state.clocks.items():
        assert clock_columns(back.clocks[kind]) == clock_columns(clock)


@given(STATES)
def test_what_is_owed_runs_and_is_not_paused(state: TicketState) -> None:
    kind, due_at = owed(state)
    if kind:
        clock = state.clocks[ClockKind(kind)]
        assert clock.running
        assert not clock.paused
        assert due_at == clock.due_at
    else:
        assert due_at is None


def test_of_several_rounds_the_last_is_the_clock(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.REWORK)
    rows = list(TicketClock.objects.filter(ticket__number=ticket.number, kind="reply").order_by("round"))
    assert [row.round for row in rows] == [1, 2]
    assert look_at(ticket.number, actor=cast.actor("supervisor")).state.clocks[ClockKind.REPLY] == clock_of(rows[1])


@pytest.mark.parametrize("stage", WALKABLE)
def test_every_walked_ticket_comes_back_from_the_database(cast: Cast, stage: Stage) -> None:
    ticket = cast.ticket_at(stage)
    row = Ticket.objects.get(number=ticket.number)
    state = state_of(row, row.clocks.all())
    assert state == ticket.state
    assert {name: getattr(row, name) for name in STATE} == columns_of(state)


def test_every_field_of_the_state_has_a_column() -> None:
    fields = {f.name for f in dataclasses.fields(TicketState)} - {"clocks"}
    assert fields <= set(STATE)
    assert {f.attname for f in TicketClock._meta.concrete_fields} - {"id", "ticket_id", "fires_at"} == set(CLOCK)


def test_bulk_writing_fills_every_column_that_the_database_does_not() -> None:
    left = {
        Ticket: set(),
        Requester: {"id", "erased_at"},
        LedgerEntry: {"id"},
        TicketText: {"id", "erased_at"},
        TicketClock: {"id"},
        SourceRecord: {"id"},
    }
    assert {model._meta.db_table for model in left} == set(TABLES)
    for model, given_by_database in left.items():
        columns = {f.column for f in model._meta.concrete_fields}
        assert set(TABLES[model._meta.db_table]) == columns - given_by_database
    assert set(ENTRY) < {f.attname for f in LedgerEntry._meta.concrete_fields}
