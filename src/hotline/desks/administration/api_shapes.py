"""What administration's API takes and gives, field by field."""

from datetime import date
from typing import Any

from ninja import Schema
from pydantic import Field

from hotline.rules.administration import AdminAct
from hotline.rules.vocabulary import Role
from hotline.tickets.acting.api import Strict
from hotline.tickets.acting.api_values import CODE, At, Day, counted, text

MOST, LONGEST = 200, 2**63 - 1
STATE = r"^(active|awaiting|off|roleless|locked)?$"
KEY = r"^[0-9]{0,18}$"
UNSAID: Any = Field(default=None)
Number = counted(1, LONGEST)


class PeopleIn(Schema):
    """What accounts are looked for; blanks mean everything."""

    q: text(60) = Field(default="", description="姓名、账号或工号 / name, account or staff number")  # type: ignore[valid-type]  # made with its length
    unit: text(CODE) = Field(default="", description="单位代码 / unit")  # type: ignore[valid-type]  # see q
    role: Role = UNSAID
    state: str = Field(default="", pattern=STATE, description="账号状态 / state of the account")
    after: str = Field(default="", pattern=KEY, description="上一页的 next / `next` of the page before")
    limit: counted(1, MOST) = 50  # type: ignore[valid-type]  # see q


class PersonOut(Schema):
    """One account as its administrators see it."""

    id: int
    username: str
    full_name: str
    staff_no: str
    unit: str
    phone: str
    state: str
    locked: bool
    roles: list[Role]
    wanted_role: str


class PeopleOut(Schema):
    """One page of accounts; `next` opens the following page, blank at the end."""

    people: list[PersonOut]
    next: str


class GrantOut(Schema):
    """One role with its dates; `valid_to` is the first day on which it no longer holds."""

    id: int
    role: Role
    unit: str
    valid_from: date | None
    valid_to: date | None
    now: bool


class PersonFileOut(PersonOut):
    """One account whole."""

    grants: list[GrantOut]
    second_factor: bool
    password_due: bool


class PasswordOut(PersonOut):
    """An account with its one-time password (blank where none was made)."""

    password: str


class DataIn(Strict):
    """What is said of a person."""

    full_name: text(50, required=True)  # type: ignore[valid-type]  # made with its length
    unit: text(CODE, required=True)  # type: ignore[valid-type]  # see full_name
    staff_no: text(20) = ""  # type: ignore[valid-type]  # see full_name
    phone: text(20) = ""  # type: ignore[valid-type]  # see full_name


class NewAccountIn(DataIn):
    """A new account."""

    username: text(40, required=True)  # type: ignore[valid-type]  # made with its length
    wanted_role: Role | None = None


class SwitchOffIn(Strict):
    """Why an account is switched off."""

    reason: text(100, required=True)  # type: ignore[valid-type]  # made with its length


class GrantIn(Strict):
    """A role, for a unit (blank: the person's own) and a time."""

    role: Role
    unit: text(CODE) = ""  # type: ignore[valid-type]  # made with its length
    valid_from: Day | None = None
    valid_to: Day | None = None


class WithdrawIn(Strict):
    """The first day on which the role no longer holds; today when left out."""

    on: Day | None = None


class LogIn(Schema):
    """What the record is narrowed to."""

    who: text(60) = ""  # type: ignore[valid-type]  # made with its length
    act: AdminAct = UNSAID
    since: Day = UNSAID
    until: Day = UNSAID
    after: str = Field(default="", pattern=KEY)
    limit: counted(1, MOST) = 50  # type: ignore[valid-type]  # see who


class EntryOut(Schema):
    """One act of administration; `before` and `after` are canonical JSON."""

    seq: int
    at: At
    act: str
    actor: str
    person: str
    before: str
    after: str


class LogOut(Schema):
    """One page of the record, the newest first."""

    entries: list[EntryOut]
    next: str


class SignInOut(Schema):
    """One sign-in or refused attempt; `username` is blank where there was no such account."""

    at: At
    username: str
    outcome: str
    address: str


class SignInsOut(Schema):
    """One page of sign-ins, the newest first."""

    sign_ins: list[SignInOut]
    next: str


class SignInsIn(Schema):
    """What sign-ins are narrowed to."""

    who: text(60) = ""  # type: ignore[valid-type]  # made with its length
    since: Day = UNSAID
    until: Day = UNSAID
    after: str = Field(default="", pattern=KEY)
    limit: counted(1, MOST) = 50  # type: ignore[valid-type]  # see who
