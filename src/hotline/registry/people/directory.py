"""The list of people and one person's file, for the administrators and, of their own unit, its head."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from allauth.mfa.models import Authenticator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from hotline.registry.people.models import AdminEntry, ApiToken, RoleGrant, SignInEntry, User
from hotline.registry.people.safety import lockouts
from hotline.rules.administration import reads_acts, reads_people, reads_sign_ins
from hotline.rules.lifecycle import Actor
from hotline.rules.vocabulary import Role, UnitCode

PAGE = 50
LAST = 30


@dataclass(frozen=True)
class PeopleFilter:
    """What the list is narrowed to; blanks mean everything. `state` also knows `locked` and `roleless`."""

    words: str = ""
    unit: str = ""
    role: str = ""
    state: str = ""


@dataclass(frozen=True)
class Listed:
    """One account of a list."""

    id: int
    username: str
    full_name: str
    staff_no: str
    unit: str
    phone: str
    state: str
    locked: bool
    roles: tuple[Role, ...]
    wanted_role: str


@dataclass(frozen=True)
class PeoplePage:
    """One page of people; `next_key` opens the following one, blank at the end."""

    rows: tuple[Listed, ...]
    next_key: str


@dataclass(frozen=True)
class Held:
    """One grant of a role, past, present or to come."""

    id: int
    role: Role
    unit: str
    valid_from: date | None
    valid_to: date | None
    granted_by: str
    now: bool
    over: bool


@dataclass(frozen=True)
class PersonFile:
    """Everything an administrator may know of an account. What is not theirs to see is left empty."""

    row: Listed
    edit: int
    password_due: bool
    second_factor: bool
    joined_at: datetime
    grants: tuple[Held, ...]
    tokens: tuple[ApiToken, ...]
    entries: tuple[AdminEntry, ...]
    sign_ins: tuple[SignInEntry, ...]


def _seen(actor: Actor, day: date, now: datetime) -> QuerySet[User]:
    """The accounts this reader may know of; with whether they are locked, hold a role, have a second factor."""
    units: frozenset[UnitCode] | None = reads_people(actor)
    found = User.objects.annotate(
        shut=Exists(lockouts(now).filter(username=Lower(OuterRef("username")))),
        holds=Exists(RoleGrant.objects.on(day).filter(user=OuterRef("pk"))),
        factor=Exists(Authenticator.objects.filter(user=OuterRef("pk"))),
    )
    return found if units is None else found.filter(unit_id__in=units)


def people(
    *, actor: Actor, where: PeopleFilter, now: datetime, day: date, after: str = "", limit: int = PAGE
) -> PeoplePage:
    """Accounts in the order in which they were made, a page at a time."""
    found = _narrowed(_seen(actor, day, now), where, day)
    if after.isdecimal() and len(after) < 19:
        found = found.filter(pk__gt=int(after))
    rows = list(found.order_by("pk")[: limit + 1])
    shown = rows[:limit]
    held: dict[int, set[Role]] = {}
    grants = RoleGrant.objects.on(day).filter(user__in=[user.pk for user in shown])
    for user_id, role in grants.values_list("user_id", "role"):
        held.setdefault(user_id, set()).add(Role(role))
    listed = tuple(_listed(user, held.get(user.pk, set())) for user in shown)
    return PeoplePage(listed, str(shown[-1].pk) if len(rows) > limit else "")


def _narrowed(found: QuerySet[User], where: PeopleFilter, day: date) -> QuerySet[User]:
    words = where.words.strip().replace("\x00", "")
    if words:
        found = found.filter(Q(full_name__contains=words) | Q(username__icontains=words) | Q(staff_no__iexact=words))
    if where.unit:
        found = found.filter(unit_id=where.unit)
    if where.role:
        found = found.filter(pk__in=RoleGrant.objects.on(day).filter(role=where.role).values("user_id"))
    return found.filter(STATES[where.state]) if where.state in STATES else found


STATES: Final[Mapping[str, Q]] = {
    "active": Q(is_active=True),
    "awaiting": Q(awaiting=True),
    "off": Q(is_active=False, awaiting=False),
    "roleless": Q(is_active=True, holds=False),
    "locked": Q(shut=True),
}
"""Accounts in one state; `roleless` and `locked` are what somebody should look after."""


def counts(*, actor: Actor, day: date, now: datetime) -> dict[str, int]:
    """How many accounts wait for somebody: to be confirmed, given a role, unlocked."""
    waiting = {state: Count("pk", filter=STATES[state]) for state in ("awaiting", "roleless", "locked")}
    return dict(_seen(actor, day, now).aggregate(**waiting))


def _listed(user: User, roles: Iterable[Role]) -> Listed:
    return Listed(
        id=user.pk,
        username=user.username,
        full_name=user.full_name,
        staff_no=user.staff_no,
        unit=user.unit_id or "",
        phone=user.phone,
        state=user.state,
        locked=getattr(user, "shut", False),
        roles=tuple(sorted(roles)),
        wanted_role=user.wanted_role,
    )


def person_file(person: int, *, actor: Actor, day: date, now: datetime, whole: bool = True) -> PersonFile | None:
    """One account, or nothing where this reader may not know of it; `whole` also reads tokens and records."""
    user = _seen(actor, day, now).filter(pk=person).first()
    if user is None:
        return None
    acts = reads_acts(actor) if whole else frozenset()
    entries = AdminEntry.objects.filter(person=user, act__in=acts).order_by("-seq")[:LAST] if acts else ()
    sign_ins = SignInEntry.objects.filter(person=user).order_by("-id")[:LAST] if whole and reads_sign_ins(actor) else ()
    grants = tuple(_held(grant, day) for grant in _grants(user))
    return PersonFile(
        row=_listed(user, {grant.role for grant in grants if grant.now}),
        edit=user.edit,
        password_due=user.password_due,
        second_factor=getattr(user, "factor", False),
        joined_at=user.date_joined,
        grants=grants,
        tokens=tuple(ApiToken.objects.filter(user=user).order_by("-pk")) if acts else (),
        entries=tuple(entries),
        sign_ins=tuple(sign_ins),
    )


def _grants(user: User) -> QuerySet[RoleGrant]:
    return RoleGrant.objects.filter(user=user).select_related("granted_by").order_by("-valid_from", "-pk")


def _held(grant: RoleGrant, day: date) -> Held:
    return Held(
        id=grant.pk,
        role=Role(grant.role),
        unit=grant.unit_id or "",
        valid_from=grant.valid_from,
        valid_to=grant.valid_to,
        granted_by=grant.granted_by.full_name if grant.granted_by else "",
        now=grant.in_force(day),
        over=grant.valid_to is not None and grant.valid_to <= day,
    )
