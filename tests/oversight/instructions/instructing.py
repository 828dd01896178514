"""Instructions of the cast, brought to any step by the people who take it there."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from hotline.oversight.instructions import commands
from hotline.oversight.instructions.leaders import add
from hotline.oversight.instructions.models import Instruction, Leader
from hotline.rules.instructions import Deed, Order, Outcome, Status
from hotline.rules.vocabulary import CITY_TZ, UnitCode
from tests.cast import Cast
from tests.walks import OPENING

WORDS: Final = "请志强同志牵头彻查旱冰场噪声扰民，务必让群众睡好觉。"
PROPOSAL: Final = "拟请城管局查处，生态局监测，七日内反馈。"
ASKED: Final = {"CGJ": "请查处夜间噪声并说明情况。", "STHJ": "请监测夜间噪声并提供数据。"}
REPORT: Final = "已约谈经营者，夜间停止营业。"
PRESENTED: Final = "书面报告已送首长办公室。"
LEADER: Final = "欧阳临川"
SECRETS: Final = (WORDS, PROPOSAL, *ASKED.values(), REPORT, PRESENTED, LEADER)
"""Everything that is read by people named only, or by the unit it was written for."""
DAY: Final = timedelta(days=1)
NAMED: Final = ("supervisor", "team_leader")
STEPS: Final = (
    (Status.PROPOSED, "supervisor", Deed.PROPOSE),
    (Status.AGREED, "team_leader", Deed.AGREE),
    (Status.DISTRIBUTED, "supervisor", Deed.DISTRIBUTE),
    (None, "cgj_handler", Deed.REPORT),
    (None, "sthj_handler", Deed.REPORT),
    (None, "supervisor", Deed.ACCEPT),
    (Status.ACCEPTED, "supervisor", Deed.ACCEPT),
    (Status.PRESENTED, "supervisor", Deed.PRESENT),
    (Status.STRUCK_OFF, "team_leader", Deed.STRIKE_OFF),
)
TYPED: Final = {Deed.PROPOSE: PROPOSAL, Deed.REPORT: REPORT, Deed.PRESENT: PRESENTED}


def leader() -> Leader:
    """A leader of the city, in office since long."""
    found = Leader.objects.filter(name=LEADER).first()
    made = found or add(name=LEADER, position="市长", order=1, valid_from=None).leader
    assert made is not None
    return made


def wanted(cast: Cast, *, named: Sequence[str] = NAMED, tickets: Sequence[str] = (), **said: Any) -> Order:
    """What the supervisor records on the first morning; the leader is to be told within thirty days."""
    given = {
        "leader": str(leader().pk),
        "given_on": OPENING.astimezone(CITY_TZ).date(),
        "due_at": OPENING + 30 * DAY,
        "readers": frozenset(str(cast.user(name).pk) for name in named),
        "tickets": frozenset(tickets),
        "text": WORDS,
        **said,
    }
    return Order(deed=Deed.RECEIVE, **given)


def received(cast: Cast, at: datetime = OPENING, **said: Any) -> Instruction:
    """An instruction that was just recorded."""
    done = commands.receive(wanted(cast, **said), actor=cast.actor("supervisor"), now=at)
    assert done.row is not None, done.refusals
    return done.row


def did(cast: Cast, row: Instruction, who: str, deed: Deed, at: datetime = OPENING, **said: Any) -> commands.Done:
    """One deed; everything it may ask for is filled in."""
    waiting = sorted(set(row.reported) - set(row.accepted))
    given = {
        "asks": {UnitCode(unit): OPENING + 10 * DAY for unit in ASKED} if deed is Deed.DISTRIBUTE else {},
        "words": {UnitCode(unit): words for unit, words in ASKED.items()},
        "unit": UnitCode(waiting[0]) if waiting else None,
        "presented_on": at.astimezone(CITY_TZ).date(),
        "outcome": Outcome.RESOLVED,
        "text": TYPED.get(deed, "按要求"),
        **said,
    }
    done = commands.do(row.pk, order=Order(deed=deed, **given), actor=cast.actor(who), now=at)
    row.refresh_from_db()
    return done


def brought(cast: Cast, status: Status, **said: Any) -> Instruction:
    """An instruction that has come that far."""
    row = received(cast, **said)
    for reached, who, deed in STEPS:
        if row.status == status:
            break
        done = did(cast, row, who, deed)
        assert done.ok, (reached, done.refusals)
    assert row.status == status
    return row
