"""What the callback desk does by itself, and what follows when somebody ends a callback elsewhere."""

from datetime import datetime, timedelta

import pytest

from hotline.config.checks import callbacks
from hotline.plumbing.messages import run_reactions
from hotline.plumbing.outbox.models import OutgoingMessage
from hotline.rules import acts
from hotline.rules.vocabulary import CITY_TZ, Stage
from hotline.stages.callback.commands.asking import ask
from hotline.stages.callback.commands.planning import bring_up
from hotline.stages.callback.jobs import ask_citizens, close_callback_month, draw_callback_samples, tidy_callbacks
from hotline.stages.callback.models import CallbackTask, DoorCount, Draw, InboundAnswer, MonthClosed, Question
from tests.cast import Cast
from tests.visits import at, signed_in
from tests.walks import content

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 3, 17, 11, 0, tzinfo=CITY_TZ)


def test_who_was_forgotten_is_asked_by_the_next_run_and_once(cast: Cast) -> None:
    cast.ticket_at(Stage.PENDING_CALLBACK)
    with at(MORNING):
        ask_citizens(0)
        ask_citizens(0)
    assert Question.objects.count() == 1
    assert OutgoingMessage.objects.filter(key__contains="/callback/").count() == 1


def test_one_ticket_that_cannot_be_asked_holds_up_no_other(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    tickets = [cast.ticket_at(Stage.PENDING_CALLBACK) for _ in range(2)]
    broken = cast.seen(tickets[0])

    def failing(*, ticket_id: int, now: datetime) -> bool:
        if CallbackTask.objects.get(ticket_id=ticket_id).ticket.number == broken.number:
            raise RuntimeError("the outbox is away")
        return ask(ticket_id=ticket_id, now=now)

    monkeypatch.setattr("hotline.stages.callback.jobs.ask", failing)
    with at(MORNING):
        ask_citizens(0)
    assert [q.ticket.number for q in Question.objects.select_related("ticket")] == [tickets[1].number]


@pytest.mark.parametrize("ending", ["by_phone", "withdrawn"])
def test_a_message_that_has_not_left_does_not_leave_after_the_end(cast: Cast, ending: str) -> None:
    ticket = cast.ticket_at(Stage.PENDING_CALLBACK)
    bring_up(now=MORNING)
    ask(ticket_id=CallbackTask.objects.get().ticket_id, now=MORNING)
    act = content() if ending == "by_phone" else acts.Withdraw(note="市民撤诉")
    ticket = cast.do(ticket, "callback_officer", act, at=MORNING + timedelta(minutes=1))
    run_reactions(subject=ticket.number, first=ticket.state.version, last=ticket.state.version, now=MORNING)
    assert OutgoingMessage.objects.get(key__contains="/callback/").state == "cancelled"
    assert not CallbackTask.objects.exists()


def test_a_day_that_was_missed_is_drawn_with_the_next(cast: Cast) -> None:
    cast.ticket_at(Stage.ANSWERED_DIRECTLY)
    with at(MORNING + timedelta(days=2)):
        draw_callback_samples(0)
    assert sorted(str(draw.day) for draw in Draw.objects.all()) == ["2026-03-16", "2026-03-17", "2026-03-18"]
    assert Draw.objects.get(day=MORNING.date()).answered == 1


def test_the_month_before_is_closed(cast: Cast) -> None:
    del cast
    with at(datetime(2026, 4, 1, 1, 10, tzinfo=CITY_TZ)):
        close_callback_month(0)
        close_callback_month(0)
    assert [one.month for one in MonthClosed.objects.all()] == ["2026-03"]


def test_what_is_of_no_use_any_more_goes(cast: Cast) -> None:
    del cast
    old, young = MORNING - timedelta(days=100), MORNING
    for number, moment in enumerate((old, young)):
        InboundAnswer.objects.create(message_id=str(number), received_at=moment, result="phone")
        DoorCount.objects.create(address="x", span=moment)
    with at(MORNING + timedelta(minutes=1)):
        tidy_callbacks(0)
    assert (InboundAnswer.objects.count(), DoorCount.objects.count()) == (1, 1)


def test_the_check_of_an_installation_names_a_plan_that_is_wrong(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.PENDING_CALLBACK)
    with at(MORNING):
        bring_up(now=MORNING)
        assert list(callbacks()) == []
        CallbackTask.objects.update(reason="callback_plan.by_phone")
        assert ticket.number in next(iter(callbacks()))


def test_the_common_act_page_respects_who_is_ringing(cast: Cast) -> None:
    from hotline.stages.callback.commands.calling import take_in_hand

    ticket = cast.ticket_at(Stage.PENDING_CALLBACK)
    with at(MORNING):
        take_in_hand(number=ticket.number, actor=cast.actor("supervisor"), now=MORNING)
        answer = signed_in(cast, "callback_officer").post(
            f"/callback/record-attempt/{ticket.number}/", {"contact": "no_answer", "version": ""}
        )
    assert 'data-code="callback.in_other_hands"' in answer.content.decode()
    assert cast.seen(ticket).state.attempts == ()
