"""Who is signed in, with today's roles and the units answered for, in one statement: every page begins with it.

The rest of signing in (passwords, second factors) is allauth's.
"""

from dataclasses import dataclass
from datetime import date

from allauth.account.auth_backends import AuthenticationBackend

from hotline.plumbing.clock import today
from hotline.registry.people.models import User
from hotline.rules.lifecycle import Actor
from hotline.rules.vocabulary import Role, UnitCode

_PERSON = """
    WITH RECURSIVE held AS (
        SELECT role, unit_id FROM people_rolegrant
        WHERE user_id = %(user)s
          AND (valid_from IS NULL OR valid_from <= %(day)s) AND (valid_to IS NULL OR valid_to > %(day)s)
    ), covered(code) AS (
        SELECT unit_id FROM (
            SELECT unit_id FROM people_user WHERE id = %(user)s UNION SELECT unit_id FROM held
        ) own WHERE unit_id IS NOT NULL
        UNION
        SELECT tenure.unit_id FROM units_unittenure tenure JOIN covered ON tenure.parent_id = covered.code
        WHERE (tenure.valid_from IS NULL OR tenure.valid_from <= %(day)s)
          AND (tenure.valid_to IS NULL OR tenure.valid_to > %(day)s)
    )
    SELECT people_user.*, ARRAY(SELECT role FROM held) AS held_roles, ARRAY(SELECT code FROM covered) AS covered_units
    FROM people_user WHERE id = %(user)s
"""


@dataclass(frozen=True)
class Standing:
    """What a person may act as on one day."""

    day: date
    actor: Actor


class StaffBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    """Signs staff in as allauth does; finds the signed-in person with their standing."""

    def get_user(self, user_id: object) -> User | None:
        """The account behind a session, or nobody when it is off."""
        day = today()
        found = list(User.objects.raw(_PERSON, {"user": int(str(user_id)), "day": day}))
        if not found or not self.user_can_authenticate(found[0]):
            return None
        user = found[0]
        user.standing = Standing(day, _actor(user))  # type: ignore[attr-defined]  # carried along with the request
        return user


def _actor(user: User) -> Actor:
    roles: list[str] = getattr(user, "held_roles", [])
    covers: list[str] = getattr(user, "covered_units", [])
    return Actor(
        id=str(user.pk),
        roles=frozenset(map(Role, roles)),
        unit=UnitCode(user.unit_id) if user.unit_id else None,
        covers=frozenset(map(UnitCode, covers)),
    )


def standing_of(user: object, day: date) -> Actor | None:
    """What came with the person, if it was looked up for that day."""
    standing = getattr(user, "standing", None)
    return standing.actor if isinstance(standing, Standing) and standing.day == day else None
