"""What all tests stand on: a PostgreSQL of their own, no way out of this machine, and a fixed present moment."""

import os
import pwd
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from hotline.rules.vocabulary import CITY_TZ

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

pytest_plugins = ["tests.casting"]
ROOT = Path(__file__).resolve().parent.parent
TEST_DATABASE = "test_hotline_"


def _test_home() -> Path:
    """Kept between runs, one for each user: a server that exists already is up in a second."""
    wanted = ROOT / "var" / f"test-{pwd.getpwuid(os.geteuid()).pw_name}"
    try:
        wanted.mkdir(parents=True, exist_ok=True)
    except PermissionError:
        wanted = Path(tempfile.gettempdir()) / f"zhitong-test-{os.geteuid()}"
        wanted.mkdir(mode=0o700, exist_ok=True)
    return wanted


for name in [name for name in os.environ if name.startswith("HOTLINE_")]:
    del os.environ[name]  # what a developer set for a demo must not decide about tests
os.environ["HOTLINE_HOME"] = str(_test_home())
(Path(os.environ["HOTLINE_HOME"]) / "static").mkdir(exist_ok=True)
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # or every process that a test starts compiles everything anew
sys.dont_write_bytecode = False
os.environ["DJANGO_SETTINGS_MODULE"] = "hotline.config.settings"

hypothesis_settings.register_profile(
    "ci", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.register_profile("dev", deadline=None)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_configure() -> None:
    """Plain static files and a cheap password hash: neither is what any test is about."""
    from django.conf import settings

    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    """Several processes take what takes long first, so that none is left alone with it at the end."""
    yield
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session")
def postgres_urls() -> Iterator[tuple[str, str]]:
    """The application's and the owner's address of a server; tests' databases are the owner's."""
    given = os.environ.get("DATABASE_URL")
    if given:
        yield given, os.environ.get("DATABASE_OWNER_URL") or given
        return
    from hotline.plumbing.embedded import EmbeddedPostgres

    with EmbeddedPostgres(
        Path(os.environ["HOTLINE_HOME"]),
        max_connections=200,
        shared_buffers="128MB",
        # No autovacuum: its workers belong to the superuser, and a test database they look at cannot be dropped.
        settings={"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"},
        sync=False,
    ) as server:
        info = server.ensure_running()
        yield info.app_url(), info.owner_url()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(postgres_urls: tuple[str, str]) -> None:
    """Started only when a test asks for the database, so that the pure rules are tested without one."""
    from django.db import connections
    from django.db.models.signals import pre_migrate

    from hotline.plumbing.database import django_database

    database = connections["default"].settings_dict
    database.update(django_database(postgres_urls[1], pool_size=20))
    database["TEST"]["NAME"] = f"{TEST_DATABASE}{os.getpid()}"  # several people may test in one checkout
    _drop_left_over(postgres_urls[1])
    pre_migrate.connect(lambda **_: _grant_rows(*postgres_urls), weak=False, dispatch_uid="grant rows")


def _grant_rows(app_url: str, owner_url: str) -> None:
    """As `hotline migrate` does before the first table: default rights belong to one database, here the test's."""
    from django.db import connection
    from psycopg.conninfo import make_conninfo

    from hotline.plumbing.database import Addresses, grant_rows_to_app

    name = connection.settings_dict["NAME"]
    app, owner = make_conninfo(app_url, dbname=name), make_conninfo(owner_url, dbname=name)
    grant_rows_to_app(Addresses(app=app, owner=owner))


SWEPT_EVERY = 20
"""Tests between two sweeps. What a test rolls back stays as dead rows: 2,000 tests left 800 MB to be read."""


@pytest.fixture
def swept(django_db_setup: None, postgres_urls: tuple[str, str], *, tests: "count[int]" = count()) -> None:  # noqa: ARG001, B008  # one count for all
    """Every so often the dead rows are taken away, as autovacuum would."""
    import psycopg
    from django.db import connection
    from psycopg.conninfo import make_conninfo

    if next(tests) % SWEPT_EVERY == 0:
        name = connection.settings_dict["NAME"]
        with psycopg.connect(make_conninfo(postgres_urls[1], dbname=name), autocommit=True) as owner:
            owner.execute("SET client_min_messages = error")  # catalogues are not the owner's to sweep
            owner.execute("VACUUM (SKIP_DATABASE_STATS)")


def _drop_left_over(owner_url: str) -> None:
    """Databases of test runs that were killed."""
    import psycopg

    with psycopg.connect(owner_url, autocommit=True) as connection:
        rows = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{TEST_DATABASE}%"])
        for (name,) in rows.fetchall():
            number = name.removeprefix(TEST_DATABASE)
            if number.isdecimal() and not Path(f"/proc/{number}").exists():
                connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="session", autouse=True)
def emptying_between_tests() -> Iterator[None]:
    """The ledger refuses TRUNCATE, also from its owner. Emptying a test database is the one exception, made here."""
    from django.db.backends.postgresql.operations import DatabaseOperations

    plain = DatabaseOperations.execute_sql_flush

    def flush(operations: DatabaseOperations, sql_list: list[str]) -> None:
        jobs = "TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE"
        with _guards_off(operations.connection):
            plain(operations, [*sql_list, jobs])

    DatabaseOperations.execute_sql_flush = flush
    yield
    DatabaseOperations.execute_sql_flush = plain


@pytest.fixture(scope="session", autouse=True)
def dropping_at_the_end() -> Iterator[None]:
    """A browser's last request may still be under way when the run ends; it must not keep the database."""
    from django.db.backends.postgresql.creation import DatabaseCreation

    plain = DatabaseCreation._destroy_test_db

    def destroy(creation: DatabaseCreation, test_database_name: str, verbosity: int) -> None:
        del verbosity
        creation.connection.close_pool()
        with creation._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{test_database_name}" WITH (FORCE)')

    DatabaseCreation._destroy_test_db = destroy
    yield
    DatabaseCreation._destroy_test_db = plain


@contextmanager
def _guards_off(connection: "BaseDatabaseWrapper") -> Iterator[None]:
    if not connection.settings_dict["NAME"].startswith("test_"):
        raise RuntimeError("only test databases are emptied")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, quote_ident(tgname) FROM pg_trigger"
            " WHERE NOT tgisinternal AND tgtype & 32 <> 0 AND tgenabled <> 'D'"
        )
        guards = cursor.fetchall()
        for table, guard in guards:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {guard}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for table, guard in guards:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {guard}")


@pytest.fixture
def now() -> datetime:
    """A Tuesday morning in office hours, in city time."""
    return datetime(2026, 3, 17, 9, 30, tzinfo=CITY_TZ)
