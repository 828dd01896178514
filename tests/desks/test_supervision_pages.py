"""The supervisors' desk and what units see of it: pages by role, deeds by forms, papers, evidence, campaigns."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hotline.oversight.supervision import commands
from hotline.oversight.supervision.models import Criticism, SupervisedTicket, Supervision, SupervisionFile
from hotline.rules import acts
from hotline.rules.supervision import Cause
from hotline.rules.vocabulary import Flag, Stage, SupervisionKind
from tests.cast import Cast, Ticket
from tests.uploads import photo
from tests.visits import at, latin, signed_in

pytestmark = pytest.mark.django_db
K = SupervisionKind
MOST = 8
Limit = Callable[[int], AbstractContextManager[object]]
HOUR = timedelta(hours=1)


def started(cast: Cast, ticket: Ticket, kind: K = K.KEY, who: str = "supervisor", **more: object) -> Supervision:
    wish = commands.Wish(kind=kind, cause=Cause.BY_HAND, number=ticket.number, **more)  # type: ignore[arg-type]  # fields of a wish
    made = commands.start(wish, actor=cast.actor(who), now=ticket.at)
    assert made.row is not None, made.refusals
    return made.row


def text(page: object) -> str:
    return page.content.decode()  # type: ignore[attr-defined]  # an answer of the test client


def posted(client: Client, row: Supervision, deed: str, ticket: Ticket, **fields: object) -> object:
    with at(ticket.at + HOUR):
        return client.post(
            f"/supervision/{row.pk}/{deed}/", {f"{deed.replace('-', '_')}-{k}": v for k, v in fields.items()}
        )


def test_an_empty_desk_says_what_will_stand_there(cast: Cast):
    page = text(signed_in(cast, "supervisor").get("/supervision/"))
    assert "没有等您处理的督办" in page
    assert all(kind in page for kind in ("平台督办", "重点督办", "专项督办", "现场督办", "媒体督办"))


def test_a_full_desk_costs_no_more_statements(cast: Cast, django_assert_max_num_queries: Limit):
    for _ in range(8):
        started(cast, cast.ticket_at(Stage.HANDLING), opens=False)
        started(cast, cast.ticket_at(Stage.HANDLING, lead="STHJ"))
    client = signed_in(cast, "supervisor")
    client.get("/supervision/")
    with django_assert_max_num_queries(MOST + 4):  # parked matters and instructions that are due are counted, too
        client.get("/supervision/")


def test_a_proposal_is_opened_with_one_click_from_the_desk(cast: Cast):
    ticket = cast.ticket_at(Stage.HANDLING)
    row = started(cast, ticket, who="reviewer", opens=False)
    client = signed_in(cast, "supervisor")
    page = text(client.get("/supervision/"))
    assert f'action="/supervision/{row.pk}/open/"' in page
    with at(ticket.at + HOUR):
        answer = client.post(f"/supervision/{row.pk}/open/", {"next": "/supervision/", "version": row.version})
    assert answer.headers["Location"] == "/supervision/"
    row.refresh_from_db()
    assert (row.status, row.units, row.owner) == ("open", ["CGJ"], str(cast.user("supervisor").pk))


def test_a_proposal_is_dismissed_only_with_a_reason(cast: Cast):
    ticket = cast.ticket_at(Stage.HANDLING)
    row = started(cast, ticket, who="reviewer", opens=False)
    client = signed_in(cast, "supervisor")
    refused = posted(client, row, "dismiss", ticket, text=" ")
    assert (refused.status_code, "请填写“驳回建议”的说明" in text(refused)) == (422, True)
    assert posted(client, row, "dismiss", ticket, text="已由属地处置").status_code == 302
    row.refresh_from_db()
    assert row.status == "dismissed"


def test_a_unit_finds_what_it_owes_and_reports_with_evidence(cast: Cast):
    ticket = cast.ticket_at(Stage.HANDLING)
    row = started(cast, ticket, text="三日内解决")
    clerk = signed_in(cast, "cgj_handler")
    ours = text(clerk.get("/supervision/"))
    assert "等本单位反馈" in ours
    assert "小区门口占道经营" in ours
    assert "三日内解决" in text(clerk.get(f"/supervision/{row.pk}/"))
    picture = SimpleUploadedFile("现场.png", photo("PNG"), "image/png")
    answer = posted(clerk, row, "report", ticket, text="摊点已清理", file=picture)
    assert answer.status_code == 302, text(answer)
    kept = SupervisionFile.objects.get()
    opened = clerk.get(f"/supervision/{row.pk}/files/{kept.pk}/")
    assert b"PNG" in b"".join(opened)
    supervisor = signed_in(cast, "supervisor")
    assert "摊点已清理" in text(supervisor.get(f"/supervision/{row.pk}/"))
    assert signed_in(cast, "sthj_handler").get(f"/supervision/{row.pk}/files/{kept.pk}/").status_code == 404


def test_a_refused_report_keeps_the_words_and_takes_in_no_file(cast: Cast):
    ticket = cast.ticket_at(Stage.HANDLING)
    row = started(cast, ticket)
    clerk = signed_in(cast, "cgj_handler")
    bad = SimpleUploadedFile("程序.exe", b"MZ\x90\x00" + b"\x00" * 100)
    answer = posted(clerk, row, "report", ticket, text="摊点已清理", file=bad)
    assert answer.status_code == 422
    assert "摊点已清理" in text(answer)
    assert not SupervisionFile.objects.exists()
    row.refresh_from_db()
    assert row.status == "open"


def test_an_evidence_form_without_a_file_says_so(cast: Cast):
    ticket = cast.ticket_at(Stage.HANDLING)
    row = started(cast, ticket)
    assert posted(signed_in(cast, "supervisor"), row, "attach", ticket).status_code == 422


@pytest.mark.parametrize("who", ["system_admin", "security_admin", "audit_admin"])
@pytest.mark.parametrize("address", ["/supervision/", "/supervision/list/", "/supervision/new/"])
def test_administrators_have_no_business_here(cast: Cast, who: str, address: str):
    assert signed_in(cast, who).get(address).status_code == 403


@pytest.mark.parametrize("who", ["cgj_handler", "agent", "director", "auditor"])
def test_only_the_office_proposes_and_only_supervisors_open_campaigns(cast: Cast, who: str):
    client = signed_in(cast, who)
    assert client.get("/supervision/new/").status_code == 403
    assert client.get("/supervision/campaigns/new/").status_code == 403


def test_a_visit_is_nowhere_for_the_unit_until_it_was_made(cast: Cast):
    ticket = cast.ticket_at(Stage.CLOSED)
    row = started(cast, ticket, K.ON_SITE, text="不打招呼到现场看")
    for who in ("cgj_handler", "cgj_head", "agent", "reviewer"):
        client = signed_in(cast, who)
        pages = ["/supervision/", "/supervision/list/", "/notices/?show=all", f"/tickets/{ticket.number}/"]
        shown = [text(client.get(address)) for address in (*pages, f"/supervision/ticket/{ticket.number}/")]
        assert not any("不打招呼" in page or "热现督" in page for page in shown)
        assert client.get(f"/supervision/{row.pk}/").status_code == 404
        assert client.get(f"/supervision/{row.pk}/paper/").status_code == 404
        assert client.get(f"/api/v1/supervision/{row.pk}").status_code == 404
        assert client.get("/api/v1/supervision").json()["supervisions"] == []
    with at(ticket.at + HOUR):
        assert signed_in(cast, "supervisor").get(f"/supervision/{row.pk}/").status_code == 200


def test_a_supervision_is_begun_by_hand_and_a_wrong_number_is_told(cast: Cast):
    ticket = cast.ticket_at(Stage.HANDLING)
    client = signed_in(cast, "supervisor")
    with at(ticket.at + HOUR):
        wrong = client.post("/supervision/new/", {"number": "34010099999999DH000001", "kind": "key"})
        right = client.post("/supervision/new/", {"number": ticket.number, "kind": "key", "text": "三日内"})
        twice = client.post("/supervision/new/", {"number": ticket.number, "kind": "key"})
    assert (wrong.status_code, right.status_code, twice.status_code) == (422, 302, 422)
    assert "已有同类督办" in text(twice)


def test_others_of_the_office_propose(cast: Cast):
    ticket = cast.ticket_at(Stage.HANDLING)
    client = signed_in(cast, "team_leader")
    with at(ticket.at + HOUR):
        assert (
            client.post("/supervision/new/", {"number": ticket.number, "kind": "key", "text": "多人反映"}).status_code
            == 302
        )
    assert Supervision.objects.get().status == "proposed"


def test_a_campaign_is_made_of_a_filter_and_grows(cast: Cast):
    first = cast.ticket_at(Stage.HANDLING)
    cast.ticket_at(Stage.HANDLING, lead="STHJ")
    client = signed_in(cast, "supervisor")
    with at(first.at + HOUR):
        shown = text(client.get("/supervision/campaigns/new/?unit=CGJ"))
        assert "符合条件的工单 1 件" in shown
        assert client.post("/supervision/campaigns/new/?unit=CGJ", {"title": ""}).status_code == 422
        assert not Supervision.objects.exists()
        made = client.post("/supervision/campaigns/new/?unit=CGJ", {"title": "占道经营专项", "text": "集中整治"})
        row = Supervision.objects.get()
        assert made.headers["Location"] == f"/supervision/{row.pk}/"
        assert client.post(f"/supervision/{row.pk}/tickets/?unit=CGJ").status_code == 422
        assert client.post(f"/supervision/{row.pk}/tickets/").status_code == 302
        page = text(client.get(f"/supervision/{row.pk}/"))
        whole = signed_in(cast, "cgj_handler").get(f"/api/v1/supervision/{row.pk}").json()
    assert whole["numbers"] == [first.number]
    row.refresh_from_db()
    assert (row.tickets, row.units, SupervisedTicket.objects.count()) == (2, ["CGJ", "STHJ"], 2)
    assert "办结 0 / 2 件" in page


def test_the_notice_is_printed_and_comes_as_word(cast: Cast):
    ticket = cast.ticket_at(Stage.HANDLING)
    row = started(cast, ticket, text="三日内解决并反馈")
    client = signed_in(cast, "cgj_handler")
    page = text(client.get(f"/supervision/{row.pk}/paper/"))
    assert "热重督〔2026〕1号" in page
    assert "三日内解决并反馈" in page
    answer = client.get(f"/supervision/{row.pk}/paper/word/")
    document = ZipFile(BytesIO(answer.content)).read("word/document.xml").decode()
    assert "热重督〔2026〕1号" in document
    assert "13800000000" not in document + page


def test_a_confidential_ticket_is_named_by_its_number_only(cast: Cast):
    ticket = cast.ticket_at(Stage.HANDLING)
    cast.do(ticket, "agent", acts.MarkTicket(flag=Flag.CONFIDENTIAL))
    row = started(cast, ticket)
    page = text(signed_in(cast, "supervisor").get(f"/supervision/{row.pk}/paper/"))
    assert ticket.number in page
    assert "小区门口占道经营" not in page


def test_the_ticket_page_says_what_supervision_there_is(cast: Cast):
    ticket = cast.ticket_at(Stage.HANDLING)
    row = started(cast, ticket)
    client = signed_in(cast, "cgj_handler")
    assert f"/supervision/ticket/{ticket.number}/" in text(client.get(f"/tickets/{ticket.number}/"))
    part = client.get(f"/supervision/ticket/{ticket.number}/", headers={"HX-Request": "true"})
    assert f'href="/supervision/{row.pk}/"' in text(part)
    assert signed_in(cast, "sthj_handler").get(f"/supervision/ticket/{ticket.number}/").status_code == 404


def test_a_notice_leads_to_the_supervision(cast: Cast):
    ticket = cast.ticket_at(Stage.HANDLING)
    row = started(cast, ticket)
    client = signed_in(cast, "cgj_head")
    page = text(client.get("/notices/"))
    assert "已对本单位立项督办" in page
    assert "热重督〔2026〕1号" in page
    notice = cast.user("cgj_head").notices.get(about="supervision")
    assert client.get(f"/notices/{notice.pk}/").headers["Location"] == f"/supervision/{row.pk}/"


def test_a_number_that_is_nobodys(cast: Cast):
    client = signed_in(cast, "supervisor")
    assert client.get("/supervision/4711/").status_code == 404
    assert client.get("/supervision/99999999999999999999/").status_code == 404
    assert client.post("/supervision/4711/open/").status_code == 404


def test_supervisions_for_other_programs(cast: Cast):
    ticket = cast.ticket_at(Stage.HANDLING)
    client = signed_in(cast, "supervisor")
    with at(ticket.at + HOUR):
        made = client.post(
            "/api/v1/supervision", {"number": ticket.number, "kind": "key"}, content_type="application/json"
        )
        assert made.status_code == 200, made.content
        pk = made.json()["id"]
        missing = client.post(f"/api/v1/supervision/{pk}/close", {"text": "办结"}, content_type="application/json")
        assert missing.status_code == 409
        assert client.get("/api/v1/supervision?unit=CGJ").json()["supervisions"][0]["paper"] == "热重督〔2026〕1号"
        assert client.get("/api/v1/supervision/load").json()["units"] == [
            {"unit": "CGJ", "live": 1, "late": 0, "ended": 0}
        ]
        whole = client.get(f"/api/v1/supervision/{pk}").json()
    assert [line["deed"] for line in whole["history"]] == ["open"]
    assert "withdraw" in whole["deeds"]


def test_criticism_is_decided_once_and_nothing_is_issued_by_itself(cast: Cast):
    ticket = cast.ticket_at(Stage.HANDLING)
    row = Criticism.objects.create(
        number=ticket.number, seq=4, unit="CGJ", clock="unit_reply", due_at=ticket.at, proposed_at=ticket.at
    )
    client = signed_in(cast, "supervisor")
    with at(ticket.at + HOUR):
        assert "建议通报批评" in text(client.get("/supervision/"))
        client.post(f"/supervision/criticisms/{row.pk}/", {"reason": " "})
        row.refresh_from_db()
        assert row.taken is None
        client.post(f"/supervision/criticisms/{row.pk}/", {"reason": "已在整改"})
        client.post(f"/supervision/criticisms/{row.pk}/", {"taken": "1"})
        row.refresh_from_db()
        assert (row.taken, row.reason) == (False, "已在整改")
        assert "不予通报" in text(client.get("/supervision/criticisms/"))
    assert signed_in(cast, "cgj_head").get("/supervision/criticisms/").status_code == 403


def test_a_list_of_all_tickets_leads_to_a_campaign_over_it(cast: Cast):
    cast.ticket_at(Stage.HANDLING)
    address = "/supervision/campaigns/new/?unit=CGJ"
    assert f'href="{address}"' in text(signed_in(cast, "supervisor").get("/tickets/?unit=CGJ"))
    assert "campaigns" not in text(signed_in(cast, "reviewer").get("/tickets/?unit=CGJ"))


def test_proposed_criticism_for_other_programs(cast: Cast):
    ticket = cast.ticket_at(Stage.HANDLING)
    row = Criticism.objects.create(
        number=ticket.number, seq=4, unit="CGJ", clock="unit_reply", due_at=ticket.at, proposed_at=ticket.at
    )
    client = signed_in(cast, "supervisor")
    with at(ticket.at + HOUR):
        assert [one["unit"] for one in client.get("/api/v1/supervision/criticisms").json()["criticisms"]] == ["CGJ"]
        address, kind = f"/api/v1/supervision/criticisms/{row.pk}/decide", "application/json"
        assert client.post(address, {"taken": False}, content_type=kind).status_code == 422
        assert client.post(address, {"taken": True}, content_type=kind).json() == {"criticisms": []}
        assert client.post(address, {"taken": True}, content_type=kind).status_code == 409


@pytest.mark.parametrize("who", ["supervisor", "cgj_handler"])
def test_pages_speak_chinese(cast: Cast, who: str):
    ticket = cast.ticket_at(Stage.HANDLING)
    row = started(cast, ticket, text="三日内解决")
    client = signed_in(cast, who)
    office = ("/supervision/new/", "/supervision/campaigns/new/", "/supervision/criticisms/")
    both = ("/supervision/", "/supervision/list/", f"/supervision/{row.pk}/", f"/supervision/ticket/{ticket.number}/")
    with at(ticket.at + HOUR):
        said = {
            word for page in (*both, *(office if who == "supervisor" else ())) for word in latin(text(client.get(page)))
        }
    assert said <= {"Word"}
