"""An import from the first line to the last: rows become lives, lives are written in batches, the rest is named.

Repeating it registers nothing twice; breaking it off keeps whole batches, and the next run goes on after them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from hotline.registry.regions import queries as regions
from hotline.rules.lives import Life
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.vocabulary import CITY_TZ
from hotline.stages.intake.importing.converting import Conversion, RowRefused
from hotline.stages.intake.importing.errors import ErrorFile
from hotline.stages.intake.importing.mapping import ColumnMap
from hotline.stages.intake.importing.problems import ImportRefused, Problem
from hotline.stages.intake.importing.reading import Record, Table
from hotline.tickets.bulk import LifeRefused, write_batches
from hotline.tickets.canon import text_digest
from hotline.tickets.ledger import ledger_key

BATCH: Final = 500
Told = Callable[["Report", int], None]


@dataclass
class Report:
    """What came of the rows so far; together they are all rows of the file."""

    registered: int = 0
    rejected: int = 0
    already_there: int = 0


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """How to import: only look, or let closed ones enter as open too."""

    dry_run: bool = False
    open_all: bool = False
    batch: int = BATCH


class Import:
    """One file on its way in."""

    def __init__(self, table: Table, mapping: ColumnMap, errors: ErrorFile, *, now: datetime, wishes: Wishes) -> None:
        missing = [name for name in mapping.columns if name not in table.columns]
        if missing:
            there = "、".join(table.columns)
            raise ImportRefused(Problem("file.column_missing", {"name": name, "columns": there}) for name in missing)
        self.report = Report()
        self._table, self._errors, self._wishes, self._now = table, errors, wishes, now
        self._conversion = Conversion(
            mapping=mapping,
            regions=region_codes(now),
            city=_city(),
            now=now,
            digest=lambda source_id, said: text_digest(ledger_key(), mapping.system, 0, source_id, said),
            open_all=wishes.open_all,
        )
        self._waiting: dict[int, Record] = {}
        self._seen: dict[str, str] = {}

    def run(self, told: Told) -> Report:
        """All rows; `told` hears after every batch how far it has come, in bytes."""
        batches = write_batches(
            self._lives(), recorded_at=self._now, batch=self._wishes.batch, dry_run=self._wishes.dry_run
        )
        for batch in batches:
            self.report.registered += len(batch.written)
            self.report.already_there += len(batch.already)
            for refused in batch.refused:
                self._reject(self._waiting[refused.index], _why(refused))
            self._waiting.clear()
            self._errors.flush()
            told(self.report, self._table.bytes_read)
        told(self.report, self._table.bytes_read)
        return self.report

    def _lives(self) -> Iterator[Life]:
        index = 0
        for record in self._table.records():
            life = self._life(record)
            if life is not None:
                self._waiting[index] = record
                index += 1
                yield life

    def _life(self, record: Record) -> Life | None:
        if record.problem:
            self._reject(record, str(record.problem))
            return None
        try:
            life = self._conversion.life(dict(zip(self._table.columns, record.cells, strict=True)))
        except RowRefused as refused:
            self._reject(record, str(refused.problem))
            return None
        return None if self._wishes.dry_run and self._repeated(record, life) else life

    def _repeated(self, record: Record, life: Life) -> bool:
        """A look writes nothing, so rows that repeat one of the same file are remembered here."""
        if life.source is None:
            return False
        before = self._seen.get(life.source.id)
        if before is None:
            self._seen[life.source.id] = life.source.digest
            return False
        if before == life.source.digest:
            self.report.already_there += 1
        else:
            self._reject(record, _say(Refusal("source.other_content", {"id": life.source.id})))
        return True

    def _reject(self, record: Record, why: str) -> None:
        self.report.rejected += 1
        self._errors.add(record.line, record.cells, why)


def _why(refused: LifeRefused) -> str:
    return "；".join(_say(refusal) for refusal in refused.refusals)


def _say(refusal: Refusal) -> str:
    return f"{render(refusal, 'zh')} / {render(refusal, 'en')}"


def region_codes(now: datetime) -> Mapping[str, str]:
    """The city's regions by name; names that two of them share stand for none."""
    named: dict[str, set[str]] = {}
    for code, name in regions.names(regions.active_codes(now.astimezone(CITY_TZ).date())).items():
        named.setdefault(name, set()).add(code)
    return {name: next(iter(codes)) for name, codes in named.items() if len(codes) == 1}


def _city() -> str:
    city = regions.city()
    return city.code if city else ""


def error_path(file: Path) -> Path:
    """Where bad records go unless said otherwise: beside the file."""
    return file.with_name(f"{file.stem}.errors.csv")
