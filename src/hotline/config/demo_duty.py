"""In the demonstration some units keep rosters, one of them with holes; citizens were told; an urgent ticket rings.

Rosters and what was told of the last weeks are written in bulk, as months of jobs would have left them; the ringing is
done by its own command.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from itertools import cycle
from typing import Any, Final

from hotline.oversight.messaging.models import CitizenMessage
from hotline.oversight.messaging.ringing import climb_all
from hotline.plumbing.outbox.models import OutgoingMessage, State
from hotline.registry.duty.models import DutyPattern, DutyTurn, UnitAddress
from hotline.registry.people.models import User
from hotline.registry.regions.models import City
from hotline.rules.citizens.kinds import Kind
from hotline.rules.duty.roster import DutyKind
from hotline.rules.visibility import View
from hotline.rules.vocabulary import AT_UNIT, CITY_TZ
from hotline.tickets.queries import in_view

HOLED: Final = "LY"
"""This unit has nobody on Friday nights, so that a hole can be seen."""
AHEAD: Final = 21
TOLD_BACK: Final = timedelta(days=14)
MOST_TOLD: Final = 400
BY: Final = "system"
FAILS: Final = 97
"""One message in so many could not be sent."""


def rosters_and_messages(now: datetime) -> None:
    """All of it, in a dozen statements."""
    people = _people()
    DutyPattern.objects.bulk_create(_patterns(people, now))
    DutyTurn.objects.bulk_create(_leaders(people, now))
    UnitAddress.objects.bulk_create(
        UnitAddress(unit=unit, channel="email", to=f"{unit.lower()}@zhiban.example.cn", made_by=BY, made_at=now)
        for unit in people
    )
    _tell(now)
    climb_all(now=now)


def _people() -> dict[str, list[str]]:
    """Names of each unit's people, the office's among them."""
    found: dict[str, list[str]] = {}
    rows = User.objects.filter(is_active=True).exclude(unit=None).order_by("pk").values_list("unit_id", "full_name")
    for unit, name in rows:
        found.setdefault(unit, []).append(name)
    office = City.objects.get().office_unit_code
    kept = sorted(found, key=lambda unit: (unit != office, unit != HOLED, -len(found[unit]), unit))[:30]
    return {unit: found[unit] for unit in kept}


def _phone(unit: str, name: str) -> str:
    digits = int.from_bytes(sha256(f"{unit}{name}".encode()).digest()[:4], "big") % 10**7
    return f"1990{digits:07d}"


def _patterns(people: dict[str, list[str]], now: datetime) -> Iterator[DutyPattern]:
    for unit, names in people.items():
        turns = cycle(names)
        for kind, begins, ends in ((DutyKind.DAY, time(8), time(18)), (DutyKind.NIGHT, time(18), time(8))):
            for days in ([0, 1, 2, 3], [5, 6] if unit == HOLED and kind is DutyKind.NIGHT else [4, 5, 6]):
                name = next(turns)
                yield DutyPattern(
                    unit=unit, kind=kind.value, name=name, phone=_phone(unit, name), weekdays=days, begins=begins,
                    ends=ends, since=date(now.year, 1, 1), made_by=BY, made_at=now,
                )  # fmt: skip


def _leaders(people: dict[str, list[str]], now: datetime) -> Iterator[DutyTurn]:
    """Leaders on the weekends of the coming weeks."""
    today = now.astimezone(CITY_TZ).date()
    days = [today + timedelta(days=ahead) for ahead in range(AHEAD)]
    for unit, names in people.items():
        turns = cycle(reversed(names))
        for day in (day for day in days if day.weekday() >= 5):
            name, begins = next(turns), datetime.combine(day, time(8), CITY_TZ)
            yield DutyTurn(
                unit=unit, kind=DutyKind.LEADER.value, name=name, phone=_phone(unit, name), begins_at=begins,
                ends_at=begins + timedelta(days=1), made_by=BY, made_at=now,
            )  # fmt: skip


def _tell(now: datetime) -> None:
    """Open tickets of the last two weeks: taken in, and handed over where a unit has them."""
    rows = in_view(View(everything=True)).filter(
        created_at__gte=now - TOLD_BACK, contactable=True, accepted_at__isnull=False
    )
    rows = rows.exclude(flags__contains=["confidential"]).exclude(requester__phone="").order_by("-id")[:MOST_TOLD]
    said = list(_said(rows, now))
    sent = OutgoingMessage.objects.bulk_create(one for one, _ in said)
    CitizenMessage.objects.bulk_create(_recorded(told, message) for (_, told), message in zip(said, sent, strict=True))


def _recorded(told: CitizenMessage, message: OutgoingMessage) -> CitizenMessage:
    told.message_id = message.pk
    return told


def _said(rows: Any, now: datetime) -> Iterator[tuple[OutgoingMessage, CitizenMessage]]:
    number = 0
    for row in rows:
        kinds = [(Kind.RECEIVED, row.accepted_at)]
        if row.stage in {stage.value for stage in AT_UNIT}:
            kinds.append((Kind.HANDED, min(row.accepted_at + timedelta(minutes=40), now)))
        for seq, (kind, at) in enumerate(kinds, start=1):
            number += 1
            failed = number % FAILS == 0
            message = OutgoingMessage(
                key=f"{row.number}/told/{row.number}/{seq}", channel="sms", about=row.number, attempts=1,
                state=State.FAILED if failed else State.SENT, reason="unreachable" if failed else "",
                not_before=at, created_at=at, started_at=at, ended_at=at,
            )  # fmt: skip
            told = CitizenMessage(
                number=row.number, cause=row.number, seq=seq, kind=kind.value, made_at=at, leaves_at=at,
                promised_on=row.due_at.astimezone(CITY_TZ).date() if row.due_at else None,
            )  # fmt: skip
            yield message, told
