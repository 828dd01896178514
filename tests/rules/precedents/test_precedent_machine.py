"""Whatever people do, in whatever order: a precedent keeps its lead, its number, its four eyes and its history."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from hotline.rules.jurisdiction import Words
from hotline.rules.lifecycle import SYSTEM, Actor
from hotline.rules.messages import Refusal
from hotline.rules.precedents import TABLE, Deed, Entry, Order, Precedent, Row, Status, allowed, decide, fold
from hotline.rules.precedents.seeing import may_see
from hotline.rules.precedents.states import DRAFTED, ENDED, HOLDS
from hotline.rules.precedents.telling import TELLING, who_must_know
from hotline.rules.precedents.wording import MOST_YEARS, number_of, read, written, years_on
from hotline.rules.sentences import render
from hotline.rules.vocabulary import UnitCode
from hotline.rules.words import word
from hotline.rules.words_precedents import TEXT_WORDS
from tests.rules.cast import ECOLOGY, HOUSING, URBAN
from tests.rules.joint.panel import STAFFING
from tests.rules.precedents.making import (
    ADMIN,
    ECOLOGY_HEAD,
    PEOPLE,
    STAFFING_CLERK,
    STAFFING_HEAD,
    STRANGER,
    URBAN_HEAD,
    WRITER,
    day_of,
    draft,
    filled,
)
from tests.walks import OPENING

FOUND = Refusal("precedents.not_reached", field="words")
LANGS = ("zh", "en")
DRAFTING = frozenset({Deed.PROPOSE, Deed.REVISE, Deed.AMEND})
ASKING = DRAFTING | {Deed.RENEW}


class Machine(RuleBasedStateMachine):
    """One precedent in the hands of everybody."""

    @initialize()
    def begin(self) -> None:
        self.now, self.state = OPENING, Precedent()
        self.entries: list[Entry] = []
        assert self._do(WRITER, filled(Deed.PROPOSE, self.now))

    def _do(self, who: Actor, order: Order) -> bool:
        self.now += timedelta(minutes=1)
        before = self.state
        ruling = decide(before, order, actor=who, now=self.now)
        if not ruling.ok:
            assert ruling.state == before
            assert all(render(refusal, lang) for refusal in ruling.refusals for lang in LANGS)
            return False
        assert ruling.entry is not None
        assert before.status not in ENDED, "nothing follows an end"
        self.state = ruling.state
        self.entries.append(ruling.entry)
        return True

    @rule(
        who=st.sampled_from(PEOPLE),
        deed=st.sampled_from(Deed),
        text=st.sampled_from(("", "不合职责")),
        lead=st.sampled_from((ECOLOGY, URBAN)),
        wide=st.booleans(),
        days=st.integers(-2, 1400),
        found=st.sampled_from(((), (FOUND,))),
    )
    def act(
        self, who: Actor, deed: Deed, text: str, lead: UnitCode, wide: bool, days: int, found: tuple[Refusal, ...]
    ) -> None:
        begun = deed in allowed(self.state, actor=who, now=self.now)
        until = day_of(self.now) + timedelta(days=days)
        said: dict[str, Any] = {"lead": lead, "valid_to": until}
        if wide:
            said |= {"words": Words(), "hours": None}
        order = filled(deed, self.now, text=text, draft=draft(day_of(self.now), **said), until=until, found=found)
        if self._do(who, order):
            assert begun, f"{deed} was done though no button offered it"
            searched = next(row.searched for row in TABLE if row.deed is deed)
            assert not (searched and found), "it was found not to fit"
            assert not (deed in DRAFTING and wide), "a whole category"

    @rule(who=st.sampled_from(PEOPLE))
    def what_is_offered_can_be_done(self, who: Actor) -> None:
        for deed in allowed(self.state, actor=who, now=self.now):
            last = self.state.ends_on
            far = years_on(day_of(self.now), MOST_YEARS)
            if deed is Deed.RENEW and last is not None and last >= far:
                continue
            ruling = decide(self.state, filled(deed, self.now, until=far), actor=who, now=self.now)
            assert ruling.ok, (deed, ruling.refusals)

    @rule(days=st.sampled_from((1, 40, 400, 800)))
    def time_goes_on(self, days: int) -> None:
        """Every night the platform looks."""
        self.now += timedelta(days=days)
        for deed in (Deed.WARN, Deed.EXPIRE):
            if deed in allowed(self.state, actor=SYSTEM, now=self.now):
                assert self._do(SYSTEM, Order(deed=deed))

    @rule(who=st.sampled_from((STAFFING_HEAD, ECOLOGY_HEAD, URBAN_HEAD, WRITER)))
    def one_step_on(self, who: Actor) -> None:
        for deed in (Deed.AGREE, Deed.CHALLENGE, Deed.UPHOLD, Deed.RENEW):
            if deed in allowed(self.state, actor=who, now=self.now):
                self._do(who, filled(deed, self.now))
                return

    @invariant()
    def the_history_tells_the_state(self) -> None:
        assert fold(self.entries) == self.state
        assert self.state.version == len(self.entries)

    @invariant()
    def what_stands_in_the_directory_is_what_was_ruled_and_agreed_to(self) -> None:
        agreed = [entry for entry in self.entries if entry.deed is Deed.AGREE]
        assert self.state.edition == len(agreed)
        assert bool(agreed) == (self.state.rule is not None) == (self.state.agreed_at is not None)
        assert self.state.status in DRAFTED | {Status.DROPPED} or agreed
        for place, entry in enumerate(agreed, 1):
            rule = read(entry.payload["rule"])
            assert (rule.id, rule.version, rule.lead) == ("040103-501", place, ECOLOGY)
            assert rule.source == number_of(2026, 31) == "裁定2026-031"
            assert {one.unit for one in rule.co_units} == {URBAN}
            assert rule.valid_from == day_of(entry.at)
            assert rule.valid_to is not None
            assert day_of(entry.at) < rule.valid_to
            assert entry.unit == STAFFING

    @invariant()
    def four_eyes(self) -> None:
        asked_by: set[str] = set()
        for entry in self.entries:
            if entry.deed in ASKING:
                asked_by.add(entry.actor)
            if entry.deed is Deed.AGREE:
                assert entry.actor not in asked_by
            if entry.deed in {Deed.AGREE, Deed.DECLINE}:
                asked_by.clear()

    @invariant()
    def a_challenge_stops_nothing_and_is_always_answered(self) -> None:
        assert (self.state.status is Status.CHALLENGED) == (self.state.challenger is not None)
        if self.state.challenger is not None:
            assert self.state.challenger in self.state.concerned
            assert self.state.rule is not None

    @invariant()
    def what_has_ended_leads_nobody_any_more(self) -> None:
        if self.state.status in {Status.WITHDRAWN, Status.EXPIRED}:
            assert self.state.rule is not None
            assert not self.state.rule.holds(day_of(self.entries[-1].at))
            assert self.state.challenger is None

    @invariant()
    def drafts_are_read_by_those_they_concern(self) -> None:
        agreed = self.state.agreed_at is not None
        assert may_see(STRANGER, self.state) == agreed
        assert all(may_see(who, self.state) for who in (WRITER, STAFFING_CLERK, ECOLOGY_HEAD, URBAN_HEAD))
        assert not may_see(ADMIN, self.state)
        told = who_must_know(self.entries[-1], self.state)
        assert all(word(f"notice.{one.kind}", lang) for one in told for lang in LANGS)
        assert all(to.unit != HOUSING for one in told for to in one.to)

    @invariant()
    def what_lives_can_go_on(self) -> None:
        offered = any(allowed(self.state, actor=who, now=self.now) for who in PEOPLE)
        assert offered == (self.state.status not in ENDED)


TestMachine = Machine.TestCase
TestMachine.settings = settings(
    max_examples=80, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.deed.value}-{row.reach}-{min(row.sources).value}")
def test_what_is_typed_has_a_name(row: Row):
    assert not row.words or row.deed in TEXT_WORDS


def test_every_deed_has_its_row_and_every_notice_its_words():
    assert {row.deed for row in TABLE} == set(Deed)
    assert all(word(f"notice.{kind}", lang) for kind, _ in TELLING.values() for lang in LANGS)
    assert all(word(member, lang) for members in (Deed, Status) for member in members for lang in LANGS)


def test_what_holds_is_in_force_or_challenged():
    assert {Status.IN_FORCE, Status.CHALLENGED} == HOLDS


def test_a_rule_is_read_as_it_was_written():
    rule = draft(day_of(OPENING), regions=("340103",), note="注")
    assert read(written(rule)) == rule
