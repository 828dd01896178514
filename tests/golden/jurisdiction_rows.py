"""Reads jurisdiction.csv: what a lawyer of the city wrote by hand about whose job each case is."""

import csv
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

TABLE = Path(__file__).with_name("jurisdiction.csv")
CITY = Path(__file__).parents[2] / "data" / "hefei"


def either(cell: str) -> tuple[str, ...]:
    """The parts of a cell that holds several."""
    return tuple(filter(None, cell.split("|")))


@dataclass(frozen=True)
class Case:
    """One signed row. `leads` are rivals of a conflict; each is one line of command, any level of which will do."""

    number: int
    text: str
    category: str
    region: str
    at: datetime
    outcome: str
    leads: tuple[tuple[str, ...], ...]
    co_units: tuple[str, ...]
    basis: tuple[str, ...]
    categories: tuple[str, ...]
    reason: str
    source: str

    def __str__(self) -> str:
        return f"{self.number}-{self.text[:16] or '(空)'}"


def cases() -> list[Case]:
    """The whole table."""
    with TABLE.open(encoding="utf-8-sig", newline="") as file:
        return [_case(row) for row in csv.DictReader(file)]


def _case(row: dict[str, str]) -> Case:
    return Case(
        number=int(row["序号"]),
        text=row["诉求内容"],
        category=row["事项分类"],
        region=row["区划"],
        at=datetime.fromisoformat(row["时间"]),
        outcome=row["结果"],
        leads=tuple(tuple(lead.split("/")) for lead in either(row["主办单位"])),
        co_units=either(row["协办单位"]),
        basis=either(row["依据含"]),
        categories=either(row["分类应为"]),
        reason=row["理由"],
        source=row["来源"],
    )


def city_table(name: str) -> list[dict[str, str]]:
    """A table of the demo city as its officials keep it; lines that begin with # are remarks."""
    with (CITY / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))
