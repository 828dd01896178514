"""Setting a ticket aside whose clocks cannot fire, and having it tried again: for the system administrator."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction

from hotline.oversight.clocks.models import ClockFault
from hotline.plumbing import clock
from hotline.plumbing.redaction import redact
from hotline.rules.messages import Refusal
from hotline.tickets.firing import arm_ticket, due_number, silence, unarmed

LONGEST: Final = 500

NOTE: Final = """
    INSERT INTO clocks_clockfault (ticket_id, error, tries, first_at, at) VALUES (%s, %s, 1, %s, %s)
    ON CONFLICT (ticket_id) DO UPDATE
    SET error = excluded.error, at = excluded.at, tries = clocks_clockfault.tries + 1
"""


@dataclass(frozen=True)
class FaultLine:
    """One ticket that was set aside, as an administrator sees it: its number and what failed, nobody's words."""

    id: int
    number: str
    error: str
    tries: int
    first_at: datetime
    at: datetime


def set_aside(faults: Sequence[tuple[int, Exception]], *, now: datetime) -> None:
    """These tickets are left alone until they are tried again, or an act turns their clocks."""
    with transaction.atomic(), connection.cursor() as cursor:
        silence(ticket for ticket, _ in faults)
        cursor.executemany(NOTE, [(ticket, _said(fault), now, now) for ticket, fault in faults])


def _said(fault: Exception) -> str:
    return redact(f"{type(fault).__name__}: {fault}")[:LONGEST]


def mended(tickets: Iterable[int]) -> None:
    """Whatever was wrong with these tickets is wrong no more."""
    ClockFault.objects.filter(ticket__in=list(tickets)).delete()


def fault_lines(*, before: int | None = None, limit: int = 50) -> list[FaultLine]:
    """The newest first; `before` is the number of the last one shown."""
    found = ClockFault.objects.select_related("ticket")
    if before is not None:
        found = found.filter(pk__lt=before)
    return [
        FaultLine(row.pk, row.ticket.number, row.error, row.tries, row.first_at, row.at)
        for row in found.order_by("-pk")[:limit]
    ]


def fault_number() -> int:
    """How many tickets are set aside."""
    return ClockFault.objects.count()


def try_again(*, fault_id: int, now: datetime) -> Refusal | None:
    """The ticket's clocks fire now; None when they did, otherwise why not."""
    from hotline.oversight.clocks.engine import fire

    with transaction.atomic():
        fault = ClockFault.objects.select_for_update().filter(pk=fault_id).first()
        if fault is None:
            return Refusal("clocks.no_such_fault", {"id": fault_id})
        arm_ticket(fault.ticket_id)
    done = fire([fault.ticket_id], now=now)
    if done.aside:
        return Refusal("clocks.failed_again", {"id": fault_id})
    return None if done.tickets else Refusal("clocks.busy", {"id": fault_id})


LATE: Final = timedelta(minutes=10)


def sentences() -> Iterator[str]:
    """For `hotline check`: what was set aside, a pass that does not come, and clocks that nobody would look at."""
    moment = clock.now()
    if number := fault_number():
        yield f"{number} 张工单的时限无法处理，见 hotline clocks faults。 / The clocks of {number} tickets cannot fire."
    if late := due_number(now=moment - LATE):
        yield f"{late} 个时限到点十分钟仍未处理，任务进程可能没有运行。 / {late} clocks wait; does a worker run?"
    for ticket in unarmed():
        yield f"工单 {ticket} 有时限无人查看，请运行 hotline clocks arm。 / A clock of {ticket} is forgotten."
