"""The pages and the interface of precedents: found, worded, agreed to, challenged; everything typed is kept."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest

from hotline.rules.precedents import Deed
from hotline.stages.joint.models import DisputeFile
from hotline.tickets.precedents.models import Precedent
from tests.cast import Cast
from tests.tickets.precedents.rulings import acted, cells, in_force, proposed, reusable
from tests.visits import at, signed_in

pytestmark = pytest.mark.django_db
Limit = Callable[[int], AbstractContextManager[object]]


def text(page: Any) -> str:
    return str(page.content.decode())


def shown(cast: Cast, who: str, row: Precedent, path: str = "") -> Any:
    with at(row.last_at + timedelta(minutes=1)):
        return signed_in(cast, who).get(f"/precedents/{row.pk}/{path}")


def posted(cast: Cast, who: str, row: Precedent, deed: Deed, **fields: object) -> Any:
    row.refresh_from_db()
    with at(row.last_at + timedelta(minutes=1)):
        answer = signed_in(cast, who).post(
            f"/precedents/{row.pk}/{deed.value.replace('_', '-')}/",
            {"version": row.version, **{f"{deed.value}-{name}": value for name, value in fields.items()}},
        )
    row.refresh_from_db()
    return answer


def test_an_empty_register_says_what_will_stand_there(cast: Cast) -> None:
    assert "编办同意后列入派单目录" in text(signed_in(cast, "cgj_handler").get("/precedents/"))
    assert signed_in(cast, "system_admin").get("/precedents/").status_code == 403


def test_from_the_dispute_to_the_directory_by_forms(cast: Cast) -> None:
    dispute = reusable(cast)
    with at(dispute.last_at + timedelta(minutes=2)):
        office = signed_in(cast, "supervisor")
        assert f"/precedents/new/{dispute.pk}/" in text(office.get(f"/joint/files/{dispute.pk}/"))
        empty = text(office.get(f"/precedents/new/{dispute.pk}/"))
        assert "协办:市城管局（对查实的违法行为立案处罚）" in empty
        refused = office.post(f"/precedents/new/{dispute.pk}/", cells(cast, dispute, words="", hours=""))
        assert refused.status_code == 422
        assert "不能管整个分类" in text(refused)
        answer = office.post(f"/precedents/new/{dispute.pk}/", cells(cast, dispute))
    row = Precedent.objects.get()
    assert answer["Location"] == f"/precedents/{row.pk}/"
    assert "待编办同意" in text(shown(cast, "bb_deputy", row))
    assert posted(cast, "bb_deputy", row, Deed.AGREE).status_code == 302
    assert row.rule_id == "010103-501"
    page = text(shown(cast, "cgj_handler", row))
    assert "裁定2026-001" in page
    assert "市生态环境局" in page
    with at(row.last_at + timedelta(minutes=1)):
        found = text(signed_in(cast, "agent").get("/precedents/?words=占道"))
        assert "小区门口占道" in found
        assert "没有这样的先例" in text(signed_in(cast, "agent").get("/precedents/?words=油烟&show=holds"))


def test_what_cannot_be_read_is_told_beside_its_cell(cast: Cast) -> None:
    dispute = reusable(cast)
    with at(dispute.last_at + timedelta(minutes=2)):
        page = signed_in(cast, "supervisor").post(
            f"/precedents/new/{dispute.pk}/", cells(cast, dispute, hours="夜里", owner="没有的局")
        )
    assert page.status_code == 422
    assert "没有的局" in text(page)
    assert page.context["form"].errors["hours"]
    assert page.context["form"].errors["owner"]


def test_a_challenge_is_made_read_and_answered(cast: Cast) -> None:
    row = in_force(cast)
    assert "提出质疑" not in text(shown(cast, "cgj_handler", row))
    empty = posted(cast, "cgj_head", row, Deed.CHALLENGE, text=" ")
    assert empty.status_code == 422
    assert posted(cast, "cgj_head", row, Deed.CHALLENGE, text="与新三定不符").status_code == 302
    page = text(shown(cast, "ly_dispatcher", row))
    assert "研究期间照常执行" in page
    assert "与新三定不符" in page
    assert posted(cast, "cgj_head", row, Deed.UPHOLD, text="不行").status_code == 403
    assert posted(cast, "supervisor", row, Deed.UPHOLD, text="三定未改").status_code == 302
    assert row.status == "in_force"


def test_an_amendment_waits_and_what_stands_goes_on(cast: Cast) -> None:
    row = in_force(cast)
    dispute = DisputeFile.objects.get(pk=row.dispute)
    with at(row.last_at + timedelta(minutes=1)):
        office = signed_in(cast, "supervisor")
        assert "小区门口占道" in text(office.get(f"/precedents/{row.pk}/words/"))
        said = cells(cast, dispute, title="小区门口流动摊贩") | {"text": "写细", "version": str(row.version)}
        assert office.post(f"/precedents/{row.pk}/words/", said).status_code == 302
        assert office.get(f"/precedents/{row.pk}/words/").status_code == 302
    row.refresh_from_db()
    assert (row.edition, row.title) == (1, "小区门口占道")
    assert "待编办同意的变更" in text(shown(cast, "cgj_handler", row))


def test_drafts_are_not_there_for_others(cast: Cast) -> None:
    row = proposed(cast, reusable(cast))
    assert shown(cast, "ly_dispatcher", row).status_code == 404
    assert shown(cast, "cgj_handler", row).status_code == 200
    assert shown(cast, "supervisor", row, "nonsense/").status_code == 405


def test_a_draft_that_was_given_up_is_still_read(cast: Cast) -> None:
    row = acted(cast, proposed(cast, reusable(cast)), "supervisor", Deed.DROP, text="另行会办")
    page = text(shown(cast, "bb_deputy", row))
    assert "另行会办" in page
    assert "小区门口；摊贩；占道" in page
    assert "这个先例现在不需要您做什么" in page


def test_a_page_says_names_and_not_only_codes(cast: Cast) -> None:
    page = text(shown(cast, "supervisor", in_force(cast)))
    assert "010103 " in page
    assert "/directory/rules/010103-501/" in page
    assert "年3月17日" in page
    assert 'value="True"' not in page


def test_pages_take_few_statements(cast: Cast, django_assert_max_num_queries: Limit) -> None:
    row = acted(cast, in_force(cast), "cgj_head", Deed.CHALLENGE)
    client = signed_in(cast, "supervisor")
    with at(row.last_at + timedelta(minutes=1)):
        for path, most in (("", 5), (f"{row.pk}/", 10), (f"{row.pk}/words/", 9)):
            client.get(f"/precedents/{path}")
            with django_assert_max_num_queries(most):
                assert client.get(f"/precedents/{path}").status_code == 200


def test_the_interface_does_what_the_pages_do(cast: Cast) -> None:
    dispute = reusable(cast)
    with at(dispute.last_at + timedelta(minutes=2)):
        office = signed_in(cast, "supervisor")
        body = json.dumps({"dispute": dispute.pk, **cells(cast, dispute)})
        made = office.post("/api/v1/precedents", body, content_type="application/json")
        assert made.status_code == 200, made.content
        pk = made.json()["id"]
        assert made.json()["pending"]["words"] == "小区门口；摊贩；占道"
        assert "revise" in made.json()["deeds"]
        staffing = signed_in(cast, "bb_deputy")
    with at(dispute.last_at + timedelta(minutes=4)):
        agreed = staffing.post(f"/api/v1/precedents/{pk}/agree", "{}", content_type="application/json")
        assert agreed.status_code == 200, agreed.content
        assert (agreed.json()["number"], agreed.json()["rule"]) == ("裁定2026-001", "010103-501")
        found = office.get("/api/v1/precedents?words=摊贩").json()
        assert [one["id"] for one in found["precedents"]] == [pk]
        assert office.get("/api/v1/precedents?word=摊贩").status_code == 422
        again = office.post("/api/v1/precedents", body, content_type="application/json")
        assert again.json()["refusals"][0]["code"] == "precedents.made_already"
