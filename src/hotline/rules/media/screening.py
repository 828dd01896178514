"""Nobody's name, number or house goes to a medium: what is told and what a unit answers is searched for the requesters
of its tickets, and for any mobile or identity number at all; tickets that need more protection are not handed at all.

Signs between letters and digits are passed over, and full-width ones are read as plain ones, so that “1 3 8 0013 8000”
and “１３８００１３８０００” are found too.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from hotline.rules.messages import Refusal
from hotline.rules.phones import BETWEEN, one_number
from hotline.rules.state import TicketState
from hotline.rules.vocabulary import Flag, RequestType, TicketNo

SHORTEST_NAME: Final = 2
SHORTEST_PHONE: Final = 7
SHORTEST_DETAIL: Final = 4
ANY_MOBILE: Final = re.compile(r"(?<![0-9])(?:\+?86)?1[3-9][0-9]{9}(?![0-9])")
ANY_ID: Final = re.compile(r"(?<![0-9])[1-9][0-9]{5}(?:19|20)[0-9]{9}[0-9x](?![0-9])")
REGIONS: Final = re.compile(r"^(?:[\u4e00-\u9fff]{2,5}?(?:省|市|(?<![小园社])区|县|镇|街道|社区))+")
HOUSE: Final = re.compile(r"号楼|号院|号|幢|栋|单元|室|楼")
"""Where an address could end and still lead to the door."""


class Trace(StrEnum):
    """个人信息种类: what of a person was found."""

    NAME = "name"
    PHONE = "phone"
    ID_NO = "id_no"
    ADDRESS = "address"
    ANY_PHONE = "any_phone"
    ANY_ID = "any_id"


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of who asked, on one ticket."""

    number: str
    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    id_no: str = ""
    address: str = ""


@dataclass(frozen=True)
class Leak:
    """Something personal in a text: what, in which line, on which ticket it stands; blank for anybody's numbers."""

    trace: Trace
    line: int
    number: str = ""


def leaks(text: str, known: Iterable[Known]) -> tuple[Leak, ...]:
    """Everything personal in a text, each kind once a line and ticket."""
    squeezed, lines = _squeezed(text)
    found: dict[Leak, None] = {}
    for one in known:
        for trace, wanted in _wanted(one):
            place = _place(squeezed, wanted)
            if place >= 0:
                found[Leak(trace, lines[place], one.number)] = None
    found |= {leak: None for leak in _anybodys(text) if not any(_same(leak, other) for other in found)}
    return tuple(sorted(found, key=lambda leak: (leak.line, leak.number, leak.trace)))


def _same(leak: Leak, other: Leak) -> bool:
    """A requester's own number is named once, as theirs."""
    kinds = {Trace.ANY_PHONE: Trace.PHONE, Trace.ANY_ID: Trace.ID_NO}
    return other.line == leak.line and kinds[leak.trace] is other.trace


def _place(squeezed: str, wanted: str) -> int:
    """Where it stands; a number only where no other digits are joined to it."""
    if not wanted.isdecimal():
        return squeezed.find(wanted)
    hit = re.search(rf"(?<![0-9]){wanted}(?![0-9])", squeezed) or re.search(rf"(?:\+?86){wanted}(?![0-9])", squeezed)
    return hit.end() - 1 if hit else -1


def _squeezed(text: str) -> tuple[str, list[int]]:
    """The text without what means nothing between signs, and for each sign the line it comes from."""
    signs: list[str] = []
    lines: list[int] = []
    for place, line in enumerate(text.splitlines(), start=1):
        plain = _plain(line)
        signs.append(plain)
        lines += [place] * len(plain)
    return "".join(signs), lines


def _plain(text: str) -> str:
    return BETWEEN.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _wanted(known: Known) -> Iterator[tuple[Trace, str]]:
    for name in known.names:
        if len(_plain(name)) >= SHORTEST_NAME:
            yield Trace.NAME, _plain(name)
    for phone in known.phones:
        plain = _plain(one_number(phone)).removeprefix("+86")
        if len(plain) >= SHORTEST_PHONE:
            yield Trace.PHONE, plain
    if known.id_no.strip():
        yield Trace.ID_NO, _plain(known.id_no)
    for detail in details(known.address):
        yield Trace.ADDRESS, detail


def details(address: str) -> tuple[str, ...]:
    """The parts of an address that lead to somebody's door: from the road or the estate to a number or a room."""
    inner = REGIONS.sub("", _plain(address))
    ends = [hit.end() for hit in HOUSE.finditer(inner)]
    parts = [inner[:end] for end in ends]
    fits = (part for part in parts if len(part) >= SHORTEST_DETAIL and re.search("[0-9一二三四五六七八九十]", part))
    return tuple(dict.fromkeys(fits)) or ((inner,) if len(inner) >= SHORTEST_DETAIL and not ends else ())


def _anybodys(text: str) -> Iterator[Leak]:
    for place, line in enumerate(text.splitlines(), start=1):
        plain = _plain(line)
        if ANY_MOBILE.search(plain):
            yield Leak(Trace.ANY_PHONE, place)
        if ANY_ID.search(plain):
            yield Leak(Trace.ANY_ID, place)


def leak_refusals(text: str, known: Iterable[Known], *, field: str) -> tuple[Refusal, ...]:
    """The same as sentences that say what stands where, without repeating it."""
    return tuple(_refusal(leak, field) for leak in leaks(text, known))


def _refusal(leak: Leak, field: str) -> Refusal:
    said = {"trace": leak.trace, "line": leak.line}
    if not leak.number:
        return Refusal("media.holds_any_number", said, field=field)
    return Refusal("media.holds_personal", said | {"number": TicketNo(leak.number)}, field=field)


def ticket_refusal(number: str, state: TicketState) -> Refusal | None:
    """Confidential tickets and reports of wrongdoing stay in the house, whatever is left out of the text."""
    if Flag.CONFIDENTIAL in state.flags:
        return Refusal("media.ticket_confidential", {"number": TicketNo(number)}, field="tickets")
    if state.request_type is RequestType.REPORT:
        return Refusal("media.ticket_protected", {"number": TicketNo(number)}, field="tickets")
    if state.lead_unit is None:
        return Refusal("media.ticket_undispatched", {"number": TicketNo(number)}, field="tickets")
    return None
