"""Callers of the API: each member of the cast with a token of their own, under a clock that stands still."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from hotline.plumbing.clock import frozen

if TYPE_CHECKING:  # models may be imported only after Django is set up, which is later than this file
    from tests.api.calling import Caller, Calling
    from tests.cast import Cast


@pytest.fixture
def clock() -> Iterator[datetime]:
    """The afternoon of the day on which the cast's tickets are opened."""
    from tests.walks import OPENING

    with frozen(OPENING.replace(hour=16)) as moment:
        yield moment


@pytest.fixture
def caller(cast: "Cast", clock: datetime) -> "Calling":
    """`caller("agent")` calls with a token of that member of the cast."""
    from hotline.registry.people.commands import issue_token
    from tests.api.calling import Caller

    kept: dict[str, Caller] = {}

    def calling(who: str) -> "Caller":
        if who not in kept:
            issued = issue_token(username=cast.user(who).username, name="test", days=30, by=None, now=clock)
            kept[who] = Caller(issued.secret)
        return kept[who]

    return calling
