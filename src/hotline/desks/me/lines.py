"""One's own account in words: roles with their span, sign-ins, browsers and tokens."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hotline.desks.time_words import Moment, moment_words
from hotline.registry.people.models import ApiToken, RoleGrant, SignInEntry
from hotline.registry.people.own import OpenSession, OwnFile
from hotline.rules.dates_in_words import day_en, day_zh
from hotline.rules.words import word
from hotline.tickets.acting.names import Names


@dataclass(frozen=True)
class RoleLine:
    """One role: at which unit, from and until when, and who gave it."""

    role: str
    unit: str
    since: str
    until: str
    given_by: str


@dataclass(frozen=True)
class SignInLine:
    """One sign-in or refused attempt."""

    at: Moment
    said: str
    address: str
    refused: bool


@dataclass(frozen=True)
class BrowserLine:
    """One browser in which one is signed in."""

    id: str
    current: bool
    since: Moment | None
    address: str
    browser: str


@dataclass(frozen=True)
class TokenLine:
    """One token with which another system acts in one's name."""

    name: str
    until: str
    used: str


@dataclass(frozen=True)
class OwnLines:
    """All of it, as the page prints it."""

    roles: tuple[RoleLine, ...]
    sign_ins: tuple[SignInLine, ...]
    browsers: tuple[BrowserLine, ...]
    tokens: tuple[TokenLine, ...]


def own_lines(file: OwnFile, *, known: Names, lang: str, now: datetime) -> OwnLines:
    """One's own file in words."""
    return OwnLines(
        roles=tuple(_role(grant, known, lang) for grant in file.grants),
        sign_ins=tuple(_sign_in(entry, now) for entry in file.sign_ins),
        browsers=tuple(_browser(session, now) for session in file.sessions),
        tokens=tuple(_token(token, lang) for token in file.tokens),
    )


def _day(day: date | None, lang: str) -> str:
    if day is None:
        return ""
    return day_en(day, 0) if lang == "en" else day_zh(day, 0)


def _role(grant: RoleGrant, known: Names, lang: str) -> RoleLine:
    last = grant.valid_to - timedelta(days=1) if grant.valid_to else None
    return RoleLine(
        role=word(f"role.{grant.role}", lang),
        unit=known.unit(grant.unit_id, lang),
        since=_day(grant.valid_from, lang),
        until=_day(last, lang),
        given_by=str(grant.granted_by) if grant.granted_by else "",
    )


def _sign_in(entry: SignInEntry, now: datetime) -> SignInLine:
    outcome = SignInEntry.Outcome(entry.outcome)
    return SignInLine(
        at=moment_words(entry.at, now),
        said=_outcome(outcome),
        address=entry.address or "",
        refused=outcome not in {SignInEntry.Outcome.IN, SignInEntry.Outcome.OUT},
    )


def _outcome(outcome: SignInEntry.Outcome) -> str:
    return {
        SignInEntry.Outcome.IN: _("登录成功"),
        SignInEntry.Outcome.WRONG: _("密码错误"),
        SignInEntry.Outcome.LOCKED: _("已锁定"),
        SignInEntry.Outcome.OFF: _("账号停用或待确认"),
        SignInEntry.Outcome.OUT: _("退出登录"),
    }[outcome]


def _browser(session: OpenSession, now: datetime) -> BrowserLine:
    return BrowserLine(
        id=session.id,
        current=session.current,
        since=moment_words(session.since, now) if session.since else None,
        address=session.address,
        browser=" · ".join(_named(session.agent)) or _("未知浏览器"),
    )


BROWSERS: Final = (
    (re.compile(r"MicroMessenger"), gettext_noop("微信")),
    (re.compile(r"Edg/"), "Edge"),
    (re.compile(r"Firefox/"), "Firefox"),
    (re.compile(r"Chrome/|Chromium"), "Chrome"),
    (re.compile(r"Safari/"), "Safari"),
)
SYSTEMS: Final = (
    (re.compile(r"HarmonyOS|OpenHarmony"), "HarmonyOS"),
    (re.compile(r"Android"), "Android"),
    (re.compile(r"iPhone|iPad"), "iOS"),
    (re.compile(r"Windows"), "Windows"),
    (re.compile(r"Mac OS X|Macintosh"), "macOS"),
    (re.compile(r"Linux"), "Linux"),
)


def _named(agent: str) -> Iterator[str]:
    for known in (BROWSERS, SYSTEMS):
        found = next((name for sign, name in known if sign.search(agent)), None)
        if found:
            yield _(found)


def _token(token: ApiToken, lang: str) -> TokenLine:
    return TokenLine(
        name=token.name,
        until=_day(token.expires_on - timedelta(days=1), lang),
        used=_day(token.last_used_on, lang),
    )
