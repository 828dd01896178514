"""The table of the lifecycle: where every act leads, who may do it, and that nothing else is possible."""

import csv
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest

from hotline.rules.acts import ACTS, AcceptReturn, Act, Reassign
from hotline.rules.effects import EFFECTS
from hotline.rules.lifecycle import SYSTEM, TABLE, Actor, allowed, decide, next_acts
from hotline.rules.profile_parts import DisputeRules
from hotline.rules.vocabulary import ADMIN_ROLES, OPEN, TERMINAL, UNIT_ROLES, Role, Stage
from hotline.rules.words import word
from tests.rules.cast import (
    CITIZEN,
    CITY,
    DISPATCHER,
    DISTRICT,
    ECOLOGY,
    HEAD,
    HOUSING,
    LEADER,
    OFFICE,
    STORIES,
    STREET,
    URBAN,
    Story,
    asks_park,
    asks_return,
    book,
    delegated,
    dispatched,
    handled,
    member,
    return_asked,
)
from tests.rules.scenes import ANYWHERE, SCENES, Scene

GOLDEN = Path(__file__).resolve().parents[1] / "golden"


def play(scene: Scene) -> Story:
    return scene.story().do(scene.who, scene.act, after=scene.later)


def scene_id(scene: object) -> str | None:
    return f"{scene.act.name}-{scene.after.value}-{scene.event}" if isinstance(scene, Scene) else None


@pytest.mark.parametrize("scene", SCENES, ids=scene_id)
def test_every_act_leads_where_the_rules_say(scene: Scene):
    story = play(scene)
    assert (story.stage, story.events[-1].name) == (scene.after, scene.event)
    assert story.events[-1].actor == scene.who.id
    assert story.events[-1].act == scene.act.name


@pytest.mark.parametrize("scene", SCENES, ids=scene_id)
def test_what_can_be_done_is_offered_before(scene: Scene):
    story = scene.story()
    story.now += scene.later
    offered = allowed(story.state, actor=scene.who, book=story.book, now=story.now)
    assert type(scene.act) in {row.act for row in offered}


@pytest.mark.parametrize("stage", sorted(OPEN))
@pytest.mark.parametrize(("who", "act", "target"), ANYWHERE, ids=lambda v: v.name if isinstance(v, Act) else None)
def test_upkeep_is_possible_in_every_open_stage(stage: Stage, who: Actor, act: Act, target: Stage | None):
    assert STORIES[stage]().do(who, act).stage is (target or stage)


@pytest.mark.parametrize("stage", sorted(TERMINAL))
def test_nothing_more_is_done_to_a_ticket_that_has_ended(stage: Stage):
    acts = {row.act.name for row in next_acts(stage)}
    assert acts <= {"archive", "reopen_after_visit"}
    assert acts == {
        Stage.ARCHIVED: set(),
        Stage.CLOSED: {"archive", "reopen_after_visit"},
    }.get(stage, {"archive"})


def test_every_row_of_the_table_is_played():
    shown = defaultdict(set)
    for scene in SCENES:
        before = scene.story().stage
        for index, row in enumerate(TABLE):
            leads = row.target or before
            if (
                row.act is type(scene.act)
                and before in row.sources
                and leads is scene.after
                and row.event == scene.event
            ):
                shown[index].add(before)
    silent = [(row.act.name, row.event, row.target) for index, row in enumerate(TABLE) if index not in shown]
    assert silent == []


def test_every_stage_can_be_reached_and_every_open_one_left():
    for stage, tale in STORIES.items():
        assert tale().stage is stage
    upkeep = {"withdraw", "merge", "confirm_void"}
    for stage in OPEN:
        onwards = [r for r in next_acts(stage) if r.target not in {None, stage} and r.act.name not in upkeep]
        assert onwards, stage


def test_every_act_has_a_row_and_every_event_a_meaning():
    assert {row.act for row in TABLE} == set(ACTS.values())
    assert set(EFFECTS) <= {row.event for row in TABLE}
    assert all(row.basis for row in TABLE)


def test_rows_of_one_act_in_one_stage_differ_only_in_what_follows():
    """So that a button can be shown before anybody knows which row it will be."""
    by_place = defaultdict(list)
    for row in TABLE:
        for stage in row.sources:
            by_place[row.act, stage].append(row)
    for rows in by_place.values():
        assert len({(row.who, row.standing) for row in rows}) == 1
        assert len(rows) == 1 or all(row.when for row in rows)


def test_the_third_failed_dispatch_opens_a_dispute_as_does_the_second_founded_return():
    """Two reassignments and one return are three dispatches that did not stay (Tianjin draft)."""
    for reassigned, opened in ((1, Stage.PENDING_DISPATCH), (2, Stage.JURISDICTION_DISPUTE)):
        story = dispatched()
        for lead in (URBAN, HOUSING)[:reassigned]:
            story.do(DISPATCHER, Reassign(lead_unit=lead, reason="错派"))
        deputy = member(story.state.lead_unit or ECOLOGY, Role.DEPUTY_HEAD)
        story.do(deputy, asks_return()).do(DISPATCHER, AcceptReturn(finding="成立"))
        assert story.stage is opened
    strict = book(dispute=DisputeRules(founded_returns=1))
    assert return_asked(strict).do(DISPATCHER, AcceptReturn(finding="成立")).stage is Stage.JURISDICTION_DISPUTE


# Who may


def people(role: Role) -> tuple[Actor, ...]:
    """People of that role who could have a part in a scene: of the office, the lead, a unit below or beside it."""
    if role is Role.SYSTEM:
        return (SYSTEM,)
    if role is Role.CITIZEN:
        return (CITIZEN,)
    if role in UNIT_ROLES:
        return tuple(member(unit, role, f"{unit}:{role}:another") for unit in (ECOLOGY, URBAN, DISTRICT, STREET))
    return (Actor(id=f"{role}:another", roles=frozenset({role}), unit=OFFICE, covers=frozenset({OFFICE})),)


def who_may() -> dict[str, set[Role]]:
    """Which roles the rules let do which act, found out by trying every role on every scene."""
    found: dict[str, set[Role]] = {name: set() for name in ACTS}
    for scene in SCENES:
        story = scene.story()
        for role in Role:
            for actor in people(role):
                decision = decide(story.state, scene.act, actor=actor, book=story.book, now=story.now + scene.later)
                if not decision.refusals:
                    found[scene.act.name].add(role)
    return found


def test_who_may_do_what_is_as_signed():
    with (GOLDEN / "who_may.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    signed = {r["标识"]: {role for role in Role if r[word(role, "zh")] == "可"} for r in rows}
    assert who_may() == signed
    assert [r["事项"] for r in rows] == [word(name, "zh") for name in signed]


def test_administrators_have_no_part_in_tickets_director_and_auditor_only_read():
    acting = {role for row in TABLE for role in row.roles}
    assert acting == set(Role) - ADMIN_ROLES - {Role.AUDITOR, Role.DIRECTOR}


# Units


@pytest.mark.parametrize("role", sorted(UNIT_ROLES))
def test_only_the_lead_units_own_people_act_for_it(role: Role):
    story = handled()
    row = story.decide(member(ECOLOGY, role), reply())
    assert not row.refusals
    for stranger in (HOUSING, CITY, URBAN, STREET, OFFICE):
        assert story.codes(member(stranger, role), reply()) == ("act.not_your_ticket",), stranger


def test_a_unit_above_sees_but_does_not_act_and_one_below_acts_for_its_part_only():
    story = delegated()
    assert story.codes(member(CITY), inner()) == ("act.not_your_ticket",)
    assert story.codes(member(DISTRICT), inner()) == ("act.not_your_ticket",)
    assert story.codes(member(STREET), reply()) == ("act.not_your_ticket",)
    assert story.codes(member(STREET), sign_in_below()) == ()


def test_a_co_unit_notes_progress_and_adds_proof_and_nothing_else():
    story = handled()
    acts = {row.act.name for row in allowed(story.state, actor=member(URBAN), book=story.book, now=story.now)}
    own = {"report_co_task", "request_task_return"}
    assert acts == {"record_progress", "add_attachment", "remove_attachment"} | own


def test_somebody_without_a_unit_reaches_no_ticket_of_units():
    """A ticket without a lead and a person without a unit must not be taken for each other."""
    nobody = Actor(id="nobody", roles=frozenset(UNIT_ROLES))
    for tale in STORIES.values():
        story = tale()
        assert allowed(story.state, actor=nobody, book=story.book, now=story.now) == ()
        story.state = replace(story.state, lead_unit=None)
        assert allowed(story.state, actor=nobody, book=story.book, now=story.now) == ()


def test_one_person_in_two_roles_acts_in_the_one_the_row_names_first():
    both = Actor(id="both", roles=frozenset({Role.REVIEWER, Role.SUPERVISOR}), unit=OFFICE, covers=frozenset({OFFICE}))
    story = STORIES[Stage.PENDING_CLOSE]()
    assert story.do(both, order()).events[-1].role is Role.REVIEWER


def test_who_asks_does_not_decide():
    both = Actor(id=HEAD.id, roles=HEAD.roles | {Role.SUPERVISOR}, unit=HEAD.unit, covers=HEAD.covers)
    story = handled().do(both, asks_park())
    assert story.codes(both, confirm_park()) == ("act.needs_second_person",)
    assert story.codes(LEADER, confirm_park()) == ("act.role_denied",)


def reply() -> Act:
    return scene_act("submit_reply")


def inner() -> Act:
    return scene_act("submit_inner_reply")


def sign_in_below() -> Act:
    return scene_act("sign_in_delegated")


def order() -> Act:
    return scene_act("order_rework")


def confirm_park() -> Act:
    return scene_act("confirm_park")


def scene_act(name: str) -> Act:
    """Any act of that name from the scenes."""
    return next(scene.act for scene in SCENES if scene.act.name == name)
