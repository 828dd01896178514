"""The pages of a dispute: lists with lights, the court file of one page, deeds by forms, minutes and invitation."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document as Docx
from icalendar import Calendar

from hotline.rules.joint import Deed
from hotline.stages.joint.models import DisputeFile, JointPage
from tests.cast import Cast
from tests.stages.joint.panels import SPEAKERS, STHJ, convened, did, disputed, file_of, heard, ruled, signed
from tests.uploads import PDF
from tests.visits import at, latin, signed_in

pytestmark = pytest.mark.django_db
MOST = 17
Limit = Callable[[int], AbstractContextManager[object]]


def shown(cast: Cast, who: str, row: DisputeFile, path: str = "", *, lang: str = "zh-hans") -> Any:
    with at(row.last_at + timedelta(minutes=1)):
        return signed_in(cast, who, lang=lang).get(f"/joint/files/{row.pk}/{path}")


def posted(cast: Cast, who: str, row: DisputeFile, deed: Deed, **fields: object) -> Any:
    row.refresh_from_db()
    with at(row.last_at + timedelta(minutes=1)):
        answer = signed_in(cast, who).post(
            f"/joint/files/{row.pk}/{deed.value}/",
            {"version": row.version, **{f"{deed.value}-{name}": value for name, value in fields.items()}},
        )
    row.refresh_from_db()
    return answer


def text(page: Any) -> str:
    return str(page.content.decode())


def test_an_empty_list_says_what_will_stand_there(cast: Cast) -> None:
    disputed_by = signed_in(cast, "cgj_handler").get("/joint/")
    assert "本单位参加的权属争议" in text(disputed_by)
    assert "争议卷会自动出现" in text(signed_in(cast, "supervisor").get("/joint/"))
    assert signed_in(cast, "system_admin").get("/joint/").status_code == 403


def test_the_list_shows_the_light_of_the_step_that_runs(cast: Cast) -> None:
    row = file_of(disputed(cast))
    with at(row.last_at + timedelta(minutes=1)):
        page = text(signed_in(cast, "dispatcher").get("/joint/"))
    assert "等我处理" in page
    assert "light-green" in page
    with at(row.last_at + timedelta(days=9)):
        assert "light-red" in text(signed_in(cast, "dispatcher").get("/joint/?show=open"))


def test_both_positions_stand_side_by_side_with_basis_and_finding(cast: Cast) -> None:
    page = text(shown(cast, "supervisor", file_of(disputed(cast))))
    for said in (
        "本局没有行政处罚权",
        "噪声属生态环境部门职责",
        "确有争议",
        "主张由市城管局承办",
        "主张由市生态环境局承办",
    ):
        assert said in page
    assert latin(page) == set()


@pytest.mark.parametrize("who", ["supervisor", "dispatcher", "team_leader", "cgj_head", "bb_deputy", "sjw_head"])
def test_everybody_concerned_reads_the_file_in_chinese(cast: Cast, who: str) -> None:
    row = ruled(cast)
    page = shown(cast, who, row)
    assert page.status_code == 200
    assert latin(text(page)) <= {"Word"}
    assert "对查实的违法行为立案处罚" in text(page)


def test_who_has_no_part_finds_nothing(cast: Cast) -> None:
    row = ruled(cast)
    assert shown(cast, "ly_head", row).status_code == 404
    assert shown(cast, "audit_admin", row).status_code == 403


def test_a_court_file_takes_few_statements(cast: Cast, django_assert_max_num_queries: Limit) -> None:
    """Everything stands on one page: the ticket, its ledger, the file with its words, pages, and past rulings."""
    row = ruled(cast)
    with at(row.last_at + timedelta(minutes=1)):
        client = signed_in(cast, "supervisor")
        client.get(f"/joint/files/{row.pk}/")
        with django_assert_max_num_queries(MOST):
            client.get(f"/joint/files/{row.pk}/")


def test_the_whole_way_by_forms(cast: Cast) -> None:
    row = file_of(disputed(cast))
    when = (row.last_at + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    seats = {"staffing": "BB", "justice": "SFJ", "observer": "SJW", "parties": ["CGJ", "STHJ"]}
    called = posted(
        cast, "supervisor", row, Deed.CONVENE, form="meeting", meets_at=when, place="二楼", agenda="谁主办", **seats
    )
    assert called.status_code == 302, text(called)
    for who in SPEAKERS:
        answer = posted(
            cast, who, row, Deed.OPINE, lead="STHJ", opinion="应由生态环境局主办", basis="三定", signer="某某"
        )
        assert answer.status_code == 302, text(answer)
    task = {"unit_1": "CGJ", "task_1": "立案处罚", "order_1": "1", "days_1": "3"}
    answer = posted(
        cast, "supervisor", row, Deed.CONCLUDE, lead="STHJ", minutes="如议", legal_basis="法", reusable="yes", **task
    )
    assert answer.status_code == 302, text(answer)
    for who in SPEAKERS:
        posted(cast, who, row, Deed.AGREE, agrees="yes")
    posted(cast, "team_leader", row, Deed.SIGN, signer="王副秘书长", signed_on=row.last_at.date().isoformat())
    posted(cast, "supervisor", row, Deed.RULE)
    assert (row.status, row.lead, row.reusable) == ("ruled", "STHJ", True)
    posted(cast, "cgj_handler", row, Deed.OBJECT, reason="人手不足", legal_basis="编制规定")
    assert row.objected == ["CGJ"]
    assert "有异议" in text(shown(cast, "supervisor", row))


def test_a_refusal_keeps_what_was_typed_and_names_units(cast: Cast) -> None:
    row = heard(cast)
    answer = posted(
        cast, "supervisor", row, Deed.CONCLUDE, lead="CGJ", minutes="城管主办", legal_basis="法", reusable="no"
    )
    assert answer.status_code == 422
    assert "城管主办" in text(answer)
    assert "会办意见支持的主办单位是市生态环境局" in text(answer)
    assert posted(cast, "cgj_head", row, Deed.CONCLUDE, lead="CGJ", minutes="x", legal_basis="y").status_code == 403


def test_somebody_elses_deed_in_between_is_told(cast: Cast) -> None:
    row = file_of(disputed(cast))
    stale = row.version
    did(cast, row, "cgj_head", Deed.STATE)
    with at(row.last_at + timedelta(minutes=2)):
        fields = {"version": stale, "mediate-lead": "STHJ", "mediate-finding": "谈妥"}
        answer = signed_in(cast, "dispatcher").post(f"/joint/files/{row.pk}/mediate/", fields)
    assert answer.status_code == 409
    assert "您的这一次没有生效" in text(answer)


def test_the_signed_page_is_put_in_and_opened_by_the_office(cast: Cast) -> None:
    row = signed(cast)
    answer = posted(cast, "team_leader", row, Deed.ATTACH, file=SimpleUploadedFile("纪要.pdf", PDF))
    assert answer.status_code == 302, text(answer)
    page = JointPage.objects.get()
    opened = shown(cast, "supervisor", row, f"pages/{page.pk}/")
    assert opened.getvalue().startswith(b"%PDF")
    assert shown(cast, "cgj_head", row, f"pages/{page.pk}/").status_code == 404
    again = posted(cast, "team_leader", row, Deed.ATTACH, file=SimpleUploadedFile("纪要.pdf", PDF))
    assert "已经上传过" in text(again)
    assert posted(cast, "team_leader", row, Deed.ATTACH).status_code == 422


def test_the_invitation_is_a_calendar_file(cast: Cast) -> None:
    row = convened(cast)
    answer = shown(cast, "bb_deputy", row, "invitation/")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    event = Calendar.from_ical(answer.content).walk("VEVENT")[0]
    assert event.decoded("dtstart") == row.meets_at
    assert "夜间施工噪声由谁主办" in str(event["description"])
    assert str(event["location"]) == "二楼会议室"
    assert shown(cast, "supervisor", file_of(disputed(cast)), "invitation/").status_code == 404


def test_the_minutes_say_who_holds_what_and_who_dissents(cast: Cast) -> None:
    row = did(cast, heard(cast, cgj_head=STHJ, sthj_head="CGJ"), "supervisor", Deed.CONCLUDE)  # type: ignore[arg-type]  # codes
    with at(row.last_at + timedelta(minutes=1)):
        client = signed_in(cast, "supervisor")
        printed = text(client.get(f"/minutes/{row.pk}/"))
        word = client.get(f"/minutes/{row.pk}/word/").content
    said = "\n".join(paragraph.text for paragraph in Docx(BytesIO(word)).paragraphs)
    for paper in (printed, said):
        assert "草稿，未经签发" in paper
        assert "不同意见：市生态环境局" in paper
        assert "协办1：市城管局，对查实的违法行为立案处罚，时限3个工作日" in paper
    row = ruled(cast)
    with at(row.last_at + timedelta(minutes=1)):
        assert "草稿" not in text(signed_in(cast, "supervisor").get(f"/minutes/{row.pk}/"))
        assert signed_in(cast, "supervisor").get(f"/minutes/{file_of(disputed(cast)).pk}/").status_code == 404


def test_past_rulings_of_the_category_are_shown(cast: Cast) -> None:
    ruled(cast)
    page = text(shown(cast, "dispatcher", file_of(disputed(cast))))
    assert "《噪声污染防治法》" in page
    assert "同类事项" in page or "内容相近" in page
