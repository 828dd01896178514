"""Rosters are kept by the unit and by the office, read by nobody else, and a file is taken whole or not at all."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from hotline.registry.duty.checking import PatternData, TurnData, read_moment
from hotline.registry.duty.commands import add_address, cancel_turn, end_address, plan_turn, plan_weekly
from hotline.registry.duty.models import DutyTurn, UnitAddress
from hotline.registry.duty.queries import addresses, every_roster, roster, rosters
from hotline.registry.duty.reading import MOST_LINES, SAMPLE, Sheet, import_sheet, read_sheet
from hotline.registry.duty.standing import keeps, reads
from hotline.rules.vocabulary import CITY_TZ
from tests.cast import Cast
from tests.walks import OPENING

pytestmark = pytest.mark.django_db
UNITS = {"CGJ", "STHJ", "RX12345"}
TURN = TurnData("CGJ", "night", OPENING + timedelta(hours=9), OPENING + timedelta(hours=23), "赵海涛", "13900000011")
WEEKLY = PatternData("CGJ", "day", frozenset(range(7)), time(8), time(18), "孙丽华", "0551-62345678", OPENING.date())


def codes(cast: Cast, data: TurnData, who: str = "cgj_handler") -> list[str]:
    return [refusal.code for refusal in plan_turn(data=data, actor=cast.actor(who), now=OPENING).refusals]


def test_a_unit_plans_its_own_turns_and_cancels_them(cast: Cast):
    done = plan_turn(data=TURN, actor=cast.actor("cgj_handler"), now=OPENING)
    assert done.ok
    assert [turn.name for turn in roster("CGJ", since=OPENING).at(OPENING + timedelta(hours=10))] == ["赵海涛"]
    actor = cast.actor("cgj_head")
    assert cancel_turn(unit="CGJ", pk=done.pk, weekly=False, actor=actor, now=OPENING).ok
    assert roster("CGJ", since=OPENING).empty
    again = cancel_turn(unit="CGJ", pk=done.pk, weekly=False, actor=actor, now=OPENING)
    assert again.refusals[0].code == "duty.not_found"
    assert DutyTurn.objects.get().cancelled_by == str(cast.user("cgj_head").pk)


@pytest.mark.parametrize(
    ("who", "reading", "keeping"),
    [
        ("cgj_handler", True, True),
        ("team_leader", True, True),
        ("agent", True, False),
        ("director", True, False),
        ("sthj_head", False, False),
        ("street_handler", False, False),
        ("system_admin", False, False),
        ("security_admin", False, False),
    ],
)
def test_numbers_are_for_the_unit_and_the_office(cast: Cast, who: str, reading: bool, keeping: bool):
    actor = cast.actor(who)
    assert (reads(actor, "CGJ"), keeps(actor, "CGJ")) == (reading, keeping)
    assert (codes(cast, TURN, who) == []) is keeping


def test_whoever_stands_above_asks_the_office(cast: Cast):
    assert not reads(cast.actor("ly_head"), "LY-SXK")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "nap"}, "duty.kind_unknown"),
        ({"name": " "}, "duty.name_missing"),
        ({"phone": "12"}, "duty.phone_malformed"),
        ({"phone": "１３９００００００１１"}, "duty.phone_malformed"),
        ({"begins_at": None}, "duty.time_malformed"),
        ({"ends_at": TURN.begins_at}, "duty.ends_first"),
        ({"ends_at": OPENING + timedelta(days=60)}, "duty.too_long"),
        ({"begins_at": OPENING - timedelta(days=2), "ends_at": OPENING}, "duty.over_already"),
    ],
)
def test_a_turn_that_cannot_be_is_refused(cast: Cast, change: dict[str, object], code: str):
    assert codes(cast, replace(TURN, **change)) == [code]  # type: ignore[arg-type]  # one field at a time
    assert not DutyTurn.objects.exists()


def test_nobody_is_planned_twice_for_the_same_time(cast: Cast):
    assert codes(cast, TURN) == []
    assert codes(cast, replace(TURN, begins_at=OPENING + timedelta(hours=12))) == ["duty.overlaps"]
    assert codes(cast, replace(TURN, name="周文斌")) == []
    assert codes(cast, replace(TURN, kind="leader")) == []


def test_a_weekly_pattern_holds_until_it_is_cancelled(cast: Cast):
    actor = cast.actor("cgj_handler")
    done = plan_weekly(data=WEEKLY, actor=actor, now=OPENING)
    later = OPENING + timedelta(days=400)
    assert [turn.name for turn in roster("CGJ", since=later).at(later)] == ["孙丽华"]
    assert set(every_roster(since=OPENING)) == {"CGJ"}
    assert set(rosters(["CGJ", "STHJ"], since=OPENING)) == {"CGJ", "STHJ"}
    assert cancel_turn(unit="CGJ", pk=done.pk, weekly=True, actor=actor, now=OPENING).ok
    assert not every_roster(since=OPENING)


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"weekdays": frozenset()}, ["duty.weekdays_missing"]),
        ({"begins": None, "ends": None}, ["duty.time_malformed"] * 2),
        ({"until": date(2026, 1, 1)}, ["duty.ends_first"]),
    ],
)
def test_a_pattern_that_cannot_be_is_refused(cast: Cast, change: dict[str, object], codes: list[str]):
    data = replace(WEEKLY, **change)  # type: ignore[arg-type]  # one field at a time
    done = plan_weekly(data=data, actor=cast.actor("cgj_handler"), now=OPENING)
    assert [refusal.code for refusal in done.refusals] == codes


def test_addresses_of_a_unit(cast: Cast):
    actor = cast.actor("cgj_handler")

    def added(channel: str, to: str) -> str:
        done = add_address(unit="CGJ", channel=channel, to=to, actor=actor, now=OPENING)
        return done.refusals[0].code if done.refusals else ""

    assert added("email", "zhiban@cgj.example.cn") == ""
    assert added("email", "zhiban@cgj.example.cn") == "duty.address_twice"
    assert added("email", "13900000011") == "duty.address_malformed"
    assert added("sms", "0551-62345678") == "duty.address_malformed"
    assert added("webhook", "https://inside.example") == "duty.address_malformed"
    assert [one.to for one in addresses(["CGJ", "STHJ"])] == ["zhiban@cgj.example.cn"]
    assert end_address(unit="CGJ", pk=UnitAddress.objects.get().pk, actor=actor, now=OPENING).ok
    assert addresses(["CGJ"]) == []
    assert added("email", "zhiban@cgj.example.cn") == ""


HEAD = "单位,班次,开始,结束,姓名,电话\n"
NIGHT = "CGJ,夜班,2026-10-03 18:00,2026-10-04 08:00,赵海涛,13800000001\n"


def read(cast: Cast, text: str, who: str = "team_leader") -> Sheet:
    return read_sheet(text.encode(), units=UNITS, actor=cast.actor(who), now=OPENING)


def test_the_sample_is_a_good_file(cast: Cast):
    sheet = read(cast, "\ufeff" + SAMPLE)
    assert sheet.ok
    assert [line.data.kind for line in sheet.lines] == ["night", "leader"]
    assert not DutyTurn.objects.exists()


def test_a_file_is_imported_whole(cast: Cast):
    done = import_sheet(content=SAMPLE.encode(), units=UNITS, actor=cast.actor("team_leader"), now=OPENING)
    assert (done.written, DutyTurn.objects.count()) == (2, 2)
    at = datetime(2026, 10, 3, 23, tzinfo=CITY_TZ)
    assert [turn.name for turn in roster("CGJ", since=OPENING).at(at)] == ["赵海涛", "周文斌"]
    again = import_sheet(content=SAMPLE.encode(), units=UNITS, actor=cast.actor("team_leader"), now=OPENING)
    assert again.written == 0
    assert {refusal.code for line in again.lines for refusal in line.refusals} == {"duty.overlaps"}
    assert DutyTurn.objects.count() == 2


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (NIGHT.replace("CGJ", ""), "duty.unit_missing"),
        (NIGHT.replace("CGJ", "XXX"), "duty.no_unit"),
        (NIGHT.replace("夜班", "晚班"), "duty.kind_unknown"),
        (NIGHT.replace("2026-10-03 18:00", "十月三日"), "duty.time_malformed"),
        (NIGHT.replace("2026-10-04", "2026-10-02"), "duty.ends_first"),
        (NIGHT.replace("2026-10", "2025-10"), "duty.over_already"),
        (NIGHT.replace("赵海涛", ""), "duty.name_missing"),
        (NIGHT.replace("13800000001", "打总机"), "duty.phone_malformed"),
        (NIGHT.replace("\n", ",多了一格\n"), "duty_file.line_broken"),
    ],
)
def test_one_bad_line_stops_the_file(cast: Cast, line: str, code: str):
    text = HEAD + "STHJ,白班,2026-10-03 08:00,2026-10-03 18:00,郑晓东,13800000003\n" + line
    sheet = import_sheet(content=text.encode(), units=UNITS, actor=cast.actor("team_leader"), now=OPENING)
    assert [refusal.code for refusal in sheet.lines[1].refusals] == [code]
    assert not DutyTurn.objects.exists()


def test_the_same_turn_twice_in_a_file_is_found(cast: Cast):
    sheet = read(cast, HEAD + NIGHT + NIGHT)
    assert [[refusal.code for refusal in line.refusals] for line in sheet.lines] == [[], ["duty_file.twice"]]


def test_a_unit_imports_its_own_turns_only(cast: Cast):
    sheet = read(cast, HEAD + NIGHT, "sthj_handler")
    assert [refusal.code for refusal in sheet.lines[0].refusals] == ["duty.denied"]
    assert read(cast, HEAD + NIGHT, "cgj_handler").ok


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfe\x00", "duty_file.unreadable"),
        (b"PK\x03\x04" + bytes(50), "duty_file.unreadable"),
        (b"", "duty_file.empty"),
        (HEAD.encode(), "duty_file.empty"),
        ("单位,姓名\nCGJ,赵海涛\n".encode(), "duty_file.column_missing"),
        ((HEAD + NIGHT * (MOST_LINES + 1)).encode(), "duty_file.too_large"),
    ],
)
def test_what_is_no_roster_is_refused(cast: Cast, content: bytes, code: str):
    sheet = read_sheet(content, units=UNITS, actor=cast.actor("team_leader"), now=OPENING)
    assert sheet.refusals[0].code == code


def test_moments_are_city_time():
    assert read_moment(" 2026/10/03 18:00 ") == datetime(2026, 10, 3, 18, tzinfo=CITY_TZ)
    assert read_moment("2026-13-03 18:00") is None
