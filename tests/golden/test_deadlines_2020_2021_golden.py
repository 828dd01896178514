"""deadlines_2020_2021.csv, row by row: what an official worked out by hand, against the rules of the platform.

The rules are compared with the table, never the other way round. A row that fails is settled on paper first.
"""

import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from hotline.config import cli_rules
from hotline.rules.deadlines import compute_due
from hotline.rules.limits import Limit
from hotline.rules.profiles import Profile, parse_profile, rework_limit
from hotline.rules.vocabulary import PROMISES, Channel, ClockKind, RequestType, Urgency
from tests.golden.played_rows import played
from tests.golden.signed_rows import CLOCKS, TYPES, Row, moment, rows
from tests.rules.holidays import ROOT, city_calendar

CALENDAR = city_calendar()
SIGNED = rows()


@cache
def profile(key: str) -> Profile:
    file = Path(ROOT, f"data/hefei/profiles/{key}.toml")
    return parse_profile(tomllib.loads(file.read_text(encoding="utf-8")))


def limit_of(row: Row) -> Limit:
    rules, course = profile(row.profile), row.course
    limit = rules.limit(
        row.clock,
        request_type=row.request_type,
        urgency=row.urgency,
        complex=course.complex,
        channel=row.channel,
    )
    assert isinstance(limit, Limit)
    return rework_limit(rules, limit) if course.rework else limit


@pytest.mark.parametrize("row", SIGNED, ids=str)
def test_row_an_official_signed(row: Row) -> None:
    course, promise = row.course, row.clock in PROMISES
    due = compute_due(
        limit=limit_of(row),
        start=row.counted_from,
        calendar=CALENDAR,
        request=row.scope,
        pauses=course.pauses,
        extension=course.extension,
        emergencies=[span.under(profile(row.profile)) for span in course.emergencies] if promise else (),
        superior_due=course.superior,
        as_of=course.seen or row.counted_from,
    )
    assert due.due_at == row.due_at, row.reason
    assert not due.provisional
    assert due.explanation


def still_paused(row: Row) -> bool:
    """The due time of a clock at rest is set when it runs again; until then only a calculation knows it."""
    return any(pause.end is None for pause in row.course.pauses)


@pytest.mark.parametrize("row", [row for row in SIGNED if not still_paused(row)], ids=str)
def test_the_acts_of_the_lifecycle_bring_the_same_due_time(row: Row) -> None:
    story = played(row, profile(row.profile), CALENDAR)
    clock = story.clock(row.clock)
    assert clock.running
    assert clock.due_at == row.due_at, row.reason
    assert clock.started_at == row.counted_from


def asked(row: Row) -> list[str] | None:
    """The row as a question to `hotline rules due`, if it can be put as one."""
    course = row.course
    if row.clock is not ClockKind.REPLY or course.rework or course.superior or course.complex:
        return None
    if len(course.emergencies) > 1 or any(span.district for span in course.emergencies):
        return None
    words = ["--profile", row.profile, "--type", row.request_type.value, "--urgency", row.urgency.value]
    words += ["--channel", row.channel.value, "--opened", row.start.isoformat(), "--extend", str(course.extension)]
    for pause in course.pauses:
        words += ["--pause", f"{pause.start.isoformat()}..{pause.end.isoformat() if pause.end else ''}"]
    for span in course.emergencies:
        end = span.ended or span.until
        words += ["--emergency", f"{span.start.isoformat()}..{end.isoformat() if end else ''}"]
    return words + (["--as-of", course.seen.isoformat()] if course.seen else [])


@pytest.fixture(scope="module")
def city(monkeypatch_module: pytest.MonkeyPatch) -> None:
    """The city's files are read once for all rows."""
    monkeypatch_module.setattr(cli_rules, "city_files", cache(cli_rules.city_files))


@pytest.fixture(scope="module")
def monkeypatch_module() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.mark.usefixtures("city")
@pytest.mark.parametrize("row", [row for row in SIGNED if asked(row)], ids=str)
def test_the_command_line_agrees(row: Row) -> None:
    found = CliRunner().invoke(cli_rules.rules, ["due", *(asked(row) or []), "--json"])
    assert found.exit_code == 0, found.output
    report = json.loads(found.output)
    assert report["due_at"] == row.due_at.isoformat(), row.reason
    assert report["explanation"].endswith("。")


def test_most_rows_can_be_asked_on_the_command_line() -> None:
    assert sum(asked(row) is not None for row in SIGNED) >= 190


def test_the_table_is_worth_signing() -> None:
    """Numbered without gaps, each with its reason, and covering what goes wrong in real calendars."""
    assert [row.number for row in SIGNED] == list(range(1, len(SIGNED) + 1))
    assert len(SIGNED) >= 200
    assert all(len(row.reason) >= 8 for row in SIGNED)
    assert {row.request_type for row in SIGNED} == set(TYPES.values()) == set(RequestType)
    assert {row.urgency for row in SIGNED} == set(Urgency)
    assert {row.clock for row in SIGNED} == set(CLOCKS.values()) == set(ClockKind) - {ClockKind.PARK_REVIEW}
    assert {row.channel for row in SIGNED} == set(Channel) - {Channel.SMS, Channel.LEADER_DAY}
    courses = Counter(word.split(" ")[0] for row in SIGNED for word in row.written["经过"].split("；"))
    least = {"暂停": 20, "延期": 12, "应急": 25, "上级": 6, "改派": 6, "重办": 8, "查看": 12, "疑难": 4}
    assert all(courses[word] >= number for word, number in least.items()), courses


CROSSED = {
    "2020-01-24": 25,
    "2020-02-01": 20,
    "2020-04-06": 4,
    "2020-05-01": 8,
    "2020-06-25": 5,
    "2020-10-01": 12,
    "2021-01-01": 6,
    "2021-02-12": 20,
    "2021-04-05": 3,
    "2021-05-01": 8,
    "2021-06-14": 3,
    "2021-09-21": 6,
    "2021-10-01": 6,
}
"""How many rows at least run across a day of each holiday of the two years."""


@pytest.mark.parametrize(("day", "least"), CROSSED.items())
def test_every_holiday_of_the_two_years_is_crossed(day: str, least: int) -> None:
    noon = moment(f"{day} 12:00")
    assert sum(row.start < noon < row.due_at for row in SIGNED) >= least


def test_make_up_days_are_days_on_which_limits_end() -> None:
    """Every make-up day of both notices is the last day of some row; the one that was cancelled is not."""
    made_up = "2020-01-19 2020-04-26 2020-05-09 2020-06-28 2020-09-27 2020-10-10"
    made_up += " 2021-02-07 2021-02-20 2021-04-25 2021-05-08 2021-09-18 2021-09-26 2021-10-09"
    ends = {row.written["到期时间"][:10] for row in SIGNED}
    assert set(made_up.split()) <= ends
    assert not any(row.written["到期时间"] == "2020-02-01 17:30" for row in SIGNED)
