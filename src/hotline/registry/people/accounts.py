"""Accounts: made, changed, switched off and on, passwords reset. The system administrator's part; confirming is not.

A new account, one switched on again, and an administrator's whose password was reset all wait for the security
administrator: nobody lets himself or an accomplice in alone.
"""

import re
import secrets
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from django.apps import apps
from django.contrib.auth.hashers import PBKDF2PasswordHasher, get_hasher, make_password
from django.db import transaction
from django.db.models import Q

from hotline.registry.people.models import ApiToken, RoleGrant, User
from hotline.registry.people.recording import Done, Hand, record, refused, shut_out, take
from hotline.rules.administration import AdminAct, ends_with_unit
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.phones import one_number
from hotline.rules.vocabulary import ADMIN_ROLES, Role

USERNAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,39}")
STAFF_NO: Final = re.compile(r"[A-Za-z0-9-]{0,20}")
PHONE: Final = re.compile(r"(\+?[0-9][0-9 -]{3,18}[0-9])?")
NAME_LIMIT: Final = 50
REASON_LIMIT: Final = 100
ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that are not taken for one another when read out or from paper."""
CHEAP_ROUNDS: Final = 20_000
"""A one-time password is 69 random bits and is replaced at the first sign-in: stretching it would only make an import
of hundreds take minutes. Django hashes it anew, at full cost, when it is used."""


@dataclass(frozen=True)
class AccountData:
    """What the system administrator says of a person."""

    full_name: str
    unit: str = ""
    staff_no: str = ""
    phone: str = ""

    def tidied(self) -> "AccountData":
        """Without blanks around anything, the number in its one form."""
        tidy = {name: value.strip() for name, value in asdict(self).items()}
        return AccountData(**tidy | {"phone": one_number(self.phone)})


def one_time_password() -> str:
    """Fourteen signs in groups, for handing out once."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(3))


def hashed_once(password: str) -> str:
    """The stored form of a one-time password."""
    hasher = get_hasher()
    if isinstance(hasher, PBKDF2PasswordHasher):
        return hasher.encode(password, hasher.salt(), iterations=CHEAP_ROUNDS)
    return make_password(password)


def account_refusals(username: str | None, data: AccountData, day: date, *, own: int | None = None) -> list[Refusal]:
    """Everything wrong with what was said of a person; `own` is the account it is said of already."""
    found: list[Refusal] = []
    if username is not None:
        if not USERNAME.fullmatch(username):
            found.append(Refusal("people.username_malformed", field="username"))
        elif User.objects.filter(username__iexact=username).exists():
            found.append(Refusal("people.username_taken", {"username": username}, field="username"))
    if not 1 <= len(data.full_name) <= NAME_LIMIT or not data.full_name.isprintable():
        found.append(Refusal("people.name_missing", {"limit": NAME_LIMIT}, field="full_name"))
    found += _staff_no_refusals(data.staff_no, own)
    if not PHONE.fullmatch(data.phone):
        found.append(Refusal("people.phone_malformed", field="phone"))
    if data.unit and not unit_in_force(data.unit, day):
        found.append(Refusal("people.unit_unknown", {"unit": data.unit[:24]}, field="unit"))
    return found


def _staff_no_refusals(staff_no: str, own: int | None) -> list[Refusal]:
    if not STAFF_NO.fullmatch(staff_no):
        return [Refusal("people.staff_no_malformed", field="staff_no")]
    if staff_no and User.objects.filter(staff_no=staff_no).exclude(pk=own or 0).exists():
        return [Refusal("people.staff_no_taken", {"staff_no": staff_no}, field="staff_no")]
    return []


def unit_in_force(code: str, day: date) -> bool:
    """Whether there is such a unit on that day. Asked of the app registry, as registries don't import one another."""
    unit: Any = None if "\x00" in code else apps.get_model("units.Unit")._default_manager.filter(pk=code).first()  # noqa: SLF001  # documented model API
    return unit is not None and bool(unit.in_force(day))


@transaction.atomic
def create_account(
    *, username: str, data: AccountData, actor: Actor, now: datetime, wanted_role: str = "", password: str = ""
) -> Done:
    """A new account that waits for the security administrator. Only the operator's command line gives a password."""
    hand = take(AdminAct.CREATE_ACCOUNT, actor=actor, now=now)
    data, username = data.tidied(), username.strip()
    wrong = [hand.refusal] if hand.refusal else account_refusals(username, data, hand.day)
    if not hand.refusal and not data.unit and Role.SYSTEM not in hand.actor.roles:
        wrong.append(Refusal("people.unit_missing", field="unit"))
    if wrong:
        return refused(*wrong)
    return put_account(hand, username, data, wanted_role=wanted_role, password=password)


def put_account(hand: Hand, username: str, data: AccountData, *, wanted_role: str = "", password: str = "") -> Done:
    """The row and its entry, once everything was looked at."""
    given = one_time_password() if not password else ""
    person = User.objects.create(
        username=username,
        full_name=data.full_name,
        staff_no=data.staff_no,
        unit_id=data.unit or None,
        phone=data.phone,
        password=make_password(password) if password else hashed_once(given),
        password_due=not password,
        date_joined=hand.now,
        is_active=False,
        awaiting=True,
        wanted_role=wanted_role,
    )
    after = {"username": username, **said(data), **({"wanted_role": wanted_role} if wanted_role else {})}
    record(hand, after=after, on=person)
    return Done(person, given)


def said(data: AccountData) -> dict[str, str]:
    """What the record keeps of a person: the telephone only so far that a change shows."""
    kept = {name: value for name, value in asdict(data).items() if value}
    return kept | ({"phone": masked(data.phone)} if data.phone else {})


def masked(phone: str) -> str:
    """138****0000."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) > 7 else "****"


def data_of(person: User) -> AccountData:
    """What is known of a person now."""
    return AccountData(person.full_name, person.unit_id or "", person.staff_no, person.phone)


@transaction.atomic
def change_account(*, person: int, data: AccountData, actor: Actor, now: datetime, seen: int | None = None) -> Done:
    """Other data. Who leaves a unit leaves the roles held for it: the security administrator grants them anew."""
    hand = take(AdminAct.CHANGE_ACCOUNT, actor=actor, now=now, person=person)
    if hand.refusal:
        return refused(hand.refusal)
    data, old = data.tidied(), data_of(hand.whom)
    if seen is not None and seen != hand.whom.edit:
        return refused(Refusal("people.changed_meanwhile"))
    if data == old:
        return refused(Refusal("people.nothing_changed"))
    new_unit = data.unit if data.unit != old.unit else ""
    wrong = account_refusals(None, replace(data, unit=new_unit), hand.day, own=person)
    if old.unit and not data.unit:
        wrong.append(Refusal("people.unit_missing", field="unit"))
    return refused(*wrong) if wrong else _changed(hand, old, data)


def _changed(hand: Hand, old: AccountData, data: AccountData) -> Done:
    whom = hand.whom
    ended = _roles_left_behind(whom, old.unit, hand.day) if old.unit != data.unit else []
    whom.full_name, whom.staff_no, whom.phone = data.full_name, data.staff_no, data.phone
    whom.unit_id = data.unit or None
    whom.edit += 1
    if old.unit != data.unit:
        shut_out(whom, sessions=False)
    whom.save()
    differing = [name for name, value in asdict(data).items() if value != getattr(old, name)]
    before, after = ({name: asdict(d)[name] for name in differing} for d in (old, data))
    for side in (before, after):
        side |= {"phone": masked(side["phone"])} if side.get("phone") else {}
    record(hand, before=before, after=after | ({"ended": ended} if ended else {}))
    return Done(whom)


def _roles_left_behind(person: User, old_unit: str, day: date) -> list[str]:
    """End the grants held for the unit that is left; grants that were to begin later never begin."""
    left = [
        grant
        for grant in RoleGrant.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), user=person)
        if ends_with_unit(Role(grant.role), grant.unit_id or "", old_unit)
    ]
    for grant in left:
        grant.valid_to = max(day, grant.valid_from or day)
        grant.save(update_fields=["valid_to"])
    return sorted({grant.role for grant in left})


@transaction.atomic
def switch_off(*, person: int, reason: str, actor: Actor, now: datetime) -> Done:
    """The account opens nothing from this moment: sessions, tokens and live streams end with the commit."""
    hand = take(AdminAct.SWITCH_OFF, actor=actor, now=now, person=person)
    reason = reason.strip()
    if hand.refusal:
        return refused(hand.refusal)
    if hand.whom.state == "off":
        return refused(Refusal("people.already_off"))
    if not 1 <= len(reason) <= REASON_LIMIT or "\x00" in reason:
        return refused(Refusal("people.reason_missing", {"limit": REASON_LIMIT}, field="reason"))
    if nobody_left_without(hand.whom, hand.day):
        return refused(Refusal("people.last_security_admin"))
    whom, state = hand.whom, hand.whom.state
    whom.is_active = whom.awaiting = False
    shut_out(whom, sessions=True)
    whom.save()
    tokens = ApiToken.objects.filter(user=whom, revoked_at__isnull=True).update(revoked_at=now)
    record(hand, before={"state": state}, after={"state": "off", "reason": reason, "tokens_revoked": tokens})
    return Done(whom)


@transaction.atomic
def switch_on(*, person: int, actor: Actor, now: datetime) -> Done:
    """Back into use, once the security administrator has confirmed it: its roles come alive again."""
    hand = take(AdminAct.SWITCH_ON, actor=actor, now=now, person=person)
    if hand.refusal:
        return refused(hand.refusal)
    if hand.whom.state != "off":
        return refused(Refusal("people.already_on"))
    hand.whom.awaiting = True
    hand.whom.save(update_fields=["awaiting"])
    record(hand, before={"state": "off"}, after={"state": "awaiting"})
    return Done(hand.whom)


@transaction.atomic
def reset_password(*, person: int, actor: Actor, now: datetime) -> Done:
    """A one-time password. An administrator's account then waits to be confirmed: a reset must not lend their role."""
    hand = take(AdminAct.RESET_PASSWORD, actor=actor, now=now, person=person)
    if hand.refusal:
        return refused(hand.refusal)
    whom = hand.whom
    if whom.state == "off":
        return refused(Refusal("people.is_off", {"what": hand.act}))
    administers = bool(whom.is_active and whom.roles_on(hand.day) & ADMIN_ROLES)
    if administers and nobody_left_without(whom, hand.day):
        return refused(Refusal("people.last_security_admin"))
    given = one_time_password()
    whom.password, whom.password_due = hashed_once(given), True
    if administers:
        whom.is_active, whom.awaiting = False, True
    shut_out(whom, sessions=True)
    whom.save()
    record(hand, after={"state": whom.state})
    return Done(whom, given)


@transaction.atomic
def change_own_password(*, person: User, password: str, now: datetime) -> None:
    """The owner's own new password, already judged strong enough; ends what the one-time password was for."""
    hand = _own(person, now)
    person.set_password(password)
    person.password_due = False
    person.save(update_fields=["password", "password_due"])
    record(hand)


def _own(person: User, now: datetime) -> Hand:
    from hotline.plumbing.locks import wait_turn

    wait_turn("people")
    return Hand(AdminAct.CHANGE_OWN_PASSWORD, Actor(id=str(person.pk), roles=frozenset()), now, person)


def nobody_left_without(person: User, day: date) -> bool:
    """Whether this person is the only active security administrator on that day."""
    holders = _security_admins(day)
    return person.pk in holders and len(holders) == 1


def _security_admins(day: date) -> set[int]:
    grants: Any = RoleGrant.objects.on(day).filter(role=Role.SECURITY_ADMIN, user__is_active=True)
    return set(grants.values_list("user_id", flat=True))
