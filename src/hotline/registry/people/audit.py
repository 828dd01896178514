"""The audit administrator's reading: what the other two did, and who signed in. Reading only, a page at a time."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from django.db import models, transaction
from django.db.models import Q, QuerySet

from hotline.registry.people.models import AdminEntry, SignInEntry, User
from hotline.registry.people.recording import Done, record, refused, take
from hotline.rules.administration import AdminAct
from hotline.rules.lifecycle import Actor
from hotline.rules.vocabulary import CITY_TZ

M = TypeVar("M", bound=models.Model)
PAGE = 50
MOST_EXPORTED = 50_000
"""More than this in one file no spreadsheet opens with ease: choose fewer days."""


@dataclass(frozen=True)
class LogFilter:
    """What the record is narrowed to: who acted or was acted on (account or name), which act or outcome, which days."""

    who: str = ""
    act: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class AdminPage:
    """One page of what was done, the newest first."""

    rows: tuple[AdminEntry, ...]
    next_key: str


@dataclass(frozen=True)
class SignInPage:
    """One page of sign-ins, the newest first."""

    rows: tuple[SignInEntry, ...]
    next_key: str


def admin_entries(where: LogFilter, *, after: str = "", limit: int = PAGE) -> AdminPage:
    """What was done, newest first."""
    found = _dated(AdminEntry.objects.select_related("person"), where).order_by("-seq")
    if where.act:
        found = found.filter(act=where.act)
    if where.who:
        ids = _people(where.who)
        found = found.filter(Q(person__in=ids) | Q(actor__in=[str(pk) for pk in ids]))
    if _key(after):
        found = found.filter(seq__lt=int(after))
    rows = tuple(found[: limit + 1])
    return AdminPage(rows[:limit], str(rows[limit - 1].seq) if len(rows) > limit else "")


def sign_ins(where: LogFilter, *, after: str = "", limit: int = PAGE) -> SignInPage:
    """Who came in, went or was refused, newest first."""
    found = _dated(SignInEntry.objects.select_related("person"), where).order_by("-id")
    if where.act:
        found = found.filter(outcome=where.act)
    if where.who:
        found = found.filter(person__in=_people(where.who))
    if _key(after):
        found = found.filter(pk__lt=int(after))
    rows = tuple(found[: limit + 1])
    return SignInPage(rows[:limit], str(rows[limit - 1].pk) if len(rows) > limit else "")


def _key(after: str) -> bool:
    return after.isdecimal() and len(after) < 19


def people_called(who: str) -> frozenset[str]:
    """The ids of accounts with that name or part of it, as actors are written in records."""
    return frozenset(map(str, _people(who)))


def _people(who: str) -> list[int]:
    who = who.strip().replace("\x00", "")
    found = User.objects.filter(Q(full_name__contains=who) | Q(username__iexact=who) | Q(staff_no__iexact=who))
    return list(found.values_list("pk", flat=True)[:500])


def _dated(found: QuerySet[M], where: LogFilter) -> QuerySet[M]:
    if where.since:
        found = found.filter(at__gte=_midnight(where.since))
    if where.until:
        found = found.filter(at__lt=_midnight(where.until + timedelta(days=1)))
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), CITY_TZ)


@transaction.atomic
def note_export(*, which: str, actor: Actor, now: datetime) -> Done:
    """An export leaves the platform's hands, so that it was taken is itself on record."""
    hand = take(AdminAct.EXPORT_LOG, actor=actor, now=now)
    if hand.refusal:
        return refused(hand.refusal)
    record(hand, after={"which": which})
    return Done()
