"""派入专班: people of units hold a role in a task force for its days; it counts there only and ends by itself.

A supervisor may do this at night, when no security administrator is there; it stands in the record of administration.
"""

from collections.abc import Iterable
from datetime import date, datetime

from hotline.registry.people.models import RoleGrant, User
from hotline.registry.people.recording import record, shut_out, take
from hotline.rules.administration import AdminAct, grant_refusals
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import Role


def in_use(accounts: Iterable[str]) -> set[str]:
    """Those of these accounts that are on."""
    return set(User.objects.filter(username__in=set(accounts), is_active=True).values_list("username", flat=True))


def send(*, account: str, role: Role, unit: str, until: date, actor: Actor, now: datetime) -> tuple[Refusal, ...]:
    """One person, one role, from today until a day, itself excluded. Needs a transaction."""
    person = User.objects.get(username=account)
    hand = take(AdminAct.STAFF_TASK_FORCE, actor=actor, now=now, person=person.pk)
    if hand.refusal:
        return (hand.refusal,)
    held = [Role(grant.role) for grant in RoleGrant.objects.on(hand.day).filter(user=person)]
    wrong = grant_refusals(role, held, unit=unit, own_unit=person.unit_id or "")
    if wrong:
        return wrong
    RoleGrant.objects.create(
        user=person,
        role=role.value,
        unit_id=unit,
        valid_from=hand.day,
        valid_to=until,
        granted_by_id=int(actor.id) if actor.id.isdecimal() else None,
    )
    shut_out(hand.whom, sessions=False)
    hand.whom.save(update_fields=["access_round"])
    record(hand, after={"role": role.value, "unit": unit, "valid_from": hand.day, "valid_to": until})
    return ()


def members(unit: str) -> list[tuple[str, str, Role]]:
    """Who was sent there: name, account, role."""
    rows = RoleGrant.objects.filter(unit=unit).select_related("user").order_by("role", "user__username")
    return [(str(row.user), row.user.username, Role(row.role)) for row in rows]


def recall(unit: str, *, on: date, actor: Actor, now: datetime) -> None:
    """Everybody's role there ends that day. Needs a transaction."""
    for grant in RoleGrant.objects.filter(unit=unit, valid_to__gt=on).order_by("pk"):
        hand = take(AdminAct.STAFF_TASK_FORCE, actor=actor, now=now, person=grant.user_id)
        before, grant.valid_to = grant.valid_to, max(on, grant.valid_from or on)
        grant.save(update_fields=["valid_to"])
        shut_out(hand.whom, sessions=False)
        hand.whom.save(update_fields=["access_round"])
        told = {"role": grant.role, "unit": unit}
        record(hand, before={**told, "valid_to": before}, after={**told, "valid_to": grant.valid_to})
