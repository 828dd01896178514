"""Whatever people do, in whatever order: a supervision never breaks, and its history tells its state."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from hotline.rules.lifecycle import SYSTEM, Actor
from hotline.rules.sentences import render
from hotline.rules.supervision import Cause, Deed, Entry, Order, Outcome, Status, Supervised, allowed, decide, fold
from hotline.rules.supervision.seeing import may_see
from hotline.rules.supervision.states import ENDED, LIVE
from hotline.rules.supervision.table import OUTCOMES, TABLE, Row
from hotline.rules.supervision.visits import Check
from hotline.rules.vocabulary import Role, SupervisionKind, UnitCode
from hotline.rules.words_supervision import TEXT_WORDS
from tests.rules.cast import ECOLOGY, OFFICE, URBAN
from tests.walks import OPENING

K = SupervisionKind


def person(name: str, unit: UnitCode, *roles: Role) -> Actor:
    return Actor(id=name, roles=frozenset(roles), unit=unit, covers=frozenset({unit}))


SUPERVISOR = person("1", OFFICE, Role.SUPERVISOR)
REVIEWER = person("2", OFFICE, Role.REVIEWER)
CLERK = person("3", URBAN, Role.UNIT_HANDLER)
HEAD = person("4", URBAN, Role.UNIT_HEAD)
OTHER = person("5", ECOLOGY, Role.UNIT_HANDLER)
OTHER_HEAD = person("6", ECOLOGY, Role.UNIT_HEAD)
ADMIN = person("7", OFFICE, Role.SYSTEM_ADMIN)
FINE = {"answers": {check.value: "unclear" for check in Check}}
FOUND = {"answers": FINE["answers"] | {"remains": "yes"}, "photos": 1}
PEOPLE = (SUPERVISOR, REVIEWER, CLERK, HEAD, OTHER, OTHER_HEAD, ADMIN, SYSTEM)
UNIT_PEOPLE = (CLERK, HEAD, OTHER, OTHER_HEAD)


class Machine(RuleBasedStateMachine):
    """One supervision of any kind in the hands of everybody."""

    @initialize(
        kind=st.sampled_from(K), opens=st.booleans(), units=st.sets(st.sampled_from((URBAN, ECOLOGY)), min_size=1)
    )
    def begin(self, kind: K, opens: bool, units: set[UnitCode]) -> None:
        self.now, self.state = OPENING, Supervised()
        self.entries: list[Entry] = []
        self.opened = False
        deed = Deed.OPEN if opens else Deed.PROPOSE
        self._do(
            SYSTEM if kind is not K.SPECIAL else SUPERVISOR,
            Order(
                deed=deed, kind=kind, number="340100", cause=Cause.BY_HAND, units=frozenset(units), due_at=self._ahead()
            ),
        )
        assert self.entries

    def _ahead(self) -> object:
        return self.now + timedelta(days=2)

    def _do(self, who: Actor, order: Order) -> bool:
        self.now += timedelta(minutes=1)
        before = self.state
        ruling = decide(before, order, actor=who, now=self.now)
        if not ruling.ok:
            assert ruling.state == before
            assert all(render(refusal, lang) for refusal in ruling.refusals for lang in ("zh", "en"))
            return False
        assert ruling.entry is not None
        assert before.status not in ENDED, "nothing follows an end"
        self.state = ruling.state
        self.entries.append(ruling.entry)
        return True

    @rule(
        who=st.sampled_from(PEOPLE),
        deed=st.sampled_from(Deed),
        outcome=st.sampled_from(Outcome),
        units=st.sets(st.sampled_from((URBAN, ECOLOGY)), min_size=1),
        ended=st.booleans(),
        words=st.sampled_from(("", "情况属实")),
        problem=st.sampled_from((True, False, None)),
    )
    def act(
        self,
        who: Actor,
        deed: Deed,
        outcome: Outcome,
        units: set[UnitCode],
        ended: bool,
        words: str,
        problem: bool | None,
    ) -> None:
        begun = deed in allowed(self.state, actor=who, now=self.now)
        order = Order(
            deed=deed,
            cause=Cause.GROUP,
            units=frozenset(units),
            due_at=self._ahead(),
            tickets=("340101",),
            owner="1",
            outcome=outcome,
            ticket_ended=ended,
            text=words,
            problem=problem,
            facts=FOUND if problem else FINE,
        )
        if self._do(who, order):
            assert begun, f"{deed} was done though no button offered it"

    @rule(who=st.sampled_from(PEOPLE))
    def what_is_offered_can_be_done(self, who: Actor) -> None:
        for deed in allowed(self.state, actor=who, now=self.now):
            order = Order(
                deed=deed,
                cause=Cause.GROUP,
                units=self.state.units or frozenset({URBAN}),
                due_at=self.now + timedelta(days=3),
                tickets=("340102",),
                owner="1",
                outcome=min(OUTCOMES[self.state.kind]),
                ticket_ended=True,
                text="已按要求办理",
                problem=True,
                facts=FOUND,
            )
            ruling = decide(self.state, order, actor=who, now=self.now)
            assert ruling.ok, (deed, ruling.refusals)

    @precondition(lambda self: self.state.status is Status.OPEN and self.state.kind is not K.ON_SITE)
    @rule()
    def everybody_reports(self) -> None:
        for who in (CLERK, OTHER):
            self._do(who, Order(deed=Deed.REPORT, text="已整改"))
        assert self.state.status is Status.REPORTED

    @invariant()
    def the_history_tells_the_state(self) -> None:
        assert fold(self.entries) == self.state
        assert self.state.version == len(self.entries)

    @invariant()
    def reports_and_signatures_are_those_of_units_that_were_asked(self) -> None:
        assert self.state.reported <= self.state.units
        assert self.state.signed <= self.state.reported or self.state.send_backs
        if self.state.status is Status.REPORTED:
            assert self.state.reported == self.state.units

    @invariant()
    def a_key_one_closes_only_with_all_signatures(self) -> None:
        if self.state.kind is K.KEY and self.state.status is Status.CLOSED:
            assert self.state.signed == self.state.units

    @invariant()
    def a_platform_one_ends_by_its_ticket_or_is_taken_back(self) -> None:
        if self.state.kind is K.PLATFORM and self.state.status is Status.CLOSED:
            assert self.entries[-1].deed is Deed.FOLLOW_TICKET

    @invariant()
    def no_unit_knows_of_a_visit_before_it_was_made(self) -> None:
        if self.state.kind is K.ON_SITE and not any(e.deed is Deed.RECORD_VISIT for e in self.entries):
            assert not any(may_see(who, self.state) for who in UNIT_PEOPLE)
            assert not may_see(REVIEWER, self.state)

    @invariant()
    def proposals_are_the_offices_own(self) -> None:
        if self.state.opened_at is None:
            assert not any(may_see(who, self.state) for who in UNIT_PEOPLE)

    @invariant()
    def administrators_see_nothing(self) -> None:
        assert not may_see(ADMIN, self.state)

    @invariant()
    def what_lives_can_go_on(self) -> None:
        """Somebody can always do something about a live one, and nobody about one that has ended."""
        offered = any(allowed(self.state, actor=who, now=self.now) for who in PEOPLE)
        assert offered == (self.state.status in LIVE)


TestMachine = Machine.TestCase
TestMachine.settings = settings(
    max_examples=120, stateful_step_count=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.deed.value}-{min(row.sources).value}")
def test_what_is_typed_has_a_name(row: Row):
    assert not row.words or row.deed in TEXT_WORDS


def test_every_deed_has_its_row():
    assert {row.deed for row in TABLE} == set(Deed)
