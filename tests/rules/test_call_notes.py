"""Quick notes and the check before progress is told, by their rules alone."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.rules.call_notes import UNDO_WITHIN, Note, NoteKind, check_note, check_undo
from hotline.rules.telling import FAILURES, WITHIN, CallerCheck, before_checking
from tests.rules import cast as c

lengths = st.timedeltas(timedelta(0), timedelta(hours=3))


@given(lengths, st.booleans(), st.booleans())
def test_only_ones_own_note_of_the_last_two_minutes_goes_back(past: timedelta, mine: bool, undone: bool):
    refusal = check_undo(
        written_by=c.AGENT.id if mine else "another", at=c.MONDAY, undone=undone, actor=c.AGENT, now=c.MONDAY + past
    )
    assert (refusal is None) == (mine and not undone and past <= UNDO_WITHIN)


@pytest.mark.parametrize("kind", list(NoteKind))
def test_only_an_answer_needs_words_or_an_item(kind: NoteKind):
    bare = [refusal.code for refusal in check_note(Note(kind=kind), c.AGENT)]
    assert bare == (["call_note.answer_missing"] if kind is NoteKind.ANSWERED else [])
    assert check_note(Note(kind=kind, words="营业时间"), c.AGENT) == ()
    assert check_note(Note(kind=kind, item="ZS000001"), c.LEADER) == ()
    assert [r.code for r in check_note(Note(kind=kind, words="长" * 201), c.AGENT)] == ["call_note.too_long"]
    assert [r.code for r in check_note(Note(kind=kind), c.REVIEWER)] == ["call_note.role_denied"]


@given(st.lists(lengths, max_size=9), st.sampled_from(CallerCheck), st.booleans())
def test_guessing_ends_and_begins_again_after_an_hour(past: list[timedelta], check: CallerCheck, secret: bool):
    failures = [c.MONDAY - length for length in past]
    refusal = before_checking(check, confidential=secret, failures=failures, actor=c.AGENT, now=c.MONDAY)
    weak = secret and check is CallerCheck.NAME_ADDRESS
    guessing = sum(length < WITHIN for length in past) >= FAILURES
    assert (refusal is None) == (not weak and not guessing)


def test_who_does_not_speak_with_callers_tells_nobody():
    for who in (c.HANDLER, c.DIRECTOR, c.REVIEWER, c.DISPATCHER):
        refusal = before_checking(CallerCheck.PHONE, confidential=False, failures=(), actor=who, now=c.MONDAY)
        assert refusal is not None
        assert refusal.code == "progress.role_denied"
