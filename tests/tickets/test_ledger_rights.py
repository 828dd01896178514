"""The role of pages and jobs reads and adds to the ledger and can do nothing else with it; nor can its owner."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from hotline.rules.vocabulary import Stage
from hotline.tickets import bulk
from hotline.tickets.models import LedgerEntry
from tests.cast import Cast

GUARDED = ("tickets_ledgerentry", "tickets_disclosure")


@pytest.fixture
def app(postgres_urls: tuple[str, str], db: None) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:  # noqa: ARG001  # the test database must be there
    """A session of the application's role in the test database."""
    app_url, owner_url = postgres_urls
    assert app_url != owner_url, "tests need two roles: the embedded server, or DATABASE_URL and DATABASE_OWNER_URL"
    with psycopg.connect(app_url, dbname=connection.settings_dict["NAME"], autocommit=True) as session:
        yield session


@pytest.mark.parametrize("table", GUARDED)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {} SET actor = 'x'",
        "DELETE FROM {}",
        "TRUNCATE {}",
        "TRUNCATE {} CASCADE",
        "ALTER TABLE {} DISABLE TRIGGER USER",
        "DROP TABLE {}",
        "CREATE TRIGGER t BEFORE INSERT ON {} FOR EACH ROW EXECUTE FUNCTION tickets_append_only()",
        "SELECT * FROM {} FOR UPDATE",
    ],
)
def test_the_application_cannot_touch_what_stands(
    app: "psycopg.Connection[tuple[object, ...]]", table: str, statement: str
) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(statement.format(table))


@pytest.mark.parametrize("table", GUARDED)
def test_the_application_reads_and_adds(app: "psycopg.Connection[tuple[object, ...]]", table: str) -> None:
    rights = app.execute(
        "SELECT has_table_privilege(%(t)s, 'SELECT'), has_table_privilege(%(t)s, 'INSERT'),"
        " has_table_privilege(%(t)s, 'UPDATE, DELETE, TRUNCATE, TRIGGER, REFERENCES'),"
        " has_any_column_privilege(%(t)s, 'UPDATE')",
        {"t": table},
    ).fetchone()
    assert rights == (True, True, False, False)


def test_the_application_may_do_all_that_acts_and_imports_need(app: "psycopg.Connection[tuple[object, ...]]") -> None:
    for statement in (
        "SELECT nextval('tickets_number')",
        bulk.RESERVE.replace("%s", "2"),
        "SELECT pg_sequence_last_value(pg_get_serial_sequence('tickets_ledgerentry', 'id')::regclass)",
        "SELECT id FROM tickets_ticket FOR NO KEY UPDATE",
        "SELECT pg_advisory_xact_lock(1)",
    ):
        app.execute(statement)


@pytest.mark.parametrize("table", GUARDED)
@pytest.mark.parametrize("statement", ["UPDATE {} SET actor = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
def test_even_the_owner_is_stopped_by_the_triggers(cast: Cast, table: str, statement: str) -> None:
    ticket = cast.ticket_at(Stage.REGISTERED)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "INSERT INTO tickets_disclosure (ticket_id, actor, role, at, reason)"
            " SELECT id, '1', 'agent', now(), '回访' FROM tickets_ticket"
        )
    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))
    assert LedgerEntry.objects.get(ticket__number=ticket.number).actor == cast.actor("agent").id
