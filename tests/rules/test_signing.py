"""签批: who signs a reply in which order, who for whom, and that no reply ever waits for nobody."""

from dataclasses import replace

import pytest

from hotline.rules import acts as a
from hotline.rules.lifecycle import Actor
from hotline.rules.profile_parts import SignOffRules
from hotline.rules.vocabulary import Flag, Role, Stage
from tests.rules import cast as c
from tests.rules.cast import DEPUTY, DISPATCHER, HANDLER, HEAD, SECTION, SUPERVISOR, Story

HEAVY = (Role.SECTION_HEAD, Role.DEPUTY_HEAD, Role.UNIT_HEAD)


def heavy(flag: Flag = Flag.KEY) -> Story:
    return c.handled().do(SUPERVISOR, a.MarkTicket(flag=flag)).do(HANDLER, c.replies())


def left_by(story: Story, *signers: Actor) -> bool:
    """Whether the reply has left the unit after these signatures."""
    for signer in signers:
        story.do(signer, a.SignOff())
    return story.stage is Stage.PENDING_REVIEW


def test_section_then_deputy():
    assert not left_by(c.replied(), SECTION)
    assert left_by(c.replied(), SECTION, DEPUTY)
    assert c.replied().do(SECTION, a.SignOff()).events[-1].payload["step"] == 1


@pytest.mark.parametrize("above", [DEPUTY, HEAD], ids=["deputy", "head"])
def test_somebody_above_signs_for_those_below(above: Actor):
    assert left_by(c.replied(), above)


def test_nobody_signs_for_somebody_above_or_twice():
    story = c.replied()
    colleague = replace(HANDLER, id="colleague")
    assert story.codes(colleague, a.SignOff()) == ("sign_off.not_your_step",)
    assert story.codes(colleague, a.ReviseReply(reason="漏了依据")) == ("sign_off.not_your_step",)
    story.do(SECTION, a.SignOff())
    assert story.codes(SECTION, a.SignOff()) == ("sign_off.not_your_step",)


@pytest.mark.parametrize("flag", [Flag.KEY, Flag.INSTRUCTION])
def test_a_heavy_matter_leaves_with_the_heads_signature_only(flag: Flag):
    assert not left_by(heavy(flag), SECTION, DEPUTY)
    assert left_by(heavy(flag), DEPUTY, HEAD)
    assert left_by(heavy(flag), HEAD)


def test_who_wrote_the_reply_does_not_sign_it_but_may_take_it_back():
    story = c.handled().do(DEPUTY, c.replies())
    assert story.codes(DEPUTY, a.SignOff()) == ("sign_off.own_reply",)
    assert story.do(DEPUTY, a.ReviseReply(reason="漏了依据")).stage is Stage.HANDLING
    assert left_by(c.handled().do(DEPUTY, c.replies()), HEAD)
    another = replace(DEPUTY, id="another-deputy")
    assert left_by(c.handled().do(DEPUTY, c.replies()), another)


def test_a_reply_taken_back_is_signed_from_the_start():
    story = c.replied().do(SECTION, a.SignOff()).do(DEPUTY, a.ReviseReply(reason="不清"))
    story.do(HANDLER, c.replies())
    assert story.state.signing is not None
    assert story.state.signing.signed == 0
    assert not left_by(story, SECTION)


def test_a_mark_set_meanwhile_lengthens_the_chain():
    story = c.replied().do(SECTION, a.SignOff()).do(SUPERVISOR, a.MarkTicket(flag=Flag.KEY))
    assert not left_by(story, DEPUTY)
    assert left_by(story, HEAD)


def test_a_mark_cleared_meanwhile_leaves_one_signature_to_give():
    """Two of three had signed; now two are enough, and the last of them lets the reply out."""
    story = heavy().do(SECTION, a.SignOff()).do(DEPUTY, a.SignOff())
    story.do(SUPERVISOR, a.UnmarkTicket(flag=Flag.KEY, note="已降级"))
    assert story.codes(SECTION, a.SignOff()) == ("sign_off.not_your_step",)
    assert left_by(story, DEPUTY)


def test_a_chain_that_became_empty_waits_for_anybody_of_the_unit():
    rules = c.book(sign_off=SignOffRules(for_reply=(), heavy_adds=HEAVY))
    story = c.handled(rules).do(SUPERVISOR, a.MarkTicket(flag=Flag.KEY)).do(HANDLER, c.replies())
    story.do(DISPATCHER, a.UnmarkTicket(flag=Flag.KEY, note="已降级"))
    assert left_by(story, SECTION)


def test_a_city_without_signatures_sends_replies_straight_to_review():
    rules = c.book(sign_off=SignOffRules(for_reply=()))
    assert c.handled(rules).do(HANDLER, c.replies()).stage is Stage.PENDING_REVIEW
