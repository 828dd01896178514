"""administration_acts.csv and administration_pairs.csv are what officials sign: who of the three may do what, and which
roles nobody holds together. The rules are compared with them, never the other way round.
"""

import csv
from itertools import permutations
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from hotline.rules.administration import (
    GRANTABLE,
    MAY,
    AdminAct,
    acts_of,
    apart,
    ends_with_unit,
    grant_refusals,
    may_do,
    reads_log,
    reads_people,
    refuse_act,
)
from hotline.rules.lifecycle import SYSTEM, Actor
from hotline.rules.sentences import render
from hotline.rules.visibility import view_of
from hotline.rules.vocabulary import ADMIN_ROLES, OFFICE_ROLES, UNIT_ROLES, Role, UnitCode

HERE = Path(__file__).parent
ADMINS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
WHY = {
    "": "",
    "三员分立": "role.admins_apart",
    "管理员不办业务": "role.admin_and_business",
    "旁观者不办理": "role.onlooker_acts",
    "评判者不承办": "role.judge_and_judged",
}
roles = st.sampled_from(sorted(GRANTABLE))


def table(name: str) -> list[list[str]]:
    """The rows of a signed table, heading first."""
    return list(csv.reader((HERE / name).read_text(encoding="utf-8-sig").splitlines()))


def test_who_of_the_three_does_what():
    _, *rows = table("administration_acts.csv")
    assert [row[1] for row in rows] == [act.value for act in AdminAct]
    for _, code, *cells in rows:
        allowed = {role for role, cell in zip(ADMINS, cells, strict=True) if cell == "可"}
        assert {role for role in ADMINS if may_do(AdminAct(code), {role})} == allowed, code


def test_which_roles_go_together():
    heading, *rows = table("administration_pairs.csv")
    order = [Role(row[1]) for row in rows]
    assert set(order) == GRANTABLE
    assert len(heading) == len(order) + 2
    for _, code, *cells in rows:
        for other, cell in zip(order, cells, strict=True):
            if cell != "—":
                assert apart(Role(code), other) == WHY[cell], (code, other)


STAND_INS = frozenset({AdminAct.NAME_STAND_IN, AdminAct.END_STAND_IN})
"""What unit staff do about their own absence; everything else is an administrator's."""


def test_no_act_is_two_administrators_and_business_roles_do_none():
    assert all(len(whose & ADMIN_ROLES) <= 1 for whose in MAY.values())
    others = {role: acts_of({role}) - STAND_INS for role in GRANTABLE - ADMIN_ROLES}
    assert others.pop(Role.SUPERVISOR) == {AdminAct.STAFF_TASK_FORCE}, "an emergency does not wait for office hours"
    assert not any(others.values())
    assert all(MAY[act] == UNIT_ROLES for act in STAND_INS)


def test_who_makes_an_account_gives_it_no_role_and_the_other_way_round():
    system, security, audit = (acts_of({role}) for role in ADMINS)
    assert {AdminAct.CREATE_ACCOUNT, AdminAct.RESET_PASSWORD} <= system - security
    assert {AdminAct.GRANT_ROLE, AdminAct.CONFIRM_ACCOUNT} <= security - system
    assert audit == {AdminAct.EXPORT_LOG}


@given(one=roles, other=roles)
def test_apart_has_no_direction(one: Role, other: Role):
    assert apart(one, other) == apart(other, one)
    assert not (one is other and apart(one, other))


@given(held=st.frozensets(roles, max_size=4), role=roles, unit=st.sampled_from(["", "CGJ"]))
def test_a_grant_never_brings_apart_roles_together(held: frozenset[Role], role: Role, unit: str):
    refusals = grant_refusals(role, held, unit=unit, own_unit="LY")
    together = any(apart(one, other) for one, other in permutations({*held, role}, 2) if role in {one, other})
    wrong_unit = bool(unit) and role not in UNIT_ROLES
    assert bool(refusals) == (together or wrong_unit)
    for refusal in refusals:
        assert "请" in render(refusal, "zh")
        assert render(refusal, "en").endswith(".")


@given(held=st.frozensets(st.sampled_from(sorted(Role)), max_size=5))
def test_administrators_who_are_nothing_else_see_no_ticket(held: frozenset[Role]):
    actor = Actor(id="7", roles=held & ADMIN_ROLES, unit=UnitCode("CGJ"), covers=frozenset({UnitCode("CGJ")}))
    assert view_of(actor).nothing


@given(act=st.sampled_from(sorted(AdminAct)), role=roles)
def test_nobody_does_it_to_himself(act: AdminAct, role: Role):
    actor = Actor(id="7", roles=frozenset({role}))
    assert refuse_act(act, actor, "7") is not None
    assert (refuse_act(act, actor, "8") is None) == may_do(act, {role})
    assert refuse_act(act, SYSTEM, "8") is None


def test_the_citizen_and_the_platform_are_nobodys_post():
    for role in (Role.CITIZEN, Role.SYSTEM):
        assert [r.code for r in grant_refusals(role, (), unit="", own_unit="CGJ")] == ["role.not_grantable"]


def test_a_unit_role_needs_a_unit():
    assert [r.code for r in grant_refusals(Role.UNIT_HANDLER, (), unit="", own_unit="")] == ["role.unit_missing"]
    assert grant_refusals(Role.UNIT_HANDLER, (), unit="CGJ", own_unit="") == ()
    assert grant_refusals(Role.AGENT, (), unit="", own_unit="") == ()


def test_who_reads_whom():
    covers = frozenset({UnitCode("LY"), UnitCode("LY-SXK")})
    for role in ADMINS:
        assert reads_people(Actor(id="1", roles=frozenset({role}))) is None
    assert reads_people(Actor(id="1", roles=frozenset({Role.UNIT_HEAD}), covers=covers)) == covers
    for role in (OFFICE_ROLES | UNIT_ROLES) - {Role.UNIT_HEAD}:
        assert reads_people(Actor(id="1", roles=frozenset({role}), covers=covers)) == frozenset()
    assert {role for role in Role if reads_log(Actor(id="1", roles=frozenset({role})))} == {Role.AUDIT_ADMIN}


def test_roles_held_for_a_unit_end_with_it():
    assert ends_with_unit(Role.UNIT_HANDLER, "", "CGJ")
    assert ends_with_unit(Role.UNIT_HANDLER, "CGJ", "CGJ")
    assert not ends_with_unit(Role.UNIT_HANDLER, "STHJ", "CGJ")
    assert not ends_with_unit(Role.AGENT, "", "CGJ")
