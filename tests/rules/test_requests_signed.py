"""退单和延期的签批: the moment of writing counts, refusals give the clocks back, the office learns of it at the end."""

from dataclasses import replace
from datetime import timedelta

from hotline.rules import acts as a
from hotline.rules.lifecycle import SYSTEM, Actor
from hotline.rules.lifecycle.case import StandIn
from hotline.rules.lifecycle.signing import next_signer
from hotline.rules.visibility import kept_inside, sees_inside
from hotline.rules.vocabulary import ClockKind, Flag, Paper, Proposal, Role, Stage, Urgency
from tests.rules import cast as c
from tests.rules.cast import (
    DAY,
    DEPUTY,
    DISPATCHER,
    DISTRICT,
    ECOLOGY,
    HANDLER,
    HEAD,
    SECTION,
    STREET,
    SUPERVISOR,
    URBAN,
    Story,
)

K = ClockKind
REFUSES = a.RefuseRequest(reason="属于本单位职责")


def test_a_return_written_in_its_window_is_in_time_however_long_the_signatures_take() -> None:
    story = c.return_drafted()
    last = story.clock(K.RETURN_WINDOW).due_at
    story.until(last + 2 * DAY)
    assert story.codes(SYSTEM, a.DeemAccepted()) == ("return.window_open",)
    story.do(SECTION, a.SignOff()).do(DEPUTY, a.SignOff())
    assert story.stage is Stage.RETURN_REQUESTED
    assert story.clock(K.RETURN_WINDOW).met
    assert story.clock(K.RETURN_RULING).started_at == story.now


def test_writing_a_return_instead_of_signing_in_counts_for_the_sign_in_limit_too() -> None:
    story = c.dispatched(urgency=Urgency.CRITICAL).do(HANDLER, c.asks_return())
    assert story.clock(K.SIGN_IN).met
    assert not story.runs(K.SIGN_IN)
    story.do(HANDLER, a.SignIn(), after=DAY)
    assert story.stage is Stage.HANDLING
    assert story.state.signing is not None
    assert story.clock(K.SIGN_IN).met


def test_refused_inside_the_window_runs_on_as_if_it_had_not_stopped() -> None:
    story = c.dispatched().do(HANDLER, c.asks_return())
    due = story.clock(K.RETURN_WINDOW).due_at
    story.do(DEPUTY, REFUSES, after=timedelta(hours=2))
    assert (story.clock(K.RETURN_WINDOW).due_at, story.runs(K.RETURN_WINDOW)) == (due, True)
    assert story.runs(K.SIGN_IN)
    story.do(HANDLER, c.asks_return())
    story.do(SECTION, REFUSES, after=3 * DAY)
    assert story.codes(HANDLER, c.asks_return()) == ("return.window_over",)
    story.do(SYSTEM, a.DeemAccepted())
    assert not story.runs(K.RETURN_WINDOW)


def test_a_clock_of_signing_in_that_ended_is_not_set_running_by_a_refusal() -> None:
    story = c.return_drafted().do(SECTION, REFUSES)
    assert not story.runs(K.SIGN_IN)
    assert story.runs(K.RETURN_WINDOW)


def test_an_extension_counts_as_asked_when_it_was_written() -> None:
    story = c.extension_drafted()
    asked = story.now
    due = story.clock(K.UNIT_REPLY).due_at
    story.until(due + DAY).do(SECTION, a.SignOff()).do(DEPUTY, a.SignOff())
    proposal = story.state.proposals[Proposal.EXTENSION]
    assert (proposal.by, proposal.at, proposal.details["days"]) == (HANDLER.id, asked, 5)
    assert story.clock(K.EXTENSION_RULING).started_at == story.now
    story.do(DISPATCHER, a.GrantExtension(days=5))
    assert story.clock(K.UNIT_REPLY).due_at > due


def test_the_last_signature_says_what_is_asked_by_whom_and_since_when() -> None:
    story = c.return_asked()
    event = story.events[-1]
    assert (event.name, event.act) == ("handling.return_requested", "sign_off")
    assert (event.payload["reason"], event.payload["asked_by"]) == ("not_competent", HANDLER.id)
    assert event.payload["asked_at"].startswith("2021-05-10T01:0")


def test_who_wrote_a_request_may_take_it_back_and_others_of_the_desk_may_not() -> None:
    colleague = c.member(ECOLOGY, name="colleague")
    story = c.return_drafted()
    assert story.codes(colleague, REFUSES) == ("sign_off.not_your_step",)
    story.do(HANDLER, REFUSES)
    assert story.state.signing is None


def test_a_reply_makes_a_lying_request_pointless() -> None:
    for story in (c.return_drafted(), c.extension_drafted()):
        story.do(HANDLER, c.replies())
        assert story.state.signing is not None
        assert story.state.signing.paper is Paper.REPLY
        assert story.codes(DEPUTY, REFUSES) == ("act.not_now",)


def test_another_lead_owes_no_signature_to_the_one_before() -> None:
    story = c.return_drafted().do(DISPATCHER, a.Reassign(lead_unit=URBAN, reason="错派"))
    assert story.state.signing is None
    assert story.runs(K.RETURN_WINDOW)


def test_a_mark_set_meanwhile_asks_for_the_head_too() -> None:
    story = c.return_drafted().do(SUPERVISOR, a.MarkTicket(flag=Flag.KEY)).do(DEPUTY, a.SignOff())
    assert story.stage is Stage.HANDLING
    assert next_signer(story.state) is Role.UNIT_HEAD
    assert story.do(HEAD, a.SignOff()).stage is Stage.RETURN_REQUESTED


# What the office may know


def told(story: Story) -> list[str]:
    names = [(event.name, event.act) for event in story.events]
    hidden = kept_inside(names)
    return [name for place, (name, _) in enumerate(names) if place not in hidden]


def test_the_office_hears_of_a_request_with_its_last_signature() -> None:
    story = c.return_drafted().do(SECTION, a.SignOff())
    assert "handling.return_drafted" not in told(story)
    assert "handling.request_signed" not in told(story)
    story.do(DEPUTY, a.SignOff())
    assert told(story)[-3:] == ["handling.return_drafted", "handling.request_signed", "handling.return_requested"]


def test_what_was_refused_or_dropped_stays_in_the_unit() -> None:
    story = c.return_drafted().do(SECTION, REFUSES).do(HANDLER, c.asks_extension()).do(HANDLER, c.replies())
    story.do(SECTION, a.SignOff())
    hidden = {"handling.return_drafted", "handling.request_refused", "extension.drafted"}
    assert not hidden & set(told(story))
    assert "handling.signed_off" in told(story)


def test_only_the_unit_and_those_above_it_look_inside() -> None:
    assert sees_inside(SECTION, ECOLOGY)
    assert sees_inside(c.member(DISTRICT, Role.UNIT_HEAD), STREET)
    assert not sees_inside(c.member(STREET), DISTRICT)
    assert not sees_inside(DISPATCHER, c.OFFICE)


# Stand-ins


def standing_in(who: Actor, away: Actor, role: Role) -> Actor:
    assert away.unit is not None
    return replace(
        who,
        roles=who.roles | {role},
        own=who.roles,
        covers=who.covers | away.covers,
        stands_in=(StandIn(role, away.unit, away.id),),
    )


def test_a_stand_in_signs_and_the_ledger_says_for_whom() -> None:
    clerk = standing_in(c.member(ECOLOGY, name="clerk"), DEPUTY, Role.DEPUTY_HEAD)
    story = c.replied().do(SECTION, a.SignOff()).do(clerk, a.SignOff())
    event = story.events[-1]
    assert story.stage is Stage.PENDING_REVIEW
    assert (event.actor, event.role, event.unit, event.payload["for"]) == (
        "clerk",
        Role.DEPUTY_HEAD,
        ECOLOGY,
        DEPUTY.id,
    )


def test_what_one_may_do_anyway_is_not_done_for_another() -> None:
    section = standing_in(SECTION, DEPUTY, Role.DEPUTY_HEAD)
    story = c.handled().do(section, a.RecordProgress(note="已到场"))
    assert "for" not in story.events[-1].payload
    own_step = c.replied().do(section, a.SignOff())
    assert own_step.events[-1].payload["for"] == DEPUTY.id, "two steps at once take the deputy's rank"


def test_a_stand_in_does_not_sign_what_they_wrote() -> None:
    handler = standing_in(HANDLER, DEPUTY, Role.DEPUTY_HEAD)
    assert c.replied().codes(handler, a.SignOff()) == ("sign_off.own_reply",)


def test_a_lent_role_counts_at_its_own_unit_only() -> None:
    street = standing_in(c.member(STREET), c.member(DISTRICT, Role.DEPUTY_HEAD), Role.DEPUTY_HEAD)
    district = c.at_district().do(c.LUYANG_DESK, c.replies())
    assert district.do(street, a.SignOff()).events[-1].unit == DISTRICT
    elsewhere = c.replied()
    assert elsewhere.codes(street, a.SignOff()) == ("act.not_your_ticket",)


def test_a_return_asked_in_a_lent_role_says_so() -> None:
    handler = standing_in(HANDLER, DEPUTY, Role.DEPUTY_HEAD)
    story = c.handled().do(handler, c.asks_return())
    assert story.stage is Stage.RETURN_REQUESTED
    assert (story.events[-1].role, story.events[-1].payload["for"]) == (Role.DEPUTY_HEAD, DEPUTY.id)
