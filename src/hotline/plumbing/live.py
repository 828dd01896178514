"""Live updates: a counter or a call reaches the right desks the moment the act's transaction commits.

PostgreSQL carries the news (NOTIFY), so what is rolled back is never told. Only codes and counts travel, never
a name, number or sentence: whoever is told something fetches the page again, under the page's own permission.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.db import connection

from hotline.plumbing.redaction import redact

TOPIC: Final = re.compile(r"[a-z][a-z_]{0,20}:[A-Za-z0-9_.-]{1,40}")
CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,60}")
LARGEST: Final = 1000
COOKIE: Final = "hotline_live"
COOKIE_PATH: Final = "/live/"
VALID_SECONDS: Final = 600
"""How long a pass opens a stream, and how long a stream lasts."""

Value = int | bool | str
TopicSource = Callable[[Any, Mapping[str, str]], Iterable[str]]
"""Given the signed-in person and the page's wishes, the topics that person may hear."""

TOPIC_SOURCES: Final[list[TopicSource]] = []


@dataclass(frozen=True)
class Pass:
    """Who listens, and to what."""

    person: int
    topics: frozenset[str]
    stamp: str = ""


def notify(topic: str, payload: Mapping[str, Value] | None = None) -> None:
    """Tells everyone who listens to `topic`, when and only when the present transaction commits."""
    notify_all((topic,), payload or {})


def notify_all(topics: Iterable[str], payload: Mapping[str, Value]) -> None:
    """The same news to several topics, in one statement."""
    notify_each((topic, payload) for topic in topics)


def notify_each(told: Iterable[tuple[str, Mapping[str, Value]]]) -> None:
    """News of its own to each topic, in one statement."""
    news = [packed(topic, payload) for topic, payload in told]
    if not news:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_notify(%s, message) FROM unnest(%s::text[]) AS message", [settings.LIVE_CHANNEL, news]
        )


def packed(topic: str, payload: Mapping[str, Value]) -> str:
    """The message as it travels; refuses whatever could be a citizen's words."""
    if not TOPIC.fullmatch(topic):
        raise ValueError(f"not a topic: {topic!r}")
    wrong = [name for name, value in payload.items() if not (CODE.fullmatch(name) and _harmless(value))]
    if wrong:
        raise ValueError(f"live updates carry counts and codes only; not {', '.join(sorted(wrong))}")
    message = json.dumps({"topic": topic, "data": dict(payload)}, separators=(",", ":"), sort_keys=True)
    if len(message) > LARGEST:
        raise ValueError(f"a live update of {len(message)} signs is too long; {LARGEST} are allowed")
    return message


def _harmless(value: object) -> bool:
    if isinstance(value, str):
        return CODE.fullmatch(value) is not None and redact(value) == value
    return isinstance(value, int) and abs(value) < 10**9


def topics_for(person: Any, wishes: Mapping[str, str]) -> frozenset[str]:
    """Everything the registered sources allow this person, and the person's own topic."""
    found = {f"user:{person.pk}"}
    for source in TOPIC_SOURCES:
        found.update(source(person, wishes))
    return frozenset(topic for topic in found if TOPIC.fullmatch(topic))


def signed_pass(person: int, topics: Iterable[str], stamp: str = "") -> str:
    """What the browser carries in the cookie `hotline_live`; `stamp` tells passes given before a change of rights."""
    return signing.dumps({"p": person, "t": sorted(topics), "s": stamp}, salt="hotline.live", compress=True)


def open_pass(signed: str) -> Pass | None:
    """The pass, or None when it is forged or too old."""
    try:
        content = signing.loads(signed, salt="hotline.live", max_age=VALID_SECONDS)
    except signing.BadSignature:
        return None
    return Pass(person=content["p"], topics=frozenset(content["t"]), stamp=content.get("s", ""))
