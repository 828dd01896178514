"""三员分立: what each of the three administrators may do, and which roles one person may never hold together.

Officials sign these tables (GB/T 22239-2019, 三级: system, security and audit management are separated and restrain
one another); which business roles exclude one another is ours (P). Pages, API and the command line ask here.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from hotline.rules.lifecycle.case import Actor
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import ADMIN_ROLES, OFFICE_ROLES, UNIT_ROLES, Role, UnitCode


class AdminAct(StrEnum):
    """人员管理事项: everything that is done to an account, by an administrator, the operator or its owner."""

    CREATE_ACCOUNT = "create_account"
    CHANGE_ACCOUNT = "change_account"
    SWITCH_OFF = "switch_off"
    SWITCH_ON = "switch_on"
    RESET_PASSWORD = "reset_password"  # noqa: S105  # the name of an act
    CONFIRM_ACCOUNT = "confirm_account"
    GRANT_ROLE = "grant_role"
    WITHDRAW_ROLE = "withdraw_role"
    UNLOCK = "unlock"
    RESET_SECOND_FACTOR = "reset_second_factor"
    END_SESSIONS = "end_sessions"
    ISSUE_TOKEN = "issue_token"  # noqa: S105  # the name of an act
    REVOKE_TOKEN = "revoke_token"  # noqa: S105  # the name of an act
    EXPORT_LOG = "export_log"
    NAME_STAND_IN = "name_stand_in"
    END_STAND_IN = "end_stand_in"
    STAFF_TASK_FORCE = "staff_task_force"
    CHANGE_OWN_PASSWORD = "change_own_password"  # noqa: S105  # the name of an act


_SYSTEM, _SECURITY, _AUDIT = (frozenset({role}) for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN))

MAY: Final[Mapping[AdminAct, frozenset[Role]]] = {
    AdminAct.CREATE_ACCOUNT: _SYSTEM,
    AdminAct.CHANGE_ACCOUNT: _SYSTEM,
    AdminAct.SWITCH_OFF: _SYSTEM,
    AdminAct.SWITCH_ON: _SYSTEM,
    AdminAct.RESET_PASSWORD: _SYSTEM,
    AdminAct.CONFIRM_ACCOUNT: _SECURITY,
    AdminAct.GRANT_ROLE: _SECURITY,
    AdminAct.WITHDRAW_ROLE: _SECURITY,
    AdminAct.UNLOCK: _SECURITY,
    AdminAct.RESET_SECOND_FACTOR: _SECURITY,
    AdminAct.END_SESSIONS: _SECURITY,
    AdminAct.ISSUE_TOKEN: frozenset(),
    AdminAct.REVOKE_TOKEN: _SECURITY,
    AdminAct.EXPORT_LOG: _AUDIT,
    AdminAct.NAME_STAND_IN: UNIT_ROLES,
    AdminAct.END_STAND_IN: UNIT_ROLES,
    AdminAct.STAFF_TASK_FORCE: frozenset({Role.SUPERVISOR}),
    AdminAct.CHANGE_OWN_PASSWORD: frozenset(),
}
"""Who does what. Without a role: the operator's command line does it, or the account's owner."""

GRANTABLE: Final = ADMIN_ROLES | OFFICE_ROLES | UNIT_ROLES
"""Roles a person can hold; the citizen and the platform itself are nobody's post."""

JUDGING: Final = frozenset({Role.REVIEWER, Role.CALLBACK_OFFICER, Role.SUPERVISOR, Role.AUDITOR, Role.DIRECTOR})
"""Who weighs what units did can't be one of a unit's people."""

ONLOOKING: Final = frozenset({Role.DIRECTOR, Role.AUDITOR})
"""Roles that read everything and change nothing; they are not held together with roles that act."""


def may_do(act: AdminAct, roles: Iterable[Role]) -> bool:
    """Whether somebody in these roles does this; the operator's command line does everything."""
    held = frozenset(roles)
    return Role.SYSTEM in held or bool(MAY[act] & held)


def acts_of(roles: Iterable[Role]) -> frozenset[AdminAct]:
    """Everything somebody in these roles may do."""
    held = frozenset(roles)
    return frozenset(act for act in AdminAct if may_do(act, held))


def apart(one: Role, other: Role) -> str:
    """Why one person may not hold both roles, as the code of a refusal; blank when they go together."""
    if one is other:
        return ""
    if {one, other} & ADMIN_ROLES:
        return "role.admins_apart" if {one, other} <= ADMIN_ROLES else "role.admin_and_business"
    if {one, other} & ONLOOKING and not {one, other} <= ONLOOKING:
        return "role.onlooker_acts"
    if {one, other} & JUDGING and {one, other} & UNIT_ROLES:
        return "role.judge_and_judged"
    return ""


def grant_refusals(role: Role, held: Iterable[Role], *, unit: str, own_unit: str) -> tuple[Refusal, ...]:
    """Why a person with these roles can't be given another one; `unit` is the unit named with it, if any."""
    if role not in GRANTABLE:
        return (Refusal("role.not_grantable", {"role": role}, field="role"),)
    if unit and role not in UNIT_ROLES:
        return (Refusal("role.without_unit", {"role": role}, field="unit"),)
    if role in UNIT_ROLES and not unit and not own_unit:
        return (Refusal("role.unit_missing", {"role": role}, field="unit"),)
    against = sorted((other for other in set(held) if apart(role, other)), key=str)
    return tuple(Refusal(apart(role, other), {"role": role, "other": other}, field="role") for other in against)


def refuse_act(act: AdminAct, actor: Actor, person: str = "") -> Refusal | None:
    """Why this actor may not do this to that person: not their part of the work, or their own account."""
    if not may_do(act, actor.roles):
        return Refusal("people.act_denied", {"what": act})
    if person and person == actor.id:
        return Refusal("people.own_account", {"what": act})
    return None


def reads_people(actor: Actor) -> frozenset[UnitCode] | None:
    """Whose accounts somebody sees: None for all (the three), else those of these units (heads see their own)."""
    if actor.roles & (ADMIN_ROLES | {Role.SYSTEM}):
        return None
    return actor.covers if Role.UNIT_HEAD in actor.roles else frozenset()


def reads_log(actor: Actor) -> bool:
    """The record of administration, sign-ins and looks at contacts is the audit administrator's alone."""
    return Role.AUDIT_ADMIN in actor.roles


def reads_acts(actor: Actor) -> frozenset[AdminAct]:
    """Which acts on a person's page somebody sees: auditors all, security all, the system administrator their own."""
    if actor.roles & (_AUDIT | _SECURITY | {Role.SYSTEM}):
        return frozenset(AdminAct)
    return acts_of(actor.roles)


def reads_sign_ins(actor: Actor) -> bool:
    """Who came in and who failed to: the security administrator watches it, the audit administrator audits it."""
    return bool(actor.roles & (_SECURITY | _AUDIT))


def ends_with_unit(role: Role, granted_for: str, old_unit: str) -> bool:
    """Whether a role ends when its holder leaves a unit: those held for that unit do, until granted anew."""
    return role in UNIT_ROLES and granted_for in {"", old_unit}
