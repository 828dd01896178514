"""Staff are told of what concerns them, once, and of nothing they may not see."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from hotline.oversight.notices.commands import KEPT_AT_ALL, KEPT_READ, forget, mark_read, tell_people
from hotline.oversight.notices.models import Notice
from hotline.oversight.notices.queries import notice, notices
from hotline.plumbing import messages
from hotline.registry.people.models import RoleGrant, User
from hotline.rules import acts
from hotline.rules.lifecycle import TABLE
from hotline.rules.notifying import NOTIFYING
from hotline.rules.vocabulary import Role, Stage, UnitCode
from hotline.tickets.happening import events_of, states_around
from hotline.tickets.titles import titles
from tests.cast import Cast
from tests.oversight.notices.ringing import bells, react

pytestmark = pytest.mark.django_db


def test_every_event_that_tells_somebody_is_wired():
    assert set(NOTIFYING) <= set(messages.REACTIONS)
    assert all(tell_people in messages.REACTIONS[name] for name in NOTIFYING)
    assert set(NOTIFYING) <= {row.event for row in TABLE}


def test_the_unit_hears_of_a_ticket_and_nobody_else(cast: Cast):
    ticket = cast.ticket_at(Stage.PENDING_SIGN)
    react(ticket.at)
    assert bells() == {"cgj_handler": ["work_arrived"]}


def test_an_act_defers_one_job_however_many_must_know(cast: Cast):
    ticket = cast.ticket_at(Stage.HANDLING)
    ProcrastinateJob.objects.all()._raw_delete("default")
    cast.do(ticket, "supervisor", acts.MarkTicket(flag="key"))  # type: ignore[arg-type]  # as a form sends it
    assert ProcrastinateJob.objects.count() == 1
    assert react(ticket.at) == 1
    assert {who for who, kinds in bells().items() if "marked_heavy" in kinds} == {
        "cgj_handler",
        "cgj_section",
        "cgj_head",
    }


def test_many_recipients_cost_no_more_than_one(cast: Cast):
    ticket = cast.ticket_at(Stage.PENDING_SIGN)
    dispatched = next(e for e in events_of(ticket.number, 1, 20) if e.name == "dispatch.sent")

    def cost() -> int:
        with (
            CaptureQueriesContext(
                connection,
            ) as asked,
            transaction.atomic(),
        ):
            tell_people(dispatched, ticket.at)
        return len(asked)

    alone = cost()
    Notice.objects.all().delete()
    for number in range(30):
        user = User.objects.create(username=f"clerk{number}", full_name="某某", unit_id="CGJ")
        RoleGrant.objects.create(user=user, role=Role.UNIT_HANDLER, valid_from=date(2020, 1, 1))
    assert cost() == alone
    assert Notice.objects.count() == 31


def test_telling_twice_makes_one_notice(cast: Cast):
    ticket = cast.ticket_at(Stage.PENDING_SIGN)
    for event in [*events_of(ticket.number, 1, 20)] * 2:
        tell_people(event, ticket.at)
    assert bells() == {"cgj_handler": ["work_arrived"]}


def test_who_did_it_is_not_told(cast: Cast):
    RoleGrant.objects.create(user=cast.user("team_leader"), role=Role.AGENT, valid_from=date(2020, 1, 1))
    ticket = cast.do(cast.ticket_at(Stage.REGISTERED), "team_leader", acts.ProposeVoid(reason="test", note="误录"))
    react(ticket.at)
    assert bells() == {}


def test_roles_that_have_ended_and_accounts_that_are_off_are_not_told(cast: Cast):
    RoleGrant.objects.filter(user=cast.user("cgj_handler")).update(valid_to=date(2020, 6, 1))
    User.objects.filter(pk=cast.user("sthj_handler").pk).update(is_active=False)
    first = cast.ticket_at(Stage.PENDING_SIGN)
    second = cast.ticket_at(Stage.PENDING_SIGN, lead="STHJ", at=first.at + timedelta(hours=1))
    react(second.at)
    assert bells() == {}


def test_who_stands_in_elsewhere_is_told_of_that_units_papers_only(cast: Cast):
    lent = cast.user("sthj_handler")
    RoleGrant.objects.create(user=lent, role=Role.SECTION_HEAD, unit_id="CGJ", valid_from=date(2020, 1, 1))
    theirs = cast.ticket_at(Stage.PENDING_SIGN_OFF)
    own = cast.ticket_at(Stage.PENDING_SIGN_OFF, lead="STHJ", at=theirs.at + timedelta(hours=1))
    react(own.at)
    waiting = Notice.objects.filter(recipient=lent, kind="signature_awaited")
    assert list(waiting.values_list("number", flat=True)) == [theirs.number]


def test_people_are_told_by_how_the_ticket_stood_then(cast: Cast):
    """The job may come late: the ticket is already elsewhere, and still the street is told that it was relieved."""
    ticket = cast.ticket_at(Stage.HANDLING, lead="LY")
    ticket = cast.do(ticket, "ly_dispatcher", acts.Delegate(to_unit=UnitCode("LY-SXK")))
    ticket = cast.do(ticket, "ly_dispatcher", acts.RecallDelegation(reason="区级办理"))
    react(ticket.at)
    assert bells()["street_handler"] == ["delegated", "delegation_recalled"]


def test_states_around_an_event_are_those_of_its_moment(cast: Cast):
    ticket = cast.ticket_at(Stage.PENDING_REVIEW)
    for event in events_of(ticket.number, 1, 50):
        before, after = states_around(event)
        assert (before.version, after.version) == (event.seq - 1, event.seq)
        assert after.stage is event.event.stage
    assert after == cast.seen(ticket).state


def test_a_unit_that_lost_the_ticket_sees_its_number_but_not_its_title(cast: Cast):
    ticket = cast.ticket_at(Stage.HANDLING)
    ticket = cast.do(ticket, "supervisor", acts.Reassign(lead_unit=UnitCode("STHJ"), reason="属其职责"))
    react(ticket.at)
    assert bells()["cgj_handler"] == ["work_arrived", "work_taken"]
    assert titles([ticket.number], actor=cast.actor("cgj_handler")) == {}
    assert titles([ticket.number], actor=cast.actor("sthj_handler")) == {ticket.number: "小区门口占道经营"}


def _some(cast: Cast, who: str, count: int) -> list[Notice]:
    at = cast.ticket_at(Stage.REGISTERED).at
    rows = [
        Notice(recipient=cast.user(who), kind="urged", number=f"N{n}", seq=1, made_at=at + timedelta(minutes=n))
        for n in range(count)
    ]
    return Notice.objects.bulk_create(rows)


def test_paging_goes_on_where_it_stopped_though_new_ones_come(cast: Cast):
    _some(cast, "agent", 5)
    person = cast.user("agent").pk
    first = notices(person=person, limit=2)
    Notice.objects.create(
        recipient=cast.user("agent"), kind="urged", number="new", seq=1, made_at=first.rows[0].made_at
    )
    second = notices(person=person, limit=2, before=first.next_key)
    third = notices(person=person, limit=2, before=second.next_key)
    assert [row.number for page in (first, second, third) for row in page.rows] == ["N4", "N3", "N2", "N1", "N0"]
    assert third.next_key is None


def test_one_reads_only_ones_own(cast: Cast):
    one, *_ = _some(cast, "agent", 3)
    agent, other = cast.user("agent").pk, cast.user("dispatcher").pk
    assert notice(person=other, notice_id=one.pk) is None
    assert mark_read(person=other, now=one.made_at, ids=[one.pk]) == 0
    assert mark_read(person=agent, now=one.made_at, ids=[one.pk]) == 1
    assert mark_read(person=agent, now=one.made_at, ids=[one.pk]) == 0
    assert len(notices(person=agent, unread=True).rows) == 2
    assert notices(person=other).rows == ()


def test_all_are_marked_only_up_to_what_was_seen(cast: Cast):
    seen = _some(cast, "agent", 3)
    later = Notice.objects.create(
        recipient=cast.user("agent"), kind="urged", number="late", seq=1, made_at=seen[0].made_at
    )
    assert mark_read(person=cast.user("agent").pk, now=later.made_at, until=seen[-1].pk) == 3
    assert [row.number for row in notices(person=cast.user("agent").pk, unread=True).rows] == ["late"]


def test_read_ones_go_after_three_months_and_all_after_a_year(cast: Cast):
    read, unread = _some(cast, "agent", 2)
    mark_read(person=cast.user("agent").pk, now=read.made_at, ids=[read.pk])
    assert forget(now=read.made_at + KEPT_READ) == 0
    assert forget(now=read.made_at + KEPT_READ + timedelta(minutes=1)) == 1
    assert forget(now=unread.made_at + KEPT_AT_ALL + timedelta(minutes=1)) == 1
