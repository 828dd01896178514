"""Every address of the installation, taken from the resolver itself: none can be forgotten."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

TYPED = re.compile(r"<(?:\w+:)?(\w+)>")
NAMED = re.compile(r"\(\?P<(\w+)>[^()]*\)")


@dataclass(frozen=True)
class Route:
    """One address: its pattern as the table writes it, and the names of what stands in it."""

    path: str
    params: tuple[str, ...]

    def filled(self, values: dict[str, object]) -> str:
        """The address for these values."""
        return re.sub(r"<(\w+)>", lambda found: str(values[found[1]]), self.path)

    @property
    def api(self) -> bool:
        """Whether programs call it."""
        return self.path.startswith("/api/")


def routes() -> tuple[Route, ...]:
    """All of them; two patterns of one address are one route."""
    found = {_route(pattern) for pattern in _patterns(get_resolver().url_patterns, "/")}
    return tuple(sorted(found, key=lambda route: route.path))


def _patterns(entries: Iterable[URLPattern | URLResolver], before: str) -> Iterator[str]:
    for entry in entries:
        whole = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _patterns(entry.url_patterns, whole)
        else:
            yield whole


def _route(pattern: str) -> Route:
    path = TYPED.sub(r"<\1>", NAMED.sub(r"<\1>", pattern)).replace("^", "").replace("$", "")
    return Route(path, tuple(re.findall(r"<(\w+)>", path)))
