"""What a dispute's file knows of returns: whose words they are, where they were typed, and what the office found."""

from datetime import datetime
from typing import Any

from hotline.rules.joint.facts import Position, parties_of, positions
from hotline.rules.state import Event
from hotline.rules.vocabulary import CITY_TZ, Role, Stage, UnitCode

AT = datetime(2026, 3, 17, 9, tzinfo=CITY_TZ)
STHJ, CGJ = UnitCode("STHJ"), UnitCode("CGJ")
ASKS = {"reason": "not_competent", "proposed_unit": "CGJ"}


def entry(name: str, **payload: Any) -> Event:
    at_unit = Stage.PENDING_SIGN
    return Event(name=name, act="", at=AT, actor="7", unit=STHJ, role=Role.UNIT_HANDLER, stage=at_unit, payload=payload)


def returned(seq: int, **said: Any) -> Position:
    return Position(unit=STHJ, seq=seq, reason="not_competent", proposed=CGJ, **said)


def test_the_words_stand_where_they_were_drafted_not_where_they_were_signed() -> None:
    signed = entry("handling.return_requested", **ASKS, asked_by="7", asked_at=AT.isoformat())
    ledger = (entry("handling.return_drafted", **ASKS), entry("handling.request_signed"), signed)
    assert positions(ledger) == (returned(1),)


def test_a_return_by_the_head_needs_no_draft_and_an_earlier_draft_is_not_its_words() -> None:
    ledger = (
        entry("handling.return_drafted", reason="other"),
        entry("handling.request_refused"),
        entry("handling.return_requested", **ASKS),
        entry("dispatch.return_accepted"),
    )
    assert positions(ledger) == (returned(3, founded=True, found_seq=4),)


def test_what_was_found_belongs_to_the_return_it_answers() -> None:
    asked = entry("handling.return_requested", **ASKS)
    ledger = (asked, entry("dispatch.return_rejected"), asked, entry("dispatch.return_accepted"))
    first, second = positions(ledger)
    assert (first.founded, first.found_seq, second.founded, second.found_seq) == (False, 2, True, 4)
    assert parties_of((first,)) == frozenset()
    assert parties_of((first, second)) == {STHJ, CGJ}
