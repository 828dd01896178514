"""The clocks of a ticket in words: what is owed, until when, by which limit, and why it falls on that day."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from hotline.desks.time_words import DueWords, Moment, due_words, moment_words
from hotline.rules.deadlines import Pause, compute_due, light
from hotline.rules.due_report import explain
from hotline.rules.lifecycle import Rulebook
from hotline.rules.lifecycle.reckoning import scope
from hotline.rules.limits import Limit, StartPoint
from hotline.rules.state import ClockState, TicketState
from hotline.rules.vocabulary import PROMISES, ClockKind, Flag
from hotline.rules.words import word

SINCE_DISPATCH = frozenset({ClockKind.SIGN_IN, ClockKind.UNIT_REPLY, ClockKind.RETURN_WINDOW})


@dataclass(frozen=True)
class ClockLine:
    """One clock of the ticket page."""

    name: str
    limit: str
    started: Moment
    due: DueWords
    light: str
    state: str
    verdict: str
    explanation: str
    urged: str
    provisional: bool
    owed: bool

    @property
    def running(self) -> bool:
        """True while something is owed by it."""
        return self.state in {"running", "paused"}


def lamp(start: datetime, due_at: datetime | None, now: datetime, book: Rulebook) -> str:
    """green, amber or red by the share of office time used up; blank when nothing is owed."""
    if due_at is None:
        return ""
    thresholds = book.profile.lights
    return light(start=start, due_at=due_at, now=now, thresholds=thresholds, calendar=book.calendar).value


def clock_line(
    clock: ClockState,
    *,
    ticket: TicketState,
    book: Rulebook,
    lang: str,
    now: datetime,
    owed: bool = False,
    unit: str = "",
) -> ClockLine:
    """One clock in the reader's language; `owed` marks the one that the holder answers for now.

    `unit` names the co-unit whose own clock it is.
    """
    state, name = _state(clock), word(clock.kind, lang)
    return ClockLine(
        name=_("%(clock)s（%(unit)s）") % {"clock": name, "unit": unit} if unit else name,
        limit=_limit_words(clock.limit, lang),
        started=moment_words(clock.started_at, now),
        due=due_words(clock.due_at, now),
        light=lamp(clock.started_at, clock.due_at, now, book) if state == "running" else "",
        state=state,
        verdict=_verdict(state),
        explanation=_why(clock, ticket, book, lang, now) if state == "running" else "",
        urged=_urged(clock, now) if clock.running else "",
        provisional=clock.provisional,
        owed=owed,
    )


def _state(clock: ClockState) -> str:
    if clock.running:
        return "paused" if clock.paused else "running"
    return {True: "met", False: "missed", None: "ended"}[clock.met]


def _verdict(state: str) -> str:
    words = {"paused": _("已中止计时"), "met": _("按时完成"), "missed": _("超时完成"), "ended": _("已结束，不再计时")}
    return words.get(state, "")


def _urged(clock: ClockState, now: datetime) -> str:
    """How far the ladder of reminders has been climbed."""
    if clock.criticised_at:
        return _("%(when)s 已建议通报批评") % {"when": moment_words(clock.criticised_at, now).short}
    if clock.noticed_at:
        return _("%(when)s 已书面催办") % {"when": moment_words(clock.noticed_at, now).short}
    return _("已催办：时限用去%(percent)s%%") % {"percent": clock.reminded} if clock.reminded else ""


def _limit_words(limit: str, lang: str) -> str:
    try:
        found = Limit.parse(limit)
    except ValueError:
        return _("指定日期")
    return found.en if lang == "en" else found.zh


def _why(clock: ClockState, ticket: TicketState, book: Rulebook, lang: str, now: datetime) -> str:
    """The counting as a sentence; nothing when the date was named by a person or counted otherwise than now."""
    try:
        limit = Limit.parse(clock.limit)
    except ValueError:
        return ""
    promise = clock.kind in PROMISES
    due = compute_due(
        limit=limit,
        start=clock.started_at,
        calendar=book.calendar,
        request=scope(ticket),
        pauses=tuple(Pause(a, b, why) for a, b, why in clock.pauses),
        extension=clock.extension,
        emergencies=book.emergencies if promise else (),
        superior_due=ticket.superior_due_at if promise else None,
        as_of=now,
        since=_since(clock.kind, ticket, book),
    )
    return explain(due, lang) if due.due_at == clock.due_at else ""


def _since(kind: ClockKind, ticket: TicketState, book: Rulebook) -> StartPoint:
    """What the clock is counted from; a rework counts from its order."""
    if kind in PROMISES and Flag.IN_REWORK in ticket.flags:
        return StartPoint.MOMENT
    if kind is ClockKind.REPLY:
        return book.profile.reply_starts_at
    return StartPoint.DISPATCH if kind in SINCE_DISPATCH else StartPoint.MOMENT
