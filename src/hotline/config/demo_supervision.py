"""The demonstration's supervisions: opened by rule and by hand, reported, signed, sent back, closed, a campaign; and
proposals that wait for whoever tries the supervisors' desk. Everything by the commands that the pages use.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from hotline.oversight.supervision.commands import Done, Wish, add_tickets, do, start
from hotline.oversight.supervision.models import Supervision
from hotline.registry.people.queries import actor_for, holders
from hotline.rules.lifecycle import SYSTEM, Actor
from hotline.rules.supervision import Cause, Deed, Order, Outcome
from hotline.rules.vocabulary import Flag, Role, SupervisionKind, UnitCode
from hotline.tickets.queries import TicketFilter, TicketRow, tickets

K = SupervisionKind
HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
DEMANDS: Final = (
    "请于时限内办结并上传现场照片，主要负责人签字后反馈。",
    "请查明原因，提出整改措施和完成时间，并当面向诉求人说明。",
    "请组织专人到现场核实，能立即解决的立即解决。",
)
REPORTS: Final = (
    "已组织人员到现场处置，问题已解决，诉求人表示认可，照片见附件。",
    "经核实，情况属实。已制定整改计划，月底前完成，期间每周反馈进展。",
    "已约谈责任单位，限三日内整改到位，并安排专人盯办。",
)
CAMPAIGN: Final = "城市管理类诉求集中整治"


@dataclass(frozen=True)
class Stage:
    """The people of this play and its present moment."""

    supervisor: Actor
    now: datetime

    def begun(self, wish: Wish, at: datetime) -> Supervision | None:
        """A new one, by rule or by hand; None where the ticket has one of the kind already."""
        actor = SYSTEM if wish.cause not in {Cause.BY_HAND, Cause.CAMPAIGN} else self.supervisor
        made = start(wish, actor=actor, now=min(at, self.now))
        return made.row if made.ok else None

    def done(self, row: Supervision, who: Actor, at: datetime, order: Order) -> Done:
        """One deed, never later than now."""
        return do(row.pk, order=order, actor=who, now=min(at, self.now))


def supervisions(now: datetime) -> int:
    """All of them; how many."""
    people = holders(Role.SUPERVISOR, now.date())
    if not people:
        return 0
    stage = Stage(actor_for(people[0], now.date()), now)
    for play in (_platform, _key, _proposals, _campaign):
        play(stage)
    return Supervision.objects.count()


def _tickets(where: TicketFilter, most: int) -> Iterator[TicketRow]:
    """Tickets that some unit has."""
    found = tickets(actor=SYSTEM, where=where, limit=most * 3)
    return islice((row for row in found.rows if row.lead_unit), most)


def _wish(kind: K, cause: Cause, row: TicketRow, place: int, *, opens: bool = True, **facts: object) -> Wish:
    return Wish(
        kind=kind,
        cause=cause,
        number=row.number,
        key=f"{cause.value}:{place}",
        facts=facts,
        units=frozenset({UnitCode(row.lead_unit)}),
        text=DEMANDS[place % len(DEMANDS)] if opens else "",
        opens=opens,
    )


def _platform(stage: Stage) -> None:
    """平台督办 of what is overdue: opened by rule, some of it reported, some past its own date."""
    late = TicketFilter(overdue_at=stage.now, only_open=True, order="due")
    for place, row in enumerate(_tickets(late, 14)):
        due = row.due_at or stage.now
        at = max(due + HOUR, stage.now - timedelta(days=6, hours=3 * place))
        facts = {"clock": row.due_kind, "due_at": due.isoformat()}
        made = stage.begun(_wish(K.PLATFORM, Cause.OVERDUE, row, place, **facts), at)
        if made is not None and place % 3 == 1:
            _reported(stage, made, row, at + 20 * HOUR, place)


def _key(stage: Stage) -> None:
    """重点督办 in every state: waiting for the unit, for its head, to be checked, sent back, closed."""
    heavy = TicketFilter(flags=(Flag.KEY.value, Flag.INSTRUCTION.value, Flag.GROUP.value, Flag.REPEAT.value))
    for place, row in enumerate(_tickets(heavy, 12)):
        at = max(row.created_at + DAY, stage.now - timedelta(days=9 - place % 7))
        made = stage.begun(_wish(K.KEY, Cause.BY_HAND, row, place), at)
        if made is not None:
            for step in STEPS[: place % (len(STEPS) + 1)]:
                at += 5 * HOUR
                step(stage, made, row, at, place)


def _proposals(stage: Stage) -> None:
    """What the rules propose and nobody has decided yet."""
    wanted = (
        (TicketFilter(flags=(Flag.GROUP.value, Flag.THREAT.value), only_open=True), K.KEY, Cause.GROUP, {}),
        (TicketFilter(only_open=True, request_type="complaint"), K.KEY, Cause.REPEATS, {"count": 3, "days": 30}),
        (TicketFilter(flags=(Flag.MEDIA.value,)), K.MEDIA, Cause.MEDIA_ATTENTION, {}),
    )
    for where, kind, cause, facts in wanted:
        for place, row in enumerate(_tickets(where, 3)):
            at = stage.now - timedelta(hours=2 + 7 * place)
            stage.begun(_wish(kind, cause, row, 100 + place, opens=False, **facts), max(at, row.created_at))


def _campaign(stage: Stage) -> None:
    """专项督办 over a month of one kind of matter, three weeks old."""
    since = stage.now - timedelta(days=35)
    where = TicketFilter(category="01", opened_from=since, opened_until=stage.now - timedelta(days=20))
    found = {row.number: row.lead_unit for row in _tickets(where, 60)}
    wish = Wish(kind=K.SPECIAL, cause=Cause.CAMPAIGN, title=CAMPAIGN, text=DEMANDS[1], due_at=stage.now + 4 * DAY)
    made = stage.begun(wish, stage.now - timedelta(days=19)) if found else None
    if made is not None:
        add_tickets(made.pk, found, actor=stage.supervisor, now=stage.now - timedelta(days=19) + HOUR)


def _unit_actor(stage: Stage, role: Role, unit: str) -> Actor | None:
    people = holders(role, stage.now.date(), unit=unit)
    return actor_for(people[0], stage.now.date()) if people else None


def _reported(stage: Stage, made: Supervision, row: TicketRow, at: datetime, place: int) -> None:
    who = next(
        (
            actor
            for role in (Role.UNIT_HANDLER, Role.DISTRICT_DISPATCHER, Role.SECTION_HEAD)
            if (actor := _unit_actor(stage, role, row.lead_unit))
        ),
        None,
    )
    if who is not None:
        stage.done(made, who, at, Order(deed=Deed.REPORT, text=REPORTS[place % len(REPORTS)]))


def _signed(stage: Stage, made: Supervision, row: TicketRow, at: datetime, _place: int) -> None:
    head = _unit_actor(stage, Role.UNIT_HEAD, row.lead_unit)
    if head is not None:
        stage.done(made, head, at, Order(deed=Deed.SIGN))


def _checked(stage: Stage, made: Supervision, _row: TicketRow, at: datetime, place: int) -> None:
    """One in four is sent back."""
    order = Order(deed=Deed.CHECK, text="经电话和照片核查，反馈属实。")
    if place % 4 == 3:
        order = Order(deed=Deed.SEND_BACK, text="没有写明完成时间，照片看不出地点，请补充后重报。")
    stage.done(made, stage.supervisor, at, order)


def _closed(stage: Stage, made: Supervision, _row: TicketRow, at: datetime, place: int) -> None:
    outcome = Outcome.RESOLVED if place % 2 else Outcome.PLANNED
    order = Order(deed=Deed.CLOSE, outcome=outcome, text="办理到位，同意办结，转入跟踪。")
    stage.done(made, stage.supervisor, at, order)


STEPS: Final[tuple[Callable[[Stage, Supervision, TicketRow, datetime, int], None], ...]] = (
    _reported,
    _signed,
    _checked,
    _closed,
)
