"""One running installation for the tests that only look at it; those that break it make their own."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from hotline.plumbing.embedded import EmbeddedPostgres
from tests.config.installation import PASSWORD, Installation


@pytest.fixture
def home() -> Iterator[Path]:
    """A short path that the database's own user can reach."""
    path = Path(tempfile.mkdtemp(prefix="zt-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="module")
def operators_database() -> Iterator[EmbeddedPostgres]:
    """A server that the operator keeps, not the platform: it can be away while the platform runs."""
    path = Path(tempfile.mkdtemp(prefix="zt-"))
    path.chmod(0o755)
    quick = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    with EmbeddedPostgres(path, shared_buffers="32MB", settings=quick, sync=False) as server:
        yield server
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="module")
def served(operators_database: EmbeddedPostgres) -> Iterator[Installation]:
    """The platform on that server, with one account."""
    info = operators_database.ensure_running()
    path = Path(tempfile.mkdtemp(prefix="zt-"))
    found = Installation(path, DATABASE_URL=info.app_url(), DATABASE_OWNER_URL=info.owner_url())
    try:
        found.start("--migrate")
        made = found.run(
            "createuser", "agent", "--name", "话务员", "--role", "agent", "--password-stdin", given=PASSWORD
        )
        assert made.returncode == 0, made.stderr
        yield found
    finally:
        found.stop()
        shutil.rmtree(path, ignore_errors=True)
