"""A browser as light as it can be for bench/desk.py: one kept connection, one stream of live updates, on asyncio.

Hundreds of them must cost less than what they measure, so nothing is parsed that nobody looks at.
"""

import asyncio
import random
import re
import time
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlencode

SETTLE, SETTLE_ALONE, LATEST = (0.9, 1.5), (4.0, 4.6), (8.0, 12.0)
"""As live.js: news are let settle before the page is fetched anew, but not for long; pages without a list can wait."""
TIMEOUT = 30.0
RENEW = 540.0
"""A pass is good for ten minutes."""
TOKEN = "a" * 32  # the form's token; what counts is that cookie and header say the same


@dataclass
class Tally:
    """What came of all requests."""

    took: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    refused: int = 0
    streams: int = 0
    news: int = 0

    def note(self, kind: str, seconds: float, status: int) -> None:
        """One answer."""
        self.took.setdefault(kind, []).append(seconds)
        if status >= 500 or status in {0, 400, 401}:
            self.errors.append(f"{kind}: {status}")
        elif status in {403, 404, 409, 422}:
            self.refused += 1


@dataclass
class Answer:
    """Status, headers and body of one answer."""

    status: int
    headers: dict[str, str]
    body: bytes


class Browser:
    """One signed-in person in front of one page."""

    def __init__(self, port: int, session: str, tally: Tally) -> None:
        self.port, self.tally = port, tally
        self.cookies = {"hotline_session": session, "csrftoken": TOKEN, "django_language": "zh-hans"}
        self.page = ""
        self._kept: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._one_at_a_time = asyncio.Lock()
        self._settling: asyncio.TimerHandle | None = None
        self._since = 0.0
        self._share = random.random()  # noqa: S311  # no two browsers wait alike
        self._refreshing: set[asyncio.Task[None]] = set()

    async def get(self, kind: str, path: str) -> Answer:
        """A page, timed."""
        return await self._timed(kind, "GET", path, b"")

    async def post(self, kind: str, path: str, form: dict[str, object]) -> Answer:
        """A post with the form's token, timed."""
        return await self._timed(kind, "POST", path, urlencode(form, doseq=True).encode())

    async def _timed(self, kind: str, method: str, path: str, body: bytes) -> Answer:
        async with self._one_at_a_time:
            began = time.monotonic()
            try:
                answer = await asyncio.wait_for(self._exchange(method, path, body), TIMEOUT)
            except (OSError, asyncio.IncompleteReadError, TimeoutError, ValueError) as fault:
                self.close()
                self.tally.errors.append(f"{kind}: {type(fault).__name__}")
                return Answer(0, {}, b"")
            self.tally.note(kind, time.monotonic() - began, answer.status)
            return answer

    async def _exchange(self, method: str, path: str, body: bytes) -> Answer:
        fresh = self._kept is None
        try:
            return await self._asked(method, path, body)
        except (ConnectionError, asyncio.IncompleteReadError):
            self.close()
            if fresh:
                raise
            return await self._asked(method, path, body)  # the front had closed an idle connection

    async def _asked(self, method: str, path: str, body: bytes) -> Answer:
        if self._kept is None:
            self._kept = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 20)
        reader, writer = self._kept
        writer.write(self._head(method, path, len(body)) + body)
        await writer.drain()
        status, headers = await _headers(reader)
        content = await _body(reader, headers)
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Answer(status, headers, content)

    def _head(self, method: str, path: str, length: int, more: str = "") -> bytes:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        origin = f"http://127.0.0.1:{self.port}"
        typed = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n" if length else ""
        empty = "Content-Length: 0\r\n" if method == "POST" and not length else ""
        return (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {cookies}\r\nX-CSRFToken: {TOKEN}\r\n"
            f"Origin: {origin}\r\nReferer: {origin}/\r\nAccept: text/html\r\n{typed}{empty}{more}\r\n"
        ).encode()

    async def listen(self, until: float) -> None:
        """Holds the stream, as one tab of every browser does; each piece of news fetches the page in sight anew."""
        while time.monotonic() < until:
            answer = await self.post("live cookie", "/live-cookie/", {})
            found = re.search(r"hotline_live=([^;]+)", answer.headers.get("set-cookie", ""))
            if found:
                self.cookies["hotline_live"] = found[1]
                await self._streamed(min(until, time.monotonic() + RENEW))
            await asyncio.sleep(1)

    async def _streamed(self, until: float) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 20)
        try:
            writer.write(self._head("GET", "/live/", 0, "Accept: text/event-stream\r\n"))
            status, _ = await _headers(reader)
            if status != 200:
                self.tally.errors.append(f"stream: {status}")
                return
            self.tally.streams += 1
            while (left := until - time.monotonic()) > 0:
                line = await asyncio.wait_for(reader.readline(), left)
                if not line:
                    self.tally.errors.append("stream: ended")
                    return
                if line.startswith((b"event: change", b"event: resync")):
                    self.tally.news += 1
                    self._settle()
        except TimeoutError:
            return
        except OSError as fault:
            self.tally.errors.append(f"stream: {type(fault).__name__}")
        finally:
            writer.close()

    def _settle(self) -> None:
        loop = asyncio.get_running_loop()
        self._since = self._since or loop.time()
        if self._settling:
            self._settling.cancel()
        settle, latest = self._within(SETTLE if "/desk/" in self.page else SETTLE_ALONE), self._within(LATEST)
        wait = min(settle, self._since + latest - loop.time())
        self._settling = loop.call_later(max(0.0, wait), self._refresh)

    def _within(self, bounds: tuple[float, float]) -> float:
        return bounds[0] + self._share * (bounds[1] - bounds[0])

    def _refresh(self) -> None:
        self._since = 0.0
        task = asyncio.ensure_future(self._fetch_again())
        self._refreshing.add(task)
        task.add_done_callback(self._refreshing.discard)

    async def _fetch_again(self) -> None:
        if self.page:
            await self.get("live refetch", self.page)

    def close(self) -> None:
        """Lets the kept connection go."""
        if self._kept:
            with suppress(OSError):
                self._kept[1].close()
            self._kept = None


async def _headers(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    status = int((await reader.readuntil(b"\r\n")).split(b" ", 2)[1])
    headers: dict[str, str] = {}
    while (line := await reader.readuntil(b"\r\n")) != b"\r\n":
        name, _, value = line.decode("latin-1").partition(":")
        key = name.strip().lower()
        headers[key] = f"{headers[key]}, {value.strip()}" if key in headers else value.strip()
    return status, headers


async def _body(reader: asyncio.StreamReader, headers: dict[str, str]) -> bytes:
    if headers.get("transfer-encoding", "").lower() != "chunked":
        return await reader.readexactly(int(headers.get("content-length", "0")))
    parts: list[bytes] = []
    while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
        parts.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readexactly(2)
    return b"".join(parts)
