"""Loads a city folder: `hotline load-city data/hefei` shows what would change and then, when told to, changes it.

Loading twice changes nothing the second time; a file that cannot be read or does not fit the others stops it all.
"""

import secrets
from datetime import datetime
from pathlib import Path

from django.db import transaction

from hotline.plumbing.locks import take_turn
from hotline.registry.calendars.commands import touch_calendar
from hotline.registry.loading.apply import write
from hotline.registry.loading.diff import CityDiff, TableDiff, compare
from hotline.registry.loading.problems import Problem
from hotline.registry.loading.read import CityFiles, read_city
from hotline.registry.loading.targets import CALENDAR_TARGETS, PROFILE, wanted
from hotline.registry.regions.models import City, CityLoad
from hotline.rules.vocabulary import CITY_TZ

__all__ = ["CityDiff", "Problem", "load_city"]


def load_city(folder: Path, *, now: datetime, apply: bool) -> CityDiff:
    """What the folder would change; with `apply` it is written in one transaction."""
    files, problems = read_city(folder)
    if files is None:
        return CityDiff(problems=tuple(problems))
    now = now.astimezone(CITY_TZ)
    if not apply:
        return _compare_all(files, now)
    with transaction.atomic():
        if not take_turn("load-city"):
            return CityDiff(problems=(Problem(folder.name, "load.busy"),))
        diff = _compare_all(files, now)
        if not diff.ok or diff.empty:
            return diff
        for table in diff.tables:
            write(table, now)
        _renew_stamps(diff)
        CityLoad.objects.create(at=now, folder=folder.resolve().name[:100], changes=_told(diff))
    return CityDiff(tables=diff.tables, applied=True)


def _compare_all(files: CityFiles, now: datetime) -> CityDiff:
    tables = tuple(compare(target, rows, now) for target, rows in wanted(files))
    frozen = [problem for table in tables if table.target is PROFILE for problem in _frozen(table, now)]
    return CityDiff(problems=tuple(frozen)) if frozen else CityDiff(tables=tables)


def _frozen(table: TableDiff, now: datetime) -> list[Problem]:
    """Profiles that tickets may already have been opened under and that the files would change."""
    return [
        Problem("profiles", "profile.frozen", {"value": "@".join(map(str, change.key))})
        for change in table.changed
        if set(change.fields) - {"marks"}
        and change.fields.get("effective_from", (change.row["effective_from"],))[0] <= now.date()
    ]


def _told(diff: CityDiff) -> list[list[str | int]]:
    """What changed, by table in both languages, for the system administrator's page."""
    return [
        [table.target.zh, table.target.en, len(table.added), len(table.changed), len(table.retired)]
        for table in diff.tables
        if not table.empty
    ]


def _renew_stamps(diff: CityDiff) -> None:
    """Every process keeps the lists and the calendar until the stamps change."""
    City.objects.update(data_token=secrets.token_hex(8))
    if any(not table.empty for table in diff.tables if table.target.zh in CALENDAR_TARGETS):
        touch_calendar()
