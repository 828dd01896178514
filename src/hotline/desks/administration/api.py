"""Administration for the city's own identity systems: people, roles and the record, through the same commands.

Whatever a page would refuse is refused here with the same code. A one-time password is in the answer, this once.
"""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status

from hotline.desks.administration.api_shapes import (
    DataIn,
    GrantIn,
    GrantOut,
    LogIn,
    LogOut,
    NewAccountIn,
    Number,
    PasswordOut,
    PeopleIn,
    PeopleOut,
    PersonFileOut,
    PersonOut,
    SignInsIn,
    SignInsOut,
    SwitchOffIn,
    WithdrawIn,
)
from hotline.desks.administration.pages import status_of
from hotline.plumbing.clock import now, today
from hotline.registry.people import accounts, audit, directory, roles, safety
from hotline.registry.people.accounts import AccountData
from hotline.registry.people.audit import LogFilter
from hotline.registry.people.directory import Listed, PeopleFilter
from hotline.registry.people.recording import Done
from hotline.registry.people.roles import GrantData
from hotline.rules.administration import reads_log, reads_people, reads_sign_ins
from hotline.rules.messages import Refusal
from hotline.tickets.acting.api import ACTING, DENIED, NOT_FOUND, READING, UNPROCESSABLE, answers, refused
from hotline.tickets.acting.api_values import CODE
from hotline.tickets.acting.person import actor_of

READ = (*READING, DENIED)
READ_ONE = (*READING, DENIED, NOT_FOUND)

router = Router(tags=["人员 / people"])


def _refusing(request: HttpRequest, *refusals: Refusal) -> Status[dict[str, Any]]:
    return Status(status_of(refusals), refused(request, refusals))


def _unknown(request: HttpRequest, known: type[Schema]) -> list[Refusal]:
    """Names in the address that no filter has: a misspelt one must not silently show everything."""
    misspelt = sorted(set(request.GET) - set(known.model_fields))
    return [Refusal("field.unknown", {"name": name[:CODE]}, field=name[:CODE]) for name in misspelt]


def _line(row: Listed) -> dict[str, Any]:
    return {name: getattr(row, name) for name in PersonOut.model_fields} | {"roles": list(row.roles)}


def _file(request: HttpRequest, person: int, **more: Any) -> Status[dict[str, Any]]:
    file = directory.person_file(person, actor=actor_of(request), day=today(), now=now())
    if file is None:
        return _refusing(request, Refusal("people.not_found"))
    grants = [{name: getattr(held, name) for name in GrantOut.model_fields} for held in file.grants]
    whole = {"grants": grants, "second_factor": file.second_factor, "password_due": file.password_due}
    return Status(200, _line(file.row) | whole | more)


def _answer(request: HttpRequest, done: Done, person: int) -> Status[dict[str, Any]]:
    if not done.ok:
        return _refusing(request, *done.refusals)
    return _file(request, done.person.pk if done.person else person, password=done.password)


@router.get(
    "", operation_id="list_people", url_name="list_people", summary="人员列表 / people", **answers(PeopleOut, READ)
)
def list_people(request: HttpRequest, where: Query[PeopleIn]) -> Status[dict[str, Any]]:
    """Accounts the caller may know of: all for the three administrators, their units' for heads."""
    unknown = _unknown(request, PeopleIn)
    if unknown:
        return Status(UNPROCESSABLE, refused(request, unknown))
    if reads_people(actor_of(request)) == frozenset():
        return _refusing(request, Refusal("people.reading_denied"))
    narrowed = PeopleFilter(where.q, where.unit, where.role or "", where.state)
    found = directory.people(
        actor=actor_of(request), where=narrowed, now=now(), day=today(), after=where.after, limit=where.limit
    )
    return Status(200, {"people": [_line(row) for row in found.rows], "next": found.next_key})


@router.get(
    "/log", operation_id="people_log", url_name="people_log", summary="管理记录 / record", **answers(LogOut, READ)
)
def people_log(request: HttpRequest, where: Query[LogIn]) -> Status[dict[str, Any]]:
    """What administrators did, for the audit administrator."""
    unknown = _unknown(request, LogIn)
    if unknown:
        return Status(UNPROCESSABLE, refused(request, unknown))
    if not reads_log(actor_of(request)):
        return _refusing(request, Refusal("people.reading_denied"))
    narrowed = LogFilter(where.who, where.act or "", where.since, where.until)
    found = audit.admin_entries(narrowed, after=where.after, limit=where.limit)
    entries = [
        {
            **{name: getattr(entry, name) for name in ("seq", "at", "act", "actor", "before", "after")},
            "person": entry.person.username if entry.person else "",
        }
        for entry in found.rows
    ]
    return Status(200, {"entries": entries, "next": found.next_key})


@router.get(
    "/sign-ins", operation_id="sign_ins", url_name="sign_ins", summary="登录记录 / sign-ins",
    **answers(SignInsOut, READ),
)  # fmt: skip
def sign_ins(request: HttpRequest, where: Query[SignInsIn]) -> Status[dict[str, Any]]:
    """Who came in or was refused, for the security and the audit administrator."""
    unknown = _unknown(request, SignInsIn)
    if unknown:
        return Status(UNPROCESSABLE, refused(request, unknown))
    if not reads_sign_ins(actor_of(request)):
        return _refusing(request, Refusal("people.reading_denied"))
    narrowed = LogFilter(who=where.who, since=where.since, until=where.until)
    found = audit.sign_ins(narrowed, after=where.after, limit=where.limit)
    rows = [(e, e.person.username if e.person else "") for e in found.rows]
    told = [{"at": e.at, "username": name, "outcome": e.outcome, "address": e.address or ""} for e, name in rows]
    return Status(200, {"sign_ins": told, "next": found.next_key})


@router.post(
    "", operation_id="create_account", url_name="create_account", summary="新建账号 / make an account",
    **answers(PasswordOut, ACTING),
)  # fmt: skip
def create_account(request: HttpRequest, data: NewAccountIn) -> Status[dict[str, Any]]:
    """A new account that waits for the security administrator; the one-time password is in the answer, this once."""
    given = AccountData(data.full_name, data.unit, data.staff_no, data.phone)
    wanted = data.wanted_role.value if data.wanted_role else ""
    done = accounts.create_account(
        username=data.username, data=given, wanted_role=wanted, actor=actor_of(request), now=now()
    )
    return _answer(request, done, 0)


@router.get(
    "/{person}", operation_id="read_person", url_name="read_person", summary="人员详情 / read an account",
    **answers(PersonFileOut, READ_ONE),
)  # fmt: skip
def read_person(request: HttpRequest, person: Number) -> Status[dict[str, Any]]:
    """One account with its roles, past ones too."""
    return _file(request, person)


@router.post(
    "/{person}/data", operation_id="change_account", url_name="change_account",
    summary="修改账号资料 / change an account", **answers(PersonFileOut, ACTING),
)  # fmt: skip
def change_account(request: HttpRequest, person: Number, data: DataIn) -> Status[dict[str, Any]]:
    """Other data. Roles held for a unit that is left end at once."""
    given = AccountData(data.full_name, data.unit, data.staff_no, data.phone)
    done = accounts.change_account(person=person, data=given, actor=actor_of(request), now=now())
    return _answer(request, done, person)


@router.post(
    "/{person}/switch-off", operation_id="switch_off", url_name="switch_off", summary="停用账号 / switch off",
    **answers(PersonFileOut, ACTING),
)  # fmt: skip
def switch_off(request: HttpRequest, person: Number, data: SwitchOffIn) -> Status[dict[str, Any]]:
    """Sessions, tokens and streams of the account end at once."""
    done = accounts.switch_off(person=person, reason=data.reason, actor=actor_of(request), now=now())
    return _answer(request, done, person)


@router.post(
    "/{person}/reset-password", operation_id="reset_password", url_name="reset_password",
    summary="重设密码 / reset the password", **answers(PasswordOut, ACTING),
)  # fmt: skip
def reset_password(request: HttpRequest, person: Number) -> Status[dict[str, Any]]:
    """A one-time password, in the answer this once."""
    return _answer(request, accounts.reset_password(person=person, actor=actor_of(request), now=now()), person)


@router.post(
    "/{person}/roles", operation_id="grant_role", url_name="grant_role", summary="授予岗位 / grant a role",
    **answers(PersonFileOut, ACTING),
)  # fmt: skip
def grant_role(request: HttpRequest, person: Number, data: GrantIn) -> Status[dict[str, Any]]:
    """A role for a unit and a time."""
    grant = GrantData(data.role, data.unit, data.valid_from, data.valid_to)
    return _answer(request, roles.grant_role(person=person, grant=grant, actor=actor_of(request), now=now()), person)


@router.post(
    "/{person}/roles/{grant}/withdraw", operation_id="withdraw_role", url_name="withdraw_role",
    summary="收回岗位 / withdraw a role", **answers(PersonFileOut, ACTING),
)  # fmt: skip
def withdraw_role(
    request: HttpRequest,
    person: Number,
    grant: Number,
    data: WithdrawIn,
) -> Status[dict[str, Any]]:
    """A role ends, today or on a later day."""
    done = roles.withdraw_role(person=person, grant=grant, on=data.on, actor=actor_of(request), now=now())
    return _answer(request, done, person)


STEPS = {
    "switch-on": (accounts.switch_on, "启用账号 / switch on"),
    "confirm": (roles.confirm_account, "确认账号 / confirm an account"),
    "unlock": (safety.unlock, "解除锁定 / unlock"),
    "end-sessions": (safety.end_sessions, "强制下线 / end all sessions"),
    "reset-second-factor": (safety.reset_second_factor, "重置双因素认证 / reset the second factor"),
}


def _add_step(name: str) -> None:
    do, summary = STEPS[name]

    def operation(request: HttpRequest, person: Number) -> Status[dict[str, Any]]:
        return _answer(request, do(person=person, actor=actor_of(request), now=now()), person)

    known = f"{name.replace('-', '_')}_account" if name != "end-sessions" else "end_sessions"
    router.post(
        f"/{{person}}/{name}",
        operation_id=known,
        url_name=known,
        summary=summary,
        description=do.__doc__,
        **answers(PersonFileOut, ACTING),
    )(operation)


for step in STEPS:
    _add_step(step)
