"""What an agent may tell a caller of a ticket, in plain words, after the caller was checked.

Nothing internal is said: no names of clerks, no returns, no notes. Every look and every failed check is put on record
like a look at a contact.
"""

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.phones import digits
from hotline.rules.sentences import moment
from hotline.rules.state import TicketState
from hotline.rules.telling import WITHIN, CallerCheck, before_checking
from hotline.rules.vocabulary import TERMINAL, ClockKind, Flag, Stage
from hotline.text.pasted import pasted
from hotline.tickets.access import OpenTicket, TicketRefused, look_at
from hotline.tickets.acting.names import Names
from hotline.tickets.disclosing import Contact, contact_on, looks, put_on_record
from hotline.tickets.queries import TicketFile, ticket_file
from hotline.tickets.query_codes import fits

FAILED = "progress refused"
SHORTEST_ADDRESS = 4
ANSWERED = frozenset(
    {Stage.PENDING_CALLBACK, Stage.PENDING_CLOSE, Stage.CLOSED, Stage.ANSWERED_DIRECTLY, Stage.ARCHIVED}
)
"""Stages in which an answer stands that the office has passed."""
REPLIES = frozenset({"submit_reply", "answer_directly", "import_closed"})
ASKING = frozenset({Stage.RETURN_REQUESTED, Stage.JURISDICTION_DISPUTE, Stage.JOINT_HANDLING})


@dataclass(frozen=True, kw_only=True)
class Said:
    """What the caller says to show who they are: a number, a code, or a name with an address."""

    check: CallerCheck
    words: str
    address: str = ""


@dataclass(frozen=True)
class Told:
    """What may be told, sentence by sentence, or why nothing."""

    number: str = ""
    title: str = ""
    lines: tuple[str, ...] = ()
    reply: str = ""
    refusals: tuple[Refusal, ...] = ()


def tell_progress(*, number: str, said: Said, actor: Actor, known: Names, lang: str, now: datetime) -> Told:
    """How a ticket stands, for a caller who was checked; the check is on record whatever comes of it."""
    try:
        opened = look_at(pasted(number), actor=actor, with_requester=True)
    except TicketRefused as refused:
        return Told(refusals=(Refusal(refused.refusal.code, refused.refusal.params, field="number"),))
    row, confidential = opened.row, Flag.CONFIDENTIAL in opened.state.flags
    failures = looks(row, reason=FAILED, since=now - WITHIN)
    refusal = before_checking(said.check, confidential=confidential, failures=failures, actor=actor, now=now)
    if refusal is not None:
        return Told(refusals=(refusal,))
    refusal = _not_them(opened, said)
    if refusal is not None:
        put_on_record(row, reason=FAILED, actor=actor, now=now)
        return Told(refusals=(refusal,))
    put_on_record(row, reason=f"progress told: {said.check.value}", actor=actor, now=now)
    file = ticket_file(row.number, actor=actor, now=now)
    return Told(row.number, row.title, tuple(_lines(file, known, lang, now)), _reply(file))


def _not_them(opened: OpenTicket, said: Said) -> Refusal | None:
    row, who = opened.row, contact_on(opened.row)
    if said.check is CallerCheck.QUERY_CODE:
        found: bool | None = fits(row.number, row.query_code, said.words)
    elif said.check is CallerCheck.PHONE:
        found = _calls_from(who, said.words)
    else:
        found = _is_called(who, said)
    if found is None:
        return Refusal("progress.nothing_on_record", field="check")
    return None if found else Refusal("progress.not_the_caller", field="words")


def _calls_from(who: Contact | None, told: str) -> bool | None:
    """Whether it is a number on record; None when there is none."""
    known = {digits(who.phone), digits(who.alt_phone)} - {""} if who else set()
    return digits(told) in known if known else None


def _is_called(who: Contact | None, said: Said) -> bool | None:
    """Whether name and address fit; None when one of them was not left."""
    if who is None or not who.name or not who.address:
        return None
    return _same(who.name, said.words) and _near(who.address, said.address)


def _signs(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())


def _same(kept: str, said: str) -> bool:
    return bool(_signs(said)) and _signs(kept) == _signs(said)


def _near(kept: str, said: str) -> bool:
    """People say less or more of their address than was written down."""
    known, told = _signs(kept), _signs(said)
    return len(told) >= SHORTEST_ADDRESS and (told in known or known in told)


def _lines(file: TicketFile, known: Names, lang: str, now: datetime) -> list[str]:
    state, row = file.state, file.row
    opened = _("您的诉求已于%(at)s受理，工单编号%(number)s。")
    lines = [
        opened % {"at": moment(row.created_at, lang), "number": row.number},
        _stands(state, known.unit(state.lead_unit, lang)),
    ]
    reply = state.running(ClockKind.REPLY)
    if reply is not None and state.stage not in TERMINAL | ANSWERED and not reply.paused:
        late = now > reply.due_at
        promise = _("已超过原定的答复时间，热线会催促承办单位尽快答复。") if late else _("最迟%(at)s前答复您。")
        lines.append(promise % {"at": moment(reply.due_at, lang)})
    return lines


def _stands(state: TicketState, unit: str) -> str:
    """Where the matter stands, as one tells somebody who waits."""
    stage = state.stage
    if stage in ASKING or (not unit and stage not in TERMINAL):
        return _("热线正在确定由哪个单位办理。")
    at_unit = {
        Stage.PENDING_SIGN: _("已交给%(unit)s，等待该单位接收。"),
        Stage.REWORK: _("%(unit)s正在重新办理。"),
        Stage.PARKED: _("这件事目前还不具备解决条件，已列入计划，由%(unit)s跟进。"),
        Stage.PENDING_REVIEW: _("%(unit)s已经办理，热线正在审核答复。"),
        Stage.PENDING_CALLBACK: _("%(unit)s已经办理完毕，热线会回访您是否满意。"),
        Stage.PENDING_CLOSE: _("%(unit)s已经办理完毕，热线正在研究您的意见。"),
    }
    ended = {
        Stage.ANSWERED_DIRECTLY: _("已经当场答复。"),
        Stage.NOT_ACCEPTED: _("这件事不属于热线受理范围，已告知应向哪里反映。"),
        Stage.TRANSFERRED: _("已转给紧急热线处理。"),
        Stage.MERGED: _("已与反映同一事项的工单合并办理，编号%(master)s。"),
        Stage.VOIDED: _("这张工单已经作废。"),
    }
    if stage in TERMINAL:
        return ended.get(stage, _("已经办结。")) % {"master": state.master}
    return at_unit.get(stage, _("%(unit)s正在办理。")) % {"unit": unit}


def _reply(file: TicketFile) -> str:
    """The answer that was passed, in the words meant for the citizen."""
    if file.state.stage not in ANSWERED:
        return ""
    told = (entry.texts.get("reply", "") for entry in reversed(file.timeline) if entry.act in REPLIES)
    return next(told, "")
