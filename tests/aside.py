"""Work in a thread of its own: browser tests leave an event loop running in the main one, where no other may start."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def aside(work: Callable[[], T]) -> T:
    """What `work` returns; the thread's own database connection is given back."""

    def run() -> T:
        from django.db import connections

        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


def run_async(coroutine: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """asyncio.run, wherever we are."""
    return aside(lambda: asyncio.run(coroutine()))
