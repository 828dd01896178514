"""Who holds a role at a unit on a day, for many questions at once: whoever has to tell people something asks."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models.functions import Coalesce

from hotline.registry.people.models import RoleGrant
from hotline.rules.vocabulary import Role, UnitCode


class Held(NamedTuple):
    """One role that one active person holds, and the unit it is for."""

    person: int
    role: Role
    unit: UnitCode | None


def held_roles(roles: Iterable[Role], on: date) -> list[Held]:
    """Everybody in one of these roles on that day; a grant that names no unit is for the person's own."""
    grants = RoleGrant.objects.on(on).filter(role__in=set(roles), user__is_active=True)
    rows = grants.annotate(at=Coalesce("unit_id", "user__unit_id")).values_list("user_id", "role", "at")
    return [Held(person, Role(role), UnitCode(unit) if unit else None) for person, role, unit in rows.order_by("pk")]
