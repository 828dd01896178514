"""Tickets whose requesters and words occur nowhere else, so that a single sign of them on a page tells of a leak."""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from zipfile import BadZipFile, ZipFile

from hotline.rules import acts
from hotline.rules.vocabulary import Purpose, RequestType, Stage, UnitCode, VisibleTo
from hotline.tickets.attachments.commands import add_attachment
from hotline.tickets.happening import events_of
from hotline.wiring import REACTIONS
from tests.cast import Cast, Ticket
from tests.uploads import PDF
from tests.walks import REGISTER, STEP, walk

WINDOW: Final = 5
"""So many digits of a number in a row, outside the mask, are a part of it."""


@dataclass(frozen=True)
class Asker:
    """A requester, and what they said that tells who they are."""

    name: str
    phone: str
    alt_phone: str
    address: str
    words: str

    @property
    def row(self) -> Mapping[str, str]:
        """As it is stored."""
        return {"name": self.name, "phone": self.phone, "alt_phone": self.alt_phone, "address": self.address}

    def identity(self, text: str) -> set[str]:
        """What of the requester's row stands in a text: a name, an address, a number or five digits of it."""
        numbers = (self.phone, self.alt_phone)
        parts = {number[at : at + WINDOW] for number in numbers for at in range(len(number) - WINDOW + 1)}
        return {part for part in (self.name, self.address[6:], *parts) if part in text}

    def told(self, text: str) -> set[str]:
        """The same, and their own words."""
        return self.identity(text) | ({self.words} if self.words in text else set())


HIDDEN: Final = Asker("欧阳婉清", "19578246953", "18497362158", "庐阳区六安路安居苑八幢", "我是隔壁早点铺的老板娘")
"""Who reported somebody, in confidence."""
OPEN: Final = Asker("司马千寻", "19736418527", "18259473618", "庐阳区寿春路花冲里二栋", "门口摊贩太多走不过去")
"""Who complained like anybody."""

HIDDEN_STAGES: Final = (
    *(Stage.PENDING_SIGN, Stage.JOINT_HANDLING, Stage.PENDING_REVIEW, Stage.PENDING_CALLBACK, Stage.PENDING_CLOSE),
    Stage.ANSWERED_DIRECTLY,
)


def in_confidence(cast: Cast) -> Iterator[Ticket]:
    """Reports at each desk, one sent in by the citizen, one that a street works on; with files and all notices."""
    said = {
        "request_type": RequestType.REPORT, "title": "举报占道经营", "for_unit": "有人举报占道经营，请查处。",
        "content": f"{HIDDEN.words}，每天看见有人占道。", "demand": f"{HIDDEN.words}，请替我保密",
    }  # fmt: skip
    for stage in HIDDEN_STAGES:
        yield _with_a_file(cast, _walked(cast, stage, "CGJ", said), HIDDEN)
    given = _walked(cast, Stage.HANDLING, "LY", said)
    yield cast.do(given, "ly_dispatcher", acts.Delegate(to_unit=UnitCode("LY-SXK"), note="请核查"))
    yield _sent_in(cast, said)


def _walked(cast: Cast, stage: Stage, lead: str, said: Mapping[str, object]) -> Ticket:
    """The way of any ticket, but for the unit's call to the requester: here there is none."""
    first, *rest = walk(stage, lead=lead, register=said)
    ticket = cast.opened(first.act, who=first.who, requester=HIDDEN.row)
    for move in rest:
        if not isinstance(move.act, acts.RecordFirstContact):
            ticket = cast.do(ticket, move.who, move.act, at=ticket.at + move.after)
    return ticket


def _sent_in(cast: Cast, said: Mapping[str, Any]) -> Ticket:
    """By web, in the citizen's own words throughout; the agent words it anew and passes it on."""
    first = cast.ticket_at(
        Stage.DRAFT,
        register={"request_type": RequestType.REPORT, "title": HIDDEN.words, "content": HIDDEN.words,
                  "place": f"{HIDDEN.words}的铺子"},
        requester=HIDDEN.row,
    )  # fmt: skip
    ticket = cast.do(first, "agent", replace(REGISTER, **said))
    ticket = cast.do(ticket, "agent", acts.AddFacts(facts=f"{HIDDEN.words}，今天又来了"))
    ticket = cast.do(ticket, "agent", acts.SendToDispatch())
    ticket = cast.do(ticket, "dispatcher", acts.Dispatch(lead_unit=UnitCode("CGJ"), co_units=(UnitCode("STHJ"),)))
    return cast.do(ticket, "cgj_handler", acts.SignIn())


def as_anybody(cast: Cast) -> Iterator[Ticket]:
    """Ordinary complaints."""
    said = {"content": f"{OPEN.words}，请清理。"}
    for stage in (Stage.PENDING_DISPATCH, Stage.HANDLING, Stage.PENDING_REVIEW, Stage.PENDING_CALLBACK, Stage.CLOSED):
        yield _with_a_file(cast, cast.ticket_at(stage, register=said, requester=OPEN.row), OPEN)


def _with_a_file(cast: Cast, ticket: Ticket, asker: Asker) -> Ticket:
    """What was sent in, under the name that a citizen gives a file."""
    body = PDF + ticket.number.encode()
    add_attachment(
        number=ticket.number, file=io.BytesIO(body), name=f"{asker.name}的来信.pdf", purpose=Purpose.REQUEST,
        visible_to=VisibleTo.TICKET, actor=cast.actor("agent"), now=ticket.at,
    )  # fmt: skip
    return cast.seen(ticket)


def reacted(ticket: Ticket, now: datetime) -> None:
    """All that follows from what was done: notices, messages, plans."""
    for happened in events_of(ticket.number, 1, 99):
        for react in REACTIONS.get(happened.name, ()):
            react(happened, now)


def later(tickets: list[Ticket]) -> datetime:
    """When all of it has been done."""
    return max(ticket.at for ticket in tickets) + STEP + timedelta(minutes=1)


def unpacked(body: bytes) -> str:
    """Everything that can be read in an answer; documents are opened."""
    text = body.decode("utf-8", "replace")
    if body[:2] == b"PK":
        try:
            with ZipFile(io.BytesIO(body)) as package:
                text += " ".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
        except BadZipFile:
            pass
    return text + " " + _unescaped(text)


def _unescaped(text: str) -> str:
    """The same with the escapes of JSON and of addresses undone."""
    from urllib.parse import unquote

    plain = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)
    return unquote(plain)
