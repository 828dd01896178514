"""Every import contract is broken once, on purpose: a rule that nothing can break protects nothing."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOC = '"""Seeded."""\n'

SEEDS = {
    "layers": [
        ("plumbing/seeded.py", "from hotline.tickets import commands\n"),
        ("tickets/seeded.py", "from hotline.desks import pages\n"),
        ("utils.py", ""),
    ],
    "pure-rules": [
        ("rules/seeded.py", "import django\n"),
        ("rules/seeded.py", "import random\n"),
        ("rules/seeded.py", "def now():\n    import time\n    return time.time()\n"),
        ("rules/seeded.py", "from hotline.plumbing import clock\n"),
    ],
    "registries": [
        ("registry/units/seeded.py", "from hotline.registry.people import models\n"),
        ("registry/people/seeded.py", "from hotline.registry.loading import load_city\n"),
        ("registry/helpers.py", ""),
    ],
    "ledger-writes": [("desks/seeded.py", "from hotline.tickets.models import Ticket\n")],
    "stages-apart": [("stages/intake/seeded.py", "from hotline.stages.dispatch import urls\n")],
    "pages-ask": [("stages/review/pages.py", "from hotline.registry.units.models import Unit\n")],
    "stage-inside": [
        ("stages/review/queries.py", "from hotline.stages.review import urls\n"),
        ("stages/review/helpers.py", ""),
    ],
    "sim-and-text": [
        ("text/seeded.py", "import django\n"),
        ("sim/seeded.py", "from hotline.plumbing import clock\n"),
    ],
}
CASES = [(contract, *seed) for contract, seeds in SEEDS.items() for seed in seeds]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree once more, so that seeding it harms nobody; linted there with a cache of its own."""
    place = tmp_path_factory.mktemp("tree")
    unwanted = shutil.ignore_patterns("static", "locale", "templates", "__pycache__")
    shutil.copytree(ROOT / "src" / "hotline", place / "hotline", ignore=unwanted)
    shutil.copy(ROOT / ".importlinter", place)
    return place


def lint(place: Path) -> str:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--cache-dir", str(place / "cache")],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(place)},
        capture_output=True,
        text=True,
    )
    return re.sub(r"\s+", " ", done.stdout + done.stderr)


def contracts() -> dict[str, str]:
    config = ConfigParser()
    config.read(ROOT / ".importlinter", encoding="utf-8")
    prefix = "importlinter:contract:"
    return {s.removeprefix(prefix): config[s]["name"] for s in config.sections() if s.startswith(prefix)}


@pytest.fixture
def seed() -> Iterator[dict[Path, str | None]]:
    """Files that were written or added to, with what stood there before; all as it was afterwards."""
    made: dict[Path, str | None] = {}
    yield made
    for path, before in made.items():
        if before is None:
            path.unlink()
        else:
            path.write_text(before)


def test_the_tree_keeps_them_all(copy: Path):
    said = lint(copy)
    assert [name for name in contracts().values() if f"{name} KEPT" not in said] == [], said


def test_each_contract_is_tried():
    assert set(SEEDS) == set(contracts())


@pytest.mark.parametrize(("contract", "place", "imports"), CASES)
def test_a_seeded_violation_is_noticed(
    copy: Path, seed: dict[Path, str | None], contract: str, place: str, imports: str
):
    path = copy / "hotline" / place
    for folder in (path.parent, *path.parent.parents):
        if folder == copy:
            break
        if not (folder / "__init__.py").exists():
            folder.mkdir(exist_ok=True)
            (folder / "__init__.py").write_text(DOC)
            seed[folder / "__init__.py"] = None
    before = path.read_text() if path.exists() else None
    path.write_text((before or DOC) + imports)
    seed[path] = before
    assert f"{contracts()[contract]} BROKEN" in lint(copy)
