"""Saved views, dispatching several, and the orders of a list, as another system calls them."""

from datetime import timedelta
from typing import Any

import pytest

from hotline.desks.views.models import SavedView
from hotline.rules.vocabulary import Stage, Urgency
from tests.api.calling import Calling
from tests.cast import Cast
from tests.walks import OPENING

pytestmark = pytest.mark.django_db
COMPLAINTS = {"desk": "dispatch", "name": "投诉", "filters": [{"name": "type", "value": "complaint"}]}


def test_a_view_is_saved_and_listed(cast: Cast, caller: Calling) -> None:
    del cast
    dispatcher = caller("dispatcher")
    saved = dispatcher.post("/views", COMPLAINTS)
    assert saved.status == 200
    assert saved.body == COMPLAINTS | {"id": saved.body["id"], "role": "", "first": False}
    assert dispatcher.get("/views").body["views"] == [saved.body]
    assert caller("supervisor").get("/views").body["views"] == []


@pytest.mark.parametrize(
    ("who", "change", "status", "code"),
    [
        ("dispatcher", {"filters": [{"name": "type", "value": "nonsense"}]}, 422, "list.bad_value"),
        ("dispatcher", {"filters": [{"name": "colour", "value": "red"}]}, 422, "list.unknown_filter"),
        ("dispatcher", {"filters": [{"name": "q", "value": "张三"}]}, 422, "list.personal"),
        ("dispatcher", {"filters": []}, 422, None),
        ("dispatcher", {"name": " "}, 422, None),
        ("dispatcher", {"desk": "callback"}, 422, "view.no_desk"),
        ("dispatcher", {"role": "agent"}, 422, "view.sharing_denied"),
        ("system_admin", {}, 403, "access.denied"),
    ],
)
def test_a_view_that_cannot_be_kept(
    cast: Cast, caller: Calling, who: str, change: dict[str, Any], status: int, code: str | None
) -> None:
    del cast
    answer = caller(who).post("/views", COMPLAINTS | change)
    assert answer.status == status
    assert code is None or code in answer.codes
    assert not SavedView.objects.exists()


def test_several_are_dispatched_and_each_is_answered_for(cast: Cast, caller: Calling) -> None:
    waiting = [cast.ticket_at(Stage.PENDING_DISPATCH) for _ in range(2)]
    closed = cast.ticket_at(Stage.CLOSED)
    stale = cast.ticket_at(Stage.PENDING_DISPATCH)
    tickets = [
        *({"number": t.number, "version": t.state.version} for t in waiting),
        {"number": closed.number},
        {"number": stale.number, "version": 0},
        {"number": "NOPE"},
    ]
    answer = caller("dispatcher").post("/dispatch/bulk", {"lead_unit": "CGJ", "tickets": tickets})
    assert answer.status == 200
    assert [t["number"] for t in answer.body["done"]] == [t.number for t in waiting]
    assert {t["stage"] for t in answer.body["done"]} == {"pending_sign"}
    refused = {t["number"]: t["refusals"][0]["code"] for t in answer.body["refused"]}
    assert refused == {closed.number: "act.not_now", stale.number: "conflict.version", "NOPE": "ticket.not_found"}


def test_who_may_not_dispatch_and_too_many(cast: Cast, caller: Calling) -> None:
    del cast
    one = {"lead_unit": "CGJ", "tickets": [{"number": "NOPE"}]}
    assert caller("cgj_handler").post("/dispatch/bulk", one).codes == ["act.role_denied"]
    many = one | {"tickets": [{"number": f"N{n}"} for n in range(51)]}
    assert caller("dispatcher").post("/dispatch/bulk", many).status == 422
    assert caller("dispatcher").post("/dispatch/bulk", one | {"tickets": []}).status == 422


@pytest.mark.parametrize("order", ["newest", "oldest", "due", "urgency"])
def test_every_order_is_paged_to_its_end(cast: Cast, caller: Calling, order: str) -> None:
    for n in range(5):
        urgency = Urgency.CRITICAL if n == 3 else Urgency.ORDINARY
        cast.ticket_at(Stage.PENDING_DISPATCH, at=OPENING + timedelta(minutes=n), register={"urgency": urgency})
    dispatcher, seen, after = caller("dispatcher"), [], ""
    while True:
        page = dispatcher.get("/tickets", {"order": order, "limit": 2, "after": after}).body
        seen += [ticket["urgency"] for ticket in page["tickets"]]
        after = page["next"]
        if not after:
            break
    assert len(seen) == 5
    assert (seen[0] == "critical") == (order in {"urgency", "due"})


def test_a_key_of_another_order_is_refused(cast: Cast, caller: Calling) -> None:
    for n in range(3):
        cast.ticket_at(Stage.REGISTERED, at=OPENING + timedelta(minutes=n))
    dispatcher = caller("dispatcher")
    key = dispatcher.get("/tickets", {"order": "urgency", "limit": 1}).body["next"]
    answer = dispatcher.get("/tickets", {"order": "newest", "after": key})
    assert (answer.status, answer.codes, answer.fields) == (422, ["field.malformed"], ["after"])
