"""Media supervision on pages: proposed, agreed to, answered, published, closed by forms; print and Word; the API."""

import io
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from docx import Document as Docx

from hotline.oversight.supervision.media.models import Handover, HandoverFile, MediaPartner
from hotline.rules.media import Deed, Status
from hotline.rules.vocabulary import Stage
from tests.cast import REQUESTER, Cast
from tests.oversight.supervision.media.handing import ANSWER, GROUNDS, TOLD, brought, did, partner, proposed
from tests.uploads import PDF
from tests.visits import at, latin, signed_in
from tests.walks import OPENING

pytestmark = pytest.mark.django_db
MOST = 9
TODAY = OPENING.date().isoformat()
BASE = "/supervision/media/"
Limit = Callable[[int], AbstractContextManager[object]]


def text(page: Any) -> str:
    return str(page.content.decode())


def got(cast: Cast, who: str, address: str) -> Any:
    with at(OPENING):
        return signed_in(cast, who).get(address)


def posted(client: Client, row: Handover, deed: str, **fields: object) -> Any:
    with at(OPENING):
        answer = client.post(
            f"{BASE}{row.pk}/{deed.replace('_', '-')}/", {f"{deed}-{name}": said for name, said in fields.items()}
        )
    row.refresh_from_db()
    return answer


def written(cast: Cast, **more: str) -> dict[str, str]:
    ticket = cast.ticket_at(Stage.HANDLING)
    given = {
        "medium": str(partner(cast).pk),
        "hand_on": TODAY,
        "tickets": ticket.number,
        "title": TOLD,
        "text": GROUNDS,
    }
    return given | more


def test_an_empty_desk_says_what_will_stand_there(cast: Cast):
    assert "提出移交" in text(got(cast, "supervisor", BASE))
    ours = text(got(cast, "cgj_handler", BASE))
    assert "移交媒体后" in ours
    assert "合作媒体" not in ours.split("<main")[1]
    assert "还没有合作媒体" in text(got(cast, "director", f"{BASE}partners/"))


def test_the_whole_way_by_forms(cast: Cast, tmp_path: Path):
    supervisor, leader, clerk = (signed_in(cast, who) for who in ("supervisor", "team_leader", "cgj_handler"))
    with at(OPENING):
        answer = supervisor.post(f"{BASE}new/", written(cast))
    row = Handover.objects.get()
    assert answer.headers["Location"] == f"{BASE}{row.pk}/"
    assert f"{BASE}{row.pk}/" in text(leader.get(BASE))
    assert posted(leader, row, "agree").status_code == 302
    assert (row.status, row.serial) == ("handed", 1)
    posted(clerk, row, "answer", text=ANSWER)
    offered = text(supervisor.get(f"{BASE}{row.pk}/"))
    assert all(f">{deed}<kbd>" in offered for deed in ("登记刊播", "登记跟进", "撤回移交"))
    with override_settings(MEDIA_ROOT=tmp_path):
        page = SimpleUploadedFile("版面.pdf", PDF, "application/pdf")
        posted(supervisor, row, "publish", title="路口清出一条道", on=TODAY, text="https://example.com/a", file=page)
    posted(leader, row, "release", unit="CGJ", on=TODAY)
    posted(supervisor, row, "follow_up", follow="visit", on=TODAY, text="路口畅通")
    posted(supervisor, row, "close", outcome="resolved", text="媒体和市民认可")
    assert (row.status, row.publications, row.follow_ups) == ("closed", 1, 1)
    ours = text(clerk.get(f"{BASE}{row.pk}/"))
    assert all(said in ours for said in ("热媒移〔2026〕1号", TOLD.splitlines()[0], ANSWER, "版面.pdf"))
    assert 'href="https://example.com/a"' in ours
    assert GROUNDS not in ours
    assert "路口畅通" not in ours


def test_what_names_the_requester_is_shown_again_with_what_must_go(cast: Cast):
    with at(OPENING):
        answer = signed_in(cast, "supervisor").post(
            f"{BASE}new/", written(cast, title=f"{TOLD}\n诉求人{REQUESTER['name']}，电话{REQUESTER['phone']}")
        )
    page = text(answer)
    assert answer.status_code == 422
    assert "第3行有工单" in page
    assert "诉求人的姓名" in page
    assert "诉求人的电话号码" in page
    assert GROUNDS in page, "what was typed is kept"
    assert not Handover.objects.exists()


def test_a_list_is_written_again_and_not_after_it_was_handed_over(cast: Cast):
    row = proposed(cast)
    client = signed_in(cast, "supervisor")
    assert TOLD.splitlines()[0] in text(client.get(f"{BASE}{row.pk}/revise/"))
    said = written(cast, title="改过的文字", version=str(row.version))
    with at(OPENING):
        assert client.post(f"{BASE}{row.pk}/revise/", said | {"tickets": ""}).status_code == 422
        assert client.post(f"{BASE}{row.pk}/revise/", said).status_code == 302
        assert client.post(f"{BASE}{row.pk}/revise/", said).status_code == 409
    row.refresh_from_db()
    assert row.title == "改过的文字"
    assert did(cast, row, "team_leader", Deed.AGREE).ok
    assert client.get(f"{BASE}{row.pk}/revise/").status_code == 302


@pytest.mark.parametrize(
    ("who", "deed", "fields", "status"),
    [
        ("supervisor", "agree", {}, 409),
        ("team_leader", "send_back", {"text": ""}, 422),
        ("team_leader", "close", {"text": "好"}, 403),
        ("supervisor", "publish", {"text": "第3版"}, 409),
        ("supervisor", "fly", {}, 404),
        ("cgj_handler", "answer", {"text": ANSWER}, 404),
    ],
)
def test_a_deed_that_is_not_possible_is_refused(cast: Cast, who: str, deed: str, fields: dict[str, str], status: int):
    row = proposed(cast)
    assert posted(signed_in(cast, who), row, deed, **fields).status_code == status
    assert row.status == "proposed"


def test_a_scan_that_is_none_leaves_no_publication(cast: Cast):
    row = brought(cast, Status.HANDED)
    empty = SimpleUploadedFile("版面.exe", b"MZ\x90\x00", "application/octet-stream")
    answer = posted(signed_in(cast, "supervisor"), row, "publish", title="题", on=TODAY, text="第3版", file=empty)
    assert answer.status_code == 422
    assert (row.publications, HandoverFile.objects.count()) == (0, 0)
    assert posted(signed_in(cast, "supervisor"), row, "attach").status_code == 422


def test_partners_are_kept_on_their_page(cast: Cast):
    client = signed_in(cast, "supervisor")
    said = {"name": "合肥电台", "kind": "radio", "contact": "新闻部", "phone": "0551-62600001", "on": "on"}
    assert client.post(f"{BASE}partners/new/", {"name": ""}).status_code == 422
    assert client.post(f"{BASE}partners/new/", said).status_code == 302
    row = MediaPartner.objects.get()
    assert "合肥电台" in text(client.get(f"{BASE}partners/"))
    client.post(f"{BASE}partners/{row.pk}/", {name: said[name] for name in said if name != "on"})
    row.refresh_from_db()
    assert not row.on
    assert "停用" in text(client.get(f"{BASE}partners/"))
    assert "合肥电台" not in text(client.get(f"{BASE}new/"))
    assert client.get(f"{BASE}partners/{row.pk + 1}/").status_code == 404


def test_the_paper_holds_what_the_medium_is_told_and_nothing_else(cast: Cast):
    row = brought(cast, Status.CLOSED)
    page = text(got(cast, "supervisor", f"{BASE}{row.pk}/paper/"))
    assert "媒体督办移交单" in page
    assert TOLD.splitlines()[0] in page
    assert not any(said in page for said in (*REQUESTER.values(), GROUNDS, row.tickets[0]))
    word = got(cast, "team_leader", f"{BASE}{row.pk}/paper/word/")
    said = "\n".join(cell.text for table in Docx(io.BytesIO(word.content)).tables for cell in table._cells)
    assert "热媒移〔2026〕1号" in said
    assert TOLD.splitlines()[0] in said
    early = proposed(cast)
    assert got(cast, "supervisor", f"{BASE}{early.pk}/paper/").status_code == 404


@pytest.mark.parametrize("who", ["supervisor", "team_leader", "cgj_handler"])
@pytest.mark.parametrize("status", [Status.PROPOSED, Status.HANDED, Status.ANSWERED, Status.CLOSED])
def test_no_english_on_chinese_pages(cast: Cast, who: str, status: Status):
    row = brought(cast, status)
    for address in (BASE, f"{BASE}?show=handed", f"{BASE}{row.pk}/"):
        answer = got(cast, who, address)
        if answer.status_code == 200:
            assert latin(text(answer)) <= {"DH", "Word"}, address


def test_few_statements(cast: Cast, django_assert_max_num_queries: Limit):
    rows = [proposed(cast) for _ in range(6)]
    for row in rows:
        did(cast, row, "team_leader", Deed.AGREE)
    client = signed_in(cast, "supervisor")
    got(cast, "supervisor", BASE)
    with at(OPENING), django_assert_max_num_queries(MOST):
        client.get(BASE)
    with at(OPENING), django_assert_max_num_queries(MOST + 5):
        client.get(f"{BASE}{rows[0].pk}/")


def called(client: Client, address: str, **said: object) -> Any:
    with at(OPENING):
        return client.post(f"/api/v1/{address}", json.dumps(said), content_type="application/json")


def test_other_programs_do_the_same(cast: Cast):
    supervisor, leader, clerk = (signed_in(cast, who) for who in ("supervisor", "team_leader", "cgj_handler"))
    medium = called(supervisor, "media-partners", name="合肥晚报", kind="newspaper").json()
    assert medium["kind_name"] == "报纸"
    assert called(leader, "media-partners", name="电台", kind="radio").status_code == 403
    ticket = cast.ticket_at(Stage.HANDLING)
    said = {"medium": medium["id"], "tickets": [ticket.number], "hand_on": TODAY, "title": TOLD, "text": GROUNDS}
    made = called(supervisor, "media-handovers", **said).json()
    assert (made["status"], made["units"], made["tickets"]) == ("proposed", ["CGJ"], [ticket.number])
    pk = made["id"]
    leaking = called(supervisor, "media-handovers", **said | {"title": REQUESTER["phone"]})
    assert leaking.status_code == 422
    assert REQUESTER["phone"] not in text(leaking)
    assert called(supervisor, f"media-handovers/{pk}/agree").status_code == 409
    assert called(leader, f"media-handovers/{pk}/agree").json()["number"] == "热媒移〔2026〕1号"
    assert called(clerk, f"media-handovers/{pk}/answer", text=ANSWER).status_code == 200
    assert called(leader, f"media-handovers/{pk}/release", unit="CGJ", on=TODAY).json()["status"] == "answered"
    assert called(supervisor, f"media-handovers/{pk}/publish", title="题", text="第3版", on=TODAY).status_code == 200
    assert called(supervisor, f"media-handovers/{pk}/follow-up", follow="call", text="好", on=TODAY).status_code == 200
    assert (
        called(supervisor, f"media-handovers/{pk}/close", outcome="resolved", text="好").json()["outcome"] == "resolved"
    )
    whole = clerk.get(f"/api/v1/media-handovers/{pk}").json()
    assert (whole["grounds"], whole["deeds"]) == ("", [])
    assert [line["deed"] for line in whole["history"]] == ["agree", "answer", "release", "publish", "close"]
    assert signed_in(cast, "sthj_handler").get(f"/api/v1/media-handovers/{pk}").status_code == 404
    assert [one["id"] for one in clerk.get("/api/v1/media-handovers?status=closed").json()["handovers"]] == [pk]
    assert clerk.get("/api/v1/media-handovers?stand=closed").status_code == 422
    assert (
        called(supervisor, f"media-partners/{medium['id']}", name="合肥晚报", kind="website").json()["kind"]
        == "website"
    )
    assert called(supervisor, f"media-partners/{medium['id'] + 1}", name="x", kind="website").status_code == 404
