"""Instructions on pages and through the interface: the whole way by forms, what stands in nobody else's answer."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from hotline.oversight.instructions.jobs import note_dates
from hotline.oversight.instructions.models import Instruction, InstructionFile, Leader, Reading
from hotline.rules.instructions import Deed, Status
from hotline.rules.vocabulary import Stage
from tests.access.people import ALL, moved_in
from tests.access.secrets import reacted, unpacked
from tests.cast import Cast
from tests.oversight.instructions.instructing import (
    ASKED,
    DAY,
    LEADER,
    NAMED,
    PROPOSAL,
    REPORT,
    SECRETS,
    WORDS,
    brought,
    did,
    leader,
    received,
)
from tests.uploads import PDF
from tests.visits import at, latin, signed_in
from tests.walks import OPENING

pytestmark = pytest.mark.django_db
MOST = 8
Limit = Callable[[int], AbstractContextManager[object]]
LATER = OPENING + timedelta(days=40)


def text(page: Any) -> str:
    return str(page.content.decode())


def posted(client: Client, row: Instruction, deed: Deed, **fields: Any) -> Any:
    with at(OPENING):
        said = {f"{deed.value}-{name}": value for name, value in fields.items()}
        answer = client.post(f"/instructions/{row.pk}/{deed.value.replace('_', '-')}/", said)
    row.refresh_from_db()
    return answer


def form(cast: Cast, **said: Any) -> dict[str, Any]:
    readers = [cast.user("team_leader").pk]
    return {"leader": leader().pk, "given_on": "2026-03-17", "text": WORDS, "readers": readers, "workdays": 10} | said


def test_empty_pages_say_what_will_stand_there(cast: Cast):
    assert "没有这样的批示" in text(signed_in(cast, "supervisor").get("/instructions/"))
    assert "交给本单位办理" in text(signed_in(cast, "cgj_handler").get("/instructions/"))
    assert "名录还是空的" in text(signed_in(cast, "system_admin").get("/instructions/leaders/"))
    assert "领导名录还是空的" in text(signed_in(cast, "supervisor").get("/instructions/new/"))
    assert signed_in(cast, "system_admin").get("/instructions/").status_code == 403


def test_the_whole_way_by_forms(cast: Cast, tmp_path: Path):
    supervisor, other = signed_in(cast, "supervisor"), signed_in(cast, "team_leader")
    with override_settings(MEDIA_ROOT=tmp_path), at(OPENING):
        scan = SimpleUploadedFile("批示原件.pdf", PDF)
        answer = supervisor.post("/instructions/new/", form(cast, file=scan, accounts="director"))
    row = Instruction.objects.get()
    assert answer.headers["Location"] == f"/instructions/{row.pk}/"
    assert set(row.readers) == {str(cast.user(who).pk) for who in ("supervisor", "team_leader", "director")}
    assert (row.due_at - OPENING).days == 14, "ten working days"
    posted(supervisor, row, Deed.PROPOSE, text=PROPOSAL)
    assert "等我处理" in text(other.get("/instructions/"))
    posted(other, row, Deed.AGREE)
    asks = {"unit_1": "CGJ", "ask_1": ASKED["CGJ"], "unit_2": "STHJ", "ask_2": ASKED["STHJ"], "due_2": "2026-03-20"}
    assert posted(supervisor, row, Deed.DISTRIBUTE, **asks).status_code == 302
    unit = signed_in(cast, "cgj_handler")
    page = text(unit.get(f"/instructions/{row.pk}/"))
    assert ASKED["CGJ"] in page
    assert "批示内容" not in page
    posted(unit, row, Deed.REPORT, text=REPORT)
    posted(signed_in(cast, "sthj_handler"), row, Deed.REPORT, text="已监测")
    posted(supervisor, row, Deed.RETURN, unit="STHJ", text="请补数据")
    posted(signed_in(cast, "sthj_handler"), row, Deed.REPORT, text="已补数据")
    for code in ("CGJ", "STHJ"):
        posted(supervisor, row, Deed.ACCEPT, unit=code)
    posted(supervisor, row, Deed.PRESENT, presented_on="2026-03-17", text="已书面回呈")
    assert posted(supervisor, row, Deed.STRIKE_OFF, outcome="resolved", text="办结").status_code == 409
    posted(other, row, Deed.STRIKE_OFF, outcome="resolved", text="办结")
    assert (row.status, row.send_backs) == ("struck_off", 1)
    page = text(signed_in(cast, "director").get(f"/instructions/{row.pk}/"))
    assert all(said in page for said in (WORDS, LEADER, PROPOSAL, REPORT, "请补数据", "批示原件.pdf", "阅看记录"))


def test_what_is_lacking_is_said_beside_its_field_and_what_was_typed_is_kept(cast: Cast):
    client = signed_in(cast, "supervisor")
    cases = {
        "请录入批示内容": {"text": ""},
        "请只填一种": {"due_on": "2026-04-01"},
        "没有账号": {"accounts": "niemand"},
        "没有工单": {"tickets": "123"},
        "还要有另一名": {"readers": []},
        "请选择作出批示的领导": {"leader": ""},
    }
    for said, change in cases.items():
        with at(OPENING):
            answer = client.post("/instructions/new/", form(cast, **change))
        assert answer.status_code == 422
        assert said in text(answer), said
    assert not Instruction.objects.exists()
    row = brought(cast, Status.AGREED)
    asks = {"unit_1": "CGJ", "ask_1": "请办", "unit_2": "CGJ", "ask_2": "再办一次"}
    answer = posted(client, row, Deed.DISTRIBUTE, **asks)
    assert answer.status_code == 422
    assert "同一个单位填了两次" in text(answer)
    assert "再办一次" in text(answer)
    assert posted(client, row, Deed.PROPOSE, text="再拟").status_code == 409
    assert client.post(f"/instructions/{row.pk}/burn/").status_code == 404


def test_whoever_posts_on_what_has_moved_on_is_told(cast: Cast):
    row = received(cast)
    with at(OPENING):
        said = {"version": 0, "propose-text": "拟办"}
        answer = signed_in(cast, "supervisor").post(f"/instructions/{row.pk}/propose/", said)
    assert answer.status_code == 409
    assert "刚有新的进展" in text(answer)


def test_each_opening_is_recorded_and_no_cache_keeps_it(cast: Cast):
    row = received(cast)
    client = signed_in(cast, "team_leader")
    answer = client.get(f"/instructions/{row.pk}/")
    assert answer.headers["Cache-Control"] == "private, no-store"
    client.get(f"/api/v1/instructions/{row.pk}")
    signed_in(cast, "director").get(f"/instructions/{row.pk}/")
    client.get("/instructions/")
    assert list(Reading.objects.order_by("pk").values_list("way", flat=True)) == ["page", "api"]


def test_the_list_of_leaders_is_kept_by_date(cast: Cast):
    client = signed_in(cast, "system_admin")
    said = {"name": "周明远", "position": "副市长", "order": 2, "valid_from": "2026-01-01"}
    assert client.post("/instructions/leaders/", said).status_code == 302
    assert "已有同名同职务" in text(client.post("/instructions/leaders/", said))
    assert "请填写领导姓名" in text(client.post("/instructions/leaders/", said | {"name": ""}))
    pk = Leader.objects.get().pk
    wrong = client.post(f"/instructions/leaders/{pk}/", {f"{pk}-order": 1, f"{pk}-valid_to": "2025-01-01"})
    assert wrong.status_code == 422
    assert "离任日期不能早于到任日期" in text(wrong)
    assert (
        client.post(f"/instructions/leaders/{pk}/", {f"{pk}-order": 1, f"{pk}-valid_to": "2026-02-01"}).status_code
        == 302
    )
    page = text(client.get("/instructions/leaders/"))
    assert "2026年2月1日" in page
    assert "不在任" in page
    assert client.post("/instructions/leaders/99999/", {"99999-order": 1}).status_code == 404


@pytest.mark.parametrize(
    "address", ["/instructions/", "/instructions/new/", "/instructions/{pk}/", "/instructions/leaders/"]
)
def test_nothing_english_stands_on_chinese_pages(cast: Cast, address: str):
    row = brought(cast, Status.ACCEPTED)
    page = text(signed_in(cast, "supervisor").get(address.format(pk=row.pk)))
    assert latin(page) - {who for who in ALL if who in page} <= {"Ctrl"}


def test_pages_stay_within_their_statements(cast: Cast, django_assert_max_num_queries: Limit):
    rows = [
        brought(cast, status) for status in (Status.RECEIVED, Status.DISTRIBUTED, Status.ACCEPTED, Status.STRUCK_OFF)
    ]
    client = signed_in(cast, "supervisor")
    client.get("/instructions/")
    with django_assert_max_num_queries(MOST):
        client.get("/instructions/?show=live")
    with django_assert_max_num_queries(MOST + 8):
        client.get(f"/instructions/{rows[1].pk}/")
    unit = signed_in(cast, "cgj_handler")
    unit.get("/instructions/")
    with django_assert_max_num_queries(MOST + 2):
        unit.get(f"/instructions/{rows[1].pk}/")


def test_a_notice_leads_there_and_holds_no_word(cast: Cast):
    row = brought(cast, Status.DISTRIBUTED)
    client = signed_in(cast, "cgj_head")
    page = text(client.get("/notices/"))
    assert "批示〔2026〕1号" in page
    assert "有批示事项交本单位办理" in page
    assert not [secret for secret in SECRETS if secret in page]
    from hotline.oversight.notices.models import Notice

    notice = Notice.objects.get(recipient=cast.user("cgj_head"))
    assert client.get(f"/notices/{notice.pk}/").headers["Location"] == f"/instructions/{row.pk}/"


def call(cast: Cast, who: str, path: str, **said: Any) -> Any:
    with at(OPENING):
        return signed_in(cast, who).post(f"/api/v1/instructions{path}", said, content_type="application/json")


def test_the_same_way_through_the_api(cast: Cast):
    given = {"leader": leader().pk, "given_on": "2026-03-17", "text": WORDS, "readers": ["team_leader"]}
    assert call(cast, "team_leader", "", **given).status_code == 403
    assert call(cast, "supervisor", "", **given | {"readers": ["niemand"]}).status_code == 422
    assert call(cast, "supervisor", "", **given | {"workdays": 3, "due_on": "2026-04-01"}).status_code == 422
    made = call(cast, "supervisor", "", **given)
    assert made.status_code == 200, made.content
    pk = made.json()["id"]
    assert (made.json()["number"], made.json()["named"]) == ("批示〔2026〕1号", True)
    ask = {"unit": "CGJ", "text": ASKED["CGJ"], "due_at": "2026-03-20T17:30:00+08:00"}
    for who, deed, said in (
        ("supervisor", "propose", {"text": PROPOSAL}),
        ("team_leader", "agree", {}),
        ("supervisor", "distribute", {"asks": [ask]}),
        ("cgj_handler", "report", {"text": REPORT}),
        ("supervisor", "accept", {"unit": "CGJ"}),
        ("supervisor", "present", {"presented_on": "2026-03-17", "text": "已回呈"}),
    ):
        answer = call(cast, who, f"/{pk}/{deed}", **said)
        assert answer.status_code == 200, answer.content
    assert call(cast, "supervisor", f"/{pk}/strike-off", outcome="resolved", text="办结").status_code == 409
    assert call(cast, "team_leader", f"/{pk}/strike-off", text="办结").status_code == 422
    assert call(cast, "team_leader", f"/{pk}/strike-off", outcome="resolved", text="办结").status_code == 200
    assert call(cast, "agent", f"/{pk}/cancel", text="误").status_code == 404
    whole = signed_in(cast, "cgj_handler").get(f"/api/v1/instructions/{pk}").json()
    assert [one["text"] for one in whole["asks"]] == [ASKED["CGJ"]]
    assert (whole["words"], whole["leader"], whole["readers"]) == ("", "", [])
    client = signed_in(cast, "team_leader")
    assert client.get(f"/api/v1/instructions/{pk}").json()["words"] == WORDS
    assert [one["id"] for one in client.get("/api/v1/instructions?show=ended").json()["instructions"]] == [pk]
    assert client.get("/api/v1/instructions?show=nothing").status_code == 422
    assert client.get("/api/v1/instructions?kind=live").status_code == 422


def test_leaders_through_the_api(cast: Cast):
    made = call(cast, "supervisor", "/leaders", name="周明远", position="副市长", order=3)
    assert made.status_code == 200, made.content
    pk = made.json()["id"]
    assert call(cast, "supervisor", "/leaders", name="周明远", position="副市长").status_code == 422
    assert call(cast, "supervisor", f"/leaders/{pk}", order=1, valid_to="2026-12-31").json()["valid_to"] == "2026-12-31"
    assert call(cast, "supervisor", "/leaders/99999", order=1).status_code == 404
    listed = signed_in(cast, "supervisor").get("/api/v1/instructions/leaders").json()["leaders"]
    assert [one["name"] for one in listed] == ["周明远"]
    assert signed_in(cast, "director").get("/api/v1/instructions/leaders").status_code == 403


PLACES = (
    "/", "/instructions/", "/instructions/?show=late", "/instructions/{pk}/", "/api/v1/instructions",
    "/api/v1/instructions/{pk}", "/notices/", "/notices/latest/", "/api/v1/notices", "/supervision/", "/overview/",
    "/tickets/{number}/", "/api/v1/tickets/{number}", "/desks/open/", "/documents/", "/supervision/ticket/{number}/",
    "/search/?q={word}", "/api/v1/tickets?q={word}", "/instructions/{pk}/files/{file}/", "/papers/handover/{number}/",
)  # fmt: skip
"""Where somebody would look for the words: by address, and by searching for a part of them."""


def everywhere(client: Client, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for place in PLACES:
        address = place.format(**values)
        answer: Any = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        yield address, unpacked(body)


def test_the_words_reach_nobody_who_is_not_named(cast: Cast, tmp_path: Path, caplog: pytest.LogCaptureFixture):
    moved_in(cast)
    ticket = cast.ticket_at(Stage.HANDLING)
    with override_settings(MEDIA_ROOT=tmp_path):
        row = brought(cast, Status.ACCEPTED)
        linked = did(cast, row, "supervisor", Deed.LINK, ticket.at, tickets=frozenset({ticket.number}))
        assert linked.ok, linked.refusals
        assert did(cast, row, "supervisor", Deed.PRESENT, ticket.at).ok
        with at(ticket.at):
            scan = SimpleUploadedFile(f"{LEADER}的批示.pdf", PDF + WORDS.encode())
            attached = signed_in(cast, "supervisor").post(f"/instructions/{row.pk}/attach/", {"attach-file": scan})
        assert attached.status_code == 302
        reacted(cast.seen(ticket), ticket.at)
        note_dates(now=LATER)
        file = InstructionFile.objects.get().pk
        values = {"pk": row.pk, "number": ticket.number, "word": "旱冰场噪声", "file": file}
        with at(LATER):
            found = {who: dict(everywhere(signed_in(cast, who), values)) for who in sorted(ALL)}
    own = {"cgj_": {ASKED["CGJ"], REPORT}, "sthj_": {ASKED["STHJ"], REPORT}, "szf_": {*ASKED.values(), REPORT}}
    leaks = []
    for who, pages in found.items():
        theirs = next((words for prefix, words in own.items() if who.startswith(prefix)), set[str]())
        left = set() if who in NAMED else set(SECRETS) - theirs
        leaks += [(who, address, said) for address, body in pages.items() for said in left if said in body]
    assert not leaks
    assert WORDS in found["team_leader"][f"/instructions/{row.pk}/"], "those named do read it"
    assert not [said for said in SECRETS if said in caplog.text]


def test_what_is_late_stands_on_the_supervisors_desk(cast: Cast):
    brought(cast, Status.DISTRIBUTED)
    with at(OPENING):
        assert "超期的批示" not in text(signed_in(cast, "supervisor").get("/supervision/"))
    with at(OPENING + 11 * DAY):
        assert "超期的批示" in text(signed_in(cast, "supervisor").get("/supervision/"))
