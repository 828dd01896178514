"""The demonstration's disputes, one at every step: mediated on the telephone, ruled quickly, before the panel, ruled,
objected to, brought before the secretary-general. Everything by the commands that the pages use.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from hotline.config.demo_disputes import DISPUTES, Disputed, Until
from hotline.registry.people.queries import actor_for, holders
from hotline.rules import acts as a
from hotline.rules.joint import Deed, Form, Order, Task
from hotline.rules.joint.facts import DISPUTED
from hotline.rules.lifecycle import SYSTEM, Actor
from hotline.rules.vocabulary import CITY_TZ, Role, Stage, UnitCode
from hotline.stages.joint.commands import do
from hotline.stages.joint.commands.opening import ensure
from hotline.stages.joint.models import DisputeFile
from hotline.tickets.access import take
from hotline.tickets.commands import Outcome, open_ticket, perform
from hotline.tickets.queries import TicketFilter, tickets

STAFFING, JUSTICE, DISCIPLINE = (UnitCode(code) for code in ("BB", "SFJ", "SJW"))
STEP: Final = timedelta(minutes=20)
SIGNER: Final = "王建军（副秘书长）"


@dataclass(frozen=True)
class Company:
    """Who is there to act, by unit and role."""

    day: datetime

    def who(self, role: Role, unit: str | None = None) -> Actor | None:
        """The first who holds the role."""
        found = holders(role, self.day.date(), unit=unit)
        return actor_for(found[0], self.day.date()) if found else None

    def head(self, unit: str) -> Actor | None:
        """Who signs for a unit."""
        return self.who(Role.DEPUTY_HEAD, unit) or self.who(Role.UNIT_HEAD, unit)


def quarrels(now: datetime) -> int:
    """All of them; how many files there are."""
    _files_for_all(now)
    for dispute in DISPUTES:
        day = (now - timedelta(days=dispute.days_ago)).astimezone(CITY_TZ)
        morning = day.replace(hour=8, minute=40, second=0, microsecond=0)
        _play(Company(now), dispute, min(morning, now - timedelta(hours=12)), until=now)
    return DisputeFile.objects.count()


def _files_for_all(now: datetime) -> None:
    where = TicketFilter(stages=tuple(sorted(stage.value for stage in DISPUTED)))
    for row in tickets(actor=SYSTEM, where=where, limit=200).rows:
        with transaction.atomic():
            ensure(take(row.number, actor=SYSTEM), now=now)


def _play(company: Company, dispute: Disputed, begins: datetime, *, until: datetime) -> None:
    number, at = _returned_twice(company, dispute, begins)
    if not number:
        return
    with transaction.atomic():
        row = ensure(take(number, actor=SYSTEM), now=at)
    for who, order in _deeds(company, dispute, at):
        at = min(at + STEP, until)
        if row is None or who is None or not do(row.pk, order=order, actor=who, now=at).ok:
            return


def _returned_twice(company: Company, dispute: Disputed, at: datetime) -> tuple[str, datetime]:
    """Taken in, dispatched to one and to the other, returned by both."""
    agent, dispatcher = company.who(Role.AGENT), company.who(Role.DISPATCHER)
    if agent is None or dispatcher is None:
        return "", at
    register = dispute.register
    opened = open_ticket(act=register, requester=dispute.caller, actor=agent, now=at, region=register.region)
    number = opened.ticket.number if opened.ticket else ""
    steps: list[tuple[Actor | None, a.Act]] = [(agent, a.SendToDispatch())]
    first, second = dispute.sides
    for side, other in ((first, second), (second, first)):
        steps.append((dispatcher, a.Dispatch(lead_unit=side.unit, note=dispute.note)))
        asks = a.RequestReturn(
            reason="not_competent", legal_basis=side.basis, evidence=side.says, proposed_unit=other.unit
        )
        steps.append((company.head(side.unit), asks))
        steps.append((company.who(Role.UNIT_HEAD, side.unit), a.SignOff(opinion="同意退单")))
        steps.append((dispatcher, a.AcceptReturn(finding=dispute.found)))
    for who, act in steps:
        at += STEP
        done = perform(number=number, act=act, actor=who, now=at) if who else Outcome()
        if not done.ok and not isinstance(act, a.SignOff):
            return "", at
        if done.state is not None and done.state.stage is Stage.JURISDICTION_DISPUTE:
            return number, at
    return "", at


Deeds = Iterator[tuple[Actor | None, Order]]


def _deeds(company: Company, dispute: Disputed, at: datetime) -> Deeds:
    """As far as this one has come."""
    chair, until = company.who(Role.SUPERVISOR), dispute.until
    for side in dispute.sides if until is not Until.OPENED else dispute.sides[:1]:
        yield company.head(side.unit), Order(deed=Deed.STATE, words={"claim": side.says, "basis": side.basis})
    if until is Until.MEDIATED:
        words = {"finding": dispute.minutes}
        yield company.who(Role.DISPATCHER), Order(deed=Deed.MEDIATE, lead=dispute.lead, words=words)
    if until is Until.PROVISIONAL:
        yield chair, Order(deed=Deed.PROVISION, lead=dispute.lead, words={"finding": dispute.minutes})
    if until is Until.ESCALATED:
        yield chair, Order(deed=Deed.ESCALATE, words={"reason": dispute.minutes})
    if until in {Until.OPENED, Until.MEDIATED, Until.PROVISIONAL, Until.ESCALATED}:
        return
    yield chair, _called(dispute, at)
    yield from _heard(company, dispute)
    if until is Until.HEARD:
        return
    yield from _ruled(company, dispute, at)
    if until is Until.OBJECTED:
        words = {"reason": dispute.objection, "legal_basis": dispute.law}
        yield company.head(dispute.lead), Order(deed=Deed.OBJECT, words=words)


def _called(dispute: Disputed, at: datetime) -> Order:
    """A panel that has ruled met on the day it was called; one that still hears opinions meets tomorrow."""
    tomorrow = (at + timedelta(days=1)).astimezone(CITY_TZ).replace(hour=15, minute=0, second=0, microsecond=0)
    meets = tomorrow if dispute.until is Until.HEARD else at + 4 * STEP
    return Order(
        deed=Deed.CONVENE,
        parties=frozenset(side.unit for side in dispute.sides),
        staffing=STAFFING,
        justice=JUSTICE,
        observer=DISCIPLINE,
        form=Form.MEETING,
        meets_at=meets,
        words={"agenda": dispute.agenda, "place": "市政务中心3号会议室"},
    )


def _heard(company: Company, dispute: Disputed) -> Deeds:
    """The opinions; of a panel that still waits one of the office's advisers and one disputing unit have spoken."""
    for unit, said in dispute.opinions.items():
        lead = said.lead or dispute.lead
        order = Order(
            deed=Deed.OPINE, lead=lead, signer=said.signer, words={"opinion": said.text, "basis": dispute.law}
        )
        yield company.head(unit), order


def _ruled(company: Company, dispute: Disputed, at: datetime) -> Deeds:
    chair = company.who(Role.SUPERVISOR)
    words = {"minutes": dispute.minutes, "legal_basis": dispute.law, f"task.{dispute.helper}": dispute.task}
    tasks = (Task(unit=dispute.helper, order=1, days=5, after=dispute.after),)
    yield chair, Order(deed=Deed.CONCLUDE, lead=dispute.lead, tasks=tasks, reusable=dispute.reusable, words=words)
    for unit, said in dispute.opinions.items():
        dissents = said.lead is not None
        reason = {"reason": "保留会上意见，按裁定执行。"} if dissents else {}
        yield company.head(unit), Order(deed=Deed.AGREE, agrees=not dissents, words=reason)
    today = at.astimezone(CITY_TZ).date()
    yield company.who(Role.TEAM_LEADER), Order(deed=Deed.SIGN, signer=SIGNER, signed_on=today)
    yield chair, Order(deed=Deed.RULE)
