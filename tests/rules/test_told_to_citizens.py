"""What a unit writes for itself is never among what is told to citizens, and their role reads no text of the ledger."""

import dataclasses

from hotline.rules.acts import ACTS
from hotline.rules.acts.base import kind_of
from hotline.rules.visibility import TEXT_FIELDS, TOLD_TO_CITIZENS, sees_text, told_to_citizens
from tests.rules import cast as c

INSIDE = (
    ("submit_reply", "internal_note"),
    ("record_progress", "note"),
    ("submit_inner_reply", "reply"),
    ("send_back_inner_reply", "reason"),
    ("delegate", "note"),
    ("request_return", "legal_basis"),
    ("request_return", "evidence"),
    ("request_extension", "explanation"),
    ("sign_off", "opinion"),
    ("revise_reply", "reason"),
    ("refuse_request", "reason"),
    ("pass_review", "note"),
    ("send_back", "reason"),
    ("record_callback", "words"),
    ("write_brief", "for_unit"),
)


def test_inside_words_are_not_told():
    assert not [pair for pair in INSIDE if told_to_citizens(*pair)]


def test_what_is_told_are_texts_of_acts_that_there_are():
    texts = {(name, f.name) for name, act in ACTS.items() for f in dataclasses.fields(act) if kind_of(f) == "text"}
    assert texts >= TOLD_TO_CITIZENS
    assert texts >= set(INSIDE)


def test_by_their_role_citizens_read_nothing_of_a_ticket():
    state = c.reviewed().state
    assert not any(sees_text(c.CITIZEN, state, field) for field in TEXT_FIELDS)
