"""Who is signed in, with today's roles and the units answered for, in one statement: every page begins with it.

The rest of signing in (passwords, second factors) is allauth's.
"""

from dataclasses import dataclass
from datetime import date

from allauth.account.auth_backends import AuthenticationBackend

from hotline.plumbing.clock import today
from hotline.registry.people.models import User
from hotline.rules.lifecycle import Actor
from hotline.rules.lifecycle.case import StandIn
from hotline.rules.vocabulary import Role, UnitCode

_PERSON = """
    WITH RECURSIVE held AS (
        SELECT lent.role, lent.unit_id, away.person_id AS away,
            COALESCE(away.valid_to, lent.valid_to, DATE '9999-12-31') AS valid_to,
            COALESCE(unit."group" = 'task_force' AND unit.code IS DISTINCT FROM holder.unit_id, FALSE) AS sent
        FROM people_rolegrant lent JOIN people_user holder ON holder.id = lent.user_id
        LEFT JOIN people_absence away ON away.id = lent.absence_id LEFT JOIN units_unit unit ON unit.code = lent.unit_id
        WHERE lent.user_id = %(user)s
          AND (lent.valid_from IS NULL OR lent.valid_from <= %(day)s)
          AND (lent.valid_to IS NULL OR lent.valid_to > %(day)s)
    ), covered(code) AS (
        SELECT unit_id FROM (
            SELECT unit_id FROM people_user WHERE id = %(user)s UNION SELECT unit_id FROM held
        ) own WHERE unit_id IS NOT NULL
        UNION
        SELECT tenure.unit_id FROM units_unittenure tenure JOIN covered ON tenure.parent_id = covered.code
        WHERE (tenure.valid_from IS NULL OR tenure.valid_from <= %(day)s)
          AND (tenure.valid_to IS NULL OR tenure.valid_to > %(day)s)
    )
    SELECT people_user.*, ARRAY(SELECT role FROM held) AS held_roles, ARRAY(SELECT code FROM covered) AS covered_units,
        ARRAY(SELECT role FROM held WHERE away IS NULL AND NOT sent) AS own_roles,
        (SELECT json_agg(json_build_array(held.role, held.unit_id, COALESCE(held.away::text, ''),
                COALESCE(person.full_name, ''), held.valid_to) ORDER BY held.valid_to, held.role)
         FROM held LEFT JOIN people_user person ON person.id = held.away
         WHERE held.away IS NOT NULL OR held.sent) AS lent_roles
    FROM people_user WHERE id = %(user)s
"""


@dataclass(frozen=True)
class Lent:
    """A role held for somebody who is away, or with a task force (then of nobody): for which unit, and until when."""

    role: Role
    unit: UnitCode
    of: str
    name: str
    until: date


@dataclass(frozen=True)
class Standing:
    """What a person may act as on one day."""

    day: date
    actor: Actor
    lent: tuple[Lent, ...] = ()


class StaffBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    """Signs staff in as allauth does; finds the signed-in person with their standing."""

    def get_user(self, user_id: object) -> User | None:
        """The account behind a session, or nobody when it is off."""
        day = today()
        found = list(User.objects.raw(_PERSON, {"user": int(str(user_id)), "day": day}))
        if not found or not self.user_can_authenticate(found[0]):
            return None
        user = found[0]
        user.standing = Standing(day, *_acting(user))  # type: ignore[attr-defined]  # carried along with the request
        return user


def _acting(user: User) -> tuple[Actor, tuple[Lent, ...]]:
    held: list[str] = getattr(user, "held_roles", [])
    own: list[str] = getattr(user, "own_roles", [])
    covers: list[str] = getattr(user, "covered_units", [])
    rows: list[tuple[str, str, str, str, str]] = getattr(user, "lent_roles", None) or []
    lent = tuple(
        Lent(Role(role), UnitCode(unit), away, name, date.fromisoformat(until))
        for role, unit, away, name, until in rows
    )
    actor = Actor(
        id=str(user.pk),
        roles=frozenset(map(Role, held)),
        unit=UnitCode(user.unit_id) if user.unit_id else None,
        covers=frozenset(map(UnitCode, covers)),
        own=frozenset(map(Role, own)) if lent else None,
        stands_in=tuple(StandIn(one.role, one.unit, one.of) for one in lent),
    )
    return actor, lent


def standing_of(user: object, day: date) -> Actor | None:
    """What came with the person, if it was looked up for that day."""
    standing = getattr(user, "standing", None)
    return standing.actor if isinstance(standing, Standing) and standing.day == day else None


def lent_to(user: object) -> tuple[Lent, ...]:
    """The roles a signed-in person holds for others, for the banner that says so."""
    standing = getattr(user, "standing", None)
    return tuple(one for one in standing.lent if one.of) if isinstance(standing, Standing) else ()
