"""The ornaments of the desks as one small sprite: only those that a template or a list of places names.

The whole font of icons would be 700 KB for thirty of them, fetched by every desk after each release.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

IN_TEMPLATE: Final = re.compile(r'\{% icon "([a-z0-9-]+)"')
INSIDE: Final = re.compile(r"<svg\b[^>]*>(.*)</svg>", re.DOTALL)
BLANK: Final = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>')
FILLED: Final = "-filled"
DRAWN: Final = {
    False: 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"',
    True: 'fill="currentColor"',
}


class IconMissing(Exception):
    """A name that the set of icons does not have."""


def named(package: Path) -> set[str]:
    """Every icon that pages of the package draw."""
    pages = (path.read_text(encoding="utf-8") for path in package.rglob("templates/**/*.html"))
    found = {name for page in pages for name in IN_TEMPLATE.findall(page)}
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in package.rglob("*.py") if path.parent.name != "sim"]
    places = dict(place for tree in trees for place in _with_icons(tree))
    return found | {name for tree in trees for name in _given(tree, places)}


def _with_icons(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Classes with a field `icon`, and where it stands among their fields."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            fields = [line.target.id for line in node.body if _is_field(line)]  # type: ignore[attr-defined]  # checked
            if "icon" in fields:
                yield node.name, fields.index("icon")


def _is_field(line: ast.stmt) -> bool:
    return isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)


def _given(tree: ast.Module, places: dict[str, int]) -> Iterator[str]:
    """The icons with which such classes are called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in places:
            said = [word.value for word in node.keywords if word.arg == "icon"]
            said += node.args[places[node.func.id] : places[node.func.id] + 1]
            yield from (one.value for one in said if isinstance(one, ast.Constant) and isinstance(one.value, str))


def sprite(icons: Path, names: Iterable[str]) -> str:
    """The file that browsers load: one symbol for each name."""
    wanted = sorted(set(names))
    missing = [name for name in wanted if not _file(icons, name).is_file()]
    if missing:
        raise IconMissing(", ".join(missing))
    symbols = "".join(_symbol(icons, name) for name in wanted)
    return f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>\n'


def _file(icons: Path, name: str) -> Path:
    kind = "filled" if name.endswith(FILLED) else "outline"
    return icons / kind / f"{name.removesuffix(FILLED)}.svg"


def _symbol(icons: Path, name: str) -> str:
    text = _file(icons, name).read_text(encoding="utf-8")
    inside = INSIDE.search(text)
    if inside is None:
        raise IconMissing(name)
    shapes = " ".join(BLANK.sub("", inside[1]).split()).replace("> <", "><")
    return f'<symbol id="{name}" viewBox="0 0 24 24" {DRAWN[name.endswith(FILLED)]}>{shapes}</symbol>'
