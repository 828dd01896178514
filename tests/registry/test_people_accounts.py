"""Accounts and roles in the hands of three administrators: each command, what it refuses, and what it writes down."""

import json
from collections.abc import Iterator
from datetime import date, timedelta

import psycopg
import pytest
from django.contrib.auth.hashers import check_password
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError

from hotline.registry.people import accounts, audit, recording, roles, roster, safety
from hotline.registry.people.accounts import AccountData, one_time_password
from hotline.registry.people.directory import PeopleFilter, counts, people, person_file
from hotline.registry.people.models import AdminEntry, ApiToken, RoleGrant, SignInEntry, User
from hotline.registry.people.recording import Done
from hotline.registry.people.roles import GrantData
from hotline.rules.lifecycle import SYSTEM
from hotline.rules.sentences import render
from hotline.rules.vocabulary import CITY_TZ, Role
from tests.cast import Cast
from tests.walks import OPENING

pytestmark = pytest.mark.django_db
NOW = OPENING
TODAY = NOW.astimezone(CITY_TZ).date()
ZHANG = AccountData("张三", "CGJ", "CG-7", "0551-65350000")


def made(cast: Cast, username: str = "zhangsan", data: AccountData = ZHANG, **more: str) -> User:
    done = accounts.create_account(username=username, data=data, actor=cast.actor("system_admin"), now=NOW, **more)
    assert done.ok, codes(done)
    assert done.person is not None
    return done.person


def confirmed(cast: Cast, username: str = "zhangsan", data: AccountData = ZHANG) -> User:
    person = made(cast, username, data)
    assert roles.confirm_account(person=person.pk, actor=cast.actor("security_admin"), now=NOW).ok
    person.refresh_from_db()
    return person


def given(cast: Cast, person: User, role: Role, **more: object) -> Done:
    grant = GrantData(role, **more)  # type: ignore[arg-type]  # a test's keywords
    return roles.grant_role(person=person.pk, grant=grant, actor=cast.actor("security_admin"), now=NOW)


def codes(done: Done) -> list[str]:
    assert all(render(refusal, "zh") and render(refusal, "en") for refusal in done.refusals)
    return [refusal.code for refusal in done.refusals]


def acts() -> list[str]:
    return list(AdminEntry.objects.order_by("seq").values_list("act", flat=True))


def test_an_account_waits_for_the_second_administrator(cast: Cast):
    person = made(cast, wanted_role="unit_handler")
    assert (person.state, person.is_active, person.password_due) == ("awaiting", False, True)
    done = roles.confirm_account(person=person.pk, actor=cast.actor("security_admin"), now=NOW, with_role=True)
    assert done.ok
    person.refresh_from_db()
    assert (person.state, person.wanted_role) == ("active", "")
    assert person.roles_on(TODAY) == {Role.UNIT_HANDLER}
    assert acts() == ["create_account", "confirm_account", "grant_role"]
    assert list(recording.sentences()) == []


def test_the_one_time_password_is_said_once_and_kept_nowhere(cast: Cast):
    done = accounts.create_account(username="zhang", data=ZHANG, actor=cast.actor("system_admin"), now=NOW)
    assert done.person is not None
    assert check_password(done.password, done.person.password)
    assert len(done.password) == 17
    assert done.password not in repr(done)
    assert done.password not in json.dumps(list(AdminEntry.objects.values("before", "after")))
    assert len({one_time_password() for _ in range(100)}) == 100


@pytest.mark.parametrize(
    ("username", "data", "expected"),
    [
        ("z", ZHANG, "people.username_malformed"),
        ("张三", ZHANG, "people.username_malformed"),
        ("CGJ_Handler", ZHANG, "people.username_taken"),
        ("z1", AccountData("", "CGJ"), "people.name_missing"),
        ("z1", AccountData("张\x00三", "CGJ"), "people.name_missing"),
        ("z1", AccountData("张" * 51, "CGJ"), "people.name_missing"),
        ("z1", AccountData("张三", "NOWHERE"), "people.unit_unknown"),
        ("z1", AccountData("张三", "\x00"), "people.unit_unknown"),
        ("z1", AccountData("张三"), "people.unit_missing"),
        ("z1", AccountData("张三", "CGJ", "工号"), "people.staff_no_malformed"),
        ("z1", AccountData("张三", "CGJ", "", "call me"), "people.phone_malformed"),
    ],
)
def test_what_is_wrong_with_a_person_is_said(cast: Cast, username: str, data: AccountData, expected: str):
    done = accounts.create_account(username=username, data=data, actor=cast.actor("system_admin"), now=NOW)
    assert codes(done) == [expected]
    assert acts() == []


def test_each_keeps_to_his_own_part(cast: Cast):
    person = confirmed(cast)
    for who in ("security_admin", "audit_admin", "director", "cgj_head", "agent"):
        done = accounts.create_account(username="li", data=ZHANG, actor=cast.actor(who), now=NOW)
        assert codes(done) == ["people.act_denied"], who
    for who in ("system_admin", "audit_admin", "director", "cgj_head", "agent"):
        grant = GrantData(Role.AGENT)
        done = roles.grant_role(person=person.pk, grant=grant, actor=cast.actor(who), now=NOW)
        assert codes(done) == ["people.act_denied"], who
        assert codes(safety.end_sessions(person=person.pk, actor=cast.actor(who), now=NOW)) == ["people.act_denied"]
    assert codes(audit.note_export(which="log", actor=cast.actor("security_admin"), now=NOW)) == ["people.act_denied"]


def test_nobody_grants_a_role_to_himself_or_touches_his_own_account(cast: Cast):
    own, system = cast.user("security_admin"), cast.user("system_admin")
    assert codes(given(cast, own, Role.DIRECTOR)) == ["people.own_account"]
    done = accounts.reset_password(person=system.pk, actor=cast.actor("system_admin"), now=NOW)
    assert codes(done) == ["people.own_account"]


def test_a_role_withdrawn_a_moment_ago_opens_nothing(cast: Cast):
    """The actor was looked up when the page was opened; the command looks again."""
    stale = cast.actor("security_admin")
    RoleGrant.objects.filter(user=cast.user("security_admin")).update(valid_to=TODAY)
    done = roles.grant_role(person=cast.user("agent").pk, grant=GrantData(Role.DISPATCHER), actor=stale, now=NOW)
    assert codes(done) == ["people.act_denied"]


def test_roles_that_exclude_one_another_are_refused_with_a_sentence(cast: Cast):
    assert codes(given(cast, cast.user("agent"), Role.SYSTEM_ADMIN)) == ["role.admin_and_business"]
    assert codes(given(cast, cast.user("system_admin"), Role.AUDIT_ADMIN)) == ["role.admins_apart"]
    assert codes(given(cast, cast.user("auditor"), Role.REVIEWER)) == ["role.onlooker_acts"]
    done = given(cast, cast.user("cgj_handler"), Role.REVIEWER)
    assert codes(done) == ["role.judge_and_judged"]
    assert "承办人" in render(done.refusals[0], "zh")
    assert given(cast, cast.user("agent"), Role.DISPATCHER).ok


def test_apart_counts_only_while_both_are_held(cast: Cast):
    agent = cast.user("agent")
    RoleGrant.objects.filter(user=agent).update(valid_to=TODAY + timedelta(days=10))
    assert codes(given(cast, agent, Role.DIRECTOR)) == ["role.onlooker_acts"]
    assert given(cast, agent, Role.DIRECTOR, valid_from=TODAY + timedelta(days=10)).ok


def test_grants_of_one_role_for_one_unit_never_overlap(cast: Cast):
    person = confirmed(cast)
    assert given(cast, person, Role.UNIT_HANDLER, valid_to=TODAY + timedelta(days=30)).ok
    assert codes(given(cast, person, Role.UNIT_HANDLER)) == ["role.already_held"]
    assert codes(given(cast, person, Role.UNIT_HANDLER, unit="CGJ")) == ["role.already_held"]
    assert given(cast, person, Role.UNIT_HANDLER, unit="STHJ").ok
    assert given(cast, person, Role.UNIT_HANDLER, valid_from=TODAY + timedelta(days=30)).ok


@pytest.mark.parametrize(
    ("grant", "expected"),
    [
        ({"valid_from": TODAY - timedelta(days=1)}, "role.begins_past"),
        ({"valid_from": TODAY, "valid_to": TODAY}, "role.dates_reversed"),
        ({"unit": "NOWHERE"}, "people.unit_unknown"),
    ],
)
def test_dates_and_units_of_a_grant(cast: Cast, grant: dict[str, object], expected: str):
    assert codes(given(cast, confirmed(cast), Role.UNIT_HANDLER, **grant)) == [expected]


def test_an_office_role_is_for_no_unit(cast: Cast):
    assert codes(given(cast, confirmed(cast), Role.AGENT, unit="CGJ")) == ["role.without_unit"]


def test_a_role_is_withdrawn_today_or_on_a_later_day_and_stays_on_record(cast: Cast):
    agent = cast.user("agent")
    grant = RoleGrant.objects.get(user=agent)
    security = cast.actor("security_admin")
    past = roles.withdraw_role(person=agent.pk, grant=grant.pk, on=TODAY - timedelta(days=1), actor=security, now=NOW)
    assert codes(past) == ["role.ends_past"]
    later = TODAY + timedelta(days=5)
    assert roles.withdraw_role(person=agent.pk, grant=grant.pk, on=later, actor=security, now=NOW).ok
    assert agent.roles_on(TODAY) == {Role.AGENT}
    assert roles.withdraw_role(person=agent.pk, grant=grant.pk, actor=security, now=NOW).ok
    assert agent.roles_on(TODAY) == frozenset()
    assert codes(roles.withdraw_role(person=agent.pk, grant=grant.pk, actor=security, now=NOW)) == ["role.not_held"]
    grant.refresh_from_db()
    assert grant.valid_to == TODAY
    assert json.loads(AdminEntry.objects.get(seq=1).after)["valid_to"] == later.isoformat()


def test_the_last_security_administrator_stays(cast: Cast):
    last = cast.user("security_admin")
    system = cast.actor("system_admin")
    off = accounts.switch_off(person=last.pk, reason="调离", actor=system, now=NOW)
    assert codes(off) == ["people.last_security_admin"]
    assert codes(accounts.reset_password(person=last.pk, actor=system, now=NOW)) == ["people.last_security_admin"]
    held = RoleGrant.objects.get(user=last)
    gone = roles.withdraw_role(person=last.pk, grant=held.pk, actor=SYSTEM, now=NOW)
    assert codes(gone) == ["people.last_security_admin"]
    second = confirmed(cast, "second", AccountData("第二", "RX12345"))
    assert given(cast, second, Role.SECURITY_ADMIN, valid_to=TODAY + timedelta(days=9)).ok
    later = TODAY + timedelta(days=9)
    gone = roles.withdraw_role(person=last.pk, grant=held.pk, on=later, actor=SYSTEM, now=NOW)
    assert codes(gone) == ["people.last_security_admin"], "on that day the second one is over too"
    assert accounts.switch_off(person=last.pk, reason="调离", actor=system, now=NOW).ok


def test_an_administrators_new_password_needs_the_other_administrator(cast: Cast):
    """Else the system administrator could reset it and act as a security or audit administrator."""
    audit_admin = cast.user("audit_admin")
    assert accounts.reset_password(person=audit_admin.pk, actor=cast.actor("system_admin"), now=NOW).ok
    audit_admin.refresh_from_db()
    assert audit_admin.state == "awaiting"
    agent = cast.user("agent")
    assert accounts.reset_password(person=agent.pk, actor=cast.actor("system_admin"), now=NOW).ok
    agent.refresh_from_db()
    assert (agent.state, agent.password_due) == ("active", True)


def test_switched_on_again_it_waits_once_more_and_tokens_stay_dead(cast: Cast):
    person, system = confirmed(cast), cast.actor("system_admin")
    token = ApiToken.objects.create(
        name="x", user=person, digest="d", created_at=NOW, expires_on=TODAY + timedelta(days=9)
    )
    assert codes(accounts.switch_off(person=person.pk, reason=" ", actor=system, now=NOW)) == ["people.reason_missing"]
    assert accounts.switch_off(person=person.pk, reason="退休", actor=system, now=NOW).ok
    again = accounts.switch_off(person=person.pk, reason="退休", actor=system, now=NOW)
    assert codes(again) == ["people.already_off"]
    assert codes(given(cast, person, Role.UNIT_HANDLER)) == ["people.is_off"]
    assert accounts.switch_on(person=person.pk, actor=system, now=NOW).ok
    assert codes(accounts.switch_on(person=person.pk, actor=system, now=NOW)) == ["people.already_on"]
    person.refresh_from_db()
    token.refresh_from_db()
    assert (person.state, token.revoked_at) == ("awaiting", NOW)
    security = cast.actor("security_admin")
    assert roles.confirm_account(person=person.pk, actor=security, now=NOW).ok
    assert codes(roles.confirm_account(person=person.pk, actor=security, now=NOW)) == ["people.not_awaiting"]


def test_who_leaves_a_unit_leaves_the_roles_held_for_it(cast: Cast):
    person, system = confirmed(cast), cast.actor("system_admin")
    for grant in ({}, {"unit": "STHJ"}):
        assert given(cast, person, Role.UNIT_HANDLER, **grant).ok
    assert given(cast, person, Role.SECTION_HEAD, valid_from=TODAY + timedelta(days=3)).ok
    moved = AccountData("张三", "LY", "CG-7", "0551-65350000")
    assert accounts.change_account(person=person.pk, data=moved, actor=system, now=NOW).ok
    person.refresh_from_db()
    assert person.unit_id == "LY"
    held = RoleGrant.objects.on(TODAY + timedelta(days=5)).filter(user=person)
    assert [(g.role, g.unit_id) for g in held] == [("unit_handler", "STHJ")]
    entry = AdminEntry.objects.order_by("-seq")[0]
    assert json.loads(entry.before) == {"unit": "CGJ"}
    assert json.loads(entry.after) == {"unit": "LY", "ended": ["section_head", "unit_handler"]}


def test_two_who_change_one_account_do_not_overwrite_each_other(cast: Cast):
    person, system = made(cast), cast.actor("system_admin")
    first = AccountData("张三丰", "CGJ", "CG-7", "")
    assert accounts.change_account(person=person.pk, data=first, actor=system, now=NOW, seen=0).ok
    second = accounts.change_account(person=person.pk, data=ZHANG, actor=system, now=NOW, seen=0)
    assert codes(second) == ["people.changed_meanwhile"]
    same = accounts.change_account(person=person.pk, data=first, actor=system, now=NOW)
    assert codes(same) == ["people.nothing_changed"]


def test_the_record_keeps_a_telephone_only_in_part(cast: Cast):
    made(cast, data=AccountData("张三", "CGJ", "", "13812345678"))
    assert "13812345678" not in AdminEntry.objects.get().after
    assert json.loads(AdminEntry.objects.get().after)["phone"] == "138****5678"


# --- the record itself ---


@pytest.fixture
def app(postgres_urls: tuple[str, str], db: None) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:  # noqa: ARG001  # the test database must be there
    """A session of the application's role in the test database."""
    with psycopg.connect(postgres_urls[0], dbname=connection.settings_dict["NAME"], autocommit=True) as session:
        yield session


@pytest.mark.parametrize("table", ["people_adminentry", "people_signinentry"])
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET at = now()", "DELETE FROM {}", "TRUNCATE {} CASCADE", "DROP TABLE {}"]
)
def test_the_application_cannot_touch_what_was_written(
    app: "psycopg.Connection[tuple[object, ...]]", table: str, statement: str
):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(statement.format(table))
    rights = app.execute(
        "SELECT has_table_privilege(%(t)s, 'SELECT, INSERT'), has_table_privilege(%(t)s, 'UPDATE, DELETE, TRUNCATE')",
        {"t": table},
    ).fetchone()
    assert rights == (True, False)


@pytest.mark.parametrize("statement", ["UPDATE people_adminentry SET actor = '1'", "DELETE FROM people_adminentry"])
def test_nor_can_the_owner(cast: Cast, statement: str):
    made(cast)
    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_chain_shows_an_entry_that_was_altered_or_taken_out(cast: Cast):
    for name in ("a1", "a2", "a3"):
        made(cast, name, AccountData(name, "CGJ"))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE people_adminentry DISABLE TRIGGER people_adminentry_rows")
        cursor.execute("""UPDATE people_adminentry SET after = '{"username":"x"}' WHERE seq = 2""")
        assert [said[:12] for said in recording.sentences()] == ["人员管理记录第 2 条被"]
        cursor.execute("DELETE FROM people_adminentry WHERE seq = 2")
        assert any("缺少" in said for said in recording.sentences())
        cursor.execute("ALTER TABLE people_adminentry ENABLE TRIGGER people_adminentry_rows")


def test_an_account_cannot_be_on_and_waiting(cast: Cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=cast.user("agent").pk).update(awaiting=True)


# --- lists ---


def test_the_list_is_narrowed_and_paged(cast: Cast):
    auditor = cast.actor("audit_admin")
    everybody = people(actor=auditor, where=PeopleFilter(), now=NOW, day=TODAY, limit=10)
    assert len(everybody.rows) == 10
    rest = people(actor=auditor, where=PeopleFilter(), now=NOW, day=TODAY, after=everybody.next_key)
    assert len(rest.rows) == User.objects.count() - 10
    assert not rest.next_key
    for where, found in (
        (PeopleFilter(words="赵海"), {"cgj_handler"}),
        (PeopleFilter(words="CGJ_HEAD"), {"cgj_head"}),
        (PeopleFilter(unit="CGJ", role="section_head"), {"cgj_section"}),
        (PeopleFilter(state="off"), set()),
        (PeopleFilter(state="nonsense", role="audit_admin"), {"audit_admin"}),
    ):
        rows = people(actor=auditor, where=where, now=NOW, day=TODAY).rows
        assert {row.username for row in rows} == found, where
    made(cast)
    assert counts(actor=auditor, day=TODAY, now=NOW) == {"awaiting": 1, "roleless": 0, "locked": 0}


def test_a_head_sees_the_units_people_and_nothing_of_their_record(cast: Cast):
    head = cast.actor("ly_head")
    rows = people(actor=head, where=PeopleFilter(), now=NOW, day=TODAY).rows
    assert {row.username for row in rows} == {"ly_dispatcher", "ly_section", "ly_deputy", "ly_head", "street_handler"}
    assert person_file(cast.user("cgj_handler").pk, actor=head, day=TODAY, now=NOW) is None
    file = person_file(cast.user("street_handler").pk, actor=head, day=TODAY, now=NOW)
    assert file is not None
    assert (file.entries, file.sign_ins, file.tokens) == ((), (), ())


def test_the_record_is_narrowed_by_person_act_and_day(cast: Cast):
    person = confirmed(cast)
    found = audit.admin_entries(audit.LogFilter(who="张三"))
    assert [entry.act for entry in found.rows] == ["confirm_account", "create_account"]
    assert [e.act for e in audit.admin_entries(audit.LogFilter(who="高翔")).rows] == ["confirm_account"]
    assert [e.act for e in audit.admin_entries(audit.LogFilter(act="create_account")).rows] == ["create_account"]
    assert audit.admin_entries(audit.LogFilter(until=TODAY - timedelta(days=1))).rows == ()
    assert len(audit.admin_entries(audit.LogFilter(since=TODAY)).rows) == 2
    first = audit.admin_entries(audit.LogFilter(), limit=1)
    assert [e.act for e in audit.admin_entries(audit.LogFilter(), after=first.next_key).rows] == ["create_account"]
    assert person.state == "active"


def test_a_name_that_is_no_accounts_is_not_kept(cast: Cast):
    """People type their password into the wrong field."""
    outcome = SignInEntry.Outcome.WRONG
    safety.note_sign_in(username="my-secret-password", outcome=outcome, address="not an address", now=NOW)
    safety.note_sign_in(username="agent", outcome=outcome, address="10.0.0.7", now=NOW)
    assert list(SignInEntry.objects.order_by("pk").values_list("person__username", "address")) == [
        (None, None),
        ("agent", "10.0.0.7"),
    ]
    assert cast.user("agent").pk


# --- a file of people ---

HEAD = "账号,姓名,岗位,单位,工号,电话\n"


def test_a_good_file_makes_every_account(cast: Cast):
    content = (HEAD + "li,李四,承办人,CGJ,1,\nwang,王五,,STHJ,2,13800000000\n").encode("utf-8-sig")
    done = roster.import_roster(content=content, actor=cast.actor("system_admin"), now=NOW)
    assert [person.username for person, _ in done.passwords] == ["li", "wang"]
    assert User.objects.get(username="li").wanted_role == "unit_handler"
    assert not RoleGrant.objects.filter(user__username="li").exists()
    assert acts() == ["create_account", "create_account"]


def test_a_file_with_one_bad_line_makes_nobody(cast: Cast):
    content = (
        HEAD
        + "# 说明\n\nli,李四,unit_handler,CGJ,1,\nLI,李四,,CGJ,1,\nw,,无此岗位,NOWHERE,,\nshort,line\nagent,甲,,CGJ,,\n"
    ).encode()
    done = roster.import_roster(content=content, actor=cast.actor("system_admin"), now=NOW)
    assert done.passwords == ()
    told = {line.number: [refusal.code for refusal in line.refusals] for line in done.roster.lines}
    assert told == {
        4: [],
        5: ["people_file.twice"],
        6: [
            "people.username_malformed",
            "people.name_missing",
            "people.unit_unknown",
            "people_file.role_unknown",
        ],
        7: ["people_file.line_broken"],
        8: ["people.username_taken"],
    }
    assert acts() == []
    assert User.objects.filter(username="li").count() == 0


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "people_file.empty"),
        (HEAD.encode(), "people_file.empty"),
        ("账号,姓名\nli,李四\n".encode(), "people_file.column_missing"),
        ("账号,姓名,单位\nli,李四,CGJ\n".encode("gbk"), "people_file.unreadable"),
        (b"\x00\x01", "people_file.unreadable"),
        ((HEAD + "a1,甲,,CGJ,,\n" * 1001).encode(), "people_file.too_large"),
    ],
)
def test_a_file_that_cannot_be_taken(cast: Cast, content: bytes, expected: str):
    read = roster.read_roster(content, day=date(2026, 3, 2))
    assert [refusal.code for refusal in read.refusals] == [expected]
    assert cast.today


def test_the_sample_is_a_good_file(cast: Cast):
    assert roster.read_roster(("\ufeff" + roster.SAMPLE).encode(), day=TODAY).ok
    assert cast.today
