"""The stream of live updates (server-sent events), a small process of its own beside the pages.

    GET /live/  with the cookie `hotline_live` that /live-cookie/ gives to signed-in people

Each event is `change` (data: topic and counts), `resync` (fetch everything anew) or a comment as heartbeat.
Without a valid pass the answer is 401: the page asks for a new cookie and opens the stream again. Whose account is
switched off, or whose roles change, loses the stream at once: the pass is compared with the account when it is shown,
when the account's own topic says that something changed, and after every gap.
"""

import asyncio
import contextlib
import itertools
import os
from collections.abc import AsyncIterator
from typing import Final

import django
from asgiref.sync import sync_to_async
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from hotline.plumbing.env import env
from hotline.plumbing.leash import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hotline.config.settings")
die_with_parent()
django.setup()

from django.conf import settings  # noqa: E402  # settings are there only after setup
from django.db import Error, connection  # noqa: E402  # the same

from hotline.config.live_topics import still_open  # noqa: E402  # the same
from hotline.plumbing import live  # noqa: E402  # the same
from hotline.plumbing.hub import RESYNC, Hub, Listener, News  # noqa: E402  # the same

HEARTBEAT_EVERY: Final = 15.0
HEADERS: Final = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
"""The second keeps a city's own nginx in front of us from holding events back."""


async def stream(request: Request) -> Response:
    allowed = live.open_pass(request.cookies.get(live.COOKIE, ""))
    if allowed is None or not await _holds(allowed):
        return PlainTextResponse("401", status_code=401, headers=HEADERS)
    hub: Hub = request.app.state.hub
    first = [News(RESYNC, "{}")] if request.headers.get("last-event-id") else []
    events = _events(hub, allowed, first)
    return StreamingResponse(events, media_type="text/event-stream", headers=HEADERS)


async def _holds(allowed: live.Pass) -> bool:
    """The account as it is now; the connection goes back to its pool, as at the end of a request."""

    def look() -> bool:
        try:
            return still_open(allowed.person, allowed.stamp)
        except Error:
            return False  # the database is away: the browser comes back with a new pass
        finally:
            connection.close()

    return await sync_to_async(look)()


def _about_access(news: News, allowed: live.Pass) -> bool:
    return news.kind == RESYNC or (f'"user:{allowed.person}"' in news.data and '"access"' in news.data)


async def _events(hub: Hub, allowed: live.Pass, first: list[News]) -> AsyncIterator[str]:
    """Ends by itself when the pass has run out: the browser comes back with a new one or not at all."""
    numbers = itertools.count(1)
    loop = asyncio.get_running_loop()
    end = loop.time() + live.VALID_SECONDS
    with hub.listening(allowed.topics) as listener:
        if not await _holds(allowed):  # changed while nobody listened yet
            return
        yield "retry: 2000\n: open\n\n"
        for news in first:
            yield _written(next(numbers), news)
        while (left := end - loop.time()) > 0:
            news_or_none = await _next(listener, min(HEARTBEAT_EVERY, left))
            if news_or_none and _about_access(news_or_none, allowed) and not await _holds(allowed):
                return
            yield ": still here\n\n" if news_or_none is None else _written(next(numbers), news_or_none)


async def _next(listener: Listener, seconds: float) -> News | None:
    with contextlib.suppress(TimeoutError):
        return await asyncio.wait_for(listener.waiting.get(), seconds)
    return None


def _written(number: int, news: News) -> str:
    return f"id: {number}\nevent: {news.kind}\ndata: {news.data}\n\n"


async def health(request: Request) -> Response:
    """Answers 200 while the database is listened to, for `hotline serve` and monitors."""
    hub: Hub = request.app.state.hub
    return PlainTextResponse(str(hub.streams), status_code=200 if hub.connected.is_set() else 503)


@contextlib.asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    app.state.hub = Hub(env().database_url, settings.LIVE_CHANNEL)
    listening = asyncio.create_task(app.state.hub.run())
    try:
        yield
    finally:
        listening.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await listening


app = Starlette(routes=[Route("/live/", stream), Route("/live/health", health)], lifespan=lifespan)
