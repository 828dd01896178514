"""Writes a diff: ends what left the files, then changes, then adds. Nothing is ever deleted."""

from datetime import date, datetime
from typing import Any

from hotline.registry.loading.diff import Change, Retired, TableDiff
from hotline.registry.loading.targets import Retire, Target


def write(table: TableDiff, now: datetime) -> None:
    """Make one table what the files want; rows that end come first, since a unit has one open span only."""
    _end(table.target, table.retired, now)
    closing = [change for change in table.changed if change.row.get("valid_to") is not None]
    opening = [change for change in table.changed if change.row.get("valid_to") is None]
    _change(table.target, closing, now)
    _change(table.target, opening, now)
    table.target.rows.bulk_create(
        [table.target.model(**{**row, **table.target.derive(row, now)}) for row in table.added]
    )


def _end(target: Target, retired: tuple[Retired, ...], now: datetime) -> None:
    if not retired:
        return
    if target.retire is Retire.FLAG:
        target.rows.filter(pk__in=[row.pk for row in retired]).update(active=False)
        return
    by_end: dict[date, list[Any]] = {}
    for row in retired:
        by_end.setdefault(_last_day(row, now.date()), []).append(row.pk)
    for end, keys in by_end.items():
        target.rows.filter(pk__in=keys).update(valid_to=end)


def _last_day(row: Retired, today: date) -> date:
    """Today; a row that was a slip, or has not begun, ends on its first day and so never held."""
    if row.valid_from is None:
        return today
    return row.valid_from if row.void else max(row.valid_from, today)


def _change(target: Target, changes: list[Change], now: datetime) -> None:
    if not changes:
        return
    derived = list(target.derive(changes[0].row, now))
    rows = []
    for change in changes:
        values = {name: change.row[name] for name in (*target.key, *target.fields)}
        rows.append(target.model(**{**values, **target.derive(change.row, now), target.pk: change.pk}))
    fields = [name.removesuffix("_id") for name in (*target.fields, *derived)]
    target.rows.bulk_update(rows, fields)
