"""What a panel may and may not do, case by case: the seed's own, and the bad luck that the issue names."""

from datetime import timedelta

import pytest

from hotline.rules.joint import TABLE, Deed, Form, Status, Task, decide
from hotline.rules.joint.concluding import carried, dissenters
from hotline.rules.joint.seeing import may_see
from hotline.rules.joint.table import MACHINE
from hotline.rules.vocabulary import UnitCode
from hotline.rules.words import word
from tests.rules.cast import ECOLOGY, HOUSING, URBAN
from tests.rules.joint.panel import (
    ACTIVE,
    BOTH,
    CHAIR,
    CLOSED,
    DISPATCHER,
    ECOLOGY_HEAD,
    HEADS,
    INSPECTOR,
    JUSTICE,
    JUSTICE_HEAD,
    LEADER,
    OTHER_CHAIR,
    STAFFING,
    STAFFING_HEAD,
    STRANGER,
    URBAN_CLERK,
    URBAN_HEAD,
    WORDS,
    agreed,
    concluded,
    convened,
    done,
    filled,
    heard,
    opened,
    refused,
    ruled,
)
from tests.walks import OPENING


def test_the_case_of_the_seed() -> None:
    """Ecology leads, the penalty step is urban management's own task, dissent is on record."""
    state = done(heard(STHJ=URBAN), CHAIR, Deed.CONCLUDE)
    assert (state.proposed, state.tasks) == (ECOLOGY, (Task(unit=URBAN, order=1, days=3),))
    assert dissenters(state) == (ECOLOGY,)
    for who in HEADS:
        state = done(state, who, Deed.AGREE, agrees=who is not ECOLOGY_HEAD)
    state = done(done(state, LEADER, Deed.SIGN), CHAIR, Deed.RULE)
    assert (state.status, state.lead, dissenters(state)) == (Status.RULED, ECOLOGY, (ECOLOGY,))
    assert state.bound == {ECOLOGY, URBAN}


def test_no_conclusion_without_the_staffing_offices_and_justices_opinion() -> None:
    state = convened()
    assert refused(state, CHAIR, Deed.CONCLUDE) == {"joint.opinion_missing"}
    state = done(state, STAFFING_HEAD, Deed.OPINE)
    assert refused(state, CHAIR, Deed.CONCLUDE) == {"joint.opinion_missing"}
    assert refused(done(state, JUSTICE_HEAD, Deed.OPINE), CHAIR, Deed.CONCLUDE) == set()


def test_a_party_neither_drafts_nor_makes_its_own_ruling() -> None:
    assert refused(heard(), URBAN_HEAD, Deed.CONCLUDE) == {"joint.own_case"}
    assert refused(heard(), BOTH, Deed.CONCLUDE) == {"joint.own_case"}
    assert refused(heard(), STRANGER, Deed.CONCLUDE) == {"joint.role_denied"}


def test_discipline_inspection_only_observes() -> None:
    assert refused(convened(), INSPECTOR, Deed.OPINE) == {"joint.observer_only"}
    assert refused(concluded(), INSPECTOR, Deed.AGREE) == {"joint.observer_only"}
    assert may_see(INSPECTOR, concluded())
    assert not may_see(STRANGER, concluded())


def test_heads_sign_opinions_and_clerks_do_not() -> None:
    assert refused(convened(), URBAN_CLERK, Deed.OPINE) == {"joint.heads_sign"}
    assert refused(concluded(), URBAN_CLERK, Deed.AGREE) == set()


def test_written_opinions_are_not_taken_down_for_others() -> None:
    assert refused(convened(), CHAIR, Deed.RECORD, unit=STAFFING) == {"joint.written_only"}
    assert refused(convened(), CHAIR, Deed.RECORD, unit=HOUSING) == {"joint.not_a_party"}
    assert done(convened(), CHAIR, Deed.RECORD, unit=URBAN).opinions[URBAN].signer == "王副秘书长"
    written = done(opened(), CHAIR, Deed.CONVENE, form=Form.WRITTEN)
    assert refused(written, CHAIR, Deed.RECORD, unit=URBAN) == {"joint.not_a_meeting"}


@pytest.mark.parametrize(
    ("leads", "expected"),
    [
        ({}, ECOLOGY),
        ({"STHJ": URBAN, "CGJ": URBAN}, ECOLOGY),
        ({"BB": URBAN, "SFJ": URBAN}, URBAN),
        ({"BB": URBAN}, ECOLOGY),
        ({"BB": URBAN, "CGJ": URBAN}, None),
        ({"BB": URBAN, "CGJ": HOUSING, "STHJ": HOUSING}, None),
        ({"BB": URBAN, "CGJ": URBAN, "STHJ": URBAN}, URBAN),
    ],
)
def test_the_office_cannot_outvote_equals(leads: dict[str, UnitCode], expected: UnitCode | None) -> None:
    state = heard(**leads)
    assert carried(state) == expected
    for lead in (URBAN, ECOLOGY, HOUSING):
        said = refused(state, CHAIR, Deed.CONCLUDE, lead=lead, tasks=())
        want = {"joint.opinions_differ"} if expected is None else set() if lead == expected else {"joint.not_carried"}
        assert said == want, lead


def test_minutes_are_agreed_before_they_are_signed() -> None:
    state = concluded()
    assert refused(state, LEADER, Deed.SIGN) == {"joint.minutes_open"}
    for who in (STAFFING_HEAD, JUSTICE_HEAD):
        state = done(state, who, Deed.AGREE)
    assert refused(state, LEADER, Deed.SIGN) == {"joint.minutes_open"}
    now = OPENING + timedelta(days=1)
    late = decide(state, filled(Deed.SIGN, now), actor=LEADER, now=now, time_over=True)
    assert late.ok, "after the panel's time a party's silence holds nothing up"
    state = done(state, JUSTICE_HEAD, Deed.AGREE, agrees=False)
    now += timedelta(days=1)
    assert not decide(state, filled(Deed.SIGN, now), actor=LEADER, now=now, time_over=True).ok


def test_another_version_of_the_minutes_is_agreed_to_anew() -> None:
    assert agreed().answers
    assert not done(agreed(), CHAIR, Deed.CONCLUDE).answers


def test_who_concluded_does_not_record_the_signature() -> None:
    assert refused(agreed(), CHAIR, Deed.SIGN) == {"joint.own_conclusion"}
    assert refused(agreed(), OTHER_CHAIR, Deed.SIGN) == set()


def test_a_closed_unit_neither_leads_nor_helps_nor_is_called() -> None:
    assert refused(opened(), DISPATCHER, Deed.MEDIATE, lead=CLOSED) == {"joint.unit_closed"}
    gone, words = (Task(unit=CLOSED, days=2),), {**WORDS, "task.GONE": "查"}
    assert refused(heard(), CHAIR, Deed.CONCLUDE, tasks=gone, words=words) == {"joint.unit_closed"}
    assert refused(opened(), CHAIR, Deed.CONVENE, parties=frozenset({CLOSED})) == {"joint.unit_closed"}
    signed = done(agreed(), LEADER, Deed.SIGN)
    assert refused(signed, CHAIR, Deed.RULE, active=ACTIVE - {ECOLOGY}) == {"joint.unit_closed"}


def test_a_unit_merged_in_the_middle_is_followed_by_its_successor() -> None:
    """What was said, agreed and concluded of the old unit is the new one's."""
    state = done(done(agreed(), LEADER, Deed.SIGN), CHAIR, Deed.SUCCEED, unit=ECOLOGY, successor=HOUSING)
    assert state.parties == {URBAN, HOUSING}
    assert (state.proposed, state.opinions[HOUSING].lead, ECOLOGY in state.opinions) == (HOUSING, HOUSING, False)
    assert done(state, CHAIR, Deed.RULE).lead == HOUSING
    mixed = done(heard(), CHAIR, Deed.SUCCEED, unit=URBAN, successor=ECOLOGY)
    assert mixed.parties == {ECOLOGY}
    assert refused(heard(), CHAIR, Deed.SUCCEED, unit=URBAN, successor=JUSTICE) == {"joint.party_is_seated"}
    assert refused(heard(), CHAIR, Deed.SUCCEED, unit=URBAN, successor=CLOSED) == {"joint.unit_closed"}
    assert refused(heard(), CHAIR, Deed.SUCCEED, unit=HOUSING, successor=ECOLOGY) == {"joint.not_in_file"}
    assert refused(heard(), CHAIR, Deed.SUCCEED, unit=URBAN, successor=URBAN) == {"joint.successor_missing"}


def test_a_helper_that_merges_into_the_lead_is_no_helper_any_more() -> None:
    state = done(ruled(), CHAIR, Deed.SUCCEED, unit=URBAN, successor=ECOLOGY)
    assert (state.lead, state.tasks) == (ECOLOGY, ())


def test_one_objection_for_each_unit_that_is_bound() -> None:
    state = done(ruled(), URBAN_CLERK, Deed.OBJECT)
    assert state.status is Status.RULED, "an objection stops nothing"
    assert state.lead == ECOLOGY
    assert refused(state, URBAN_HEAD, Deed.OBJECT) == {"joint.objected_already"}
    state = done(state, ECOLOGY_HEAD, Deed.OBJECT)
    assert refused(state, STRANGER, Deed.OBJECT) == {"joint.role_denied"}
    upheld = done(state, CHAIR, Deed.UPHOLD)
    assert refused(upheld, CHAIR, Deed.UPHOLD) == {"joint.no_objection"}
    assert refused(upheld, CHAIR, Deed.CONVENE) == {"joint.no_objection"}
    assert refused(upheld, URBAN_HEAD, Deed.OBJECT) == {"joint.objected_already"}


def test_a_second_panel_begins_with_nothing_said() -> None:
    state = done(done(ruled(), URBAN_CLERK, Deed.OBJECT), CHAIR, Deed.CONVENE)
    assert (state.round, state.opinions, state.proposed, state.lead) == (2, {}, None, ECOLOGY)


def test_escalation_ends_with_the_decision_from_above() -> None:
    state = done(heard(BB=URBAN, CGJ=URBAN), CHAIR, Deed.ESCALATE)
    assert state.escalated
    state = done(state, CHAIR, Deed.DECIDE, lead=URBAN, tasks=(Task(unit=ECOLOGY, days=2),), signer="李秘书长")
    assert (state.status, state.lead, state.signer, state.escalated) == (Status.RULED, URBAN, "李秘书长", False)


def test_each_task_has_its_words_its_order_and_its_limit() -> None:
    state = heard()
    assert refused(state, CHAIR, Deed.CONCLUDE, tasks=(Task(unit=URBAN, days=0),)) == {"joint.task_limits"}
    assert refused(state, CHAIR, Deed.CONCLUDE, tasks=(Task(unit=URBAN, days=61),)) == {"joint.task_limits"}
    assert refused(state, CHAIR, Deed.CONCLUDE, tasks=(Task(unit=URBAN, order=0, days=2),)) == {"joint.task_limits"}
    unsaid = {**WORDS, "task.CGJ": " "}
    assert refused(state, CHAIR, Deed.CONCLUDE, words=unsaid) == {"joint.task_unsaid"}
    assert refused(state, CHAIR, Deed.CONCLUDE, tasks=(Task(unit=ECOLOGY, days=2),)) == {"joint.lead_is_helper"}
    twice = (Task(unit=URBAN, days=2), Task(unit=URBAN, days=3))
    assert refused(state, CHAIR, Deed.CONCLUDE, tasks=twice) == {"joint.helper_twice"}
    many = tuple(Task(unit=UnitCode(f"U{n}"), days=1) for n in range(11))
    assert "joint.too_many_tasks" in refused(state, CHAIR, Deed.CONCLUDE, tasks=many)


def test_a_panel_has_all_its_seats_and_a_time_to_come() -> None:
    state = opened()
    for seat in ("staffing", "justice", "observer"):
        assert refused(state, CHAIR, Deed.CONVENE, **{seat: None}) == {"joint.seat_missing"}
    assert refused(state, CHAIR, Deed.CONVENE, justice=STAFFING) == {"joint.seat_twice"}
    assert refused(state, CHAIR, Deed.CONVENE, observer=URBAN) == {"joint.party_is_seated"}
    assert refused(state, CHAIR, Deed.CONVENE, form=None) == {"joint.form_missing"}
    assert refused(state, CHAIR, Deed.CONVENE, meets_at=OPENING) == {"joint.meets_at_past"}
    nobody = opened(parties=frozenset())
    assert refused(nobody, CHAIR, Deed.CONVENE, parties=frozenset()) == {"joint.parties_missing"}
    assert refused(state, CHAIR, Deed.CONVENE, words={}) == {"joint.words_missing"}


def test_every_deed_has_a_row_and_every_row_words() -> None:
    assert {row.deed for row in TABLE} == set(Deed)
    assert all(word(deed, lang) for deed in Deed for lang in ("zh", "en"))
    assert all(row.who == MACHINE for row in TABLE if row.deed in {Deed.OPEN, Deed.LAPSE})
