"""Precedents in the database: a ruling stands in the directory at once, and what becomes of it leaves its trace."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from hotline.registry.units.rule_models import DirectoryRule
from hotline.rules import acts
from hotline.rules.cotasks import Standing
from hotline.rules.jurisdiction import Question, Routed, route
from hotline.rules.lifecycle import SYSTEM
from hotline.rules.precedents import Deed, Status, fold
from hotline.rules.precedents.table import WARNING
from hotline.rules.suggesting import Source
from hotline.rules.vocabulary import Finding, Stage, UnitCode
from hotline.stages.dispatch.commands import dispatch
from hotline.stages.dispatch.queries import suggestions
from hotline.stages.joint.models import DisputeFile
from hotline.stages.joint.queries.precedents import past_rulings
from hotline.tickets.access import look_at
from hotline.tickets.models import LedgerEntry
from hotline.tickets.precedents import commands
from hotline.tickets.precedents.jobs import look_at_ends
from hotline.tickets.precedents.looking import asked_on
from hotline.tickets.precedents.models import Precedent, PrecedentEntry, PrecedentText
from hotline.tickets.precedents.queries import labels, precedents, waiting, whole
from hotline.tickets.precedents.rows import columns_of, entry_of, state_of
from hotline.tickets.precedents.went import Went, went
from hotline.tickets.rulebook import rulebook
from tests.cast import Cast, Ticket
from tests.oversight.notices.ringing import bells, react
from tests.stages.joint.panels import RETURNS, ruled
from tests.tickets.precedents.rulings import acted, cells, day, in_force, order, proposed, reusable, ruling, tried
from tests.walks import replied

pytestmark = pytest.mark.django_db
TASK = "协办:市城管局（对查实的违法行为立案处罚｜查实违法）"


def lead_of(question: Question, row: Precedent) -> tuple[UnitCode, str]:
    """Where the directory of the row's day sends a question."""
    answer = route(question, rulebook(now=row.last_at).directory)
    assert isinstance(answer, Routed), answer
    return answer.lead, answer.rule.source


def question_of(row: Precedent) -> Question:
    asked = asked_on(row.ticket)
    assert asked is not None
    return replace(asked, at=row.last_at)


def test_the_next_ticket_goes_where_was_ruled_as_soon_as_the_staffing_office_agrees(cast: Cast) -> None:
    row = proposed(cast, reusable(cast))
    assert lead_of(question_of(row), row)[0] != "STHJ"
    row = acted(cast, row, "bb_deputy", Deed.AGREE)
    assert (row.status, row.edition, row.year, row.serial) == ("in_force", 1, 2026, 1)
    assert row.rule_id == "010103-501"
    assert lead_of(question_of(row), row) == ("STHJ", "裁定2026-001")
    line = DirectoryRule.objects.get(number=row.rule_id)
    assert (line.version, line.unit_id, line.owner_id, line.valid_from) == (1, "STHJ", "STHJ", day(row.last_at))
    assert [one["unit"] for one in line.co_units] == ["CGJ"]


def test_a_published_precedent_moves_no_dispatched_ticket(cast: Cast) -> None:
    other = cast.ticket_at(Stage.PENDING_SIGN, lead="LY")
    before = look_at(other.number, actor=SYSTEM).state
    row = in_force(cast)
    acted(cast, row, "supervisor", Deed.WITHDRAW)
    assert look_at(other.number, actor=SYSTEM).state == before


def test_the_row_is_the_fold_of_its_history(cast: Cast) -> None:
    row = acted(cast, acted(cast, in_force(cast), "cgj_head", Deed.CHALLENGE), "supervisor", Deed.UPHOLD)
    entries = PrecedentEntry.objects.filter(precedent=row).order_by("seq")
    assert fold(map(entry_of, entries)) == state_of(row)
    row.refresh_from_db()
    assert columns_of(state_of(row)).items() <= vars(row).items()
    typed = PrecedentText.objects.filter(precedent=row, seq__gt=1).values_list("body", flat=True)
    assert list(typed) == ["按职责分工"] * 3


@pytest.mark.parametrize(
    "change", ["UPDATE precedents_precedententry SET actor = '1'", "DELETE FROM precedents_precedenttext"]
)
def test_nobody_changes_what_was_written(cast: Cast, change: str) -> None:
    in_force(cast)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_one_precedent_of_a_ruling_until_it_is_dropped(cast: Cast) -> None:
    dispute = reusable(cast)
    row = proposed(cast, dispute)
    again = order(cast, dispute, Deed.PROPOSE)
    done = commands.propose(again, actor=cast.actor("supervisor"), now=row.last_at)
    assert [one.code for one in done.refusals] == ["precedents.made_already"]
    acted(cast, row, "supervisor", Deed.DROP)
    assert proposed(cast, dispute).pk != row.pk


def test_a_one_off_ruling_makes_no_precedent(cast: Cast) -> None:
    dispute = ruled(cast)
    done = commands.propose(order(cast, dispute, Deed.PROPOSE), actor=cast.actor("supervisor"), now=dispute.last_at)
    assert [one.code for one in done.refusals] == ["precedents.one_off"]
    assert not Precedent.objects.exists()


def test_a_draft_that_the_ruled_ticket_would_not_follow_is_refused(cast: Cast) -> None:
    dispute = reusable(cast)
    done = commands.propose(
        order(cast, dispute, Deed.PROPOSE, words="打桩"), actor=cast.actor("supervisor"), now=dispute.last_at
    )
    assert [one.code for one in done.refusals] in (["precedents.outweighed"], ["precedents.not_reached"])


def test_an_amendment_is_a_new_edition_and_the_old_one_ends_that_day(cast: Cast) -> None:
    row = in_force(cast)
    dispute = DisputeFile.objects.get(pk=row.dispute)
    change = order(cast, dispute, Deed.AMEND, title="小区门口流动摊贩占道")
    later = row.last_at + timedelta(days=10)
    done = commands.do(row.pk, order=change, actor=cast.actor("supervisor"), now=later)
    assert done.ok, done.refusals
    assert DirectoryRule.objects.filter(number=row.rule_id).count() == 1
    row = acted(cast, row, "bb_deputy", Deed.AGREE)
    first, second = DirectoryRule.objects.filter(number=row.rule_id).order_by("version")
    assert (first.valid_to, second.valid_from) == (day(later), day(later))
    assert (row.serial, row.edition, row.title) == (1, 2, "小区门口流动摊贩占道")
    assert lead_of(question_of(row), row) == ("STHJ", "裁定2026-001")


def test_a_withdrawn_precedent_ends_at_once_and_its_challenge_stays_readable(cast: Cast) -> None:
    row = acted(cast, in_force(cast), "cgj_head", Deed.CHALLENGE, text="与新三定不符")
    assert lead_of(question_of(row), row)[0] == "STHJ"
    assert bells()["supervisor"][-1] == "precedent_challenged"
    row = acted(cast, row, "supervisor", Deed.WITHDRAW)
    assert lead_of(question_of(row), row)[0] != "STHJ"
    seen = whole(row.pk, actor=cast.actor("cgj_handler"), now=row.last_at)
    assert seen is not None
    assert [(line.deed, line.text) for line in seen.lines][2] == ("challenge", "与新三定不符")
    assert seen.deeds == ()
    assert bells()["sthj_head"][-1] == "precedent_ended"


def test_owners_are_warned_once_and_what_ran_out_expires(cast: Cast) -> None:
    row = in_force(cast)
    assert row.ends_on is not None
    end = row.last_at + (row.ends_on - day(row.last_at))
    assert look_at_ends(now=end - WARNING - timedelta(days=1)) == 0
    near = end - WARNING
    assert (look_at_ends(now=near), look_at_ends(now=near + timedelta(days=1))) == (1, 0)
    assert bells()["sthj_head"][-1] == "precedent_runs_out"
    assert look_at_ends(now=end) == 1
    row.refresh_from_db()
    assert row.status == Status.EXPIRED.value
    assert lead_of(question_of(row), row)[0] != "STHJ"
    row = acted(cast, row, "sthj_head", Deed.RENEW, until=day(end) + timedelta(days=365))
    row = acted(cast, row, "bb_deputy", Deed.AGREE)
    assert lead_of(question_of(row), row)[0] == "STHJ"


def test_precedents_are_found_by_their_words(cast: Cast) -> None:
    row = in_force(cast)
    actor = cast.actor("cgj_handler")
    for words in ("占道", "摊贩 占道", "小区门口占道", "噪声污染防治法", "010103-501"):
        assert [one.id for one in precedents(actor=actor, words=words).rows] == [row.pk], words
    assert not precedents(actor=actor, words="油烟").rows
    assert precedents(actor=actor, unit="STHJ", category="010103").rows
    assert not precedents(actor=actor, statuses=[Status.WITHDRAWN]).rows
    assert not precedents(actor=cast.actor("system_admin")).rows


def test_drafts_are_read_by_those_they_concern(cast: Cast) -> None:
    row = proposed(cast, reusable(cast))
    assert precedents(actor=cast.actor("bb_deputy")).rows
    assert precedents(actor=cast.actor("cgj_handler")).rows
    assert not precedents(actor=cast.actor("ly_dispatcher")).rows
    assert whole(row.pk, actor=cast.actor("ly_dispatcher"), now=row.last_at) is None
    assert [one.code for one in tried(cast, row, "ly_dispatcher", Deed.AGREE).refusals] == ["precedents.not_found"]
    assert list(waiting(cast.actor("bb_deputy"))) == [row]
    assert not waiting(cast.actor("supervisor"))
    assert labels([row.pk], actor=cast.actor("supervisor")) == {row.pk: ("", "小区门口占道")}
    assert bells()["bb_deputy"][-1] == "precedent_to_agree"


def test_who_mediates_reads_the_precedent_first(cast: Cast) -> None:
    row = in_force(cast)
    found = past_rulings(text="小区门口摊贩占道", category="010103", but=0, now=row.last_at)
    assert [(one.precedent, one.number) for one in found] == [(row.pk, "裁定2026-001")]
    assert past_rulings(text="小区门口摊贩占道", category="010103", but=row.dispute, now=row.last_at) == ()


def test_what_the_office_begins_with_comes_from_the_ruling(cast: Cast) -> None:
    dispute = reusable(cast)
    matter, category = ruling(cast, dispute)
    first = cells(cast, dispute)
    assert (matter.lead, category, first["owner"]) == ("STHJ", "010103", "市生态环境局")
    assert first["co_units"] == "协办:市城管局（对查实的违法行为立案处罚）"
    assert first["basis"] == "《噪声污染防治法》"


def next_one(cast: Cast, row: Precedent) -> Ticket:
    """The next ticket of the same matter, on a dispatcher's desk after the agreement."""
    return cast.ticket_at(Stage.PENDING_DISPATCH, at=row.last_at + timedelta(hours=1))


def offered(cast: Cast, ticket: Ticket) -> list[tuple[UnitCode, Source]]:
    """Whom the dispatcher is offered, the best first, and the weightiest reason."""
    opened = look_at(ticket.number, actor=cast.actor("dispatcher"))
    book = rulebook(now=ticket.at, profile=opened.state.profile)
    found = suggestions(opened, book=book, actor=cast.actor("dispatcher"), now=ticket.at)
    return [(one.unit, one.sources[0]) for one in found]


def sent(cast: Cast, ticket: Ticket) -> Ticket:
    """Dispatched to the lead that was ruled, with what comes of it."""
    done = dispatch(
        number=ticket.number,
        act=acts.Dispatch(lead_unit=UnitCode("STHJ")),
        actor=cast.actor("dispatcher"),
        now=ticket.at + timedelta(minutes=5),
    )
    assert done.ok, done.refusals
    react(ticket.at + timedelta(minutes=6))
    return cast.seen(ticket)


def followed(ticket: Ticket) -> list[str]:
    entry = LedgerEntry.objects.get(ticket__number=ticket.number, name="dispatch.sent")
    return list(entry.payload["followed"])


def gone_by(cast: Cast, row: Precedent) -> Went:
    seen = whole(row.pk, actor=cast.actor("supervisor"), now=row.last_at)
    assert seen is not None
    return went(seen.state, since=seen.since)


def test_the_next_ticket_of_the_matter_goes_there_with_the_tasks_of_the_ruling(cast: Cast) -> None:
    draft = proposed(cast, reusable(cast), co_units=TASK)
    early = next_one(cast, draft)
    assert offered(cast, early)[0][0] != "STHJ", "a draft is offered to nobody"
    row = acted(cast, draft, "bb_deputy", Deed.AGREE)
    assert gone_by(cast, row) == Went()

    ticket = next_one(cast, row)
    assert offered(cast, ticket)[0] == ("STHJ", Source.PRECEDENT)
    ticket = sent(cast, ticket)
    assert (ticket.state.stage, ticket.state.lead_unit) == (Stage.PENDING_SIGN, "STHJ")
    assert followed(ticket) == ["010103-501@1"]
    (task,) = ticket.state.tasks
    assert (task.unit, task.after, task.standing) == ("CGJ", Finding.VIOLATION, Standing.WAITING)
    assert gone_by(cast, row) == Went(sent=1)
    assert gone_by(cast, row).under_way == 1

    other = sent(cast, next_one(cast, row))
    other = cast.do(other, "sthj_deputy", RETURNS["STHJ"])
    assert gone_by(cast, row) == Went(sent=2, returned=1)


def test_a_ticket_that_stayed_is_counted_as_gone_straight(cast: Cast) -> None:
    row = in_force(cast)
    ticket = sent(cast, next_one(cast, row))
    for who, act in (
        ("sthj_handler", acts.SignIn()),
        ("sthj_handler", acts.RecordFirstContact(note="已电话联系诉求人")),
        ("cgj_handler", acts.ReportCoTask(reply="已立案处罚")),
        ("sthj_handler", replied()),
    ):
        ticket = cast.do(ticket, who, act)
    signing = [f"sthj_{rank}" for rank in ("section", "deputy", "head")]
    while ticket.state.stage is Stage.PENDING_SIGN_OFF:
        ticket = cast.do(ticket, signing.pop(0), acts.SignOff(opinion="同意"))
    assert ticket.state.stage is Stage.PENDING_REVIEW
    assert gone_by(cast, row) == Went(sent=1, straight=1)


def test_after_its_end_it_is_offered_to_nobody_and_an_amended_one_by_its_new_edition(cast: Cast) -> None:
    row = in_force(cast)
    change = order(cast, DisputeFile.objects.get(pk=row.dispute), Deed.AMEND, title="小区门口流动摊贩占道")
    done = commands.do(row.pk, order=change, actor=cast.actor("supervisor"), now=row.last_at + timedelta(days=3))
    assert done.ok, done.refusals
    row = acted(cast, row, "bb_deputy", Deed.AGREE)
    assert followed(sent(cast, next_one(cast, row))) == ["010103-501@2"]
    assert gone_by(cast, row).sent == 1
    row = acted(cast, row, "supervisor", Deed.WITHDRAW)
    assert ("STHJ", Source.PRECEDENT) not in offered(cast, next_one(cast, row))
