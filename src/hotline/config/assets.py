"""The few files that browsers load, copied out of node_modules: government networks have no way to a CDN.

Only what is listed here is published. A new library is one line, then `make setup`.
"""

import re
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from hotline.config.icons import IconMissing, sprite

SOURCE_MAP: Final = re.compile(rb"\s*(?://|/\*)# sourceMappingURL=\S+(?:\s*\*/)?\s*$")

FILES: Final = {
    "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
    "htmx.org/dist/ext/hx-sse.min.js": "htmx/hx-sse.min.js",
    "@tabler/core/dist/css/tabler.min.css": "tabler/tabler.min.css",
    "@tabler/core/dist/js/tabler.min.js": "tabler/tabler.min.js",
}
ICONS: Final = "@tabler/icons/icons"
SPRITE: Final = "tabler/icons.svg"


class AssetMissing(Exception):
    """A listed file isn't in node_modules: `npm ci` has not run, or the package changed its layout."""


def copy_assets(modules: Path, target: Path, icons: Iterable[str]) -> int:
    """Lays the listed files and the sprite of icons anew and returns how many; what is no longer listed goes."""
    missing = [name for name in FILES if not (modules / name).is_file()]
    if missing:
        raise AssetMissing(", ".join(missing))
    try:
        drawn = sprite(modules / ICONS, icons)
    except IconMissing as unknown:
        raise AssetMissing(f"{ICONS}: {unknown}") from unknown
    shutil.rmtree(target, ignore_errors=True)
    for name, place in FILES.items():
        out = target / place
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(_cleaning(out.suffix)((modules / name).read_bytes()))
    (target / SPRITE).parent.mkdir(parents=True, exist_ok=True)
    (target / SPRITE).write_text(drawn, encoding="utf-8")
    return len(FILES) + 1


def _cleaning(suffix: str) -> Callable[[bytes], bytes]:
    """Source maps aren't published, so their mention goes too: collecting would look for them in vain."""
    if suffix not in {".js", ".css"}:
        return bytes
    return lambda content: SOURCE_MAP.sub(b"\n", content)
