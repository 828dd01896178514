"""Officers and citizens at the same callback in the same moment: one call, one message, one answer that counts."""

from datetime import datetime

import pytest

from hotline.plumbing.outbox.models import OutgoingMessage
from hotline.registry.people.models import RoleGrant, User
from hotline.registry.people.queries import actor_for
from hotline.rules import acts
from hotline.rules.vocabulary import CITY_TZ, Flag, Rating, Resolution, Role, Stage
from hotline.stages.callback.commands.answering import Given, Result, answer
from hotline.stages.callback.commands.asking import ask
from hotline.stages.callback.commands.calling import take_in_hand
from hotline.stages.callback.commands.planning import bring_up
from hotline.stages.callback.commands.sampling import draw
from hotline.stages.callback.models import CallbackTask, Draw, Question
from hotline.stages.callback.queries.planning import differing
from hotline.tickets.models import LedgerEntry
from tests.cast import PASSWORD, Cast, Ticket
from tests.concurrency.test_tickets_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
MORNING = datetime(2026, 3, 17, 11, 0, tzinfo=CITY_TZ)
TOKEN = "a-known-token-of-the-test"  # opens nothing but the test's question


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    return cast.ticket_at(Stage.PENDING_CALLBACK)


def test_of_eight_officers_one_has_the_ticket_in_hand(cast: Cast, ticket: Ticket) -> None:
    ticket = cast.do(ticket, "supervisor", acts.MarkTicket(flag=Flag.KEY, note="重点"))
    officers = []
    for number in range(8):
        user = User.objects.create_user(f"o{number}", password=PASSWORD, full_name="回访员", unit_id="RX12345")
        RoleGrant.objects.create(user=user, role=Role.CALLBACK_OFFICER, valid_from=MORNING.date())
        officers.append(actor_for(user, MORNING.date()))
    held = at_once(8, lambda n: take_in_hand(number=ticket.number, actor=officers[n], now=MORNING), threads=8)
    assert sum(one.mine for one in held) == 1
    assert len({one.actor for one in held}) == 1


def test_one_message_goes_out_however_many_jobs_ask(cast: Cast, ticket: Ticket) -> None:
    del cast
    bring_up(now=MORNING)
    key = CallbackTask.objects.get(ticket__number=ticket.number).ticket_id
    assert sum(at_once(12, lambda _: ask(ticket_id=key, now=MORNING), threads=6)) == 1
    assert Question.objects.count() == 1
    assert OutgoingMessage.objects.filter(key__contains="/callback/").count() == 1


def test_of_answers_at_once_one_closes_the_ticket(cast: Cast, ticket: Ticket) -> None:
    from hotline.stages.callback.commands.asking import digest_of

    bring_up(now=MORNING)
    ask(ticket_id=CallbackTask.objects.get().ticket_id, now=MORNING)
    Question.objects.update(token_digest=digest_of(TOKEN))
    given = Given(responded=True, resolution=Resolution.RESOLVED, rating=Rating.SATISFIED)
    found = at_once(10, lambda _: answer(token=TOKEN, given=given, now=MORNING), threads=5)
    assert sorted(found) == [*[Result.OVER] * 9, Result.SETTLED]
    assert LedgerEntry.objects.filter(ticket__number=ticket.number, name="callback.settled").count() == 1
    assert cast.seen(ticket).state.stage is Stage.CLOSED


def test_plans_made_at_once_are_the_plan(cast: Cast) -> None:
    tickets = [cast.ticket_at(Stage.PENDING_CALLBACK) for _ in range(6)]

    def busy(number: int) -> None:
        bring_up(now=MORNING)
        if number < len(tickets):
            cast.tried(tickets[number], "supervisor", acts.MarkTicket(flag=Flag.KEY, note="重点"), at=MORNING)
        bring_up(now=MORNING)

    at_once(18, busy, threads=6)
    bring_up(now=MORNING)
    assert list(differing(MORNING)) == []
    assert set(CallbackTask.objects.values_list("method", flat=True)) == {"phone"}


def test_a_day_is_drawn_once_by_two_workers(cast: Cast) -> None:
    cast.ticket_at(Stage.ANSWERED_DIRECTLY)
    later = MORNING.replace(day=18)
    at_once(4, lambda _: draw(day=MORNING.date(), now=later), threads=4)
    assert Draw.objects.count() == 1
