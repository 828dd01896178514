"""One act on several tickets: each for itself, what is refused stays ticked with its sentence, and nothing is lost."""

from datetime import timedelta

import pytest

from hotline.desks.bulk.commands import MOST, Chosen, perform_each
from hotline.rules import acts
from hotline.rules.vocabulary import Stage, UnitCode
from tests.cast import Cast, Ticket
from tests.visits import at, latin, signed_in
from tests.walks import OPENING

pytestmark = pytest.mark.django_db
LATER = OPENING + timedelta(hours=3)
TO_CGJ = acts.Dispatch(lead_unit=UnitCode("CGJ"))


def waiting(cast: Cast, number: int) -> list[Ticket]:
    return [cast.ticket_at(Stage.PENDING_DISPATCH, at=OPENING + timedelta(minutes=n)) for n in range(number)]


def form(tickets: list[Ticket], **more: object) -> dict[str, object]:
    numbers = [ticket.number for ticket in tickets]
    seen = [f"{ticket.number}:{ticket.state.version}" for ticket in tickets]
    return {"ticket": numbers, "shown": numbers, "seen": seen, "lead_unit": "CGJ", "note": "请一并处理"} | more


def test_several_go_to_one_unit(cast: Cast) -> None:
    tickets = waiting(cast, 3)
    with at(LATER):
        answer = signed_in(cast, "dispatcher").post(
            "/bulk/dispatch/", form(tickets, next="/desk/dispatch/?urgency=urgent")
        )
    assert answer.headers["Location"] == "/desk/dispatch/?urgency=urgent"
    for ticket in tickets:
        seen = cast.seen(ticket).state
        assert (seen.stage, seen.lead_unit) == (Stage.PENDING_SIGN, "CGJ")


def test_what_is_refused_stays_ticked_with_its_sentence_and_the_rest_is_done(cast: Cast) -> None:
    tickets = waiting(cast, 3)
    taken = cast.do(tickets[1], "dispatcher", acts.Dispatch(lead_unit=UnitCode("STHJ")))
    with at(LATER):
        answer = signed_in(cast, "dispatcher").post("/bulk/dispatch/", form(tickets))
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "已办 2 件" in shown
    assert f'value="{taken.number}" checked' in shown
    assert shown.count(" checked") == 1
    assert "请一并处理" in shown
    assert f'id="why-{taken.number}"' in shown
    assert cast.seen(taken).state.lead_unit == "STHJ"
    assert cast.seen(tickets[2]).state.lead_unit == "CGJ"
    assert latin(shown) <= {"DH"} | {part for part in shown.split() if part.isalnum()}


def test_a_field_to_mend_is_said_once_beside_the_field(cast: Cast) -> None:
    tickets = waiting(cast, 2)
    with at(LATER):
        answer = signed_in(cast, "dispatcher").post("/bulk/dispatch/", form(tickets, lead_unit=""))
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert shown.count('id="id_lead_unit_error"') == 1
    assert "why-" not in shown
    assert shown.count(" checked") == 2


def test_none_and_too_many_are_refused_before_anything_is_done(cast: Cast) -> None:
    actor = cast.actor("dispatcher")
    none = perform_each(chosen=[], act=TO_CGJ, actor=actor, now=LATER)
    assert [r.code for r in none.refusals] == ["bulk.none_chosen"]
    heap = [Chosen(f"N{n}") for n in range(MOST + 1)]
    many = perform_each(chosen=heap, act=TO_CGJ, actor=actor, now=LATER)
    assert [r.code for r in many.refusals] == ["bulk.too_many"]
    assert many.outcomes == ()


def test_a_ticket_named_twice_is_done_once(cast: Cast) -> None:
    (ticket,) = waiting(cast, 1)
    results = perform_each(chosen=[Chosen(ticket.number)] * 2, act=TO_CGJ, actor=cast.actor("dispatcher"), now=LATER)
    assert results.done == (ticket.number,)
    assert results.refused == ()


def test_reassigning_several(cast: Cast) -> None:
    tickets = [cast.ticket_at(Stage.PENDING_SIGN), cast.ticket_at(Stage.HANDLING)]
    given = form(tickets, lead_unit="STHJ", reason="职责属生态环境部门") | {"note": ""}
    with at(LATER):
        answer = signed_in(cast, "dispatcher").post("/bulk/reassign/", given)
    assert answer.status_code == 302, answer.content.decode()
    assert {cast.seen(ticket).state.lead_unit for ticket in tickets} == {"STHJ"}


@pytest.mark.parametrize(
    ("who", "address", "status"),
    [
        ("auditor", "/bulk/dispatch/", 403),
        ("cgj_handler", "/bulk/dispatch/", 403),
        ("system_admin", "/bulk/reassign/", 403),
        ("dispatcher", "/bulk/sign_in/", 404),
        ("dispatcher", "/bulk/dispatch/", 200),
    ],
)
def test_who_may(cast: Cast, who: str, address: str, status: int) -> None:
    assert signed_in(cast, who).get(address).status_code == status


def test_the_bar_is_there_only_for_who_may(cast: Cast) -> None:
    waiting(cast, 1)
    cast.ticket_at(Stage.PENDING_SIGN)
    with at(LATER):
        assert 'id="bulk"' in signed_in(cast, "dispatcher").get("/desk/dispatch/").content.decode()
        assert 'id="bulk"' not in signed_in(cast, "cgj_handler").get("/desk/inbox/").content.decode()


def test_alike_tickets_that_wait_are_offered_unticked(cast: Cast) -> None:
    first, second = waiting(cast, 2)
    other = cast.ticket_at(Stage.PENDING_DISPATCH, register={"title": "咨询公积金提取", "content": "怎么提取公积金？"})
    gone = cast.ticket_at(Stage.HANDLING)
    with at(LATER):
        shown = signed_in(cast, "dispatcher").get("/bulk/dispatch/", {"like": first.number}).content.decode()
    assert f'value="{first.number}" checked' in shown
    assert f'name="ticket" value="{second.number}">' in shown
    assert f'name="ticket" value="{gone.number}"' not in shown
    assert shown.index(second.number) > shown.index(first.number)
    assert other.number not in shown or shown.index(other.number) > shown.index(second.number)


def test_ticking_nothing_is_told_and_a_lie_in_the_address_harms_nothing(cast: Cast) -> None:
    dispatcher = signed_in(cast, "dispatcher")
    assert "请先勾选工单。" in dispatcher.get("/bulk/dispatch/").content.decode()
    assert dispatcher.get("/bulk/dispatch/?like=NOPE").status_code == 404
    lost = dispatcher.post("/bulk/dispatch/", {"ticket": ["NOPE"], "shown": ["NOPE"], "lead_unit": "CGJ"})
    assert lost.status_code == 409
    outside = dispatcher.get("/bulk/dispatch/?next=//evil.example/").content.decode()
    assert 'href="//evil.example' not in outside
    assert 'value="//evil.example' not in outside
