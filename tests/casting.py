"""The fixture `cast`: Hefei and its people, loaded once in a run and put back where a test needs them.

The city is kept as COPY text and copied in within milliseconds, so that every test begins with an empty database and
those that need no city pay nothing. Django is imported late: pytest reads this file before Django is set up.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker

    from tests.cast import Cast

pytest.register_assert_rewrite("cast", "walks")

DATA = Path(__file__).resolve().parents[1] / "data" / "hefei"
TABLES = "^(units|regions|categories|calendars|lines|people)_"


@pytest.fixture(scope="session")
def hefei_copy(django_db_setup: None, django_db_blocker: "DjangoDbBlocker") -> Mapping[str, bytes]:  # noqa: ARG001  # the database must be there
    """Hefei and the cast as COPY text by table. Loading is rolled back: nobody finds a city he has not asked for."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        _load()
        copied = {table: _copied(table) for table in _tables()}
        transaction.set_rollback(True)
    return {table: rows for table, rows in copied.items() if rows}


@pytest.fixture
def cast(swept: None, db: None, hefei_copy: Mapping[str, bytes]) -> "Cast":  # noqa: ARG001  # sweeps and opens the database
    """Hefei and its people in this test's database; see the docstring of cast.py."""
    from django.db import connection, transaction

    from tests.cast import Cast

    with transaction.atomic(), connection.cursor() as cursor:
        for table, rows in hefei_copy.items():
            with cursor.copy(f'COPY "{table}" FROM STDIN') as out:
                out.write(rows)
    return Cast()


def _load() -> None:
    from hotline.registry.loading import load_city
    from hotline.registry.people.models import RoleGrant, User
    from tests.cast import PASSWORD, PEOPLE
    from tests.walks import OPENING

    diff = load_city(DATA, now=OPENING, apply=True)
    assert diff.applied, [problem.sentence() for problem in diff.problems]
    for person in PEOPLE:
        user = User.objects.create_user(person.username, password=PASSWORD, full_name=person.name, unit_id=person.unit)
        RoleGrant.objects.create(user=user, role=person.role, valid_from=date(2020, 1, 1))


def _tables() -> list[str]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
            " AND relname ~ %s ORDER BY relname",
            [TABLES],
        )
        return [name for (name,) in cursor.fetchall()]


def _copied(table: str) -> bytes:
    from django.db import connection

    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" TO STDOUT') as rows:
        return b"".join(bytes(part) for part in rows)
