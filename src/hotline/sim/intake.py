"""The request comes in: an agent takes it down, answers it, declines it or passes it on (受理)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from hotline.rules.acts import (
    AnswerDirectly,
    Classify,
    ConfirmDecline,
    ConfirmVoid,
    MarkTicket,
    Merge,
    ProposeDecline,
    ProposeVoid,
    Register,
    SendToDispatch,
    Submit,
    TransferEmergency,
    Withdraw,
)
from hotline.rules.lifecycle import SYSTEM
from hotline.rules.vocabulary import Channel, Flag, RequestType, Role, TicketNo
from hotline.sim.arrivals import WRITTEN
from hotline.sim.course import Course, Move, Story
from hotline.sim.people import Way

LINES: Final[Mapping[str, str]] = {
    "SCJG": "12315", "RSJ": "12333", "GJJ": "12329", "JTJ": "12328", "WJW": "12320", "SFJ": "12348", "YBJ": "12393",
    "CJJ": "12319", "STHJ": "12369", "YJJ": "12350", "WLJ": "12318", "NYJ": "12316",
}  # fmt: skip
"""Which merged line brings which matters."""


@dataclass(frozen=True, kw_only=True)
class Call:
    """What an agent learns beside the matter itself. `joins` is the life of the same matter that came first."""

    channel: Channel
    again: bool = False
    group_size: int = 1
    joins: str = ""


@dataclass(frozen=True)
class Words:
    """What was said, in the words the ticket keeps."""

    title: str
    content: str
    demand: str
    place: str
    party: str


def taken_in(course: Course, call: Call) -> Story:
    """Up to the moment in which the office decides what becomes of it."""
    words = _words(course)
    if call.channel in WRITTEN:
        yield Move(course.at, _submitted(course, call, words), SYSTEM)
        at = course.by_day(4, 90)
    else:
        at = course.minutes(3, 9)
    yield Move(at, _registered(course, call, words, at), course.agent)
    yield from _marked(course, call)


def _words(course: Course) -> Words:
    matter, say, mine = course.matter, course.scene.say, course.of_case
    return Words(
        title=say(mine(matter.titles))[:200],
        content=say(mine(matter.contents)),
        demand=say(mine(matter.demands)) if matter.demands else "",
        place=say(matter.place) if matter.place else "",
        party=say(matter.party) if matter.party else "",
    )


def _submitted(course: Course, call: Call, words: Words) -> Submit:
    return Submit(
        channel=call.channel,
        request_type=course.matter.type,
        region=course.scene.place.region.code,
        title=words.title,
        content=f"{words.content}{words.demand}",
        place=words.place,
    )


def _registered(course: Course, call: Call, words: Words, at: datetime) -> Register:
    superior = call.channel is Channel.SUPERIOR
    line = LINES.get(course.matter.unit, "") if call.channel is Channel.OTHER_LINE else ""
    secret = course.matter.type is RequestType.REPORT
    return Register(
        channel=call.channel,
        request_type=course.matter.type,
        urgency=course.matter.urgency,
        category=course.matter.category,
        region=course.scene.place.region.code,
        source_line=line,
        title=words.title,
        content=words.content,
        demand=words.demand,
        place=words.place,
        involved_party=words.party,
        for_unit=course.phrase("brief") if secret else "",
        confidential=secret,
        contactable=bool(course.citizen.phone),
        group_size=call.group_size,
        superior_no=f"皖热线〔{at.year}〕{course.rng.randint(100, 2999)}号" if superior else "",
        superior_due_at=at + timedelta(days=course.rng.randint(8, 15)) if superior else None,
    )


def _marked(course: Course, call: Call) -> Story:
    flags = [Flag.REPEAT] * call.again + [Flag.ENTERPRISE] * course.matter.enterprise_matter
    if call.channel in {Channel.LEADER_DAY, Channel.SUPERIOR} and course.fate.way is Way.UNIT:
        flags.append(Flag.INSTRUCTION if call.channel is Channel.LEADER_DAY else Flag.KEY)
    for flag in flags:
        yield Move(course.minutes(0.2, 1), MarkTicket(flag=flag), course.agent)


def decided(course: Course, call: Call) -> Story:
    """What becomes of it before any unit is asked; nothing when a unit gets it."""
    if call.joins:
        act = Merge(master=TicketNo(call.joins), note=course.phrase("merge_note"))
        yield Move(course.minutes(2, 20), act, course.agent)
        return
    ways = {
        Way.DIRECT: _answered,
        Way.DECLINED: _declined,
        Way.TRANSFERRED: _transferred,
        Way.VOIDED: _voided,
        Way.WITHDRAWN: _withdrawn,
    }
    if course.fate.way in ways:
        yield from ways[course.fate.way](course)
    else:
        yield from _passed_on(course)


def _answered(course: Course) -> Story:
    text = course.scene.say(course.of_case(course.matter.answers), course.at)
    yield Move(course.minutes(1, 6), AnswerDirectly(reply=text), course.agent)


def _declined(course: Course) -> Story:
    reason = course.matter.decline or "repeat_settled"
    channel = course.phrasebook.channels.get(reason, "有权机关")
    explanation = course.phrase("decline_text")
    asked = ProposeDecline(reason=reason, legal_channel=channel, explanation=explanation)
    yield Move(course.minutes(1, 8), asked, course.agent)
    yield Move(course.by_day(5, 60), ConfirmDecline(), course.office(Role.TEAM_LEADER))


def _transferred(course: Course) -> Story:
    act = TransferEmergency(line=course.matter.emergency, note=course.phrase("transfer_note"))
    yield Move(course.minutes(0.3, 2), act, course.agent)


def _voided(course: Course) -> Story:
    asked = ProposeVoid(reason=course.matter.void or "duplicate", note=course.phrase("void_note"))
    yield Move(course.minutes(1, 10), asked, course.agent)
    yield Move(course.by_day(20, 300), ConfirmVoid(), course.office(Role.TEAM_LEADER))


def _withdrawn(course: Course) -> Story:
    act = Withdraw(note=course.phrase("withdraw"))
    yield Move(course.by_day(20, 240), act, course.agent)


def _passed_on(course: Course) -> Story:
    if course.fate.classified:
        yield Move(course.minutes(1, 6), _classified(course), course.agent)
    if course.matter.urgency == "ordinary" and not course.fate.by_agent:
        yield Move(course.minutes(0.5, 4), SendToDispatch(), course.agent)


def _classified(course: Course) -> Classify:
    matter = course.matter
    return Classify(
        request_type=matter.type,
        category=matter.category,
        urgency=matter.urgency,
        region=course.scene.place.region.code,
        reason=course.phrase("classify_reason"),
    )


__all__ = ["Call", "decided", "taken_in"]
