"""Roles granted and withdrawn, accounts confirmed: the security administrator's part.

Two grants of one role for one unit never overlap, the three administrators stay apart, and somebody is always left
who can grant roles.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from hotline.registry.people.accounts import nobody_left_without, unit_in_force
from hotline.registry.people.models import AdminEntry, RoleGrant, User
from hotline.registry.people.recording import Done, Hand, record, refused, shut_out, take
from hotline.rules.administration import AdminAct, grant_refusals
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import UNIT_ROLES, Role


@dataclass(frozen=True)
class GrantData:
    """One role, for a unit (blank: the person's own), from a day (blank: today) until a day (blank: further notice)."""

    role: Role
    unit: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@transaction.atomic
def grant_role(*, person: int, grant: GrantData, actor: Actor, now: datetime) -> Done:
    """Give a person a role. Unit roles without a unit are for the person's own."""
    hand = take(AdminAct.GRANT_ROLE, actor=actor, now=now, person=person)
    if hand.refusal:
        return refused(hand.refusal)
    wrong = why_not_granted(hand, grant)
    return refused(*wrong) if wrong else put_grant(hand, grant)


def why_not_granted(hand: Hand, grant: GrantData) -> tuple[Refusal, ...]:
    """Everything that stands against a grant."""
    if hand.whom.state == "off":
        return (Refusal("people.is_off", {"what": AdminAct.GRANT_ROLE}),)
    start = grant.valid_from or hand.day
    if start < hand.day:
        return (Refusal("role.begins_past", field="valid_from"),)
    if grant.valid_to is not None and grant.valid_to <= start:
        return (Refusal("role.dates_reversed", field="valid_to"),)
    if grant.unit and not unit_in_force(grant.unit, hand.day):
        return (Refusal("people.unit_unknown", {"unit": grant.unit[:24]}, field="unit"),)
    meanwhile = list(_between(hand.whom, start, grant.valid_to))
    held = [Role(other.role) for other in meanwhile]
    wrong = grant_refusals(grant.role, held, unit=grant.unit, own_unit=hand.whom.unit_id or "")
    if wrong:
        return wrong
    unit = grant.unit or _own(grant, hand.whom)
    same = [other for other in meanwhile if other.role == grant.role and _of(other, hand.whom) == unit]
    return (Refusal("role.already_held", field="role"),) if same else ()


def _between(person: User, start: date, end: date | None) -> QuerySet[RoleGrant]:
    """Grants that hold on some day of that span."""
    found = RoleGrant.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=start), user=person)
    return found if end is None else found.filter(Q(valid_from__isnull=True) | Q(valid_from__lt=end))


def _of(grant: RoleGrant, person: User) -> str:
    """The unit a grant is for, a blank being the person's own; blank for roles that are for no unit."""
    return grant.unit_id or _own(GrantData(Role(grant.role)), person)


def _own(grant: GrantData, person: User) -> str:
    return (person.unit_id or "") if grant.role in UNIT_ROLES else ""


def put_grant(hand: Hand, grant: GrantData) -> Done:
    """The row and its entry, once nothing stands against it."""
    whom = hand.whom
    RoleGrant.objects.create(
        user=whom,
        role=grant.role.value,
        unit_id=grant.unit or None,
        valid_from=grant.valid_from or hand.day,
        valid_to=grant.valid_to,
        granted_by_id=int(hand.actor.id) if hand.actor.id.isdecimal() else None,
    )
    if whom.wanted_role == grant.role.value:
        whom.wanted_role = ""
    shut_out(whom, sessions=False)
    whom.save(update_fields=["wanted_role", "access_round"])
    record(hand, after=_told(grant.role.value, grant.unit, grant.valid_from or hand.day, grant.valid_to))
    return Done(whom)


def _told(role: str, unit: str | None, valid_from: date | None, valid_to: date | None) -> dict[str, Any]:
    said = {"role": role, "unit": unit or "", "valid_from": valid_from, "valid_to": valid_to}
    return {name: value for name, value in said.items() if value}


@transaction.atomic
def withdraw_role(*, person: int, grant: int, actor: Actor, now: datetime, on: date | None = None) -> Done:
    """End a role today or on a later day. What was held stays on record."""
    hand = take(AdminAct.WITHDRAW_ROLE, actor=actor, now=now, person=person)
    if hand.refusal:
        return refused(hand.refusal)
    held = RoleGrant.objects.select_for_update(of=("self",)).filter(pk=grant, user=person).first()
    if held is None or (held.valid_to is not None and held.valid_to <= hand.day):
        return refused(Refusal("role.not_held"))
    end = on or max(hand.day, held.valid_from or hand.day)
    if end < hand.day or (held.valid_to is not None and end > held.valid_to):
        return refused(Refusal("role.ends_past", field="on"))
    if held.role == Role.SECURITY_ADMIN and held.in_force(end) and nobody_left_without(hand.whom, end):
        return refused(Refusal("people.last_security_admin"))
    before = _told(held.role, held.unit_id, held.valid_from, held.valid_to)
    held.valid_to = max(end, held.valid_from or end)
    held.save(update_fields=["valid_to"])
    shut_out(hand.whom, sessions=False)
    hand.whom.save(update_fields=["access_round"])
    record(hand, before=before, after=_told(held.role, held.unit_id, held.valid_from, held.valid_to))
    return Done(hand.whom)


@transaction.atomic
def confirm_account(*, person: int, actor: Actor, now: datetime, with_role: bool = False) -> Done:
    """Let a waiting account in; `with_role` also grants the role it was asked for, for the person's own unit."""
    hand = take(AdminAct.CONFIRM_ACCOUNT, actor=actor, now=now, person=person)
    if hand.refusal:
        return refused(hand.refusal)
    whom = hand.whom
    if whom.state != "awaiting":
        return refused(Refusal("people.not_awaiting"))
    if Role.SYSTEM not in hand.actor.roles and _last_opened_by(whom) == hand.actor.id:
        return refused(Refusal("people.second_person"))
    wanted = GrantData(Role(whom.wanted_role)) if with_role and whom.wanted_role else None
    wrong = why_not_granted(hand, wanted) if wanted else ()
    if wrong:
        return refused(*wrong)
    whom.is_active, whom.awaiting = True, False
    whom.save(update_fields=["is_active", "awaiting"])
    record(hand, before={"state": "awaiting"}, after={"state": "active"})
    return put_grant(Hand(AdminAct.GRANT_ROLE, hand.actor, now, whom), wanted) if wanted else Done(whom)


def _last_opened_by(person: User) -> str:
    """Who last made the account or switched it on."""
    opened = (AdminAct.CREATE_ACCOUNT.value, AdminAct.SWITCH_ON.value)
    last = AdminEntry.objects.filter(person=person, act__in=opened).order_by("-seq").first()
    return last.actor if last else ""
