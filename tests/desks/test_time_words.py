"""Moments as people at a desk say them."""

from datetime import datetime, timedelta

import pytest
from django.utils import translation

from hotline.desks.time_words import age_words, due_words, moment_words, span_words
from hotline.rules.vocabulary import CITY_TZ

NOW = datetime(2026, 5, 6, 12, 10, tzinfo=CITY_TZ)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CITY_TZ)


@pytest.mark.parametrize(
    ("due", "zh", "en"),
    [
        ("2026-05-06 14:20", "今天 14:20 到期（剩 2 小时 10 分）", "due today 14:20 (2 h 10 min left)"),
        ("2026-05-06 12:10:30", "今天 12:10 到期（剩不到 1 分）", "due today 12:10 (under a minute left)"),
        ("2026-05-06 13:10", "今天 13:10 到期（剩 1 小时）", "due today 13:10 (1 h left)"),
        ("2026-05-07 12:10", "明天 12:10 到期（剩 1 天）", "due tomorrow 12:10 (1 d left)"),
        ("2026-05-08 17:30", "后天 17:30 到期（剩 2 天 5 小时）", "due the day after tomorrow 17:30 (2 d 5 h left)"),
        ("2026-05-20 17:30", "5月20日 17:30 到期（剩 14 天）", "due 20 May 17:30 (14 d left)"),
        ("2027-01-04 17:30", "2027年1月4日 17:30 到期（剩 243 天）", "due 4 Jan 2027 17:30 (243 d left)"),
        ("2026-05-06 12:10", "今天 12:10 到期（刚刚到期）", "due today 12:10 (just now)"),
        ("2026-05-05 09:05", "昨天 09:05 到期（已超 1 天 3 小时）", "due yesterday 09:05 (over by 1 d 3 h)"),
        ("2026-04-30 17:30", "4月30日 17:30 到期（已超 5 天）", "due 30 Apr 17:30 (over by 5 d)"),
    ],
)
def test_a_due_time_says_when_and_how_long(due: str, zh: str, en: str) -> None:
    with translation.override("zh-hans"):
        assert due_words(moment(due), NOW).sentence == zh
    with translation.override("en"):
        assert due_words(moment(due), NOW).sentence == en


def test_a_moment_is_said_in_city_time_with_the_full_date_for_the_pointer() -> None:
    late = datetime.fromisoformat("2026-05-06T20:30:00+00:00")
    with translation.override("zh-hans"):
        said = moment_words(late, NOW)
    assert (said.short, said.full) == ("明天 04:30", "2026年5月7日 星期四 04:30")
    assert said.iso == "2026-05-07T04:30:00+08:00"


@pytest.mark.parametrize(
    ("minutes", "zh"),
    [(0, "0 分"), (59, "59 分"), (60, "1 小时"), (23 * 60 + 59, "23 小时"), (24 * 60, "1 天"), (90 * 24 * 60, "90 天")],
)
def test_an_age_has_one_part(minutes: int, zh: str) -> None:
    with translation.override("zh-hans"):
        assert age_words(NOW - timedelta(minutes=minutes), NOW) == zh


def test_whole_days_have_no_hours() -> None:
    with translation.override("zh-hans"):
        assert span_words(timedelta(days=3)) == "3 天"
        assert span_words(timedelta(days=3, minutes=59)) == "3 天"
