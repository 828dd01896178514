"""What a dispute's file is at a moment, and how one entry of its history changes it: state = fold(entries).

Claims, grounds, opinions and minutes are typed words: they stand beside the entries, never in them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from functools import reduce
from typing import Any, Final

from hotline.rules import dossiers
from hotline.rules.vocabulary import Finding, UnitCode


class Status(StrEnum):
    """争议进度. `new` is the moment before the first entry."""

    NEW = "new"
    OPEN = "open"
    PROVISIONAL = "provisional"
    CONVENED = "convened"
    CONCLUDED = "concluded"
    SIGNED = "signed"
    SETTLED = "settled"
    RULED = "ruled"
    ESCALATED = "escalated"
    ENDED = "ended"


UNSETTLED: Final = frozenset(
    {Status.OPEN, Status.PROVISIONAL, Status.CONVENED, Status.CONCLUDED, Status.SIGNED, Status.ESCALATED}
)
"""Somebody still has to say who leads; a ticket has at most one such file."""
ONE_LEAD: Final = frozenset({Status.PROVISIONAL, Status.SETTLED, Status.RULED})
"""There is exactly one unit that leads."""
PANEL: Final = frozenset({Status.CONVENED, Status.CONCLUDED, Status.SIGNED})


class Deed(StrEnum):
    """会办事项: what is done to a file, as staff call it."""

    OPEN = "open"
    STATE = "state"
    MEDIATE = "mediate"
    PROVISION = "provision"
    CONVENE = "convene"
    RESCHEDULE = "reschedule"
    OPINE = "opine"
    RECORD = "record"
    CONCLUDE = "conclude"
    RESUME = "resume"
    AGREE = "agree"
    SIGN = "sign"
    RULE = "rule"
    OBJECT = "object"
    UPHOLD = "uphold"
    ESCALATE = "escalate"
    DECIDE = "decide"
    SUCCEED = "succeed"
    ATTACH = "attach"
    LAPSE = "lapse"


class Form(StrEnum):
    """会办形式."""

    WRITTEN = "written"
    MEETING = "meeting"


class Seat(StrEnum):
    """会办席位: as what somebody takes part."""

    CHAIR = "chair"
    STAFFING = "staffing"
    JUSTICE = "justice"
    OBSERVER = "observer"
    PARTY = "party"


class Text(StrEnum):
    """What is typed with a deed."""

    CLAIM = "claim"
    BASIS = "basis"
    FINDING = "finding"
    AGENDA = "agenda"
    PLACE = "place"
    OPINION = "opinion"
    MINUTES = "minutes"
    LEGAL_BASIS = "legal_basis"
    REASON = "reason"
    TASK = "task"


@dataclass(frozen=True, kw_only=True)
class Task:
    """协办任务: what one co-unit has to do, in which order and within how many working days; its words stand beside.

    `after` is the finding that begins it, for a task that is needed only if something was found.
    """

    unit: UnitCode
    order: int = 1
    days: int = 0
    after: Finding = Finding.NOTHING


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """Whom a member holds to be the lead, who signed that, and when."""

    lead: UnitCode
    signer: str
    at: datetime
    seq: int


@dataclass(frozen=True, kw_only=True)
class Order:
    """What somebody wants to do to a file. `words` are typed: never kept in the entry itself."""

    deed: Deed
    ticket: str = ""
    unit: UnitCode | None = None
    lead: UnitCode | None = None
    tasks: tuple[Task, ...] = ()
    parties: frozenset[UnitCode] = frozenset()
    staffing: UnitCode | None = None
    justice: UnitCode | None = None
    observer: UnitCode | None = None
    form: Form | None = None
    meets_at: datetime | None = None
    agrees: bool | None = None
    reusable: bool = False
    signer: str = ""
    signed_on: date | None = None
    successor: UnitCode | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)

    def said(self, name: str) -> str:
        """What was typed under that name, without blanks around it."""
        return self.words.get(name, "").strip()


Entry = dossiers.Entry[Deed, Status]
"""One line of a file's history, without anybody's words. `unit` is for whom it was done."""


@dataclass(frozen=True, kw_only=True)
class Dispute:
    """Everything the rules need to know of a file.

    `lead` is who leads now: named for the time being, agreed or ruled. `proposed` and `tasks` are the conclusion that
    the minutes hold, `concluded_by` who wrote it. `round` counts how often a panel was called.
    """

    status: Status = Status.NEW
    version: int = 0
    ticket: str = ""
    round: int = 0
    parties: frozenset[UnitCode] = frozenset()
    staffing: UnitCode | None = None
    justice: UnitCode | None = None
    observer: UnitCode | None = None
    form: Form | None = None
    meets_at: datetime | None = None
    stated: frozenset[UnitCode] = frozenset()
    opinions: Mapping[UnitCode, Opinion] = field(default_factory=dict)
    proposed: UnitCode | None = None
    tasks: tuple[Task, ...] = ()
    reusable: bool = False
    concluded_by: str = ""
    concluded_seq: int = 0
    answers: Mapping[UnitCode, bool] = field(default_factory=dict)
    signer: str = ""
    signed_on: date | None = None
    lead: UnitCode | None = None
    ruled_at: datetime | None = None
    objected: frozenset[UnitCode] = frozenset()
    objection_open: bool = False
    escalated: bool = False
    opened_at: datetime | None = None
    last_at: datetime | None = None

    @property
    def advisers(self) -> frozenset[UnitCode]:
        """Those who define duties: the staffing office and the justice bureau."""
        return frozenset(unit for unit in (self.staffing, self.justice) if unit)

    @property
    def speakers(self) -> frozenset[UnitCode]:
        """Members who give opinions and agree to the minutes; the observer and the chair do not."""
        return self.parties | self.advisers

    @property
    def members(self) -> frozenset[UnitCode]:
        """All units that are called to the panel."""
        return self.speakers | ({self.observer} if self.observer else set())

    @property
    def bound(self) -> frozenset[UnitCode]:
        """Units that the ruling gives something to do."""
        return frozenset({*(task.unit for task in self.tasks), *([self.lead] if self.lead else [])})

    def seat_of(self, unit: UnitCode) -> Seat | None:
        """As what this unit takes part; who disputes is a party, whatever else it is."""
        if unit in self.parties:
            return Seat.PARTY
        named = {self.staffing: Seat.STAFFING, self.justice: Seat.JUSTICE, self.observer: Seat.OBSERVER}
        return named.get(unit)


def fold(entries: Iterable[Entry]) -> Dispute:
    """The file that these entries have made, in their order."""
    return reduce(apply, entries, Dispute())


def apply(state: Dispute, entry: Entry) -> Dispute:
    """The state after one more entry; the payload says what the deed has set."""
    return dossiers.after(state, entry, reads=READS, leaves=LEAVES)


def _units(codes: Iterable[str]) -> frozenset[UnitCode]:
    return frozenset(UnitCode(code) for code in codes)


def tasks_of(rows: Iterable[Mapping[str, Any]]) -> tuple[Task, ...]:
    """Tasks as a payload or a column holds them."""
    return tuple(
        Task(
            unit=UnitCode(r["unit"]),
            order=int(r["order"]),
            days=int(r["days"]),
            after=Finding(r.get("after", Finding.NOTHING)),
        )
        for r in rows
    )


def kept_tasks(tasks: Iterable[Task]) -> list[dict[str, Any]]:
    """The same written down; one that awaits nothing says so by saying nothing."""
    return [
        {"unit": task.unit, "order": task.order, "days": task.days}
        | ({"after": task.after.value} if task.after is not Finding.NOTHING else {})
        for task in tasks
    ]


READS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "ticket": str,
    "parties": _units,
    "staffing": UnitCode,
    "justice": UnitCode,
    "observer": UnitCode,
    "form": Form,
    "meets_at": datetime.fromisoformat,
    "tasks": tasks_of,
    "reusable": bool,
    "signer": str,
    "signed_on": date.fromisoformat,
    "lead": UnitCode,
    "proposed": UnitCode,
}
"""What a payload may set, and how it is read."""

AFRESH: Final[Mapping[str, Any]] = {
    "proposed": None,
    "tasks": (),
    "reusable": False,
    "concluded_by": "",
    "concluded_seq": 0,
    "answers": {},
    "signer": "",
    "signed_on": None,
}


def _opened(_state: Dispute, entry: Entry) -> dict[str, Any]:
    return {"opened_at": entry.at}


def _stated(state: Dispute, entry: Entry) -> dict[str, Any]:
    return {"stated": state.stated | ({entry.unit} if entry.unit else set())}


def _named(_state: Dispute, entry: Entry) -> dict[str, Any]:
    """The parties agreed: the one lead there is."""
    return {"ruled_at": entry.at, "proposed": UnitCode(entry.payload["lead"])}


def _convened(state: Dispute, _entry: Entry) -> dict[str, Any]:
    """A panel begins with nothing said and nothing concluded; what an earlier one ruled holds meanwhile."""
    return {**AFRESH, "round": state.round + 1, "opinions": {}, "objection_open": False}


def _opined(state: Dispute, entry: Entry) -> dict[str, Any]:
    said = entry.payload
    if entry.unit is None:
        return {}
    opinion = Opinion(lead=UnitCode(said["view"]), signer=said["signs"], at=entry.at, seq=state.version + 1)
    return {"opinions": {**state.opinions, entry.unit: opinion}}


def _concluded(state: Dispute, entry: Entry) -> dict[str, Any]:
    """Another version of the minutes is agreed to anew."""
    return {
        "answers": {},
        "concluded_by": entry.actor,
        "concluded_seq": state.version + 1,
        "reusable": bool(entry.payload.get("reusable")),
        "tasks": tasks_of(entry.payload.get("tasks", ())),
    }


def _answered(state: Dispute, entry: Entry) -> dict[str, Any]:
    return {"answers": {**state.answers, entry.unit: bool(entry.payload["agrees"])}} if entry.unit else {}


def _ruled(state: Dispute, entry: Entry) -> dict[str, Any]:
    return {"lead": state.proposed, "ruled_at": entry.at, "objection_open": False, "escalated": False}


def _decided(state: Dispute, entry: Entry) -> dict[str, Any]:
    lead = UnitCode(entry.payload["proposed"])
    return {**_concluded(state, entry), **_ruled(replace(state, proposed=lead), entry)}


def _objected(state: Dispute, entry: Entry) -> dict[str, Any]:
    return {"objected": state.objected | ({entry.unit} if entry.unit else set()), "objection_open": True}


def _succeeded(state: Dispute, entry: Entry) -> dict[str, Any]:
    """What was the old unit's is the new one's; where both had spoken, the new one's word counts."""
    old, new = UnitCode(entry.payload["old"]), UnitCode(entry.payload["new"])

    def now_named(unit: UnitCode | None) -> UnitCode | None:
        return new if unit == old else unit

    def kept(said: Mapping[UnitCode, Any]) -> dict[UnitCode, Any]:
        return {(new if unit == old else unit): said[unit] for unit in said if unit != old or new not in said}

    def renamed(units: Iterable[UnitCode]) -> frozenset[UnitCode]:
        return frozenset(new if unit == old else unit for unit in units)

    proposed = now_named(state.proposed)
    tasks: dict[UnitCode, Task] = {}
    for task in state.tasks:
        unit = new if task.unit == old else task.unit
        if unit != proposed:
            tasks.setdefault(unit, replace(task, unit=unit))
    return {
        "parties": renamed(state.parties),
        "stated": renamed(state.stated),
        "objected": renamed(state.objected),
        "staffing": now_named(state.staffing),
        "justice": now_named(state.justice),
        "observer": now_named(state.observer),
        "opinions": {u: replace(o, lead=now_named(o.lead) or o.lead) for u, o in kept(state.opinions).items()},
        "answers": kept(state.answers),
        "proposed": proposed,
        "lead": now_named(state.lead),
        "tasks": tuple(tasks.values()),
    }


LEAVES: Final[Mapping[Deed, Callable[[Dispute, Entry], dict[str, Any]]]] = {
    Deed.OPEN: _opened,
    Deed.STATE: _stated,
    Deed.MEDIATE: _named,
    Deed.CONVENE: _convened,
    Deed.OPINE: _opined,
    Deed.RECORD: _opined,
    Deed.CONCLUDE: _concluded,
    Deed.RESUME: lambda _state, _entry: {**AFRESH},
    Deed.AGREE: _answered,
    Deed.RULE: _ruled,
    Deed.OBJECT: _objected,
    Deed.UPHOLD: lambda _state, _entry: {"objection_open": False},
    Deed.ESCALATE: lambda _state, _entry: {"escalated": True},
    Deed.DECIDE: _decided,
    Deed.SUCCEED: _succeeded,
}
"""What a deed leaves behind beyond what its payload says."""
