"""A ticket's way to its lead as its ledger tells it; every ledger here was made by the rules."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from hotline.rules import acts as a
from hotline.rules.quarrel_trails import followed, trace
from hotline.rules.quarrels import Returned, Step, Trace
from hotline.rules.vocabulary import Role, UnitCode
from tests.rules import cast as c
from tests.rules.cast import DISPATCHER, ECOLOGY, HANDLER, HOUSING, NOISE, SUPERVISOR, SYSTEM, URBAN, Story

URBAN_DEPUTY = c.member(URBAN, Role.DEPUTY_HEAD)
HOUR = timedelta(hours=1)


def read(story: Story, **more: str) -> Trace:
    found = trace("1", NOISE, story.events, **more)
    assert found is not None
    return found


def accepted() -> Story:
    return c.return_asked().do(DISPATCHER, a.AcceptReturn(finding="理由成立"))


def elsewhere() -> Story:
    return accepted().do(DISPATCHER, a.Dispatch(lead_unit=URBAN))


def disputed() -> Story:
    story = elsewhere().do(URBAN_DEPUTY, c.asks_return(proposed_unit=ECOLOGY))
    return story.do(DISPATCHER, a.AcceptReturn(finding="理由成立"))


def panelled() -> Story:
    return disputed().do(SUPERVISOR, a.ConvenePanel(members=(ECOLOGY, URBAN), agenda="夜间施工噪声"))


def test_a_ticket_never_dispatched_has_no_way():
    assert trace("1", NOISE, c.registered().events) is None


def test_kept_at_once():
    story = c.handled()
    found = read(story)
    sent = next(event.at for event in story.events if event.name == "dispatch.sent")
    assert found == Trace(
        ticket="1",
        category=NOISE,
        dispatched_at=sent,
        given=(ECOLOGY,),
        settled_at=sent,
        step=Step.FIRST,
        certain=False,
    )


def test_certain_once_the_window_is_over_or_the_unit_has_answered():
    assert read(c.handled().do(SYSTEM, a.DeemAccepted(), after=5 * c.DAY)).certain
    assert read(c.signed(c.replied())).certain
    assert not read(c.replied()).certain


def test_a_return_puts_the_lead_in_question():
    found = read(c.return_asked())
    assert (found.settled_at, found.step, found.ownerless_since) == (None, None, None)
    assert found.returns == (Returned(unit=ECOLOGY, founded=None),)


def test_a_return_that_is_refused_settles_it_then():
    story = c.return_asked().do(DISPATCHER, a.RejectReturn(finding="属于你单位职责"))
    found = read(story)
    assert (found.step, found.settled_at, found.given) == (Step.REFUSED, story.now, (ECOLOGY,))
    assert found.returns == (Returned(unit=ECOLOGY, founded=False),)


def test_nobodys_between_a_founded_return_and_the_next_dispatch():
    story = accepted()
    assert (read(story).ownerless_since, read(story).settled_at) == (story.now, None)
    again = elsewhere()
    found = read(again)
    assert (found.step, found.settled_at, found.ownerless_since) == (Step.REASSIGNED, again.now, None)
    assert found.given == (ECOLOGY, URBAN)
    assert found.dispatched_at == read(accepted()).dispatched_at < found.settled_at


def test_nobodys_since_the_return_and_not_since_it_was_said():
    story = accepted()
    since = story.now
    assert read(story.do(DISPATCHER, a.MarkNoOwner(note="几家都说不是"), after=HOUR)).ownerless_since == since


def test_the_second_founded_return_is_a_dispute_and_the_ticket_nobodys():
    story = disputed()
    found = read(story)
    assert (found.disputed_at, found.ownerless_since, found.settled_at) == (story.now, story.now, None)
    assert found.returns == (
        Returned(unit=ECOLOGY, founded=True),
        Returned(unit=URBAN, proposed=ECOLOGY, founded=True),
    )


def test_a_ticket_nobody_was_given():
    story = c.ownerless()
    found = read(story)
    assert (found.dispatched_at, found.disputed_at, found.ownerless_since) == (story.now, story.now, story.now)
    assert found.given == ()


@pytest.mark.parametrize(
    ("tale", "step", "lead"),
    [
        (
            lambda: disputed().do(DISPATCHER, a.Mediate(lead_unit=ECOLOGY, finding="同意"), after=HOUR),
            Step.MEDIATION,
            ECOLOGY,
        ),
        (
            lambda: disputed().do(SUPERVISOR, a.RuleProvisionally(lead_unit=HOUSING, finding="先办"), after=HOUR),
            Step.QUICK,
            HOUSING,
        ),
        (lambda: panelled().do(SUPERVISOR, c.rules_jointly(), after=HOUR), Step.PANEL, ECOLOGY),
        (
            lambda: (
                panelled()
                .do(SUPERVISOR, a.EscalateDispute(reason="意见不一致"))
                .do(SUPERVISOR, c.rules_jointly(URBAN), after=HOUR)
            ),
            Step.GOVERNMENT,
            URBAN,
        ),
        (
            lambda: (
                panelled()
                .do(SUPERVISOR, c.rules_jointly())
                .do(c.member(ECOLOGY, Role.SECTION_HEAD), a.ObjectToRuling(reason="无权限", legal_basis="三定规定"))
                .do(SUPERVISOR, c.rules_jointly(), after=HOUR)
            ),
            Step.OBJECTION,
            ECOLOGY,
        ),
    ],
)
def test_the_step_that_ended_the_dispute(tale: Callable[[], Story], step: Step, lead: UnitCode):
    story = tale()
    found = read(story)
    assert (found.step, found.settled_at, found.given[-1]) == (step, story.now, lead)
    assert found.disputed_at is not None
    assert (found.ownerless_since, found.certain) == (None, False)


def test_an_objection_puts_the_ruling_in_question_but_the_ticket_is_not_nobodys():
    story = panelled().do(SUPERVISOR, c.rules_jointly())
    story.do(c.member(ECOLOGY, Role.SECTION_HEAD), a.ObjectToRuling(reason="无权限", legal_basis="三定规定"))
    found = read(story)
    assert (found.settled_at, found.step, found.ownerless_since) == (None, None, None)


def test_a_void_ticket_is_nobodys_no_more():
    story = accepted().do(c.AGENT, a.ProposeVoid(reason="test", note="误录"))
    assert read(story).ownerless_since is not None
    story.do(SUPERVISOR, a.ConfirmVoid())
    found = read(story)
    assert (found.ownerless_since, found.certain) == (None, False)


def test_sent_by_a_precedent():
    straight = read(c.handled().do(SYSTEM, a.DeemAccepted(), after=5 * c.DAY), by_precedent="2026-031")
    assert (straight.step, straight.went_straight) == (Step.PRECEDENT, True)
    assert not read(c.handled(), by_precedent="2026-031").went_straight
    refused = c.return_asked().do(DISPATCHER, a.RejectReturn(finding="裁定已定"))
    kept = read(refused.do(HANDLER, c.replies()), by_precedent="2026-031")
    assert (kept.step, kept.went_straight) == (Step.PRECEDENT, False)
    assert read(elsewhere(), by_precedent="2026-031").step is Step.REASSIGNED


def test_the_first_dispatch_tells_which_line_it_followed():
    line = c.DIRECTORY.rules[0].version_key
    story = c.awaiting_dispatch().do(DISPATCHER, a.Dispatch(lead_unit=ECOLOGY, followed=(line,)))
    story.do(DISPATCHER, a.Reassign(lead_unit=URBAN, reason="错派"))
    assert followed(story.events) == (line,)
    assert followed(c.handled().events) == ()
    assert followed(c.registered().events) == ()


def test_what_was_written_before_lines_were_quoted_still_reads():
    old = [
        replace(event, payload={k: v for k, v in event.payload.items() if k != "followed"})
        for event in c.handled().events
    ]
    assert followed(old) == ()
    assert trace("1", NOISE, old) == read(c.handled())
