"""One call after the other: the number on record, the script, one key for a missed call, nobody rung twice."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from hotline.registry.people.models import RoleGrant, User
from hotline.rules import acts
from hotline.rules.vocabulary import CITY_TZ, Flag, Role, Stage
from hotline.stages.callback.models import CallbackTask
from hotline.tickets.models import Claim, Disclosure
from tests.cast import Cast, Ticket
from tests.visits import at, latin, signed_in

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 3, 17, 11, 0, tzinfo=CITY_TZ)
AFTERNOON = MORNING.replace(hour=15)
SAID = {"responded": "yes", "resolution": "resolved", "rating": "4", "words": "挺好"}
ANGRY = {"responded": "no", "resolution": "unresolved", "rating": "1", "cause": "unsolved", "words": "没人来"}


def to_ring(cast: Cast) -> Ticket:
    """A ticket that is asked by phone."""
    ticket = cast.ticket_at(Stage.PENDING_CALLBACK)
    return cast.do(ticket, "supervisor", acts.MarkTicket(flag=Flag.KEY, note="请关注"))


@pytest.fixture
def officer(cast: Cast) -> Client:
    return signed_in(cast, "callback_officer")


@pytest.fixture
def second(cast: Cast) -> Client:
    """Another callback officer."""
    user = User.objects.create_user("second", password="hefei-12345-test", full_name="范小红", unit_id="RX12345")
    RoleGrant.objects.create(user=user, role=Role.CALLBACK_OFFICER, valid_from=MORNING.date())
    return signed_in(cast, "second")


def test_the_next_ticket_opens_by_itself_and_is_in_hand(cast: Cast, officer: Client) -> None:
    ticket = to_ring(cast)
    with at(MORNING):
        answer = officer.get("/callback/next/")
        assert answer.headers["Location"] == f"/callback/call/{ticket.number}/"
        html = officer.get(answer.headers["Location"]).content.decode()
    assert "承办单位有没有联系过您" in html
    assert "经现场核查，占道摊点已于当日全部清理" in html
    assert "13800000000" not in html
    assert not {word for word in latin(html) if not word.isupper()}
    assert Claim.objects.get().desk == "callback"


def test_the_number_is_shown_by_one_recorded_click(cast: Cast, officer: Client) -> None:
    ticket = to_ring(cast)
    with at(MORNING):
        html = officer.post(f"/callback/call/{ticket.number}/phone/").content.decode()
    assert "13800000000" in html
    assert Disclosure.objects.get().reason == "callback"


def test_in_quiet_hours_the_number_stays_covered(cast: Cast, officer: Client) -> None:
    ticket = to_ring(cast)
    with at(MORNING.replace(hour=21)):
        answer = officer.post(f"/callback/call/{ticket.number}/phone/")
    assert 'data-code="callback.quiet_hours"' in answer.content.decode()
    assert "13800000000" not in answer.content.decode()
    assert not Disclosure.objects.exists()


def test_answers_are_recorded_and_the_next_call_comes(cast: Cast, officer: Client) -> None:
    first, following = to_ring(cast), to_ring(cast)
    with at(MORNING):
        officer.get(f"/callback/call/{first.number}/")
        done = officer.post(f"/callback/call/{first.number}/", SAID, follow=True)
    assert done.redirect_chain[-1][0] == f"/callback/call/{following.number}/"
    state = cast.seen(first).state
    assert (state.stage, state.rating, state.responded) == (Stage.CLOSED, 4, True)
    assert not Claim.objects.filter(ticket__number=first.number).exists()


def test_a_dissatisfied_citizen_goes_to_the_reviewer(cast: Cast, officer: Client) -> None:
    ticket = to_ring(cast)
    with at(MORNING):
        officer.post(f"/callback/call/{ticket.number}/", ANGRY)
    assert cast.seen(ticket).state.stage is Stage.PENDING_CLOSE


def test_what_was_typed_stays_when_something_is_missing(cast: Cast, officer: Client) -> None:
    ticket = to_ring(cast)
    with at(MORNING):
        answer = officer.post(f"/callback/call/{ticket.number}/", {**ANGRY, "cause": ""})
    assert answer.status_code == 422
    assert "没人来" in answer.content.decode()
    assert cast.seen(ticket).state.stage is Stage.PENDING_CALLBACK


@pytest.mark.parametrize("contact", ["no_answer", "refused", "wrong_number"])
def test_one_key_records_a_call_that_reached_nobody(cast: Cast, officer: Client, contact: str) -> None:
    ticket = to_ring(cast)
    with at(MORNING):
        done = officer.post(f"/callback/call/{ticket.number}/attempt/", {"contact": contact}, follow=True)
    assert "现在没有要打的电话了" in done.content.decode()
    assert len(cast.seen(ticket).state.attempts) == 1
    task = CallbackTask.objects.get()
    assert task.method == ("check" if contact == "refused" else "phone")


def test_reached_is_no_missed_call(cast: Cast, officer: Client) -> None:
    ticket = to_ring(cast)
    with at(MORNING):
        answer = officer.post(f"/callback/call/{ticket.number}/attempt/", {"contact": "reached"})
    assert answer.status_code == 422
    assert cast.seen(ticket).state.attempts == ()


def test_nobody_is_rung_twice_in_a_half_day(cast: Cast, officer: Client) -> None:
    ticket = to_ring(cast)
    address = f"/callback/call/{ticket.number}/attempt/"
    with at(MORNING):
        officer.post(address, {"contact": "no_answer"})
        again = officer.post(address, {"contact": "no_answer"})
    assert again.status_code == 409
    assert 'data-code="callback.same_half_day"' in again.content.decode()
    with at(AFTERNOON):
        officer.post(address, {"contact": "no_answer"})
    assert len(cast.seen(ticket).state.attempts) == 2


def test_after_the_last_attempt_it_ends_unreached_and_never_satisfied(cast: Cast, officer: Client) -> None:
    ticket = to_ring(cast)
    for moment in (MORNING, AFTERNOON, MORNING + timedelta(days=1)):
        with at(moment):
            early = officer.post(f"/callback/call/{ticket.number}/unreached/")
            assert early.status_code == 409
            officer.post(f"/callback/call/{ticket.number}/attempt/", {"contact": "no_answer"})
    with at(AFTERNOON + timedelta(days=1)):
        officer.post(f"/callback/call/{ticket.number}/unreached/")
    state = cast.seen(ticket).state
    assert (state.stage, state.close_reason, state.rating) == (Stage.CLOSED, "unreached", None)


def test_two_officers_do_not_ring_the_same_citizen(cast: Cast, officer: Client, second: Client) -> None:
    ticket, other = to_ring(cast), to_ring(cast)
    with at(MORNING):
        officer.get(f"/callback/call/{ticket.number}/")
        html = second.get(f"/callback/call/{ticket.number}/").content.decode()
        assert "马春燕正在回访这件工单" in html
        assert "显示号码" not in html
        assert "13800000000" not in second.post(f"/callback/call/{ticket.number}/phone/").content.decode()
        assert second.post(f"/callback/call/{ticket.number}/", SAID).status_code == 409
        assert second.get("/callback/next/").headers["Location"] == f"/callback/call/{other.number}/"
        assert "马春燕正在回访" in second.get("/callback/").content.decode()
    assert cast.seen(ticket).state.stage is Stage.PENDING_CALLBACK
    assert not Disclosure.objects.exists()


def test_a_claim_ends_after_a_quarter_of_an_hour(cast: Cast, officer: Client, second: Client) -> None:
    ticket = to_ring(cast)
    with at(MORNING):
        officer.get(f"/callback/call/{ticket.number}/")
    with at(MORNING + timedelta(minutes=15)):
        assert "显示号码" in second.get(f"/callback/call/{ticket.number}/").content.decode()


def test_who_goes_on_lets_the_ticket_go(cast: Cast, officer: Client, second: Client) -> None:
    first, following = to_ring(cast), to_ring(cast)
    with at(MORNING):
        officer.get(f"/callback/call/{first.number}/")
        gone = officer.post("/callback/next/", {"leaving": first.number})
        assert gone.headers["Location"] == f"/callback/call/{following.number}/"
        officer.get(gone.headers["Location"])
        assert second.get("/callback/next/").headers["Location"] == f"/callback/call/{first.number}/"


def test_a_ticket_that_moved_on_in_between_is_told(cast: Cast, officer: Client) -> None:
    ticket = to_ring(cast)
    with at(MORNING):
        answer = officer.post(f"/callback/call/{ticket.number}/", {**SAID, "version": "1"})
    assert answer.status_code == 409
    assert 'data-code="conflict.version"' in answer.content.decode()
    assert "挺好" in answer.content.decode()


@pytest.mark.parametrize("who", ["reviewer", "director", "auditor", "cgj_handler", "agent", "system_admin"])
def test_nobody_else_calls(cast: Cast, who: str) -> None:
    ticket = to_ring(cast)
    with at(MORNING):
        client = signed_in(cast, who)
        assert client.get(f"/callback/call/{ticket.number}/").status_code == 403
        assert client.get("/callback/next/").status_code == 403
        assert client.post(f"/callback/call/{ticket.number}/phone/").status_code == 403
    assert not Disclosure.objects.exists()


def test_a_ticket_that_is_not_there_is_not_found(officer: Client) -> None:
    with at(MORNING):
        assert officer.get("/callback/call/34010020260317DH999999/").status_code == 404


def test_the_call_page_stays_small(
    cast: Cast, officer: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ticket = to_ring(cast)
    with at(MORNING):
        officer.get(f"/callback/call/{ticket.number}/")
        with django_assert_max_num_queries(11):
            officer.get(f"/callback/call/{ticket.number}/")
