"""An objection on the ticket itself: one for each unit that the ruling binds, and the others keep theirs."""

from hotline.rules import acts as a
from hotline.rules.lifecycle import decide
from hotline.rules.vocabulary import ClockKind
from tests.rules import cast as c
from tests.rules.cast import ECOLOGY, HANDLER, SUPERVISOR, URBAN

OBJECTS = a.ObjectToRuling(reason="无权处罚", legal_basis="三定规定")


def ruled_with_help() -> c.Story:
    return c.panelled().do(SUPERVISOR, c.rules_jointly(co_units=(URBAN,)))


def test_a_helpers_objection_leaves_the_leads() -> None:
    story = ruled_with_help().do(c.member(URBAN), OBJECTS)
    assert story.state.objected_by == (URBAN,)
    assert story.state.running(ClockKind.OBJECTION) is not None
    again = decide(story.state, OBJECTS, actor=c.member(URBAN, name="other"), book=story.book, now=story.now)
    assert [refusal.code for refusal in again.refusals] == ["objection.already_made"]
    story.do(HANDLER, OBJECTS)
    assert story.state.objected_by == (URBAN, ECOLOGY)


def test_the_work_goes_on_and_the_panel_has_its_time_again() -> None:
    before = ruled_with_help()
    due = before.state.running(ClockKind.UNIT_REPLY)
    story = before.do(HANDLER, OBJECTS)
    assert story.state.running(ClockKind.UNIT_REPLY) == due
    assert story.state.running(ClockKind.PANEL) is not None


def test_a_confirmed_lead_may_be_objected_to_by_who_has_not_yet() -> None:
    story = ruled_with_help().do(HANDLER, OBJECTS).do(SUPERVISOR, c.rules_jointly(co_units=(URBAN,)))
    window = story.state.running(ClockKind.OBJECTION)
    assert window is not None
    assert window.started_at == story.now
    assert story.state.running(ClockKind.PANEL) is None
    story.do(c.member(URBAN), OBJECTS)
