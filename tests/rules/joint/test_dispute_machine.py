"""Whatever people do, in whatever order: a dispute ends with exactly one lead or goes up, and nobody rules it alone."""

from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from hotline.rules.joint import Deed, Dispute, Entry, Form, Order, Status, Task, allowed, decide, fold
from hotline.rules.joint.concluding import carried
from hotline.rules.joint.states import ONE_LEAD, UNSETTLED
from hotline.rules.joint.telling import who_must_know
from hotline.rules.lifecycle import SYSTEM, Actor
from hotline.rules.sentences import render
from hotline.rules.vocabulary import UnitCode
from hotline.rules.words import word
from tests.rules.cast import ECOLOGY, HOUSING, URBAN
from tests.rules.joint.panel import (
    ACTIVE,
    CHAIR,
    CLOSED,
    HEADS,
    JUSTICE,
    LEADER,
    PEOPLE,
    STAFFING,
    URBAN_HEAD,
    WORDS,
    filled,
)
from tests.walks import OPENING

NEXT = {
    Status.OPEN: ((CHAIR, Deed.CONVENE),),
    Status.PROVISIONAL: ((CHAIR, Deed.CONVENE),),
    Status.CONVENED: (*((head, Deed.OPINE) for head in HEADS), (CHAIR, Deed.CONCLUDE)),
    Status.CONCLUDED: (*((head, Deed.AGREE) for head in HEADS), (LEADER, Deed.SIGN)),
    Status.SIGNED: ((CHAIR, Deed.RULE),),
    Status.ESCALATED: ((CHAIR, Deed.DECIDE),),
}


OFFICES_OWN = {Deed.MEDIATE, Deed.PROVISION, Deed.CONVENE, Deed.CONCLUDE, Deed.RULE, Deed.UPHOLD, Deed.DECIDE}


class Machine(RuleBasedStateMachine):
    """One dispute in the hands of everybody."""

    @initialize(parties=st.sampled_from((frozenset({URBAN, ECOLOGY}), frozenset({URBAN}))))
    def begin(self, parties: frozenset[UnitCode]) -> None:
        self.now, self.state = OPENING, Dispute()
        self.entries: list[Entry] = []
        assert self._do(SYSTEM, filled(Deed.OPEN, self.now, parties=parties))

    def _do(self, who: Actor, order: Order) -> bool:
        self.now += timedelta(minutes=1)
        before = self.state
        ruling = decide(before, order, actor=who, now=self.now, active=ACTIVE)
        if not ruling.ok:
            assert ruling.state == before
            assert all(render(refusal, lang) for refusal in ruling.refusals for lang in ("zh", "en"))
            return False
        assert ruling.entry is not None
        assert before.status is not Status.ENDED, "nothing follows an end"
        assert order.deed not in OFFICES_OWN or not who.units & before.parties, "nobody rules their own"
        self.state = ruling.state
        self.entries.append(ruling.entry)
        assert all(word(f"notice.{told.kind}", "zh") for told in who_must_know(ruling.entry, ruling.state))
        return True

    @rule(
        who=st.sampled_from(PEOPLE),
        deed=st.sampled_from([deed for deed in Deed if deed is not Deed.LAPSE]),
        lead=st.sampled_from((None, URBAN, ECOLOGY, HOUSING, CLOSED)),
        helpers=st.lists(st.sampled_from((URBAN, ECOLOGY, HOUSING, CLOSED)), max_size=3),
        unit=st.sampled_from((URBAN, ECOLOGY, STAFFING, HOUSING)),
        successor=st.sampled_from((None, URBAN, HOUSING, JUSTICE, CLOSED)),
        form=st.sampled_from((None, *Form)),
        agrees=st.sampled_from((None, True, False)),
        words=st.sampled_from((WORDS, {})),
        days=st.integers(0, 3),
    )
    def act(
        self,
        who: Actor,
        deed: Deed,
        lead: UnitCode | None,
        helpers: list[UnitCode],
        unit: UnitCode,
        successor: UnitCode | None,
        form: Form | None,
        agrees: bool | None,
        words: dict[str, str],
        days: int,
    ) -> None:
        begun = deed in allowed(self.state, actor=who, now=self.now, active=ACTIVE) or deed is Deed.OPEN
        tasks = tuple(Task(unit=helper, order=1, days=days) for helper in helpers)
        order = filled(
            deed,
            self.now,
            lead=lead,
            tasks=tasks,
            unit=unit,
            successor=successor,
            form=form,
            agrees=agrees,
            words=words,
        )
        if self._do(who, order):
            assert begun, f"{deed} was done though no button offered it"

    @rule()
    def one_step_on(self) -> None:
        """The plain way to a ruling, so that long ways are walked too."""
        for who, deed in NEXT.get(self.state.status, ()):
            lead = carried(self.state) or ECOLOGY
            tasks = () if lead == URBAN else (Task(unit=URBAN, order=1, days=3),)
            self._do(who, filled(deed, self.now, lead=lead, tasks=tasks))

    @rule()
    def objected_at_last(self) -> None:
        if self.state.status in {Status.RULED, Status.SETTLED}:
            self._do(URBAN_HEAD, filled(Deed.OBJECT, self.now))

    @rule()
    def there_is_always_a_way_out(self) -> None:
        """From anywhere the chair comes to one lead or goes up: no file hangs for ever."""
        state = self.state
        if state.status in UNSETTLED - {Status.SIGNED, Status.ESCALATED}:
            assert Deed.ESCALATE in allowed(state, actor=CHAIR, now=self.now, active=ACTIVE)
        if state.status is Status.ESCALATED:
            order = filled(Deed.DECIDE, self.now, lead=HOUSING, tasks=())
            assert decide(state, order, actor=CHAIR, now=self.now, active=ACTIVE).state.lead == HOUSING
        if state.status is Status.SIGNED:
            assert decide(state, filled(Deed.RULE, self.now), actor=CHAIR, now=self.now, active=ACTIVE).ok

    @invariant()
    def the_history_tells_the_state(self) -> None:
        assert fold(self.entries) == self.state
        assert self.state.version == len(self.entries)

    @invariant()
    def exactly_one_lead_or_an_escalation(self) -> None:
        state = self.state
        if state.status in ONE_LEAD:
            assert state.lead is not None
            assert state.lead not in {task.unit for task in state.tasks}
        if state.status not in UNSETTLED:
            assert state.status is Status.ENDED or state.lead is not None
        if state.status is Status.ESCALATED:
            assert any(entry.deed is Deed.ESCALATE for entry in self.entries)

    @invariant()
    def no_ruling_without_both_opinions_and_a_signature(self) -> None:
        for before, entry in zip(self.entries, self.entries[1:], strict=False):
            if entry.deed is Deed.RULE:
                assert before.deed in {Deed.SIGN, Deed.ATTACH, Deed.SUCCEED}
        if self.state.status in {Status.CONCLUDED, Status.SIGNED}:
            assert self.state.advisers <= self.state.opinions.keys()
        if self.state.status is Status.SIGNED:
            assert all(self.state.answers.get(unit) for unit in self.state.advisers)
            assert self.state.signer

    @invariant()
    def one_objection_a_unit(self) -> None:
        objections = [entry.unit for entry in self.entries if entry.deed is Deed.OBJECT]
        assert len(objections) == len(set(objections))

    @invariant()
    def the_observer_never_speaks(self) -> None:
        assert not [entry for entry in self.entries if entry.actor == "10"]


TestMachine = Machine.TestCase
TestMachine.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
