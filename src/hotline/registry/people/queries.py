"""Who may act, as the rules see them: a person with today's roles and the units they answer for."""

from collections.abc import Iterable
from datetime import date

from hotline.registry.people.models import ApiToken, RoleCard, RoleGrant, User
from hotline.rules.lifecycle import Actor
from hotline.rules.lifecycle.case import StandIn
from hotline.rules.vocabulary import Role, UnitCode


def actor_for(user: User, on: date) -> Actor:
    """The person as the rules see them on that day; an account that is off has no role and no unit."""
    if not user.is_active:
        return Actor(id=str(user.pk), roles=frozenset())
    grants = list(RoleGrant.objects.on(on).filter(user=user).select_related("unit", "absence"))
    lent = [(grant, grant.absence) for grant in grants if grant.absence is not None]
    units = [unit for unit in (user.unit, *(grant.unit for grant in grants)) if unit is not None]
    return Actor(
        id=str(user.pk),
        roles=frozenset(Role(grant.role) for grant in grants),
        unit=UnitCode(user.unit_id) if user.unit_id else None,
        covers=units[0].covers(on, also=[unit.code for unit in units]) if units else frozenset(),
        own=frozenset(Role(grant.role) for grant in grants if grant.absence is None) if lent else None,
        stands_in=tuple(
            StandIn(Role(grant.role), UnitCode(grant.unit_id or ""), str(absence.person_id))
            for grant, absence in sorted(lent, key=lambda pair: (pair[1].valid_to, pair[0].role))
        ),
    )


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
