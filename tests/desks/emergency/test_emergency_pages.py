"""Emergency mode as people meet it: the banner on every desk, the preview before anything happens, who may do what."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.test import Client

from hotline.oversight.recomputing.commands import carry_out
from hotline.oversight.recomputing.models import Recomputation
from hotline.registry.emergencies.models import EmergencyPeriod, TaskForce
from hotline.registry.people.models import RoleGrant, User
from hotline.rules import acts
from hotline.rules.vocabulary import Role, Stage, UnitCode
from tests.cast import Cast
from tests.visits import at, latin, said, signed_in
from tests.walks import OPENING

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
NOON = OPENING + 4 * HOUR
Limit = Callable[[int], AbstractContextManager[object]]
FORM = {
    "name": "2026年防汛",
    "reason": "市防指启动防汛二级响应。",
    "planned_end": "2026-03-27T18:00",
    "categories": ["01"],
    "regions": [],
    "start": "",
}


def post(client: Client, step: str, **changes: object) -> str:
    answer = client.post("/emergency/new/", {**FORM, "step": step, **changes}, follow=True)
    return answer.content.decode()


def switched(cast: Cast) -> EmergencyPeriod:
    with at(NOON):
        post(signed_in(cast, "supervisor"), "confirm")
    return EmergencyPeriod.objects.get()


def second_supervisor(cast: Cast) -> Client:
    person = User.objects.create_user("supervisor2", full_name="第二督办", unit_id="RX12345")
    RoleGrant.objects.create(user=person, role=Role.SUPERVISOR, valid_from=OPENING.date())
    return signed_in(cast, "supervisor2")


def test_a_preview_names_every_ticket_and_does_nothing(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    with at(NOON):
        page = post(signed_in(cast, "supervisor"), "preview")
    words = said(page)
    assert "启用“2026年防汛”将改变 1 件在办工单的期限" in words
    assert ticket.number in page
    assert "市城管局" in words
    assert "3月26日 17:30" in words
    assert "后天 13:30" in words
    assert latin(page) == set()
    assert not EmergencyPeriod.objects.exists()


def test_back_to_the_form_keeps_what_was_typed(cast: Cast) -> None:
    with at(NOON):
        page = post(signed_in(cast, "supervisor"), "edit")
    assert 'value="2026年防汛"' in page
    assert '<option value="01" data-py' in page.replace(" selected", "")
    assert "市防指启动防汛二级响应。" in page


def test_confirming_switches_on_and_every_desk_says_so(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    period = switched(cast)
    carry_out(Recomputation.objects.get().pk, now=NOON)
    for who in ("agent", "cgj_handler", "director", "security_admin"):
        with at(NOON + HOUR):
            page = signed_in(cast, who).get("/units/").content.decode()
        words = said(page)
        assert "应急状态：2026年防汛" in words
        assert "待第二人确认" in words
        assert f"/emergency/{period.pk}/" in page
        assert latin(page) == set()
    with at(NOON + 25 * HOUR):
        words = said(signed_in(cast, "agent").get("/units/").content.decode())
    assert "启用已满24小时，未经第二人确认" in words
    with at(NOON + HOUR):
        history = said(signed_in(cast, "cgj_handler").get(f"/tickets/{ticket.number}/").content.decode())
    assert "启用应急状态“2026年防汛”" in history
    assert "解除后恢复原期限" in history
    assert "emergency" not in history


def test_the_banner_speaks_english_too(cast: Cast) -> None:
    switched(cast)
    with at(NOON + HOUR):
        page = signed_in(cast, "agent", lang="en").get("/units/")
    assert "2026年防汛" in page.content.decode()
    assert page.status_code == 200


def test_no_banner_before_it_begins_and_after_it_ended(cast: Cast) -> None:
    with at(NOON):
        post(signed_in(cast, "supervisor"), "confirm", start="2026-03-17T15:00")
        agent = signed_in(cast, "agent")
        assert "应急状态：" not in said(agent.get("/units/").content.decode())
    with at(NOON + 2 * HOUR):
        assert "应急状态：" in said(agent.get("/units/").content.decode())
    with at(OPENING + timedelta(days=12)):
        agent = signed_in(cast, "agent")
        assert "应急状态：" not in said(agent.get("/units/").content.decode())


def test_what_is_wrong_stands_beside_its_field(cast: Cast) -> None:
    with at(NOON):
        client = signed_in(cast, "supervisor")
        answer = client.post("/emergency/new/", {**FORM, "step": "preview", "name": "", "planned_end": ""})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "请填写应急状态的名称" in said(page)
        assert "请填写计划结束的时间" in said(page)
        assert "市防指启动防汛二级响应。" in page
        muddled = client.post("/emergency/new/", {**FORM, "step": "preview", "planned_end": "明天", "regions": "X"})
        assert muddled.status_code == 422


def test_only_supervisors_find_the_forms(cast: Cast) -> None:
    period = switched(cast)
    for who in ("agent", "dispatcher", "director", "auditor", "cgj_head"):
        client = signed_in(cast, who)
        with at(NOON):
            assert client.get("/emergency/").status_code == 200
            assert "/emergency/new/" not in client.get("/emergency/").content.decode()
            assert f"/emergency/{period.pk}/off/" not in client.get(f"/emergency/{period.pk}/").content.decode()
            assert client.get("/emergency/new/").status_code == 403
            assert client.get(f"/emergency/{period.pk}/off/").status_code == 403
            for what in ("off", "confirm", "lengthen"):
                assert client.post(f"/emergency/{period.pk}/{what}/").status_code == 403
    assert EmergencyPeriod.objects.get().ended_at is None


def test_a_second_supervisor_confirms(cast: Cast) -> None:
    period = switched(cast)
    with at(NOON + HOUR):
        own = signed_in(cast, "supervisor")
        assert "须由另一名督办人员确认" in said(own.get(f"/emergency/{period.pk}/").content.decode())
        refused = own.post(f"/emergency/{period.pk}/confirm/")
        assert refused.status_code == 409
        assert "启用人不能自己确认" in said(refused.content.decode())
        other = second_supervisor(cast)
        page = other.post(f"/emergency/{period.pk}/confirm/", follow=True).content.decode()
    assert "第二督办" in said(page)
    assert "待第二人确认" not in said(page)


def test_off_shows_first_what_returns_and_a_second_press_is_told(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    period = switched(cast)
    carry_out(Recomputation.objects.get().pk, now=NOON)
    client = signed_in(cast, "supervisor")
    with at(NOON + HOUR):
        page = client.get(f"/emergency/{period.pk}/off/").content.decode()
        assert "解除“2026年防汛”将使 1 件在办工单恢复原期限" in said(page)
        assert ticket.number in page
        assert latin(page) == set()
        done = client.post(f"/emergency/{period.pk}/off/", follow=True).content.decode()
        assert "已解除" in said(done)
        again = client.post(f"/emergency/{period.pk}/off/")
        assert again.status_code == 409
        assert "无需再次解除" in said(again.content.decode())
        assert client.get(f"/emergency/{period.pk}/off/").status_code == 409
        past = client.get("/emergency/").content.decode()
    assert "现在没有应急状态" in said(past)
    assert "2026年防汛" in said(past)


def test_lengthening_is_written_down(cast: Cast) -> None:
    period = switched(cast)
    client = signed_in(cast, "supervisor")
    with at(NOON + HOUR):
        wrong = client.post(f"/emergency/{period.pk}/lengthen/", {"planned_end": "2026-03-20T18:00"})
        assert wrong.status_code == 422
        assert "要提前结束，请办理解除" in said(wrong.content.decode())
        page = client.post(
            f"/emergency/{period.pk}/lengthen/", {"planned_end": "2026-03-30T18:00"}, follow=True
        ).content.decode()
    assert "计划结束时间由 3月27日 18:00 改为 3月30日 18:00" in said(page)
    assert latin(page) == set()


def test_what_is_not_there(cast: Cast) -> None:
    client = signed_in(cast, "supervisor")
    for place in ("/emergency/99/", "/emergency/99/off/", f"/emergency/{2**70}/"):
        assert client.get(place).status_code == 404
    assert client.post("/emergency/99/confirm/").status_code == 404


def test_pages_ask_the_database_little(cast: Cast, django_assert_max_num_queries: Limit) -> None:
    period = switched(cast)
    for minute in range(20):
        cast.ticket_at(Stage.HANDLING, at=OPENING + timedelta(minutes=minute))
    client = signed_in(cast, "supervisor")
    with at(NOON + HOUR):
        client.get("/emergency/")
        with django_assert_max_num_queries(8):
            client.get("/emergency/")
        with django_assert_max_num_queries(9):
            client.get(f"/emergency/{period.pk}/")
        with django_assert_max_num_queries(11):
            client.get(f"/emergency/{period.pk}/off/")
        agent = signed_in(cast, "agent")
        agent.get("/units/")
        with django_assert_max_num_queries(8):
            agent.get("/units/")


def test_strangers_read_it_only_where_the_reason_is_public(cast: Cast) -> None:
    switched(cast)
    with at(NOON + HOUR):
        assert "防汛" not in Client().get("/accounts/login/").content.decode()
    with at(NOON):
        post(signed_in(cast, "supervisor"), "confirm", name="低温雨雪", public="on")
    with at(NOON + HOUR):
        page = said(Client().get("/accounts/login/").content.decode())
    assert "应急状态：低温雨雪" in page
    assert "防汛应急" not in page
    assert "2026年防汛" not in page


FORCE = {"name": "防汛抢险专班", "last_day": "2026-03-25", "unit_handler": "cgj_handler", "unit_head": "sthj_head"}


def test_a_task_force_from_the_page_of_the_emergency(cast: Cast) -> None:
    period = switched(cast)
    boss = signed_in(cast, "supervisor")
    with at(NOON + HOUR):
        empty = boss.get(f"/emergency/{period.pk}/forces/new/").content.decode()
        assert latin(empty) == set()
        wrong = boss.post(f"/emergency/{period.pk}/forces/new/", {**FORCE, "unit_head": "", "name": ""})
        assert wrong.status_code == 422
        assert "至少要有一名经办人和一名主要领导" in said(wrong.content.decode())
        assert "请填写专班名称" in said(wrong.content.decode())
        made = boss.post(f"/emergency/{period.pk}/forces/new/", FORCE, follow=True)
        page = made.content.decode()
        assert "赵海涛" in said(page)
        assert latin(page) <= {"cgj_handler", "sthj_head"}
        assert "防汛抢险专班" in said(boss.get(f"/emergency/{period.pk}/").content.decode())
        ticket = cast.ticket_at(Stage.PENDING_DISPATCH, at=NOON)
        force = TaskForce.objects.get()
        form = signed_in(cast, "dispatcher").get(f"/dispatch/dispatch/{ticket.number}/").content.decode()
        assert f'value="{force.unit}"' in form, "the picker offers it"
        cast.do(ticket, "dispatcher", acts.Dispatch(lead_unit=UnitCode(force.unit), note="专班办理"))
        inbox = signed_in(cast, "cgj_handler").get("/desk/inbox/").content.decode()
        assert ticket.number in inbox
        refused = boss.post(f"/emergency/forces/{force.pk}/close/")
        assert refused.status_code == 409
        assert "请先改派给其他单位" in said(refused.content.decode())
        assert f"/dispatch/reassign/{ticket.number}/" in refused.content.decode()
        unit = signed_in(cast, "cgj_handler").get(f"/emergency/forces/{force.pk}/").content.decode()
        assert ticket.number not in unit, "what lies with it is the office's list"
    with at(NOON + timedelta(days=9)):
        late = signed_in(cast, "dispatcher")
        assert "到期待结束" in said(late.get(f"/emergency/forces/{force.pk}/").content.decode())
        form = late.get(f"/dispatch/dispatch/{cast.ticket_at(Stage.PENDING_DISPATCH).number}/").content.decode()
        assert f'value="{force.unit}"' not in form, "its days are over"


def test_an_empty_task_force_is_closed_by_a_supervisor(cast: Cast) -> None:
    period = switched(cast)
    boss = signed_in(cast, "supervisor")
    with at(NOON + HOUR):
        boss.post(f"/emergency/{period.pk}/forces/new/", FORCE)
        force = TaskForce.objects.get()
        assert signed_in(cast, "dispatcher").post(f"/emergency/forces/{force.pk}/close/").status_code == 403
        page = boss.post(f"/emergency/forces/{force.pk}/close/", follow=True).content.decode()
        assert "已结束" in said(page)
        assert boss.get("/emergency/forces/99/").status_code == 404
        assert boss.post("/emergency/forces/99/close/").status_code == 404
