"""A real browser against the real pages: WSGI threads of this process, the test database, Debian's Chromium.

Screenshots go to a temporary folder, or to the folder named by SCREENS.
"""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.signals import request_finished, request_started
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

if TYPE_CHECKING:
    from tests.cast import Cast

WIDE = {"width": 1440, "height": 900}
NARROW = {"width": 390, "height": 844}
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--font-render-hinting=none",
)
SCREENS = os.environ.get("SCREENS", "")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a browser test and needs a database that other threads can see."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of the run."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert program, "browser tests need Chromium: apt-get install chromium fonts-noto-cjk"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser's driver keeps an event loop in this thread
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=program, args=list(QUIET))
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


SignIn = Callable[..., Page]


@pytest.fixture
def sign_in(browser: Browser, live_server: LiveServer, cast: "Cast") -> Iterator[SignIn]:
    """sign_in("agent") opens a browser of its own for that person; `form` signs in by the form as people do.

    A script's fault or something the content policy refuses on any page fails the test.
    """
    faults: list[str] = []

    def opened(who: str, *, narrow: bool = False, script: bool = True, form: bool = False) -> Page:
        context = browser.new_context(
            viewport=NARROW if narrow else WIDE,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            base_url=live_server.url,
            java_script_enabled=script,
            reduced_motion="reduce",  # colours that fade for a fifth of a second are half themselves when looked at
            extra_http_headers={"X-Hotline-Client": "127.0.0.1"},  # as the front names the client
        )
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on("console", lambda line: faults.append(f"{page.url}: {line.text}") if _broken(line.text) else None)
        if form:
            _by_form(page, who)
        else:
            context.add_cookies([{**_session(cast, who), "url": live_server.url}])
        return page

    yield opened
    assert faults == []


@pytest.fixture(autouse=True)
def closed_behind(
    browser: Browser,
    live_server: LiveServer,  # noqa: ARG001  # both outlive the windows
    transactional_db: None,  # noqa: ARG001  # the same
) -> Iterator[None]:
    """Whoever opened a window, none outlives its test: its page would go on asking through all later ones."""
    yield
    for context in browser.contexts:
        context.close()
    answered()


def answered() -> None:
    """Waits until the server has nothing left to answer: a request still under way would meet an emptied database."""
    calm, latest = time.monotonic() + CALM, time.monotonic() + LATEST
    while time.monotonic() < min(calm, latest):
        if UNDER_WAY:
            calm = time.monotonic() + CALM
        time.sleep(0.01)


UNDER_WAY: set[int] = set()
"""Threads of the server that are answering."""
CALM, LATEST = 0.1, 10.0
"""Seconds: so long nobody asks, then all is answered; and a thread that was cut off is not waited for."""


def _began(**_: object) -> None:
    if threading.current_thread() is not threading.main_thread():
        UNDER_WAY.add(threading.get_ident())


def _ended(**_: object) -> None:
    UNDER_WAY.discard(threading.get_ident())


request_started.connect(_began)
request_finished.connect(_ended)


def _by_form(page: Page, who: str) -> None:
    from tests.cast import PASSWORD

    page.goto("/accounts/login/")
    page.fill("[name=login]", who)
    page.fill("[name=password]", PASSWORD)
    page.click("main form[action*=login] button")
    page.wait_for_url(lambda url: "/accounts/" not in url)


def _session(cast: "Cast", who: str) -> dict[str, str]:
    """A session as signing in would have made it: most tests are about something else."""
    from django.conf import settings

    from tests.visits import signed_in

    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": signed_in(cast, who).cookies[name].value}


def _broken(line: str) -> bool:
    """Refused by the content policy, or a script's own fault; a status such as 409 is an answer."""
    return "Content Security Policy" in line or "Uncaught" in line


@pytest.fixture
def shot(tmp_path: Path) -> Callable[..., None]:
    """shot(page, "01-intake") keeps what the page looks like; `narrow` also on a phone."""
    folder = Path(SCREENS) if SCREENS else tmp_path
    folder.mkdir(parents=True, exist_ok=True)

    def take(page: Page, name: str, *, narrow: bool = False) -> None:
        page.wait_for_load_state("networkidle")
        page.screenshot(path=folder / f"{name}.png", animations="disabled")
        if narrow:
            page.set_viewport_size(NARROW)
            page.screenshot(path=folder / f"{name}-narrow.png", animations="disabled")
            page.set_viewport_size(WIDE)

    return take
