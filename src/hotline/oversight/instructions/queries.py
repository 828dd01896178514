"""What people read of instructions: lists without words, one with as much as its reader may see, what waits for whom.

`opened` is the only way to the words; whoever is named and comes through it leaves a line among the readings.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from hotline.oversight.instructions.models import (
    Ask,
    Instruction,
    InstructionEntry,
    InstructionFile,
    InstructionText,
    Reading,
)
from hotline.oversight.instructions.rows import state_of
from hotline.oversight.instructions.seen import seen_by
from hotline.registry.people.queries import names as people
from hotline.rules import instructions as rules
from hotline.rules.instructions import Deed, Status, allowed
from hotline.rules.instructions.seeing import Layer, layers, view_of
from hotline.rules.instructions.states import ENDED, LIVE
from hotline.rules.lifecycle import Actor
from hotline.rules.vocabulary import Role
from hotline.rules.words import word
from hotline.rules.words_instructions import instruction_number
from hotline.tickets.dossiers.queries import FileRow, file_rows, page_of

PAGE: Final = 50
MOST_READINGS: Final = 100


@dataclass(frozen=True)
class InstructionRow:
    """One line of a list. `leader` is blank for whoever is not named; `due_at` is a unit's own date for its people."""

    id: int
    number: str
    status: str
    version: int
    given_on: date | None
    due_at: datetime
    leader: str
    units: tuple[str, ...]
    missing: tuple[str, ...]
    tickets: tuple[str, ...]
    outcome: str
    send_backs: int
    presented_on: date | None
    ended_at: datetime | None
    layers: frozenset[Layer]
    owed: bool

    def late(self, now: datetime) -> bool:
        """Past its date while somebody still owes something."""
        return self.owed and self.due_at < now


@dataclass(frozen=True)
class InstructionList:
    """One page of a list; `next_key` leads to the older ones."""

    rows: tuple[InstructionRow, ...]
    next_key: int | None


def instructions(
    *, actor: Actor, show: str = "", now: datetime, before: int | None = None, limit: int = PAGE
) -> InstructionList:
    """Instructions in view, the newest first. `show` is one of SHOWN."""
    found = SHOWN[show](seen_by(actor), actor, now)
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = _rows(found.order_by("-pk")[: limit + 1], actor)
    return InstructionList(*page_of(rows, limit))


def to_do(*, actor: Actor, limit: int = PAGE) -> tuple[InstructionRow, ...]:
    """What waits for this person, what is due first on top."""
    return tuple(_rows(waiting(actor).order_by("due_at", "pk")[:limit], actor))


def _rows(found: QuerySet[Instruction], actor: Actor) -> list[InstructionRow]:
    models = list(found.select_related("leader"))
    dates = dates_of(models)
    return [_row(model, state_of(model, dates[model.pk]), actor) for model in models]


def dates_of(models: Iterable[Instruction]) -> dict[int, dict[str, datetime]]:
    """The dates of the units of several instructions, in one statement."""
    found: dict[int, dict[str, datetime]] = {model.pk: {} for model in models}
    for pk, unit, due_at in Ask.objects.filter(instruction__in=list(found)).values_list(
        "instruction_id", "unit", "due_at"
    ):
        found[pk][unit] = due_at
    return found


def _row(model: Instruction, state: rules.Instruction, actor: Actor) -> InstructionRow:
    seen = layers(actor, state)
    office = seen & {Layer.WORDS, Layer.COVER}
    mine = state.units if office else state.units & view_of(actor).units
    owed = sorted(mine & state.missing)
    own = [state.asked[unit] for unit in owed or sorted(mine)]
    return InstructionRow(
        id=model.pk,
        number=instruction_number(state.year, state.serial),
        status=state.status.value,
        version=state.version,
        given_on=state.given_on if office else None,
        due_at=model.due_at if office else min(own),
        leader=f"{model.leader.position} {model.leader.name}" if Layer.WORDS in seen else "",
        units=tuple(sorted(mine)),
        missing=tuple(owed),
        tickets=tuple(sorted(state.tickets)) if Layer.WORDS in seen else (),
        outcome=model.outcome if office else "",
        send_backs=state.send_backs if office else 0,
        presented_on=state.presented_on if office else None,
        ended_at=state.ended_at,
        layers=seen,
        owed=state.live and state.presented_on is None if office else bool(owed) and state.live,
    )


@dataclass(frozen=True)
class Line:
    """One line of the history, with those of its words that the reader may see, each for its unit."""

    seq: int
    deed: str
    at: datetime
    who: str
    role: str
    status: str
    payload: dict[str, Any]
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class AskRow:
    """What one unit is asked."""

    unit: str
    due_at: datetime
    text: str
    reported: bool
    accepted: bool


@dataclass(frozen=True)
class ReadingRow:
    """Somebody read it."""

    who: str
    at: datetime
    way: str


@dataclass(frozen=True)
class InstructionWhole:
    """Everything one reader may see of one instruction, and what this reader may do now."""

    row: InstructionRow
    state: rules.Instruction
    words: str
    proposal: str
    lines: tuple[Line, ...]
    asks: tuple[AskRow, ...]
    files: tuple[FileRow, ...]
    readers: tuple[tuple[str, str], ...]
    readings: tuple[ReadingRow, ...]
    deeds: tuple[Deed, ...]

    @property
    def named(self) -> bool:
        """Whether the reader is named for it."""
        return Layer.WORDS in self.row.layers


def opened(pk: int, *, actor: Actor, now: datetime, way: str) -> InstructionWhole | None:
    """The whole page of one, as far as it is for this person; the reading is recorded where the words are shown."""
    model = Instruction.objects.select_related("leader").filter(pk=pk).first()
    if model is None:
        return None
    state = state_of(model)
    seen = layers(actor, state)
    if not seen:
        return None
    if Layer.WORDS in seen:
        Reading.objects.create(instruction=model, person=actor.id, at=now, way=way)
    return _whole(model, state, actor, seen, now)


@dataclass(frozen=True)
class Glance:
    """What a form needs before it is posted: the state, without anybody's words."""

    state: rules.Instruction
    deeds: tuple[Deed, ...]


def glanced(pk: int, *, actor: Actor, now: datetime) -> Glance | None:
    """The state of one in view, and what may be done; no word of it is read."""
    model = Instruction.objects.filter(pk=pk).first()
    state = state_of(model) if model else None
    if state is None or not layers(actor, state):
        return None
    return Glance(state, allowed(state, actor=actor, now=now))


def _whole(
    model: Instruction, state: rules.Instruction, actor: Actor, seen: frozenset[Layer], now: datetime
) -> InstructionWhole:
    named = Layer.WORDS in seen
    units = frozenset[str]() if named else frozenset(map(str, view_of(actor).units))
    texts = _texts(model, units, named=named)
    lines = _lines(model, texts, units, seen)
    words = {line.deed: line.words[0][1] for line in lines if line.words and named}
    files = InstructionFile.objects.filter(instruction=model).order_by("pk")
    files = files if named else files.filter(unit__in=units)
    return InstructionWhole(
        row=_row(model, state, actor),
        state=state,
        words=words.get(Deed.RECEIVE.value, ""),
        proposal=words.get(Deed.PROPOSE.value, ""),
        lines=tuple(lines),
        asks=tuple(_asks(state, lines, units, seen)),
        files=file_rows(files),
        readers=tuple(sorted(people(state.readers).items())) if named else (),
        readings=_readings(model) if named else (),
        deeds=allowed(state, actor=actor, now=now),
    )


Texts = dict[int, list[tuple[str, str]]]


def _texts(model: Instruction, units: Collection[str], *, named: bool) -> Texts:
    """Words by entry: all of them for people named, those of its own for a unit, none for whoever sees the cover."""
    found = InstructionText.objects.filter(instruction=model)
    found = found if named else found.filter(unit__in=units)
    made: Texts = {}
    for seq, unit, body in found.order_by("seq", "unit").values_list("seq", "unit", "body"):
        made.setdefault(seq, []).append((unit, body))
    return made


def _lines(model: Instruction, texts: Texts, units: Collection[str], seen: frozenset[Layer]) -> list[Line]:
    entries = list(InstructionEntry.objects.filter(instruction=model).order_by("seq"))
    shown = [entry for entry in entries if seen & {Layer.WORDS, Layer.COVER} or _of_unit(entry, units)]
    known = people({entry.actor for entry in shown})
    return [
        Line(
            seq=e.seq,
            deed=e.deed,
            at=e.at,
            who=known.get(e.actor, ""),
            role=e.role,
            status=e.status,
            payload=e.payload if Layer.WORDS in seen else {},
            words=tuple(texts.get(e.seq, ())),
        )
        for e in shown
    ]


def _of_unit(entry: InstructionEntry, units: Collection[str]) -> bool:
    """What a unit reads of the history: what it was asked, its reports and what came of them, and the end."""
    said = entry.payload
    mine = said.get("unit") in units or (entry.deed == Deed.DISTRIBUTE.value and bool(set(said["asks"]) & set(units)))
    return mine or entry.deed == Deed.STRIKE_OFF.value


def _asks(
    state: rules.Instruction, lines: Iterable[Line], units: Collection[str], seen: frozenset[Layer]
) -> Iterable[AskRow]:
    """What each unit is asked, by its date; a unit reads its own, whoever sees the cover reads the dates."""
    said = {unit: body for line in lines if line.deed == Deed.DISTRIBUTE.value for unit, body in line.words}
    for unit, due_at in sorted(state.asked.items(), key=lambda ask: (ask[1], ask[0])):
        if seen & {Layer.WORDS, Layer.COVER} or unit in units:
            yield AskRow(unit, due_at, said.get(unit, ""), unit in state.reported, unit in state.accepted)


def _readings(model: Instruction) -> tuple[ReadingRow, ...]:
    rows = list(Reading.objects.filter(instruction=model).order_by("-pk")[:MOST_READINGS])
    known = people({row.person for row in rows})
    return tuple(ReadingRow(known.get(row.person, ""), row.at, row.way) for row in rows)


def waiting(actor: Actor) -> QuerySet[Instruction]:
    """What waits for this person now; the rail counts it."""
    named = Q(readers__contains=[actor.id])
    mine = Q(pk__in=[])
    if Role.SUPERVISOR in actor.own_roles:
        to_accept = Q(status=Status.DISTRIBUTED.value) & ~Q(reported=F("accepted"))
        mine |= named & (Q(status__in=[Status.RECEIVED.value, Status.AGREED.value, Status.ACCEPTED.value]) | to_accept)
    if actor.own_roles & {Role.SUPERVISOR, Role.TEAM_LEADER}:
        mine |= named & Q(status=Status.PROPOSED.value) & ~Q(proposed_by=actor.id)
        mine |= named & Q(status=Status.PRESENTED.value) & ~Q(presented_by=actor.id)
    units = view_of(actor).units
    if units:
        mine |= Q(Exists(Ask.objects.filter(instruction=OuterRef("pk"), reported=False, unit__in=units)))
    return seen_by(actor).filter(mine, status__in=sorted(LIVE))


def late(found: QuerySet[Instruction], actor: Actor, now: datetime) -> QuerySet[Instruction]:
    """Past a date: the leader has not been told, or a unit that the reader sees has not reported."""
    owed = Ask.objects.filter(instruction=OuterRef("pk"), reported=False, due_at__lt=now)
    view = view_of(actor)
    if view.covers:
        return found.filter(Q(due_at__lt=now, presented_on=None) | Exists(owed), status__in=sorted(LIVE))
    units = Exists(owed.filter(unit__in=view.units))
    named = Q(readers__contains=[actor.id]) & (Q(due_at__lt=now, presented_on=None) | Exists(owed))
    return found.filter(named | units, status__in=sorted(LIVE))


def late_ones(actor: Actor, *, now: datetime) -> QuerySet[Instruction]:
    """What is past a date in this person's view, for the desk of supervision."""
    return late(seen_by(actor), actor, now)


SHOWN: Final[dict[str, Any]] = {
    "": lambda found, _actor, _now: found,
    "live": lambda found, _actor, _now: found.filter(status__in=sorted(LIVE)),
    "late": late,
    "ended": lambda found, _actor, _now: found.filter(status__in=sorted(ENDED)),
}
"""Parts of the list by name."""


def labels(pks: Collection[int], *, actor: Actor, lang: str) -> dict[int, tuple[str, str]]:
    """Number and standing of some, for notices; never whose words they are. Those out of view are left out."""
    if not pks:
        return {}
    rows = seen_by(actor).filter(pk__in=set(pks)).values_list("pk", "year", "serial", "status")
    return {
        pk: (instruction_number(year, serial), word(f"instruction_status.{status}", lang))
        for pk, year, serial, status in rows
    }
