"""夜间施工噪声, the case for which joint handling was made: ecology returns it (no power to punish), urban management
returns it (an environmental matter), the dispute opens by itself, a panel rules, and the next such ticket is known:
it goes to ecology at once, and the penalty task begins when ecology finds the violation.
"""

from datetime import datetime, time, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from docx import Document as Docx

from hotline.oversight.messaging.models import CitizenMessage
from hotline.registry.regions.commands import touch_lists
from hotline.registry.units.rule_models import DirectoryRule
from hotline.rules import acts
from hotline.rules import jurisdiction as directory
from hotline.rules import precedents as rules
from hotline.rules.cotasks import Standing
from hotline.rules.joint import Deed
from hotline.rules.lifecycle import SYSTEM
from hotline.rules.precedents.wording import years_on
from hotline.rules.suggesting import Source
from hotline.rules.vocabulary import CITY_TZ, CategoryCode, ClockKind, Finding, Resolution, Stage, UnitCode
from hotline.stages.dispatch.queries import suggestions
from hotline.stages.joint.models import DisputeFile
from hotline.stages.joint.queries.ruled import ruled_in
from hotline.tickets.access import look_at
from hotline.tickets.models import LedgerEntry
from hotline.tickets.precedents import commands as precedents
from hotline.tickets.rulebook import rulebook
from tests.cast import Cast, Ticket
from tests.oversight.notices.ringing import bells, react
from tests.stages.joint.panels import SPEAKERS, seat
from tests.visits import at, signed_in
from tests.walks import OPENING

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
NIGHT = directory.Hours(time(22), time(6))
STHJ, CGJ = UnitCode("STHJ"), UnitCode("CGJ")
NOISE = {
    "category": CategoryCode("040103"),
    "title": "工地夜间施工噪声扰民",
    "content": "阜阳路在建工地每天夜里十一点以后还在浇筑混凝土，吵得整栋楼睡不着，希望尽快制止。",
    "demand": "制止夜间施工",
    "place": "阜阳路与北二环交口",
}
ANSWER = acts.SubmitReply(
    resolution=Resolution.RESOLVED,
    reply="经夜间监测查实超标，工地已停止夜间施工，城管部门已立案处罚。",
    internal_note="监测报告附后",
    legal_basis="《噪声污染防治法》第四十三条",
)
SAME_AGAIN = NOISE | {"content": "阜阳路在建工地夜里十二点还在浇筑混凝土，吵得整栋楼睡不着，请尽快制止。"}


def silent_directory() -> None:
    """A city whose directory does not know the matter yet: the lines that came of such a ruling are taken out."""
    there = DirectoryRule.objects.filter(title__contains="施工噪声")
    assert there.update(valid_to=OPENING.date()) >= 4
    touch_lists()


def posted(cast: Cast, who: str, address: str, moment: datetime, **fields: Any) -> None:
    with at(moment):
        answer = signed_in(cast, who).post(address, fields)
    assert answer.status_code == 302, answer.content.decode()
    react(moment)


def read(cast: Cast, who: str, address: str, moment: datetime) -> str:
    with at(moment):
        answer = signed_in(cast, who).get(address)
    assert answer.status_code == 200, (who, address)
    return str(answer.content.decode())


def returned(cast: Cast, ticket: Ticket, moment: datetime, *, people: str, basis: str, to: str) -> datetime:
    """A unit says that it is not its job: written by the clerk, signed on, found to be so by the dispatcher."""
    number = ticket.number
    fields = {"reason": "not_competent", "legal_basis": basis, "evidence": "三定规定", "proposed_unit": to}
    posted(cast, f"{people}_handler", f"/handling/request-return/{number}/", moment, **fields)
    for rank in ("section", "deputy", "head"):
        if cast.seen(ticket).state.stage is Stage.RETURN_REQUESTED:
            break
        posted(cast, f"{people}_{rank}", f"/handling/sign-off/{number}/", moment + HOUR / 4, opinion="同意")
    posted(cast, "dispatcher", f"/dispatch/accept-return/{number}/", moment + HOUR / 2, finding="职责有争议")
    return moment + HOUR


def deed(cast: Cast, who: str, row: DisputeFile, name: Deed, **fields: Any) -> None:
    row.refresh_from_db()
    said = {f"{name.value}-{field}": value for field, value in fields.items()}
    moment = row.last_at + timedelta(minutes=5)
    posted(cast, who, f"/joint/files/{row.pk}/{name.value}/", moment, version=row.version, **said)
    row.refresh_from_db()


def disputed(cast: Cast) -> tuple[Ticket, DisputeFile]:
    """Sent to ecology, returned; sent to urban management, returned: a dispute by rule, with its file."""
    ticket = cast.ticket_at(Stage.PENDING_SIGN, lead="STHJ", register=NOISE, at=OPENING.replace(hour=23))
    react(ticket.at)
    moment = returned(cast, ticket, ticket.at + HOUR / 4, people="sthj", basis="本局没有行政处罚权", to="CGJ")
    assert cast.seen(ticket).state.stage is Stage.PENDING_DISPATCH
    posted(cast, "dispatcher", f"/dispatch/dispatch/{ticket.number}/", moment, lead_unit="CGJ")
    returned(cast, ticket, moment + HOUR, people="cgj", basis="噪声属生态环境部门职责", to="STHJ")
    assert cast.seen(ticket).state.stage is Stage.JURISDICTION_DISPUTE
    return ticket, DisputeFile.objects.get(ticket=ticket.number)


def ruled(cast: Cast, row: DisputeFile) -> None:
    """The panel: ecology leads, the penalty step is urban management's; agreed, signed, in force."""
    when = (row.last_at + timedelta(days=1)).astimezone(CITY_TZ).strftime("%Y-%m-%dT%H:%M")
    seats = {"staffing": "BB", "justice": "SFJ", "observer": "SJW", "parties": ["CGJ", "STHJ"]}
    deed(cast, "supervisor", row, Deed.CONVENE, form="meeting", meets_at=when, place="二楼", agenda="谁主办", **seats)
    for who in SPEAKERS:
        lead = "STHJ" if who != "sthj_head" else "CGJ"
        said = {"opinion": "查处分开", "basis": "《噪声污染防治法》", "signer": "某某"}
        deed(cast, who, row, Deed.OPINE, lead=lead, **said)
    deed(
        cast, "supervisor", row, Deed.CONCLUDE,
        lead="STHJ", minutes="生态环境部门受理核查，处罚由城管部门实施", legal_basis="《噪声污染防治法》第七十七条",
        reusable="yes", unit_1="CGJ", task_1="对查实的违法夜间施工实施处罚",
        order_1="1", days_1="3", after_1="violation",
    )  # fmt: skip
    for who in SPEAKERS:
        answer = {"agrees": "yes"} if who != "sthj_head" else {"agrees": "no", "reason": "本局人手不足"}
        deed(cast, who, row, Deed.AGREE, **answer)
    signed_on = row.last_at.astimezone(CITY_TZ).date().isoformat()
    deed(cast, "team_leader", row, Deed.SIGN, signer="王副秘书长", signed_on=signed_on)
    deed(cast, "supervisor", row, Deed.RULE)


def told(ticket: Ticket) -> list[str]:
    found = CitizenMessage.objects.filter(number=ticket.number).order_by("pk")
    return list(found.values_list("kind", flat=True))


def offered(cast: Cast, ticket: Ticket) -> dict[str, tuple[Source, ...]]:
    """Whom the dispatcher's form would offer, and why."""
    moment, actor = ticket.at + HOUR / 4, cast.actor("dispatcher")
    opened = look_at(ticket.number, actor=actor)
    book = rulebook(now=moment, profile=opened.state.profile)
    return {one.unit: one.sources for one in suggestions(opened, book=book, actor=actor, now=moment)}


def test_pushed_back_and_forth_ruled_and_known_the_next_time(cast: Cast) -> None:
    silent_directory()
    seat(cast)
    ticket, row = disputed(cast)

    # the dispute has opened by itself, both positions stand side by side, everybody concerned knows
    assert (row.status, row.parties) == ("open", ["CGJ", "STHJ"])
    page = read(cast, "supervisor", f"/joint/files/{row.pk}/", row.last_at + HOUR)
    assert all(said in page for said in ("本局没有行政处罚权", "噪声属生态环境部门职责", "职责有争议"))
    assert "dispute_opened" in bells()["supervisor"]
    assert "joint_position_asked" in bells()["sthj_handler"]

    # the panel rules; ecology holds otherwise, which is on record and holds nothing up
    ruled(cast, row)
    assert (row.status, row.lead, row.reusable) == ("ruled", "STHJ", True)
    state = look_at(ticket.number, actor=SYSTEM).state
    assert (state.stage, state.lead_unit, state.co_units) == (Stage.HANDLING, STHJ, ())
    assert [(task.unit, task.days, task.standing) for task in state.tasks] == [(CGJ, 3, Standing.WAITING)]
    page = read(cast, "cgj_handler", f"/joint/files/{row.pk}/", row.last_at + HOUR)
    assert "对查实的违法夜间施工实施处罚" in page
    with at(row.last_at + HOUR):
        word = signed_in(cast, "supervisor").get(f"/minutes/{row.pk}/word/").content
    minutes = "\n".join(paragraph.text for paragraph in Docx(BytesIO(word)).paragraphs)
    assert "不同意见：市生态环境局" in minutes
    assert "草稿" not in minutes

    # the citizen was told at each turn
    kinds = told(ticket)
    assert [kind for kind in ("disputed", "convened", "moved") if any(kind in one for one in kinds)] == [
        "disputed", "convened", "moved",
    ]  # fmt: skip

    # the work is done: ecology finds, urban management punishes, ecology answers once
    worked(cast, ticket, row.last_at + HOUR)

    # the next such ticket: the dispatcher is offered ecology first, because it was ruled to lead this matter
    later = row.last_at + timedelta(days=2)
    again = cast.ticket_at(Stage.PENDING_DISPATCH, register=SAME_AGAIN, at=later)
    found = offered(cast, again)
    assert next(iter(found)) == STHJ
    assert Source.RULING in found[STHJ]
    posted(cast, "dispatcher", f"/dispatch/dispatch/{again.number}/", again.at + HOUR / 4, lead_unit="STHJ")
    assert cast.do(cast.seen(again), "sthj_handler", acts.SignIn()).state.stage is Stage.HANDLING


def worked(cast: Cast, ticket: Ticket, moment: datetime) -> None:
    """The penalty task begins with the finding, has its own clock, reports to the lead; the lead answers for both."""
    number = ticket.number
    finding = {"found": "violation", "note": "夜间监测超标，未办夜间施工手续"}
    posted(cast, "sthj_handler", f"/handling/record-finding/{number}/", moment, **finding)
    state = look_at(number, actor=SYSTEM).state
    assert (state.co_units, state.co_done) == ((CGJ,), ())
    assert state.running(ClockKind.CO_TASK, CGJ) is not None
    early = cast.tried(cast.seen(ticket), "sthj_handler", ANSWER, at=moment + HOUR / 4)
    assert [refusal.code for refusal in early.refusals] == ["co_task.awaited"], "it waits for what has begun"

    page = read(cast, "cgj_handler", reverse("ticket", args=[number]), moment + HOUR / 2)
    assert "对查实的违法夜间施工实施处罚" in page
    posted(cast, "cgj_handler", f"/handling/report-co-task/{number}/", moment + HOUR, reply="已立案，罚款三万元")
    state = look_at(number, actor=SYSTEM).state
    assert (state.co_done, state.running(ClockKind.CO_TASK, CGJ)) == ((CGJ,), None)
    assert "co_reported" in bells()["sthj_handler"]

    contacted = acts.RecordFirstContact(note="已电话联系诉求人")
    seen = cast.do(cast.seen(ticket), "sthj_handler", contacted, at=moment + HOUR * 3 / 2)
    seen = cast.do(seen, "sthj_handler", ANSWER, at=moment + 2 * HOUR)
    for who in ("sthj_section", "sthj_deputy", "sthj_head"):
        if seen.state.stage is not Stage.PENDING_REVIEW:
            seen = cast.do(seen, who, acts.SignOff(opinion="同意"))
    assert seen.state.stage is Stage.PENDING_REVIEW
    replies = LedgerEntry.objects.filter(ticket__number=number, name="handling.replied")
    assert [reply.unit for reply in replies] == ["STHJ"], "one answer, by the lead"


def stored(cast: Cast, row: DisputeFile, *, hours: directory.Hours | None = NIGHT) -> None:
    """The ruling as a rule of the directory: worded by the office, agreed to by the staffing office."""
    moment = row.last_at + HOUR
    today = moment.astimezone(CITY_TZ).date()
    matter = ruled_in(row.pk, actor=cast.actor("supervisor"))
    assert matter is not None
    penalty = directory.CoUnit(
        role=directory.UnitRole.CO, unit=CGJ, task="对查实的违法夜间施工实施处罚", after="查实违法"
    )
    draft = directory.DirectoryRule(
        id="",
        title="夜间施工噪声",
        categories=(NOISE["category"],),
        words=directory.Words((("施工", "工地"),)),
        hours=hours,
        lead=STHJ,
        co_units=(penalty,),
        basis=matter.ruled.basis,
        owner=STHJ,
        valid_from=today,
        valid_to=years_on(today, 2),
    )
    order = rules.Order(deed=rules.Deed.PROPOSE, ruled=matter.ruled, draft=draft, text="按会办结论")
    made = precedents.propose(order, actor=cast.actor("supervisor"), now=moment)
    assert made.ok, made.refusals
    assert made.row is not None
    agrees = rules.Order(deed=rules.Deed.AGREE, text="同意")
    agreed = precedents.do(made.row.pk, order=agrees, actor=cast.actor("bb_deputy"), now=moment + HOUR)
    assert agreed.ok, agreed.refusals


def test_stored_as_a_precedent_the_next_goes_there_at_once(cast: Cast) -> None:
    silent_directory()
    seat(cast)
    _ticket, row = disputed(cast)
    ruled(cast, row)
    stored(cast, row)

    later = (row.last_at + timedelta(days=2)).replace(hour=15)  # eleven at night in the city
    again = cast.ticket_at(Stage.PENDING_DISPATCH, register=SAME_AGAIN, at=later)
    found = offered(cast, again)
    assert next(iter(found)) == STHJ
    assert found[STHJ][0] is Source.PRECEDENT
    posted(cast, "dispatcher", f"/dispatch/dispatch/{again.number}/", again.at + HOUR / 4, lead_unit="STHJ")
    sent = LedgerEntry.objects.get(ticket__number=again.number, name="dispatch.sent")
    assert sent.payload["followed"], "the ledger notes the line that named it"
    assert look_at(row.ticket, actor=SYSTEM).state.lead_unit == STHJ, "what was dispatched before stays"

    # the penalty task of the rule waits for the finding, and begins with it
    (task,) = look_at(again.number, actor=SYSTEM).state.tasks
    assert (task.unit, task.after, task.standing) == (CGJ, Finding.VIOLATION, Standing.WAITING)
    moment = again.at + HOUR / 2
    posted(cast, "sthj_handler", f"/handling/sign-in/{again.number}/", moment)
    worked(cast, again, moment + HOUR)
    page = read(cast, "cgj_handler", reverse("ticket", args=[again.number]), moment + 4 * HOUR)
    assert "查实违法的，对查实的违法夜间施工实施处罚" in page
