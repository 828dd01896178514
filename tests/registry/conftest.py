"""The city of Hefei as shipped: read from its files, copied to be spoiled, and loaded into the test database."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.registry.hefei_city import DATA, HEFEI, NOW, Edit

if TYPE_CHECKING:  # models may be imported only after Django is set up, which is later than this file
    from hotline.registry.loading import CityDiff
    from hotline.registry.loading.read import CityFiles


@pytest.fixture(scope="session")
def files() -> "CityFiles":
    """Hefei's files, which must be sound."""
    from hotline.registry.loading.read import read_city

    found, problems = read_city(HEFEI)
    assert found is not None, [problem.sentence() for problem in problems]
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of Hefei's files that a test may spoil."""
    shutil.copytree(DATA / "holidays", tmp_path / "holidays")
    shutil.copytree(HEFEI, tmp_path / "hefei")
    return tmp_path / "hefei"


@pytest.fixture
def edit(folder: Path) -> Edit:
    """Replace a passage that stands once in one of the copied files."""

    def change(name: str, old: str, new: str) -> None:
        path = folder / name
        content = path.read_text(encoding="utf-8")
        assert content.count(old) == 1, f"{old!r} stands {content.count(old)} times in {name}"
        path.write_text(content.replace(old, new), encoding="utf-8")

    return change


@pytest.fixture
def hefei(request: pytest.FixtureRequest) -> "CityDiff":
    """Hefei, loaded."""
    request.getfixturevalue("db")
    from hotline.registry.loading import load_city

    return load_city(HEFEI, now=NOW, apply=True)
