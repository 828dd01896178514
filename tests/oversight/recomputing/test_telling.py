"""Who is told of a missing year and of a draft that waits: once a week, and again after a change."""

from datetime import date, timedelta

import pytest

from hotline.oversight.notices.models import Notice
from hotline.oversight.recomputing.telling import ask_second, warn, warn_owners
from hotline.registry.calendars.commands import touch_calendar
from hotline.registry.calendars.drafting import draft_city_days
from hotline.registry.calendars.models import PublishedYear
from hotline.registry.people.models import RoleGrant, User
from hotline.registry.units.rule_models import DirectoryRule
from hotline.rules.vocabulary import Role
from tests.cast import PASSWORD, Cast
from tests.visits import at, said, signed_in
from tests.walks import OPENING

AUTUMN = OPENING.replace(month=9, day=1)


def told() -> list[tuple[str, str, str]]:
    rows = Notice.objects.order_by("pk").values_list("recipient__username", "kind", "number")
    return sorted(rows)


def test_keepers_are_told_once_a_week_from_september_on(cast: Cast) -> None:
    assert warn(now=AUTUMN - timedelta(days=1)) is None
    assert told() == []
    for moment in (AUTUMN, AUTUMN + timedelta(hours=5)):
        assert warn(now=moment) == 2027
    expected = [("supervisor", "calendar_missing", "2027"), ("system_admin", "calendar_missing", "2027")]
    assert told() == expected
    warn(now=AUTUMN + timedelta(days=7))
    assert len(told()) == 4
    PublishedYear.objects.create(year=2027, source="x", loaded_at=AUTUMN)
    touch_calendar()
    assert warn(now=AUTUMN + timedelta(days=14)) is None
    client = signed_in(cast, "system_admin")
    with at(AUTUMN):
        assert "放假安排还没有导入" in said(client.get("/notices/").content.decode())
        pk = Notice.objects.filter(recipient=cast.user("system_admin")).latest("pk").pk
        assert client.get(f"/notices/{pk}/").headers["Location"] == "/calendar/2027/"


def test_the_other_supervisors_are_told_of_a_draft(cast: Cast) -> None:
    second = User.objects.create_user("supervisor2", password=PASSWORD, full_name="方敏", unit_id="RX12345")
    RoleGrant.objects.create(user=second, role=Role.SUPERVISOR, valid_from=date(2020, 1, 1))
    writer = cast.actor("supervisor")
    done = draft_city_days(text="2026-12-31,停办,大雪", source="一", actor=writer, now=OPENING)
    assert done.draft
    for _ in range(2):
        ask_second(done.draft, by=writer.id, now=OPENING)
    assert told() == [("supervisor2", "calendar_drafted", str(done.draft.pk))]
    done.draft.edit += 1
    ask_second(done.draft, by=str(second.pk), now=OPENING)
    assert ("supervisor", "calendar_drafted", str(done.draft.pk)) in told()


def test_owners_of_lines_of_the_directory_are_told_once_before_they_run_out(cast: Cast) -> None:
    end = OPENING.date() + timedelta(days=40)
    line = DirectoryRule.objects.filter(owner_id="CGJ").earliest("number")
    DirectoryRule.objects.filter(pk=line.pk).update(valid_to=end)
    assert warn_owners(now=OPENING + timedelta(days=9)) == 0
    assert told() == []
    for days in (10, 11):
        assert warn_owners(now=OPENING + timedelta(days=days)) == 1
    people = {person for person, kind, number in told() if (kind, number) == ("directory_runs_out", line.number)}
    assert people >= {"cgj_handler", "cgj_head", "supervisor"}
    assert len(told()) == len(people)
    DirectoryRule.objects.filter(pk=line.pk).update(valid_to=end + timedelta(days=1))
    warn_owners(now=OPENING + timedelta(days=12))
    assert len(told()) == 2 * len(people)
    client = signed_in(cast, "cgj_head")
    with at(OPENING + timedelta(days=12)):
        assert "派单目录里的这条规则即将到期" in said(client.get("/notices/").content.decode())
        pk = Notice.objects.filter(recipient=cast.user("cgj_head")).latest("pk").pk
        assert client.get(f"/notices/{pk}/").headers["Location"] == f"/directory/rules/{line.number}/"


@pytest.mark.parametrize("who", ["agent", "cgj_head"])
def test_nobody_else_is_told(cast: Cast, who: str) -> None:
    warn(now=AUTUMN)
    assert not Notice.objects.filter(recipient=cast.user(who)).exists()
