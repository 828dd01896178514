"""The fixture `demo`: the cast with the demonstration's items of knowledge, loaded once in a run and copied in by COPY.

from tests.knowing import demo, demo_copy  # in a conftest.py
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker

    from tests.cast import Cast

ITEMS = Path(__file__).resolve().parents[1] / "data/demo/knowledge.toml"
TABLES = ("knowledge_knowledgeitem", "knowledge_knowledgeversion")


@pytest.fixture(scope="session")
def demo_copy(
    django_db_setup: None,  # noqa: ARG001  # the database must be there
    django_db_blocker: "DjangoDbBlocker",
    hefei_copy: Mapping[str, bytes],
) -> Mapping[str, bytes]:
    """The items as COPY text by table; the loading itself is rolled back."""
    from django.db import connection, transaction

    from hotline.registry.knowledge.loading import load_items
    from tests.walks import OPENING

    copied = {}
    with django_db_blocker.unblock(), transaction.atomic():
        _pasted(hefei_copy)
        report = load_items(ITEMS, OPENING)
        assert report.ok, [problem.sentence() for problem in report.problems]
        for table in TABLES:
            with connection.cursor() as cursor, cursor.copy(f"COPY {table} TO STDOUT") as rows:
                copied[table] = b"".join(bytes(part) for part in rows)
        transaction.set_rollback(True)
    return copied


@pytest.fixture
def demo(cast: "Cast", demo_copy: Mapping[str, bytes]) -> "Cast":
    """The cast with something to look up, published in the morning on which their tickets are opened."""
    _pasted(demo_copy)
    return cast


def _pasted(copied: Mapping[str, bytes]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for table, rows in copied.items():
            with cursor.copy(f'COPY "{table}" FROM STDIN') as out:
                out.write(rows)
