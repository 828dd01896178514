"""Which failures mean that the database is away, and how an address becomes Django's settings."""

from pathlib import Path

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError
from psycopg import errors

from hotline.plumbing.database import (
    Addresses,
    check_server,
    django_database,
    given_addresses,
    grant_rows_to_app,
    kind_of_failure,
)
from hotline.plumbing.env import EnvRefused, read_env


def wrapped(kind: type[Exception], cause: Exception) -> Exception:
    """As Django hands on what the driver raised."""
    error = kind(str(cause))
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (wrapped(OperationalError, psycopg.OperationalError("connection refused")), "database.away"),
        (wrapped(InterfaceError, psycopg.InterfaceError("the connection is closed")), "database.away"),
        (wrapped(OperationalError, errors.AdminShutdown()), "database.away"),
        (wrapped(OperationalError, errors.CannotConnectNow()), "database.away"),
        (wrapped(OperationalError, errors.TooManyConnections()), "database.away"),
        (wrapped(OperationalError, errors.ConnectionFailure()), "database.away"),
        (wrapped(OperationalError, errors.DeadlockDetected()), "database.busy"),
        (wrapped(OperationalError, errors.LockNotAvailable()), "database.busy"),
        (wrapped(OperationalError, errors.QueryCanceled()), "database.busy"),
        (errors.DeadlockDetected(), "database.busy"),
        (wrapped(OperationalError, errors.DiskFull()), None),
        (wrapped(ProgrammingError, errors.UndefinedTable()), None),
        (ValueError("ours"), None),
        (None, None),
    ],
)
def test_it_tells_an_absent_server_from_a_fault_of_ours(error: Exception | None, code: str | None):
    assert kind_of_failure(error) == code


def test_an_address_becomes_settings_with_a_pool(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PGOPTIONS", "-c lock_timeout=5s")
    database = django_database(
        "postgresql://app:s%40crt@db.gov.cn:5433/city?sslmode=require&options=-csearch_path%3Dhefei", pool_size=10
    )
    assert (database["NAME"], database["USER"], database["PASSWORD"]) == ("city", "app", "s@crt")
    assert (database["HOST"], database["PORT"]) == ("db.gov.cn", "5433")
    assert database["OPTIONS"]["sslmode"] == "require"
    assert database["OPTIONS"]["options"] == "-c lock_timeout=5s -csearch_path=hefei"
    assert database["OPTIONS"]["pool"]["max_size"] == 10
    assert "CONN_MAX_AGE" not in database


def test_a_server_on_a_socket_is_an_address_too():
    database = django_database("postgresql://app@%2Frun%2Fpg/city", pool_size=2)
    assert (database["HOST"], database["PORT"]) == ("/run/pg", "")
    assert "options" not in database["OPTIONS"]


def test_without_an_owner_both_roles_are_one(tmp_path: Path):
    assert given_addresses(read_env({"HOTLINE_HOME": str(tmp_path)})) is None
    one = given_addresses(read_env({"HOTLINE_HOME": str(tmp_path), "DATABASE_URL": "postgresql://a@h/d"}))
    assert one is not None
    assert not one.separate


def test_a_server_that_cannot_be_reached_is_named_without_its_password():
    with pytest.raises(EnvRefused) as refused:
        check_server("postgresql://app:Hunter2@127.0.0.1:1/city")
    assert "DATABASE_URL" in str(refused.value)
    assert "Hunter2" not in str(refused.value)


def test_a_server_in_use_is_recent_enough(postgres_urls: tuple[str, str]):
    assert check_server(postgres_urls[0]) >= 15


def test_what_the_owner_makes_the_application_may_fill_but_not_change(postgres_urls: tuple[str, str]):
    app, owner = postgres_urls
    if app == owner:
        pytest.fail("run the tests with DATABASE_OWNER_URL beside DATABASE_URL, or with neither")
    grant_rows_to_app(Addresses(app=app, owner=owner))
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS grants_probe")
        connection.execute("CREATE TABLE grants_probe (id int)")
        try:
            with psycopg.connect(app, autocommit=True) as user:
                user.execute("INSERT INTO grants_probe VALUES (1)")
                user.execute("DELETE FROM grants_probe")
                for forbidden in (
                    "TRUNCATE grants_probe",
                    "DROP TABLE grants_probe",
                    "ALTER TABLE grants_probe ADD x int",
                ):
                    with pytest.raises(errors.InsufficientPrivilege):
                        user.execute(forbidden)
        finally:
            connection.execute("DROP TABLE grants_probe")
