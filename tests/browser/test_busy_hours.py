"""In a rush hour news come faster than they settle: pages are fetched anew all the same, and not for each of them."""

import pytest
from playwright.sync_api import Request

from tests.browser.conftest import SignIn
from tests.cast import Cast

EVERY_300_MS = "setInterval(() => new BroadcastChannel('hotline-live').postMessage('change'), 300)"


@pytest.mark.slow
@pytest.mark.browser
def test_news_without_end_still_reach_the_page(sign_in: SignIn, cast: Cast) -> None:
    assert cast.user("dispatcher")
    page = sign_in("dispatcher")
    page.goto("/tickets/")
    asked: list[str] = []

    def heard(request: Request) -> None:
        if request.headers.get("x-live"):
            asked.append(request.url)

    page.on("request", heard)
    page.evaluate(EVERY_300_MS)
    page.wait_for_timeout(14_000)
    assert 1 <= len(asked) <= 2
