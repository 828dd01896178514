"""Pages of the dispatch directory: found, drafted on a form or as a file, tried out, printed, published by another."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hotline.registry.calendars.draft_models import RuleDraft
from hotline.registry.people.models import RoleGrant, User
from hotline.registry.units.rules import all_rules
from hotline.rules.jurisdiction.sheet import HEADER_OF, HEADERS
from hotline.rules.vocabulary import Role, Stage
from tests.cast import PASSWORD, Cast
from tests.visits import BACKEND, at, said, signed_in
from tests.walks import OPENING

pytestmark = pytest.mark.django_db
NOON = OPENING.replace(hour=12)
BUDGETS = {
    "": 8,
    "paper/": 5,
    "reports/": 6,
    "record/": 6,
    "new/": 5,
    "rules/0101-1/": 8,
    "rules/0101-1/?months=1": 10,
    "rules/0101-1/change/": 6,
    "drafts/<draft>/": 9,
    "drafts/<draft>/change/": 6,
}
"""Statements of each page, with two for the session, one for the rail and one or two for the rulebook in each."""


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


def got(client: Client, address: str, status: int = 200) -> str:
    with at(NOON):
        response = client.get(address)
    assert response.status_code == status, response.content.decode()[:500]
    return response.content.decode()


def posted(client: Client, address: str, status: int = 200, **typed: Any) -> str:
    with at(NOON):
        response = client.post(address, typed, follow=True)
    assert response.status_code == status, said(response.content.decode())[:1500]
    return response.content.decode()


TYPED = {
    "draft_source": "市编办〔2026〕12号",
    "title": "共享单车乱停",
    "categories": "0401",
    "words": "共享单车；乱停、乱放",
    "lead": "市城管局",
    "basis": "本市部门职责分工（目录核定）",
    "owner": "市城管局",
    "valid_from": NOON.date().isoformat(),
}


def test_everybody_finds_rules_by_branch_unit_and_words(cast: Cast) -> None:
    handler = signed_in(cast, "cgj_handler")
    page = got(handler, "/directory/")
    in_force = [one for one in all_rules() if one.holds(NOON.date())]
    assert page.count("data-rule=") == len(in_force)
    assert "新增规则" not in page
    branch = got(handler, "/directory/?category=0101")
    assert 0 < branch.count("data-rule=") < len(in_force)
    assert 'data-rule="0101-1@1"' in got(handler, "/directory/?q=0101-1")
    by_unit = got(handler, "/directory/?unit=CGJ")
    assert 0 < by_unit.count("data-rule=") < len(in_force)
    assert "没有这样的规则" in got(handler, "/directory/?q=火星")
    assert "没有这样的规则" in got(handler, "/directory/?state=coming")
    assert got(handler, "/directory/?category=x&state=never").count("data-rule=") == len(in_force)


def test_one_rule_with_its_versions_and_one_that_is_not_there(cast: Cast, supervisor: Client) -> None:
    page = said(got(signed_in(cast, "cgj_handler"), "/directory/rules/0101-1/"))
    assert "住房与房地产其他事项" in page
    assert "过去的工单" not in page
    assert "修改（拟新版本）" in got(supervisor, "/directory/rules/0101-1/")
    assert "没有规则0999-9" in said(got(supervisor, "/directory/rules/0999-9/", 404))


def test_a_rule_is_drafted_tried_and_published_by_another(cast: Cast, supervisor: Client, second: Client) -> None:
    cast.ticket_at(Stage.HANDLING)
    page = said(posted(supervisor, "/directory/new/", **TYPED))
    draft = RuleDraft.objects.get()
    assert draft.body["numbers"][0].startswith("0401-")
    assert "共享单车乱停" in page
    assert "须由另一位督办人员发布" in page
    tried = posted(supervisor, f"/directory/drafts/{draft.pk}/rehearse/", months="3")
    assert 'data-moved="0"' in tried
    done = said(posted(second, f"/directory/drafts/{draft.pk}/publish/", seen=str(draft.edit)))
    assert "已发布" in done
    (new,) = [one for one in all_rules() if one.title == "共享单车乱停"]
    assert (new.lead, new.version, new.source) == ("CGJ", 1, "目录")
    assert "共享单车乱停" in got(supervisor, f"/directory/rules/{new.id}/")
    assert "共享单车乱停" in said(got(supervisor, "/directory/record/"))


def test_a_mistake_stands_beside_its_cell_and_nothing_typed_is_lost(supervisor: Client) -> None:
    typed = TYPED | {"lead": "市无此局", "hours": "晚上", "basis": ""}
    page = posted(supervisor, "/directory/new/", 422, **typed)
    assert page.count("has-error") == 3
    assert "市无此局" in said(page)
    assert 'value="共享单车乱停"' in page
    assert not RuleDraft.objects.exists()


def test_the_next_version_ends_the_one_before(supervisor: Client, second: Client) -> None:
    page = got(supervisor, "/directory/rules/0101-1/change/")
    assert "住房与房地产其他事项" in page
    typed = TYPED | {"title": "住房其他事项", "categories": "0101", "words": ""}
    posted(supervisor, "/directory/rules/0101-1/change/", **typed)
    draft = RuleDraft.objects.get()
    assert [row["版本"] for row in draft.body["rows"]] == ["1", "2"]
    posted(second, f"/directory/drafts/{draft.pk}/publish/", seen=str(draft.edit))
    first, newer = [one for one in all_rules() if one.id == "0101-1"]
    assert first.valid_to == newer.valid_from == NOON.date()


def test_versions_that_overlap_are_refused_on_the_form_in_the_file_and_by_the_interface(
    supervisor: Client, second: Client
) -> None:
    ahead = TYPED | {"title": "住房其他事项", "categories": "0101", "words": "", "valid_from": "2027-01-01"}
    posted(supervisor, "/directory/rules/0101-1/change/", **ahead)
    draft = RuleDraft.objects.get()
    posted(second, f"/directory/drafts/{draft.pk}/publish/", seen=str(draft.edit))
    early = said(posted(supervisor, "/directory/rules/0101-1/change/", 422, **ahead | {"valid_from": "2026-12-01"}))
    assert "规则0101-1的起止日期与目录里的其他版本（第1、2、3版）重叠，请同时给旧版本填停用日期" in early
    with at(NOON):
        (newest,) = supervisor.get("/api/v1/directory?number=0101-1&every_version=true").json()["rules"][1:]
    third = newest["line"] | {"版本": "3", "启用日期": "2027-02-01", "停用日期": "2027-09-01"}
    fourth = third | {"版本": "4", "启用日期": "2027-08-01", "停用日期": ""}
    text = "\n".join([",".join(HEADERS), *(",".join(line[name] for name in HEADERS) for line in (third, fourth))])
    page = posted(supervisor, "/directory/upload/", 422, source="复函", text=text)
    assert 'data-line="2"' in page
    assert "规则0101-1的起止日期与目录里的其他版本" in said(page)
    assert "第 3 行：规则0101-1的起止日期与第2行的另一版本重叠，请给旧版本填停用日期" in said(page)
    with at(NOON):
        asked = {"source": "复函", "lines": text}
        refused = supervisor.post("/api/v1/directory/drafts", asked, content_type="application/json")
    assert refused.status_code == 422
    found = {(one["field"], one["code"]) for one in refused.json()["refusals"]}
    assert {("lines.2", "directory.overlap_kept"), ("lines.3", "directory.overlap")} <= found
    assert RuleDraft.objects.count() == 1


def test_a_rule_is_ended(supervisor: Client) -> None:
    ended = {"draft_source": "市编办复函", "valid_to": "2027-01-01"}
    page = said(posted(supervisor, "/directory/rules/0101-1/end/", **ended))
    assert "改停用日期" in page
    past = ended | {"valid_to": "2020-01-01"}
    assert "停用日期" in said(posted(supervisor, "/directory/rules/0101-2/end/", 422, **past))


def test_a_file_is_read_line_by_line(supervisor: Client) -> None:
    with at(NOON):
        answer = supervisor.get("/directory/file.csv")
    text = answer.content.decode("utf-8-sig")
    assert text.splitlines()[1] == ",".join(HEADERS)
    same = SimpleUploadedFile("directory.csv", answer.content)
    assert "与现行规则相同" in said(posted(supervisor, "/directory/upload/", 409, source="复函", file=same))
    broken = text.replace(",市房产局,,", ",市无此局,,", 1)
    pasted = posted(supervisor, "/directory/upload/", 422, source="复函", text=broken)
    assert 'data-line="3"' in pasted
    assert "市无此局" in said(pasted)
    gbk = SimpleUploadedFile("directory.csv", text.encode("gb18030"))
    assert "与现行规则相同" in said(posted(supervisor, "/directory/upload/", 409, source="复函", file=gbk))
    noise = SimpleUploadedFile("directory.csv", b"\xff\xfe\xff")
    assert "CSV UTF-8" in said(posted(supervisor, "/directory/upload/", 422, source="复函", file=noise))


def test_papers_have_room_for_signatures(cast: Cast, supervisor: Client) -> None:
    assert "编办（盖章、签字）" in got(signed_in(cast, "cgj_handler"), "/directory/paper/?category=0101")
    posted(supervisor, "/directory/rules/0101-1/end/", draft_source="复函", valid_to="2027-01-01")
    paper = got(supervisor, f"/directory/drafts/{RuleDraft.objects.get().pk}/paper/")
    assert "派单目录修改签认单" in paper
    assert "2027-01-01" in paper


def test_reports_name_conflicts_gaps_endings_and_idle_rules(cast: Cast, supervisor: Client) -> None:
    cast.ticket_at(Stage.HANDLING)
    page = said(got(supervisor, "/directory/reports/"))
    assert "互相冲突的规则" in page
    assert "每个三级分类都有规则" in page
    assert "没有快到期的规则" in page
    counted = got(supervisor, "/directory/reports/?months=1")
    assert "/directory/rules/0101-1/" in counted
    assert "没有一件由这条规则决定" in said(got(supervisor, "/directory/rules/0101-1/?months=1"))


def test_pages_stay_within_their_statements(supervisor: Client, django_assert_max_num_queries: Any) -> None:
    posted(supervisor, "/directory/rules/0101-1/end/", draft_source="复函", valid_to="2027-01-01")
    draft = RuleDraft.objects.get().pk
    for page, most in BUDGETS.items():
        address = f"/directory/{page}".replace("<draft>", str(draft))
        got(supervisor, address)
        with django_assert_max_num_queries(most):
            got(supervisor, address)


def test_other_systems_read_and_draft(supervisor: Client) -> None:
    with at(NOON):
        answer = supervisor.get("/api/v1/directory?number=0101-1")
        (found,) = answer.json()["rules"]
        wrong = supervisor.post(
            "/api/v1/directory/drafts",
            {"source": "复函", "lines": ",".join(HEADERS) + "\n" + "x," * 17},
            content_type="application/json",
        )
    assert found["line"]["事项"] == "住房与房地产其他事项"
    assert wrong.status_code == 422
    assert {one["field"] for one in wrong.json()["refusals"]} == {"lines.2"}
    line = found["line"] | {"停用日期": "2027-01-01"}
    text = ",".join(HEADERS) + "\n" + ",".join(line[name] for name in HEADERS)
    with at(NOON):
        made = supervisor.post(
            "/api/v1/directory/drafts", {"source": "复函", "lines": text}, content_type="application/json"
        )
    assert made.status_code == 200, made.content.decode()
    (change,) = made.json()["changes"]
    assert (change["kind"], change["new"]["停用日期"]) == ("last_day", "2027-01-01")
    with at(NOON):
        tried = supervisor.post(
            f"/api/v1/directory/drafts/{made.json()['id']}/rehearse", {"months": 2}, content_type="application/json"
        )
    assert tried.json()["trial"]["moved"] == 0


def test_every_measured_column_has_a_header() -> None:
    assert set(HEADER_OF.values()) == set(HEADERS)
