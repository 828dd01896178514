"""Making notices from what happened on a ticket, and marking them read; wiring.py calls `tell_people`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import chain
from typing import Any, Final

from django.db import transaction

from hotline.oversight.notices.models import Notice
from hotline.plumbing import live
from hotline.registry.people.holding import Held, held_roles
from hotline.registry.people.models import User
from hotline.registry.people.preferences import quiet_kinds
from hotline.rules.notifying import MAY_BE_QUIET, To, Told, who_must_know
from hotline.rules.vocabulary import CITY_TZ
from hotline.tickets.happening import Happened, states_around

KEPT_READ: Final = timedelta(days=90)
KEPT_AT_ALL: Final = timedelta(days=365)


def tell_people(happened: Happened, now: datetime) -> None:
    """One notice for each person who must know, however often this runs; whoever did it is not told."""
    before, after = states_around(happened)
    told = who_must_know(happened.event, before, after)
    tell(told, number=happened.number, seq=happened.seq, but=happened.event.actor, now=now)


def tell(told: Sequence[Told], *, number: str, seq: int, but: str, now: datetime, about: str = "") -> None:
    """Notices of one entry to all who must know of it. `about` names what the number belongs to if not a ticket."""
    if not told:
        return
    kinds = _by_person(told, now)
    kinds.pop(_number(but), None)
    silent = _silent(kinds)
    Notice.objects.bulk_create(
        (
            Notice(
                recipient_id=person,
                kind=kind,
                about=about,
                number=number,
                seq=seq,
                made_at=now,
                read_at=now if person in silent else None,
            )
            for person, kind in sorted(kinds.items())
        ),
        ignore_conflicts=True,
    )
    _ring(kinds.keys() - silent)


def _silent(kinds: Mapping[int, str]) -> set[int]:
    """People at whose desks this kind does not ring; they find it on the page of notices, as read."""
    if not set(kinds.values()) & set(MAY_BE_QUIET):
        return set()
    unasked = quiet_kinds(list(kinds))
    return {person for person, kind in kinds.items() if kind in MAY_BE_QUIET and kind in unasked.get(person, ())}


def _by_person(told: Sequence[Told], now: datetime) -> dict[int, str]:
    roles = frozenset(chain.from_iterable(to.roles for each in told for to in each.to))
    held = held_roles(roles, now.astimezone(CITY_TZ).date()) if roles else []
    named = {_number(to.person) for each in told for to in each.to if to.person} - {0}
    there = set(User.objects.filter(pk__in=named, is_active=True).values_list("pk", flat=True)) if named else set()
    found: dict[int, str] = {}
    for each in told:
        for person in chain.from_iterable(_people(to, held, there) for to in each.to):
            found.setdefault(person, each.kind)
    return found


def _people(to: To, held: Iterable[Held], there: set[int]) -> Iterator[int]:
    if to.person and _number(to.person) in there:
        yield _number(to.person)
    yield from (h.person for h in held if h.role in to.roles and (to.unit is None or h.unit == to.unit))


def _number(actor: str) -> int:
    """The account behind an actor; 0 for the citizen and for the platform itself."""
    return int(actor) if actor.isascii() and actor.isdecimal() and len(actor) < 19 else 0


def mark_read(
    *,
    person: int,
    now: datetime,
    ids: Iterable[int] | None = None,
    number: str | None = None,
    about: str = "",
    until: int | None = None,
) -> int:
    """Marks this person's unread notices: those of `ids`, of one ticket, or all up to `until`. How many.

    `about` goes with `number`: what it is the number of, if not of a ticket.
    """
    unread = Notice.objects.filter(recipient_id=person, read_at=None)
    if ids is not None:
        unread = unread.filter(pk__in=list(ids))
    if number is not None:
        unread = unread.filter(number=number, about=about)
    if until is not None:
        unread = unread.filter(pk__lte=until)
    with transaction.atomic():
        marked = unread.update(read_at=now)
        if marked:
            _ring([person])
    return marked


def _ring(people: Iterable[int]) -> None:
    """Open pages of these people fetch their bell anew."""
    topics: list[str] = [f"user:{person}" for person in sorted(people)]
    payload: dict[str, Any] = {}
    live.notify_all(topics, payload)


def forget(*, now: datetime) -> int:
    """Notices that were read long ago, and those that nobody read in a year."""
    gone, _ = Notice.objects.filter(read_at__lt=now - KEPT_READ).delete()
    old, _ = Notice.objects.filter(made_at__lt=now - KEPT_AT_ALL).delete()
    return gone + old
