"""Waiting without a hidden limit: recovery after a power cut takes minutes, and the office must see it go on."""

import time
from collections.abc import Callable

from hotline.plumbing.embedded.sentences import EmbeddedPostgresError

SAY_EVERY = 5.0
FIRST_PAUSE, LONGEST_PAUSE = 0.02, 0.25


class Patience:
    """Pauses between two looks, says every few seconds that it still waits, gives up after `limit` seconds."""

    def __init__(
        self, limit: float, *, say: Callable[[int], None], give_up: Callable[[], EmbeddedPostgresError]
    ) -> None:
        self._began = time.monotonic()
        self._limit = limit
        self._say = say
        self._give_up = give_up
        self._pause = FIRST_PAUSE
        self._next_say = SAY_EVERY

    def pause(self) -> None:
        waited = time.monotonic() - self._began
        if waited > self._limit:
            raise self._give_up()
        if waited >= self._next_say:
            self._say(round(waited))
            self._next_say = waited + SAY_EVERY
        time.sleep(self._pause)
        self._pause = min(self._pause * 1.3, LONGEST_PAUSE)
