"""deadlines.csv is the table an official signs: every row was worked out by hand from the holiday notices.

The rules are compared with it, never the other way round. A row that fails is settled on paper first.
"""

import csv
import tomllib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from hotline.rules.deadlines import Emergency, Pause, RequestScope, compute_due
from hotline.rules.limits import Limit
from hotline.rules.profiles import Profile, parse_profile
from hotline.rules.vocabulary import CITY_TZ, ClockKind, RequestType, Urgency
from hotline.rules.workdays import Calendar, read_rows

ROOT = Path(__file__).parents[2]
TABLE = Path(__file__).with_name("deadlines.csv")
PROVISIONAL = "（暂定）"

Asked = tuple[str, ClockKind, RequestType, Urgency, bool]

KINDS: dict[str, Asked] = {
    "咨询": ("hefei-2021", ClockKind.REPLY, RequestType.CONSULTATION, Urgency.ORDINARY, False),
    "求助": ("hefei-2021", ClockKind.REPLY, RequestType.HELP, Urgency.ORDINARY, False),
    "投诉": ("hefei-2021", ClockKind.REPLY, RequestType.COMPLAINT, Urgency.ORDINARY, False),
    "举报": ("hefei-2021", ClockKind.REPLY, RequestType.REPORT, Urgency.ORDINARY, False),
    "建议": ("hefei-2021", ClockKind.REPLY, RequestType.SUGGESTION, Urgency.ORDINARY, False),
    "派单": ("hefei-2021", ClockKind.DISPATCH, RequestType.COMPLAINT, Urgency.ORDINARY, False),
    "紧急派单": ("hefei-2021", ClockKind.DISPATCH, RequestType.COMPLAINT, Urgency.URGENT, False),
    "特急派单": ("hefei-2021", ClockKind.DISPATCH, RequestType.COMPLAINT, Urgency.CRITICAL, False),
    "签收": ("hefei-2021", ClockKind.SIGN_IN, RequestType.COMPLAINT, Urgency.ORDINARY, False),
    "紧急签收": ("hefei-2021", ClockKind.SIGN_IN, RequestType.COMPLAINT, Urgency.URGENT, False),
    "特急签收": ("hefei-2021", ClockKind.SIGN_IN, RequestType.COMPLAINT, Urgency.CRITICAL, False),
    "退单裁定": ("hefei-2021", ClockKind.RETURN_RULING, RequestType.COMPLAINT, Urgency.ORDINARY, False),
    "调解": ("hefei-2021", ClockKind.MEDIATION, RequestType.COMPLAINT, Urgency.ORDINARY, False),
    "会办": ("hefei-2021", ClockKind.PANEL, RequestType.COMPLAINT, Urgency.ORDINARY, False),
    "电话反馈": ("hefei-2021", ClockKind.PHONE_FEEDBACK, RequestType.HELP, Urgency.URGENT, False),
    "北京投诉": ("beijing", ClockKind.REPLY, RequestType.COMPLAINT, Urgency.ORDINARY, False),
    "北京疑难": ("beijing", ClockKind.REPLY, RequestType.COMPLAINT, Urgency.ORDINARY, True),
}


def rows() -> list[dict[str, str]]:
    """The signed table."""
    with TABLE.open(encoding="utf-8-sig", newline="") as table:
        return list(csv.DictReader(table))


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=CITY_TZ)


def spans(cell: str) -> tuple[list[tuple[datetime, datetime | None]], datetime | None]:
    """`from/to；from/to@moment to look from`; 未恢复 for a pause that still stands."""
    body, _, seen = cell.partition("@")
    found = []
    for part in body.split("；") if body else []:
        start, _, end = part.partition("/")
        found.append((moment(start), None if end == "未恢复" else moment(end)))
    return found, moment(seen) if seen else None


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    table = (ROOT / "data/holidays/cn-2004-2026.csv").read_text(encoding="utf-8")
    return Calendar.from_rows(read_rows(table))


@pytest.fixture(scope="module")
def profiles() -> dict[str, Profile]:
    files = (ROOT / "data/hefei/profiles").glob("*.toml")
    return {file.stem: parse_profile(tomllib.loads(file.read_text(encoding="utf-8"))) for file in files}


def emergencies(cell: str, profile: Profile) -> Iterator[Emergency]:
    for start, end in spans(cell)[0]:
        yield profile.emergency(name="应急", start=start, planned_end=end)


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['序号']}-{row['类型']}")
def test_row_an_official_signed(row: dict[str, str], calendar: Calendar, profiles: dict[str, Profile]) -> None:
    key, clock, request_type, urgency, is_complex = KINDS[row["类型"]]
    profile = profiles[key]
    limit = profile.limit(clock, request_type=request_type, urgency=urgency, complex=is_complex)
    assert isinstance(limit, Limit)
    pauses, paused_seen = spans(row["暂停"])
    due = compute_due(
        limit=limit,
        start=moment(row["受理时间"]),
        calendar=calendar,
        request=RequestScope(request_type=request_type),
        pauses=[Pause(start, end) for start, end in pauses],
        extension=int(row["延期工作日"] or 0),
        emergencies=list(emergencies(row["应急"], profile)),
        as_of=paused_seen or spans(row["应急"])[1],
    )
    signed = row["到期时间"]
    assert due.due_at == moment(signed.removesuffix(PROVISIONAL)), row["理由"]
    assert due.provisional == signed.endswith(PROVISIONAL), row["理由"]


def test_the_table_is_worth_signing() -> None:
    """Numbered without gaps, each row with its reason, and covering what goes wrong in real calendars."""
    table = rows()
    assert [int(row["序号"]) for row in table] == list(range(1, len(table) + 1))
    assert len(table) >= 60
    assert all(len(row["理由"]) >= 10 for row in table)
    assert {row["类型"] for row in table} == set(KINDS)
    assert {row["受理时间"][:4] for row in table} >= {str(year) for year in range(2019, 2028)}
    assert sum("调休上班" in row["理由"] for row in table) >= 20
    for column, least in (("暂停", 10), ("延期工作日", 4), ("应急", 10)):
        assert sum(bool(row[column]) for row in table) >= least, column
