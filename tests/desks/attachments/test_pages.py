"""Files on pages: uploaded without script, listed, opened shut in, removed with a reason; nothing chosen is lost."""

import io
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, override_settings

from hotline.rules.vocabulary import Purpose, Stage
from hotline.tickets.attachments.commands import add_attachment
from hotline.tickets.models import Attachment, LedgerEntry
from tests.cast import Cast, Ticket
from tests.uploads import GOOD, HTML, PDF, TEXT, photo
from tests.visits import at, latin, signed_in
from tests.walks import STEP

pytestmark = pytest.mark.django_db
NAME = "张建军13800000000.jpg"
KINDS = {"JPG", "PNG", "WEBP", "GIF", "PDF", "DOCX", "XLSX", "TXT"}
"""Names of kinds of files, which Chinese offices say so."""


@pytest.fixture
def ticket(cast: Cast) -> Iterator[Ticket]:
    made = cast.ticket_at(Stage.HANDLING)
    with at(made.at + STEP):
        yield made


def place(ticket: Ticket) -> str:
    return f"/tickets/{ticket.number}/attachments/"


def send(client: Client, ticket: Ticket, *files: tuple[str, bytes], **said: str) -> HttpResponseBase:
    sent = [SimpleUploadedFile(name, body) for name, body in files]
    return client.post(place(ticket), {"purpose": "handling", "visible_to": "ticket", **said, "file": sent})


def text(answer: HttpResponseBase) -> str:
    assert isinstance(answer, HttpResponse)
    return answer.content.decode()


def body_of(answer: object) -> bytes:
    assert isinstance(answer, FileResponse)
    return b"".join(answer.streaming_content)  # type: ignore[arg-type]  # WSGI gives it in plain blocks


def test_several_files_go_up_in_one_post_without_script(cast: Cast, ticket: Ticket) -> None:
    handler = signed_in(cast, "cgj_handler")
    answer = send(handler, ticket, ("现场.jpg", photo()), ("说明.txt", TEXT))
    assert (answer.status_code, answer.headers["Location"]) == (302, place(ticket))
    page = text(handler.get(place(ticket)))
    assert "已上传 2 个附件。" in page
    assert re.findall(r"<bdi>(.*?)</bdi>", page) == ["现场.jpg", "说明.txt"]
    assert "赵海涛" in page
    assert "市城管局" in page
    assert latin(page.replace(ticket.number, "").replace(".jpg", "").replace(".txt", "")) <= KINDS
    assert LedgerEntry.objects.filter(name="ticket.attachment_added").count() == 2


def test_what_is_refused_is_named_what_is_not_is_kept_and_the_choice_stays(cast: Cast, ticket: Ticket) -> None:
    handler = signed_in(cast, "cgj_handler")
    answer = send(handler, ticket, ("现场.jpg", photo()), ("页面.html", HTML), ("空.pdf", b""), purpose="return")
    page = text(answer)
    assert answer.status_code == 422
    assert "已上传 1 个附件。" in page
    assert re.findall(r'data-code="(.*?)"><bdi>(.*?)</bdi>', page) == [
        ("upload.kind_refused", "页面.html"),
        ("upload.empty", "空.pdf"),
    ]
    assert re.search(r'name="purpose" value="return"[^>]*checked', page)
    assert '<details class="upload" open>' in page
    assert Attachment.objects.get().purpose == "return"


def test_a_post_without_a_file_says_so_at_the_field(cast: Cast, ticket: Ticket) -> None:
    answer = send(signed_in(cast, "cgj_handler"), ticket, visible_to="office")
    page = text(answer)
    assert answer.status_code == 422
    assert "没有选择文件。" in page
    assert re.search(r'name="visible_to" value="office"[^>]*checked', page)


def test_a_file_that_is_too_large_is_cut_off_and_its_form_arrives_whole(cast: Cast, ticket: Ticket) -> None:
    with override_settings(ATTACHMENT_MOST_MB=1):
        answer = send(
            signed_in(cast, "cgj_handler"), ticket, ("大.txt", b"a" * 9_000_000), ("小.txt", b"b"), purpose="return"
        )
    page = text(answer)
    assert answer.status_code == 422
    assert re.findall(r'data-code="(.*?)"', page) == ["upload.too_large"]
    assert "文件超过1兆字节" in page
    assert (Attachment.objects.get().name, Attachment.objects.get().purpose) == ("小.txt", "return")


def test_the_browser_chooses_no_path_and_no_kind(cast: Cast, ticket: Ticket) -> None:
    handler = signed_in(cast, "cgj_handler")
    sent = SimpleUploadedFile("../../现场.jpg", photo(), content_type="text/html")
    sent._name = "..\\..\\..\\现场.jpg"  # type: ignore[attr-defined]  # what an old browser sends
    handler.post(place(ticket), {"purpose": "handling", "visible_to": "ticket", "file": [sent]})
    row = Attachment.objects.get()
    assert (row.name, row.kind) == ("现场.jpg", "jpg")


def test_as_a_part_of_the_ticket_page_it_answers_in_place(cast: Cast, ticket: Ticket) -> None:
    handler = signed_in(cast, "cgj_handler", panel=True)
    empty = text(handler.get(place(ticket)))
    assert empty.lstrip().startswith('<section class="card sheet files" id="attachments"')
    assert "还没有附件。" in empty
    answer = send(handler, ticket, ("现场.jpg", photo()))
    assert answer.status_code == 200
    assert "已上传 1 个附件。" in text(answer)
    assert "<html" not in text(answer)


@pytest.mark.parametrize("name", GOOD)
def test_a_file_comes_back_shut_in_under_its_name(cast: Cast, ticket: Ticket, name: str) -> None:
    handler = signed_in(cast, "cgj_handler")
    send(handler, ticket, (name, GOOD[name]))
    row = Attachment.objects.get()
    answer = handler.get(f"{place(ticket)}{row.pk}/")
    assert len(body_of(answer)) == row.size == int(answer.headers["Content-Length"])
    headers = answer.headers
    inline = row.kind in {"jpg", "png", "webp", "gif", "pdf"}
    assert headers["Content-Disposition"].startswith("inline" if inline else "attachment")
    assert "filename*=utf-8''%" in headers["Content-Disposition"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["X-Frame-Options"] == "DENY"
    assert not re.search("html|xml(?!formats)|script|svg", headers["Content-Type"])


@pytest.mark.parametrize(
    ("who", "status"),
    [("agent", 200), ("cgj_handler", 200), ("cgj_head", 200), ("auditor", 200), ("sthj_handler", 404),
     ("ly_dispatcher", 404), ("system_admin", 404), ("security_admin", 404), ("audit_admin", 404)],
)  # fmt: skip
def test_who_reads_list_and_file(cast: Cast, ticket: Ticket, who: str, status: int) -> None:
    send(signed_in(cast, "cgj_handler"), ticket, ("文件.pdf", PDF))
    client = signed_in(cast, who)
    assert client.get(place(ticket)).status_code == status
    answer = client.get(f"{place(ticket)}{Attachment.objects.get().pk}/")
    assert answer.status_code == status
    if status == 200:
        assert body_of(answer) == PDF
    else:
        assert send(client, ticket, ("说明.txt", TEXT)).status_code == status


def test_a_stranger_is_sent_to_sign_in(cast: Cast, ticket: Ticket) -> None:
    send(signed_in(cast, "cgj_handler"), ticket, ("文件.pdf", PDF))
    one = f"{place(ticket)}{Attachment.objects.get().pk}/"
    for address in (place(ticket), one, f"{one}remove/"):
        assert "/accounts/login/" in Client().get(address).headers["Location"]


def test_a_confidential_request_stays_in_the_office(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING, register={"confidential": True, "for_unit": "请核查占道经营"})
    with at(ticket.at + STEP):
        agent = signed_in(cast, "agent")
        assert "承办单位（保密件也可看）" in text(agent.get(place(ticket)))
        send(agent, ticket, (NAME, photo()), purpose="request")
        send(agent, ticket, ("遮盖后.png", photo("PNG")), purpose="request", visible_to="unit")
        hidden, shown = Attachment.objects.order_by("pk")
        handler = signed_in(cast, "cgj_handler")
        page = text(handler.get(place(ticket)))
        assert "遮盖后.png" in page
        assert "张建军" not in page
        assert "承办单位（保密件也可看）" not in page
        assert handler.get(f"{place(ticket)}{hidden.pk}/").status_code == 404
        body_of(handler.get(f"{place(ticket)}{shown.pk}/"))


def test_removing_asks_why_and_keeps_what_was_typed(cast: Cast, ticket: Ticket) -> None:
    handler = signed_in(cast, "cgj_handler")
    send(handler, ticket, (NAME, photo()))
    row = Attachment.objects.get()
    address = f"{place(ticket)}{row.pk}/remove/"
    assert NAME in text(handler.get(address))
    empty = handler.post(address, {"reason": " "})
    assert (empty.status_code, "请填写“移除理由”。" in text(empty)) == (422, True)
    done = handler.post(address, {"reason": "照片里有人脸"})
    assert (done.status_code, done.headers["Location"]) == (302, place(ticket))
    assert "附件已移除。" in text(handler.get(place(ticket)))
    assert handler.get(f"{place(ticket)}{row.pk}/").status_code == 404
    assert handler.get(address).status_code == 404
    office = text(signed_in(cast, "agent").get(place(ticket)))
    assert "照片里有人脸" in office
    assert f"{place(ticket)}{row.pk}/" not in office


@pytest.mark.parametrize(("who", "status"), [("supervisor", 200), ("cgj_head", 403), ("sthj_handler", 404)])
def test_who_may_remove_is_asked_before_the_form(cast: Cast, ticket: Ticket, who: str, status: int) -> None:
    send(signed_in(cast, "cgj_handler"), ticket, ("文件.pdf", PDF))
    address = f"{place(ticket)}{Attachment.objects.get().pk}/remove/"
    client = signed_in(cast, who)
    assert client.get(address).status_code == status
    if status != 200:
        assert client.post(address, {"reason": "不要"}).status_code == status
        assert Attachment.objects.get().removed_at is None


def test_readers_and_ended_tickets_have_no_form(cast: Cast, ticket: Ticket) -> None:
    assert "enctype" not in text(signed_in(cast, "auditor").get(place(ticket)))
    closed = cast.ticket_at(Stage.CLOSED)
    with at(closed.at + STEP):
        assert "enctype" not in text(signed_in(cast, "agent").get(place(closed)))
        assert send(signed_in(cast, "agent"), closed, ("说明.txt", TEXT)).status_code == 409


def test_the_ticket_page_leads_there_and_tells_no_digest(cast: Cast, ticket: Ticket) -> None:
    handler = signed_in(cast, "cgj_handler")
    send(handler, ticket, (NAME, photo()))
    page = text(handler.get(f"/tickets/{ticket.number}/"))
    assert place(ticket) in page
    assert "已上传附件" in page
    assert "办理材料" in page
    assert Attachment.objects.get().sha256 not in page
    assert "张建军13800000000" not in page


def test_no_name_reaches_the_logs(cast: Cast, ticket: Ticket, caplog: pytest.LogCaptureFixture) -> None:
    handler = signed_in(cast, "cgj_handler")
    with caplog.at_level(logging.DEBUG):
        send(handler, ticket, (NAME, photo()))
        send(handler, ticket, (NAME, b"nonsense\x00"))
        body_of(handler.get(f"{place(ticket)}{Attachment.objects.get().pk}/"))
        handler.get(f"{place(ticket)}999999/")
    assert "13800000000" not in caplog.text
    assert "张建军" not in caplog.text


Limit = Callable[[int], AbstractContextManager[object]]


def test_a_full_list_and_a_file_ask_the_database_little(
    cast: Cast, ticket: Ticket, django_assert_max_num_queries: Limit
) -> None:
    for number in range(20):
        who = cast.actor(("cgj_handler", "agent", "supervisor")[number % 3])
        moment = ticket.at + timedelta(minutes=number)
        assert add_attachment(
            number=ticket.number,
            file=io.BytesIO(str(number).encode()),
            name=f"{number}.txt",
            purpose=_purpose(number),
            actor=who,
            now=moment,
        ).ok
    handler = signed_in(cast, "cgj_handler")
    with at(ticket.at + timedelta(hours=2)):
        handler.get(place(ticket))
        with django_assert_max_num_queries(8):
            assert text(handler.get(place(ticket))).count("file-name") == 20
        one = Attachment.objects.first()
        assert one is not None
        with django_assert_max_num_queries(8):
            body_of(handler.get(f"{place(ticket)}{one.pk}/"))


def _purpose(number: int) -> Purpose:
    return Purpose.HANDLING if number % 3 == 0 else Purpose.REQUEST
