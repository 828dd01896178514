"""People, grants and records in words: everything the templates of administration print."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hotline.desks.time_words import Moment, day_words, moment_words
from hotline.registry.people.directory import Held, Listed, PersonFile
from hotline.registry.people.models import AdminEntry, ApiToken, SignInEntry
from hotline.rules.administration import AdminAct
from hotline.rules.vocabulary import CITY_TZ, UNIT_ROLES, Role
from hotline.rules.words import word
from hotline.tickets.acting.names import Names
from hotline.tickets.looks import Look

STATES: Mapping[str, str] = {
    "active": gettext_noop("在用"),
    "awaiting": gettext_noop("待确认"),
    "off": gettext_noop("停用"),
    "locked": gettext_noop("已锁定"),
    "roleless": gettext_noop("未授岗位"),
}
OUTCOMES: Mapping[str, str] = {
    "in": gettext_noop("登录成功"),
    "wrong": gettext_noop("密码错误"),
    "locked": gettext_noop("已锁定"),
    "off": gettext_noop("账号停用或待确认"),
    "out": gettext_noop("退出登录"),
}
TOKEN_STATES: Mapping[str, str] = {
    "valid": gettext_noop("有效"),
    "expired": gettext_noop("已到期"),
    "revoked": gettext_noop("已撤销"),
}
FIELDS: Mapping[str, str] = {
    "username": gettext_noop("账号"),
    "full_name": gettext_noop("姓名"),
    "unit": gettext_noop("单位"),
    "staff_no": gettext_noop("工号"),
    "phone": gettext_noop("联系电话"),
    "state": gettext_noop("状态"),
    "reason": gettext_noop("原因"),
    "role": gettext_noop("岗位"),
    "roles": gettext_noop("岗位"),
    "wanted_role": gettext_noop("拟授岗位"),
    "ended": gettext_noop("因调动停止的岗位"),
    "valid_from": gettext_noop("起始日期"),
    "valid_to": gettext_noop("截止日期"),
    "expires_on": gettext_noop("到期日"),
    "token": gettext_noop("令牌编号"),
    "name": gettext_noop("名称"),
    "tokens_revoked": gettext_noop("撤销令牌数"),
    "attempts_cleared": gettext_noop("清除失败记录数"),
    "kinds": gettext_noop("认证方式"),
    "which": gettext_noop("内容"),
}
EXPORTS: Mapping[str, str] = {
    "log": gettext_noop("管理记录"),
    "sign-ins": gettext_noop("登录记录"),
    "looks": gettext_noop("查看记录"),
}
FACTORS: Mapping[str, str] = {
    "totp": gettext_noop("动态口令"),
    "webauthn": gettext_noop("安全密钥"),
    "recovery_codes": gettext_noop("恢复码"),
}


def state_words(state: str) -> str:
    """An account's state in the reader's language."""
    return _(STATES[state])


@dataclass(frozen=True)
class PersonLine:
    """One account of the list."""

    row: Listed
    address: str
    unit: str
    roles: tuple[str, ...]
    wanted: str
    state: str


def person_line(row: Listed, known: Names, lang: str) -> PersonLine:
    """An account as a line of the list."""
    return PersonLine(
        row=row,
        address=reverse("person", args=[row.id]),
        unit=known.unit(row.unit, lang),
        roles=tuple(word(role, lang) for role in row.roles),
        wanted=word(Role(row.wanted_role), lang) if row.wanted_role else "",
        state=state_words("locked" if row.locked and row.state == "active" else row.state),
    )


@dataclass(frozen=True)
class GrantLine:
    """One role in the dated list."""

    held: Held
    role: str
    unit: str
    dates: str
    state: str


def grant_line(held: Held, known: Names, lang: str, today: date) -> GrantLine:
    """A grant in words."""
    own = _("本人所属单位") if held.role in UNIT_ROLES else ""
    start = day_words(held.valid_from, today) if held.valid_from else _("一直")
    end = day_words(held.valid_to, today) if held.valid_to else _("长期")
    state = _("在任") if held.now else _("已结束") if held.over else _("未开始")
    return GrantLine(
        held=held,
        role=word(held.role, lang),
        unit=known.unit(held.unit, lang) if held.unit else own,
        dates=_("%(start)s 至 %(end)s") % {"start": start, "end": end},
        state=state,
    )


@dataclass(frozen=True)
class EntryLine:
    """One act of administration."""

    seq: int
    act: str
    at: Moment
    who: str
    role: str
    whom: str
    address: str
    details: tuple[tuple[str, str], ...]


def entry_line(entry: AdminEntry, people: Mapping[str, str], known: Names, lang: str, now: datetime) -> EntryLine:
    """An entry in words; what changed stands as before → after."""
    return EntryLine(
        seq=entry.seq,
        act=word(AdminAct(entry.act), lang),
        at=moment_words(entry.at, now),
        who=who(entry.actor, people),
        role=word(Role(entry.role), lang) if entry.role and entry.role != Role.SYSTEM else "",
        whom=str(entry.person) if entry.person_id else "",
        address=reverse("person", args=[entry.person_id]) if entry.person_id else "",
        details=tuple(_details(entry, known, lang)),
    )


def who(actor: str, people: Mapping[str, str]) -> str:
    """A person's name; the command line has none."""
    return _("运维人员（命令行）") if actor == "system" else people.get(actor, actor)


def _details(entry: AdminEntry, known: Names, lang: str) -> Iterator[tuple[str, str]]:
    before, after = json.loads(entry.before), json.loads(entry.after)
    for name in FIELDS:
        old, new = (_value(name, side[name], known, lang) if side.get(name) else "" for side in (before, after))
        if old and new and old != new:
            yield _(FIELDS[name]), f"{old} → {new}"
        elif name in before and name in after and old != new:
            yield _(FIELDS[name]), f"{old or _('（空）')} → {new or _('（空）')}"
        elif old or new:
            yield _(FIELDS[name]), new or old


def _value(name: str, value: object, known: Names, lang: str) -> str:
    if name == "unit":
        return known.unit(str(value), lang)
    if name == "state":
        return state_words(str(value))
    if name in {"role", "roles", "wanted_role"}:
        return "、".join(word(Role(role), lang) for role in str(value).split("、"))
    if isinstance(value, list):
        return "、".join(_part(name, str(part), lang) for part in value)
    return _(EXPORTS.get(str(value), str(value))) if name == "which" else str(value)


def _part(name: str, value: str, lang: str) -> str:
    return word(Role(value), lang) if name == "ended" else _(FACTORS.get(value, value))


@dataclass(frozen=True)
class SignInLine:
    """One sign-in or refused attempt."""

    at: Moment
    who: str
    address: str
    outcome: str
    wrong: bool
    source: str


def sign_in_line(entry: SignInEntry, now: datetime) -> SignInLine:
    """A sign-in in words."""
    return SignInLine(
        at=moment_words(entry.at, now),
        who=f"{entry.person} {entry.person.username}" if entry.person else _("没有这个账号"),
        address=reverse("person", args=[entry.person_id]) if entry.person_id else "",
        outcome=_(OUTCOMES[entry.outcome]),
        wrong=entry.outcome not in {"in", "out"},
        source=entry.address or "",
    )


@dataclass(frozen=True)
class LookLine:
    """One look at a requester's contact: the ticket's number and nothing else of it."""

    number: str
    at: Moment
    who: str
    roles: str
    way: str


def look_line(look: Look, people: Mapping[str, str], lang: str, now: datetime) -> LookLine:
    """A look in words."""
    ways = {
        "ticket page": _("工单页"),
        "handover paper": _("打印交办单"),
        "handover paper, Word": _("下载交办单"),
    }
    roles = (word(Role(role), lang) for role in look.role.split(",") if role in set(Role))
    return LookLine(
        look.number,
        moment_words(look.at, now),
        who(look.actor, people),
        "、".join(roles),
        ways.get(look.way, _("接口")),
    )


@dataclass(frozen=True)
class TokenLine:
    """One API token."""

    token: ApiToken
    state: str
    valid: bool
    until: str
    used: str


def token_line(token: ApiToken, today: date) -> TokenLine:
    """A token in words; never anything that opens a door."""
    state = token.state_on(today)
    used = day_words(token.last_used_on, today) if token.last_used_on else _("从未使用")
    return TokenLine(token, _(TOKEN_STATES[state]), state == "valid", day_words(token.expires_on, today), used)


@dataclass(frozen=True)
class PersonPage:
    """A person's whole page."""

    file: PersonFile
    line: PersonLine
    facts: tuple[tuple[str, str], ...]
    grants: tuple[GrantLine, ...]
    tokens: tuple[TokenLine, ...]
    entries: tuple[EntryLine, ...]
    sign_ins: tuple[SignInLine, ...]


def person_page(file: PersonFile, people: Mapping[str, str], known: Names, lang: str, now: datetime) -> PersonPage:
    """The person in words."""
    today = now.astimezone(CITY_TZ).date()
    return PersonPage(
        file=file,
        line=person_line(file.row, known, lang),
        facts=tuple((label, value) for label, value in _facts(file, known, lang, now) if value),
        grants=tuple(grant_line(held, known, lang, today) for held in file.grants),
        tokens=tuple(token_line(token, today) for token in file.tokens),
        entries=tuple(entry_line(entry, people, known, lang, now) for entry in file.entries),
        sign_ins=tuple(sign_in_line(entry, now) for entry in file.sign_ins),
    )


def _facts(file: PersonFile, known: Names, lang: str, now: datetime) -> Iterator[tuple[str, str]]:
    row = file.row
    yield _("账号"), row.username
    yield _("所属单位"), known.unit(row.unit, lang)
    yield _("工号"), row.staff_no
    yield _("联系电话"), row.phone
    yield _("建立时间"), moment_words(file.joined_at, now).full
    yield _("双因素认证"), _("已启用") if file.second_factor else _("未启用")
    yield _("密码"), _("一次性密码，尚未修改") if file.password_due else ""
