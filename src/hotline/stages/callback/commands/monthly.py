"""Writes a month's callbacks down, once: what a unit was sent does not change when a ticket moves on later."""

from datetime import datetime

from django.db import transaction

from hotline.plumbing.locks import take_turn
from hotline.stages.callback.models import MonthClosed, MonthLine
from hotline.stages.callback.queries.monthly import bounds, lines_of


def close_month(*, month: str, now: datetime) -> int:
    """How many lines were written; none for a month that runs, or that has been closed before."""
    span = bounds(month)
    if span is None or span[1] > now:
        return 0
    with transaction.atomic():
        if not take_turn(f"callback month {month}") or MonthClosed.objects.filter(month=month).exists():
            return 0
        made = MonthLine.objects.bulk_create(lines_of(month), batch_size=1000)
        MonthClosed.objects.create(month=month, closed_at=now)
    return len(made)
