"""Keeps a task beside every ticket that awaits its callback. Officers' list and the sending of messages read them.

A task can't drift: it is made under the ticket's lock for one version of it, and whoever reads the list first has
those worked out anew whose ticket moved on or whose turn has come.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import transaction

from hotline.rules.vocabulary import Stage
from hotline.stages.callback.models import CallbackTask
from hotline.stages.callback.queries.planning import ALL, Planned, awaiting, planned, stale
from hotline.tickets.happening import Happened
from hotline.tickets.queries import in_view
from hotline.tickets.rulebook import rulebooks

AT_ONCE: Final = 500
"""How many tasks are worked out in one transaction; after a large import the rest follow in the next."""

COLUMNS: Final = ("version", "round", "method", "next_at", "reason", "params", "heavy", "turns_at", "planned_at")


def bring_up(*, now: datetime, most: int = AT_ONCE) -> int:
    """Works out what is missing or outdated. One statement when nothing is."""
    found = list(stale(now)[:most])
    return plan_again(found, now=now) if found else 0


def plan_again(ids: Iterable[int], *, now: datetime) -> int:
    """Works out the tasks of these tickets under their locks; one that somebody is acting on is left to its act."""
    with transaction.atomic():
        locked = _locked(ids)
        books = rulebooks()
        made = [planned(row, now=now, books=books) for row in awaiting().filter(pk__in=locked)]
        CallbackTask.objects.bulk_create(
            [task_of(one, now) for one in made],
            update_conflicts=True,
            unique_fields=["ticket"],
            update_fields=list(COLUMNS),
        )
    return len(made)


def _locked(ids: Iterable[int]) -> list[int]:
    rows = in_view(ALL).filter(pk__in=list(ids), stage=Stage.PENDING_CALLBACK.value).order_by("pk")
    return list(rows.select_for_update(no_key=True, skip_locked=True).values_list("pk", flat=True))


def task_of(one: Planned, now: datetime) -> CallbackTask:
    """The plan as a row."""
    return CallbackTask(
        ticket_id=one.ticket_id,
        version=one.version,
        round=one.round,
        method=one.plan.method.value,
        next_at=one.plan.not_before,
        reason=one.plan.reason.code,
        params=dict(one.plan.reason.params),
        heavy=one.heavy,
        turns_at=one.turns_at,
        planned_at=now,
    )


def drop_done() -> int:
    """Tasks of tickets that await no callback any more."""
    gone, _ = CallbackTask.objects.exclude(ticket__stage=Stage.PENDING_CALLBACK.value).delete()
    return gone


def follow(event: Happened, now: datetime) -> None:
    """Reaction to what moves a callback: its task is worked out anew, or goes when the callback is over."""
    task = CallbackTask.objects.filter(ticket__number=event.number)
    task.exclude(ticket__stage=Stage.PENDING_CALLBACK.value).delete()
    bring_up(now=now)
