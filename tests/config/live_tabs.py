"""Two tabs of a dispatcher and an agent's new request, in a real browser against a real installation.

A program of its own: the browser's driver keeps an event loop that must not stay in the tests' process.
Prints as JSON which tab showed the request without being loaded anew, and how many more streams the
browser opened for the second tab.
"""

import json
import shutil
import sys

from playwright.sync_api import BrowserContext, Page, sync_playwright

QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage")
TITLE = "两个标签页都要看到的新诉求"
PATIENCE = 20_000


def sign_in(context: BrowserContext, base: str, name: str, password: str) -> Page:
    page = context.new_page()
    page.goto(f"{base}/accounts/login/")
    page.fill("input[name=login]", name)
    page.fill("input[name=password]", password)
    with page.expect_navigation(wait_until="load"):
        page.press("input[name=password]", "Enter")
    return page


def main(base: str, password: str) -> None:
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=shutil.which("chromium"), args=list(QUIET))
        desk = chromium.new_context()
        streams: list[str] = []
        desk.on("request", lambda request: streams.append(request.url) if request.url.endswith("/live/") else None)
        first = sign_in(desk, base, "dispatcher", password)
        first.goto(f"{base}/desk/dispatch/?order=newest")
        first.wait_for_selector("body[data-live=on]", timeout=PATIENCE)
        streams.clear()
        second = desk.new_page()
        second.goto(f"{base}/desk/open/?order=newest")
        second.wait_for_selector("body[data-live=on]", timeout=PATIENCE)
        agent = sign_in(chromium.new_context(), base, "agent", password)
        agent.goto(f"{base}/intake/new/")
        agent.check("input[name=request_type][value=help]", force=True)
        agent.fill("[name=title]", TITLE)
        agent.fill("[name=content]", "请在不重新打开页面的情况下出现。")
        agent.fill("[name=place]", "长江中路")
        with agent.expect_navigation():
            agent.keyboard.press("Control+Enter")
        shown = {}
        for name, tab in (("second", second), ("first", first)):
            tab.bring_to_front()
            tab.wait_for_selector(f"text={TITLE}", timeout=PATIENCE)
            shown[name] = True
        sys.stdout.write(json.dumps({"shown": shown, "streams": len(streams)}))
        chromium.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
