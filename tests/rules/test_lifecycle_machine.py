"""Whatever people do, in whatever order: a ticket never breaks, never gets stuck, and its ledger tells its state."""

import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from hotline.rules import acts as a
from hotline.rules.effects_of_tasks import asked_back
from hotline.rules.flow_report import RUNS_IN
from hotline.rules.fold import fold
from hotline.rules.lifecycle import (
    SYSTEM,
    Actor,
    Case,
    Rulebook,
    Transition,
    allowed,
    decide,
    fields,
    inputs,
    reviewing,
)
from hotline.rules.lifecycle.decide import role_for
from hotline.rules.lifecycle.reckoning import PAUSABLE
from hotline.rules.lifecycle.signing import next_signer
from hotline.rules.lifecycle.table import ROWS_OF
from hotline.rules.limits import Limit, LimitUnit, StartPoint
from hotline.rules.messages import Refusal
from hotline.rules.profile_parts import CallbackRules, OnTimeMeans, SignOffRules
from hotline.rules.sentences import render
from hotline.rules.state import ClockState, Event, TicketState
from hotline.rules.vocabulary import (
    DECIDED_IN,
    OPEN,
    SIGNED_IN,
    TERMINAL,
    UNIT_ROLES,
    WORKING,
    ClockKind,
    Flag,
    Paper,
    Proposal,
    RequestType,
    Role,
    Stage,
    UnitCode,
)
from tests.fitness.codes import find_codes
from tests.rules.anything import Pick, fill
from tests.rules.cast import (
    BOOK,
    CITIZEN,
    DISTRICT,
    DISTRICT_URBAN,
    ECOLOGY,
    HEFEI,
    MONDAY,
    OFFICE_PEOPLE,
    STREET,
    URBAN,
    book,
    member,
)

K, S = ClockKind, Stage
LONG = 20
HALF, SOMETIMES, SELDOM = 0.5, 0.2, 0.03


def staff(unit: UnitCode) -> tuple[Actor, Actor]:
    """Who writes in a unit, and who signs."""
    desk = frozenset({Role.UNIT_HANDLER, Role.DISTRICT_DISPATCHER})
    writer = member(unit)
    return replace(writer, roles=desk), replace(writer, id=f"{unit}:heads", roles=UNIT_ROLES - desk)


CITIES = (
    BOOK,
    book(on_time_means=OnTimeMeans.ACCEPTED_REPLY),
    book(reply_starts_at=StartPoint.DISPATCH),
    book(reply_starts_at=StartPoint.SIGN_IN, sign_in_starts_at=StartPoint.ACCEPTANCE),
    book(sign_off=SignOffRules(for_reply=(), for_return=(), heavy_adds=(Role.UNIT_HEAD,))),
    book(callback=CallbackRules(unreachable_closes=False, dissatisfied_decided_by=Role.SUPERVISOR)),
    book(limits={**HEFEI.limits, K.CLOSE: HEFEI.limits[K.REVIEW], K.INNER_REPLY: HEFEI.limits[K.REPLY]}),
)
"""Cities with different rules; the machine plays in one of them."""

PEOPLE = (
    *OFFICE_PEOPLE,
    *(clerk for unit in (ECOLOGY, URBAN, DISTRICT) for clerk in staff(unit)),
    member(STREET),
    member(DISTRICT_URBAN),
    CITIZEN,
    SYSTEM,
)
"""Everybody a ticket can meet; in a unit one person writes and another signs."""

WAY = ("dispatch", "sign_in", "submit_reply", "sign_off", "pass_review", "record_callback", "order_rework")
"""Acts on the plain way of a ticket; chosen most often, so that lives get to their end."""

BESIDE = (
    "request_return",
    "propose_park",
    "confirm_park",
    "open_task",
    "record_finding",
    "report_co_task",
    "return_task",
    "request_task_return",
    "reject_task_return",
)
"""Acts that begin or carry on what lies beside the way; chosen more often than chance, so that few lives see it all."""

RARE = {
    "withdraw",
    "merge",
    "confirm_void",
    "transfer_emergency",
    "answer_directly",
    "confirm_decline",
    "import_closed",
}
"""Acts that end a ticket early; too many of them and no life would be long."""

SAID = (Path(inputs.__file__), Path(fields.__file__), Path(reviewing.__file__))
INPUT_CODES = {code for path in SAID for code in find_codes(path).made}
"""What may still be wrong when the act itself was offered: only what was said in it."""

RESTS_IN = {*WORKING, S.PARKED, S.JURISDICTION_DISPUTE, S.JOINT_HANDLING}
NEW_PROMISE = {"callback.rework_ordered", "visit.problem_found", "parking.struck_off"}


class Life(RuleBasedStateMachine):
    """One ticket among all the people of the city."""

    @initialize(city=st.sampled_from(CITIES))
    def the_office_opens(self, city: Rulebook) -> None:
        self.book, self.now = city, MONDAY
        self.state, self.events = TicketState(), list[Event]()
        self.visits, self.seen_open = 0, S.NEW

    @rule(data=st.data())
    def somebody_goes_on(self, data: st.DataObject) -> None:
        """An act that a page would offer to somebody."""
        self.go_on(lambda options: data.draw(st.sampled_from(options)))

    @rule(seed=st.integers(0, 10**6))
    def a_week_goes_by(self, seed: int) -> None:
        """A longer stretch at once, so that lives get far."""
        self.live(random.Random(seed), acts=10)  # noqa: S311  -- a test's own, repeatable chance

    @precondition(lambda self: len(self.events) > LONG)
    @rule(data=st.data())
    def somebody_ends_it(self, data: st.DataObject) -> None:
        self.go_on(lambda options: data.draw(st.sampled_from(options)), rare=True)

    @rule(who=st.sampled_from(PEOPLE), act=st.sampled_from(sorted(a.ACTS.keys() - RARE)), data=st.data())
    def anybody_tries_anything(self, who: Actor, act: str, data: st.DataObject) -> None:
        """Nothing raises, and what is accepted had been offered."""
        wanted = fill(a.ACTS[act], self.now, lambda options: data.draw(st.sampled_from(options)))
        offered = {row.act for row in allowed(self.state, actor=who, book=self.book, now=self.now)}
        if not self.refusals(who, wanted):
            assert type(wanted) in offered

    @rule(length=st.sampled_from((timedelta(minutes=20), timedelta(hours=5), timedelta(days=1), timedelta(days=4))))
    def time_passes(self, length: timedelta) -> None:
        self.now += length

    @rule()
    def the_clockwork_runs(self) -> None:
        """What ran out is acted upon once, and then rests."""
        for clock in self.run_out():
            assert not self.refusals(SYSTEM, a.run_out(clock.kind, clock.of)) or not self.state.running(
                clock.kind, clock.of
            )
        assert self.run_out() == []

    @rule(on=st.booleans())
    def an_emergency_comes_or_goes(self, on: bool) -> None:
        limits = {kind: Limit(48, LimitUnit.PLAIN_HOUR) for kind in RequestType}
        flood = replace(HEFEI.emergency(name="防汛", start=self.now), limits=limits)
        past = tuple(replace(e, ended_at=e.ended_at or self.now) for e in self.book.emergencies)
        self.book = replace(self.book, emergencies=(*past, flood) if on else past)
        if self.state.stage in OPEN:
            self.refusals(SYSTEM, a.RecomputeClocks(cause="emergency"))

    # what holds at every moment

    @invariant()
    def its_place_is_known_and_its_ledger_whole(self):
        assert self.state.stage in Stage
        assert self.state.version == len(self.events)
        assert len(self.events) % 5 or fold(self.events) == self.state

    @invariant()
    def clocks_run_only_where_somebody_owes_something(self):
        running = {clock.kind for clock in self.state.clocks.values() if clock.running}
        assert not running or self.state.stage not in TERMINAL
        assert all(self.state.stage in RUNS_IN[kind] for kind in running), (self.state.stage, running)
        if self.state.stage in WORKING:
            assert {K.REPLY, K.UNIT_REPLY} <= running

    @invariant()
    def time_rests_only_by_a_pause_a_dispute_or_parking(self):
        resting = [clock for clock in self.state.clocks.values() if clock.paused]
        assert not resting or self.state.stage in RESTS_IN
        assert all(clock.running and clock.kind in PAUSABLE for clock in resting)
        if self.state.stage in RESTS_IN - WORKING:
            assert all(c.paused for kind in PAUSABLE for c in self.state.all_running(kind))

    @invariant()
    def proposals_wait_only_where_they_can_be_decided(self):
        assert all(self.state.stage in DECIDED_IN[kind] for kind in self.state.proposals)
        asked = Proposal.EXTENSION in self.state.proposals
        assert asked is (self.state.running(K.EXTENSION_RULING) is not None)
        back = asked_back(self.state)
        assert not back or back in {task.unit for task in self.state.tasks if task.owed}

    @invariant()
    def papers_wait_only_where_they_can_be_signed_and_for_somebody(self):
        signing = self.state.signing
        assert (next_signer(self.state) is None) is (signing is None)
        if signing is None:
            assert self.state.stage is not S.PENDING_SIGN_OFF
            return
        assert self.state.stage in SIGNED_IN[signing.paper]
        assert signing.paper is not Paper.RETURN or not self.state.running(K.RETURN_WINDOW)
        assert Proposal.EXTENSION not in self.state.proposals or signing.paper is not Paper.EXTENSION
        signers = [who for who, _ in self.offered().get("sign_off", ())]
        assert signers or signing.written_as is Role.UNIT_HEAD, "here one person holds all posts of the heads"
        assert all(who.id != signing.by for who in signers)

    @invariant()
    def rework_is_marked_as_long_as_it_lasts(self):
        marked = Flag.IN_REWORK in self.state.flags
        assert not (self.state.stage is S.REWORK and not marked)
        assert not (self.state.stage in {S.HANDLING, S.PENDING_SIGN, S.RETURN_REQUESTED} and marked)
        assert self.state.reworks <= self.book.profile.max_reworks + self.visits

    @invariant()
    def who_was_found_not_competent_leads_only_by_a_ruling(self):
        if self.state.lead_unit in self.state.returned_by:
            assert self.state.flags & {Flag.RULED_LEAD, Flag.PROVISIONAL_LEAD}

    @invariant()
    def somebody_can_always_carry_it_on(self):
        """Not only by withdrawing, merging or voiding it."""
        if self.state.stage in OPEN and self.seen_open is not self.state.stage:
            self.seen_open = self.state.stage
            side = {"withdraw", "merge", "confirm_void"}
            onwards = (pairs[0][1] for name, pairs in self.offered().items() if name not in side)
            assert any(row.target not in {None, self.state.stage} for row in onwards), self.state.stage

    def live(self, chance: random.Random, acts: int) -> None:
        """Acts, hours, floods, and what the clocks bring about, each moment checked."""
        for _ in range(acts):
            self.go_on(chance.choice, rare=len(self.events) > LONG and chance.random() < SELDOM)
            self.now += chance.choice((timedelta(minutes=1), timedelta(hours=3), timedelta(hours=20)))
            if chance.random() < SOMETIMES:
                self.the_clockwork_runs()
            if chance.random() < SELDOM:
                self.an_emergency_comes_or_goes(chance.random() < HALF)
                self.now += timedelta(days=10)
            self.every_moment_holds()

    def every_moment_holds(self) -> None:
        """The same invariants in the middle of a long stretch."""
        self.its_place_is_known_and_its_ledger_whole()
        self.clocks_run_only_where_somebody_owes_something()
        self.time_rests_only_by_a_pause_a_dispute_or_parking()
        self.proposals_wait_only_where_they_can_be_decided()
        self.papers_wait_only_where_they_can_be_signed_and_for_somebody()
        self.rework_is_marked_as_long_as_it_lasts()
        self.who_was_found_not_competent_leads_only_by_a_ruling()
        self.somebody_can_always_carry_it_on()

    # how it is played

    def offered(self) -> dict[str, list[tuple[Actor, Transition]]]:
        """Who could do what now, by act."""
        found: dict[str, list[tuple[Actor, Transition]]] = {}
        for who in PEOPLE:
            for row in allowed(self.state, actor=who, book=self.book, now=self.now):
                found.setdefault(row.act.name, []).append((who, row))
        return found

    def go_on(self, pick: Pick, *, rare: bool = False) -> None:
        """Somebody does one of the acts offered; acts that move the ticket come up more often."""
        offered = {name: who for name, who in self.offered().items() if (name in RARE) is rare}
        moving = [name for name, pairs in offered.items() if pairs[0][1].target not in {None, self.state.stage}]
        if not offered:
            return
        ahead, beside = ([name for name in some if name in offered] for some in (WAY, BESIDE))
        who, row = pick(offered[pick([*offered, *moving * 2, *ahead * 5, *beside * 3])])
        refusals = self.refusals(who, fill(row.act, self.now, pick))
        assert {refusal.code for refusal in refusals} <= INPUT_CODES, (row.act, refusals)

    def refusals(self, who: Actor, act: a.Act) -> tuple[Refusal, ...]:
        """Try an act and check everything that must be true of the answer."""
        before = self.state
        decision = decide(before, act, actor=who, book=self.book, now=self.now)
        if decision.refusals:
            assert (decision.events, decision.state) == ((), before)
            assert all(render(r, lang) for r in decision.refusals for lang in ("zh", "en"))
            return decision.refusals
        self.exactly_one_row_held(who, act)
        (event,) = decision.events
        check_step(before, event, decision.state)
        self.state = decision.state
        self.events.append(event)
        self.visits += event.name == "visit.problem_found"
        return ()

    def exactly_one_row_held(self, who: Actor, act: a.Act) -> None:
        case = Case(state=self.state, actor=who, book=self.book, now=self.now, act=act)
        here = [row for row in ROWS_OF[type(act)] if self.state.stage in row.sources and role_for(case, row)]
        assert len([row for row in here if all(holds(case) for holds in row.when)]) == 1

    def run_out(self) -> list[ClockState]:
        """What the job finds: clocks past due that nobody has acted upon."""
        clocks = (c for c in self.state.clocks.values() if c.running and not c.paused)
        return [c for c in clocks if self.now > c.due_at and c.overdue_at is None]


def check_step(before: TicketState, event: Event, after: TicketState) -> None:
    if before.stage in TERMINAL:
        reopened = before.stage is S.CLOSED and event.name == "visit.problem_found"
        assert after.stage is S.ARCHIVED or reopened
    assert not before.flags & {Flag.CONFIDENTIAL} - after.flags
    for change in event.clocks:
        assert change.op != "start" or (change.due_at is not None and change.due_at > event.at)
    for kind, clock in after.clocks.items():
        check_clock(before.clocks.get(kind), clock, event)


def check_clock(old: ClockState | None, new: ClockState, event: Event) -> None:
    """A promise is made once a round; a verdict, once given, stays; a stopped clock moves no more."""
    if old is None or old.round != new.round:
        assert new.round == (old.round + 1 if old else 1)
        assert new.kind is not K.REPLY or old is None or event.name in NEW_PROMISE
        return
    assert new.started_at == old.started_at
    waived = any(c.op == "waive" and c.kind is new.kind for c in event.clocks)
    assert old.met is None or new.met is old.met or waived
    if not old.running and not new.running:
        assert new == old


Life.TestCase.settings = settings(
    max_examples=40, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
TestLife = Life.TestCase


@pytest.mark.parametrize("city", CITIES, ids=range(len(CITIES)))
@pytest.mark.parametrize("seed", range(6))
def test_long_lives_hold_in_every_city(city: Rulebook, seed: int):
    life = Life()
    life.the_office_opens(city=city)
    life.live(random.Random(seed), acts=80)  # noqa: S311  -- repeatable


OF_TASKS = {
    "task.opened",
    "handling.found",
    "handling.co_reported",
    "task.sent_back",
    "task.closed",
    "task.return_requested",
    "task.return_accepted",
    "task.return_rejected",
}


def test_lives_get_far():
    """The lives above would prove nothing if they ended early, kept to a few stages or never met a co-unit's task."""
    stages, events = set[Stage](), set[str]()
    for seed, city in enumerate(CITIES * 6):
        life = Life()
        life.the_office_opens(city=city)
        life.live(random.Random(seed), acts=80)  # noqa: S311  -- repeatable
        stages |= {event.stage for event in life.events}
        events |= {event.name for event in life.events}
        if stages >= OPEN | {S.CLOSED, S.MERGED} and events >= OF_TASKS:
            return
    assert stages >= OPEN | {S.CLOSED, S.MERGED}
    assert events >= OF_TASKS
