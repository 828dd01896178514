"""An archive behind a city: finished lives copied into the past, in SQL, until so many tickets stand.

    HOTLINE_HOME=… python bench/archive.py --tickets 200000

Living through a ticket costs some 8 ms, which makes an archive of a city's size half an hour of waiting. A benchmark of
the desks needs its rows and not its history, so everything that hangs on a finished ticket is copied with its moments
moved back by whole weeks and a number of its own. Hashes stay those of the original: `hotline check` would object, and
nothing that is open is touched. Needs a city made by `hotline demo --only-build`.
"""

import argparse
import time
from dataclasses import dataclass
from typing import Any

from psycopg import sql

KINDS = {"timestamp with time zone": "{} - {}", "date": "({} - {})::date"}
EACH = "ARRAY(SELECT each - {} FROM unnest({}) WITH ORDINALITY AS one(each, place) ORDER BY place)"


@dataclass(frozen=True)
class Table:
    """What hangs on a ticket, and by which column."""

    name: str
    column: str
    columns: dict[str, str]
    identity: bool


def main() -> None:
    """Copies until the number stands."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tickets", type=int, default=200_000)
    asked = parser.parse_args()
    from hotline.config.setting_up import django_ready

    with django_ready(as_owner=True):
        from django.db import connection

        began = time.perf_counter()
        with connection.cursor() as cursor:
            print(f"{filled(cursor, asked.tickets):,} tickets after {time.perf_counter() - began:.0f} s")


def filled(cursor: Any, wanted: int) -> int:
    """How many tickets stand afterwards: `wanted`, unless nothing is finished or more stood before."""
    standing, stride, weeks, finished = _one(
        cursor,
        """SELECT count(*), max(id), ceil(extract(epoch FROM max(created_at) - min(created_at)) / 604800)::int + 1,
                  count(*) FILTER (WHERE closed_at IS NOT NULL)
           FROM tickets_ticket""",
    )
    tables, lived = hanging(cursor), standing
    turn = 0
    while finished and standing < wanted:
        turn += 1
        shift = sql.Literal(f"{turn * weeks} weeks") + sql.SQL("::interval")
        chosen = sql.SQL(
            "(SELECT id FROM tickets_ticket WHERE id <= {} AND closed_at IS NOT NULL ORDER BY id LIMIT {})"
        ).format(sql.Literal(stride), sql.Literal(wanted - standing))
        for table in tables:
            cursor.execute(copy(table, turn * stride, shift, chosen))
            standing += cursor.rowcount if table.name == "tickets_ticket" else 0
    for table in tables:
        if table.identity:
            cursor.execute(
                sql.SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), (SELECT max(id) FROM {}))").format(
                    sql.Literal(table.name), sql.Identifier(table.name)
                )
            )
        cursor.execute(sql.SQL("VACUUM ANALYZE {}").format(sql.Identifier(table.name)))
    print(f"{lived:,} lived, {len(tables)} tables copied {turn} times: {', '.join(table.name for table in tables)}")
    return int(standing)


def hanging(cursor: Any) -> list[Table]:
    """The ticket, then every table that points to it and has nothing else that must be unique."""
    cursor.execute(
        """SELECT c.conrelid::regclass::text, a.attname
           FROM pg_constraint c
           JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
           WHERE c.contype = 'f' AND c.confrelid = 'tickets_ticket'::regclass AND NOT EXISTS (
               SELECT FROM pg_index i
               WHERE i.indrelid = c.conrelid AND i.indisunique AND NOT i.indisprimary AND a.attnum <> ALL (i.indkey))
           ORDER BY 1"""
    )
    found = [("tickets_ticket", "id"), *cursor.fetchall()]
    assert len({name for name, _ in found}) == len(found), "a table points to the ticket twice"
    return [_table(cursor, name, column) for name, column in found]


def _table(cursor: Any, name: str, column: str) -> Table:
    cursor.execute(
        """SELECT column_name, CASE data_type WHEN 'ARRAY' THEN udt_name ELSE data_type END, is_identity
           FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'
           ORDER BY ordinal_position""",
        [name],
    )
    rows = cursor.fetchall()
    return Table(name, column, {each: kind for each, kind, _ in rows}, any(mark == "YES" for *_, mark in rows))


def copy(table: Table, further: int, shift: sql.Composable, chosen: sql.Composable) -> sql.Composable:
    """One turn of one table."""
    kept = [one for one in table.columns if one != "id" or table.column == "id"]
    return sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {} WHERE {} IN {}").format(
        sql.Identifier(table.name),
        sql.SQL(", ").join(map(sql.Identifier, kept)),
        sql.SQL(", ").join(_value(table, one, further, shift) for one in kept),
        sql.Identifier(table.name),
        sql.Identifier(table.column),
        chosen,
    )


def _value(table: Table, column: str, further: int, shift: sql.Composable) -> sql.Composable:
    name, kind = sql.Identifier(column), table.columns[column]
    if column == table.column:
        return sql.SQL("{} + {}").format(name, sql.Literal(further))
    if (table.name, column) == ("tickets_ticket", "number"):
        moment = sql.SQL("to_char((created_at - {}) AT TIME ZONE 'Asia/Shanghai', 'YYYYMMDDHH24MISS')").format(shift)
        return sql.SQL("{} || substr(number, 15)").format(moment)
    if kind == "_timestamptz":
        return sql.SQL(EACH).format(shift, name)
    return sql.SQL(KINDS.get(kind, "{}")).format(name, *([shift] if kind in KINDS else []))


def _one(cursor: Any, statement: str) -> tuple[int, ...]:
    cursor.execute(statement)
    return tuple(cursor.fetchone())


if __name__ == "__main__":
    main()
