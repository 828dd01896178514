"""The only writer of a ticket's state: it appends what was decided and moves the row along.

Everything happens in the caller's transaction: the entry, the row, its clocks, the typed words, the deferred
reactions and the live message. Either all of it is there afterwards or nothing is.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction

from hotline.plumbing import live, messages
from hotline.rules.fold import turn_clocks
from hotline.rules.lifecycle import Decision, Rulebook
from hotline.rules.state import ClockState, Event, TicketState
from hotline.tickets.access import OpenTicket
from hotline.tickets.canon import GENESIS
from hotline.tickets.entries import EntryRow, entry_rows, text_rows
from hotline.tickets.facts import clock_columns, columns_of, fires_at
from hotline.tickets.models import LedgerEntry, Ticket, TicketClock, TicketText
from hotline.tickets.numbers import next_sequence, ticket_number
from hotline.tickets.query_codes import sealed


class MovedMeanwhile(Exception):
    """Somebody else's act came between reading and writing; the row lock makes this impossible for commands."""


def ledger_key() -> bytes:
    """The key of the chain, kept outside the database."""
    return settings.LEDGER_KEY.encode()


def draw_number(decision: Decision, *, region: str, now: datetime) -> str:
    """The number of a ticket that is about to be opened; one that is not used is lost, which harms nobody."""
    return ticket_number(region=region, at=now, channel=decision.state.channel, sequence=next_sequence())


def open_file(
    decision: Decision, *, number: str, query_code: str, texts: Mapping[str, str], book: Rulebook, now: datetime
) -> Ticket:
    """A new ticket from its first decision, under a number drawn for it."""
    in_transaction()
    state = decision.state
    rows = _rows(number, 0, GENESIS, decision.events, texts)
    ticket = Ticket.objects.create(
        number=number,
        query_code=sealed(number, query_code),
        created_at=now,
        title=texts.get("title", ""),
        head_hash=rows[-1].hash,
        **columns_of(state),
    )
    _write(ticket, rows, texts, TicketState(), decision.events, book, now)
    _tell(ticket, decision.events, state)
    return ticket


def record(
    opened: OpenTicket, decision: Decision, *, texts: Mapping[str, str], book: Rulebook, now: datetime
) -> Ticket:
    """Append the decision to a locked ticket and move its row by compare-and-set; the refreshed row."""
    in_transaction()
    ticket, before, state = opened.row, opened.state, decision.state
    rows = _rows(ticket.number, before.version, bytes(ticket.head_hash), decision.events, texts)
    changes = columns_of(state) | {"head_hash": rows[-1].hash}
    if "title" in texts:
        changes["title"] = texts["title"]
    moved = Ticket.objects.filter(pk=ticket.pk, version=before.version).update(**changes)
    if not moved:
        raise MovedMeanwhile(ticket.number)
    for name, value in changes.items():
        setattr(ticket, name, value)
    _write(ticket, rows, texts, before, decision.events, book, now)
    _tell(ticket, decision.events, state)
    return ticket


def in_transaction() -> None:
    """Refuse to write outside the act's transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("the ledger writes inside the act's transaction")


def _rows(number: str, after: int, head: bytes, events: Sequence[Event], texts: Mapping[str, str]) -> list[EntryRow]:
    return list(entry_rows(number=number, after=after, head=head, events=events, texts=texts, key=ledger_key()))


def _write(
    ticket: Ticket,
    rows: list[EntryRow],
    texts: Mapping[str, str],
    before: TicketState,
    events: Sequence[Event],
    book: Rulebook,
    now: datetime,
) -> None:
    LedgerEntry.objects.bulk_create(LedgerEntry(ticket=ticket, recorded_at=now, **vars(row)) for row in rows)
    if texts:
        TicketText.objects.bulk_create(TicketText(ticket=ticket, **row) for row in text_rows(rows[0].seq, texts))
    turned = touched_clocks(before, events)
    if turned:
        TicketClock.objects.bulk_create(
            (TicketClock(ticket=ticket, **clock_columns(clock), fires_at=fires_at(clock, book)) for clock in turned),
            update_conflicts=True,
            unique_fields=["ticket", "kind", "of", "round"],
            update_fields=CLOCK_MOVES,
        )


CLOCK_MOVES = [
    "limit", "due_at", "provisional", "stopped_at", "met", "overdue_at", "extension", "pauses", "paused",
    "reminded", "reminded_from", "noticed_at", "criticised_at", "fires_at",
]  # fmt: skip


def touched_clocks(before: TicketState, events: Sequence[Event]) -> list[ClockState]:
    """Every clock the events turned, as they left it: also a round that ended where the next one began."""
    clocks, touched = before.clocks, {}
    for event in events:
        for change in event.clocks:
            clocks = turn_clocks(clocks, (change,), event.at)
            clock = clocks[change.key]
            touched[clock.key, clock.round] = clock
    return list(touched.values())


def _tell(ticket: Ticket, events: Sequence[Event], state: TicketState) -> None:
    messages.announce(subject=ticket.number, events=numbered(events, state))
    topics = {f"ticket:{ticket.number}", "office:all", *(f"unit:{code}" for code in ticket.visible_units)}
    live.notify_all(sorted(topics), {"stage": state.stage.value, "number": ticket.number})


@dataclasses.dataclass(frozen=True)
class Numbered:
    """An event as those who react to it find it again."""

    seq: int
    name: str


def numbered(events: Sequence[Event], state: TicketState) -> list[Numbered]:
    """The events with their places in the ledger, given the state that they led to."""
    return [Numbered(seq=state.version - len(events) + i + 1, name=e.name) for i, e in enumerate(events)]
