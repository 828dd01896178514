"""Edges of counting that a fault could cross unseen: each of these was found by putting that fault in."""

import pytest

from hotline.rules import acts as a
from hotline.rules.deadlines import Pause, compute_due
from hotline.rules.lifecycle import SYSTEM
from hotline.rules.limits import Limit
from hotline.rules.vocabulary import ClockKind, RequestType
from tests.rules import cast as c
from tests.rules.cast import AGENT, DISPATCHER, HANDLER, REVIEWER, SUPERVISOR, Story, book
from tests.rules.clock_facts import close, flood
from tests.rules.clock_facts import due as ends
from tests.rules.due_cases import CALENDAR, codes, due
from tests.rules.holidays import at

K = ClockKind


@pytest.mark.parametrize(
    ("pause", "expected"),
    [
        (("2024-03-11 10:00", "2024-03-12 10:00"), "2024-03-12 17:30"),
        (("2024-03-09 10:00", "2024-03-11 18:00"), "2024-03-12 17:30"),
        (("2024-03-11 17:30", "2024-03-12 10:00"), "2024-03-11 17:30"),
    ],
)
def test_the_open_day_to_which_natural_days_move_is_one_on_which_the_clock_runs(
    pause: tuple[str, str], expected: str
) -> None:
    """The seventh day of Saturday the 2nd is Saturday the 9th, so Monday the 11th binds, if nothing stands still."""
    assert due("7d", "2024-03-02 10:00", [Pause(at(pause[0]), at(pause[1]))]).due_at == at(expected)


@pytest.mark.parametrize(
    ("limit", "extension", "provisional"), [("24h", 0, False), ("24h", 1, True), ("4oh", 0, True), ("7d", 0, True)]
)
def test_a_notice_is_needed_only_where_days_or_office_hours_come_in(
    limit: str, extension: int, provisional: bool
) -> None:
    found = compute_due(limit=Limit.parse(limit), start=at("2031-03-05 10:00"), calendar=CALENDAR, extension=extension)
    assert found.provisional is provisional
    assert ("due.provisional" in codes(found.explanation)) is provisional


def test_a_pause_after_expiry_is_not_told() -> None:
    late = Pause(at("2024-03-14 09:00"), at("2024-03-20 09:00"))
    assert codes(due("7wd", "2024-03-04 10:00", [late]).explanation) == codes(
        due("7wd", "2024-03-04 10:00").explanation
    )
    assert "due.pause.days" in codes(due("15wd", "2024-03-04 10:00", [late]).explanation)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2024-03-08 17:15", "2024-03-11 08:45"),
        ("2024-03-08 11:45", "2024-03-08 14:15"),
        ("2024-03-09 10:00", "2024-03-11 09:00"),
        ("2020-01-23 17:10", "2020-02-03 08:40"),
    ],
)
def test_office_minutes_stop_with_the_office(start: str, expected: str) -> None:
    assert due("30omin", start).due_at == at(expected)


def test_natural_days_are_days_and_have_no_length_in_hours() -> None:
    assert codes(due("7d", "2024-03-04 10:00").explanation)[0] == "due.from.acceptance.days"
    assert Limit.parse("7d").in_days
    with pytest.raises(ValueError, match="office hours"):
        _ = Limit.parse("7d").length


# On tickets


def test_an_emergency_shortens_promises_and_nothing_else() -> None:
    """Over a weekend 48 hours would end before the next working day."""
    friday = c.MONDAY + 4 * c.DAY
    story = Story(book(flood(c.MONDAY)), friday).do(AGENT, c.register()).do(AGENT, a.SendToDispatch())
    story.do(DISPATCHER, a.Dispatch(lead_unit=c.ECOLOGY))
    assert (ends(story, K.SIGN_IN), ends(story, K.RETURN_WINDOW)) == (close(17), close(17))
    story.do(HANDLER, a.SignIn())
    assert ends(story, K.FIRST_CONTACT) == close(17)
    assert ends(story, K.REPLY) < close(17)


def test_a_correction_while_time_rests_brings_its_limit_however_long_it_rests() -> None:
    story = c.handled(request_type=RequestType.CONSULTATION).do(SUPERVISOR, c.stops_clock())
    story.do(REVIEWER, a.Classify(request_type=RequestType.COMPLAINT, reason="实为投诉"), after=14 * c.DAY)
    assert story.clock(K.REPLY).limit == "7wd"
    story.do(SUPERVISOR, a.Resume())
    assert ends(story, K.REPLY) == close(1, 6)


def test_counting_again_leaves_clocks_at_rest_alone() -> None:
    """Their due time is set when they run again; until then every day at rest would be another line in the ledger."""
    story = c.paused().wait(days=10)
    assert story.codes(SYSTEM, a.RecomputeClocks(cause="calendar")) == ("clock.nothing_moves",)


def test_a_unit_that_is_late_already_still_gives_the_street_its_time() -> None:
    story = c.at_district().wait(days=20).do(c.LUYANG_DESK, a.Delegate(to_unit=c.STREET))
    assert ends(story, K.INNER_REPLY) == close(4, 6)


@pytest.mark.parametrize("start", ["2024-03-03 10:00", "2024-03-04 08:00", "2024-03-04 08:30"])
def test_a_whole_day_of_office_hours_ends_as_the_office_closes(start: str) -> None:
    assert due("7oh", start).due_at == at("2024-03-04 17:30")
