"""What somebody may know and do about their own account: roles and who gave them, sign-ins, open sessions, tokens."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction

from hotline.registry.people.models import ApiToken, RoleGrant, SignInEntry, User
from hotline.registry.people.recording import shut_out

ENTERED: Final = "entered"
"""Where a session keeps from where and with what it was opened."""

LONGEST_AGENT: Final = 200
SHOWN: Final = 10


@dataclass(frozen=True)
class OpenSession:
    """One browser in which the person is signed in. `id` names it without being a key to it."""

    id: str
    current: bool
    since: datetime | None
    address: str
    agent: str


@dataclass(frozen=True)
class OwnFile:
    """Everything of one's own account that the personal page shows."""

    grants: tuple[RoleGrant, ...]
    sign_ins: tuple[SignInEntry, ...]
    tokens: tuple[ApiToken, ...]
    sessions: tuple[OpenSession, ...]


def own_file(person: int, *, session_key: str, day: date, now: datetime) -> OwnFile:
    """Roles that hold today or will, the last sign-ins, tokens that still open something, and open sessions."""
    grants = RoleGrant.objects.filter(user_id=person).exclude(valid_to__lte=day)
    tokens = ApiToken.objects.filter(user_id=person, revoked_at=None, expires_on__gt=day)
    return OwnFile(
        grants=tuple(grants.select_related("unit", "granted_by").order_by("role", "pk")),
        sign_ins=tuple(SignInEntry.objects.filter(person_id=person).order_by("-pk")[:SHOWN]),
        tokens=tuple(tokens.order_by("-pk")),
        sessions=tuple(open_sessions(person, session_key=session_key, now=now)),
    )


def note_entry(*, address: str, agent: str, now: datetime) -> dict[str, str]:
    """What a session keeps of how it was opened."""
    return {"at": now.isoformat(), "address": address, "agent": agent[:LONGEST_AGENT]}


def open_sessions(person: int, *, session_key: str, now: datetime) -> list[OpenSession]:
    """The person's browsers, this one first. Sessions tell whose they are only when they are opened, one by one."""
    found = [_described(key, kept, session_key) for key, kept in _sessions_of(person, now)]
    return sorted(found, key=lambda one: (not one.current, -(one.since.timestamp() if one.since else 0)))


def end_sessions_but(person: int, *, session_key: str, now: datetime, only: str = "") -> int:
    """Signs the person out elsewhere: everywhere, or in the one browser that is named. How many ended."""
    elsewhere = [key for key, _ in _sessions_of(person, now) if key != session_key and only in {"", _name(key)}]
    with transaction.atomic():
        ended, _ = Session.objects.filter(session_key__in=elsewhere).delete()
        if ended:
            user = User.objects.select_for_update(no_key=True).get(pk=person)
            shut_out(user, sessions=False)
            user.save(update_fields=["access_round"])
    return ended


def _sessions_of(person: int, now: datetime) -> list[tuple[str, dict[str, Any]]]:
    """A session lasts ten hours, so that there are never more than the staff of a shift or two."""
    rows = Session.objects.filter(expire_date__gt=now, expire_date__lte=now + _LASTS)
    opened = ((row.session_key, row.get_decoded()) for row in rows.iterator())
    return [(key, kept) for key, kept in opened if kept.get("_auth_user_id") == str(person)]


_LASTS: Final = timedelta(seconds=settings.SESSION_COOKIE_AGE, minutes=5)


def _described(key: str, kept: dict[str, Any], current: str) -> OpenSession:
    entered = kept.get(ENTERED, {})
    return OpenSession(
        id=_name(key),
        current=key == current,
        since=datetime.fromisoformat(entered["at"]) if "at" in entered else None,
        address=entered.get("address", ""),
        agent=entered.get("agent", ""),
    )


def _name(key: str) -> str:
    return sha256(f"session:{key}".encode()).hexdigest()[:16]
