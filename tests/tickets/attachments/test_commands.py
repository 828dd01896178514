"""A file is kept and recorded together or not at all; the ledger knows its digest and never its name."""

import io
import json
import logging
from hashlib import sha256
from pathlib import Path

import pytest
from django.test import override_settings

from hotline.plumbing.redaction import redact
from hotline.rules import acts
from hotline.rules.lifecycle import Actor
from hotline.rules.vocabulary import OPEN, TERMINAL, Flag, Purpose, Role, Stage, UnitCode, VisibleTo
from hotline.tickets.attachments import store
from hotline.tickets.attachments.commands import Added, add_attachment, remove_attachment
from hotline.tickets.attachments.queries import files_of, open_one
from hotline.tickets.checking import Tally, check_tickets
from hotline.tickets.models import Attachment, LedgerEntry, TicketText
from tests.cast import Cast, Ticket
from tests.uploads import GOOD, PDF, TEXT, photo
from tests.walks import STEP

NAME = "张建军13800000000.jpg"


def add(
    cast: Cast,
    ticket: Ticket,
    who: str,
    body: bytes = PDF,
    name: str = "文件.pdf",
    purpose: Purpose = Purpose.HANDLING,
    visible_to: VisibleTo = VisibleTo.TICKET,
) -> Added:
    return add_attachment(
        number=ticket.number,
        file=io.BytesIO(body),
        name=name,
        purpose=purpose,
        visible_to=visible_to,
        actor=cast.actor(who),
        now=ticket.at + STEP,
    )


def codes(added: Added) -> list[str]:
    return [refusal.code for refusal in added.refusals]


def test_a_file_is_kept_recorded_and_opened_again(cast: Cast, folder: Path) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    added = add(cast, ticket, "cgj_handler", photo(), NAME)
    assert added.ok
    row = Attachment.objects.get()
    entry = LedgerEntry.objects.get(ticket=row.ticket, seq=row.seq)
    assert (entry.name, entry.act, entry.actor) == ("ticket.attachment_added", "add_attachment", row.uploaded_by)
    assert entry.payload == {
        "purpose": "handling", "visible_to": "ticket", "kind": "jpg", "size": row.size, "sha256": row.sha256,
    }  # fmt: skip
    assert (row.id, row.name, row.unit, row.role) == (added.id, NAME, "CGJ", "unit_handler")
    kept = folder / row.sha256[:2] / row.sha256[2:4] / row.sha256
    assert sha256(kept.read_bytes()).hexdigest() == row.sha256
    assert oct(kept.stat().st_mode & 0o777) == "0o600"
    found = open_one(ticket.number, row.id, actor=cast.actor("reviewer"))
    assert found.file is not None
    with found.file as file:
        assert (file.read(), found.name, found.mime) == (kept.read_bytes(), NAME, "image/jpeg")
    assert cast.seen(ticket).state.version == ticket.state.version + 1
    assert list(check_tickets(Tally())) == []


def test_no_name_stands_in_ledger_texts_or_logs(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    with caplog.at_level(logging.DEBUG):
        assert add(cast, ticket, "cgj_handler", photo(), NAME).ok
        assert codes(add(cast, ticket, "cgj_handler", photo()[:300], NAME)) == ["upload.broken"]
        assert _opens(ticket, Attachment.objects.get().id, cast.actor("cgj_handler"))
    said = caplog.text + json.dumps([e.payload for e in LedgerEntry.objects.all()], ensure_ascii=False)
    texts = [text.body for text in TicketText.objects.exclude(ticket__number="")]
    assert "13800000000" not in said
    assert redact(NAME) not in said
    assert not [body for body in texts if NAME in body]


@pytest.mark.django_db(transaction=True)
def test_what_fails_leaves_nothing(cast: Cast, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "keep", full)
    with pytest.raises(OSError, match="No space left"):
        add(cast, ticket, "cgj_handler")
    assert cast.seen(ticket).state == ticket.state
    assert not Attachment.objects.exists()
    assert [path for path in folder.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("stage", sorted(OPEN))
def test_proof_is_added_in_every_open_stage(cast: Cast, stage: Stage) -> None:
    assert add(cast, cast.ticket_at(stage), "supervisor").ok


@pytest.mark.parametrize("stage", sorted(TERMINAL))
def test_nothing_is_added_to_what_has_ended(cast: Cast, stage: Stage) -> None:
    assert codes(add(cast, cast.ticket_at(stage), "supervisor")) == ["act.not_now"]


def test_the_same_file_is_there_once_also_when_a_button_is_pressed_twice(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    assert add(cast, ticket, "cgj_handler", photo(), "一.jpg").ok
    assert codes(add(cast, ticket, "cgj_handler", photo(), "二.jpg")) == ["upload.already_there"]
    other = cast.ticket_at(Stage.HANDLING)
    assert add(cast, other, "cgj_handler", photo(), "一.jpg").ok
    assert len(set(Attachment.objects.values_list("sha256", flat=True))) == 1


def test_so_many_and_no_more(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    with override_settings(ATTACHMENT_MOST_FILES=2):
        first = add(cast, ticket, "cgj_handler", b"1", "1.txt")
        assert add(cast, ticket, "agent", b"2", "2.txt").ok
        third = add(cast, ticket, "cgj_handler", b"3", "3.txt")
        assert (codes(third), third.refusals[0].params) == (["upload.too_many"], {"count": 2})
        assert remove(cast, ticket, "cgj_handler", first.id).ok
        assert add(cast, cast.seen(ticket), "cgj_handler", b"3", "3.txt").ok


@pytest.mark.parametrize(
    ("who", "purpose", "expected"),
    [
        ("agent", Purpose.REQUEST, []),
        ("supervisor", Purpose.VISIT, []),
        ("cgj_handler", Purpose.HANDLING, []),
        ("cgj_handler", Purpose.RETURN, []),
        ("cgj_handler", Purpose.REQUEST, ["attachment.purpose_not_yours"]),
        ("cgj_handler", Purpose.VISIT, ["attachment.purpose_not_yours"]),
        ("director", Purpose.HANDLING, ["act.role_denied"]),
        ("auditor", Purpose.HANDLING, ["act.role_denied"]),
        ("system_admin", Purpose.HANDLING, ["ticket.not_found"]),
        ("sthj_handler", Purpose.HANDLING, ["ticket.not_found"]),
        ("street_handler", Purpose.HANDLING, ["ticket.not_found"]),
    ],
)
def test_who_adds_what(cast: Cast, who: str, purpose: Purpose, expected: list[str]) -> None:
    assert codes(add(cast, cast.ticket_at(Stage.HANDLING), who, purpose=purpose)) == expected


def test_a_unit_does_not_open_a_confidential_ticket_to_others(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    refused = add(cast, ticket, "cgj_handler", visible_to=VisibleTo.UNIT)
    assert (codes(refused), refused.refusals[0].field) == (["attachment.shown_by_office"], "visible_to")
    assert add(cast, ticket, "agent", visible_to=VisibleTo.UNIT).ok


READERS = ("agent", "auditor", "cgj_handler", "cgj_head", "sthj_handler", "ly_dispatcher", "system_admin")
FILES = {
    "request": ("agent", Purpose.REQUEST, VisibleTo.TICKET),
    "inside": ("agent", Purpose.REQUEST, VisibleTo.OFFICE),
    "shown": ("agent", Purpose.REQUEST, VisibleTo.UNIT),
    "visit": ("supervisor", Purpose.VISIT, VisibleTo.TICKET),
    "handling": ("cgj_handler", Purpose.HANDLING, VisibleTo.TICKET),
    "return": ("cgj_handler", Purpose.RETURN, VisibleTo.TICKET),
    "kept": ("cgj_handler", Purpose.HANDLING, VisibleTo.OFFICE),
}
ALL = set(FILES)
CO_UNIT = {"request", "shown", "visit", "handling", "return"}


@pytest.mark.parametrize(
    ("confidential", "expected"),
    [
        (
            False,
            {
                "agent": ALL,
                "auditor": ALL,
                "cgj_handler": ALL - {"inside"},
                "cgj_head": ALL - {"inside"},
                "sthj_handler": CO_UNIT,
            },
        ),
        (
            True,
            {
                "agent": ALL,
                "auditor": ALL,
                "cgj_handler": {"shown", "handling", "return", "kept"},
                "cgj_head": {"shown", "handling", "return", "kept"},
                "sthj_handler": {"shown", "handling"},
            },
        ),
    ],
    ids=["ordinary", "confidential"],
)
def test_who_opens_what(cast: Cast, *, confidential: bool, expected: dict[str, set[str]]) -> None:
    """Lead unit, helping unit, the office, a stranger and an administrator, before each kind of file."""
    ticket = cast.ticket_at(
        Stage.PENDING_DISPATCH, register={"confidential": confidential, "for_unit": "请核查占道经营"}
    )
    ticket = cast.do(
        ticket, "dispatcher", acts.Dispatch(lead_unit=UnitCode("CGJ"), co_units=(UnitCode("STHJ"),), note="请办理")
    )
    ids: dict[str, int | None] = {}
    for name, (who, purpose, visible_to) in FILES.items():
        added = add(cast, ticket, who, name.encode(), f"{name}.txt", purpose, visible_to)
        assert added.ok, (name, added)
        ids[name] = added.id
    assert (Flag.CONFIDENTIAL in ticket.state.flags) is confidential
    for who in READERS:
        actor = cast.actor(who)
        seen = {name for name, at in ids.items() if _opens(ticket, at or 0, actor)}
        assert seen == expected.get(who, set()), who
        if who in expected:
            listed = {line.id for line in files_of(ticket.number, actor=actor, now=ticket.at + STEP).lines}
            assert listed == {ids[name] for name in seen}, who


def _opens(ticket: Ticket, attachment: int, actor: Actor) -> bool:
    found = open_one(ticket.number, attachment, actor=actor)
    if found.file is None:
        assert found.refusal is not None
        assert found.refusal.code in {"attachment.not_found", "ticket.not_found"}
        return False
    found.file.close()
    return True


def remove(cast: Cast, ticket: Ticket, who: str, attachment: int | None, reason: str = "传错了") -> Added:
    outcome = remove_attachment(
        number=ticket.number,
        attachment=attachment or 0,
        reason=reason,
        actor=cast.actor(who),
        now=ticket.at + 2 * STEP,
    )
    return Added(refusals=outcome.refusals)


def test_removing_closes_the_file_and_keeps_the_line(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    added = add(cast, ticket, "cgj_handler", photo(), NAME)
    assert remove(cast, ticket, "cgj_handler", added.id, "照片里有人脸").ok
    row = Attachment.objects.get()
    entry = LedgerEntry.objects.get(ticket=row.ticket, seq=row.removed_seq or 0)
    assert (entry.name, row.removed_by) == ("ticket.attachment_removed", str(cast.user("cgj_handler").pk))
    assert entry.payload["sha256"] == row.sha256
    assert set(entry.digests) == {"reason"}
    for who in ("cgj_handler", "supervisor"):
        assert not _opens(ticket, row.id, cast.actor(who))
    now = ticket.at + 3 * STEP
    (line,) = files_of(ticket.number, actor=cast.actor("agent"), now=now).lines
    assert (line.gone, line.reason, line.gone_by, line.may_remove) == ("removed", "照片里有人脸", "赵海涛", False)
    assert files_of(ticket.number, actor=cast.actor("cgj_handler"), now=now).lines == ()
    assert codes(remove(cast, ticket, "cgj_handler", added.id)) == ["attachment.not_found"]
    assert list(check_tickets(Tally())) == []


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("cgj_handler", []),
        ("supervisor", []),
        ("team_leader", []),
        ("cgj_head", ["attachment.not_yours"]),
        ("dispatcher", ["attachment.not_yours"]),
        ("auditor", ["act.role_denied"]),
        ("sthj_handler", ["ticket.not_found"]),
        ("system_admin", ["ticket.not_found"]),
    ],
)
def test_who_removes(cast: Cast, who: str, expected: list[str]) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    added = add(cast, ticket, "cgj_handler")
    assert codes(remove(cast, ticket, who, added.id)) == expected


def test_a_reason_is_needed_and_the_file_must_be_this_tickets(cast: Cast) -> None:
    ticket, other = cast.ticket_at(Stage.HANDLING), cast.ticket_at(Stage.HANDLING)
    added = add(cast, ticket, "cgj_handler")
    assert codes(remove(cast, ticket, "cgj_handler", added.id, " ")) == ["field.required"]
    assert codes(remove(cast, other, "cgj_handler", added.id)) == ["attachment.not_found"]
    assert open_one(other.number, added.id or 0, actor=cast.actor("cgj_handler")).refusal is not None


def test_what_a_unit_may_not_see_it_may_not_remove(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    hidden = add(cast, ticket, "agent", TEXT, "录音.txt", Purpose.REQUEST, VisibleTo.OFFICE)
    assert codes(remove(cast, ticket, "cgj_handler", hidden.id)) == ["attachment.not_found"]


def test_a_file_that_is_lost_is_said_so(cast: Cast, folder: Path) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    added = add(cast, ticket, "cgj_handler")
    for path in folder.rglob("*"):
        if path.is_file():
            path.unlink()
    found = open_one(ticket.number, added.id or 0, actor=cast.actor("agent"))
    assert found.refusal is not None
    assert found.refusal.code == "attachment.file_missing"


def test_proof_added_while_a_form_is_open_does_not_spoil_the_form(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    seen = ticket.state.version
    assert add(cast, ticket, "cgj_handler").ok
    note = acts.RecordProgress(note="已到场")
    assert cast.tried(ticket, "cgj_handler", note, at=ticket.at + 2 * STEP, version=seen).ok
    assert add(cast, cast.seen(ticket), "supervisor", TEXT, "说明.txt").ok
    moved = cast.tried(ticket, "cgj_handler", note, at=ticket.at + 9 * STEP, version=seen + 2)
    assert [r.code for r in moved.refusals] == ["conflict.version"], "somebody else's proof is news"
    ahead = cast.tried(ticket, "cgj_handler", note, at=ticket.at + 9 * STEP, version=seen + 50)
    assert [r.code for r in ahead.refusals] == ["conflict.version"]


def test_every_kind_can_be_added(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    for name, body in GOOD.items():
        assert add(cast, ticket, "cgj_handler", body, name).ok, name
    files = files_of(ticket.number, actor=cast.actor("cgj_handler"), now=ticket.at + STEP)
    assert [line.name for line in files.lines] == list(GOOD)
    assert files.purposes == (Purpose.HANDLING, Purpose.RETURN)
    assert Role.UNIT_HANDLER.value in {line.role for line in files.lines}
