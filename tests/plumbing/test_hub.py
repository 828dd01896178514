"""One LISTEN serves all streams, comes back after the database went, and then has everybody fetch anew."""

import asyncio
from collections.abc import Awaitable, Callable

import psycopg
import pytest

from hotline.plumbing.hub import CHANGE, QUEUE_LENGTH, RESYNC, Hub, Listener, News
from hotline.plumbing.live import packed
from tests.aside import run_async

CHANNEL = "hotline_live_test"


def with_hub(url: str, work: Callable[[Hub], Awaitable[None]]) -> None:
    async def run() -> None:
        hub = Hub(url, CHANNEL, look_every=0.2)
        running = asyncio.create_task(hub.run())
        try:
            await asyncio.wait_for(hub.connected.wait(), 10)
            await asyncio.wait_for(work(hub), 20)
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    run_async(run)


async def tell(url: str, topic: str, **payload: int) -> None:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute("SELECT pg_notify(%s, %s)", [CHANNEL, packed(topic, payload)])


async def heard(listener: Listener) -> News:
    return await asyncio.wait_for(listener.waiting.get(), 5)


def test_each_stream_hears_its_own_topics_only(postgres_urls: tuple[str, str]):
    url = postgres_urls[0]

    async def work(hub: Hub) -> None:
        with hub.listening(frozenset({"unit:1"})) as one, hub.listening(frozenset({"unit:2", "user:7"})) as two:
            assert hub.streams == 2
            await tell(url, "unit:1", waiting=1)
            await tell(url, "user:7", calls=1)
            assert (await heard(one)).data == '{"data":{"waiting":1},"topic":"unit:1"}'
            assert (await heard(two)).data == '{"data":{"calls":1},"topic":"user:7"}'
            assert one.waiting.empty()
        assert hub.streams == 0

    with_hub(url, work)


def test_after_a_lost_connection_everybody_fetches_anew(postgres_urls: tuple[str, str]):
    url = postgres_urls[0]

    async def work(hub: Hub) -> None:
        with hub.listening(frozenset({"unit:1"})) as listener:
            async with await psycopg.AsyncConnection.connect(url, autocommit=True) as killer:
                await killer.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE application_name = 'zhitong live' AND query LIKE %s",
                    [f"%{CHANNEL}%"],
                )
                await killer.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE application_name = 'zhitong live' AND usename = current_user"
                )
            assert (await heard(listener)).kind == RESYNC
            await tell(url, "unit:1", waiting=2)
            assert (await heard(listener)).kind == CHANGE

    with_hub(url, work)


def test_a_stream_that_does_not_keep_up_is_told_to_fetch_anew():
    async def run() -> None:
        hub = Hub("", CHANNEL)
        with hub.listening(frozenset({"unit:1"})) as slow:
            for count in range(QUEUE_LENGTH + 1):
                hub.tell(packed("unit:1", {"waiting": count}))
            assert slow.waiting.qsize() == 1
            assert slow.waiting.get_nowait() == News(RESYNC, "{}")

    run_async(run)


@pytest.mark.parametrize("message", ["", "no json", "[]", '{"other": 1}', '"text"'])
def test_what_is_not_ours_is_left_out(message: str):
    async def run() -> None:
        hub = Hub("", CHANNEL)
        with hub.listening(frozenset({"unit:1"})) as listener:
            hub.tell(message)
            assert listener.waiting.empty()

    run_async(run)
