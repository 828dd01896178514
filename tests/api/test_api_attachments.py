"""Another system sends proof in and fetches it; what it may not see is not there, what is wrong names its field."""

import io
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from django.http import FileResponse
from django.test import Client, override_settings

from hotline.rules.vocabulary import Stage
from tests.api.calling import ROOT, Calling
from tests.cast import Cast, Ticket
from tests.uploads import EXE, PDF, TEXT, photo


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Iterator[None]:
    """Files lie in a folder of this test's own."""
    with override_settings(MEDIA_ROOT=tmp_path / "attachments"):
        yield


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    return cast.ticket_at(Stage.HANDLING)


def sent(
    caller: Calling, who: str, ticket: Ticket, body: bytes, name: str, **said: str
) -> tuple[int, dict[str, object]]:
    file = io.BytesIO(body)
    file.name = name
    answer = Client().post(
        f"{ROOT}/tickets/{ticket.number}/attachments",
        {"purpose": "handling", **said, "file": file},
        headers={"Authorization": f"Bearer {caller(who).token}"},
    )
    return answer.status_code, answer.json()


def fetched(caller: Calling, who: str, address: str) -> FileResponse:
    answer: object = Client().get(address, headers={"Authorization": f"Bearer {caller(who).token}"})
    assert isinstance(answer, FileResponse)
    return answer


def test_proof_goes_in_is_listed_fetched_and_removed(cast: Cast, caller: Calling, ticket: Ticket) -> None:
    status, made = sent(caller, "cgj_handler", ticket, photo(), "现场.jpg")
    assert status == 200
    assert (made["name"], made["kind"], made["purpose"], made["unit"]) == ("现场.jpg", "jpg", "handling", "CGJ")
    listed = caller("cgj_handler").get(f"/tickets/{ticket.number}/attachments").body
    assert listed["attachments"] == [made]
    assert listed["purposes"] == ["handling", "return"]
    answer = fetched(caller, "agent", str(made["address"]))
    body = b"".join(answer.streaming_content)  # type: ignore[arg-type]  # WSGI gives it in plain blocks
    assert sha256(body).hexdigest() == made["sha256"]
    assert b"GPS" not in body
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    path = f"/tickets/{ticket.number}/attachments/{made['id']}"
    removed = caller("cgj_handler").post(f"{path}/remove", {"reason": "传错了"})
    assert (removed.status, removed.body["version"]) == (200, ticket.state.version + 2)
    assert caller("cgj_handler").get(path).codes == ["attachment.not_found"]
    assert caller("agent").get(f"/tickets/{ticket.number}/attachments").body["attachments"] == []
    assert cast.seen(ticket).state.version == ticket.state.version + 2


@pytest.mark.parametrize(
    ("body", "name", "said", "status", "code", "field"),
    [
        (EXE, "程序.pdf", {}, 422, "upload.kind_refused", "file"),
        (PDF, "文件.docx", {}, 422, "upload.wrong_extension", "file"),
        (b"", "文件.pdf", {}, 422, "upload.empty", "file"),
        (PDF, "文件.pdf", {"purpose": "visit"}, 422, "attachment.purpose_not_yours", "purpose"),
        (PDF, "文件.pdf", {"purpose": "nonsense"}, 422, "field.malformed", "purpose"),
        (PDF, "文件.pdf", {"visible_to": "unit"}, 422, "attachment.shown_by_office", "visible_to"),
        (PDF, "文件.pdf", {"purposes": "handling"}, 422, "field.unknown", "purposes"),
    ],
)
def test_what_is_wrong_is_named_by_its_field(
    caller: Calling,
    ticket: Ticket,
    body: bytes,
    name: str,
    said: dict[str, str],
    status: int,
    code: str,
    field: str,
) -> None:
    answered, refusals = sent(caller, "cgj_handler", ticket, body, name, **said)
    assert answered == status
    assert [(r["code"], r["field"]) for r in refusals["refusals"]] == [(code, field)]  # type: ignore[attr-defined]  # plain JSON
    assert name not in str(refusals)


def test_a_file_is_needed(caller: Calling, ticket: Ticket) -> None:
    answer = Client().post(
        f"{ROOT}/tickets/{ticket.number}/attachments",
        {"purpose": "handling"},
        headers={"Authorization": f"Bearer {caller('cgj_handler').token}"},
    )
    assert answer.status_code == 422
    assert [(r["code"], r["field"]) for r in answer.json()["refusals"]] == [("field.required", "file")]


def test_a_file_that_is_too_large_is_cut_off(caller: Calling, ticket: Ticket) -> None:
    with override_settings(ATTACHMENT_MOST_MB=1):
        status, refusals = sent(caller, "cgj_handler", ticket, b"a" * 4_000_000, "大.txt")
    assert status == 422
    assert [r["code"] for r in refusals["refusals"]] == ["upload.too_large"]  # type: ignore[attr-defined]  # plain JSON


@pytest.mark.parametrize("who", ["sthj_handler", "street_handler", "system_admin"])
def test_who_does_not_see_the_ticket_sees_no_file(caller: Calling, ticket: Ticket, who: str) -> None:
    _, made = sent(caller, "cgj_handler", ticket, PDF, "文件.pdf")
    path = f"/tickets/{ticket.number}/attachments"
    stranger = caller(who)
    for answer in (
        stranger.get(path),
        stranger.get(f"{path}/{made['id']}"),
        stranger.post(f"{path}/{made['id']}/remove", {"reason": "不要"}),
    ):
        assert (answer.status, answer.codes) == (404, ["ticket.not_found"])
    status, refusals = sent(caller, who, ticket, TEXT, "说明.txt")
    assert (status, refusals["refusals"][0]["code"]) == (404, "ticket.not_found")  # type: ignore[index]  # plain JSON


def test_a_confidential_request_is_not_listed_for_its_unit(cast: Cast, caller: Calling) -> None:
    ticket = cast.ticket_at(Stage.HANDLING, register={"confidential": True, "for_unit": "请核查占道经营"})
    _, hidden = sent(caller, "agent", ticket, photo(), "举报.jpg", purpose="request")
    _, shown = sent(caller, "agent", ticket, TEXT, "说明.txt", purpose="request", visible_to="unit")
    listed = caller("cgj_handler").get(f"/tickets/{ticket.number}/attachments").body["attachments"]
    assert [line["id"] for line in listed] == [shown["id"]]
    answer = caller("cgj_handler").get(f"/tickets/{ticket.number}/attachments/{hidden['id']}")
    assert (answer.status, answer.codes) == (404, ["attachment.not_found"])


def test_an_ended_ticket_takes_no_more(cast: Cast, caller: Calling) -> None:
    ticket = cast.ticket_at(Stage.CLOSED, at=cast.ticket_at(Stage.REGISTERED).at.replace(day=13))
    status, refusals = sent(caller, "agent", ticket, PDF, "文件.pdf")
    assert (status, refusals["refusals"][0]["code"]) == (409, "act.not_now")  # type: ignore[index]  # plain JSON
    assert caller("agent").get(f"/tickets/{ticket.number}/attachments").body["purposes"] == []
