"""Pages of the calendar: who looks and who acts, a notice pasted and previewed, published by a second supervisor."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hotline.oversight.recomputing.commands import carry_out
from hotline.oversight.recomputing.models import Recomputation
from hotline.registry.calendars.draft_models import RuleDraft
from hotline.registry.calendars.queries import current_calendar
from hotline.registry.people.models import RoleGrant, User
from hotline.rules.vocabulary import Role, Stage
from tests.cast import PASSWORD, Cast
from tests.registry.test_calendar_drafts import NOTICE, SOURCE
from tests.visits import BACKEND, at, latin, said, signed_in
from tests.walks import OPENING

pytestmark = pytest.mark.django_db
NOON = OPENING.replace(hour=12)
YEAR_END = NOON.replace(month=12, day=30)
LATER = YEAR_END + timedelta(hours=2)
MOST = 10


@pytest.fixture
def supervisor(cast: Cast) -> Client:
    return signed_in(cast, "supervisor")


@pytest.fixture
def second(cast: Cast) -> Client:  # noqa: ARG001  # the roles are there
    user = User.objects.create_user("supervisor2", password=PASSWORD, full_name="方敏", unit_id="RX12345")
    RoleGrant.objects.create(user=user, role=Role.SUPERVISOR, valid_from=date(2020, 1, 1))
    client = Client(headers={"X-Hotline-Client": "127.0.0.1"})
    client.force_login(user, backend=BACKEND)
    return client


def got(client: Client, address: str, status: int = 200, *, when: datetime = NOON) -> str:
    with at(when):
        response = client.get(address)
    assert response.status_code == status, response.content.decode()[:500]
    return response.content.decode()


def posted(client: Client, address: str, status: int = 200, *, when: datetime = NOON, **typed: Any) -> str:
    with at(when):
        response = client.post(address, typed, follow=True)
    assert response.status_code == status, said(response.content.decode())[:800]
    return response.content.decode()


def drafted(client: Client, **typed: Any) -> RuleDraft:
    posted(client, "/calendar/new/notice/", year="2027", source=SOURCE, text=NOTICE, **typed)
    return RuleDraft.objects.latest("pk")


def test_a_year_is_shown_in_colour_and_words(supervisor: Client) -> None:
    html = got(supervisor, "/calendar/")
    assert "2026年办公日历" in html
    assert 'title="放假（春节）"' in html
    assert html.count('<table class="month">') == 12
    assert "全年" in said(html)
    assert latin(html) <= {"CSV"}
    assert "以下只按周末双休显示" in said(got(supervisor, "/calendar/2027/"))
    got(supervisor, "/calendar/1999/", 404)


def test_readers_look_and_do_not_touch(cast: Cast) -> None:
    for who in ("director", "auditor", "system_admin"):
        client = signed_in(cast, who)
        html = got(client, "/calendar/")
        assert "导入放假安排" not in html
        got(client, "/calendar/record/")
        assert "日历、规则方案和派单目录由督办人员拟订和发布" in said(got(client, "/calendar/new/notice/", 403))
    for who in ("agent", "cgj_head", "team_leader", "security_admin"):
        assert "这一页由督办、领导、审计和系统管理人员查看" in said(got(signed_in(cast, who), "/calendar/", 403))


def test_a_notice_is_pasted_previewed_and_published_by_another(cast: Cast, supervisor: Client, second: Client) -> None:
    ticket = cast.ticket_at(Stage.HANDLING, at=YEAR_END)
    page = posted(supervisor, "/calendar/new/notice/", year="2027", source=SOURCE, text=NOTICE, when=LATER)
    assert "移动 1 件在办工单" in page
    assert ticket.number in page
    assert "须由另一位督办人员发布" in said(page)
    assert latin(page) <= {"CSV"}
    draft = RuleDraft.objects.get()
    address = f"/calendar/drafts/{draft.pk}/"
    assert "您动过笔" in said(posted(supervisor, f"{address}publish/", 403, seen=draft.edit, when=LATER))
    assert "刚被改过" in said(posted(second, f"{address}publish/", 409, seen=99, when=LATER))
    assert "已发布" in said(posted(second, f"{address}publish/", seen=draft.edit, when=LATER))
    assert 2027 in current_calendar().published
    asked = Recomputation.objects.get()
    assert (asked.cause, asked.finished_at) == ("calendar:2027", None)
    done = carry_out(asked.pk, now=LATER + timedelta(hours=1))
    assert done.moved == 1
    history = said(got(signed_in(cast, "dispatcher"), f"/tickets/{ticket.number}/", when=LATER + timedelta(hours=2)))
    assert "2027年放假安排公布" in history
    assert "已完成" in said(got(second, address))
    record = said(got(signed_in(cast, "auditor"), "/calendar/record/"))
    assert "2027年放假安排" in record
    assert "方敏" in record


def test_dates_in_a_year_without_notice_are_marked_on_lists_and_on_the_ticket(cast: Cast) -> None:
    late = cast.ticket_at(Stage.HANDLING, at=YEAR_END)
    early = cast.ticket_at(Stage.HANDLING, at=OPENING)
    client = signed_in(cast, "supervisor")
    rows = got(client, "/tickets/", when=LATER).split("<tr data-number=")
    marked = {row[1:].split('"')[0] for row in rows[1:] if "暂定" in row}
    assert (late.number in marked, early.number in marked) == (True, False)
    assert "此期限为暂定" in said(got(client, f"/tickets/{late.number}/", when=LATER))


def test_what_cannot_be_read_is_said_and_kept(supervisor: Client) -> None:
    page = posted(supervisor, "/calendar/new/notice/", 422, year="2027", source="", text="春节：2月30日放假")
    assert "没有2027年2月30日" in said(page)
    assert "春节：2月30日放假" in page
    page = posted(supervisor, "/calendar/new/notice/", 422, year="明年", source=SOURCE, text=NOTICE)
    assert "请填写2004至2100之间的年份" in said(page)
    assert "自带的数据里还没有2040年" in said(got(supervisor, "/calendar/new/notice/?packaged=1&year=2040"))
    assert "2026-01-01,holiday,元旦" in got(supervisor, "/calendar/new/notice/?packaged=1&year=2026")
    assert RuleDraft.objects.count() == 0


def test_days_of_the_city_and_office_hours(supervisor: Client, second: Client) -> None:
    page = posted(supervisor, "/calendar/new/city/", source="市政府决定", text="2026-03-20,停办,大雪")
    assert "本市停办（大雪）" in said(page)
    city = RuleDraft.objects.latest("pk")
    posted(second, f"/calendar/drafts/{city.pk}/publish/", seen=city.edit)
    assert not current_calendar().is_workday(date(2026, 3, 20))
    assert "08:30-12:00" in got(supervisor, "/calendar/new/hours/")
    page = posted(supervisor, "/calendar/new/hours/", source="夏令时", text="08:30-12:00\n14:30-18:00")
    assert "14:30–18:00" in said(page)


def test_a_draft_is_changed_and_withdrawn(supervisor: Client, second: Client) -> None:
    draft = drafted(supervisor)
    address = f"/calendar/drafts/{draft.pk}/"
    assert NOTICE.splitlines()[0] in got(second, f"{address}change/")
    posted(second, f"{address}change/", year="2027", source="更正后的通知", text=NOTICE, seen=draft.edit)
    draft.refresh_from_db()
    assert (draft.source, len(draft.hands), draft.edit) == ("更正后的通知", 2, 2)
    posted(second, f"{address}withdraw/")
    assert "已撤回" in said(got(supervisor, address))
    assert "已经发布或者撤回" in said(posted(second, f"{address}withdraw/", 409))
    got(supervisor, "/calendar/drafts/999999/", 404)


@pytest.mark.parametrize("address", ["/calendar/", "/calendar/2027/", "/calendar/record/", "/calendar/new/notice/"])
def test_pages_take_few_statements(supervisor: Client, address: str) -> None:
    drafted(supervisor)
    got(supervisor, address)
    with CaptureQueriesContext(connection) as seen:
        got(supervisor, address)
    assert len(seen) <= MOST, [query["sql"][:120] for query in seen.captured_queries]


def test_a_preview_takes_no_more_statements_for_more_tickets(cast: Cast, supervisor: Client) -> None:
    draft, counted = drafted(supervisor), []
    for _ in range(2):
        cast.ticket_at(Stage.HANDLING, at=YEAR_END)
        got(supervisor, f"/calendar/drafts/{draft.pk}/", when=LATER)
        with CaptureQueriesContext(connection) as seen:
            got(supervisor, f"/calendar/drafts/{draft.pk}/", when=LATER)
        counted.append(len(seen))
    assert counted[0] == counted[1] <= 20, counted
