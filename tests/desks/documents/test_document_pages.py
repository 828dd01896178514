"""Documents on pages: drafted, checked, signed, sealed, issued by forms; the paper in print and in Word; the API."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from docx import Document as Docx

from hotline.desks.documents.word_template import build
from hotline.oversight.documents.models import Document, DocumentFile
from hotline.oversight.supervision.models import Criticism
from hotline.rules.documents import Deed, DocumentKind, Status
from tests.cast import Cast
from tests.oversight.documents.writing import BODY, TITLE, brought, did, drafted
from tests.uploads import PDF
from tests.visits import at, latin, signed_in
from tests.walks import OPENING

pytestmark = pytest.mark.django_db
MOST = 8
Limit = Callable[[int], AbstractContextManager[object]]
DRAFT = {"kind": "circular", "title": TITLE, "body": BODY, "recipients": ["CGJ"], "copies": ["STHJ"]}


def text(page: object) -> str:
    return page.content.decode()  # type: ignore[attr-defined]  # an answer of the test client


def posted(client: Client, row: Document, deed: str, **fields: object) -> object:
    with at(OPENING):
        answer = client.post(
            f"/documents/{row.pk}/{deed.replace('_', '-')}/", {f"{deed}-{k}": v for k, v in fields.items()}
        )
    row.refresh_from_db()
    return answer


def test_an_empty_desk_says_what_will_stand_there(cast: Cast):
    assert "没有这样的公文" in text(signed_in(cast, "supervisor").get("/documents/"))
    assert "印发给本单位" in text(signed_in(cast, "cgj_handler").get("/documents/"))


def test_the_whole_way_by_forms(cast: Cast):
    supervisor, leader = signed_in(cast, "supervisor"), signed_in(cast, "team_leader")
    with at(OPENING):
        answer = supervisor.post("/documents/new/?about=criticism&key=7", DRAFT)
    row = Document.objects.get()
    assert answer.headers["Location"] == f"/documents/{row.pk}/"
    assert (row.about, row.about_key) == ("criticism", "7")
    posted(supervisor, row, "submit")
    assert f"/documents/{row.pk}/" in text(leader.get("/documents/"))
    posted(leader, row, "check")
    posted(supervisor, row, "sign", signer="徐明", signed_on="2026-03-17")
    posted(leader, row, "seal", prints="20")
    posted(supervisor, row, "issue")
    assert (row.status, row.serial, row.prints) == ("issued", 1, 20)
    page = text(signed_in(cast, "cgj_handler").get(f"/documents/{row.pk}/"))
    assert "热通报〔2026〕1号" in page
    assert "核稿通过" not in page


def test_a_draft_that_lacks_something_is_shown_again_with_what_was_typed(cast: Cast):
    answer = signed_in(cast, "supervisor").post("/documents/new/", DRAFT | {"recipients": [], "title": "只有标题"})
    assert answer.status_code == 422
    assert "请选择主送单位" in text(answer)
    assert "只有标题" in text(answer)


def test_a_draft_is_written_again_and_not_after_it_was_checked(cast: Cast):
    row = drafted(cast)
    client = signed_in(cast, "supervisor")
    assert TITLE in text(client.get(f"/documents/{row.pk}/revise/"))
    with at(OPENING):
        said = DRAFT | {"title": "改过的标题", "version": row.version}
        assert client.post(f"/documents/{row.pk}/revise/", said).status_code == 302
        assert client.post(f"/documents/{row.pk}/revise/", said).status_code == 409
    row.refresh_from_db()
    assert row.title == "改过的标题"
    checked = brought(cast, Status.CHECKED)
    assert client.get(f"/documents/{checked.pk}/revise/").headers["Location"] == f"/documents/{checked.pk}/"


def test_refusals_stand_beside_what_is_to_mend(cast: Cast):
    client = signed_in(cast, "supervisor")
    row = brought(cast, Status.CHECKED)
    ahead = posted(client, row, "sign", signer="徐明", signed_on="2026-03-18")
    assert (ahead.status_code, row.serial) == (422, None)  # type: ignore[attr-defined]  # an answer
    assert "签发日期不能晚于今天" in text(ahead)
    own = posted(client, brought(cast, Status.SUBMITTED), "check")
    assert own.status_code == 409  # type: ignore[attr-defined]  # an answer
    assert "不能自己核稿" in text(own)
    assert posted(signed_in(cast, "director"), row, "void", text="不妥").status_code == 403  # type: ignore[attr-defined]  # an answer
    assert client.post(f"/documents/{row.pk}/burn/").status_code == 404


def test_signed_pages_are_for_the_office(cast: Cast, tmp_path: Path):
    with override_settings(MEDIA_ROOT=tmp_path):
        row = brought(cast, Status.ISSUED)
        client = signed_in(cast, "supervisor")
        assert "请选择" in text(posted(client, row, "attach"))
        assert posted(client, row, "attach", file=SimpleUploadedFile("签批页.pdf", PDF)).status_code == 302  # type: ignore[attr-defined]  # an answer
        again = posted(client, row, "attach", file=SimpleUploadedFile("签批页.pdf", PDF))
        assert "已经传过" in text(again)
        file = f"/documents/{row.pk}/files/{DocumentFile.objects.get().pk}/"
        assert b"".join(client.get(file).streaming_content)  # type: ignore[attr-defined]  # a file
        unit = signed_in(cast, "cgj_handler")
        assert unit.get(file).status_code == 404
        assert "签批页.pdf" not in text(unit.get(f"/documents/{row.pk}/"))


def words_of(body: bytes) -> list[str]:
    return [paragraph.text for paragraph in Docx(io.BytesIO(body)).paragraphs]


def test_the_paper_holds_what_a_letter_of_an_office_holds(cast: Cast):
    row = brought(cast, Status.ISSUED)
    client = signed_in(cast, "cgj_head")
    page = text(client.get(f"/documents/{row.pk}/paper/"))
    lines = words_of(client.get(f"/documents/{row.pk}/paper/word/").content)
    for part in ("热通报〔2026〕1号", TITLE, "一、总体情况良好。", "2026年3月17日", "2026年3月17日印发"):
        assert part in page.replace("</span><span>", "")
        assert any(part in line for line in lines), part
    assert any(line.endswith("：") and "城" in line for line in lines)
    assert any(line.startswith("抄送：") for line in lines)
    assert not any("签发人" in line for line in lines)
    assert "草稿" not in page


def test_word_keeps_the_margins_and_types_of_the_standard():
    paper = Docx(io.BytesIO(build()))
    section = paper.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(length.mm) for length in margins if length is not None] == [37, 35, 28, 26]
    fonts = {run.font.name: run.font.size.pt for p in paper.paragraphs for run in p.runs if run.font.size}
    assert fonts.keys() == {"方正小标宋简体", "仿宋_GB2312", "黑体"}
    with ZipFile(io.BytesIO(build())) as package:
        assert "E60012" in package.read("word/document.xml").decode()


def test_a_report_to_the_leaders_names_them_and_its_signer(cast: Cast):
    upward = {"recipients": [], "copies": [], "sent_to": "市委、市政府"}
    row = brought(cast, Status.SEALED, DocumentKind.SPECIAL_REPORT, **upward)
    client = signed_in(cast, "director")
    lines = words_of(client.get(f"/documents/{row.pk}/paper/word/?head=0").content)
    assert any("签发人：徐明" in line for line in lines)
    assert "市委、市政府：" in lines
    assert "签发人：徐明" in text(client.get(f"/documents/{row.pk}/paper/?head=0"))


def test_a_draft_and_a_voided_one_say_so_on_paper(cast: Cast):
    row = drafted(cast)
    client = signed_in(cast, "supervisor")
    assert "草稿，未经签发" in text(client.get(f"/documents/{row.pk}/paper/"))
    void = brought(cast, Status.SIGNED)
    assert did(cast, void, "supervisor", Deed.VOID).ok
    assert "作废" in words_of(client.get(f"/documents/{void.pk}/paper/word/").content)


def test_the_citys_own_form_is_used_and_a_damaged_one_passed_over(cast: Cast, tmp_path: Path):
    row = brought(cast, Status.ISSUED)
    client = signed_in(cast, "supervisor")
    own = Docx()
    own.add_paragraph("本市格式 {{ number }}")
    own.save(str(tmp_path / "document-circular.docx"))
    with override_settings(PAPERS=tmp_path):
        assert words_of(client.get(f"/documents/{row.pk}/paper/word/").content) == ["本市格式 热通报〔2026〕1号"]
        (tmp_path / "document-circular.docx").write_bytes(b"no form")
        assert TITLE in words_of(client.get(f"/documents/{row.pk}/paper/word/").content)


def test_full_pages_cost_no_more_statements(cast: Cast, django_assert_max_num_queries: Limit):
    rows = [brought(cast, status) for status in (Status.DRAFT, Status.SUBMITTED, Status.ISSUED, Status.SIGNED)]
    client = signed_in(cast, "team_leader")
    client.get("/documents/")
    with django_assert_max_num_queries(MOST):
        client.get("/documents/?show=way&kind=circular")
    with django_assert_max_num_queries(MOST + 1):
        client.get(f"/documents/{rows[2].pk}/")


@pytest.mark.parametrize("address", ["/documents/", "/documents/new/", "/documents/{pk}/", "/documents/{pk}/paper/"])
def test_nothing_english_stands_on_chinese_pages(cast: Cast, address: str):
    row = brought(cast, Status.CHECKED)
    page = text(signed_in(cast, "supervisor").get(address.format(pk=row.pk)))
    assert latin(page) <= {"Ctrl", "Word", "A"}


def test_a_notice_leads_to_the_document(cast: Cast):
    row = brought(cast, Status.ISSUED)
    client = signed_in(cast, "cgj_head")
    page = text(client.get("/notices/"))
    assert "热通报〔2026〕1号" in page
    assert "公文已印发给本单位" in page
    assert TITLE in page
    assert row.pk


def test_the_same_way_through_the_api(cast: Cast):
    def call(who: str, path: str, **said: object) -> object:
        with at(OPENING):
            return signed_in(cast, who).post(f"/api/v1/documents{path}", said, content_type="application/json")

    made = call("supervisor", "", **DRAFT)
    assert made.status_code == 200, made.content  # type: ignore[attr-defined]  # an answer
    pk = Document.objects.get().pk
    assert call("team_leader", "", **DRAFT).status_code == 403  # type: ignore[attr-defined]  # an answer
    for who, deed, said in (
        ("supervisor", "submit", {}),
        ("team_leader", "check", {}),
        ("supervisor", "sign", {"signer": "徐明", "signed_on": "2026-03-17"}),
        ("team_leader", "seal", {"prints": 3}),
        ("supervisor", "issue", {}),
    ):
        answer = call(who, f"/{pk}/{deed}", **said)
        assert answer.status_code == 200, answer.content  # type: ignore[attr-defined]  # an answer
    client = signed_in(cast, "cgj_handler")
    whole = client.get(f"/api/v1/documents/{pk}").json()
    assert (whole["number"], whole["body"], whole["deeds"]) == ("热通报〔2026〕1号", BODY, [])
    assert [one["id"] for one in client.get("/api/v1/documents?status=issued").json()["documents"]] == [pk]
    assert client.get("/api/v1/documents?state=issued").status_code == 422
    assert call("supervisor", f"/{pk}/issue").status_code == 409  # type: ignore[attr-defined]  # an answer
    assert call("supervisor", f"/{pk}/void", text="").status_code == 422  # type: ignore[attr-defined]  # an answer
    assert call("supervisor", "/99999/void", text="错").status_code == 404  # type: ignore[attr-defined]  # an answer


def test_a_criticism_that_was_taken_up_leads_to_its_draft(cast: Cast):
    given = {"seq": 4, "unit": "CGJ", "clock": "unit_reply", "due_at": OPENING, "proposed_at": OPENING}
    taken = Criticism.objects.create(number="340103", taken=True, decided_at=OPENING, **given)
    address = f"/documents/new/?kind=circular&amp;about=criticism&amp;key={taken.pk}"
    assert address in text(signed_in(cast, "supervisor").get("/supervision/criticisms/"))
    assert address not in text(signed_in(cast, "auditor").get("/supervision/criticisms/"))
