"""What needs a second person: it waits where it can be decided, and is gone once the ticket has gone on."""

from dataclasses import replace

import pytest

from hotline.rules import acts as a
from hotline.rules.vocabulary import ClockKind, Flag, Proposal, Stage
from tests.rules import cast as c
from tests.rules import scenes as s
from tests.rules.cast import (
    AGENT,
    CALLER,
    DEPUTY,
    DISPATCHER,
    ECOLOGY,
    HANDLER,
    HEAD,
    LEADER,
    REVIEWER,
    SUPERVISOR,
    Story,
)


def asked(story: Story) -> set[Proposal]:
    return set(story.state.proposals)


def test_taking_a_request_in_answers_who_proposed_to_decline_it():
    story = c.drafted().do(AGENT, c.declines()).do(LEADER, c.register())
    assert asked(story) == set()
    assert story.codes(SUPERVISOR, a.ConfirmDecline()) == ("decline.nothing_proposed",)


@pytest.mark.parametrize("onwards", [a.SendToDispatch(), a.Dispatch(lead_unit=ECOLOGY)])
def test_what_is_sent_on_is_not_declined_any_more(onwards: a.Act):
    assert asked(s.decline_asked().do(AGENT, onwards)) == set()


def test_a_proposal_can_be_made_again_after_it_was_rejected():
    story = s.decline_asked().do(LEADER, a.RejectDecline(note="应受理")).do(AGENT, c.declines())
    assert story.do(LEADER, a.ConfirmDecline()).stage is Stage.NOT_ACCEPTED


def test_voiding_waits_through_every_stage_and_ends_with_the_ticket():
    story = c.registered().do(AGENT, a.ProposeVoid(reason="test", note="误录"))
    story.do(AGENT, a.Dispatch(lead_unit=ECOLOGY)).do(HANDLER, a.SignIn()).do(HANDLER, c.replies())
    c.signed(story).do(REVIEWER, a.PassReview(grade="good"))
    assert asked(story) == {Proposal.VOID}
    assert asked(story.do(CALLER, c.content())) == set()


def test_a_return_ends_a_pending_extension_even_if_it_is_rejected():
    story = c.extension_asked().do(DEPUTY, c.asks_return()).do(DISPATCHER, a.RejectReturn(finding="职责明确"))
    assert asked(story) == set()
    assert not story.runs(ClockKind.EXTENSION_RULING)
    assert story.codes(HANDLER, c.asks_extension()) == ()


def test_a_pending_extension_does_not_stop_the_work_or_parking():
    story = c.extension_asked().do(HANDLER, a.RecordProgress(note="继续")).do(HEAD, c.asks_park())
    assert asked(story) == {Proposal.EXTENSION, Proposal.PARK}
    story.do(SUPERVISOR, a.ConfirmPark())
    assert (story.stage, asked(story)) == (Stage.PARKED, set())
    assert not story.runs(ClockKind.EXTENSION_RULING)


def test_a_reply_ends_a_pending_parking_and_a_rework_order_does_not():
    assert asked(s.park_asked().do(HANDLER, c.replies())) == set()
    story = c.unhappy().do(HEAD, c.asks_park()).do(REVIEWER, a.OrderRework(reason="再办"))
    assert asked(story) == {Proposal.PARK}
    assert story.do(SUPERVISOR, a.ConfirmPark()).stage is Stage.PARKED


def test_who_asked_cannot_agree_in_another_role_and_another_can():
    both = replace(LEADER, id=AGENT.id)
    assert s.void_asked().codes(both, a.ConfirmVoid()) == ("act.needs_second_person",)
    assert s.void_asked().codes(both, a.RejectVoid(note="不")) == ("act.needs_second_person",)
    assert s.void_asked().codes(LEADER, a.ConfirmVoid()) == ()


def test_what_was_asked_for_is_kept_for_who_decides():
    details = c.extension_asked().state.proposals[Proposal.EXTENSION]
    assert (details.by, details.details["days"], details.details["reason"]) == (HANDLER.id, 5, "expert")
    assert "explanation" not in details.details, "typed words stay beside the ledger"


def test_an_extension_of_other_length_than_asked_can_be_granted():
    story = c.extension_asked().do(DISPATCHER, a.GrantExtension(days=2))
    assert (story.state.extensions, story.clock(ClockKind.UNIT_REPLY).extension) == (1, 2)


def test_marks_left_by_acts_end_with_the_lead_they_speak_of():
    story = s.phoned().do(HANDLER, a.SignIn())
    assert Flag.BY_PHONE in story.state.flags
    story = c.ruled().do(DISPATCHER, a.Reassign(lead_unit=c.URBAN, reason="错派"))
    assert Flag.RULED_LEAD not in story.state.flags
    assert story.codes(c.member(c.URBAN), c.asks_return()) == ()
