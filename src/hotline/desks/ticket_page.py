"""The ticket page as a page object: request, reply, history, clocks and the acts allowed now, in words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hotline.desks.clock_lines import ClockLine, clock_line, lamp
from hotline.desks.history import HistoryLine, history
from hotline.desks.stage_acts import UPKEEP
from hotline.desks.task_lines import TaskLine, task_lines
from hotline.desks.time_words import DueWords, Moment, due_words, moment_words
from hotline.rules.acts import RecordFinding, SignOff
from hotline.rules.lifecycle import Actor
from hotline.rules.lifecycle.signing import next_signer
from hotline.rules.state import ClockState, TicketState
from hotline.rules.visibility import sees_inside
from hotline.rules.vocabulary import TERMINAL, ClockKind, Paper, Proposal, Stage, UnitCode, Urgency
from hotline.rules.words import field_word, word
from hotline.tickets.acting.fields import fields_of
from hotline.tickets.acting.names import Names
from hotline.tickets.disclosing import Contact, contact_of
from hotline.tickets.facts import clock_of
from hotline.tickets.queries import TicketFile, ticket_file
from hotline.tickets.rulebook import Rulebooks

DISPUTE = {Stage.JURISDICTION_DISPUTE, Stage.JOINT_HANDLING}


@dataclass(frozen=True)
class ActButton:
    """An act allowed now. `at_once` acts have nothing to fill in and are done with one click."""

    name: str
    title: str
    key: str = ""
    at_once: bool = False


@dataclass(frozen=True)
class ActGroups:
    """The acts of the page: those that carry the ticket on, the stage's others, and what is always possible."""

    first: tuple[ActButton, ...]
    more: tuple[ActButton, ...]
    upkeep: tuple[ActButton, ...]


@dataclass(frozen=True)
class Lies:
    """A paper that waits for signatures in the unit: what, by whom since when, who signs next, and what is asked."""

    paper: str
    kind: str
    who: str
    since: Moment
    waits_for: str
    mine: bool
    details: tuple[tuple[str, str], ...] = ()
    texts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class TicketPage:
    """The whole ticket page for one reader."""

    number: str
    version: int
    title: str
    stage: str
    ended: bool
    urgency: str
    flags: tuple[str, ...]
    tags: tuple[str, ...]
    asked: tuple[str, ...]
    created: Moment
    due: DueWords | None
    due_name: str
    light: str
    steps: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    request: tuple[tuple[str, str], ...]
    reply: tuple[tuple[str, str], ...]
    contact: Contact | None
    contact_view: str
    history: tuple[HistoryLine, ...]
    clocks: tuple[ClockLine, ...]
    tasks: tuple[TaskLine, ...]
    acts: ActGroups
    lies: Lies | None = None


STEPS: tuple[tuple[str | Promise, set[Stage]], ...] = (
    (gettext_lazy("受理"), {Stage.DRAFT, Stage.REGISTERED}),
    (gettext_lazy("转办"), {Stage.PENDING_DISPATCH, Stage.RETURN_REQUESTED, *DISPUTE}),
    (gettext_lazy("办理"), {Stage.PENDING_SIGN, Stage.HANDLING, Stage.PENDING_SIGN_OFF, Stage.REWORK, Stage.PARKED}),
    (gettext_lazy("审核"), {Stage.PENDING_REVIEW}),
    (gettext_lazy("回访"), {Stage.PENDING_CALLBACK, Stage.PENDING_CLOSE}),
    (gettext_lazy("办结"), set()),
)
"""The stepper: six steps of the way, and the stages that stand at each."""

WALKED = frozenset({Stage.CLOSED, Stage.ARCHIVED})
"""Ends that come after the whole way; the others leave it early."""

REQUEST_TEXTS = ("content", "demand", "place", "involved_party")
REPLY_TEXTS = ("reply", "legal_basis", "internal_note")
OPENS = frozenset({"submit", "register", "import_closed"})
ANSWERS = frozenset({"submit_reply", "answer_directly", "import_closed"})
"""Acts whose words are the answer; interim replies and those of units below stand in the history."""
FIRST = {
    "dispatch", "sign_in", "sign_in_delegated", "submit_reply", "submit_inner_reply", "sign_off", "pass_review",
    "send_back", "record_callback", "order_rework", "close", "answer_directly", "send_to_dispatch", "accept_return",
    "delegate", "send_back_inner_reply", "refuse_request", "report_co_task", "record_finding",
    "accept_task_return", "reject_task_return",
    "reject_return", "rule_jointly", "confirm_decline", "confirm_void", "grant_extension", "confirm_park",
}  # fmt: skip
"""Acts that carry the ticket on; the others stand below them."""
TO_SIGN = {"sign_off", "refuse_request"}
"""What comes first for whoever may sign a paper that lies there."""
AT_ONCE = {"sign_in", "sign_in_delegated"}
ELSEWHERE = {"register", "submit", "import_closed", "add_attachment", "remove_attachment"}
"""Acts that have pages of their own, or none."""


def ticket_page(number: str, *, actor: Actor, known: Names, books: Rulebooks, lang: str, now: datetime) -> TicketPage:
    """The ticket as this reader may see it, in words; TicketRefused if it is not there."""
    file = ticket_file(number, actor=actor, now=now, books=books)
    row, state = file.row, file.state
    clocks = [clock_of(clock) for clock in file.clocks]
    mine = _own_part(state, clocks, actor)
    owed = mine or next((c for c in reversed(clocks) if c.kind.value == row.due_kind and c.running), None)
    due_at, due_kind = (mine.due_at, mine.kind.value) if mine else (row.due_at, row.due_kind)
    return TicketPage(
        number=row.number,
        version=state.version,
        title=row.title,
        stage=word(state.stage, lang),
        ended=state.stage in TERMINAL,
        urgency=word(state.urgency, lang) if state.urgency is not Urgency.ORDINARY else "",
        flags=tuple(word(flag, lang) for flag in sorted(state.flags)),
        tags=tuple(known.tag(tag, lang) for tag in sorted(state.tags)),
        asked=tuple(word(Proposal(asked), lang) for asked in state.proposals),
        created=moment_words(row.created_at, now),
        due=due_words(due_at, now) if due_at else None,
        due_name=word(f"clock.{due_kind}", lang) if due_kind else "",
        light=lamp(owed.started_at if owed else row.created_at, due_at, now, file.book),
        steps=_steps(state.stage, lang),
        facts=_facts(file, known, lang),
        request=(*_said(file, OPENS, REQUEST_TEXTS, lang), *_facts_added(file, lang)),
        reply=_said(file, ANSWERS, REPLY_TEXTS, lang),
        contact=contact_of(file.requester) if file.requester else None,
        contact_view=file.requester_view.value,
        history=history(file.timeline, known, lang, now),
        clocks=tuple(
            clock_line(c, ticket=state, book=file.book, lang=lang, now=now, owed=c is owed, unit=known.unit(c.of, lang))
            for c in clocks
        ),
        tasks=task_lines(file, known, lang, now),
        acts=_groups(file, lang),
        lies=_lies(file, actor, known, lang, now),
    )


def _own_part(state: TicketState, clocks: Collection[ClockState], actor: Actor) -> ClockState | None:
    """A co-unit reads at the top by when its own part is due; the lead and the office what the lead owes."""
    if state.lead_unit in actor.units:
        return None
    own = (c for c in clocks if c.kind is ClockKind.CO_TASK and c.of in actor.units and c.running and not c.paused)
    return next(own, None)


def _lies(file: TicketFile, actor: Actor, known: Names, lang: str, now: datetime) -> Lies | None:
    """For people of the unit; of a reply everybody knows that it is being signed."""
    signing, waits = file.state.signing, next_signer(file.state)
    if signing is None or waits is None:
        return None
    if signing.paper is not Paper.REPLY and not sees_inside(actor, file.state.lead_unit):
        return None
    written = next((e for e in reversed(file.timeline) if e.at == signing.at and e.actor == signing.by), None)
    said = history((written,), known, lang, now)[0] if written and signing.paper is not Paper.REPLY else None
    return Lies(
        paper=word(signing.paper, lang),
        kind=signing.paper.value,
        who=written.who if written else "",
        since=moment_words(signing.at, now),
        waits_for=word(waits, lang),
        mine=any(row.act is SignOff for row in file.acts),
        details=said.details if said else (),
        texts=said.texts if said else (),
    )


def _facts(file: TicketFile, known: Names, lang: str) -> tuple[tuple[str, str], ...]:
    s = file.state
    pairs = (
        ("request_type", word(s.request_type, lang)),
        ("category", known.category_path(s.category, lang)),
        ("region", known.region(s.region, lang)),
        ("channel", word(s.channel, lang) if s.channel else ""),
        ("lead_unit", known.unit(s.lead_unit, lang)),
        ("co_units", "、".join(_helper(u, s.co_done, known, lang) for u in s.co_units)),
        ("guidance_units", "、".join(known.unit(u, lang) for u in s.guidance)),
        ("copied_units", "、".join(known.unit(u, lang) for u in s.copied)),
        ("to_unit", known.unit(s.delegation.unit, lang) if s.delegation else ""),
        ("resolution", word(s.resolution, lang) if s.resolution else ""),
        ("rating", word(s.rating, lang) if s.rating else ""),
    )
    return tuple((word(f"field.{name}", lang), value) for name, value in pairs if value)


def _helper(unit: UnitCode, done: Collection[UnitCode], known: Names, lang: str) -> str:
    """A co-unit, and whether it has reported its part."""
    name = known.unit(unit, lang)
    return _("%(unit)s（已反馈）") % {"unit": name} if unit in done else name


def _said(file: TicketFile, acts: frozenset[str], wanted: tuple[str, ...], lang: str) -> tuple[tuple[str, str], ...]:
    """The words of the latest of these acts, in the order wanted."""
    entry = next((e for e in reversed(file.timeline) if e.act in acts), None)
    texts = entry.texts if entry else {}
    return tuple((field_word(entry.act if entry else "", n, lang), texts[n]) for n in wanted if texts.get(n))


def _facts_added(file: TicketFile, lang: str) -> tuple[tuple[str, str], ...]:
    """What the citizen told later, in its order."""
    told = (e.texts.get("facts") for e in file.timeline if e.act == "add_facts")
    return tuple((word("field.facts", lang), text) for text in told if text)


def _groups(file: TicketFile, lang: str) -> ActGroups:
    upkeep, awaited = set(UPKEEP), any(task.awaits_finding for task in file.state.tasks)
    first: list[ActButton] = []
    more: list[ActButton] = []
    always: list[ActButton] = []
    for row in file.acts:
        if row.act.name in ELSEWHERE:
            continue
        button = ActButton(
            row.act.name, word(row.act.name, lang), at_once=row.act.name in AT_ONCE and not fields_of(row.act)
        )
        carries_on = row.act.name in FIRST and (row.act is not RecordFinding or awaited)
        (always if row.act in upkeep else first if carries_on else more).append(button)
    if file.state.signing is not None:
        first.sort(key=lambda button: button.name not in TO_SIGN)
    return _with_keys(first, more, always)


def _with_keys(*groups: list[ActButton]) -> ActGroups:
    """1 to 9 for the first nine acts of the page."""
    keys = iter("123456789")
    keyed = [
        tuple(ActButton(b.name, b.title, next(keys, ""), b.at_once) for b in group) if place < 2 else tuple(group)
        for place, group in enumerate(groups)
    ]
    return ActGroups(*keyed)


def _steps(stage: Stage, lang: str) -> tuple[tuple[str, str], ...]:
    """Each step with `done`, `now` or `ahead`; the present one says the stage itself."""
    last = len(STEPS) - 1
    place = next((i for i, (_, here) in enumerate(STEPS) if stage in here), last)
    walked = place if stage in WALKED or stage not in TERMINAL else 1
    states = ("now" if i == place else "done" if i < walked else "ahead" for i in range(len(STEPS)))
    named = zip(STEPS, states, strict=True)
    return tuple((word(stage, lang) if state == "now" else str(step), state) for (step, _), state in named)
