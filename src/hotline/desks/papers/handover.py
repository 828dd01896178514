"""交办单: what stands on the paper that is handed to a unit, and how much of who asked.

Redacted it holds the office's brief and nothing the requester said or is. Units get confidential tickets in no other
form, and nobody else gets them otherwise without asking for it. The paper is always Chinese.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.utils.translation import gettext as _

from hotline.desks.masking import masked_name, masked_phone
from hotline.rules.dates_in_words import day_zh
from hotline.rules.lifecycle import Actor
from hotline.rules.visibility import RequesterView, view_of
from hotline.rules.vocabulary import CITY_TZ, ClockKind, Flag, Urgency
from hotline.rules.words import field_word, word
from hotline.tickets.acting.names import Names
from hotline.tickets.disclosing import Contact, contact_of
from hotline.tickets.queries import TicketFile

LANG = "zh"
REQUEST = ("title", "content", "demand", "facts", "place", "involved_party")
NOTED = {"dispatch", "hand_over_by_phone"}
"""Acts whose note tells the unit what is wanted of it."""


class Copy(Enum):
    """How much of the requester a paper shows."""

    FULL = "full"
    MASKED = "masked"
    REDACTED = "redacted"


@dataclass(frozen=True)
class Box:
    """A heading with what stands beside it, or with room to write."""

    label: str
    text: str = ""
    room: str = ""


@dataclass(frozen=True)
class Paper:
    """The whole paper, in words. `signatures` are left to be written by hand; `unredacted` is what else this reader
    might hold in place of a redacted paper.
    """

    number: str
    hotline: str
    title: str
    copy: Copy
    marks: tuple[str, ...]
    facts: tuple[tuple[Box, Box], ...]
    request: Box
    boxes: tuple[Box, ...]
    signatures: tuple[str, ...]
    printed: str
    unredacted: Copy | None

    @property
    def redacted(self) -> bool:
        """True when nothing of the requester is on it."""
        return self.copy is Copy.REDACTED


def copy_for(file: TicketFile, actor: Actor, *, redacted: bool | None) -> Copy:
    """The copy this person gets: redacted when asked for; of a confidential ticket unless the office asks otherwise."""
    if redacted:
        return Copy.REDACTED
    if Flag.CONFIDENTIAL in file.state.flags and (redacted is None or not view_of(actor).everything):
        return Copy.REDACTED
    if file.requester_view is RequesterView.UNMASKABLE and file.requester is not None:
        return Copy.FULL
    return Copy.MASKED


def handover_paper(
    file: TicketFile,
    copy: Copy,
    *,
    unredacted: Copy | None,
    contact: Contact | None,
    known: Names,
    hotline: str,
    person: str,
    now: datetime,
) -> Paper:
    """The paper of one ticket. `contact` is what was disclosed for a full copy."""
    return Paper(
        number=file.row.number,
        hotline=hotline,
        title=_("交办单"),
        copy=copy,
        marks=_marks(file, copy),
        facts=(
            (Box(_("编号"), file.row.number), Box(_("来电时间"), _at(file.row.created_at))),
            *(() if copy is Copy.REDACTED else _asker(file, copy, contact)),
            *_matter(file, known),
        ),
        request=_request(file, copy),
        boxes=(
            Box(_("拟办意见"), _note(file, copy), "some"),
            Box(_("领导批示"), "", "more"),
            Box(_("承办意见"), _reply(file, copy), "most"),
        ),
        signatures=(_("经办人"), _("负责人"), _("单位盖章"), _("日期")),
        printed=_("打印：%(person)s，%(at)s") % {"person": person, "at": _at(now)},
        unredacted=unredacted,
    )


def _marks(file: TicketFile, copy: Copy) -> tuple[str, ...]:
    state = file.state
    urgent = (word(state.urgency, LANG),) if state.urgency is not Urgency.ORDINARY else ()
    flags = tuple(word(flag, LANG) for flag in sorted(state.flags & {Flag.CONFIDENTIAL, Flag.KEY, Flag.INSTRUCTION}))
    kind = {
        Copy.FULL: _("含诉求人信息，请妥善保管"),
        Copy.MASKED: _("诉求人信息已遮盖"),
        Copy.REDACTED: _("不含诉求人信息"),
    }
    return (*urgent, *flags, kind[copy])


def _asker(file: TicketFile, copy: Copy, contact: Contact | None) -> tuple[tuple[Box, Box], ...]:
    """Who asked: in full when disclosed, else masked; a hidden or anonymous one leaves the place empty."""
    shown = contact or (contact_of(file.requester) if file.requester and copy is Copy.MASKED else None)
    if shown is None:
        return ((Box(_("诉求人"), "—"), Box(_("联系方式"), "—")),)
    if copy is Copy.MASKED:
        return ((Box(_("诉求人"), masked_name(shown.name)), Box(_("联系方式"), masked_phone(shown.phone))),)
    who = "，".join(part for part in (shown.name, shown.company_name) if part)
    reach = "，".join(part for part in (shown.phone, shown.alt_phone, shown.address) if part)
    return ((Box(_("诉求人"), who or "—"), Box(_("联系方式"), reach or "—")),)


def _matter(file: TicketFile, known: Names) -> tuple[tuple[Box, Box], ...]:
    state = file.state
    units = "、".join(known.unit(code, LANG) for code in (state.lead_unit, *state.co_units) if code)
    due = next(
        (state.clocks[kind].due_at for kind in (ClockKind.UNIT_REPLY, ClockKind.REPLY) if kind in state.clocks), None
    )
    limit = _("%(at)s前") % {"at": _at(due)} if due else _("受理后起算")
    category = known.category_path(state.category, LANG)
    kind = " ".join(part for part in (word(state.request_type, LANG), category) if part)
    return (
        (Box(_("诉求类型"), kind), Box(_("所在区划"), known.region(state.region, LANG))),
        (Box(_("承办单位"), units or "—"), Box(_("办理时限"), limit)),
    )


def _request(file: TicketFile, copy: Copy) -> Box:
    """The requester's words, or in their place the office's brief."""
    texts = file.texts
    if copy is Copy.REDACTED:
        return Box(_("交办内容"), texts.get("for_unit", "") or _("（热线机构尚未填写交办内容。）"))
    said = [(name, texts[name]) for name in REQUEST if texts.get(name)]
    parts = [body if name in {"title", "content"} else f"{field_word('', name, LANG)}：{body}" for name, body in said]
    return Box(_("诉求内容"), "\n".join(parts))


def _note(file: TicketFile, copy: Copy) -> str:
    """What the dispatcher wanted of the unit; it may repeat the requester, so a redacted paper leaves room."""
    if copy is Copy.REDACTED:
        return ""
    return next((e.texts["note"] for e in reversed(file.timeline) if e.act in NOTED and "note" in e.texts), "")


def _reply(file: TicketFile, copy: Copy) -> str:
    return "" if copy is Copy.REDACTED else file.texts.get("reply", "")


def _at(moment: datetime) -> str:
    """2026年3月17日 09:30."""
    local = moment.astimezone(CITY_TZ)
    return f"{day_zh(local.date(), 0)} {local:%H:%M}"
