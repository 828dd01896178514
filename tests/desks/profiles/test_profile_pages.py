"""Pages of rule profiles: every number in words, the next version on a form, a dry run, a second supervisor."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hotline.registry.calendars.draft_models import RuleDraft
from hotline.registry.calendars.queries import profile, profile_for
from hotline.registry.people.models import RoleGrant, User
from hotline.rules.profile_settings import limit_paths, settings_of
from hotline.rules.profiles import to_dict
from hotline.rules.vocabulary import Role, Stage
from tests.cast import PASSWORD, Cast
from tests.visits import BACKEND, at, latin, said, signed_in
from tests.walks import OPENING

pytestmark = pytest.mark.django_db
NOON = OPENING.replace(hour=12)
NOTATION = {"omin", "min"}
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
    assert response.status_code == status, said(response.content.decode())[:1500]
    return response.content.decode()


def filled(**changed: Any) -> dict[str, Any]:
    """The whole form as a browser would send it for Hefei's first version, with something changed."""
    typed: dict[str, Any] = {}
    for setting in settings_of(to_dict(profile("hefei-2021", 1))):
        if setting.kind == "many" or setting.path == "pause.reasons":
            typed[setting.path] = setting.value
        elif setting.kind != "yes_no":
            typed[setting.path] = setting.text
        elif setting.value:
            typed[setting.path] = "on"
    said = {"name": "合肥市规则方案", "effective_from": "2026-04-01", "source": "合政办〔2026〕3号"}
    return typed | said | changed


SHORTER: dict[str, Any] = {"limits.reply.default": "3wd"}
BASE = "/profiles/hefei-2021/1/draft/"


def drafted(client: Client) -> RuleDraft:
    posted(client, BASE, **filled(**SHORTER))
    return RuleDraft.objects.latest("pk")


def test_a_version_is_read_in_words_with_its_marks(supervisor: Client) -> None:
    page = got(supervisor, "/profiles/")
    assert latin(page) <= {"CSV"}
    assert "正在使用" in said(page)
    page = got(supervisor, "/profiles/hefei-2021/1/")
    assert latin(page) <= {"CSV"}
    assert "7个工作日" in said(page)
    assert "投诉类7个工作日" in said(page), "where it comes from"
    assert 'class="mark mark-D"' in page
    for key in ("beijing", "tianjin", "shandong", "shanghai", "bengbu"):
        assert latin(got(supervisor, f"/profiles/{key}/1/")) <= {"CSV", "DB11"}, key
    got(supervisor, "/profiles/nowhere/1/", 404)


def test_the_form_says_every_setting_in_chinese(supervisor: Client) -> None:
    page = got(supervisor, BASE)
    assert latin(page) <= NOTATION | {"CSV"}
    missing = [path for path in limit_paths() if ".WZ" not in path and f'name="{path}"' not in page]
    assert {path.split(".")[2] for path in missing} <= {"WX", "AP", "SM", "XX", "GB", "SJ", "LD", "OT", "DH"} | {
        path.split(".")[2] for path in missing if path.split(".")[1] not in {"reply", "unit_reply"}
    }
    for setting in settings_of(to_dict(profile("hefei-2021", 1))):
        assert f'name="{setting.path}"' in page, setting.path


def test_an_unchanged_form_changes_nothing(supervisor: Client) -> None:
    page = posted(supervisor, BASE, 409, **filled())
    assert "没有需要发布的变化" in said(page)
    assert RuleDraft.objects.count() == 0


def test_mistakes_stand_beside_their_fields_in_chinese(supervisor: Client) -> None:
    wrong: dict[str, Any] = {
        "limits.reply.default": "七天",
        "extension.max_workdays": "很多",
        "general.reminders": "0.8、0.5",
        "callback.call_hours": "晚上",
        "effective_from": "",
        "lights.amber": "2",
    }
    page = posted(supervisor, BASE, 422, **filled(**wrong))
    assert latin(page) <= NOTATION | {"CSV"}
    text = said(page)
    for sentence in ("答复时限·一般”的时限“七天”写法不对", "“最长几个工作日”应为0至250之间的数", "须从小到大排列"):
        assert sentence in text
    assert "有 6 处需要改正" in text
    assert 'value="七天"' in page


def test_a_version_is_drafted_tried_out_and_published(cast: Cast, supervisor: Client, second: Client) -> None:
    cast.ticket_at(Stage.HANDLING, at=OPENING - timedelta(days=8))
    draft = drafted(supervisor)
    address = f"/profiles/drafts/{draft.pk}/"
    page = got(supervisor, address)
    assert "答复时限·一般" in said(page)
    assert "还没有试算" in said(page)
    page = posted(supervisor, f"{address}rehearse/", months="3")
    assert "1 件将超期，现为 0 件" in said(page)
    assert latin(page) <= {"CSV"}
    assert "应为1至24" in said(posted(supervisor, f"{address}rehearse/", 422, months="99"))
    assert "您动过笔" in said(posted(supervisor, f"{address}publish/", 403, seen=draft.edit))
    assert "新版本已发布" in said(posted(second, f"{address}publish/", seen=draft.edit))
    assert profile_for(NOON).version == 1
    assert profile_for(NOON + timedelta(days=30)).version == 2
    record = said(got(signed_in(cast, "auditor"), "/profiles/record/"))
    assert "3个工作日" in record
    assert "方敏" in record
    assert "尚未生效" in said(got(second, "/profiles/"))


def test_a_changed_draft_forgets_its_dry_run(supervisor: Client, second: Client) -> None:
    draft = drafted(supervisor)
    posted(supervisor, f"/profiles/drafts/{draft.pk}/rehearse/", months="1")
    draft.refresh_from_db()
    assert draft.rehearsal
    change = f"/profiles/drafts/{draft.pk}/change/"
    assert 'value="3wd"' in got(second, change)
    posted(second, change, seen=draft.edit, **filled(**{"limits.reply.default": "4wd"}))
    draft.refresh_from_db()
    assert (draft.rehearsal, draft.edit, len(draft.hands)) == (None, 2, 2)
    posted(second, f"/profiles/drafts/{draft.pk}/withdraw/")
    assert "已撤回" in said(got(supervisor, f"/profiles/drafts/{draft.pk}/"))


def test_who_looks_and_who_acts(cast: Cast) -> None:
    for who in ("director", "auditor", "system_admin"):
        client = signed_in(cast, who)
        assert "拟订新版本" not in said(got(client, "/profiles/hefei-2021/1/"))
        got(client, BASE, 403)
    for who in ("agent", "cgj_head", "dispatcher", "audit_admin"):
        got(signed_in(cast, who), "/profiles/", 403)


@pytest.mark.parametrize("address", ["/profiles/", "/profiles/hefei-2021/1/", BASE, "draft"])
def test_pages_take_few_statements(supervisor: Client, address: str) -> None:
    draft = drafted(supervisor)
    address = f"/profiles/drafts/{draft.pk}/" if address == "draft" else address
    got(supervisor, address)
    with CaptureQueriesContext(connection) as seen:
        got(supervisor, address)
    assert len(seen) <= MOST, [query["sql"][:120] for query in seen.captured_queries]
