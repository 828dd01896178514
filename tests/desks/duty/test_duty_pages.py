"""The roster's pages: the office sees every unit, a unit itself and no other; holes are named; all without script."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hotline.registry.duty.models import DutyPattern, DutyTurn, UnitAddress
from hotline.registry.duty.reading import SAMPLE
from hotline.rules import acts
from hotline.rules.vocabulary import OFFICE_ROLES, Stage, UnitCode, Urgency
from tests.cast import PEOPLE, Cast
from tests.oversight.messaging.rostering import every_night, on_duty
from tests.oversight.messaging.working import react
from tests.visits import at, latin, signed_in
from tests.walks import OPENING

Limit = Callable[[int], AbstractContextManager[object]]
pytestmark = pytest.mark.django_db
OUTSIDE = sorted(p.username for p in PEOPLE if p.role not in OFFICE_ROLES and p.unit != "CGJ")
TURN = {
    "kind": "night", "name": "赵海涛", "phone": "13900000011",
    "begins_at": "2026-03-17T18:00", "ends_at": "2026-03-18T08:00",
}  # fmt: skip


def page(client: Client, address: str, **query: str) -> str:
    with at(OPENING):
        answer = client.get(address, query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


@pytest.mark.parametrize("who", OUTSIDE)
def test_nobody_else_reads_or_keeps_a_units_roster(cast: Cast, who: str):
    client = signed_in(cast, who)
    with at(OPENING):
        assert client.get("/duty/CGJ/").status_code == 403
        assert client.get("/duty/now/", {"unit": "CGJ"}).status_code == 403
        assert client.post("/duty/CGJ/turns/", TURN).status_code == 403
        assert client.get("/api/v1/duty/CGJ/now").status_code == 403
    assert not DutyTurn.objects.exists()


def test_the_office_sees_every_unit_and_its_first_hole(cast: Cast):
    on_duty(cast, "CGJ", "day", "赵海涛")
    every_night(cast, "STHJ", "郑晓东")
    html = page(signed_in(cast, "dispatcher"), "/duty/")
    assert re.findall(r'href="/duty/([A-Z0-9]+)/"', html) == ["RX12345", "STHJ", "CGJ"]
    assert "13900000011" in html
    assert "3月17日白天无人值班" in html
    assert latin(html) == set()


def test_a_unit_is_found_by_its_letters_also_without_a_roster(cast: Cast):
    html = page(signed_in(cast, "agent"), "/duty/", q="scgj")
    assert 'href="/duty/CGJ/"' in html
    assert "没有找到" in page(signed_in(cast, "agent"), "/duty/", q="查无此单位")


def test_people_of_a_unit_are_led_to_their_own(cast: Cast):
    with at(OPENING):
        assert signed_in(cast, "cgj_handler").get("/duty/").headers["Location"] == "/duty/CGJ/"
    html = page(signed_in(cast, "cgj_handler"), "/duty/CGJ/")
    assert "现在无人值班。紧急工单会转呼热线办值班。" in html
    assert "还没有登记班次" in html
    assert latin(html) == set()


def test_holes_are_said_as_officials_say_them(cast: Cast):
    every_night(cast, "CGJ", "赵海涛")
    html = page(signed_in(cast, "cgj_head"), "/duty/CGJ/")
    assert "3月18日白天无人值班" in html
    assert "3月18日夜间无人值班" not in html
    assert "3月21日白天没有带班领导" in html


def test_a_turn_is_planned_and_cancelled(cast: Cast):
    handler = signed_in(cast, "cgj_handler")
    with at(OPENING):
        assert handler.post("/duty/CGJ/turns/", TURN).status_code == 302
        row = DutyTurn.objects.get()
        assert "赵海涛" in handler.get("/duty/CGJ/").content.decode()
        assert handler.post(f"/duty/CGJ/turns/{row.pk}/cancel/").status_code == 302
        html = handler.get("/duty/CGJ/").content.decode()
    assert "已取消。" in html
    assert DutyTurn.objects.get().cancelled_at == OPENING


def test_what_was_typed_stays_beside_what_is_wrong(cast: Cast):
    with at(OPENING):
        answer = signed_in(cast, "cgj_handler").post("/duty/CGJ/turns/", TURN | {"phone": "总机", "ends_at": "明早"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "不像电话号码" in html or "请填写日期和时间" in html
    assert 'value="赵海涛"' in html
    assert not DutyTurn.objects.exists()


def test_the_weekly_pattern_and_addresses(cast: Cast):
    handler = signed_in(cast, "cgj_handler")
    person = {"kind": "night", "name": "赵海涛", "phone": "13900000011"}
    weekly = {**person, "weekdays": ["0", "4"], "begins": "18:00", "ends": "08:00"}
    with at(OPENING):
        assert handler.post("/duty/CGJ/weekly/", weekly).status_code == 302
        assert handler.post("/duty/CGJ/weekly/", weekly | {"weekdays": []}).status_code == 422
        assert handler.post("/duty/CGJ/addresses/", {"channel": "email", "to": "zb@cgj.example.cn"}).status_code == 302
        assert handler.post("/duty/CGJ/addresses/", {"channel": "sms", "to": "x"}).status_code == 422
        html = handler.get("/duty/CGJ/").content.decode()
        assert "星期一、星期五" in html
        assert "zb@cgj.example.cn" in html
        assert handler.post(f"/duty/CGJ/addresses/{UnitAddress.objects.get().pk}/end/").status_code == 302
        assert handler.post(f"/duty/CGJ/weekly/{DutyPattern.objects.get().pk}/cancel/").status_code == 302
        html = handler.get("/duty/CGJ/").content.decode()
    assert "星期一、星期五" not in html
    assert "zb@cgj.example.cn" not in html


def test_agents_read_and_do_not_keep(cast: Cast):
    agent = signed_in(cast, "agent")
    assert "登记一个班次" not in page(agent, "/duty/CGJ/")
    with at(OPENING):
        assert agent.post("/duty/CGJ/turns/", TURN).status_code == 403


def test_a_file_is_shown_before_it_is_taken(cast: Cast):
    leader = signed_in(cast, "team_leader")
    with at(OPENING):
        shown = leader.post("/duty/import/", {"file": SimpleUploadedFile("d.csv", SAMPLE.encode())})
        html = shown.content.decode()
        assert "共 2 个班次，没有发现问题，尚未导入" in html
        assert not DutyTurn.objects.exists()
        found = re.search(r'name="content" value="([^"]+)"', html)
        assert found
        other = signed_in(cast, "dispatcher")
        assert other.post("/duty/import/", {"content": found[1]}).status_code == 422
        assert leader.post("/duty/import/", {"content": found[1]}).status_code == 302
    assert DutyTurn.objects.count() == 2


def test_a_bad_file_is_refused_line_by_line(cast: Cast):
    bad = SAMPLE.replace("夜班,2026", "夜班,2025")
    with at(OPENING):
        answer = signed_in(cast, "team_leader").post(
            "/duty/import/", {"file": SimpleUploadedFile("d.csv", bad.encode())}
        )
        empty = signed_in(cast, "team_leader").post("/duty/import/", {})
    assert answer.status_code == empty.status_code == 422
    assert "有 1 行需要改正" in answer.content.decode()
    assert latin(answer.content.decode()) - {"CSV", "UTF"} == set()


def test_the_ticket_tells_who_is_on_duty_to_those_who_may_know(cast: Cast):
    on_duty(cast, "CGJ", "day", "赵海涛")
    ticket = cast.ticket_at(Stage.PENDING_SIGN, register={"urgency": Urgency.CRITICAL})
    react(ticket.at)

    def part(who: str) -> str:
        with at(ticket.at):
            return signed_in(cast, who, panel=True).get(f"/tickets/{ticket.number}/told/").content.decode()

    for who in ("dispatcher", "cgj_handler"):
        html = part(who)
        assert "市城管局现在谁值班" in html
        assert "本单位值班员" in html
        assert html.count("13900000011") == 4  # to read and to ring, on duty and rung
        assert latin(html) == set()


def test_a_dispatcher_sees_who_would_answer_before_the_ticket_leaves(cast: Cast):
    ticket = cast.ticket_at(Stage.PENDING_DISPATCH, register={"category": "010209"})  # 供电: one unit leads
    on_duty(cast, "GDJT", "day", "抢修")
    with at(ticket.at):
        html = signed_in(cast, "dispatcher").get(f"/tickets/{ticket.number}/told/").content.decode()
    assert "现在谁值班" in html
    assert "抢修" in html
    assert "查其他单位的值班" in html
    assert latin(html) == set()


def test_a_unit_beside_sees_that_somebody_was_rung_and_not_the_number(cast: Cast):
    on_duty(cast, "CGJ", "day", "赵海涛")
    ticket = cast.ticket_at(Stage.PENDING_SIGN, register={"urgency": Urgency.CRITICAL})
    react(ticket.at)
    ticket = cast.do(ticket, "supervisor", acts.Reassign(lead_unit=UnitCode("STHJ"), reason="属其职责"))
    with at(ticket.at + timedelta(minutes=1)):
        html = signed_in(cast, "sthj_handler", panel=True).get(f"/tickets/{ticket.number}/told/").content.decode()
    assert "赵海涛" in html
    assert "13900000011" not in html


def test_pages_stay_within_their_statements(cast: Cast, django_assert_max_num_queries: Limit):
    for name in ("赵海涛", "周文斌", "吴国庆"):
        on_duty(cast, "CGJ", "day", name)
    client = signed_in(cast, "dispatcher")
    with at(OPENING):
        for address in ("/duty/", "/duty/CGJ/"):
            client.get(address)
            with django_assert_max_num_queries(8):
                client.get(address)
