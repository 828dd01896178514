"""The calendar and the profiles come out of the database as the rules' own values, and are read once."""

from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hotline.registry.calendars import queries
from hotline.registry.calendars.commands import touch_calendar
from hotline.registry.calendars.models import CalendarDay, CalendarStamp
from hotline.registry.loading import load_city
from hotline.registry.loading.read import CityFiles
from hotline.rules.profiles import Profile
from hotline.rules.vocabulary import CITY_TZ
from hotline.rules.workdays import Calendar, DayKind
from tests.registry.hefei_city import NOW, day


@pytest.mark.usefixtures("hefei")
def test_calendar_is_the_rules_calendar() -> None:
    calendar = queries.current_calendar()
    assert isinstance(calendar, Calendar)
    assert calendar.day(day("2026-10-01")).kind is DayKind.HOLIDAY
    assert calendar.is_workday(day("2026-10-10")), "a Saturday worked for the holiday"
    assert not calendar.is_workday(day("2026-10-17"))
    assert 2026 in calendar.published
    assert calendar.shifts == ((time(8, 30), time(12)), (time(14), time(17, 30)))


@pytest.mark.usefixtures("hefei")
def test_calendar_costs_one_row_and_is_kept() -> None:
    calendar = queries.current_calendar()
    with CaptureQueriesContext(connection) as asked:
        assert queries.current_calendar() is calendar
    assert len(asked) == 1


@pytest.mark.usefixtures("hefei")
def test_calendar_is_read_anew_after_a_change() -> None:
    before = queries.current_calendar()
    CalendarDay.objects.create(date=day("2026-06-01"), kind=DayKind.CLOSURE, name="高温停工")
    assert queries.current_calendar() is before
    touch_calendar()
    assert not queries.current_calendar().is_workday(day("2026-06-01"))


@pytest.mark.django_db
def test_without_data_weekends_count_and_there_is_no_profile() -> None:
    calendar = queries.current_calendar()
    assert calendar.published == frozenset()
    assert calendar.is_workday(day("2026-10-01"))
    with pytest.raises(queries.NoProfile):
        queries.profile_for(NOW)
    assert queries.profiles() == []
    assert not CalendarStamp.objects.exists()


@pytest.mark.usefixtures("hefei")
def test_profile_in_force_is_the_citys() -> None:
    found = queries.profile_for(NOW)
    assert isinstance(found, Profile)
    assert found.version_key == "hefei-2021@1"
    assert queries.profile("hefei-2021", 1) is found
    with CaptureQueriesContext(connection) as asked:
        assert queries.profile_for(NOW) is found
    assert len(asked) == 1
    assert queries.profiles()[0].key == "beijing"
    with pytest.raises(queries.NoProfile):
        queries.profile("hefei-2021", 9)


@pytest.mark.usefixtures("hefei")
def test_stored_profiles_are_what_the_files_say(files: CityFiles) -> None:
    assert {profile.version_key: profile for profile in queries.profiles()} == {
        profile.version_key: profile for profile in files.profiles
    }


@pytest.mark.usefixtures("hefei")
def test_a_moment_before_the_first_version_is_judged_by_it() -> None:
    assert queries.profile_for(datetime(2005, 1, 1, 8, tzinfo=CITY_TZ)).version_key == "hefei-2021@1"


@pytest.mark.usefixtures("hefei")
def test_a_new_version_holds_from_its_midnight_in_city_time(folder: Path) -> None:
    old = (folder / "profiles" / "hefei-2021.toml").read_text(encoding="utf-8")
    new = old.replace("version = 1", "version = 2").replace(
        "effective_from = 2020-01-01", "effective_from = 2026-05-01"
    )
    (folder / "profiles" / "hefei-2021-v2.toml").write_text(new, encoding="utf-8")
    load_city(folder, now=NOW, apply=True)
    midnight = datetime(2026, 5, 1, tzinfo=CITY_TZ)
    assert queries.profile_for(midnight - timedelta(seconds=1)).version == 1
    assert queries.profile_for(midnight).version == 2
    assert queries.profile("hefei-2021", 1).version == 1, "old tickets keep theirs"


@pytest.mark.usefixtures("hefei")
def test_another_profile_from_a_day_on(folder: Path) -> None:
    with (folder / "city.toml").open("a", encoding="utf-8") as city:
        city.write('\n[[rule_profile]]\nkey = "tianjin"\nfrom = 2026-07-01\n')
    load_city(folder, now=NOW, apply=True)
    assert queries.profile_for(datetime(2026, 6, 30, tzinfo=CITY_TZ)).key == "hefei-2021"
    assert queries.profile_for(datetime(2026, 7, 1, tzinfo=CITY_TZ)).key == "tianjin"


@pytest.mark.usefixtures("hefei")
def test_days_and_years_for_the_calendar_page() -> None:
    named = queries.days_between(day("2026-10-01"), day("2026-10-31"))
    assert [found.date for found in named] == sorted(found.date for found in named)
    assert {found.name for found in named} == {"国庆节"} | ({"中秋节"} & {found.name for found in named})
    years = queries.published_years()
    assert (years[0].year, years[0].source, years[0].loaded_at) == (2026, "cn-2004-2026.csv", NOW)
