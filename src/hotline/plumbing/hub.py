"""One LISTEN for all streams of a process: takes what PostgreSQL notifies and hands it to whoever may hear it.

After any gap (database gone, stream too slow) listeners are told to fetch anew, so nobody looks at old counters.
"""

import asyncio
import contextlib
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import psycopg
from psycopg import sql

logger = logging.getLogger(__name__)

RESYNC: Final = "resync"
CHANGE: Final = "change"
QUEUE_LENGTH: Final = 100
LOOK_EVERY: Final = 15.0
LONGEST_PAUSE: Final = 10.0


@dataclass(frozen=True)
class News:
    """One server-sent event: its kind and its data line."""

    kind: str
    data: str


@dataclass(eq=False)
class Listener:
    """One stream: what it may hear and what waits to be sent."""

    topics: frozenset[str]
    waiting: asyncio.Queue[News] = field(default_factory=lambda: asyncio.Queue(QUEUE_LENGTH))

    def tell(self, news: News) -> None:
        """A browser that doesn't keep up loses the single items and learns that it must fetch anew."""
        if self.waiting.full():
            while not self.waiting.empty():
                self.waiting.get_nowait()
            news = News(RESYNC, "{}")
        self.waiting.put_nowait(news)


class Hub:
    """Keeps the LISTEN alive and the listeners served."""

    def __init__(self, url: str, channel: str, look_every: float = LOOK_EVERY) -> None:
        self._url = url
        self._channel = channel
        self._look_every = look_every
        self._listeners: set[Listener] = set()
        self.connected = asyncio.Event()

    @contextlib.contextmanager
    def listening(self, topics: frozenset[str]) -> Iterator[Listener]:
        listener = Listener(topics)
        self._listeners.add(listener)
        try:
            yield listener
        finally:
            self._listeners.discard(listener)

    @property
    def streams(self) -> int:
        return len(self._listeners)

    def tell(self, message: str) -> None:
        try:
            topic = json.loads(message)["topic"]
        except (ValueError, KeyError, TypeError):
            logger.warning("a live update that isn't ours was left out")
            return
        news = News(CHANGE, message)
        for listener in self._listeners:
            if topic in listener.topics:
                listener.tell(news)

    def tell_all(self, kind: str) -> None:
        for listener in self._listeners:
            listener.tell(News(kind, "{}"))

    async def run(self) -> None:
        """Until cancelled. A lost database is tried again, at first at once and then every ten seconds."""
        pause = 0.0
        gap = False
        while True:
            await asyncio.sleep(pause)
            try:
                async with await self._connect() as connection:
                    pause = 0.0
                    if gap:
                        self.tell_all(RESYNC)
                    self.connected.set()
                    await self._take(connection)
            except (psycopg.Error, OSError) as error:
                if not gap or self.connected.is_set():
                    logger.warning("live updates have lost the database: %s", error)
            finally:
                self.connected.clear()
            gap = True
            pause = min(LONGEST_PAUSE, max(0.25, pause * 2))

    async def _connect(self) -> psycopg.AsyncConnection[Any]:
        connection = await psycopg.AsyncConnection.connect(
            self._url, autocommit=True, connect_timeout=5, application_name="zhitong live"
        )
        await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(self._channel)))
        return connection

    async def _take(self, connection: psycopg.AsyncConnection[Any]) -> None:
        """A look between the notifications finds out about a server that went without saying so."""
        while True:
            async for note in connection.notifies(timeout=self._look_every):
                self.tell(note.payload)
            await connection.execute("SELECT 1")
