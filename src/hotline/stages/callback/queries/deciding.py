"""The reviewer's decision about a dissatisfied citizen: what was said, what was tried, what is left and why.

Rework comes first; after the profile's number of reworks the office goes there itself, or the matter is parked.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from hotline.rules.acts import Act, Close, MarkTicket, OrderRework, ProposePark, ReopenAfterVisit
from hotline.rules.lifecycle import Actor
from hotline.rules.lifecycle.table import ROWS_OF
from hotline.rules.sentences import render
from hotline.rules.vocabulary import Flag, Proposal, Role, Stage
from hotline.rules.words import word
from hotline.stages.callback.queries.calling import (
    Answered,
    Earlier,
    answer_in_words,
    asked_on,
    earlier_in,
    responded_words,
)
from hotline.stages.callback.queries.planning import ALL
from hotline.tickets.acting.names import Names
from hotline.tickets.acting.standing import why_not
from hotline.tickets.queries import TicketFile, in_view, ticket_file
from hotline.tickets.rulebook import Rulebooks

SHOWN: Final = 100


@dataclass(frozen=True)
class Choice:
    """One way to go on. `why_not` says why it is closed; `note` when it is the right one."""

    key: str
    title: str
    note: str
    address: str = ""
    why_not: str = ""


@dataclass(frozen=True)
class DecisionLine:
    """One ticket that waits for a decision."""

    number: str
    title: str
    unit: str
    rating: str
    resolution: str
    reworks: int
    due_at: datetime | None


@dataclass(frozen=True)
class DecisionPage:
    """Everything the reviewer needs on one page."""

    number: str
    title: str
    version: int
    stage: str
    deciding: bool
    unit: str
    content: str
    reply: str
    responded: str
    resolution: str
    rating: str
    cause: str
    words: str
    reached: bool
    answered: Answered | None
    earlier: tuple[Earlier, ...]
    reworks: int
    most_reworks: int
    choices: tuple[Choice, ...]


def waiting_decisions(*, known: Names, lang: str) -> tuple[DecisionLine, ...]:
    """Tickets whose citizens are not content, what is owed first on top."""
    rows = in_view(ALL).filter(stage=Stage.PENDING_CLOSE.value).order_by(F("due_at").asc(nulls_last=True), "pk")
    return tuple(
        DecisionLine(
            number=row.number,
            title=row.title,
            unit=known.unit(row.lead_unit, lang),
            rating=word(f"rating.{row.rating}", lang) if row.rating else "",
            resolution=word(f"resolution.{row.resolution}", lang) if row.resolution else "",
            reworks=row.reworks,
            due_at=row.due_at,
        )
        for row in rows[:SHOWN]
    )


def decision_page(
    number: str, *, actor: Actor, known: Names, books: Rulebooks, lang: str, now: datetime
) -> DecisionPage:
    """The page for somebody who may see the ticket; TicketRefused otherwise."""
    file = ticket_file(number, actor=actor, now=now, books=books)
    said = _last_callback(file)
    payload: dict[str, Any] = said.payload if said else {}
    question = asked_on(file.row.pk)
    responded, rating = payload.get("responded"), payload.get("rating")
    return DecisionPage(
        number=number,
        title=file.row.title,
        version=file.state.version,
        stage=word(file.state.stage, lang),
        deciding=file.state.stage is Stage.PENDING_CLOSE,
        unit=known.unit(file.state.lead_unit, lang),
        content=file.texts.get("content", ""),
        reply=file.texts.get("reply", ""),
        responded="—" if responded is None else responded_words(responded),
        resolution=word(f"resolution.{payload['resolution']}", lang) if payload.get("resolution") else "—",
        rating=word(f"rating.{rating}", lang) if rating else _("未作评价"),
        cause=known.reason("dissatisfied", payload["cause"], lang) if payload.get("cause") else "—",
        words=said.texts.get("words", "") if said else "",
        reached=responded is not None,
        answered=answer_in_words(question, known, lang) if question else None,
        earlier=tuple(earlier_in(file, known, lang)),
        reworks=file.state.reworks,
        most_reworks=file.book.profile.max_reworks,
        choices=tuple(_choices(file, actor, lang, now)),
    )


def _last_callback(file: TicketFile) -> Any:
    ends = {"callback.dissatisfied", "callback.unreached", "callback.settled"}
    return next((entry for entry in reversed(file.timeline) if entry.name in ends), None)


def _choices(file: TicketFile, actor: Actor, lang: str, now: datetime) -> Iterator[Choice]:
    number, done = file.row.number, reverse("callback-decisions")

    def choice(act: type[Act], title: str, note: str, follow: str = done) -> Choice:
        refusals = why_not(file.state, act, actor=actor, book=file.book, now=now)
        why = render(refusals[0], lang) if refusals else ""
        if refusals and refusals[0].code == "act.role_denied":
            doing = {role for row in ROWS_OF[act] for role in row.roles}
            roles = "、".join(word(role, lang) for role in Role if role in doing)
            why = _("由%(roles)s办理。") % {"roles": roles}
        address = "" if why else f"{reverse(act.name, args=[number])}?next={follow}"
        return Choice(act.name, title, note, address, why)

    here = reverse("callback-decide", args=[number])
    yield choice(OrderRework, _("发回重办"), _("事实属实、办得不到位的，由原单位重新办理，重新计时。"))
    marked = choice(MarkTicket, _("重点督办"), _("标为重点件，由督办人员跟踪，单位主要领导签批。"), here)
    yield _supervision(file, marked)
    yield choice(Close, _("说明理由办结"), _("诉求超出政策、已解释到位或现场核查已解决的，写明理由办结。"))
    visited = choice(ReopenAfterVisit, _("现场督办"), _("不打招呼到现场核查，上传现场照片；问题属实的重新办理。"))
    yield _visit(file, visited)
    plan = _("现阶段确实办不了的，由单位提出计划和复查日期，主要领导签字，督办人员批准。")
    yield _parking(file, choice(ProposePark, _("挂账"), plan))


def _supervision(file: TicketFile, choice: Choice) -> Choice:
    """A ticket is marked once."""
    if Flag.KEY in file.state.flags:
        return Choice(choice.key, choice.title, choice.note, "", _("已经是重点件。"))
    return choice


def _visit(file: TicketFile, choice: Choice) -> Choice:
    """A visit is made to a closed ticket; photos are taken in before as well."""
    if file.state.stage is Stage.CLOSED:
        return choice
    why = _("先说明理由办结，再由督办人员到现场；现场照片现在就可以作为“现场督办”附件上传。")
    return Choice(choice.key, choice.title, choice.note, "", why)


def _parking(file: TicketFile, choice: Choice) -> Choice:
    """What has been proposed waits for the supervisor."""
    if Proposal.PARK in file.state.proposals:
        return Choice(choice.key, choice.title, choice.note, "", _("单位已提出挂账申请，等督办人员决定。"))
    return choice
