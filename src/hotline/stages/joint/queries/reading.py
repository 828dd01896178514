"""One dispute as somebody reads it: the matter, all positions side by side, opinions, conclusion, ruling and history,
and what this person may do now.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from hotline.registry.people.queries import names as people
from hotline.rules import acts as a
from hotline.rules.acts import Act
from hotline.rules.joint import Deed, Dispute, allowed
from hotline.rules.joint.concluding import carried, dissenters, silent
from hotline.rules.joint.facts import Position, positions
from hotline.rules.joint.seeing import may_see, view_of
from hotline.rules.lifecycle import SYSTEM, Actor, Rulebook
from hotline.rules.lifecycle import allowed as acts_allowed
from hotline.rules.state import ClockState, Event, TicketState
from hotline.rules.visibility import may_see as may_see_ticket
from hotline.rules.vocabulary import ClockKind, Flag, UnitCode
from hotline.stages.joint.models import DisputeFile, JointEntry, JointPage, JointText
from hotline.stages.joint.queries import STEPS, shown_title
from hotline.stages.joint.queries.given import Given, given
from hotline.stages.joint.queries.precedents import PastRuling, past_rulings
from hotline.stages.joint.queries.rows import state_of
from hotline.tickets.access import look_at
from hotline.tickets.dossier import events_of, texts_of

ACT_OF: Final[Mapping[Deed, type[Act]]] = {
    Deed.MEDIATE: a.Mediate,
    Deed.PROVISION: a.RuleProvisionally,
    Deed.CONVENE: a.ConvenePanel,
    Deed.RULE: a.RuleJointly,
    Deed.DECIDE: a.RuleJointly,
    Deed.UPHOLD: a.RuleJointly,
    Deed.OBJECT: a.ObjectToRuling,
    Deed.ESCALATE: a.EscalateDispute,
}
OF_RETURNS: Final = ("legal_basis", "evidence", "finding")
OF_MATTER: Final = ("content", "for_unit")


@dataclass(frozen=True)
class Return:
    """One unit's return, with its words and the office's finding."""

    position: Position
    basis: str
    evidence: str
    finding: str


@dataclass(frozen=True)
class Line:
    """One line of the history, with its words and the name of who acted."""

    seq: int
    deed: Deed
    at: datetime
    who: str
    role: str
    unit: str
    payload: dict[str, Any]
    words: Mapping[str, str]


@dataclass(frozen=True)
class PageRow:
    """One signed page."""

    id: int
    name: str
    size: int


@dataclass(frozen=True)
class Whole:
    """Everything one reader may see of one dispute."""

    id: int
    ticket: str
    ticket_open: bool
    title: str
    matter: str
    category: str
    state: Dispute
    steps: tuple[ClockState, ...]
    returns: tuple[Return, ...]
    lines: tuple[Line, ...]
    pages: tuple[PageRow, ...]
    past: tuple[PastRuling, ...]
    tasks: Mapping[UnitCode, Given]
    deeds: tuple[Deed, ...]
    office: bool

    def last(self, deed: Deed, unit: str = "") -> Line | None:
        """The last time this was done, for one unit if named."""
        return next((x for x in reversed(self.lines) if x.deed is deed and (not unit or x.unit == unit)), None)

    def words_at(self, seq: int) -> Mapping[str, str]:
        """What was typed with one entry."""
        return next((line.words for line in self.lines if line.seq == seq), {})

    @property
    def conclusion(self) -> Mapping[str, str]:
        """The words of the conclusion there is."""
        return self.words_at(self.state.concluded_seq)

    @property
    def dissenters(self) -> tuple[UnitCode, ...]:
        """Who holds otherwise."""
        return dissenters(self.state)

    @property
    def silent(self) -> tuple[UnitCode, ...]:
        """Who has not yet answered to the minutes."""
        return silent(self.state)

    @property
    def carried(self) -> UnitCode | None:
        """Whom the panel's opinions carry."""
        return carried(self.state)


def whole(pk: int, *, actor: Actor, book: Rulebook, now: datetime) -> Whole | None:
    """The whole page of one; None when it is not there for this person."""
    row = DisputeFile.objects.filter(pk=pk).first()
    if row is None:
        return None
    state = state_of(row)
    if not may_see(actor, state):
        return None
    opened = look_at(row.ticket, actor=SYSTEM)
    row.ticket_row, ticket = opened.row, opened.state
    events = events_of(row.ticket_row_id)
    texts = texts_of(row.ticket_row_id, (*OF_RETURNS, *OF_MATTER))
    steps = tuple(ticket.clocks[kind] for kind in STEPS if kind in ticket.clocks)
    sees = may_see_ticket(actor, ticket)
    deeds = _deeds(state, ticket if sees else None, steps, actor=actor, book=book, now=now)
    title, office, lines = shown_title(row), view_of(actor).all, _lines(row)
    return Whole(
        id=row.pk,
        ticket=row.ticket,
        ticket_open=sees,
        title=title,
        matter=_matter(row, texts),
        category=row.category,
        state=state,
        steps=steps,
        returns=_returns(events, texts),
        lines=lines,
        pages=_pages(row, lines) if office else (),
        past=past_rulings(text=title, category=row.category, but=row.pk, now=now),
        tasks=given(state, ticket, events),
        deeds=deeds,
        office=office,
    )


def _matter(row: DisputeFile, texts: Mapping[tuple[int, str], str]) -> str:
    """What it is about: the office's brief where there is one, else the request unless it came in confidence."""
    briefs = [body for (_, field), body in texts.items() if field == "for_unit"]
    if briefs or Flag.CONFIDENTIAL.value in row.ticket_row.flags:
        return briefs[-1] if briefs else ""
    return next((body for (_, field), body in texts.items() if field == "content"), "")


def _returns(events: list[Event], texts: Mapping[tuple[int, str], str]) -> tuple[Return, ...]:
    return tuple(
        Return(
            position=one,
            basis=texts.get((one.seq, "legal_basis"), ""),
            evidence=texts.get((one.seq, "evidence"), ""),
            finding=texts.get((one.found_seq, "finding"), ""),
        )
        for one in positions(events)
    )


def _lines(row: DisputeFile) -> tuple[Line, ...]:
    said = JointText.objects.filter(dispute=row, seq=OuterRef("seq")).order_by("pk")
    words = ArraySubquery(said.values(pair=JSONObject(name="field", text="body")))
    entries = list(JointEntry.objects.filter(dispute=row).annotate(words=words).order_by("seq"))
    known = people({entry.actor for entry in entries})
    return tuple(_line(entry, known) for entry in entries)


def _line(entry: Any, known: Mapping[str, str]) -> Line:
    return Line(
        seq=entry.seq,
        deed=Deed(entry.deed),
        at=entry.at,
        who=known.get(entry.actor, ""),
        role=entry.role,
        unit=entry.unit,
        payload=entry.payload,
        words={said["name"]: said["text"] for said in entry.words},
    )


def _pages(row: DisputeFile, lines: tuple[Line, ...]) -> tuple[PageRow, ...]:
    if not any(line.deed is Deed.ATTACH for line in lines):
        return ()
    return tuple(PageRow(page.pk, page.name, page.size) for page in JointPage.objects.filter(dispute=row))


def _deeds(
    state: Dispute,
    ticket: TicketState | None,
    steps: tuple[ClockState, ...],
    *,
    actor: Actor,
    book: Rulebook,
    now: datetime,
) -> tuple[Deed, ...]:
    """What they may do: what both the file's rules and the ticket's allow; `ticket` is None for who does not see it."""
    possible = {t.act for t in acts_allowed(ticket, actor=actor, book=book, now=now)} if ticket else set()
    panel = next((step for step in steps if step.kind is ClockKind.PANEL), None)
    over = panel is None or not panel.running or now > panel.due_at
    active = frozenset(map(UnitCode, book.reference.units))
    deeds = allowed(state, actor=actor, now=now, active=active, time_over=over)
    return tuple(deed for deed in deeds if deed not in ACT_OF or ACT_OF[deed] in possible)
