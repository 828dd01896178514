"""The callback desk's list: it is the pure plan, in the plan's order, whatever has happened to the tickets."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from hotline.rules import acts
from hotline.rules.callback_plan import plan
from hotline.rules.vocabulary import CITY_TZ, Contact, Flag, RequestType, Stage
from hotline.stages.callback.commands.asking import ask, to_be_asked
from hotline.stages.callback.commands.planning import bring_up, drop_done
from hotline.stages.callback.models import CallbackTask, Question
from hotline.stages.callback.queries.planning import asked_of, differing
from hotline.stages.callback.queries.worklist import Lane, in_order, lane_of, ranked
from hotline.tickets.rulebook import rulebook
from tests.cast import Cast, Ticket
from tests.visits import at, latin, signed_in

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 3, 17, 11, 0, tzinfo=CITY_TZ)
"""Inside call hours, after the cast's walk to the callback."""


def listed(now: datetime) -> list[tuple[str, Lane]]:
    bring_up(now=now)
    return [(task.ticket.number, lane_of(task.rank)) for task in in_order(ranked(now)).select_related("ticket")]


def the_plan_says(cast: Cast, ticket: Ticket, now: datetime) -> tuple[str, str]:
    """The pure plan, asked directly."""
    state = cast.seen(ticket).state
    question = Question.objects.filter(ticket__number=ticket.number).order_by("-round").first()
    book = rulebook(now=now, profile=state.profile)
    found = plan(
        state,
        profile=book.profile,
        calendar=book.calendar,
        now=now,
        asked=asked_of(question) if question else None,
    )
    assert found is not None
    return found.method.value, found.reason.code


def marked(cast: Cast, flag: Flag) -> Ticket:
    ticket = cast.ticket_at(Stage.PENDING_CALLBACK)
    return cast.do(ticket, "supervisor", acts.MarkTicket(flag=flag, note="请关注"))


def test_the_list_stands_in_the_order_of_what_is_to_be_done_now(cast: Cast) -> None:
    waiting = cast.ticket_at(Stage.PENDING_CALLBACK)
    later = cast.ticket_at(Stage.PENDING_CALLBACK)
    landline = cast.ticket_at(Stage.PENDING_CALLBACK, requester={"name": "李四", "phone": "0551-62812345"})
    unasked = cast.ticket_at(Stage.PENDING_CALLBACK)
    key = marked(cast, Flag.KEY)
    bring_up(now=MORNING)
    for task in CallbackTask.objects.filter(method="message"):
        ask(ticket_id=task.ticket_id, now=MORNING)
    cast.do(later, "callback_officer", acts.RecordAttempt(contact=Contact.NO_ANSWER), at=MORNING)
    cast.do(unasked, "callback_officer", acts.RecordAttempt(contact=Contact.REFUSED), at=MORNING)
    assert listed(MORNING + timedelta(minutes=5)) == [
        (key.number, Lane.RING),
        (landline.number, Lane.RING),
        (waiting.number, Lane.WAIT),
        (later.number, Lane.LATER),
        (unasked.number, Lane.DECIDE),
    ]


def test_silence_brings_a_ticket_to_the_telephone_by_itself(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.PENDING_CALLBACK)
    bring_up(now=MORNING)
    assert to_be_asked() == [CallbackTask.objects.get().ticket_id]
    assert ask(ticket_id=CallbackTask.objects.get().ticket_id, now=MORNING)
    assert to_be_asked() == []
    assert listed(MORNING) == [(ticket.number, Lane.WAIT)]
    assert listed(MORNING + timedelta(days=2)) == [(ticket.number, Lane.RING)]
    assert CallbackTask.objects.get().reason == "callback_plan.silent"


def test_a_ticket_that_moved_on_without_any_reaction_is_worked_out_anew(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.PENDING_CALLBACK)
    bring_up(now=MORNING)
    cast.do(ticket, "supervisor", acts.MarkTicket(flag=Flag.KEY, note="请关注"), at=MORNING)
    assert CallbackTask.objects.get().method == "message"
    assert listed(MORNING) == [(ticket.number, Lane.RING)]
    cast.do(ticket, "supervisor", acts.Withdraw(note="市民撤诉"), at=MORNING + timedelta(minutes=1))
    assert listed(MORNING) == []
    assert drop_done() == 1


def test_nothing_is_worked_out_twice(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    cast.ticket_at(Stage.PENDING_CALLBACK)
    assert bring_up(now=MORNING) == 1
    with django_assert_num_queries(1):
        assert bring_up(now=MORNING) == 0


MOVES = st.lists(st.sampled_from(["ask", "attempt", "mark", "classify", "wait", "night"]), max_size=6)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_the_list_is_the_pure_plan_whatever_happens(cast: Cast, moves: list[str]) -> None:
    CallbackTask.objects.all().delete()  # time begins anew, for the tickets of earlier tries as well
    ticket, now = cast.ticket_at(Stage.PENDING_CALLBACK), MORNING
    for move in moves:
        now += {"wait": timedelta(days=1), "night": timedelta(hours=11)}.get(move, timedelta(minutes=20))
        _move(cast, ticket, move, now)
        bring_up(now=now)
        task = CallbackTask.objects.get(ticket__number=ticket.number)
        assert (task.method, task.reason) == the_plan_says(cast, ticket, now), moves
        assert list(differing(now)) == []


def _move(cast: Cast, ticket: Ticket, move: str, now: datetime) -> None:
    if move == "ask":
        bring_up(now=now)
        ask(ticket_id=CallbackTask.objects.get(ticket__number=ticket.number).ticket_id, now=now)
    elif move == "attempt":
        cast.tried(ticket, "callback_officer", acts.RecordAttempt(contact=Contact.NO_ANSWER), at=now)
    elif move == "mark":
        cast.tried(ticket, "supervisor", acts.MarkTicket(flag=Flag.INSTRUCTION, note="批示"), at=now)
    elif move == "classify":
        kind = acts.Classify(request_type=RequestType.REPORT, category="010103", urgency="ordinary", reason="举报")
        cast.tried(ticket, "reviewer", kind, at=now)


def test_a_task_that_says_something_else_is_found(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.PENDING_CALLBACK)
    bring_up(now=MORNING)
    CallbackTask.objects.update(method="wait")
    assert list(differing(MORNING)) == [ticket.number]


def test_the_page_says_how_when_and_why_in_chinese(cast: Cast) -> None:
    marked(cast, Flag.KEY)
    cast.ticket_at(Stage.PENDING_CALLBACK)
    with at(MORNING):
        html = signed_in(cast, "callback_officer").get("/callback/").content.decode()
    assert "重点、批示和保密工单一律电话回访。" in html
    assert "先发短信请市民评价。" in html
    assert "开始回访" in html
    assert not {word for word in latin(html) if not word.isupper()}


def test_in_quiet_hours_the_page_says_when_to_begin(cast: Cast) -> None:
    marked(cast, Flag.KEY)
    with at(MORNING.replace(hour=12, minute=30)):
        html = signed_in(cast, "callback_officer").get("/callback/").content.decode()
    assert "现在不是可以致电市民的时段" in html
    assert "今天 14:00" in html
    assert "开始回访" not in html


def test_an_empty_list_says_so(cast: Cast) -> None:
    with at(MORNING):
        assert "没有等待回访的工单" in signed_in(cast, "callback_officer").get("/callback/").content.decode()


@pytest.mark.parametrize(
    ("who", "status"),
    [("callback_officer", 200), ("director", 200), ("auditor", 200), ("cgj_handler", 403), ("system_admin", 403)],
)
def test_who_may_see_the_list(cast: Cast, who: str, status: int) -> None:
    with at(MORNING):
        assert signed_in(cast, who).get("/callback/").status_code == status


def test_the_list_stays_within_eight_statements(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(12):
        cast.ticket_at(Stage.PENDING_CALLBACK)
    client = signed_in(cast, "callback_officer")
    with at(MORNING):
        client.get("/callback/")
        with django_assert_max_num_queries(8):
            client.get("/callback/")
