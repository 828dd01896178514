"""A ruling's tasks stand on the ticket as soon as the ruling does: each with its words, its turn and its own clock."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hotline.registry.people.models import RoleGrant, User
from hotline.rules import acts
from hotline.rules.cotasks import CoTask, Standing
from hotline.rules.joint import Deed, Task
from hotline.rules.lifecycle import SYSTEM
from hotline.rules.state import TicketState
from hotline.rules.vocabulary import ClockKind, Finding, Role, Stage, UnitCode
from hotline.stages.joint import commands
from hotline.stages.joint.commands import giving
from hotline.stages.joint.models import DisputeFile
from hotline.tickets.access import look_at
from hotline.tickets.dossier import events_of, texts_of
from tests.cast import PASSWORD, Cast, Ticket
from tests.stages.joint.panels import CGJ, SPEAKERS, STHJ, did, heard, signed, tried
from tests.visits import at, signed_in
from tests.walks import OPENING

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
HOUSING = UnitCode("CJJ")
AFTER = (Task(unit=CGJ, order=2, days=5, after=Finding.VIOLATION), Task(unit=HOUSING, order=1, days=2))
WORDS = {
    "minutes": "生态环境局主办",
    "legal_basis": "《噪声污染防治法》",
    "task.CGJ": "依法处罚",
    f"task.{HOUSING}": "核实施工许可",
}


def ticket_of(row: DisputeFile) -> TicketState:
    return look_at(row.ticket, actor=SYSTEM).state


def task(row: DisputeFile, unit: UnitCode) -> CoTask:
    (found,) = (one for one in ticket_of(row).tasks if one.unit == unit)
    return found


def now_at(row: DisputeFile) -> Ticket:
    return Ticket(row.ticket, row.last_at + MINUTE, ticket_of(row))


def housing() -> str:
    """Somebody of a third unit, which has a part in the ruling and none in the dispute."""
    user = User.objects.create_user("cjj_handler", password=PASSWORD, full_name="何建", unit_id=HOUSING)
    RoleGrant.objects.create(user=user, role=Role.UNIT_HANDLER.value, valid_from=OPENING.date())
    return "cjj_handler"


def concluded(cast: Cast) -> DisputeFile:
    """Two tasks, the second only when a violation is found; agreed and signed."""
    row = did(cast, heard(cast), "supervisor", Deed.CONCLUDE, tasks=AFTER, words=WORDS)
    for who in SPEAKERS:
        row = did(cast, row, who, Deed.AGREE)
    return did(cast, row, "team_leader", Deed.SIGN)


def test_each_has_its_words_and_its_own_limit(cast: Cast) -> None:
    row = did(cast, signed(cast), "supervisor", Deed.RULE)
    state = ticket_of(row)
    assert (state.stage, state.lead_unit, state.co_units) == (Stage.HANDLING, STHJ, (CGJ,))
    given = task(row, CGJ)
    assert (given.days, given.order, given.standing) == (3, 1, Standing.OPEN)
    assert texts_of(row.ticket_row_id, ("task",)) == {(given.seq, "task"): "对查实的违法行为立案处罚"}
    clock = state.running(ClockKind.CO_TASK, CGJ)
    assert clock is not None
    assert clock.limit == "3wd"


def test_what_awaits_a_finding_begins_with_it_and_the_file_says_so(cast: Cast) -> None:
    row = did(cast, concluded(cast), "supervisor", Deed.RULE)
    assert (task(row, HOUSING).standing, task(row, CGJ).standing) == (Standing.OPEN, Standing.WAITING)
    assert ticket_of(row).co_units == (HOUSING,), "nobody's work yet, and nobody is told"
    page = signed_in(cast, "supervisor")
    with at(row.last_at + MINUTE):
        said = page.get(f"/joint/files/{row.pk}/").content.decode()
    assert "“查实违法违规”以后开始" in said
    assert "还没有查到，未开始" in said

    seen = cast.do(now_at(row), housing(), acts.ReportCoTask(reply="无夜间施工许可"))
    seen = cast.do(seen, "sthj_handler", acts.RecordFinding(found=Finding.VIOLATION, note="夜间超标"))
    assert task(row, CGJ).standing is Standing.OPEN
    assert ticket_of(row).running(ClockKind.CO_TASK, CGJ) is not None
    with at(seen.at + MINUTE):
        said = page.get(f"/joint/files/{row.pk}/").content.decode()
    assert "还没有查到" not in said
    assert "已反馈" in said


def test_an_upheld_ruling_leaves_the_tasks_alone(cast: Cast) -> None:
    row = did(cast, signed(cast), "supervisor", Deed.RULE)
    seen = cast.do(replace(now_at(row), at=row.last_at), "cgj_handler", acts.ReportCoTask(reply="已立案"))
    DisputeFile.objects.filter(pk=row.pk).update(last_at=seen.at)
    row = did(cast, row, "sthj_handler", Deed.OBJECT)
    before = task(row, CGJ)
    row = did(cast, row, "supervisor", Deed.UPHOLD)
    assert task(row, CGJ) == before
    assert before.standing is Standing.REPORTED
    opened = [event for event in events_of(row.ticket_row_id) if event.name == "task.opened"]
    assert len(opened) == 1


def test_ruled_from_the_tickets_page_the_tasks_are_the_same(cast: Cast) -> None:
    row = signed(cast)
    act = acts.RuleJointly(lead_unit=STHJ, co_units=(CGJ,), legal_basis="《噪声污染防治法》", finding="按纪要")
    moment = row.last_at + MINUTE
    outcome = commands.do_act(number=row.ticket, act=act, actor=cast.actor("supervisor"), now=moment)
    assert outcome.ok, outcome.refusals
    assert (task(row, CGJ).days, task(row, CGJ).standing) == (3, Standing.OPEN)
    assert outcome.state is not None
    assert outcome.state.version == ticket_of(row).version


def test_a_ruling_whose_task_cannot_be_given_is_not_made(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    row = signed(cast)
    before = ticket_of(row)
    to_the_lead = (acts.OpenTask(unit=STHJ, task="自己协办自己"),)
    monkeypatch.setattr(giving, "to_give", lambda *_: to_the_lead)
    done = tried(cast, row, "supervisor", Deed.RULE)
    assert not done.ok
    assert ticket_of(row) == before
    row.refresh_from_db()
    assert row.status == "signed"
