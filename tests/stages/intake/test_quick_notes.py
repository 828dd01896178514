"""Ten-second records: kept once, taken back in time, counted for the next agent, seen by who may see them."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from hotline.rules.call_notes import Note, NoteKind
from hotline.stages.intake.commands.notes import forget_notes, keep_note, undo_note
from hotline.stages.intake.models import CallNote
from hotline.stages.intake.queries.notes import nuisance_calls, todays_notes
from tests.cast import Cast
from tests.visits import at, latin, signed_in
from tests.walks import OPENING

pytestmark = pytest.mark.django_db
PHONE = "13855550123"
MINUTE = timedelta(minutes=1)
NUISANCE = Note(kind=NoteKind.NUISANCE, phone=PHONE)


def kept(
    cast: Cast, note: Note = NUISANCE, *, who: str = "agent", after: timedelta = timedelta(0), token: str = ""
) -> int:
    done = keep_note(note=note, actor=cast.actor(who), now=OPENING + after, token=token)
    assert not done.refusals
    return done.id


def test_the_number_is_kept_as_digest_and_tail(cast: Cast) -> None:
    row = CallNote.objects.get(pk=kept(cast))
    stored = " ".join(str(value) for value in vars(row).values())
    assert PHONE not in stored
    assert (row.phone_tail, len(row.phone_digest)) == ("0123", 64)


def test_pressed_twice_is_one_note(cast: Cast) -> None:
    assert kept(cast, token="once") == kept(cast, token="once", after=MINUTE)
    assert kept(cast, token="once", who="team_leader") != kept(cast, token="other")


def test_nuisance_calls_warn_for_thirty_days(cast: Cast) -> None:
    for days in (0, 1, 20):
        kept(cast, after=timedelta(days=days))
    kept(cast, Note(kind=NoteKind.SILENT, phone=PHONE))
    assert nuisance_calls("138 5555 0123", now=OPENING + timedelta(days=20, minutes=1)) == 3
    assert nuisance_calls(PHONE, now=OPENING + timedelta(days=31)) == 1
    assert nuisance_calls("", now=OPENING) == 0
    with at(OPENING + timedelta(days=20, minutes=1)):
        page = signed_in(cast, "agent").post("/intake/caller/", {"phone": PHONE}).content.decode()
    assert "三十天内有 3 次骚扰来电" in page


def test_notes_of_long_ago_are_removed_by_night(cast: Cast, settings: Settings) -> None:
    settings.CALL_NOTE_DAYS = 90
    old, new = kept(cast), kept(cast, after=timedelta(days=1))
    assert forget_notes(now=OPENING + timedelta(days=90)) == 1
    assert [*CallNote.objects.values_list("pk", flat=True)] == [new]
    assert forget_notes(now=OPENING + timedelta(days=90)) == 0
    assert old != new


def test_taken_back_within_two_minutes_it_counts_no_more(cast: Cast) -> None:
    note, agent = kept(cast), cast.actor("agent")
    assert [r.code for r in undo_note(id=note, actor=cast.actor("team_leader"), now=OPENING)] == ["call_note.not_yours"]
    assert [r.code for r in undo_note(id=note, actor=cast.actor("dispatcher"), now=OPENING)] == ["call_note.not_found"]
    assert undo_note(id=note, actor=agent, now=OPENING + 2 * MINUTE) == ()
    assert [r.code for r in undo_note(id=note, actor=agent, now=OPENING + 2 * MINUTE)] == ["call_note.undone_already"]
    late = kept(cast)
    assert [r.code for r in undo_note(id=late, actor=agent, now=OPENING + 3 * MINUTE)] == ["call_note.too_late"]
    assert nuisance_calls(PHONE, now=OPENING + 3 * MINUTE) == 1
    assert todays_notes(actor=agent, now=OPENING + 3 * MINUTE).counts[NoteKind.NUISANCE] == 1


def test_an_agent_sees_own_notes_of_today_and_the_leader_all(cast: Cast) -> None:
    kept(cast, after=timedelta(days=-1))
    mine = kept(cast)
    others = kept(cast, who="team_leader", after=MINUTE)
    now = OPENING + 2 * MINUTE
    assert [line.id for line in todays_notes(actor=cast.actor("agent"), now=now).lines] == [mine]
    assert [line.id for line in todays_notes(actor=cast.actor("team_leader"), now=now).lines] == [others, mine]


def test_an_item_that_is_not_there_cannot_be_cited(cast: Cast) -> None:
    note = Note(kind=NoteKind.ANSWERED, item="ZS-NONE")
    done = keep_note(note=note, actor=cast.actor("agent"), now=OPENING)
    assert [(r.code, r.field) for r in done.refusals] == [("knowledge.not_in_force", "item")]
    assert not CallNote.objects.exists()


def test_the_page_keeps_lists_and_takes_back(cast: Cast) -> None:
    agent = signed_in(cast, "agent")
    with at(OPENING):
        empty = agent.get("/intake/quick/").content.decode()
        assert "今天还没有快速登记" in empty
        nothing = agent.post("/intake/quick/", {"words": "说了什么"})
        assert nothing.status_code == 422
        assert 'value="说了什么"' in nothing.content.decode()
        bare = agent.post("/intake/quick/", {"kind": "answered"})
        assert "写一句答了什么" in bare.content.decode()
        done = agent.post("/intake/quick/", {"kind": "answered", "words": "营业时间", "token": "a"}, follow=True)
    page = done.content.decode()
    assert "营业时间" in page
    assert latin(page) <= {"Alt"}
    note = CallNote.objects.get()
    with at(OPENING + MINUTE):
        back = agent.post(f"/intake/quick/{note.pk}/undo/", follow=True).content.decode()
    assert "已撤销" in back
    with at(OPENING + MINUTE):
        again = agent.post(f"/intake/quick/{note.pk}/undo/", follow=True).content.decode()
    assert "已经撤销" in again


@pytest.mark.parametrize("who", ["cgj_handler", "reviewer", "director", "system_admin"])
def test_who_answers_no_calls_keeps_no_notes(cast: Cast, who: str) -> None:
    person = signed_in(cast, who)
    with at(OPENING):
        assert person.get("/intake/quick/").status_code == 403
        assert person.post("/intake/quick/", {"kind": "silent"}).status_code == 403
        assert person.get("/intake/progress/").status_code == 403
    assert not CallNote.objects.exists()


def test_the_api_keeps_and_lists(cast: Cast) -> None:
    agent = signed_in(cast, "agent")
    send = {"content_type": "application/json"}
    with at(OPENING):
        first = agent.post("/api/v1/intake/call-notes", {"kind": "nuisance", "phone": PHONE, "token": "x"}, **send)
        again = agent.post("/api/v1/intake/call-notes", {"kind": "nuisance", "phone": PHONE, "token": "x"}, **send)
        bare = agent.post("/api/v1/intake/call-notes", {"kind": "answered"}, **send)
        listed = agent.get("/api/v1/intake/call-notes").json()
        denied = signed_in(cast, "reviewer").get("/api/v1/intake/call-notes")
    assert first.status_code == 200
    assert first.json() == again.json()
    assert (bare.status_code, bare.json()["refusals"][0]["code"]) == (422, "call_note.answer_missing")
    assert [(note["kind"], note["tail"]) for note in listed["notes"]] == [("nuisance", "0123")]
    assert listed["counts"] == {"silent": 0, "wrong_number": 0, "nuisance": 1, "answered": 0}
    assert denied.status_code == 403
