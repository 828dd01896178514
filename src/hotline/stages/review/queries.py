"""What a reviewer sees of one ticket: what was asked beside what was answered, who was contacted, what was sent back
before, and what plain comparison finds worth a second look.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hotline.rules.lifecycle import Actor
from hotline.rules.review_hints import ALIKE_FROM, ReplyFacts, hints
from hotline.rules.sentences import render
from hotline.rules.vocabulary import ClockKind, Flag, RequestType, Stage, Urgency
from hotline.rules.words import field_word, word
from hotline.tickets.access import OpenTicket
from hotline.tickets.acting.names import Names
from hotline.tickets.claims import Held
from hotline.tickets.queries import TicketFile, TicketFilter, TimelineEntry
from hotline.tickets.replies import SameReply, same_replies

DESK: Final = "review"
WAITING: Final = TicketFilter(stages=(Stage.PENDING_REVIEW.value,), order="due")
"""What waits at the review desk, what is due first on top."""

OPENING: Final = frozenset({"submit", "register", "import_closed"})
ANSWERING: Final = "submit_reply"
CONTACTING: Final = frozenset({"record_first_contact", "record_progress", "reply_in_stages"})
SPOKEN: Final = frozenset({"record_first_contact", "reply_in_stages"})
SENT_BACK: Final = "send_back"
BANNED: Final = "code:banned_phrase"
ASKED: Final = ("content", "demand", "place", "involved_party")
SAID: Final = ("reply", "legal_basis", "internal_note")

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Record:
    """One line of what was done or said about the ticket."""

    what: str
    who: str
    unit: str
    at: datetime
    texts: Pairs
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReplyClock:
    """How the citizen's time stands: until when, and whether it runs, was kept or broken."""

    name: str
    due_at: datetime
    running: bool
    met: bool | None


@dataclass(frozen=True)
class ReviewPage:
    """The review page for one reader."""

    number: str
    title: str
    version: int
    stage: str
    urgency: str
    flags: tuple[str, ...]
    due_at: datetime | None
    facts: Pairs
    asked: Pairs
    said: Pairs
    signed: tuple[Record, ...]
    contacts: tuple[Record, ...]
    sent_back: tuple[Record, ...]
    send_backs: int
    clock: ReplyClock | None
    hints: tuple[tuple[str, str], ...]
    same: tuple[SameReply, ...]
    held: Held | None
    opened: OpenTicket


def review_page(file: TicketFile, *, actor: Actor, known: Names, lang: str, held: Held | None) -> ReviewPage:
    """The page of a ticket that this reader may see."""
    state = file.state
    reply = _latest(file, frozenset({ANSWERING}))
    same = _same(file, reply, actor)
    review = state.running(ClockKind.REVIEW)
    return ReviewPage(
        number=file.row.number,
        title=file.row.title,
        version=state.version,
        stage=word(state.stage, lang),
        urgency=word(state.urgency, lang) if state.urgency is not Urgency.ORDINARY else "",
        flags=tuple(word(flag, lang) for flag in sorted(state.flags)),
        due_at=review.due_at if review else None,
        facts=_facts(file, reply, known, lang),
        asked=(*_pairs(_latest(file, OPENING), ASKED, lang), *_told_later(file, lang)),
        said=_pairs(reply, SAID, lang),
        signed=tuple(_records(file, frozenset({ANSWERING, "sign_off"}), known, lang, since=reply)),
        contacts=tuple(_records(file, CONTACTING, known, lang)),
        sent_back=tuple(_records(file, frozenset({SENT_BACK}), known, lang)),
        send_backs=state.send_backs,
        clock=_clock(file, lang),
        hints=_hints(file, reply, known, lang, same),
        same=same,
        held=held,
        opened=OpenTicket(row=file.row, state=state),
    )


def _latest(file: TicketFile, acts: frozenset[str]) -> TimelineEntry | None:
    return next((entry for entry in reversed(file.timeline) if entry.act in acts), None)


def _pairs(entry: TimelineEntry | None, wanted: Sequence[str], lang: str) -> Pairs:
    """The words of an act in the order wanted."""
    texts = entry.texts if entry else {}
    return tuple(
        (field_word(entry.act if entry else "", name, lang), texts[name]) for name in wanted if texts.get(name)
    )


def _told_later(file: TicketFile, lang: str) -> Iterator[tuple[str, str]]:
    for entry in file.timeline:
        if entry.act == "add_facts" and entry.texts.get("facts"):
            yield word("field.facts", lang), entry.texts["facts"]


def _facts(file: TicketFile, reply: TimelineEntry | None, known: Names, lang: str) -> Pairs:
    state = file.state
    result = reply.payload.get("resolution", "") if reply else ""
    pairs = (
        (word("field.request_type", lang), word(state.request_type, lang)),
        (word("field.category", lang), known.category_path(state.category, lang)),
        (word("field.lead_unit", lang), known.unit(state.lead_unit, lang)),
        (word("field.co_units", lang), "、".join(known.unit(unit, lang) for unit in state.co_units)),
        (field_word(ANSWERING, "resolution", lang), word(f"resolution.{result}", lang) if result else ""),
    )
    return tuple((label, value) for label, value in pairs if value)


def _records(
    file: TicketFile, acts: frozenset[str], known: Names, lang: str, *, since: TimelineEntry | None = None
) -> Iterator[Record]:
    """Lines of these acts, oldest first; the words of the reply itself stand above them already."""
    for entry in file.timeline:
        if entry.act in acts and (since is None or entry.seq >= since.seq):
            shown = {name: text for name, text in entry.texts.items() if entry.act != ANSWERING}
            yield Record(
                what=word(f"event.{entry.name}", lang),
                who=entry.who or word(f"role.{entry.role}", lang),
                unit=known.unit(entry.unit, lang),
                at=entry.at,
                texts=tuple((field_word(entry.act, name, lang), text) for name, text in shown.items()),
                items=tuple(known.reason("review_checklist", code, lang) for code in entry.payload.get("failed", ())),
            )


def _clock(file: TicketFile, lang: str) -> ReplyClock | None:
    """The citizen's clock; where the city has none, the unit's."""
    clocks = file.state.clocks
    clock = clocks.get(ClockKind.REPLY) or clocks.get(ClockKind.UNIT_REPLY)
    return ReplyClock(word(clock.kind, lang), clock.due_at, clock.running, clock.met) if clock else None


def _same(file: TicketFile, reply: TimelineEntry | None, actor: Actor) -> tuple[SameReply, ...]:
    text = reply.texts.get("reply", "") if reply else ""
    return same_replies(text, but=file.row.number, actor=actor, share=ALIKE_FROM)


def _hints(
    file: TicketFile, reply: TimelineEntry | None, known: Names, lang: str, same: tuple[SameReply, ...]
) -> tuple[tuple[str, str], ...]:
    texts = reply.texts if reply else {}
    asked = _latest(file, OPENING)
    request = asked.texts if asked else {}
    facts = ReplyFacts(
        request=f"{request.get('content', '')}{request.get('demand', '')}",
        reply=texts.get("reply", ""),
        legal_basis=texts.get("legal_basis", ""),
        banned=[option.name for option in known.pickable.get(BANNED, ())],
        contactable=file.state.contactable,
        may_be_contacted=Flag.CONFIDENTIAL not in file.state.flags,
        contacted=any(entry.act in SPOKEN for entry in file.timeline),
        types=[*_types(file), file.state.request_type],
        earlier_same=[one.number for one in same],
    )
    return tuple((hint.code, render(hint, lang)) for hint in hints(facts))


def _types(file: TicketFile) -> Iterator[RequestType]:
    """Every type the ticket was given, in its order."""
    for entry in file.timeline:
        given = entry.payload.get("request_type")
        if given and (entry.act in OPENING or entry.act == "classify"):
            yield RequestType(given)
