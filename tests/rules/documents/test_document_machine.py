"""Whatever people do, in whatever order: a document keeps its number, its four eyes and its history."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from hotline.rules.documents import (
    TABLE,
    Deed,
    Document,
    DocumentKind,
    Entry,
    Order,
    Row,
    Status,
    allowed,
    decide,
    fold,
)
from hotline.rules.documents.seeing import may_see
from hotline.rules.documents.states import ENDED, NUMBERED, UNNUMBERED
from hotline.rules.documents.telling import TELLING, who_must_know
from hotline.rules.lifecycle import SYSTEM, Actor
from hotline.rules.sentences import render
from hotline.rules.vocabulary import CITY_TZ, Role, UnitCode
from hotline.rules.words import word
from hotline.rules.words_documents import NUMBER_WORDS, TEXT_WORDS, document_number
from tests.rules.cast import ECOLOGY, OFFICE, URBAN
from tests.walks import OPENING


def person(name: str, unit: UnitCode, *roles: Role) -> Actor:
    return Actor(id=name, roles=frozenset(roles), unit=unit, covers=frozenset({unit}))


WRITER = person("1", OFFICE, Role.SUPERVISOR)
COLLEAGUE = person("2", OFFICE, Role.SUPERVISOR)
LEADER = person("3", OFFICE, Role.TEAM_LEADER)
CLERK = person("4", URBAN, Role.UNIT_HANDLER)
OTHER = person("5", ECOLOGY, Role.UNIT_HEAD)
DIRECTOR = person("6", OFFICE, Role.DIRECTOR)
ADMIN = person("7", OFFICE, Role.SYSTEM_ADMIN)
PEOPLE = (WRITER, COLLEAGUE, LEADER, CLERK, OTHER, DIRECTOR, ADMIN, SYSTEM)
UNITS = (URBAN, ECOLOGY)


def filled(deed: Deed, of_kind: DocumentKind, now: object, **said: object) -> Order:
    """An order in which everything is filled in that any deed may ask for."""
    given = {
        "kind": of_kind,
        "recipients": frozenset({URBAN}),
        "sent_to": "市委、市政府",
        "title": "关于办理情况的通报",
        "body": "现将有关情况通报如下。",
        "signer": "徐明",
        "signed_on": now.astimezone(CITY_TZ).date(),  # type: ignore[attr-defined]  # a moment
        "prints": 12,
        "text": "按要求",
    }
    return Order(deed=deed, **(given | said))


class Machine(RuleBasedStateMachine):
    """One document of any kind in the hands of everybody."""

    @initialize(kind=st.sampled_from(DocumentKind))
    def begin(self, kind: DocumentKind) -> None:
        self.now, self.state = OPENING, Document()
        self.entries: list[Entry] = []
        assert self._do(WRITER, filled(Deed.DRAFT, kind, self.now))

    def _do(self, who: Actor, order: Order) -> bool:
        self.now += timedelta(minutes=1)
        before = self.state
        if order.deed is Deed.SIGN:
            order = Order(**{**vars(order), "number": (2026, 12)})
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
        words=st.sampled_from(("", "有误")),
        signer=st.sampled_from(("", "徐明")),
        prints=st.sampled_from((None, 0, 12)),
        ahead=st.integers(-3, 1),
        recipients=st.sets(st.sampled_from(UNITS)),
        copies=st.sets(st.sampled_from(UNITS)),
    )
    def act(
        self,
        who: Actor,
        deed: Deed,
        words: str,
        signer: str,
        prints: int | None,
        ahead: int,
        recipients: set[UnitCode],
        copies: set[UnitCode],
    ) -> None:
        begun = deed in allowed(self.state, actor=who, now=self.now)
        day = (self.now + timedelta(days=ahead)).astimezone(CITY_TZ).date()
        addressed = {"recipients": frozenset(recipients), "copies": frozenset(copies)}
        order = filled(
            deed, self.state.kind, self.now, text=words, signer=signer, prints=prints, signed_on=day, **addressed
        )
        if self._do(who, order):
            assert begun, f"{deed} was done though no button offered it"

    @rule(who=st.sampled_from(PEOPLE))
    def what_is_offered_can_be_done(self, who: Actor) -> None:
        for deed in allowed(self.state, actor=who, now=self.now):
            ruling = decide(self.state, filled(deed, self.state.kind, self.now), actor=who, now=self.now)
            assert ruling.ok, (deed, ruling.refusals)

    @rule()
    def one_step_on(self) -> None:
        """The plain way to the issued paper, so that long ways are walked too."""
        step = {
            Status.DRAFT: (WRITER, Deed.SUBMIT),
            Status.SUBMITTED: (LEADER, Deed.CHECK),
            Status.CHECKED: (WRITER, Deed.SIGN),
            Status.SIGNED: (LEADER, Deed.SEAL),
            Status.SEALED: (WRITER, Deed.ISSUE),
        }.get(self.state.status)
        if step is not None:
            self._do(step[0], filled(step[1], self.state.kind, self.now))

    @invariant()
    def the_history_tells_the_state(self) -> None:
        assert fold(self.entries) == self.state
        assert self.state.version == len(self.entries)

    @invariant()
    def a_number_is_drawn_once_and_never_lost(self) -> None:
        drawn = [entry for entry in self.entries if entry.deed is Deed.SIGN]
        assert len(drawn) <= 1
        assert bool(drawn) == (self.state.serial is not None)
        if self.state.status in NUMBERED | {Status.VOIDED}:
            assert self.state.serial is not None
        if self.state.status in UNNUMBERED | {Status.DISCARDED}:
            assert self.state.serial is None

    @invariant()
    def four_eyes_twice(self) -> None:
        last_check = [entry.actor for entry in self.entries if entry.deed is Deed.CHECK]
        if self.state.serial is not None:
            assert last_check[-1] not in self.state.writers
        assert not any(e.actor == self.state.signed_by for e in self.entries if e.deed is Deed.SEAL)

    @invariant()
    def units_read_what_was_issued_to_them_and_nothing_else(self) -> None:
        for who, unit in ((CLERK, URBAN), (OTHER, ECOLOGY)):
            assert may_see(who, self.state) == (self.state.issued_at is not None and unit in self.state.readers)
        assert may_see(DIRECTOR, self.state)
        assert not may_see(ADMIN, self.state)

    @invariant()
    def whoever_is_told_may_read_it(self) -> None:
        for told in who_must_know(self.entries[-1], self.state):
            assert word(f"notice.{told.kind}", "zh")
            assert all(to.unit is None or to.unit in self.state.readers for to in told.to)

    @invariant()
    def what_lives_can_go_on(self) -> None:
        offered = any(allowed(self.state, actor=who, now=self.now) for who in PEOPLE)
        assert offered == (self.state.status not in ENDED)
        assert not any(allowed(self.state, actor=who, now=self.now) for who in (CLERK, OTHER, DIRECTOR, ADMIN, SYSTEM))


TestMachine = Machine.TestCase
TestMachine.settings = settings(
    max_examples=100, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.deed.value}-{min(row.sources).value}")
def test_what_is_typed_has_a_name(row: Row):
    assert not row.words or row.deed in TEXT_WORDS


def test_every_deed_has_its_row_and_every_notice_its_words():
    assert {row.deed for row in TABLE} == set(Deed)
    assert all(word(f"notice.{kind}", lang) for kind, _ in TELLING.values() for lang in ("zh", "en"))


def test_numbers_are_written_without_leading_zeros():
    assert document_number(DocumentKind.CIRCULAR, 2026, 12) == "热通报〔2026〕12号"
    assert document_number(DocumentKind.CIRCULAR, None, None) == ""
    assert len(set(NUMBER_WORDS.values())) == len(DocumentKind)


def refused(deed: Deed, state: Document, who: Actor = WRITER, **said: object) -> list[tuple[str, str]]:
    order = filled(deed, state.kind, OPENING, **said)
    return [(one.code, one.field) for one in decide(state, order, actor=who, now=OPENING).refusals]


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({"kind": None}, "documents.kind_missing", "kind"),
        ({"title": " "}, "documents.title_missing", "title"),
        ({"body": ""}, "documents.body_missing", "body"),
        ({"recipients": frozenset()}, "documents.recipients_missing", "recipients"),
        ({"kind": DocumentKind.SPECIAL_REPORT, "sent_to": ""}, "documents.sent_to_missing", "sent_to"),
        ({"copies": frozenset({URBAN})}, "documents.addressed_twice", "copies"),
    ],
)
def test_a_draft_says_what_it_lacks(said: dict[str, object], code: str, field: str):
    order = filled(Deed.DRAFT, DocumentKind.CIRCULAR, OPENING, **said)
    found = decide(Document(), order, actor=WRITER, now=OPENING).refusals
    assert [(one.code, one.field) for one in found] == [(code, field)]


def test_nobody_checks_their_own_words_or_seals_their_own_signature():
    submitted = Document(status=Status.SUBMITTED, writers=frozenset({"1"}))
    assert refused(Deed.CHECK, submitted) == [("documents.own_words", "")]
    assert refused(Deed.CHECK, submitted, COLLEAGUE) == []
    signed = Document(status=Status.SIGNED, signed_by="1")
    assert refused(Deed.SEAL, signed) == [("documents.own_signature", "")]
    assert refused(Deed.SEAL, signed, LEADER) == []


def test_a_signature_has_a_name_and_a_day_that_has_come():
    checked = Document(status=Status.CHECKED)
    assert refused(Deed.SIGN, checked, signer="") == [("documents.signer_missing", "signer")]
    assert refused(Deed.SIGN, checked, signed_on=None) == [("documents.signed_on_missing", "signed_on")]
    tomorrow = (OPENING + timedelta(days=1)).date()
    assert refused(Deed.SIGN, checked, signed_on=tomorrow) == [("documents.signed_on_ahead", "signed_on")]
    assert refused(Deed.SIGN, checked, LEADER) == [("documents.role_denied", "")]


def test_a_revision_may_take_a_unit_out_again():
    state = Document(status=Status.DRAFT, recipients=frozenset({URBAN}), copies=frozenset({ECOLOGY}))
    ruling = decide(state, filled(Deed.REVISE, state.kind, OPENING), actor=COLLEAGUE, now=OPENING)
    assert ruling.state.copies == frozenset()
    assert ruling.state.writers == {"2"}
