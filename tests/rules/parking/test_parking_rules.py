"""挂账: standing, plans, who sees what, and whatever people do in whatever order to one ticket and its parking."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from hotline.rules import acts as a
from hotline.rules.fold import fold
from hotline.rules.lifecycle import Actor
from hotline.rules.parking import Plan, Standing, agreed_plan, may_see, standing_of
from hotline.rules.profile_parts import ParkingRules
from hotline.rules.vocabulary import CITY_TZ, ClockKind, Paper, Proposal, Role, Stage
from tests.rules import cast as c
from tests.rules import scenes as s
from tests.rules.cast import (
    AGENT,
    DAY,
    DEPUTY,
    ECOLOGY,
    HANDLER,
    HEAD,
    SUPERVISOR,
    URBAN,
    Story,
)

K = ClockKind


def stands(story: Story, *, inside: bool = False) -> Standing | None:
    return standing_of(story.state, story.now.astimezone(CITY_TZ).date(), inside=inside)


def struck_off() -> Story:
    return c.parked().do(HEAD, a.StrikeOff(note="资金到位"), after=30 * DAY)


# Where a matter stands


def test_a_matter_stands_where_its_paper_lies():
    assert stands(c.handled(), inside=True) is None
    assert (stands(s.park_drafted(), inside=True), stands(s.park_drafted())) == (Standing.SIGNING, None)
    assert stands(s.park_asked()) is Standing.ASKED
    assert stands(c.parked()) is Standing.PARKED
    assert stands(c.parked().wait(days=84)) is Standing.DUE
    assert stands(struck_off()) is Standing.ENDED


def test_what_is_due_today_is_due_and_not_the_evening_before():
    story = c.parked()
    last = story.clock(K.PARK_REVIEW).due_at.astimezone(CITY_TZ).date()
    assert standing_of(story.state, last, inside=False) is Standing.DUE
    assert standing_of(story.state, last - DAY, inside=False) is Standing.PARKED


def test_a_new_plan_changes_nothing_before_the_office_has_agreed():
    for story in (s.planned_anew(), s.review_asked()):
        assert stands(story, inside=True) is Standing.PARKED
    assert stands(s.review_asked().do(SUPERVISOR, a.RejectPark(note="资金已到位，应当办"))) is Standing.PARKED


def test_the_office_hears_of_a_plan_with_the_signature_of_the_head_and_other_units_never():
    other = c.member(URBAN, Role.UNIT_HEAD)
    for story, office, unit in (
        (s.park_drafted(), False, True),
        (s.park_asked(), True, True),
        (c.parked(), True, True),
        (c.handled(), False, False),
    ):
        assert may_see(SUPERVISOR, story.state) is office
        assert may_see(HANDLER, story.state) is unit
        assert not may_see(other, story.state)


# The plan


def test_the_agreement_keeps_the_plan_who_asked_and_since_when():
    story = s.park_drafted()
    drafted = story.now
    story.do(HEAD, a.SignOff(), after=DAY).do(SUPERVISOR, a.ConfirmPark(), after=DAY)
    kept = story.events[-1].payload
    assert Plan.of(kept) == Plan(cause="funds", review_on=date(2021, 8, 2), finish_on=date(2021, 12, 31))
    assert kept["asked_by"] == HANDLER.id
    assert kept["asked_at"].startswith(drafted.astimezone(CITY_TZ).date().isoformat()[:8])
    assert agreed_plan(c.handled().state) == {}
    assert "plan" not in kept, "typed words stand beside the ledger, never in it"


def test_a_plan_of_before_has_no_day_of_solving_and_what_is_no_plan_is_none():
    assert Plan.of({"cause": "funds", "review_on": "2021-08-02"}) == Plan(cause="funds", review_on=date(2021, 8, 2))
    assert Plan.of({"note": "同意"}) is None


@pytest.mark.parametrize(
    ("days", "codes"), [(1, ()), (92, ()), (93, ("park.review_too_far",)), (0, ("park.review_past",))]
)
def test_a_review_lies_within_the_quarter(days: int, codes: tuple[str, ...]):
    story = c.handled()
    on = story.now.astimezone(CITY_TZ).date() + timedelta(days=days)
    assert story.codes(HEAD, c.asks_park(on)) == codes


def test_the_quarter_is_a_setting_of_the_city():
    story = c.handled(c.book(parking=ParkingRules(review_within_days=30)))
    on = story.now.astimezone(CITY_TZ).date() + timedelta(days=31)
    assert story.codes(HEAD, c.asks_park(on)) == ("park.review_too_far",)


# The review


def test_a_review_starts_the_next_quarter_and_keeps_the_promise_resting():
    story = s.review_asked()
    rests = story.clock(K.REPLY).pauses
    story.do(SUPERVISOR, a.ConfirmPark())
    assert story.stage is Stage.PARKED
    assert (story.clock(K.PARK_REVIEW).round, story.runs(K.PARK_REVIEW)) == (2, True)
    assert story.clock(K.REPLY).pauses == rests
    assert story.clock(K.REPLY).paused


def test_a_review_that_came_late_is_judged_late_and_the_next_one_is_not():
    story = c.parked().wait(days=90)
    story.do(HANDLER, c.asks_park(date(2021, 10, 1))).do(HEAD, a.SignOff())
    changes = story.do(SUPERVISOR, a.ConfirmPark()).events[-1].clocks
    assert [change.op for change in changes] == ["stop", "start"]
    review = story.clock(K.PARK_REVIEW)
    assert (review.met, review.overdue_at, review.running) == (None, None, True)


def test_the_reply_runs_on_after_striking_off_by_what_was_left():
    story = c.handled()
    left = story.clock(K.UNIT_REPLY).due_at - story.now
    story.do(HEAD, c.asks_park()).do(SUPERVISOR, a.ConfirmPark())
    story.do(SUPERVISOR, a.StrikeOff(note="资金到位"), after=28 * DAY)
    assert story.stage is Stage.HANDLING
    assert not story.clock(K.REPLY).paused
    assert abs((story.clock(K.UNIT_REPLY).due_at - story.now) - left) <= 4 * DAY, "whole working days"
    assert story.clock(K.UNIT_REPLY).due_at > story.now


def test_nobody_but_another_person_of_the_office_decides():
    both = Actor(id=HEAD.id, roles=HEAD.roles | SUPERVISOR.roles, unit=ECOLOGY, covers=HEAD.covers)
    assert s.park_asked().codes(both, a.ConfirmPark()) == ("act.needs_second_person",)
    assert s.park_drafted().codes(SUPERVISOR, a.ConfirmPark()) == ("park.nothing_proposed",)
    assert s.park_drafted().codes(DEPUTY, a.SignOff()) == ("sign_off.not_your_step",)
    assert s.park_asked().codes(AGENT, a.ConfirmPark()) == ("act.role_denied",)


# Whatever people do


PEOPLE = (HANDLER, DEPUTY, HEAD, SUPERVISOR)
DECISIONS = (
    a.SignOff(),
    a.RefuseRequest(reason="能办"),
    a.ConfirmPark(),
    a.RejectPark(note="能办"),
    a.StrikeOff(note="可办"),
)
BEGINNINGS = (c.handled, c.reworked, c.unhappy)


class Parking(RuleBasedStateMachine):
    """One ticket, its unit and the office, for some years."""

    @initialize(tale=st.sampled_from(BEGINNINGS))
    def it_begins(self, tale: c.Tale) -> None:
        self.story = tale()

    def try_it(self, who: Actor, act: a.Act) -> None:
        if not self.story.codes(who, act):
            self.story.do(who, act)

    @rule(who=st.sampled_from(PEOPLE), days=st.integers(-1, 100), more=st.integers(-2, 300))
    def somebody_plans(self, who: Actor, days: int, more: int) -> None:
        on = self.story.now.astimezone(CITY_TZ).date() + timedelta(days=days)
        self.try_it(who, c.asks_park(on, finish_on=on + timedelta(days=more)))

    @rule(who=st.sampled_from(PEOPLE), act=st.sampled_from(DECISIONS))
    def somebody_decides(self, who: Actor, act: a.Act) -> None:
        self.try_it(who, act)

    @rule(days=st.integers(1, 60))
    def time_goes_by(self, days: int) -> None:
        self.story.wait(days=days)

    @invariant()
    def a_review_is_owed_as_long_as_it_is_parked_and_only_then(self) -> None:
        assert self.story.runs(K.PARK_REVIEW) is (self.story.stage is Stage.PARKED)

    @invariant()
    def the_promise_rests_as_long_as_it_is_parked(self) -> None:
        parked = self.story.stage is Stage.PARKED
        running = self.story.state.running(K.REPLY)
        assert running is None or running.paused is parked

    @invariant()
    def the_next_review_is_never_further_than_a_quarter_from_its_plan(self) -> None:
        review = self.story.state.running(K.PARK_REVIEW)
        if review is not None:
            assert review.due_at - review.started_at <= timedelta(days=93)

    @invariant()
    def nothing_is_parked_without_the_head_and_somebody_of_the_office(self) -> None:
        events = self.story.events
        for place, event in enumerate(events):
            if event.name in {"parking.confirmed", "parking.renewed"}:
                asked = next(e for e in reversed(events[:place]) if e.name == "parking.proposed")
                assert asked.actor == HEAD.id
                assert event.role is Role.SUPERVISOR
                assert Plan.of(event.payload) is not None

    @invariant()
    def the_ledger_gives_it_back(self) -> None:
        assert fold(self.story.events) == self.story.state

    @invariant()
    def what_lies_or_is_asked_is_known_by_its_standing(self) -> None:
        found, state = stands(self.story, inside=True), self.story.state
        lies = state.signing is not None and state.signing.paper is Paper.PARK
        assert not (lies and Proposal.PARK in state.proposals), "one paper on its way at a time"
        assert (found is not None) is may_see(HANDLER, state)


Parking.TestCase.settings = settings(
    max_examples=60, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestParking = Parking.TestCase
