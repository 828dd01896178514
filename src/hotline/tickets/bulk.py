"""Whole lives of tickets at once: old tickets of another system, a demonstration's years, a benchmark's load.

The rules decide every act as for a single command, and the rows are the very rows commands write; only the way into
the database is another (COPY). Nothing reacts to bulk writing and no live counter moves: history is not news.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Final

from django.db import connection, transaction

from hotline.plumbing.locks import lock_number
from hotline.rules.lives import Halted, Life, Lived, Source, Step, live
from hotline.rules.messages import Refusal
from hotline.tickets.copying import Sheets
from hotline.tickets.models import SourceRecord, Ticket
from hotline.tickets.numbers import next_sequence, ticket_number
from hotline.tickets.rulebook import Rulebooks, rulebooks

__all__ = ["Batch", "Life", "LifeRefused", "Source", "Step", "Totals", "Written", "write_batches", "write_lives"]

BATCH: Final = 1000


@dataclass(frozen=True)
class Written:
    """A life that is in the database: its place in the input, its ticket's number."""

    index: int
    number: str


@dataclass(frozen=True)
class LifeRefused:
    """A life that was not written, the step the rules refused, and why."""

    index: int
    step: int
    refusals: tuple[Refusal, ...]


@dataclass
class Batch:
    """What came of one batch, which is in the database as a whole or not at all.

    `already` are lives whose source is there with the same content.
    """

    written: list[Written] = field(default_factory=list)
    already: list[int] = field(default_factory=list)
    refused: list[LifeRefused] = field(default_factory=list)


@dataclass
class Totals:
    """What came of all lives."""

    written: int = 0
    already: int = 0
    refused: list[LifeRefused] = field(default_factory=list)


@dataclass(frozen=True)
class _Decided:
    index: int
    life: Life
    lived: list[Lived]


def write_lives(lives: Iterable[Life], *, recorded_at: datetime | None = None, batch: int = BATCH) -> Totals:
    """Write all lives, a batch a transaction; those the rules refuse are left out and named."""
    totals = Totals()
    for done in write_batches(lives, recorded_at=recorded_at, batch=batch):
        totals.written += len(done.written)
        totals.already += len(done.already)
        totals.refused += done.refused
    return totals


def write_batches(
    lives: Iterable[Life], *, recorded_at: datetime | None = None, batch: int = BATCH, dry_run: bool = False
) -> Iterator[Batch]:
    """The same, handing back each batch when it is in the database.

    `recorded_at` is when the rows are really written: an import says so, while the lives of a demonstration are
    recorded as they are lived. With `dry_run` everything is decided and nothing written.
    """
    remaining = enumerate(lives)
    while chunk := list(islice(remaining, batch)):
        yield _write(chunk, recorded_at, dry_run=dry_run)


def _write(chunk: Sequence[tuple[int, Life]], recorded_at: datetime | None, *, dry_run: bool) -> Batch:
    done = Batch()
    with transaction.atomic(savepoint=False):
        books = rulebooks()
        decided = list(_decided(chunk, _known([life.source for _, life in chunk if life.source]), books, done))
        if decided and not dry_run:
            sheets = Sheets()
            for one, (key, number) in zip(decided, _reserved(decided), strict=True):
                last = one.lived[-1]
                book = books.at(last.at, last.after.profile)
                sheets.add(one.life, one.lived, key=key, number=number, book=book, recorded_at=recorded_at)
                done.written.append(Written(one.index, number))
            sheets.copy()
        elif dry_run:
            done.written += (Written(one.index, "") for one in decided)
    return done


def _decided(
    chunk: Sequence[tuple[int, Life]], known: dict[Source, str], books: Rulebooks, done: Batch
) -> Iterator[_Decided]:
    """The lives that are to be written; the others are noted in `done`."""
    for index, life in chunk:
        named = life.source._replace(digest="") if life.source else None
        if named in known and life.source:
            if known[named] == life.source.digest:
                done.already.append(index)
            else:
                done.refused.append(LifeRefused(index, 0, (Refusal("source.other_content", {"id": named.id}),)))
            continue
        try:
            yield _Decided(index, life, live(life.steps, books.at))
        except Halted as halted:
            done.refused.append(LifeRefused(index, halted.step, halted.refusals))
        else:
            if named and life.source:
                known[named] = life.source.digest


def _known(sources: Sequence[Source]) -> dict[Source, str]:
    """Digests of those sources that are there. Two imports of one system wait for each other here."""
    found: dict[Source, str] = {}
    for system in sorted({source.system for source in sources}):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock_number(f"import:{system}")])
        wanted = [source.id for source in sources if source.system == system]
        rows = SourceRecord.objects.filter(system=system, source_id__in=wanted).values_list("source_id", "digest")
        found |= {Source(system, source_id): digest for source_id, digest in rows}
    return found


RESERVE = """
    SELECT nextval(pg_get_serial_sequence('tickets_ticket', 'id')), nextval('tickets_number')
    FROM generate_series(1, %s)
"""


def _reserved(decided: Sequence[_Decided]) -> list[tuple[int, str]]:
    """An id and a number for each life, drawn in one go."""
    with connection.cursor() as cursor:
        cursor.execute(RESERVE, [len(decided)])
        drawn = cursor.fetchall()
    named = [(key, _number(one, sequence)) for one, (key, sequence) in zip(decided, drawn, strict=True)]
    taken = set(Ticket.objects.filter(number__in=[n for _, n in named]).values_list("number", flat=True))
    return [(key, _free(one, number, taken)) for one, (key, number) in zip(decided, named, strict=True)]


def _number(one: _Decided, sequence: int) -> str:
    first = one.lived[0]
    return ticket_number(region=one.life.region, at=first.at, channel=first.after.channel, sequence=sequence)


def _free(one: _Decided, number: str, taken: set[str]) -> str:
    """After a million tickets the sequence begins again, so an old day may meet a number it has already given."""
    while number in taken:
        number = _number(one, next_sequence())
        if Ticket.objects.filter(number=number).exists():
            taken.add(number)
    taken.add(number)
    return number
