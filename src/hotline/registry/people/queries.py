"""Who may act, as the rules see them: a person with today's roles and the units they answer for."""

from collections.abc import Iterable
from datetime import date

from hotline.registry.people.models import ApiToken, RoleCard, RoleGrant, User
from hotline.rules.lifecycle import Actor
from hotline.rules.lifecycle.case import StandIn
from hotline.rules.vocabulary import TASK_FORCE, Role, UnitCode


def actor_for(user: User, on: date) -> Actor:
    """The person as the rules see them on that day; an account that is off has no role and no unit.

    Roles in a task force count there only, like those held for somebody who is away.
    """
    if not user.is_active:
        return Actor(id=str(user.pk), roles=frozenset())
    grants = list(RoleGrant.objects.on(on).filter(user=user).select_related("unit", "absence"))
    lent = [grant for grant in grants if grant.absence is not None or _sent(grant, user)]
    units = [unit for unit in (user.unit, *(grant.unit for grant in grants)) if unit is not None]
    return Actor(
        id=str(user.pk),
        roles=frozenset(Role(grant.role) for grant in grants),
        unit=UnitCode(user.unit_id) if user.unit_id else None,
        covers=units[0].covers(on, also=[unit.code for unit in units]) if units else frozenset(),
        own=frozenset(Role(grant.role) for grant in grants if grant not in lent) if lent else None,
        stands_in=tuple(
            StandIn(
                Role(grant.role), UnitCode(grant.unit_id or ""), str(grant.absence.person_id) if grant.absence else ""
            )
            for grant in sorted(lent, key=_until)
        ),
    )


def _sent(grant: RoleGrant, user: User) -> bool:
    """A role in a task force, which is nobody's own unit."""
    return grant.unit is not None and grant.unit.group == TASK_FORCE and grant.unit_id != user.unit_id


def _until(grant: RoleGrant) -> tuple[date, str]:
    ends = grant.absence.valid_to if grant.absence else grant.valid_to
    return ends or date.max, grant.role


def holders(role: Role, on: date, *, unit: str | None = None) -> list[User]:
    """Active people who hold a role on that day: all of them, or those who belong to a unit or hold it there."""
    grants = RoleGrant.objects.on(on).filter(role=role)
    if unit is not None:
        grants = grants.filter(unit_id=unit) | grants.filter(unit__isnull=True, user__unit_id=unit)
    return list(User.objects.filter(is_active=True, pk__in=grants.values("user_id")).order_by("pk"))


def names(ids: Iterable[str]) -> dict[str, str]:
    """Names by actor id, for histories; ids that are no account are left out."""
    keys = {int(actor_id) for actor_id in ids if actor_id.isdecimal()}
    return {str(pk): name for pk, name in User.objects.filter(pk__in=keys).values_list("pk", "full_name")}


def role_cards() -> dict[str, RoleCard]:
    """What the city calls each role, by code."""
    return {card.code: card for card in RoleCard.objects.all()}


def api_tokens(username: str = "") -> list[ApiToken]:
    """The tokens of one account or of all, the newest first; revoked and expired ones too."""
    found = ApiToken.objects.select_related("user").order_by("-pk")
    return list(found.filter(user__username=username) if username else found)
