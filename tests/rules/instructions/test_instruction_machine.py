"""Whatever people do, in whatever order: an instruction keeps its readers, its four eyes, its dates and its history."""

import csv
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from hotline.rules.instructions import (
    TABLE,
    Deed,
    Entry,
    Instruction,
    Order,
    Outcome,
    Row,
    Status,
    allowed,
    decide,
    fold,
)
from hotline.rules.instructions.seeing import Layer, layers, may_read, may_see
from hotline.rules.instructions.states import ENDED, WITH_UNITS
from hotline.rules.instructions.telling import TELLING, reminded, who_must_know
from hotline.rules.lifecycle import SYSTEM, Actor
from hotline.rules.sentences import render
from hotline.rules.vocabulary import CITY_TZ, Role, UnitCode
from hotline.rules.words import word
from hotline.rules.words_instructions import TEXT_WORDS, instruction_number
from tests.rules.cast import ECOLOGY, OFFICE, URBAN
from tests.walks import OPENING

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "instructions_who_may.csv"


def person(name: str, unit: UnitCode, *roles: Role) -> Actor:
    return Actor(id=name, roles=frozenset(roles), unit=unit, covers=frozenset({unit}))


KEEPER = person("1", OFFICE, Role.SUPERVISOR)
COLLEAGUE = person("2", OFFICE, Role.SUPERVISOR)
LEADER = person("3", OFFICE, Role.TEAM_LEADER)
OUTSIDER = person("4", OFFICE, Role.SUPERVISOR)
CLERK = person("5", URBAN, Role.UNIT_HANDLER)
HEAD = person("6", ECOLOGY, Role.UNIT_HEAD)
DIRECTOR = person("7", OFFICE, Role.DIRECTOR)
ADMIN = person("8", OFFICE, Role.SYSTEM_ADMIN)
READING_ADMIN = person("9", OFFICE, Role.SYSTEM_ADMIN)
NAMED = frozenset({"1", "2", "3", "9"})
PEOPLE = (KEEPER, COLLEAGUE, LEADER, OUTSIDER, CLERK, HEAD, DIRECTOR, ADMIN, READING_ADMIN, SYSTEM)
UNITS = (URBAN, ECOLOGY)
DAY = timedelta(days=1)


def filled(deed: Deed, now: Any, **said: Any) -> Order:
    """An order in which everything is filled in that any deed may ask for."""
    given = {
        "number": (2026, 3),
        "leader": "11",
        "given_on": OPENING.astimezone(CITY_TZ).date(),
        "due_at": now + 30 * DAY,
        "readers": NAMED,
        "tickets": frozenset({f"T{deed}"}),
        "asks": {URBAN: now + DAY},
        "words": {URBAN: "请核查", ECOLOGY: "请配合"},
        "unit": URBAN,
        "presented_on": now.astimezone(CITY_TZ).date(),
        "outcome": Outcome.RESOLVED,
        "text": "请抓紧办理",
    }
    return Order(deed=deed, **(given | said))


class Machine(RuleBasedStateMachine):
    """One instruction in the hands of everybody."""

    @initialize()
    def begin(self) -> None:
        self.now, self.state = OPENING, Instruction()
        self.entries: list[Entry] = []
        assert self._do(KEEPER, filled(Deed.RECEIVE, self.now, tickets=frozenset()))

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
        assert "请" not in str(ruling.entry.payload), "words stand beside the history"
        for told in who_must_know(ruling.entry, before, self.state):
            assert word(f"notice.{told.kind}", "zh")
            assert all(to.unit is None or to.unit in self.state.units for to in told.to)
            assert all(not to.person or to.person in self.state.readers for to in told.to)
        return True

    @rule(
        who=st.sampled_from(PEOPLE),
        deed=st.sampled_from(Deed),
        text=st.sampled_from(("", "请办理")),
        readers=st.sets(st.sampled_from(sorted(NAMED))),
        units=st.sets(st.sampled_from(UNITS)),
        days=st.integers(-1, 40),
        unit=st.sampled_from((None, *UNITS)),
        supervised=st.integers(0, 1),
    )
    def act(
        self,
        who: Actor,
        deed: Deed,
        text: str,
        readers: set[str],
        units: set[UnitCode],
        days: int,
        unit: UnitCode | None,
        supervised: int,
    ) -> None:
        begun = deed in allowed(self.state, actor=who, now=self.now)
        at = self.now + timedelta(days=days)
        order = filled(
            deed, self.now, text=text, readers=frozenset(readers), asks=dict.fromkeys(units, at), unit=unit,
            due_at=at, supervised=supervised,
        )  # fmt: skip
        if self._do(who, order):
            assert begun, f"{deed} was done though no button offered it"
            assert deed is Deed.REPORT or who.id in {"1", "2", "3"}

    @rule()
    def one_step_on(self) -> None:
        """The plain way to the end, so that long ways are walked too."""
        status, state = self.state.status, self.state
        step: dict[Status, tuple[Actor, Order]] = {
            Status.RECEIVED: (KEEPER, filled(Deed.PROPOSE, self.now)),
            Status.PROPOSED: (LEADER, filled(Deed.AGREE, self.now)),
            Status.AGREED: (KEEPER, filled(Deed.DISTRIBUTE, self.now, asks={URBAN: self.now + timedelta(hours=1)})),
            Status.ACCEPTED: (KEEPER, filled(Deed.PRESENT, self.now)),
            Status.PRESENTED: (LEADER, filled(Deed.STRIKE_OFF, self.now)),
        }
        if status is Status.DISTRIBUTED:
            waiting = state.reported - state.accepted
            if waiting:
                step[status] = (KEEPER, filled(Deed.ACCEPT, self.now, unit=min(waiting)))
            else:
                step[status] = (CLERK if URBAN in state.missing else HEAD, filled(Deed.REPORT, self.now))
        if status in step:
            self._do(*step[status])

    @invariant()
    def the_history_tells_the_state(self) -> None:
        assert fold(self.entries) == self.state
        assert self.state.version == len(self.entries)

    @invariant()
    def somebody_named_can_go_on(self) -> None:
        offered = {who.id for who in PEOPLE if allowed(self.state, actor=who, now=self.now)}
        assert bool(offered & self.state.readers) == (self.state.status not in ENDED)
        assert not offered & {OUTSIDER.id, DIRECTOR.id, ADMIN.id, READING_ADMIN.id, SYSTEM.id}

    @invariant()
    def four_eyes_twice(self) -> None:
        last: dict[Deed, str] = {}
        for entry in self.entries:
            if entry.deed is Deed.AGREE:
                assert last[Deed.PROPOSE] != entry.actor
            if entry.deed is Deed.STRIKE_OFF:
                assert last[Deed.PRESENT] != entry.actor
            last[entry.deed] = entry.actor

    @invariant()
    def the_leader_is_told_when_every_unit_was_heard(self) -> None:
        assert self.state.accepted <= self.state.reported <= self.state.units
        if self.state.status in {Status.ACCEPTED, Status.PRESENTED, Status.STRUCK_OFF}:
            assert self.state.accepted == self.state.units != frozenset()
        assert bool(self.state.units) == (self.state.status in WITH_UNITS | {Status.STRUCK_OFF})

    @invariant()
    def words_are_for_people_named_and_for_nobody_else(self) -> None:
        for who in PEOPLE:
            assert may_read(who, self.state) == (who.id in self.state.readers)
        assert layers(DIRECTOR, self.state) == {Layer.COVER}
        assert layers(OUTSIDER, self.state) == {Layer.COVER}
        assert not may_see(ADMIN, self.state)
        assert not may_see(SYSTEM, self.state)
        for who, unit in ((CLERK, URBAN), (HEAD, ECOLOGY)):
            assert may_see(who, self.state) == (unit in self.state.units)


TestMachine = Machine.TestCase
TestMachine.settings = settings(
    max_examples=100, stateful_step_count=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.deed.value)
def test_what_is_typed_has_a_name(row: Row):
    assert not row.words or row.deed in TEXT_WORDS


def test_every_deed_has_one_row_and_every_notice_its_words():
    assert [row.deed for row in TABLE] == list(dict.fromkeys(row.deed for row in TABLE))
    assert {row.deed for row in TABLE} == set(Deed)
    kinds = {kind for kind, _ in TELLING.values()}
    kinds |= {told.kind for unit in (None, URBAN) for late in (True, False) for told in reminded(unit, late=late)}
    assert all(word(f"notice.{kind}", lang) for kind in kinds for lang in ("zh", "en"))


def test_numbers_are_written_without_leading_zeros():
    assert instruction_number(2026, 3) == "批示〔2026〕3号"
    assert instruction_number(None, None) == ""


def refused(deed: Deed, state: Instruction, who: Actor = KEEPER, **said: Any) -> list[tuple[str, str]]:
    return [
        (one.code, one.field) for one in decide(state, filled(deed, OPENING, **said), actor=who, now=OPENING).refusals
    ]


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({"leader": ""}, "leader_missing", "leader"),
        ({"given_on": None}, "given_on_missing", "given_on"),
        ({"given_on": (OPENING + DAY).date()}, "given_on_ahead", "given_on"),
        ({"text": " "}, "words_or_scan", "text"),
        ({"due_at": None}, "due_missing", "due_at"),
        ({"due_at": OPENING}, "due_passed", "due_at"),
        ({"tickets": frozenset(map(str, range(51)))}, "too_many_tickets", "tickets"),
        ({"readers": frozenset(map(str, range(51)))}, "too_many_readers", "readers"),
    ],
)
def test_what_was_recorded_says_what_it_lacks(said: dict[str, Any], code: str, field: str):
    assert refused(Deed.RECEIVE, Instruction(), **said) == [(f"instructions.{code}", field)]


def test_a_scan_does_for_words():
    assert refused(Deed.RECEIVE, Instruction(), text="", has_file=True) == []


def received(**said: Any) -> Instruction:
    return Instruction(**{"status": Status.RECEIVED, "readers": NAMED, "given_on": OPENING.date(), **said})


def test_whoever_is_not_named_learns_nothing_of_what_they_filled_in():
    assert refused(Deed.PROPOSE, received(), OUTSIDER, text="") == [("instructions.not_named", "")]


def test_nobody_agrees_to_their_own_proposal_or_strikes_off_what_they_presented():
    proposed = received(status=Status.PROPOSED, proposed_by="1")
    assert refused(Deed.AGREE, proposed) == [("instructions.own_proposal", "")]
    assert refused(Deed.AGREE, proposed, COLLEAGUE) == []
    presented = received(status=Status.PRESENTED, presented_by="1")
    assert refused(Deed.STRIKE_OFF, presented) == [("instructions.own_presenting", "")]
    assert refused(Deed.STRIKE_OFF, presented, LEADER) == []


def test_key_supervision_is_closed_before_striking_off():
    presented = received(status=Status.PRESENTED, presented_by="1")
    assert refused(Deed.STRIKE_OFF, presented, LEADER, supervised=2) == [("instructions.supervision_open", "")]
    assert refused(Deed.STRIKE_OFF, presented, LEADER, outcome=None) == [("instructions.outcome_missing", "outcome")]


def test_units_report_before_the_leader_is_told():
    agreed = received(status=Status.AGREED, due_at=OPENING + 3 * DAY)
    late = {"asks": {URBAN: OPENING + 4 * DAY}}
    assert refused(Deed.DISTRIBUTE, agreed, **late) == [("instructions.ask_too_late", "asks")]
    assert refused(Deed.DISTRIBUTE, agreed, words={}) == [("instructions.ask_missing", "asks")]
    assert refused(Deed.DISTRIBUTE, agreed, asks={URBAN: OPENING}) == [("instructions.due_passed", "asks")]


def test_a_unit_reports_for_itself_and_once():
    asked = received(status=Status.DISTRIBUTED, asked={URBAN: OPENING + DAY})
    assert refused(Deed.REPORT, asked, HEAD) == [("instructions.not_your_unit", "")]
    assert refused(Deed.REPORT, asked, CLERK) == []
    assert refused(Deed.REPORT, received(
        status=Status.DISTRIBUTED, asked=asked.asked, reported=frozenset({URBAN})), CLERK) == [
        ("instructions.already_reported", "")
    ]  # fmt: skip


def test_a_report_sent_back_is_owed_again_by_its_own_date_and_no_other():
    both = received(
        status=Status.PRESENTED, asked=dict.fromkeys(UNITS, OPENING + DAY),
        reported=frozenset(UNITS), accepted=frozenset(UNITS), due_at=OPENING + 9 * DAY,
    )  # fmt: skip
    new = dict.fromkeys(UNITS, OPENING + 2 * DAY)
    ruling = decide(both, filled(Deed.RETURN, OPENING, asks=new), actor=KEEPER, now=OPENING)
    assert ruling.state.missing == {URBAN}
    assert ruling.state.asked == {URBAN: OPENING + 2 * DAY, ECOLOGY: OPENING + DAY}
    assert (ruling.state.status, ruling.state.send_backs) == (Status.DISTRIBUTED, 1)


def test_nobody_takes_themselves_off_the_list():
    assert refused(Deed.NAME, received(), readers=frozenset({"2", "3"})) == [("instructions.names_oneself", "readers")]


def who_may() -> Iterator[tuple[str, str, str]]:
    """Deed, role, and whether one who is named, or whose unit is asked, may begin it wherever it can be begun."""
    for row in TABLE:
        for role in Role:
            actor = Actor(id="1", roles=frozenset({role}), unit=URBAN, covers=frozenset({URBAN}))
            outside = Actor(id="99", roles=frozenset({role}), unit=ECOLOGY, covers=frozenset({ECOLOGY}))
            verdict = [_begins(row, actor), _begins(row, outside)]
            if any(verdict):
                yield row.deed.value, role.value, "named" if not verdict[1] else "anybody"


def _begins(row: Row, actor: Actor) -> bool:
    state = Instruction(
        status=min(row.sources), readers=frozenset({"1"}), asked={URBAN: OPENING + DAY}, proposed_by="2",
        reported=frozenset() if row.of_unit else frozenset({URBAN}), presented_by="2",
    )  # fmt: skip
    if state.status is Status.NEW:
        return bool(row.who & actor.roles)
    return row.deed in allowed(state, actor=actor, now=OPENING)


def test_who_may_is_as_officials_have_read_it():
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        told = [(line["deed"], line["role"], line["who"]) for line in csv.DictReader(file)]
    assert sorted(who_may()) == sorted(told)
