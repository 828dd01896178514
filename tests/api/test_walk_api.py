"""One ticket from registration to its end through the API alone, each step by the system of whose work it is.

At every step everybody else tries the same: who has no such role is denied, who doesn't see the ticket finds nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from hotline.plumbing.clock import frozen
from hotline.rules.acts import ACTS
from hotline.rules.lifecycle import SYSTEM
from hotline.rules.lifecycle.table import ROWS_OF
from hotline.rules.visibility import may_see
from hotline.tickets.access import look_at
from tests.api.calling import Answer, Calling
from tests.cast import PEOPLE, Cast
from tests.walks import OPENING

REGISTERED: dict[str, Any] = {
    "channel": "DH",
    "request_type": "complaint",
    "category": "010103",
    "region": "340103",
    "title": "小区门口占道经营",
    "content": "长江中路小区门口每天早晨有摊贩占道经营，行人只能走机动车道。",
    "demand": "清理占道摊点",
    "place": "长江中路1号",
    "requester": {"name": "张建军", "phone": "13800000000", "special_groups": ["elderly"]},
    "token": "call-20260317-0001",
}
REPLY = {"resolution": "resolved", "reply": "经现场核查，占道摊点已全部清理。", "legal_basis": "市容条例"}


@dataclass(frozen=True)
class Step:
    """Who does what at which desk, what is said, and where the ticket stands afterwards."""

    who: str
    desk: str
    act: str
    said: dict[str, Any]
    stage: str
    after: timedelta = timedelta(minutes=20)


TO_THE_CITIZEN = (
    Step("agent", "intake", "send_to_dispatch", {"note": "请核实归属"}, "pending_dispatch"),
    Step("dispatcher", "dispatch", "dispatch", {"lead_unit": "CGJ", "note": "请按期办理"}, "pending_sign"),
    Step("cgj_handler", "handling", "sign_in", {}, "handling"),
    Step("cgj_handler", "handling", "record_first_contact", {"note": "已电话联系"}, "handling"),
    Step("cgj_handler", "handling", "submit_reply", REPLY, "pending_sign_off"),
    Step("cgj_section", "handling", "sign_off", {"opinion": "拟同意"}, "pending_sign_off"),
    Step("cgj_deputy", "handling", "sign_off", {"opinion": "同意"}, "pending_review"),
    Step("reviewer", "review", "pass_review", {"grade": "good", "note": "答复完整"}, "pending_callback"),
)
CONTENT = {"responded": True, "resolution": "resolved", "rating": 4, "words": "谢谢"}
ANGRY = {"responded": True, "resolution": "unresolved", "rating": 1, "cause": "unsolved", "words": "第二天又来了"}
SETTLED = (Step("callback_officer", "callback", "record_callback", CONTENT, "closed", timedelta(hours=2)),)
REWORK = (
    Step("callback_officer", "callback", "record_attempt", {"contact": "no_answer"}, "pending_callback"),
    Step("callback_officer", "callback", "record_callback", ANGRY, "pending_close", timedelta(days=1)),
    Step("reviewer", "callback", "order_rework", {"reason": "问题没有解决"}, "rework"),
    Step("cgj_handler", "handling", "record_progress", {"note": "已安排早间值守"}, "rework"),
    *(Step(s.who, s.desk, s.act, s.said, s.stage) for s in TO_THE_CITIZEN[4:]),
    *SETTLED,
)


@pytest.mark.parametrize("steps", [(*TO_THE_CITIZEN, *SETTLED), (*TO_THE_CITIZEN, *REWORK)], ids=["settled", "rework"])
def test_a_ticket_is_walked_to_its_end(cast: Cast, caller: Calling, steps: tuple[Step, ...]) -> None:
    moment = OPENING
    with frozen(moment):
        opened = caller("agent").post("/intake", REGISTERED)
    assert (opened.status, opened.body["stage"], opened.body["version"]) == (200, "registered", 1)
    number = opened.body["number"]
    for version, step in enumerate(steps, start=1):
        moment += step.after
        with frozen(moment):
            _denied_to_all_others(cast, caller, number, step)
            stale = _done(caller, number, step, version=version - 1)
            assert (stale.status, stale.codes) == (409, ["conflict.version"]), step
            offered = caller(step.who).get(f"/tickets/{number}").body["acts"]
            assert step.act in offered
            done = _done(caller, number, step, version=version)
        assert (done.status, done.body.get("stage"), done.body.get("version")) == (200, step.stage, version + 1), step
    file = caller("reviewer").get(f"/tickets/{number}").body
    assert [event["act"] for event in file["ledger"]] == ["register", *(step.act for step in steps)]
    assert [datetime.fromisoformat(event["at"]) for event in file["ledger"]][-1] == moment
    assert not [clock for clock in file["clocks"] if clock["stopped_at"] is None]


def _done(caller: Calling, number: str, step: Step, *, version: int | None = None, who: str = "") -> Answer:
    path = f"/{step.desk}/{number}/{step.act.replace('_', '-')}"
    return caller(who or step.who).post(path, step.said | ({} if version is None else {"version": version}))


def _denied_to_all_others(cast: Cast, caller: Calling, number: str, step: Step) -> None:
    """Nothing changes by it; who could do the step as well (a colleague of the same rank) is left out."""
    before = look_at(number, actor=SYSTEM).state
    roles = {role for row in ROWS_OF[ACTS[step.act]] for role in row.roles}
    for person in PEOPLE:
        seen = may_see(cast.actor(person.username), before)
        if seen and person.role in roles:
            continue
        answer = _done(caller, number, step, who=person.username)
        expected = (403, ["act.role_denied"]) if seen else (404, ["ticket.not_found"])
        assert (answer.status, answer.codes) == expected, (person, step)
    assert look_at(number, actor=SYSTEM).state == before


def test_a_unit_that_helps_or_stands_above_sees_but_does_not_act(cast: Cast, caller: Calling) -> None:
    from hotline.rules import acts
    from hotline.rules.vocabulary import Stage, UnitCode

    ticket = cast.ticket_at(Stage.PENDING_DISPATCH)
    cast.do(ticket, "dispatcher", acts.Dispatch(lead_unit=UnitCode("CGJ"), co_units=(UnitCode("STHJ"),)))
    assert caller("sthj_handler").get(f"/tickets/{ticket.number}").status == 200
    answer = caller("sthj_handler").post(f"/handling/{ticket.number}/sign-in")
    assert (answer.status, answer.codes) == (403, ["act.not_your_ticket"])


class TestATokenOfTheCaller:
    """A call that is repeated because its answer was lost registers nothing twice."""

    def test_answers_with_the_first_ticket(self, cast: Cast, caller: Calling) -> None:
        first = caller("agent").post("/intake", REGISTERED)
        again = caller("agent").post("/intake", REGISTERED)
        assert (first.status, again.status) == (200, 200)
        assert first.body["query_code"].isdecimal()  # told once, kept nowhere
        assert again.body == first.body | {"query_code": ""}
        assert len(caller("agent").get("/tickets").body["tickets"]) == 1
        del cast

    def test_also_when_the_ticket_has_moved_on_or_the_list_has_changed(self, cast: Cast, caller: Calling) -> None:
        number = caller("agent").post("/intake", REGISTERED).body["number"]
        caller("agent").post(f"/intake/{number}/send-to-dispatch")
        moved = caller("agent").post("/intake", REGISTERED | {"category": "999999"})
        assert (moved.status, moved.body["number"], moved.body["stage"]) == (200, number, "pending_dispatch")
        del cast

    def test_is_the_accounts_own(self, cast: Cast, caller: Calling) -> None:
        ours = caller("agent").post("/intake", REGISTERED)
        theirs = caller("team_leader").post("/intake", REGISTERED)
        assert ours.body["number"] != theirs.body["number"]
        del cast

    def test_is_not_needed(self, cast: Cast, caller: Calling) -> None:
        body = {name: value for name, value in REGISTERED.items() if name != "token"}
        numbers = {caller("agent").post("/intake", body).body["number"] for _ in range(2)}
        assert len(numbers) == 2
        del cast

    def test_is_not_used_up_by_a_refusal(self, cast: Cast, caller: Calling) -> None:
        refused = caller("agent").post("/intake", REGISTERED | {"category": "999999"})
        assert (refused.status, refused.fields) == (422, ["category"])
        assert caller("agent").post("/intake", REGISTERED).status == 200
        del cast
