"""Files of these tests lie in a folder of the test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Iterator[Path]:
    """Where attachments are kept meanwhile."""
    with override_settings(MEDIA_ROOT=tmp_path / "attachments"):
        yield tmp_path / "attachments"
