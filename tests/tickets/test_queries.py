"""Lists page by key without losing or repeating a ticket, filters narrow as they say, counts stop where they may."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hotline.rules import acts
from hotline.rules.lifecycle import SYSTEM
from hotline.rules.lives import Life
from hotline.rules.visibility import RequesterView
from hotline.rules.vocabulary import Flag, RequestType, Stage, UnitCode, Urgency
from hotline.tickets import bulk, queries
from hotline.tickets.access import look_at
from hotline.tickets.acting.counters import counts
from hotline.tickets.ordering import ORDERS
from hotline.tickets.queries import TicketFilter
from tests.cast import REQUESTER, Cast, Ticket
from tests.walks import OPENING, STEP, walk


def many(cast: Cast, number: int) -> None:
    """Tickets of which every three were opened in the same moment, and so have the same due time."""
    lives = [
        Life(
            region="340103",
            requester=REQUESTER,
            steps=cast.steps(walk(Stage.PENDING_SIGN), at=OPENING + timedelta(minutes=n // 3)),
        )
        for n in range(number)
    ]
    assert bulk.write_lives(lives).written == number


def numbers(**where: Any) -> list[str]:
    return [row.number for row in queries.tickets(actor=SYSTEM, where=TicketFilter(**where)).rows]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("limit", [1, 4, 7])
def test_page_after_page_shows_every_ticket_once(cast: Cast, order: str, limit: int) -> None:
    many(cast, 23)
    where = TicketFilter(order=order)
    whole = [row.number for row in queries.tickets(actor=SYSTEM, where=where, limit=100).rows]
    paged: list[str] = []
    key, pages = "", 0
    while pages == 0 or key:
        page = queries.tickets(actor=SYSTEM, where=where, after=key, limit=limit)
        paged += [row.number for row in page.rows]
        key, pages = page.next_key, pages + 1
    assert paged == whole
    assert len(set(paged)) == 23
    assert pages == -(-23 // limit)


def test_the_newest_come_first_and_the_most_urgent_where_asked(cast: Cast) -> None:
    many(cast, 9)
    newest = queries.tickets(actor=SYSTEM, where=TicketFilter()).rows
    assert [row.created_at for row in newest] == sorted((row.created_at for row in newest), reverse=True)
    due = queries.tickets(actor=SYSTEM, where=TicketFilter(order="due")).rows
    assert [row.due_at for row in due] == sorted(row.due_at for row in due if row.due_at)


def test_what_owes_nothing_comes_last_by_due_time_and_is_not_lost(cast: Cast) -> None:
    closed, open_ = cast.ticket_at(Stage.CLOSED), cast.ticket_at(Stage.HANDLING)
    assert numbers(order="due") == [open_.number, closed.number]
    assert set(numbers()) == {closed.number, open_.number}


def test_a_page_costs_one_statement_wherever_it_lies(cast: Cast) -> None:
    many(cast, 12)
    key = queries.tickets(actor=SYSTEM, where=TicketFilter(), limit=5).next_key
    for after in ("", key):
        with CaptureQueriesContext(connection) as asked:
            queries.tickets(actor=SYSTEM, where=TicketFilter(), after=after, limit=5)
        assert len(asked) == 1


def test_a_ticket_opened_between_two_pages_moves_nothing(cast: Cast) -> None:
    many(cast, 10)
    first = queries.tickets(actor=SYSTEM, where=TicketFilter(), limit=5)
    before = numbers()
    cast.opened(at=OPENING + timedelta(days=1))
    second = queries.tickets(actor=SYSTEM, where=TicketFilter(), after=first.next_key, limit=5)
    assert [row.number for row in (*first.rows, *second.rows)] == before


@pytest.fixture
def three(cast: Cast) -> dict[str, Ticket]:
    """Three tickets that differ in everything a list can be narrowed by."""
    plain = cast.ticket_at(Stage.HANDLING, lead="CGJ")
    asked = cast.ticket_at(
        Stage.PENDING_DISPATCH,
        at=OPENING + timedelta(days=1),
        register={
            "request_type": RequestType.CONSULTATION,
            "region": "340104",
            "title": "咨询公积金提取",
            "category": "010101",
        },
    )
    done = cast.ticket_at(Stage.CLOSED, lead="LY", at=OPENING + timedelta(days=2), register={"urgency": Urgency.URGENT})
    cast.do(plain, "supervisor", acts.MarkTicket(flag=Flag.KEY, note="重点"))
    return {"plain": plain, "asked": asked, "done": done}


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({}, {"plain", "asked", "done"}),
        ({"stages": ("handling", "closed")}, {"plain", "done"}),
        ({"request_type": "consultation"}, {"asked"}),
        ({"category": "0101"}, {"plain", "asked", "done"}),
        ({"category": "010103"}, {"plain", "done"}),
        ({"region": "340104"}, {"asked"}),
        ({"unit": "LY"}, {"done"}),
        ({"urgency": "urgent"}, {"done"}),
        ({"flag": "key"}, {"plain"}),
        ({"words": "公积金"}, {"asked"}),
        ({"words": "100%"}, set()),
        ({"only_open": True}, {"plain", "asked"}),
        ({"opened_from": OPENING + timedelta(days=1)}, {"asked", "done"}),
        ({"opened_until": OPENING + timedelta(days=1)}, {"plain"}),
        ({"overdue_at": OPENING + timedelta(days=400)}, {"plain", "asked"}),
        ({"overdue_at": OPENING}, set()),
        ({"only_open": True, "flag": "key", "unit": "CGJ"}, {"plain"}),
    ],
)
def test_a_list_is_narrowed_as_asked(three: dict[str, Ticket], where: dict[str, Any], expected: set[str]) -> None:
    assert set(numbers(**where)) == {three[name].number for name in expected}
    assert queries.count_up_to(actor=SYSTEM, where=TicketFilter(**where)) == len(expected)


def test_a_number_typed_in_part_is_found(three: dict[str, Ticket]) -> None:
    number = three["asked"].number
    assert numbers(words=number) == [number]
    assert number in numbers(words=number[:14])


def test_mine_are_those_my_unit_leads_or_was_given(cast: Cast) -> None:
    led, given = cast.ticket_at(Stage.HANDLING, lead="CGJ"), cast.ticket_at(Stage.HANDLING, lead="LY")
    cast.do(given, "ly_dispatcher", acts.Delegate(to_unit=UnitCode("LY-SXK")))

    def mine(who: str) -> set[str]:
        return {row.number for row in queries.tickets(actor=cast.actor(who), where=TicketFilter(mine=True)).rows}

    assert mine("cgj_handler") == {led.number}
    assert mine("ly_dispatcher") == mine("street_handler") == {given.number}
    assert mine("sthj_handler") == set()


def test_counting_stops_where_it_may(cast: Cast) -> None:
    many(cast, 8)
    where = TicketFilter(stages=(Stage.PENDING_SIGN,))
    assert queries.count_up_to(actor=SYSTEM, where=where, most=5) == 5
    assert queries.count_up_to(actor=SYSTEM, where=where) == 8
    wanted = [TicketFilter(stages=(stage,)) for stage in (Stage.PENDING_SIGN, Stage.HANDLING)]
    assert counts(wanted, actor=cast.actor("cgj_handler")) == (8, 0)
    assert counts(wanted, actor=cast.actor("sthj_handler")) == (0, 0)
    assert counts(wanted, actor=SYSTEM, most=5) == (6, 0)


def test_the_file_of_a_ticket_is_what_this_reader_may_see_and_do(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.PENDING_CLOSE)
    now = ticket.at + STEP
    office = queries.ticket_file(ticket.number, actor=cast.actor("reviewer"), now=now)
    unit = queries.ticket_file(ticket.number, actor=cast.actor("cgj_handler"), now=now)
    assert office.texts["words"] == "第二天摊贩又来了"
    assert "words" not in unit.texts
    assert unit.texts["reply"] == office.texts["reply"]
    assert {row.act for row in office.acts} >= {acts.OrderRework, acts.Close}
    assert not {row.act for row in unit.acts} & {acts.OrderRework, acts.Close}
    assert [entry.seq for entry in office.timeline] == list(range(1, ticket.state.version + 1))
    assert office.timeline[0].who == "王晓梅"


def test_who_reported_is_hidden_from_the_unit_and_shown_to_those_who_call(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING, register={"request_type": RequestType.REPORT, "for_unit": "举报占道经营"})
    now = ticket.at + STEP
    unit = queries.ticket_file(ticket.number, actor=cast.actor("cgj_handler"), now=now)
    caller = queries.ticket_file(ticket.number, actor=cast.actor("callback_officer"), now=now)
    assert (unit.requester, unit.requester_view) == (None, RequesterView.HIDDEN)
    assert caller.requester is not None
    assert caller.requester.phone == REQUESTER["phone"]


def test_what_was_done_since_somebody_looked_is_told(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    later = cast.do(
        cast.do(ticket, "supervisor", acts.Urge(note="请尽快")), "cgj_handler", acts.RecordProgress(note="已到现场")
    )
    opened = look_at(later.number, actor=cast.actor("reviewer"))
    news = queries.since(opened, version=ticket.state.version, actor=cast.actor("reviewer"))
    assert [(entry.name, entry.texts["note"]) for entry in news] == [
        ("ticket.urged", "请尽快"),
        ("handling.progressed", "已到现场"),
    ]
    assert queries.since(opened, version=later.state.version, actor=SYSTEM) == ()
