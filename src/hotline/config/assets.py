"""The few files that browsers load, copied out of node_modules: government networks have no way to a CDN.

Only what is listed here is published. A new library is one line, then `make setup`.
"""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

SOURCE_MAP: Final = re.compile(rb"\s*(?://|/\*)# sourceMappingURL=\S+(?:\s*\*/)?\s*$")
OLD_FONTS: Final = re.compile(rb',url\("[^"]+\.(?:woff|ttf)[^"]*"\) format\("(?:woff|truetype)"\)')
"""Every browser that can show these pages reads woff2; the older forms would be 2.6 MB for nobody."""

FILES: Final = {
    "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
    "htmx.org/dist/ext/hx-sse.min.js": "htmx/hx-sse.min.js",
    "@tabler/core/dist/css/tabler.min.css": "tabler/tabler.min.css",
    "@tabler/core/dist/js/tabler.min.js": "tabler/tabler.min.js",
    "@tabler/icons-webfont/dist/tabler-icons.min.css": "tabler/tabler-icons.min.css",
    "@tabler/icons-webfont/dist/fonts/tabler-icons.woff2": "tabler/fonts/tabler-icons.woff2",
}


class AssetMissing(Exception):
    """A listed file isn't in node_modules: `npm ci` has not run, or the package changed its layout."""


def copy_assets(modules: Path, target: Path) -> int:
    """Lays the listed files anew and returns how many; what is no longer listed goes."""
    missing = [name for name in FILES if not (modules / name).is_file()]
    if missing:
        raise AssetMissing(", ".join(missing))
    shutil.rmtree(target, ignore_errors=True)
    for name, place in FILES.items():
        out = target / place
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(_cleaning(out.suffix)((modules / name).read_bytes()))
    return len(FILES)


def _cleaning(suffix: str) -> Callable[[bytes], bytes]:
    """Source maps aren't published, so their mention goes too: collecting would look for them in vain."""
    if suffix not in {".js", ".css"}:
        return bytes
    return lambda content: OLD_FONTS.sub(b"", SOURCE_MAP.sub(b"\n", content))
