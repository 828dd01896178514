"""Handovers of the cast, brought to any step by the people who take them there."""

from datetime import datetime
from typing import Any, Final

from hotline.oversight.supervision.media import commands
from hotline.oversight.supervision.media.models import Handover, MediaPartner
from hotline.oversight.supervision.media.partners import Partner, save
from hotline.rules.media import Deed, Follow, MediumKind, Order, Status
from hotline.rules.supervision.states import Outcome
from hotline.rules.vocabulary import CITY_TZ, Stage, UnitCode
from tests.cast import Cast, Ticket
from tests.walks import OPENING

TOLD: Final = "早高峰路口摊贩占道，行人只能走机动车道，多名市民反映。\n城管部门已到场，请媒体关注后续。"
GROUNDS: Final = "反复出现，社会关注度高，移交媒体公开督办。"
ANSWER: Final = "我局已安排早高峰定岗值守，即日起每日巡查，请市民监督。"
STEPS: Final = (
    (Status.HANDED, "team_leader", Deed.AGREE),
    (None, "cgj_handler", Deed.ANSWER),
    (None, "supervisor", Deed.PUBLISH),
    (None, "supervisor", Deed.FOLLOW_UP),
    (Status.ANSWERED, "team_leader", Deed.RELEASE),
    (Status.CLOSED, "supervisor", Deed.CLOSE),
)


def partner(cast: Cast, name: str = "合肥晚报", *, on: bool = True) -> MediaPartner:
    """A partner medium."""
    there = MediaPartner.objects.filter(name=name).first()
    said = Partner(name=name, kind=MediumKind.NEWSPAPER, contact="热线版", phone="0551-62600000", on=on)
    saved = save(said, actor=cast.actor("supervisor"), now=OPENING, pk=there.pk if there else None)
    assert saved.row is not None
    assert not saved.refusals
    return saved.row


def order(cast: Cast, of: list[Ticket], **more: Any) -> Order:
    """What a supervisor fills in."""
    given: dict[str, Any] = {
        "medium": str(partner(cast).pk),
        "tickets": tuple(ticket.number for ticket in of),
        "hand_on": OPENING.astimezone(CITY_TZ).date(),
        "title": TOLD,
        "text": GROUNDS,
    }
    return Order(deed=Deed.PROPOSE, **(given | more))


def proposed(cast: Cast, *tickets: Ticket, at: datetime = OPENING, **more: Any) -> Handover:
    """A list that waits for agreement, of one ticket of 市城管局 unless told otherwise."""
    named = list(tickets) or [cast.ticket_at(Stage.HANDLING)]
    done = commands.propose(order(cast, named, **more), actor=cast.actor("supervisor"), now=at)
    assert done.row is not None, done.refusals
    return done.row


def did(cast: Cast, row: Handover, who: str, deed: Deed, at: datetime = OPENING, **said: Any) -> commands.Done:
    """One deed; everything it may ask for is filled in."""
    filled: dict[str, Any] = {
        "unit": UnitCode("CGJ"),
        "on": at.astimezone(CITY_TZ).date(),
        "follow": Follow.VISIT,
        "outcome": Outcome.RESOLVED,
        "title": "路口清出一条道" if deed is Deed.PUBLISH else "",
        "text": ANSWER if deed is Deed.ANSWER else "第3版",
        **said,
    }
    done = commands.do(row.pk, order=Order(deed=deed, **filled), actor=cast.actor(who), now=at)
    row.refresh_from_db()
    return done


def brought(cast: Cast, status: Status, **more: Any) -> Handover:
    """A handover that has come that far."""
    row = proposed(cast, **more)
    for _reached, who, deed in STEPS:
        if row.status == status:
            break
        done = did(cast, row, who, deed)
        assert done.ok, (deed, done.refusals)
    assert row.status == status
    return row
