"""Whatever people do, in whatever order: a handover keeps its number, its four eyes and its history."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from hotline.rules.lifecycle import SYSTEM, Actor
from hotline.rules.media import TABLE, Deed, Entry, Follow, Handover, Order, Row, Status, allowed, decide, fold
from hotline.rules.media.seeing import may_see
from hotline.rules.media.states import ENDED, OUT
from hotline.rules.media.telling import TELLING, who_is_late, who_must_know
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.supervision.states import Outcome
from hotline.rules.vocabulary import CITY_TZ, Role, UnitCode
from hotline.rules.words import word
from hotline.rules.words_media import TEXT_WORDS, handover_number
from tests.rules.cast import ECOLOGY, OFFICE, URBAN
from tests.walks import OPENING

GOLDEN = Path(__file__).parents[2] / "golden" / "media_who_may.csv"
LEAK = Refusal("media.holds_any_number", {"trace": "phone", "line": 1}, field="title")


def person(name: str, unit: UnitCode, *roles: Role) -> Actor:
    return Actor(id=name, roles=frozenset(roles), unit=unit, covers=frozenset({unit}))


WRITER = person("1", OFFICE, Role.SUPERVISOR)
COLLEAGUE = person("2", OFFICE, Role.SUPERVISOR)
LEADER = person("3", OFFICE, Role.TEAM_LEADER)
CLERK = person("4", URBAN, Role.UNIT_HANDLER)
OTHER = person("5", ECOLOGY, Role.UNIT_HEAD)
DIRECTOR = person("6", OFFICE, Role.DIRECTOR)
ADMIN = person("7", OFFICE, Role.SYSTEM_ADMIN)
BOTH = person("8", URBAN, Role.SUPERVISOR, Role.UNIT_HANDLER)
PEOPLE = (WRITER, COLLEAGUE, LEADER, CLERK, OTHER, DIRECTOR, ADMIN, BOTH, SYSTEM)
UNITS = frozenset({URBAN, ECOLOGY})
LANGS = ("zh", "en")


def filled(deed: Deed, now: datetime, **said: Any) -> Order:
    """An order in which everything is filled in that any deed may ask for."""
    given: dict[str, Any] = {
        "medium": "7",
        "tickets": ("20260317000001",),
        "units": UNITS,
        "hand_on": now.astimezone(CITY_TZ).date(),
        "number": (2026, 12) if deed is Deed.AGREE else None,
        "due_at": now + timedelta(days=10),
        "on": now.astimezone(CITY_TZ).date(),
        "follow": Follow.VISIT,
        "outcome": Outcome.RESOLVED,
        "title": "早高峰占道经营",
        "text": "按要求",
    }
    return Order(deed=deed, **(given | said))


class Machine(RuleBasedStateMachine):
    """One handover in the hands of everybody."""

    @initialize()
    def begin(self) -> None:
        self.now, self.state = OPENING, Handover()
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
        words=st.sampled_from(("", "有误")),
        title=st.sampled_from(("", "早高峰占道")),
        ahead=st.integers(-3, 1),
        unit=st.sampled_from((None, *sorted(UNITS))),
        follow=st.sampled_from((None, *Follow)),
        found=st.sampled_from(((), (LEAK,))),
    )
    def act(self, who: Actor, deed: Deed, ahead: int, words: str, **said: Any) -> None:
        begun = deed in allowed(self.state, actor=who, now=self.now)
        day = (self.now + timedelta(days=ahead)).astimezone(CITY_TZ).date()
        if self._do(who, filled(deed, self.now, text=words, on=day, hand_on=day, **said)):
            assert begun, f"{deed} was done though no button offered it"
            searched = next(row.searched for row in TABLE if row.deed is deed)
            assert not (searched and said["found"]), "something personal went out"

    def _unit_for(self, who: Actor) -> UnitCode | None:
        fits = [u for u, by in sorted(self.state.waiting.items()) if by != who.id and u not in who.units]
        return UnitCode(fits[0]) if fits else None

    @rule(who=st.sampled_from(PEOPLE))
    def what_is_offered_can_be_done(self, who: Actor) -> None:
        for deed in allowed(self.state, actor=who, now=self.now):
            order = filled(deed, self.now, unit=self._unit_for(who))
            ruling = decide(self.state, order, actor=who, now=self.now)
            assert ruling.ok, (deed, ruling.refusals)

    @rule()
    def one_step_on(self) -> None:
        """The plain way to the end, so that long ways are walked too."""
        for who, deed in (
            (LEADER, Deed.AGREE), (CLERK, Deed.ANSWER), (OTHER, Deed.ANSWER), (LEADER, Deed.RELEASE),
            (WRITER, Deed.PUBLISH), (WRITER, Deed.FOLLOW_UP),
        ):  # fmt: skip
            done_already = (deed is Deed.PUBLISH and self.state.publications) or (
                deed is Deed.FOLLOW_UP and self.state.follow_ups
            )
            if not done_already and deed in allowed(self.state, actor=who, now=self.now):
                assert self._do(who, filled(deed, self.now, unit=self._unit_for(who)))
                return

    @invariant()
    def the_history_tells_the_state(self) -> None:
        assert fold(self.entries) == self.state
        assert self.state.version == len(self.entries)

    @invariant()
    def a_number_is_drawn_once_and_never_lost(self) -> None:
        agreed = [entry for entry in self.entries if entry.deed is Deed.AGREE]
        assert len(agreed) <= 1
        assert bool(agreed) == (self.state.serial is not None) == (self.state.handed_at is not None)
        if self.state.status in OUT | {Status.CLOSED}:
            assert agreed
            assert self.state.due_at is not None

    @invariant()
    def four_eyes_twice(self) -> None:
        wrote: dict[str, str] = {}
        for entry in self.entries:
            if entry.deed is Deed.AGREE:
                assert entry.actor not in self.state.writers
            if entry.deed is Deed.ANSWER:
                wrote[entry.payload["unit"]] = entry.actor
            if entry.deed in {Deed.RELEASE, Deed.RETURN_ANSWER}:
                assert entry.actor != wrote[entry.payload["unit"]]
                assert entry.actor in {"1", "2", "3"} or (entry.actor == "8" and entry.payload["unit"] != URBAN)

    @invariant()
    def each_unit_answers_once_and_all_have_answered_at_the_end(self) -> None:
        waiting = frozenset(self.state.waiting)
        assert not waiting & self.state.released
        assert waiting | self.state.released | self.state.missing == self.state.units
        if self.state.status in {Status.ANSWERED, Status.CLOSED}:
            assert self.state.released == self.state.units
        if self.state.status is Status.CLOSED:
            assert self.state.publications
            assert self.state.follow_ups

    @invariant()
    def units_learn_of_it_when_it_is_handed_over(self) -> None:
        for who, unit in ((CLERK, URBAN), (OTHER, ECOLOGY)):
            assert may_see(who, self.state) == (self.state.handed_at is not None and unit in self.state.units)
        assert may_see(DIRECTOR, self.state)
        assert not may_see(ADMIN, self.state)
        told = who_must_know(self.entries[-1], self.state)
        assert all(word(f"notice.{one.kind}", lang) for one in told for lang in LANGS)
        if self.state.handed_at is None:
            assert all(to.unit is None for one in told for to in one.to)

    @invariant()
    def what_lives_can_go_on(self) -> None:
        offered = any(allowed(self.state, actor=who, now=self.now) for who in PEOPLE)
        assert offered == (self.state.status not in ENDED)
        assert not any(allowed(self.state, actor=who, now=self.now) for who in (DIRECTOR, ADMIN, SYSTEM))


TestMachine = Machine.TestCase
TestMachine.settings = settings(
    max_examples=80, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.deed.value}-{min(row.sources).value}")
def test_what_is_typed_has_a_name(row: Row):
    assert not row.words or row.deed in TEXT_WORDS


def test_every_deed_has_its_row_and_every_notice_its_words():
    assert {row.deed for row in TABLE} == set(Deed)
    kinds = {kind for lines in TELLING.values() for kind, _ in lines} | {told.kind for told in who_is_late(Handover())}
    assert all(word(f"notice.{kind}", lang) for kind in kinds for lang in LANGS)


def test_numbers_are_written_without_leading_zeros():
    assert handover_number(2026, 12) == "热媒移〔2026〕12号"
    assert handover_number(None, None) == ""


STANDS = {
    "new": Handover(),
    "proposed": Handover(status=Status.PROPOSED, units=UNITS, writers=frozenset({"1"})),
    "returned": Handover(status=Status.RETURNED, units=UNITS, writers=frozenset({"1"})),
    "handed": Handover(status=Status.HANDED, units=UNITS, handed_at=OPENING),
    "handed, an answer waits": Handover(
        status=Status.HANDED, units=UNITS, handed_at=OPENING, waiting={URBAN: "4"}
    ),
    "answered": Handover(
        status=Status.ANSWERED, units=UNITS, handed_at=OPENING, released=UNITS, publications=1, follow_ups=1
    ),
    "closed": Handover(status=Status.CLOSED, units=UNITS, handed_at=OPENING),
    "withdrawn": Handover(status=Status.WITHDRAWN, units=UNITS),
}  # fmt: skip
NAMES = {
    "1": "writer", "2": "supervisor", "3": "team_leader", "4": "unit_clerk", "5": "other_unit_head", "6": "director",
    "7": "system_admin", "8": "supervisor_of_the_unit", "system": "system",
}  # fmt: skip


def who_may() -> Iterator[tuple[str, str, str]]:
    for stands, state in STANDS.items():
        for deed in Deed:
            order = filled(deed, OPENING, unit=URBAN)
            can = [NAMES[who.id] for who in PEOPLE if decide(state, order, actor=who, now=OPENING).ok]
            yield stands, deed.value, " ".join(can) or "-"


def test_who_may_do_what_is_as_it_was_agreed():
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        written = [(row["stands"], row["deed"], row["who"]) for row in csv.DictReader(file)]
    assert written == list(who_may())


def refused(deed: Deed, state: Handover, who: Actor = WRITER, **said: Any) -> list[tuple[str, str]]:
    ruling = decide(state, filled(deed, OPENING, **said), actor=who, now=OPENING)
    return [(one.code, one.field) for one in ruling.refusals]


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({"medium": ""}, "media.medium_missing", "medium"),
        ({"tickets": ()}, "media.tickets_missing", "tickets"),
        ({"tickets": tuple(map(str, range(51)))}, "media.too_many_tickets", "tickets"),
        ({"title": " "}, "media.told_missing", "title"),
        ({"text": ""}, "media.words_missing", "text"),
        ({"hand_on": None}, "media.day_missing", "hand_on"),
        ({"hand_on": (OPENING - timedelta(days=1)).date()}, "media.day_passed", "hand_on"),
        ({"found": (LEAK,)}, "media.holds_any_number", "title"),
    ],
)
def test_a_proposal_says_what_it_lacks(said: dict[str, Any], code: str, field: str):
    assert refused(Deed.PROPOSE, Handover(), **said) == [(code, field)]


def test_nobody_agrees_to_their_own_words_or_releases_their_own_answer():
    assert refused(Deed.AGREE, STANDS["proposed"]) == [("media.own_words", "")]
    assert refused(Deed.AGREE, STANDS["proposed"], COLLEAGUE) == []
    waits = STANDS["handed, an answer waits"]
    assert ("media.own_answer", "") in refused(Deed.RELEASE, waits, BOTH, unit=URBAN)
    assert refused(Deed.RELEASE, replace(waits, waiting={URBAN: "2"}), COLLEAGUE, unit=URBAN)
    assert refused(Deed.RELEASE, waits, COLLEAGUE, unit=URBAN) == []
    assert refused(Deed.RELEASE, waits, COLLEAGUE, unit=ECOLOGY) == [("media.answer_unnamed", "unit")]


def test_days_of_publications_have_come_and_lie_after_the_handover():
    tomorrow, yesterday = (OPENING + timedelta(days=1)).date(), (OPENING - timedelta(days=1)).date()
    assert refused(Deed.PUBLISH, STANDS["handed"], on=tomorrow) == [("media.on_ahead", "on")]
    assert refused(Deed.PUBLISH, STANDS["handed"], on=yesterday) == [("media.on_before", "on")]
    assert refused(Deed.FOLLOW_UP, STANDS["handed"], follow=None) == [("media.follow_missing", "follow")]


def test_what_was_not_published_or_not_followed_up_is_not_closed():
    bare = replace(STANDS["answered"], publications=0, follow_ups=0)
    assert refused(Deed.CLOSE, bare) == [("media.unpublished", ""), ("media.not_followed", "")]
    assert refused(Deed.CLOSE, STANDS["answered"], outcome=Outcome.SUMMED_UP) == [("media.outcome_missing", "outcome")]


def test_an_answer_that_comes_back_is_written_anew():
    waits = STANDS["handed, an answer waits"]
    assert refused(Deed.ANSWER, waits, CLERK) == [("media.answer_there", "")]
    back = decide(waits, filled(Deed.RETURN_ANSWER, OPENING, unit=URBAN), actor=LEADER, now=OPENING).state
    assert (back.send_backs, back.waiting, URBAN in back.missing) == (1, {}, True)
    assert refused(Deed.ANSWER, back, CLERK) == []
