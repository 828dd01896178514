"""Other systems read what their account may see: lists, tickets, what may be done, the lifecycle and the lists."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from hotline.desks.stage_acts import UPKEEP
from hotline.registry.units.models import Unit
from hotline.rules import acts
from hotline.rules.lifecycle import TABLE
from hotline.rules.vocabulary import RequestType, Role, Stage, Urgency
from hotline.tickets.acting.api import OPERATIONS
from tests.api.calling import Calling
from tests.cast import REQUESTER, Cast
from tests.walks import OPENING, STEP

BY_CALLERS = {Role.CITIZEN, Role.SYSTEM}


def test_every_act_that_staff_may_do_is_an_operation() -> None:
    by_staff = {row.act.name for row in TABLE if row.roles - BY_CALLERS}
    files = {"add_attachment", "remove_attachment"}
    assert by_staff - set(OPERATIONS) - files == {"submit"}, "a request that waits comes from the citizen's portal"
    assert set(OPERATIONS) - by_staff == set()
    assert {act.name for act in UPKEEP} <= set(OPERATIONS)


def test_lists_show_what_the_account_sees(cast: Cast, caller: Calling) -> None:
    ours = cast.ticket_at(Stage.PENDING_SIGN, lead="CGJ")
    theirs = cast.ticket_at(Stage.PENDING_SIGN, lead="STHJ", at=OPENING + timedelta(hours=1))
    seen = {
        who: [line["number"] for line in caller(who).get("/tickets").body["tickets"]]
        for who in ("agent", "cgj_handler", "sthj_handler", "street_handler", "system_admin")
    }
    assert seen == {
        "agent": [theirs.number, ours.number],
        "cgj_handler": [ours.number],
        "sthj_handler": [theirs.number],
        "street_handler": [],
        "system_admin": [],
    }


@pytest.mark.parametrize("order", ["newest", "due"])
def test_a_list_is_read_page_by_page_to_its_end(cast: Cast, caller: Calling, order: str) -> None:
    made = [cast.ticket_at(Stage.PENDING_DISPATCH, at=OPENING + STEP * n).number for n in range(5)]
    agent, found, query = caller("agent"), [], {"limit": "2", "order": order}
    for _ in range(4):
        page = agent.get("/tickets", query).body
        found += [line["number"] for line in page["tickets"]]
        if not page["next"]:
            break
        query = query | {"after": page["next"]}
    assert found == (made if order == "due" else made[::-1])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"new", "late", "far"}),
        ({"stage": "registered"}, {"new"}),
        ({"stage": ["registered", "handling"]}, {"new", "late"}),
        ({"stage": "closed"}, set()),
        ({"unit": "STHJ"}, {"far"}),
        ({"request_type": "help"}, {"far"}),
        ({"urgency": "urgent"}, {"far"}),
        ({"flag": "confidential"}, {"far"}),
        ({"category": "0101"}, {"new", "late", "far"}),
        ({"category": "99"}, set()),
        ({"region": "340103"}, {"new", "late", "far"}),
        ({"words": "噪音"}, {"far"}),
        ({"words": "%"}, set()),
        ({"only_open": "true"}, {"new", "late", "far"}),
        ({"overdue": "true", "unit": "CGJ"}, {"late"}),
        ({"opened_from": "2026-03-17T00:00:00+08:00"}, {"new", "far"}),
        ({"opened_until": "2026-03-17T00:00:00+08:00"}, {"late"}),
    ],
)
def test_a_list_is_narrowed(cast: Cast, caller: Calling, query: dict[str, object], found: set[str]) -> None:
    kind: dict[str, Any] = {"request_type": RequestType.HELP, "urgency": Urgency.URGENT}
    loud = kind | {"title": "夜间施工噪音", "confidential": True, "for_unit": "请核查某处"}
    tickets = {
        cast.ticket_at(Stage.REGISTERED).number: "new",
        cast.ticket_at(Stage.HANDLING, at=OPENING - timedelta(days=60)).number: "late",
        cast.ticket_at(Stage.PENDING_SIGN, lead="STHJ", register=loud).number: "far",
    }
    lines = caller("agent").get(f"/tickets?{urlencode(query, doseq=True)}").body["tickets"]
    assert {tickets[line["number"]] for line in lines} == found


def test_mine_are_those_in_the_units_hands(cast: Cast, caller: Calling) -> None:
    led = cast.ticket_at(Stage.HANDLING, lead="LY")
    below = cast.do(led, "ly_dispatcher", acts.Delegate(to_unit="LY-SXK", note="请现场处置"))  # type: ignore[arg-type]  # a code
    assert [t["number"] for t in caller("street_handler").get("/tickets?mine=true").body["tickets"]] == [below.number]
    assert caller("cgj_handler").get("/tickets?mine=true").body["tickets"] == []


def test_a_ticket_is_read_whole_without_the_requester(cast: Cast, caller: Calling) -> None:
    ticket = cast.ticket_at(Stage.PENDING_CLOSE)
    answer = caller("reviewer").get(f"/tickets/{ticket.number}")
    file = answer.body
    assert (answer.status, file["stage"], file["version"]) == (200, "pending_close", ticket.state.version)
    assert [event["seq"] for event in file["ledger"]] == list(range(1, ticket.state.version + 1))
    assert file["texts"]["content"].startswith("长江中路小区门口")
    assert file["texts"]["words"] == "第二天摊贩又来了"
    assert {"order_rework", "close"} <= set(file["acts"])
    assert {clock["kind"] for clock in file["clocks"]} >= {"reply", "unit_reply", "callback"}
    assert not [value for value in REQUESTER.values() if value in answer.raw.content.decode()]


def test_what_the_citizen_said_of_the_unit_stays_in_the_office(cast: Cast, caller: Calling) -> None:
    ticket = cast.ticket_at(Stage.PENDING_CLOSE)
    assert "words" not in caller("cgj_handler").get(f"/tickets/{ticket.number}").body["texts"]


def test_a_confidential_requesters_words_stay_in_the_office(cast: Cast, caller: Calling) -> None:
    ticket = cast.ticket_at(Stage.HANDLING, register={"confidential": True, "for_unit": "请核查占道经营"})
    said = caller("agent").get(f"/tickets/{ticket.number}").body["texts"]["content"]
    answer = caller("cgj_handler").get(f"/tickets/{ticket.number}")
    assert answer.status == 200
    assert said not in answer.raw.content.decode()
    assert said.startswith("长江中路")
    refused = caller("cgj_handler").post(f"/tickets/{ticket.number}/contact", {"reason": "上门前联系"})
    assert (refused.status, refused.codes) == (403, ["access.denied"])


@pytest.mark.parametrize("path", ["", "/acts"])
def test_a_ticket_out_of_sight_is_not_there(cast: Cast, caller: Calling, path: str) -> None:
    ticket = cast.ticket_at(Stage.HANDLING, lead="CGJ")
    for who in ("sthj_handler", "system_admin"):
        answer = caller(who).get(f"/tickets/{ticket.number}{path}")
        assert (answer.status, answer.codes) == (404, ["ticket.not_found"])
    missing = caller("agent").get("/tickets/34010020260317DH999999")
    hidden = caller("sthj_handler").get(f"/tickets/{ticket.number}")
    number = hidden.body["refusals"][0]["sentence"].replace(ticket.number, "34010020260317DH999999")
    assert number == missing.body["refusals"][0]["sentence"]


def test_what_may_be_done_now_can_be_posted_where_it_says(cast: Cast, caller: Calling) -> None:
    ticket = cast.ticket_at(Stage.PENDING_SIGN)
    body = caller("cgj_handler").get(f"/tickets/{ticket.number}/acts").body
    offered = {act["act"]: act for act in body["acts"]}
    assert (body["number"], body["version"]) == (ticket.number, ticket.state.version)
    assert {"sign_in", "request_return"} <= set(offered)
    sign_in = offered["sign_in"]
    assert (sign_in["name"], sign_in["to"]) == ("签收", "handling")
    done = caller("cgj_handler").post(sign_in["address"].removeprefix("/api/v1"), {"version": body["version"]})
    assert (done.status, done.body["stage"]) == (200, "handling")
    assert caller("director").get(f"/tickets/{ticket.number}/acts").body["acts"] != body["acts"]


@pytest.mark.parametrize("stage", list(Stage)[1:])
def test_every_act_offered_has_an_address(cast: Cast, caller: Calling, stage: Stage) -> None:
    """Also to an account that holds the system's own role, whose acts are no operations."""
    cast.user("agent").grants.create(role=Role.SYSTEM, valid_from=OPENING.date())
    number = cast.ticket_at(stage).number
    answer = caller("agent").get(f"/tickets/{number}/acts")
    assert answer.status == 200
    assert all(number in act["address"] for act in answer.body["acts"])


def test_a_request_that_waits_is_registered(cast: Cast, caller: Calling) -> None:
    waiting = cast.ticket_at(Stage.DRAFT)
    body = {"channel": "WZ", "request_type": "complaint", "category": "010103", "title": "占道", "content": "已核实"}
    answer = caller("agent").post(f"/intake/{waiting.number}/register", body | {"place": "杏林花园东门"})
    assert (answer.status, answer.body["number"], answer.body["stage"]) == (200, waiting.number, "registered")
    file = caller("agent").get(f"/tickets/{waiting.number}").body
    assert (file["title"], file["texts"]["content"]) == ("占道", "已核实")


def test_a_contact_is_given_to_who_speaks_with_the_citizen_and_put_on_record(cast: Cast, caller: Calling) -> None:
    from hotline.tickets.models import Disclosure

    ticket = cast.ticket_at(Stage.HANDLING, lead="CGJ")
    given = caller("cgj_handler").post(f"/tickets/{ticket.number}/contact", {"reason": "上门前联系"})
    assert (given.status, given.body["phone"]) == (200, REQUESTER["phone"])
    refused = caller("director").post(f"/tickets/{ticket.number}/contact", {"reason": "想看看"})
    assert (refused.status, refused.codes) == (403, ["access.denied"])
    hidden = caller("sthj_handler").post(f"/tickets/{ticket.number}/contact", {"reason": "想看看"})
    assert (hidden.status, hidden.codes) == (404, ["ticket.not_found"])
    assert [(d.actor, d.reason) for d in Disclosure.objects.all()] == [(str(cast.user("cgj_handler").pk), "上门前联系")]


def test_the_flow_is_the_table(caller: Calling) -> None:
    rows = caller("cgj_handler").get("/flow").body["rows"]
    assert [(row["act"], row["event"], set(row["sources"]), row["to"]) for row in rows] == [
        (
            row.act.name,
            row.event,
            {stage.value for stage in row.sources},
            (row.target or Stage.NEW).value if row.target else "",
        )
        for row in TABLE
    ]
    sign_in = next(row for row in rows if row["act"] == "sign_in")
    assert {"role": "unit_handler", "reach": "holder"} in sign_in["who"]
    assert sign_in["operation"] == "sign_in"
    assert next(row for row in rows if row["act"] == "archive")["operation"] == ""


@pytest.mark.parametrize(
    ("kind", "codelist", "code", "name"),
    [
        ("units", "", "CGJ", "市城管局"),
        ("categories", "", "010103", ""),
        ("regions", "", "340103", "庐阳区"),
        ("codelists", "return", "not_competent", ""),
        ("codelists", "extension", "", ""),
        ("codelists", "source_line", "12315", ""),
    ],
)
def test_lists_hold_the_codes_that_acts_may_name(
    caller: Calling, kind: str, codelist: str, code: str, name: str
) -> None:
    items = caller("cgj_handler").get(f"/reference/{kind}").body["items"]
    found = [i for i in items if i["codelist"] == codelist and i["code"].startswith(code)]
    assert found
    assert all(i["name"] for i in items)
    assert not name or name in found[0]["name"]


def test_who_stands_in_for_units_that_are_no_more(caller: Calling) -> None:
    assert caller("cgj_handler").get("/successors").body["items"] == []
    Unit.objects.filter(code="KX").update(valid_to=date(2026, 1, 5), successor="XFJ")
    assert caller("cgj_handler").get("/successors").body["items"] == [
        {"unit": "KX", "name": "市科协", "successor": "XFJ", "successor_name": "市信访局"}
    ]
