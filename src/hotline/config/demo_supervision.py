"""The demonstration's supervisions: opened by rule and by hand, reported, signed, sent back, closed, a campaign; and
proposals that wait for whoever tries the supervisors' desk. Everything by the commands that the pages use.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from hotline.config.demo_visits import made_visit
from hotline.oversight.supervision.commands import Done, Wish, add_tickets, do, start
from hotline.oversight.supervision.models import Supervision
from hotline.registry.people.queries import actor_for, holders
from hotline.rules.lifecycle import SYSTEM, Actor
from hotline.rules.supervision import Cause, Deed, Order, Outcome
from hotline.rules.vocabulary import AT_UNIT, CITY_TZ, PROMISES, Flag, Role, Stage, SupervisionKind, UnitCode
from hotline.tickets.figures import rated_numbers
from hotline.tickets.queries import TicketFilter, TicketRow, rows_of, tickets

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
MADE: Final = {1: True, 2: False}
"""Visits that were made, and whether a problem was found."""
ENDED: Final = 200
"""Where grounds of what ended are counted from: one ticket may be a key matter twice, never on the same ground."""
CAMPAIGN: Final = "城市管理类诉求集中整治"


@dataclass(frozen=True)
class Play:
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
    play = Play(actor_for(people[0], now.date()), now)
    for scene in (_platform, _key, _history, _proposals, _visits, _campaign):
        scene(play)
    return Supervision.objects.count()


def _tickets(where: TicketFilter, most: int) -> Iterator[TicketRow]:
    """Tickets that some unit has."""
    found = tickets(actor=SYSTEM, where=where, limit=most * 3)
    return islice((row for row in found.rows if row.lead_unit), most)


def _wish(
    kind: K, cause: Cause, row: TicketRow, place: int, *, opens: bool = True, facts: Mapping[str, object] | None = None
) -> Wish:
    return Wish(
        kind=kind,
        cause=cause,
        number=row.number,
        key=f"{cause.value}:{place}",
        facts=facts or {},
        units=frozenset({UnitCode(row.lead_unit)}),
        text=DEMANDS[place % len(DEMANDS)] if opens else "",
        opens=opens,
    )


def _platform(play: Play) -> None:
    """平台督办 of what is overdue: opened by rule, some of it reported, some past its own date."""
    late = TicketFilter(overdue_at=play.now, only_open=True, order="due")
    owed = (row for row in _tickets(late, 60) if row.due_kind in PROMISES and row.stage in AT_UNIT)
    for place, row in enumerate(islice(owed, 14)):
        due = row.due_at or play.now
        at = max(due + HOUR, play.now - timedelta(days=6, hours=3 * place))
        facts = {"clock": row.due_kind, "due_at": due.isoformat()}
        made = play.begun(_wish(K.PLATFORM, Cause.OVERDUE, row, place, facts=facts), at)
        if made is not None and place % 3 == 1:
            _reported(play, made, row, at + 20 * HOUR, place)


def _key(play: Play) -> None:
    """重点督办 in every state: waiting for the unit, for its head, to be checked, sent back, closed."""
    heavy = TicketFilter(flags=(Flag.KEY.value, Flag.INSTRUCTION.value, Flag.GROUP.value, Flag.REPEAT.value))
    for place, row in enumerate(_tickets(heavy, 12)):
        at = max(row.created_at + DAY, play.now - timedelta(days=9 - place % 7))
        made = play.begun(_wish(K.KEY, Cause.BY_HAND, row, place), at)
        if made is not None:
            for step in STEPS[: place % (len(STEPS) + 1)]:
                at += 5 * HOUR
                step(play, made, row, at, place)


def _history(play: Play) -> None:
    """What ended in the last weeks: key supervision of tickets that have been closed since."""
    ended = TicketFilter(stages=(Stage.CLOSED.value,), opened_until=play.now - timedelta(days=18))
    for place, row in enumerate(_tickets(ended, 16)):
        at = (row.created_at + 3 * DAY).astimezone(CITY_TZ).replace(hour=9 + place % 7, minute=(7 * place) % 60)
        made = play.begun(_wish(K.KEY, Cause.BY_HAND, row, ENDED + place), at)
        if made is not None:
            for step in STEPS:
                at += DAY
                step(play, made, row, at, 4 * place + place % 2)


def _proposals(play: Play) -> None:
    """What the rules propose and nobody has decided yet."""
    wanted: tuple[tuple[TicketFilter, K, Cause, dict[str, object]], ...] = (
        (TicketFilter(flags=(Flag.GROUP.value, Flag.THREAT.value), only_open=True), K.KEY, Cause.GROUP, {}),
        (TicketFilter(only_open=True, request_type="complaint"), K.KEY, Cause.REPEATS, {"count": 3, "days": 30}),
        (TicketFilter(flags=(Flag.MEDIA.value,)), K.MEDIA, Cause.MEDIA_ATTENTION, {}),
    )
    for where, kind, cause, facts in wanted:
        for place, row in enumerate(_tickets(where, 3)):
            at = play.now - timedelta(hours=2 + 7 * place)
            play.begun(_wish(kind, cause, row, 100 + place, opens=False, facts=facts), max(at, row.created_at))


def _visits(play: Play) -> None:
    """现场督办 of what was closed though the citizen was not satisfied: proposed, one to be made, two that were."""
    numbers = rated_numbers(2, actor=SYSTEM, since=play.now - timedelta(days=21), now=play.now, limit=12)
    rows = [row for row in rows_of(numbers, actor=SYSTEM) if row.lead_unit and row.stage == Stage.CLOSED.value]
    for place, row in enumerate(rows[:5]):
        facts: dict[str, object] = {"rating": 2, "reworks": 1}
        at = play.now - timedelta(hours=3 + 9 * place)
        begun_at = at - 2 * DAY if place in MADE else at
        opens = place == 0 or place in MADE
        made = play.begun(_wish(K.ON_SITE, Cause.DISSATISFIED, row, place, opens=opens, facts=facts), begun_at)
        if made is not None and place in MADE:
            made_visit(made.pk, problem=MADE[place], actor=play.supervisor, now=at)


def _campaign(play: Play) -> None:
    """专项督办 over a month of one kind of matter, three weeks old."""
    since = play.now - timedelta(days=35)
    where = TicketFilter(category="01", opened_from=since, opened_until=play.now - timedelta(days=20))
    found = {row.number: row.lead_unit for row in _tickets(where, 60)}
    wish = Wish(kind=K.SPECIAL, cause=Cause.CAMPAIGN, title=CAMPAIGN, text=DEMANDS[1], due_at=play.now + 4 * DAY)
    made = play.begun(wish, play.now - timedelta(days=19)) if found else None
    if made is not None:
        add_tickets(made.pk, found, actor=play.supervisor, now=play.now - timedelta(days=19) + HOUR)


def _unit_actor(play: Play, role: Role, unit: str) -> Actor | None:
    people = holders(role, play.now.date(), unit=unit)
    return actor_for(people[0], play.now.date()) if people else None


def _reported(play: Play, made: Supervision, row: TicketRow, at: datetime, place: int) -> None:
    who = next(
        (
            actor
            for role in (Role.UNIT_HANDLER, Role.DISTRICT_DISPATCHER, Role.SECTION_HEAD)
            if (actor := _unit_actor(play, role, row.lead_unit))
        ),
        None,
    )
    if who is not None:
        play.done(made, who, at, Order(deed=Deed.REPORT, text=REPORTS[place % len(REPORTS)]))


def _signed(play: Play, made: Supervision, row: TicketRow, at: datetime, _place: int) -> None:
    head = _unit_actor(play, Role.UNIT_HEAD, row.lead_unit)
    if head is not None:
        play.done(made, head, at, Order(deed=Deed.SIGN))


def _checked(play: Play, made: Supervision, _row: TicketRow, at: datetime, place: int) -> None:
    """One in four is sent back."""
    order = Order(deed=Deed.CHECK, text="经电话和照片核查，反馈属实。")
    if place % 4 == 3:
        order = Order(deed=Deed.SEND_BACK, text="没有写明完成时间，照片看不出地点，请补充后重报。")
    play.done(made, play.supervisor, at, order)


def _closed(play: Play, made: Supervision, _row: TicketRow, at: datetime, place: int) -> None:
    outcome = Outcome.RESOLVED if place % 2 else Outcome.PLANNED
    order = Order(deed=Deed.CLOSE, outcome=outcome, text="办理到位，同意办结，转入跟踪。")
    play.done(made, play.supervisor, at, order)


STEPS: Final[tuple[Callable[[Play, Supervision, TicketRow, datetime, int], None], ...]] = (
    _reported,
    _signed,
    _checked,
    _closed,
)
