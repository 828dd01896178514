"""Disputes in the database: the file opens by itself, both rules decide, both are written or neither, and all stays."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from hotline.rules import acts
from hotline.rules.joint import Deed, Status, fold
from hotline.rules.lifecycle import SYSTEM
from hotline.rules.vocabulary import ClockKind, Flag, Stage
from hotline.stages.joint.commands import do_act
from hotline.stages.joint.models import DisputeFile, JointEntry, JointText
from hotline.stages.joint.queries.rows import columns_of, digest_of, entry_of, state_of
from hotline.tickets.access import look_at
from tests.cast import Cast
from tests.oversight.notices.ringing import bells, react
from tests.stages.joint.panels import (
    BB,
    CGJ,
    SFJ,
    SJW,
    STHJ,
    convened,
    did,
    disputed,
    file_of,
    heard,
    ruled,
    signed,
    tried,
)

pytestmark = pytest.mark.django_db


def stage(row: DisputeFile) -> Stage:
    return look_at(row.ticket, actor=SYSTEM).state.stage


def test_the_file_opens_by_itself_at_the_second_founded_return(cast: Cast) -> None:
    ticket = disputed(cast, react=False)
    assert not DisputeFile.objects.exists()
    react(ticket.at)
    row = DisputeFile.objects.get(ticket=ticket.number)
    assert (row.status, row.parties, row.readers) == ("open", ["CGJ", "STHJ"], ["CGJ", "STHJ"])
    assert bells()["cgj_head"][-1] == "joint_position_asked"
    react(ticket.at)
    file_of(ticket)
    assert DisputeFile.objects.count() == 1


def test_an_ownerless_ticket_has_a_file_too(cast: Cast) -> None:
    ticket = cast.do(cast.ticket_at(Stage.PENDING_DISPATCH), "dispatcher", acts.MarkNoOwner(note="目录中没有"))
    react(ticket.at)
    assert DisputeFile.objects.get().parties == []


def test_the_seeds_case_from_the_returns_to_the_ruling(cast: Cast) -> None:
    row = ruled(cast)
    state = look_at(row.ticket, actor=SYSTEM).state
    assert (state.stage, state.lead_unit, state.co_units) == (Stage.HANDLING, STHJ, (CGJ,))
    assert Flag.RULED_LEAD in state.flags
    assert state.running(ClockKind.CO_TASK, CGJ) is not None
    assert (row.status, row.lead, row.signer) == ("ruled", "STHJ", "王副秘书长")
    entries = list(JointEntry.objects.filter(dispute=row).order_by("seq"))
    assert fold(map(entry_of, entries)) == state_of(row)
    assert columns_of(state_of(row)).items() <= vars(row).items()


def test_words_stand_beside_the_history_and_can_be_proved(cast: Cast) -> None:
    row = heard(cast)
    for entry in JointEntry.objects.filter(dispute=row):
        said = dict(JointText.objects.filter(dispute=row, seq=entry.seq).values_list("field", "body"))
        assert entry.digest == (digest_of(row.pk, entry.seq, said) if said else "")
        assert not set(said.values()) & {str(value) for value in entry.payload.values()}


@pytest.mark.parametrize("change", ["UPDATE joint_jointentry SET actor = '1'", "DELETE FROM joint_jointtext"])
def test_nobody_changes_what_was_written(cast: Cast, change: str) -> None:
    convened(cast)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_mediation_settles_ticket_and_file_together(cast: Cast) -> None:
    row = did(cast, file_of(disputed(cast)), "dispatcher", Deed.MEDIATE)
    assert (row.status, row.lead, stage(row)) == ("settled", "STHJ", Stage.HANDLING)


def test_a_provisional_lead_works_while_the_panel_sits(cast: Cast) -> None:
    row = did(cast, file_of(disputed(cast)), "supervisor", Deed.PROVISION)
    assert (row.status, row.lead, stage(row)) == ("provisional", "STHJ", Stage.HANDLING)
    row = did(cast, row, "supervisor", Deed.CONVENE)
    assert (row.status, stage(row)) == ("convened", Stage.HANDLING)


def test_escalation_and_the_decision_from_above(cast: Cast) -> None:
    row = did(cast, heard(cast, bb_deputy=CGJ, cgj_head=CGJ), "supervisor", Deed.ESCALATE)
    assert (row.status, stage(row)) == ("escalated", Stage.JOINT_HANDLING)
    row = did(cast, row, "supervisor", Deed.DECIDE, signer="李秘书长")
    assert (row.status, row.lead, stage(row)) == ("ruled", "STHJ", Stage.HANDLING)


def test_an_objection_stops_nothing_and_may_be_upheld(cast: Cast) -> None:
    row = did(cast, ruled(cast), "sthj_handler", Deed.OBJECT)
    assert (row.status, row.objected, stage(row)) == ("ruled", ["STHJ"], Stage.HANDLING)
    row = did(cast, row, "cgj_head", Deed.OBJECT)
    assert row.objected == ["CGJ", "STHJ"]
    assert [r.code for r in tried(cast, row, "cgj_head", Deed.OBJECT).refusals] == ["joint.objected_already"]
    row = did(cast, row, "supervisor", Deed.UPHOLD)
    state = look_at(row.ticket, actor=SYSTEM).state
    assert (row.objection_open, Flag.OBJECTED in state.flags, state.co_units) == (False, False, (CGJ,))


def test_an_objection_comes_within_a_working_day(cast: Cast) -> None:
    row = ruled(cast)
    late = row.last_at + timedelta(days=5)
    from hotline.stages.joint.commands import do
    from tests.stages.joint.panels import filled

    done = do(row.pk, order=filled(Deed.OBJECT, late), actor=cast.actor("sthj_handler"), now=late)
    assert [refusal.code for refusal in done.refusals] == ["objection.window_over"]
    assert DisputeFile.objects.get().objected == []


def test_what_the_ticket_refuses_is_not_written_to_the_file(cast: Cast) -> None:
    row = did(cast, file_of(disputed(cast)), "supervisor", Deed.PROVISION)
    row = did(cast, row, "supervisor", Deed.CONVENE)
    done = tried(cast, row, "dispatcher", Deed.MEDIATE)
    assert [refusal.code for refusal in done.refusals] == ["act.not_now"]
    assert DisputeFile.objects.get().status == "convened"


def test_the_file_ends_with_its_ticket(cast: Cast) -> None:
    ticket = disputed(cast)
    ticket = cast.do(ticket, "agent", acts.Withdraw(note="不再反映"))
    react(ticket.at)
    assert DisputeFile.objects.get().status == Status.ENDED.value


# Bad luck, each with its sentence


def codes(cast: Cast, row: DisputeFile, who: str, deed: Deed, **said: object) -> list[str]:
    return [refusal.code for refusal in tried(cast, row, who, deed, **said).refusals]


def test_no_panel_concludes_without_both_opinions(cast: Cast) -> None:
    row = convened(cast)
    assert codes(cast, row, "supervisor", Deed.CONCLUDE) == ["joint.opinion_missing"]


def test_a_disputing_unit_does_not_draft_its_own_ruling(cast: Cast) -> None:
    assert codes(cast, heard(cast), "cgj_head", Deed.CONCLUDE) == ["joint.own_case"]


def test_a_unit_closed_before_the_ruling_is_succeeded_first(cast: Cast) -> None:
    from hotline.registry.units.models import Unit

    row = signed(cast)
    Unit.objects.filter(code="STHJ").update(valid_to=row.last_at.date())
    assert codes(cast, row, "supervisor", Deed.RULE) == ["joint.unit_closed"]
    row = did(cast, row, "supervisor", Deed.SUCCEED, unit=STHJ, successor="CJJ")
    row = did(cast, row, "supervisor", Deed.RULE)
    state = look_at(row.ticket, actor=SYSTEM).state
    assert (row.lead, state.lead_unit) == ("CJJ", "CJJ")


def test_a_renamed_unit_stays_the_same(cast: Cast) -> None:
    from hotline.registry.units.models import Unit

    row = signed(cast)
    Unit.objects.filter(code="STHJ").update(short_name="市生态局")
    assert did(cast, row, "supervisor", Deed.RULE).lead == "STHJ"


def test_a_return_needs_a_basis_and_comes_in_time(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.PENDING_SIGN)
    bare = acts.RequestReturn(reason="not_competent", legal_basis=" ", proposed_unit=STHJ)
    assert [r.code for r in cast.tried(ticket, "cgj_deputy", bare).refusals] == ["field.required"]
    late = acts.RequestReturn(reason="not_competent", legal_basis="三定规定", proposed_unit=STHJ)
    said = cast.tried(ticket, "cgj_deputy", late, at=ticket.at + timedelta(days=9))
    assert [r.code for r in said.refusals] == ["return.window_over"]


def test_the_second_of_two_who_saw_the_same_does_nothing(cast: Cast) -> None:
    row = file_of(disputed(cast))
    did(cast, row, "dispatcher", Deed.MEDIATE, version=row.version)
    assert codes(cast, row, "dispatcher_2", Deed.MEDIATE, version=row.version) == ["joint.moved_on"]


# The ticket's own acts


def test_a_ruling_from_the_tickets_page_is_only_what_was_signed(cast: Cast) -> None:
    row = heard(cast)
    rules = acts.RuleJointly(lead_unit=STHJ, co_units=(CGJ,), legal_basis="纪要", finding="由生态环境局主办")

    def rule() -> list[str]:
        at = DisputeFile.objects.get().last_at + timedelta(minutes=1)
        return [r.code for r in do_act(number=row.ticket, act=rules, actor=cast.actor("supervisor"), now=at).refusals]

    assert rule() == ["joint.on_the_file"]
    row = did(cast, row, "supervisor", Deed.CONCLUDE)
    for who in ("cgj_head", "sthj_head", "bb_deputy", "sfj_head"):
        row = did(cast, row, who, Deed.AGREE)
    row = did(cast, row, "team_leader", Deed.SIGN)
    assert rule() == []
    assert (DisputeFile.objects.get().status, stage(row)) == ("ruled", Stage.HANDLING)


def test_a_mediation_from_the_tickets_page_is_on_the_file(cast: Cast) -> None:
    ticket = disputed(cast, react=False)
    act = acts.Mediate(lead_unit=STHJ, co_units=(CGJ,), finding="双方同意")
    outcome = do_act(number=ticket.number, act=act, actor=cast.actor("dispatcher"), now=ticket.at)
    assert outcome.ok
    assert (DisputeFile.objects.get().status, DisputeFile.objects.get().lead) == ("settled", "STHJ")


def test_a_panel_from_the_tickets_page_sits_as_the_last_one_did(cast: Cast) -> None:
    ticket = disputed(cast)
    act = acts.ConvenePanel(members=(CGJ, STHJ), agenda="由谁主办")

    def call() -> list[str]:
        outcome = do_act(number=ticket.number, act=act, actor=cast.actor("supervisor"), now=ticket.at)
        return [refusal.code for refusal in outcome.refusals]

    assert "joint.seat_missing" in call()
    convened(cast)
    assert call() == []
    row = DisputeFile.objects.get(ticket=ticket.number)
    assert (row.staffing, row.justice, row.observer, row.parties) == (BB, SFJ, SJW, [CGJ, STHJ])
