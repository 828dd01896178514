"""A dispute in the database: 市生态环境局 and 市城管局 have both returned it, and who sits on the panel."""

from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO

from hotline.registry.people.models import RoleGrant, User
from hotline.rules import acts
from hotline.rules.joint import Deed, Form, Order, Task
from hotline.rules.lifecycle import Actor
from hotline.rules.vocabulary import CITY_TZ, Role, Stage, UnitCode
from hotline.stages.joint import commands
from hotline.stages.joint.commands.files import attach
from hotline.stages.joint.commands.opening import ensure
from hotline.stages.joint.models import DisputeFile, JointPage
from hotline.tickets.access import take
from tests.cast import PASSWORD, Cast, Ticket
from tests.uploads import PDF
from tests.walks import OPENING

CGJ, STHJ, BB, SFJ, SJW = (UnitCode(code) for code in ("CGJ", "STHJ", "BB", "SFJ", "SJW"))
SEATED = (
    ("bb_deputy", "方志", "BB", Role.DEPUTY_HEAD),
    ("sfj_head", "程律", "SFJ", Role.UNIT_HEAD),
    ("sjw_head", "石清", "SJW", Role.UNIT_HEAD),
    ("supervisor_2", "宋岩", "RX12345", Role.SUPERVISOR),
    ("dispatcher_2", "葛亮", "RX12345", Role.DISPATCHER),
)
"""The staffing office, justice, discipline inspection, and colleagues of the office."""
RETURNS = {
    "CGJ": acts.RequestReturn(
        reason="not_competent", legal_basis="噪声属生态环境部门职责", evidence="现场照片", proposed_unit=STHJ
    ),
    "STHJ": acts.RequestReturn(
        reason="not_competent", legal_basis="本局没有行政处罚权", evidence="三定规定", proposed_unit=CGJ
    ),
}
WORDS = {
    "claim": "应由对方主办",
    "basis": "三定规定",
    "finding": "双方同意",
    "agenda": "夜间施工噪声由谁主办",
    "place": "二楼会议室",
    "opinion": "建议由生态环境部门主办",
    "minutes": "生态环境局主办，处罚环节转城管局",
    "legal_basis": "《噪声污染防治法》",
    "reason": "按规定办理",
    "task.CGJ": "对查实的违法行为立案处罚",
    "task.STHJ": "监测并出具报告",
}


def seat(cast: Cast) -> None:
    """The members' accounts."""
    for name, full_name, unit, role in SEATED:
        if not User.objects.filter(username=name).exists():
            user = User.objects.create_user(name, password=PASSWORD, full_name=full_name, unit_id=unit)
            RoleGrant.objects.create(user=user, role=role.value, valid_from=OPENING.date())
            cast._players.pop(name, None)


def disputed(cast: Cast, *, react: bool = True) -> Ticket:
    """Returned twice, each time with reason, and found so each time: a dispute by rule."""
    seat(cast)
    ticket = cast.ticket_at(Stage.PENDING_SIGN, lead="STHJ", register=None)
    for unit, people in (("STHJ", "sthj"), ("CGJ", "cgj")):
        if ticket.state.stage is Stage.PENDING_DISPATCH:
            ticket = cast.do(ticket, "dispatcher", acts.Dispatch(lead_unit=UnitCode(unit)))
        ticket = cast.do(ticket, f"{people}_deputy", RETURNS[unit])
        if ticket.state.stage is not Stage.RETURN_REQUESTED:
            ticket = cast.do(ticket, f"{people}_head", acts.SignOff(opinion="同意"))
        ticket = cast.do(ticket, "dispatcher", acts.AcceptReturn(finding="确有争议"))
    assert ticket.state.stage is Stage.JURISDICTION_DISPUTE
    if react:
        file_of(ticket)
    return ticket


def file_of(ticket: Ticket) -> DisputeFile:
    """The ticket's file, as the reaction makes it."""
    from django.db import transaction

    from hotline.rules.lifecycle import SYSTEM

    with transaction.atomic():
        row = ensure(take(ticket.number, actor=SYSTEM), now=ticket.at)
    assert row is not None
    return row


def filled(deed: Deed, at: datetime, **said: object) -> Order:
    """An order in which everything is filled in."""
    order = Order(
        deed=deed,
        lead=STHJ,
        tasks=(Task(unit=CGJ, order=1, days=3),),
        parties=frozenset({CGJ, STHJ}),
        staffing=BB,
        justice=SFJ,
        observer=SJW,
        form=Form.MEETING,
        meets_at=at + timedelta(days=1),
        agrees=True,
        signer="王副秘书长",
        signed_on=at.astimezone(CITY_TZ).date(),
        words=WORDS,
    )
    return replace(order, **said)  # type: ignore[arg-type]  # any field may be said anew


def tried(cast: Cast, row: DisputeFile, who: str | Actor, deed: Deed, **said: object) -> commands.Done:
    """One deed, with whatever comes of it, a minute after the last."""
    row = DisputeFile.objects.get(pk=row.pk)
    at = row.last_at + timedelta(minutes=1)
    actor = cast.actor(who) if isinstance(who, str) else who
    version = said.pop("version", None)
    return commands.do(row.pk, order=filled(deed, at, **said), actor=actor, now=at, version=version)  # type: ignore[arg-type]  # a number


def did(cast: Cast, row: DisputeFile, who: str | Actor, deed: Deed, **said: object) -> DisputeFile:
    """One deed that must be done."""
    done = tried(cast, row, who, deed, **said)
    assert done.ok, [(refusal.code, dict(refusal.params)) for refusal in done.refusals]
    assert done.row is not None
    return done.row


SPEAKERS = ("cgj_head", "sthj_head", "bb_deputy", "sfj_head")


def convened(cast: Cast, ticket: Ticket | None = None) -> DisputeFile:
    return did(cast, file_of(ticket or disputed(cast)), "supervisor", Deed.CONVENE)


def heard(cast: Cast, **leads: UnitCode) -> DisputeFile:
    row = convened(cast)
    for who in SPEAKERS:
        row = did(cast, row, who, Deed.OPINE, lead=leads.get(who, STHJ))
    return row


def signed(cast: Cast) -> DisputeFile:
    row = did(cast, heard(cast), "supervisor", Deed.CONCLUDE)
    for who in SPEAKERS:
        row = did(cast, row, who, Deed.AGREE)
    return did(cast, row, "team_leader", Deed.SIGN)


def ruled(cast: Cast) -> DisputeFile:
    return did(cast, signed(cast), "supervisor", Deed.RULE)


def ready_to_rule(cast: Cast, *, lead: UnitCode, helper: UnitCode) -> Ticket:
    """A ticket whose minutes are signed: this lead, that co-unit."""
    ticket = disputed(cast)
    row = convened(cast, ticket)
    for who in SPEAKERS:
        row = did(cast, row, who, Deed.OPINE, lead=lead)
    row = did(cast, row, "supervisor", Deed.CONCLUDE, lead=lead, tasks=(Task(unit=helper, days=3),))
    for who in SPEAKERS:
        row = did(cast, row, who, Deed.AGREE)
    row = did(cast, row, "team_leader", Deed.SIGN)
    return replace(cast.seen(ticket), at=row.last_at)


def brought(cast: Cast, step: str) -> DisputeFile:
    """A dispute at one of its steps."""
    if step == "open":
        return file_of(disputed(cast))
    if step == "convened":
        return heard(cast)
    if step in {"concluded", "agreed"}:
        row = did(cast, heard(cast), "supervisor", Deed.CONCLUDE)
        for who in SPEAKERS if step == "agreed" else ():
            row = did(cast, row, who, Deed.AGREE)
        return row
    if step == "signed":
        return signed(cast)
    if step == "escalated":
        return did(cast, file_of(disputed(cast)), "supervisor", Deed.ESCALATE)
    row = ruled(cast)
    return did(cast, row, "sthj_handler", Deed.OBJECT) if step == "objected" else row


def paged(cast: Cast, row: DisputeFile) -> int:
    """The signed page, put in; its key."""
    done = attach(
        row.pk,
        file=BytesIO(PDF),
        name="签批页.pdf",
        actor=cast.actor("team_leader"),
        now=row.last_at + timedelta(minutes=1),
    )
    assert done.ok, done.refusals
    return JointPage.objects.get(dispute=row).pk
