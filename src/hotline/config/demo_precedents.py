"""The demonstration's precedents: matters that were disputed, ruled, and are followed since; one of them is challenged,
one was withdrawn, one runs out soon, one waits for the staffing office. Everything by the commands that the pages use.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction

from hotline.config.demo_joint import DISCIPLINE, JUSTICE, STAFFING, Company
from hotline.config.demo_quarrels import FOLLOWED, NOISE_AGAIN, NOISE_WORDS, Quarrel
from hotline.rules import acts as a
from hotline.rules.joint import Deed as Step
from hotline.rules.joint import Form, Task
from hotline.rules.joint import Order as JointOrder
from hotline.rules.lifecycle import SYSTEM, Actor
from hotline.rules.precedents import Deed, Order
from hotline.rules.precedents.table import WARNING
from hotline.rules.vocabulary import CITY_TZ, Rating, Resolution, Role, Stage, UnitCode
from hotline.stages.dispatch.commands import dispatch
from hotline.stages.joint.commands import do as do_joint
from hotline.stages.joint.commands.opening import ensure
from hotline.stages.joint.models import DisputeFile
from hotline.stages.joint.queries.ruled import ruled_in
from hotline.tickets.access import take
from hotline.tickets.commands import open_ticket, perform
from hotline.tickets.precedents import commands
from hotline.tickets.precedents.drafting import begin_with, read_draft
from hotline.tickets.precedents.jobs import look_at_ends
from hotline.tickets.precedents.models import Precedent

PAUSE: Final = timedelta(minutes=25)
CALLER: Final = {"name": "吴先生", "phone": "13800005522"}
RULES_OF_NOISE: Final = "040103"


def precedents(now: datetime) -> int:
    """All of them; how many there are. What was disputed longest ago comes first."""
    company = Company(now)
    for quarrel in FOLLOWED:
        begins = _morning(now, quarrel.days_ago)
        row = _ruled(company, quarrel, begins)
        if row is not None:
            _close(company, row.ticket, quarrel, row.last_at)
            _followed(company, row, quarrel, now)
    _noise(company, now)
    return Precedent.objects.count()


def _morning(now: datetime, days: int) -> datetime:
    return (now - timedelta(days=days)).astimezone(CITY_TZ).replace(hour=9, minute=10, second=0, microsecond=0)


def _day(at: datetime) -> date:
    return at.astimezone(CITY_TZ).date()


# --- the dispute and its ruling ---


def _ruled(company: Company, quarrel: Quarrel, at: datetime) -> DisputeFile | None:
    """Taken in, returned by both, ruled by the panel."""
    number, at = _returned_twice(company, quarrel, at)
    if not number:
        return None
    with transaction.atomic():
        row = ensure(take(number, actor=SYSTEM), now=at)
    for who, order in _deeds(company, quarrel, at):
        at += PAUSE
        if row is None or who is None or not do_joint(row.pk, order=order, actor=who, now=at).ok:
            return None
    return DisputeFile.objects.get(ticket=number)


def _returned_twice(company: Company, quarrel: Quarrel, at: datetime) -> tuple[str, datetime]:
    agent = company.who(Role.AGENT)
    if agent is None:
        return "", at
    opened = open_ticket(
        act=quarrel.register, requester=CALLER, actor=agent, now=at, region=quarrel.register.region or "340100"
    )
    if opened.ticket is None:
        return "", at
    stage, number = Stage.REGISTERED, opened.ticket.number
    for who, act in _there_and_back(company, quarrel, agent):
        at += PAUSE
        done = perform(number=number, act=act, actor=who, now=at) if who else None
        if done is not None and done.ok and done.state is not None:
            stage = done.state.stage
        elif not isinstance(act, a.SignOff):
            return "", at
        if stage is Stage.JURISDICTION_DISPUTE:
            return number, at
    return "", at


def _there_and_back(company: Company, quarrel: Quarrel, agent: Actor) -> Iterator[tuple[Actor | None, a.Act]]:
    dispatcher = company.who(Role.DISPATCHER)
    yield agent, a.SendToDispatch()
    for claim, other in ((quarrel.first, quarrel.second.unit), (quarrel.second, quarrel.first.unit)):
        yield dispatcher, a.Dispatch(lead_unit=claim.unit, note="请核实并处置")
        asks = a.RequestReturn(
            reason="not_competent", legal_basis=f"{claim.says}依据：{claim.basis}", proposed_unit=other
        )
        yield company.head(claim.unit), asks
        yield company.who(Role.UNIT_HEAD, claim.unit), a.SignOff(opinion="同意退单")
        yield dispatcher, a.AcceptReturn(finding="两家职责确有交叉，退单理由成立")


def _deeds(company: Company, quarrel: Quarrel, at: datetime) -> Iterator[tuple[Actor | None, JointOrder]]:
    chair, lead, helper = company.who(Role.SUPERVISOR), quarrel.lead.unit, quarrel.helper.unit
    for claim in (quarrel.first, quarrel.second):
        yield company.head(claim.unit), JointOrder(deed=Step.STATE, words={"claim": claim.says, "basis": claim.basis})
    yield (
        chair,
        JointOrder(
            deed=Step.CONVENE,
            parties=frozenset({lead, helper}),
            staffing=STAFFING,
            justice=JUSTICE,
            observer=DISCIPLINE,
            form=Form.WRITTEN,
            meets_at=at + timedelta(days=1),
            words={"agenda": quarrel.agenda},
        ),
    )
    members = (STAFFING, JUSTICE, lead, helper)
    for unit in members:
        words = {"opinion": quarrel.opinion, "basis": quarrel.law}
        yield company.head(unit), JointOrder(deed=Step.OPINE, lead=lead, signer="分管领导", words=words)
    words = {"minutes": quarrel.minutes, "legal_basis": quarrel.law, f"task.{helper}": quarrel.task}
    tasks = (Task(unit=helper, order=1, days=5),)
    yield chair, JointOrder(deed=Step.CONCLUDE, lead=lead, tasks=tasks, reusable=True, words=words)
    for unit in members:
        yield company.head(unit), JointOrder(deed=Step.AGREE, agrees=True)
    yield (
        company.who(Role.TEAM_LEADER),
        JointOrder(deed=Step.SIGN, signer="王建军（副秘书长）", signed_on=_day(at)),
    )
    yield chair, JointOrder(deed=Step.RULE)


def _close(company: Company, number: str, quarrel: Quarrel, at: datetime) -> None:
    """The ticket that was ruled is done and closed, as it would be by now."""
    lead = quarrel.lead.unit
    signers = [(company.who(role, lead), a.SignOff(opinion="同意")) for role in SIGNERS]
    steps: tuple[tuple[Actor | None, a.Act], ...] = (
        (company.who(Role.UNIT_HANDLER, quarrel.helper.unit), a.ReportCoTask(reply=quarrel.done)),
        (company.who(Role.UNIT_HANDLER, lead), a.RecordFirstContact(note="已电话联系诉求人，约定现场查看")),
        (company.who(Role.UNIT_HANDLER, lead), _reply(quarrel)),
        *signers,
        (company.who(Role.REVIEWER), a.PassReview(grade="good", note="答复完整")),
        (company.who(Role.CALLBACK_OFFICER), CONTENT),
    )
    for who, act in steps:
        at += timedelta(hours=3)
        if who is not None:
            perform(number=number, act=act, actor=who, now=at)


SIGNERS: Final = (Role.SECTION_HEAD, Role.DEPUTY_HEAD, Role.UNIT_HEAD)
CONTENT: Final = a.RecordCallback(
    responded=True, resolution=Resolution.RESOLVED, rating=Rating.SATISFIED, words="有人管了，谢谢"
)


def _reply(quarrel: Quarrel) -> a.SubmitReply:
    return a.SubmitReply(
        resolution=Resolution.RESOLVED, reply=quarrel.answer, internal_note="按会办裁定办理", legal_basis=quarrel.law
    )


# --- the precedent ---


def _followed(company: Company, row: DisputeFile, quarrel: Quarrel, now: datetime) -> None:
    """Worded on the next day, agreed to two days later, and whatever came of it."""
    until = _day(now) + timedelta(days=quarrel.left)
    made = _proposed(company, row, quarrel.cells | {"valid_to": until.isoformat()}, row.last_at + timedelta(days=1))
    if made is None or not quarrel.agreed:
        return
    _done(company.head(STAFFING), made, Deed.AGREE, made.last_at + timedelta(days=2), "")
    if quarrel.challenge:
        _done(company.head(quarrel.lead.unit), made, Deed.CHALLENGE, _later(made, quarrel, now), quarrel.challenge)
    if quarrel.withdrawal:
        office = company.who(Role.SUPERVISOR)
        _done(office, made, Deed.WITHDRAW, _later(made, quarrel, now) + timedelta(days=2), quarrel.withdrawal)
    if timedelta(days=quarrel.left) < WARNING:
        look_at_ends(now=_morning(now, quarrel.left // 2))


def _later(made: Precedent, quarrel: Quarrel, now: datetime) -> datetime:
    """When a unit has thought better of it: near the end of the time since."""
    made.refresh_from_db()
    return made.last_at + (now - made.last_at) * quarrel.challenged_at / 100


def _proposed(company: Company, row: DisputeFile, cells: dict[str, str], at: datetime) -> Precedent | None:
    office = company.who(Role.SUPERVISOR)
    matter = ruled_in(row.pk, actor=office) if office is not None else None
    if office is None or matter is None:
        return None
    written = begin_with(matter.ruled, matter.category, _day(at)) | cells
    draft, _refusals = read_draft(written, lead=matter.ruled.lead, today=_day(at))
    order = Order(deed=Deed.PROPOSE, ruled=matter.ruled, draft=draft)
    return commands.propose(order, actor=office, now=at).row if draft is not None else None


def _done(who: Actor | None, made: Precedent, deed: Deed, at: datetime, text: str) -> None:
    if who is not None:
        commands.do(made.pk, order=Order(deed=deed, text=text), actor=who, now=at)
    made.refresh_from_db()


# --- the night's construction noise, and the tickets that went straight ---


def _noise(company: Company, now: datetime) -> None:
    """The ruling of the dispute that stands in the demonstration anyway becomes a precedent, and is followed."""
    found = DisputeFile.objects.filter(category=RULES_OF_NOISE, reusable=True).exclude(ruled_at=None)
    row = found.order_by("pk").first()
    made = _proposed(company, row, dict(NOISE_WORDS), row.last_at + timedelta(hours=3)) if row is not None else None
    if made is None:
        return
    _done(company.head(STAFFING), made, Deed.AGREE, made.last_at + timedelta(hours=4), "")
    _next_ones(company, made, NOISE_AGAIN, now)


def _next_ones(company: Company, made: Precedent, registers: Iterable[a.Register], now: datetime) -> None:
    """The next tickets of the matter: dispatched as soon as they are there, signed in and begun."""
    agent, dispatcher = company.who(Role.AGENT), company.who(Role.DISPATCHER)
    lead = UnitCode(made.lead)
    at, apart = made.last_at + timedelta(hours=2), (now - made.last_at) / 5
    for register in registers:
        at += apart
        if agent is None or dispatcher is None or at > now - timedelta(hours=1):
            return
        opened = open_ticket(act=register, requester=CALLER, actor=agent, now=at, region=register.region)
        if opened.ticket is None:
            return
        number = opened.ticket.number
        perform(number=number, act=a.SendToDispatch(), actor=agent, now=at + timedelta(minutes=2))
        dispatch(number=number, act=a.Dispatch(lead_unit=lead), actor=dispatcher, now=at + timedelta(minutes=9))
        clerk = company.who(Role.UNIT_HANDLER, lead)
        if clerk is not None:
            perform(number=number, act=a.SignIn(), actor=clerk, now=at + timedelta(minutes=40))
