"""Supervisions in the database: opened by rule, proposed, reported, signed, closed; never two of the same."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from hotline.oversight.supervision import commands
from hotline.oversight.supervision.jobs import note_late
from hotline.oversight.supervision.models import Ground, Supervision, SupervisionEntry, SupervisionText
from hotline.oversight.supervision.queries import needs_me, of_ticket, whole
from hotline.oversight.supervision.rows import columns_of, digest_of, entry_of, state_of
from hotline.oversight.supervision.seen import seen_by
from hotline.rules import acts
from hotline.rules.lifecycle import SYSTEM
from hotline.rules.supervision import Cause, Deed, Order, Outcome, Status, fold
from hotline.rules.supervision.seeing import may_see
from hotline.rules.supervision.visits import Check
from hotline.rules.vocabulary import ClockKind, Flag, Role, Stage, SupervisionKind, UnitCode
from tests.cast import PEOPLE, Cast, Ticket
from tests.oversight.notices.ringing import bells, react

pytestmark = pytest.mark.django_db
K = SupervisionKind
FINE = {"answers": {check.value: "unclear" for check in Check}}
FOUND = {"answers": FINE["answers"] | {"remains": "yes"}, "photos": 1}


def one(**where: object) -> Supervision:
    return Supervision.objects.get(**where)


def overdue(cast: Cast) -> Ticket:
    """A ticket whose unit has let its promise run out, and what follows."""
    ticket = cast.ticket_at(Stage.HANDLING)
    after = ticket.state.clocks[ClockKind.UNIT_REPLY].due_at + timedelta(minutes=1)
    late = cast.do(ticket, "system", acts.RecordOverdue(clock="unit_reply"), at=after)
    react(late.at)
    return late


def done(cast: Cast, row: Supervision, who: str, deed: Deed, at: datetime, **said: object) -> commands.Done:
    order = Order(deed=deed, **said)  # type: ignore[arg-type]  # fields of an order
    outcome = commands.do(row.pk, order=order, actor=cast.actor(who), now=at)
    row.refresh_from_db()
    return outcome


def started(cast: Cast, ticket: Ticket, kind: K = K.KEY, who: str = "supervisor", **more: object) -> Supervision:
    wish = commands.Wish(kind=kind, cause=Cause.BY_HAND, number=ticket.number, **more)  # type: ignore[arg-type]  # see above
    made = commands.start(wish, actor=cast.actor(who), now=ticket.at)
    assert made.ok, made.refusals
    assert made.row is not None
    return made.row


def test_a_broken_promise_opens_platform_supervision_with_its_number_and_date(cast: Cast):
    ticket = overdue(cast)
    row = one(number=ticket.number)
    assert (row.kind, row.status, row.units) == ("platform", "open", ["CGJ"])
    assert (row.paper_year, row.paper_no) == (2026, 1)
    assert row.due_at is not None
    assert row.due_at > ticket.at
    assert bells()["cgj_head"][-1] == "supervision_opened"


def test_the_same_event_twice_and_a_further_cause_make_no_second_one(cast: Cast):
    ticket = overdue(cast)
    react(ticket.at)
    after = ticket.state.clocks[ClockKind.REPLY].due_at + timedelta(hours=1)
    again = cast.do(ticket, "system", acts.RecordOverdue(clock="reply"), at=max(after, ticket.at))
    react(again.at)
    row = one(number=ticket.number)
    assert Ground.objects.filter(supervision=row).count() == 2
    assert [e.deed for e in SupervisionEntry.objects.order_by("seq")] == ["open", "add_ground"]


def test_platform_supervision_ends_with_its_ticket(cast: Cast):
    ticket = overdue(cast)
    cast.do(ticket, "agent", acts.Withdraw(note="自行解决"))
    react(ticket.at)
    row = one(number=ticket.number)
    assert (row.status, row.outcome) == ("closed", "ticket_ended")


def test_platform_supervision_goes_along_to_another_unit(cast: Cast):
    ticket = overdue(cast)
    moved = cast.do(ticket, "dispatcher", acts.Reassign(lead_unit=UnitCode("STHJ"), reason="按职责"))
    react(moved.at)
    row = one(number=ticket.number)
    assert row.units == ["STHJ"]
    assert whole(row.pk, actor=cast.actor("cgj_handler"), now=moved.at) is None
    assert whole(row.pk, actor=cast.actor("sthj_handler"), now=moved.at) is not None


def test_a_group_matter_is_proposed_and_what_was_dismissed_does_not_come_back(cast: Cast):
    ticket = cast.ticket_at(Stage.HANDLING)
    marked = cast.do(ticket, "agent", acts.MarkTicket(flag=Flag.GROUP))
    react(marked.at)
    row = one(number=ticket.number)
    assert (row.kind, row.status, row.paper_no) == ("key", "proposed", None)
    assert not done(cast, row, "supervisor", Deed.DISMISS, marked.at).ok
    assert done(cast, row, "supervisor", Deed.DISMISS, marked.at, text="已由属地处置").ok
    ticket = cast.do(marked, "supervisor", acts.UnmarkTicket(flag=Flag.GROUP, note="误标"))
    again = cast.do(ticket, "agent", acts.MarkTicket(flag=Flag.GROUP))
    react(again.at)
    assert Supervision.objects.count() == 1
    threat = cast.do(again, "agent", acts.MarkTicket(flag=Flag.THREAT))
    react(threat.at)
    assert Supervision.objects.filter(status="proposed").count() == 1


def test_an_instruction_opens_key_supervision_once_a_unit_has_the_ticket(cast: Cast):
    ticket = cast.ticket_at(Stage.PENDING_DISPATCH)
    marked = cast.do(ticket, "supervisor", acts.MarkTicket(flag=Flag.INSTRUCTION))
    react(marked.at)
    assert one(number=ticket.number).status == "proposed"
    sent = cast.do(ticket, "dispatcher", acts.Dispatch(lead_unit=UnitCode("CGJ")))
    react(sent.at)
    row = one(number=ticket.number)
    assert (row.status, row.units, row.kind) == ("open", ["CGJ"], "key")


def test_three_requests_of_one_person_on_one_matter_propose_key_supervision(cast: Cast):
    tickets = [cast.ticket_at(Stage.REGISTERED) for _ in range(3)]
    react(tickets[-1].at)
    row = one()
    assert (row.number, row.kind, row.causes) == (tickets[-1].number, "key", ["repeats"])
    assert Ground.objects.get().facts == {"count": 3, "days": 30}


def test_a_key_supervision_is_opened_reported_signed_checked_and_closed(cast: Cast):
    ticket = cast.ticket_at(Stage.HANDLING)
    row = started(cast, ticket, text="三日内解决")
    assert Flag.KEY in cast.seen(ticket).state.flags
    at = ticket.at + timedelta(hours=1)
    refused = done(cast, row, "cgj_head", Deed.SIGN, at)
    assert [r.code for r in refused.refusals] == ["supervision.report_missing"]
    assert done(cast, row, "cgj_handler", Deed.REPORT, at, text="已清理摊点").ok
    assert row.status == "reported"
    assert done(cast, row, "supervisor", Deed.CHECK, at, text="现场已清理").ok
    early = done(cast, row, "supervisor", Deed.CLOSE, at, text="办结", outcome=Outcome.RESOLVED)
    assert [r.code for r in early.refusals] == ["supervision.head_unsigned"]
    assert done(cast, row, "cgj_head", Deed.SIGN, at).ok
    assert done(cast, row, "supervisor", Deed.CLOSE, at, text="办结", outcome=Outcome.RESOLVED).ok
    assert (row.status, row.outcome) == ("closed", "resolved")
    assert {"supervision_to_sign", "supervision_ended"} <= {kind for kinds in bells().values() for kind in kinds}


def test_sent_back_everybody_reports_and_signs_anew(cast: Cast):
    ticket = cast.ticket_at(Stage.HANDLING)
    row = started(cast, ticket)
    done(cast, row, "cgj_handler", Deed.REPORT, ticket.at, text="已办")
    done(cast, row, "cgj_head", Deed.SIGN, ticket.at)
    assert done(cast, row, "supervisor", Deed.SEND_BACK, ticket.at, text="没有照片").ok
    assert (row.status, row.reported, row.signed, row.send_backs) == ("open", [], [], 1)


def test_two_of_a_kind_are_not_opened_by_hand(cast: Cast):
    ticket = cast.ticket_at(Stage.HANDLING)
    started(cast, ticket)
    wish = commands.Wish(kind=K.KEY, cause=Cause.BY_HAND, number=ticket.number)
    again = commands.start(wish, actor=cast.actor("supervisor"), now=ticket.at)
    assert [r.code for r in again.refusals] == ["supervision.already_there"]


def test_numbers_are_gapless_in_kind_and_year_though_an_opening_fails(cast: Cast):
    tickets = [cast.ticket_at(Stage.HANDLING) for _ in range(3)]
    first = started(cast, tickets[0])
    with pytest.raises(RuntimeError, match="taken back"), transaction.atomic():
        started(cast, tickets[1])
        raise RuntimeError("taken back")
    assert (first.paper_no, started(cast, tickets[2]).paper_no) == (1, 2)


def test_a_missed_date_is_told_once_and_proposes_the_next_rung(cast: Cast):
    ticket = overdue(cast)
    row = one(number=ticket.number)
    assert row.due_at is not None
    assert note_late(now=row.due_at) == 0
    late = row.due_at + timedelta(minutes=1)
    assert (note_late(now=late), note_late(now=late)) == (1, 0)
    assert bells()["cgj_head"].count("supervision_late") == 1
    assert one(kind="key").status == "proposed"
    moved = done(cast, row, "supervisor", Deed.MOVE_DUE, late, text="汛期", due_at=late + timedelta(days=1))
    assert moved.ok
    assert note_late(now=late + timedelta(days=2)) == 1


def test_an_unannounced_visit_is_known_to_no_unit_until_it_was_made(cast: Cast):
    ticket = cast.ticket_at(Stage.CLOSED)
    row = started(cast, ticket, K.ON_SITE)
    units = [p.username for p in PEOPLE if p.role not in {Role.SUPERVISOR, Role.DIRECTOR, Role.AUDITOR}]
    for who in units:
        actor = cast.actor(who)
        assert whole(row.pk, actor=actor, now=ticket.at) is None
        assert of_ticket(ticket.number, actor=actor) == ()
        assert needs_me(actor=actor, now=ticket.at).total == 0
        assert commands.do(row.pk, order=Order(deed=Deed.REPORT, text="x"), actor=actor, now=ticket.at).refusals[
            0
        ].code == ("supervision.not_found")
    assert bells().keys() & {"cgj_handler", "cgj_head"} == set() or "supervision_opened" not in str(bells())
    assert done(cast, row, "supervisor", Deed.RECORD_VISIT, ticket.at, text="垃圾仍在", problem=True, facts=FOUND).ok
    assert whole(row.pk, actor=cast.actor("cgj_handler"), now=ticket.at) is not None


def test_the_predicate_and_the_sql_agree(cast: Cast):
    tickets = [cast.ticket_at(Stage.HANDLING, lead=lead) for lead in ("CGJ", "STHJ", "LY")]
    for number, kind in enumerate((K.KEY, K.ON_SITE, K.PLATFORM)):
        started(cast, tickets[number], kind)
    wish = commands.Wish(kind=K.KEY, cause=Cause.BY_HAND, number=tickets[1].number, opens=False)
    commands.start(wish, actor=cast.actor("reviewer"), now=tickets[1].at)
    visited = one(kind="on_site")
    for _ in range(2):
        for person in PEOPLE:
            actor = cast.actor(person.username)
            seen = set(seen_by(actor).values_list("pk", flat=True))
            assert seen == {row.pk for row in Supervision.objects.all() if may_see(actor, state_of(row))}, person
        done(cast, visited, "supervisor", Deed.RECORD_VISIT, tickets[1].at, text="无异常", problem=False, facts=FINE)


def test_the_row_is_the_fold_of_its_history_and_words_are_proved(cast: Cast):
    ticket = cast.ticket_at(Stage.HANDLING)
    row = started(cast, ticket, text="三日内解决")
    done(cast, row, "cgj_handler", Deed.REPORT, ticket.at, text="已清理摊点")
    entries = list(SupervisionEntry.objects.filter(supervision=row).order_by("seq"))
    state = fold(map(entry_of, entries))
    assert state == state_of(row)
    assert columns_of(state) == {name: getattr(row, name) for name in columns_of(state)}
    words = SupervisionText.objects.get(supervision=row, seq=2)
    assert entries[1].digest == digest_of(row.pk, 2, words.body)
    assert "已清理摊点" not in str([e.payload for e in entries])


@pytest.mark.parametrize("table", ["supervision_supervisionentry", "supervision_ground"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET at = now()", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_history_cannot_be_changed(cast: Cast, table: str, statement: str):
    started(cast, cast.ticket_at(Stage.HANDLING))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_somebody_elses_deed_in_between_is_told(cast: Cast):
    ticket = cast.ticket_at(Stage.HANDLING)
    row = started(cast, ticket)
    done(cast, row, "cgj_handler", Deed.REPORT, ticket.at, text="已办")
    outcome = commands.do(
        row.pk, order=Order(deed=Deed.NOTE, text="x"), actor=cast.actor("supervisor"), now=ticket.at, version=1
    )
    assert [r.code for r in outcome.refusals] == ["supervision.moved_on"]


def test_a_unit_reads_its_own_report_and_the_offices_words_to_it_only(cast: Cast):
    ticket = cast.ticket_at(Stage.HANDLING)
    row = started(cast, ticket, units=frozenset({UnitCode("CGJ"), UnitCode("STHJ")}))
    done(cast, row, "cgj_handler", Deed.REPORT, ticket.at, text="城管已办")
    done(cast, row, "sthj_handler", Deed.REPORT, ticket.at, text="环保已办")
    done(cast, row, "supervisor", Deed.NOTE, ticket.at, text="内部核查")
    seen = whole(row.pk, actor=cast.actor("sthj_handler"), now=ticket.at)
    assert seen is not None
    assert [line.text for line in seen.lines if line.text] == ["环保已办"]
    assert Status(row.status) is Status.REPORTED
    assert SYSTEM.id == "system"
