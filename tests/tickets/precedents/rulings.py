"""A ruling to be followed again, and drafts of it in the cells of the directory."""

from datetime import date, datetime, timedelta
from typing import Any

from hotline.rules.joint import Deed as JointDeed
from hotline.rules.lifecycle import Actor
from hotline.rules.precedents import Deed, Order, Ruled
from hotline.rules.precedents.wording import years_on
from hotline.rules.vocabulary import CITY_TZ
from hotline.stages.joint.models import DisputeFile
from hotline.stages.joint.queries.ruled import ruled_in
from hotline.tickets.precedents import commands
from hotline.tickets.precedents.drafting import begin_with, read_draft
from hotline.tickets.precedents.models import Precedent
from tests.cast import Cast
from tests.stages.joint.panels import SPEAKERS, STHJ, did, heard

WORDS = "小区门口；摊贩；占道"


def reusable(cast: Cast) -> DisputeFile:
    """A ruling that says it is to be followed again: ecology leads, urban management helps."""
    row = did(cast, heard(cast), "supervisor", JointDeed.CONCLUDE, reusable=True)
    for who in SPEAKERS:
        row = did(cast, row, who, JointDeed.AGREE)
    row = did(cast, row, "team_leader", JointDeed.SIGN)
    return did(cast, row, "supervisor", JointDeed.RULE)


def day(at: datetime) -> date:
    return at.astimezone(CITY_TZ).date()


def ruling(cast: Cast, row: DisputeFile) -> tuple[Ruled, str]:
    matter = ruled_in(row.pk, actor=cast.actor("supervisor"))
    assert matter is not None
    return matter.ruled, matter.category


def cells(cast: Cast, row: DisputeFile, **said: str) -> dict[str, str]:
    """What the office begins with, and words that make it apply."""
    matter, category = ruling(cast, row)
    return {**begin_with(matter, category, day(row.last_at)), "title": "小区门口占道", "words": WORDS, **said}


def order(cast: Cast, row: DisputeFile, deed: Deed, *, text: str = "按裁定", **said: str) -> Order:
    """A deed with its draft."""
    matter, _ = ruling(cast, row)
    draft, refusals = read_draft(cells(cast, row, **said), lead=STHJ, today=day(row.last_at))
    assert not refusals, refusals
    return Order(deed=deed, ruled=matter if deed is Deed.PROPOSE else None, draft=draft, text=text)


def proposed(cast: Cast, row: DisputeFile, **said: str) -> Precedent:
    """A draft before the staffing office."""
    done = commands.propose(
        order(cast, row, Deed.PROPOSE, **said), actor=cast.actor("supervisor"), now=row.last_at + timedelta(minutes=5)
    )
    assert done.ok, [(one.code, dict(one.params)) for one in done.refusals]
    assert done.row is not None
    return done.row


def tried(
    cast: Cast, row: Precedent, who: str | Actor, deed: Deed, *, at: datetime | None = None, **said: Any
) -> commands.Done:
    """One deed, a minute after the last."""
    row = Precedent.objects.get(pk=row.pk)
    actor = cast.actor(who) if isinstance(who, str) else who
    given = {"text": "按职责分工"} | said
    return commands.do(
        row.pk, order=Order(deed=deed, **given), actor=actor, now=at or row.last_at + timedelta(minutes=1)
    )


def acted(cast: Cast, row: Precedent, who: str | Actor, deed: Deed, **said: Any) -> Precedent:
    """One deed that must be done."""
    done = tried(cast, row, who, deed, **said)
    assert done.ok, [(one.code, dict(one.params)) for one in done.refusals]
    assert done.row is not None
    return done.row


def in_force(cast: Cast) -> Precedent:
    """Proposed by the office and agreed to by the staffing office."""
    return brought(cast, reusable(cast), "in_force")


def brought(cast: Cast, dispute: DisputeFile, step: str, **said: str) -> Precedent:
    """A precedent at one of its steps."""
    row = proposed(cast, dispute, **said)
    if step == "proposed":
        return row
    row = acted(cast, row, "bb_deputy", Deed.AGREE)
    if step == "challenged":
        return acted(cast, row, "cgj_head", Deed.CHALLENGE)
    if step == "renewing":
        return acted(cast, row, "supervisor", Deed.RENEW, until=years_on(day(row.last_at), 3))
    return row
