"""Page objects of lists and of the ticket page: everything the templates print, already in words."""

from dataclasses import dataclass
from datetime import datetime

from hotline.registry.people.queries import names as people_names
from hotline.rules.deadlines import Light, light
from hotline.rules.lifecycle import Actor
from hotline.rules.visibility import RequesterView
from hotline.rules.vocabulary import ClockKind, Proposal, Stage
from hotline.rules.words import word
from hotline.tickets.acting.names import Names
from hotline.tickets.models import Requester, TicketClock
from hotline.tickets.queries import TicketFile, TicketRow, TimelineEntry, ticket_file


@dataclass(frozen=True)
class Line:
    """One row of a list, in words."""

    number: str
    title: str
    stage: str
    stage_code: str
    request_type: str
    category: str
    place: str
    unit: str
    urgency: str
    urgency_code: str
    flags: tuple[str, ...]
    created_at: datetime
    due_at: datetime | None
    light: str
    asked: tuple[str, ...]


def line(row: TicketRow, known: Names, lang: str, now: datetime) -> Line:
    """A stored row as a line of a list."""
    return Line(
        number=row.number,
        title=row.title,
        stage=word(f"stage.{row.stage}", lang),
        stage_code=row.stage,
        request_type=word(f"request_type.{row.request_type}", lang),
        category=known.category(row.category, lang),
        place=known.region(row.region, lang),
        unit=known.unit(row.lead_unit, lang),
        urgency=word(f"urgency.{row.urgency}", lang),
        urgency_code=row.urgency,
        flags=tuple(word(f"flag.{f}", lang) for f in row.flags),
        created_at=row.created_at,
        due_at=row.due_at,
        light=light_of(row.created_at, row.due_at, now),
        asked=tuple(word(Proposal(p), lang) for p in row.proposals),
    )


def light_of(start: datetime, due_at: datetime | None, now: datetime) -> str:
    """green, amber or red; blank when nothing is owed."""
    return str(light(due_at, now, start).value) if due_at else ""


@dataclass(frozen=True)
class ClockLine:
    """One clock of the ticket page."""

    name: str
    limit: str
    started_at: datetime
    due_at: datetime
    light: str
    state: str
    provisional: bool


@dataclass(frozen=True)
class HistoryLine:
    """One line of the timeline."""

    seq: int
    what: str
    who: str
    role: str
    unit: str
    at: datetime
    texts: tuple[tuple[str, str], ...]
    details: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ActButton:
    """An act allowed now: its name, title and address."""

    name: str
    title: str
    stage: str
    primary: bool


@dataclass(frozen=True)
class TicketPage:
    """The whole ticket page for one reader."""

    file: TicketFile
    number: str
    title: str
    stage: str
    facts: tuple[tuple[str, str], ...]
    request: tuple[tuple[str, str], ...]
    reply: tuple[tuple[str, str], ...]
    requester: Requester | None
    requester_view: str
    history: tuple[HistoryLine, ...]
    clocks: tuple[ClockLine, ...]
    acts: tuple[ActButton, ...]
    steps: tuple[tuple[str, str], ...]


STEPS = (
    (Stage.REGISTERED, {Stage.DRAFT, Stage.REGISTERED}),
    (Stage.PENDING_DISPATCH, {Stage.PENDING_DISPATCH, Stage.RETURN_REQUESTED, Stage.JURISDICTION_DISPUTE, Stage.JOINT_HANDLING}),
    (Stage.HANDLING, {Stage.PENDING_SIGN, Stage.HANDLING, Stage.PENDING_SIGN_OFF, Stage.REWORK, Stage.PARKED}),
    (Stage.PENDING_REVIEW, {Stage.PENDING_REVIEW}),
    (Stage.PENDING_CALLBACK, {Stage.PENDING_CALLBACK, Stage.PENDING_CLOSE}),
    (Stage.CLOSED, set()),
)  # fmt: skip
"""The stepper: six steps of the way, and the stages that stand at each."""

REQUEST_TEXTS = ("content", "demand", "place", "involved_party")
REPLY_TEXTS = ("reply", "legal_basis", "internal_note")


def ticket_page(number: str, *, actor: Actor, known: Names, lang: str, now: datetime) -> TicketPage:
    """The ticket as this reader may see it, in words; TicketRefused if it is not there."""
    file = ticket_file(number, actor=actor, now=now)
    people = people_names(entry.actor for entry in file.timeline)
    texts = file.texts
    return TicketPage(
        file=file,
        number=file.row.number,
        title=file.row.title,
        stage=word(file.state.stage, lang),
        facts=_facts(file, known, lang),
        request=_picked(texts, REQUEST_TEXTS, lang),
        reply=_picked(texts, REPLY_TEXTS, lang),
        requester=file.requester,
        requester_view=RequesterView(file.requester_view).value,
        history=tuple(_history(entry, known, people, lang) for entry in reversed(file.timeline)),
        clocks=tuple(_clock(clock, lang, now) for clock in file.clocks),
        acts=_buttons(file, lang),
        steps=_steps(file.state.stage, lang),
    )


def _facts(file: TicketFile, known: Names, lang: str) -> tuple[tuple[str, str], ...]:
    s = file.state
    pairs = (
        ("request_type", word(s.request_type, lang)),
        ("category", known.category_path(s.category, lang)),
        ("urgency", word(s.urgency, lang)),
        ("region", known.region(s.region, lang)),
        ("channel", word(s.channel, lang) if s.channel else ""),
        ("lead_unit", known.unit(s.lead_unit, lang)),
        ("co_units", "、".join(known.unit(u, lang) for u in s.co_units)),
        ("flags", "、".join(word(f, lang) for f in sorted(s.flags))),
        ("rating", word(s.rating, lang) if s.rating else ""),
        ("resolution", word(s.resolution, lang) if s.resolution else ""),
    )
    return tuple((word(f"field.{name}", lang), value) for name, value in pairs if value)


def _picked(texts: dict[str, str], wanted: tuple[str, ...], lang: str) -> tuple[tuple[str, str], ...]:
    return tuple((word(f"field.{name}", lang), texts[name]) for name in wanted if texts.get(name))


def _history(entry: TimelineEntry, known: Names, people: dict[str, str], lang: str) -> HistoryLine:
    return HistoryLine(
        seq=entry.seq,
        what=word(f"event.{entry.name}", lang),
        who=people.get(entry.actor, "") or word(f"role.{entry.role}", lang),
        role=word(f"role.{entry.role}", lang),
        unit=known.unit(entry.unit, lang),
        at=entry.at,
        texts=tuple((word(f"field.{k}", lang), v) for k, v in entry.texts.items()),
        details=_details(entry, known, lang),
    )


def _details(entry: TimelineEntry, known: Names, lang: str) -> tuple[tuple[str, str], ...]:
    shown = (
        ("lead_unit", known.unit(entry.payload.get("lead_unit"), lang)),
        ("to_unit", known.unit(entry.payload.get("to_unit"), lang)),
        ("days", str(entry.payload.get("days") or "")),
        ("rating", word(f"rating.{entry.payload['rating']}", lang) if entry.payload.get("rating") else ""),
    )
    return tuple((word(f"field.{name}", lang), value) for name, value in shown if value)


def _clock(clock: TicketClock, lang: str, now: datetime) -> ClockLine:
    running = clock.stopped_at is None
    state = (
        "paused" if clock.paused else "running" if running else {True: "met", False: "missed", None: "ended"}[clock.met]
    )
    return ClockLine(
        name=word(ClockKind(clock.kind), lang),
        limit=clock.limit,
        started_at=clock.started_at,
        due_at=clock.due_at,
        light=light_of(clock.started_at, clock.due_at, now) if running else Light.GREEN.value,
        state=state,
        provisional=clock.provisional,
    )


SIDE_STAGES = {"upkeep": "tickets", "system": "handling"}
FIRST = {
    "dispatch", "sign_in", "submit_reply", "sign_off", "pass_review", "record_callback", "order_rework",
    "answer_directly", "send_to_dispatch", "accept_return", "rule_jointly", "confirm_decline", "confirm_void",
}  # fmt: skip
"""Acts that carry the ticket on; the others stand below them."""


def _buttons(file: TicketFile, lang: str) -> tuple[ActButton, ...]:
    made = []
    for row in file.acts:
        module = row.act.__module__.rsplit(".", 1)[-1]
        stage = SIDE_STAGES.get(module, module)
        if row.act.name not in {"register", "submit", "import_closed"}:
            made.append(ActButton(row.act.name, word(row.act.name, lang), stage, row.act.name in FIRST))
    return tuple(sorted(made, key=lambda b: not b.primary))


def _steps(stage: Stage, lang: str) -> tuple[tuple[str, str], ...]:
    place = next((i for i, (_, here) in enumerate(STEPS) if stage in here), len(STEPS) - 1)
    states = ("done" if i < place else "now" if i == place else "ahead" for i in range(len(STEPS)))
    return tuple((word(step, lang), state) for (step, _), state in zip(STEPS, states, strict=True))
