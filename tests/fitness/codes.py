"""Finds every code of a message or refusal that the sources can produce, by reading them, not by running them."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hotline.rules.limits import StartPoint
from hotline.rules.vocabulary import Proposal

SOURCES = Path(__file__).resolve().parents[2] / "src" / "hotline"
CATALOGUE = "sentences"
CODE = re.compile(r"[a-z_]+(\.[a-z_]+)+")
PROPOSABLE = tuple(kind.value for kind in Proposal)
DOSSIERS = ("documents", "instructions", "joint", "media", "supervision")
PAPERLESS = ("precedents",)
"""Dossiers that take no files."""

FAMILIES: Mapping[str, tuple[str, ...]] = {
    **{
        f"{{family}}.{said}": tuple(f"{family}.{said}" for family in (*DOSSIERS, *PAPERLESS))
        for said in ("role_denied", "not_now", "words_missing")
    },
    **{
        f"{{family}}.{said}": tuple(f"{family}.{said}" for family in DOSSIERS)
        for said in ("file_there", "too_many_files")
    },
    "{kind.value}.already_proposed": tuple(f"{kind}.already_proposed" for kind in PROPOSABLE),
    "{kind.value}.nothing_proposed": tuple(f"{kind}.nothing_proposed" for kind in PROPOSABLE),
    "emergency.{field}_missing": ("emergency.name_missing", "emergency.reason_missing"),
    "due.from.{since.value}.{kind}": tuple(f"due.from.{p.value}.{u}" for p in StartPoint for u in ("days", "hours")),
}
"""Codes that are put together, and all they can become."""


@dataclass
class Codes:
    """What was found: codes written where a message is made, and every other text that looks like a code."""

    made: set[str] = field(default_factory=set)
    mentioned: set[str] = field(default_factory=set)
    unknown_families: set[str] = field(default_factory=set)


def python_files(place: Path = SOURCES) -> Iterator[Path]:
    """Our own modules in a folder, or one module; the catalogues themselves left out."""
    paths = sorted(place.rglob("*.py")) if place.is_dir() else [place]
    return (path for path in paths if not path.name.startswith(CATALOGUE))


def find_codes(place: Path = SOURCES) -> Codes:
    """All codes in a module or in the modules below a folder."""
    found = Codes()
    for path in python_files(place):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                found.mentioned.add(node.value)
            if isinstance(node, ast.Call) and _name(node.func) in {"Refusal", "Message"} and node.args:
                _made(node.args[0], found)
    return found


def _made(argument: ast.expr, found: Codes) -> None:
    if isinstance(argument, ast.Constant):
        found.made.add(str(argument.value))
    elif isinstance(argument, ast.JoinedStr):
        written = ast.unparse(argument)[2:-1]
        if written in FAMILIES:
            found.made.update(FAMILIES[written])
            found.mentioned.update(FAMILIES[written])
        else:
            found.unknown_families.add(written)


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
