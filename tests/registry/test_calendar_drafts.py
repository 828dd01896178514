"""Drafts of calendars and profiles: four eyes, a plan that is what publishing writes, a record nobody changes."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from hotline.registry.calendars import drafting, profile_drafting
from hotline.registry.calendars.draft_models import RuleDraft, RuleRecord
from hotline.registry.calendars.draft_queries import sentences, unpublished_year
from hotline.registry.calendars.drafting import Drafted, draft_city_days, draft_hours, draft_notice, publish, withdraw
from hotline.registry.calendars.models import CalendarDay, ProfileInForce, PublishedYear, StoredProfile
from hotline.registry.calendars.plans import plan_of
from hotline.registry.calendars.profile_drafting import Wanted, draft_profile, publish_profile
from hotline.registry.calendars.queries import current_calendar, profile, profile_for
from hotline.registry.loading import load_city
from hotline.rules.lifecycle import Actor
from hotline.rules.profiles import to_dict
from hotline.rules.vocabulary import ClockKind, RequestType, Role, Urgency
from hotline.rules.workdays import missing_year
from tests.cast import Cast
from tests.casting import DATA
from tests.walks import OPENING

NOW = OPENING
SECOND = Actor(id="9002", roles=frozenset({Role.SUPERVISOR}))
NOTICE = """元旦：1月1日至3日放假，共3天。
春节：2月6日至12日放假调休，共7天。2月20日（周六）上班。
清明节：4月3日至5日放假，共3天。
劳动节：5月1日至5日放假调休，共5天。5月8日（周六）上班。
端午节：6月9日放假。
中秋节：9月15日放假。
国庆节：10月1日至7日放假调休，共7天。10月9日（周六）上班。"""
SOURCE = "国办发明电〔2026〕12号"


def codes(done: Drafted) -> list[str]:
    return [refusal.code for refusal in done.refusals]


def noticed(cast: Cast, text: str = NOTICE, year: int = 2027, **more: Any) -> Drafted:
    return draft_notice(year=year, text=text, source=SOURCE, actor=cast.actor("supervisor"), now=NOW, **more)


def published(done: Drafted, actor: Actor = SECOND) -> Drafted:
    assert done.draft, codes(done)
    return publish(number=done.draft.pk, seen=done.draft.edit, actor=actor, now=NOW)


def test_a_year_is_drafted_by_one_and_published_by_another(cast: Cast) -> None:
    drafted = noticed(cast)
    assert drafted.ok, codes(drafted)
    assert 2027 not in current_calendar().published
    assert codes(published(drafted, cast.actor("supervisor"))) == ["rule_draft.second_person"]
    assert drafted.draft
    planned = plan_of(drafted.draft).calendar
    assert published(drafted).ok
    assert current_calendar() == planned
    assert current_calendar().published >= {2026, 2027}
    assert current_calendar().is_workday(date(2027, 2, 20))
    assert not current_calendar().is_workday(date(2027, 2, 8))
    assert PublishedYear.objects.get(year=2027).source == SOURCE
    assert codes(published(drafted)) == ["rule_draft.not_open"]


def test_every_step_is_on_record_with_before_and_after(cast: Cast) -> None:
    drafted = noticed(cast)
    published(drafted)
    lines = list(RuleRecord.objects.order_by("pk"))
    assert [(line.act, line.actor) for line in lines] == [
        ("drafted", cast.actor("supervisor").id),
        ("published", SECOND.id),
    ]
    assert lines[1].before["days"]["2027-02-20"] == ["weekend", ""]
    assert lines[1].after["days"]["2027-02-20"] == ["makeup", "春节"]
    assert (lines[1].before["published"], lines[1].after["published"]) == ([], [2027])
    for statement in ("UPDATE calendars_rulerecord SET actor = 'x'", "DELETE FROM calendars_rulerecord"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_only_supervisors_draft_withdraw_and_publish(cast: Cast) -> None:
    drafted = noticed(cast)
    assert drafted.draft
    for who in ("agent", "director", "auditor", "system_admin", "cgj_head", "team_leader"):
        actor = cast.actor(who)
        asked = draft_notice(year=2028, text=NOTICE, source=SOURCE, actor=actor, now=NOW)
        assert codes(asked) == ["rule_draft.denied"]
        assert codes(published(drafted, actor)) == ["rule_draft.denied"]
        assert codes(withdraw(number=drafted.draft.pk, actor=actor, now=NOW)) == ["rule_draft.denied"]


def test_whoever_changes_a_draft_has_a_hand_in_it(cast: Cast) -> None:
    drafted = noticed(cast)
    assert drafted.draft
    changed = draft_notice(
        year=2027, text=NOTICE, source="更正", actor=SECOND, now=NOW, number=drafted.draft.pk, seen=1
    )
    assert changed.ok, codes(changed)
    assert codes(published(changed)) == ["rule_draft.second_person"]
    stale = publish(number=drafted.draft.pk, seen=1, actor=Actor(id="9003", roles=SECOND.roles), now=NOW)
    assert codes(stale) == ["rule_draft.changed_meanwhile"]


def test_one_open_draft_of_a_year_and_none_without_source_or_change(cast: Cast) -> None:
    first = noticed(cast)
    assert codes(noticed(cast)) == ["rule_draft.already_there"]
    assert first.draft
    assert withdraw(number=first.draft.pk, actor=SECOND, now=NOW).ok
    assert codes(withdraw(number=first.draft.pk, actor=SECOND, now=NOW)) == ["rule_draft.not_open"]
    assert codes(withdraw(number=10**9, actor=SECOND, now=NOW)) == ["rule_draft.not_found"]
    again = noticed(cast)
    assert published(again).ok
    assert codes(noticed(cast)) == ["rule_draft.nothing_changes"]
    blank = draft_notice(year=2028, text="元旦：1月1日放假", source=" ", actor=SECOND, now=NOW, complete=True)
    assert codes(blank) == ["rule_draft.no_source"]
    assert codes(noticed(cast, year=1999)) == ["holiday.year_wrong"]


def test_a_festival_that_is_missing_is_asked_about(cast: Cast) -> None:
    without = NOTICE.replace("端午节", "某节")
    assert codes(noticed(cast, without)) == ["holiday.festival_missing"]
    assert noticed(cast, without, complete=True).ok


def test_a_corrected_notice_takes_the_place_of_the_first(cast: Cast) -> None:
    published(noticed(cast))
    moved = NOTICE.replace("5月8日（周六）", "5月9日（周日）")
    assert published(noticed(cast, moved)).ok
    calendar = current_calendar()
    assert not calendar.is_workday(date(2027, 5, 8))
    assert calendar.is_workday(date(2027, 5, 9))
    assert not CalendarDay.objects.get(date=date(2027, 5, 8)).active


def test_a_day_of_the_city_goes_over_the_notice_and_gives_it_back(cast: Cast) -> None:
    def decided(text: str) -> Drafted:
        done = draft_city_days(text=text, source="市政府决定", actor=cast.actor("supervisor"), now=NOW)
        return published(done) if done.ok else done

    published(noticed(cast))
    assert decided("2027-02-08,上班,抗洪\n2027-03-01,停办,大雪").ok
    calendar = current_calendar()
    assert (calendar.is_workday(date(2027, 2, 8)), calendar.is_workday(date(2027, 3, 1))) == (True, False)
    assert codes(decided("2027-03-01,停办,大雪")) == ["city_day.no_change"]
    assert codes(decided("2027-03-02,上班,开会")) == ["city_day.no_change"]
    assert codes(decided("2020-03-02,停办,大雪")) == ["city_day.past"]
    assert published(noticed(cast, NOTICE.replace("共7天。2月20日（周六）上班", "共7天"))).ok
    assert current_calendar().is_workday(date(2027, 2, 8)), "the city's own day stays when a notice comes"
    assert decided("2027-02-08,恢复,撤销\n2027-03-01,恢复,雪停").ok
    calendar = current_calendar()
    assert calendar.day(date(2027, 2, 8)).name == "春节"
    assert calendar.is_workday(date(2027, 3, 1))


def test_office_hours_have_several_spans_and_survive_loading_the_city(cast: Cast) -> None:
    drafted = draft_hours(text="8:30-12:00\n14：00—18:00", source="夏令时", actor=cast.actor("supervisor"), now=NOW)
    assert drafted.ok, codes(drafted)
    assert published(drafted).ok
    shifts = ((time(8, 30), time(12)), (time(14), time(18)))
    assert current_calendar().shifts == shifts
    load_city(DATA, now=NOW, apply=True)
    assert current_calendar().shifts == shifts
    for text in ("", "8:30-", "14:00-18:00\n8:30-12:00", "12:00-8:30", "8:30-12:00、11:00-13:00"):
        refused = draft_hours(text=text, source="x", actor=cast.actor("supervisor"), now=NOW)
        assert codes(refused) == ["hours.not_spans"], text


def test_the_package_fills_a_year_it_knows() -> None:
    assert str(drafting.packaged_notice(2026)).startswith("date,kind,name\n2026-01-01,holiday,元旦")
    refused = drafting.packaged_notice(2040)
    assert not isinstance(refused, str)
    assert refused.code == "holiday.not_packaged"


@pytest.mark.parametrize(
    ("day", "published_years", "missing"),
    [
        (date(2026, 8, 31), {2026}, None),
        (date(2026, 9, 1), {2026}, 2027),
        (date(2026, 12, 31), {2026, 2027}, None),
        (date(2027, 1, 1), {2026}, 2027),
    ],
)
def test_from_september_on_the_next_year_is_missed(day: date, published_years: set[int], missing: int | None) -> None:
    assert missing_year(published_years, day) == missing


def test_the_check_names_the_missing_year(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hotline.registry.calendars.draft_queries.today", lambda: date(2026, 11, 23))
    assert unpublished_year(date(2026, 11, 23)) == 2027
    assert "2027" in next(sentences())
    published(noticed(cast))
    assert list(sentences()) == []


@pytest.mark.django_db
def test_before_a_city_is_loaded_no_year_is_missed() -> None:
    assert unpublished_year(date(2030, 1, 1)) == 2030
    ProfileInForce.objects.update(active=False)
    assert list(sentences()) == []


# profiles


def wanted(settings: Mapping[str, Any] | None = None, **more: Any) -> Wanted:
    base = to_dict(profile("hefei-2021", 1))
    base["limits"] = {**base["limits"], **(settings or {"reply": {"default": "5wd", "consultation": "2wd"}})}
    said = {"name": base["name"], "effective_from": "2026-04-01", "source": "合政办〔2026〕3号", **more}
    return Wanted(base=("hefei-2021", 1), settings=base, **said)


def drafted_profile(cast: Cast, **more: Any) -> Drafted:
    return draft_profile(wanted=wanted(**more), actor=cast.actor("supervisor"), now=NOW)


def test_the_next_version_holds_from_its_day_and_open_tickets_keep_theirs(cast: Cast) -> None:
    drafted = drafted_profile(cast)
    assert drafted.draft, codes(drafted)
    assert drafted.draft.body["changed"] == ["limits.reply.default", "limits.reply.consultation"]
    mine = publish_profile(number=drafted.draft.pk, seen=1, actor=cast.actor("supervisor"), now=NOW)
    assert codes(mine) == ["rule_draft.second_person"]
    assert publish_profile(number=drafted.draft.pk, seen=1, actor=SECOND, now=NOW).ok
    assert profile_for(datetime(2026, 3, 31, 23, tzinfo=NOW.tzinfo)).version == 1
    later = profile_for(datetime(2026, 4, 1, tzinfo=NOW.tzinfo))
    assert later.version == 2
    limit = later.limit(ClockKind.REPLY, request_type=RequestType.COMPLAINT, urgency=Urgency.ORDINARY)
    assert str(limit) == "5wd"
    marks = StoredProfile.objects.get(key="hefei-2021", version=2).marks
    assert marks["limits.reply.default"] == ["V", "合政办〔2026〕3号"]
    assert marks["extension.max_workdays"][0] == "V"
    assert marks["limits.review"][0] == "P"


def test_every_mistake_is_named_at_its_place(cast: Cast) -> None:
    refused = drafted_profile(
        cast, settings={"reply": {"default": "7天", "consultation": "0wd"}}, effective_from="明天"
    )
    fields = {refusal.field: refusal.code for refusal in refused.refusals}
    assert fields == {
        "limits.reply.default": "profile.not_a_limit",
        "limits.reply.consultation": "profile.not_a_limit",
        "effective_from": "profile.not_a_date",
    }


def test_a_version_never_begins_on_the_day_it_is_published(cast: Cast) -> None:
    today = NOW.date().isoformat()
    assert codes(drafted_profile(cast, effective_from=today)) == ["rule_draft.effective_passed"]
    drafted = drafted_profile(cast)
    assert drafted.draft
    late = publish_profile(number=drafted.draft.pk, seen=1, actor=SECOND, now=NOW + timedelta(days=30))
    assert codes(late) == ["rule_draft.effective_passed"]


def test_nothing_changed_and_an_unknown_base_are_refused(cast: Cast) -> None:
    same = drafted_profile(cast, settings={"reply": {"default": "7wd", "consultation": "3wd"}})
    assert codes(same) == ["rule_draft.nothing_changes"]
    nowhere = Wanted(base=("nowhere", 1), settings={}, name="x", effective_from="2026-04-01", source="x")
    assert codes(draft_profile(wanted=nowhere, actor=SECOND, now=NOW)) == ["profile.version_unknown"]


def test_another_citys_profile_can_be_taken_over(cast: Cast) -> None:
    body = to_dict(profile("shandong", 1))
    asked = Wanted(
        base=("shandong", 1), settings=body, name=body["name"], effective_from="2026-05-01", source="改用山东规则"
    )
    drafted = draft_profile(wanted=asked, actor=cast.actor("supervisor"), now=NOW)
    assert drafted.draft, codes(drafted)
    assert publish_profile(number=drafted.draft.pk, seen=1, actor=SECOND, now=NOW).ok
    assert profile_for(datetime(2026, 4, 30, tzinfo=NOW.tzinfo)).key == "hefei-2021"
    assert profile_for(datetime(2026, 5, 1, tzinfo=NOW.tzinfo)).version_key == "shandong@2"
    load_city(DATA, now=NOW, apply=True)
    assert ProfileInForce.objects.get(starts_on=date(2026, 5, 1)).active


def test_the_database_holds_to_one_open_draft(cast: Cast) -> None:
    drafted = noticed(cast)
    assert drafted.draft
    drafted.draft.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        drafted.draft.save(force_insert=True)
    assert RuleDraft.objects.count() == 1
    assert profile_drafting.next_version("hefei-2021") == 2
