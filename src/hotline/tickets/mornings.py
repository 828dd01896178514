"""What waits at each unit as the day begins, in two statements for all units: what the morning's digest is made of."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from hotline.rules.digest import Morning
from hotline.rules.vocabulary import AT_UNIT, CITY_TZ, ClockKind, Stage, UnitCode
from hotline.tickets.models import Ticket, TicketClock

COLUMNS: Final = (
    "id", "number", "stage", "lead_unit", "delegation", "due_at", "awaits_signature", "send_backs", "replied_at",
)  # fmt: skip


def mornings(*, now: datetime) -> list[Morning]:
    """Every unit at which anything waits, in order of their codes."""
    inner = TicketClock.objects.filter(kind=ClockKind.INNER_REPLY.value, stopped_at=None, paused=False)
    given = dict(inner.values_list("ticket_id", "due_at"))
    rows = Ticket.objects.filter(stage__in=sorted(AT_UNIT)).exclude(lead_unit="").order_by("due_at", "id")
    found: dict[str, dict[str, list[str]]] = {}
    for row in rows.values(*COLUMNS).iterator(chunk_size=5000):
        for unit, heading in _waiting(row, given, now):
            found.setdefault(unit, {}).setdefault(heading, []).append(row["number"])
    made = (
        Morning(unit=UnitCode(unit), **{name: tuple(numbers) for name, numbers in headings.items()})
        for unit, headings in sorted(found.items())
    )
    return [morning for morning in made if morning.anything]


def _waiting(row: Mapping[str, Any], given: Mapping[int, datetime], now: datetime) -> Iterator[tuple[str, str]]:
    """Under which headings of which units a ticket stands; a unit below has a date of its own."""
    lead, below = row["lead_unit"], row["delegation"]
    if row["stage"] == Stage.PENDING_SIGN:
        yield lead, "to_sign_in"
    elif _sent_back(row):
        yield lead, "sent_back"
    if row["awaits_signature"]:
        yield lead, "to_sign"
    if heading := _due(row["due_at"], now):
        yield lead, heading
    if below and not below["replied"]:
        if not below["signed"]:
            yield below["unit"], "to_sign_in"
        if heading := _due(given.get(row["id"]), now):
            yield below["unit"], heading


def _sent_back(row: Mapping[str, Any]) -> bool:
    answered_before = row["send_backs"] > 0 and row["replied_at"] is not None
    return row["stage"] == Stage.REWORK or (row["stage"] == Stage.HANDLING and answered_before)


def _due(at: datetime | None, now: datetime) -> str:
    if at is None:
        return ""
    if at < now:
        return "overdue"
    return "due_today" if at.astimezone(CITY_TZ).date() == now.astimezone(CITY_TZ).date() else ""
