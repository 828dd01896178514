"""Two tabs of a team leader and a notice that arrives, in a real browser against a real installation.

python live_bell.py ADDRESS PASSWORD

A program of its own, as live_tabs.py. Says READY when both tabs listen, then waits for the notice, opens the bell,
marks all read in one tab and looks at the other. Prints as JSON what each tab showed without being loaded anew.
"""

import json
import shutil
import sys

from live_tabs import PATIENCE, QUIET, sign_in
from playwright.sync_api import Page, sync_playwright


def number(tab: Page, wanted: str) -> str:
    """The bell's number once it is the wanted one; nothing for a bell without."""
    selector = f".bell > summary em:text-is('{wanted}')" if wanted else ".bell > summary:not(:has(em))"
    tab.wait_for_selector(selector, timeout=PATIENCE, state="attached")
    return tab.locator(".bell > summary em").inner_text() if wanted else ""


def main(base: str, password: str) -> None:
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=shutil.which("chromium"), args=list(QUIET))
        desk = chromium.new_context()
        behind = sign_in(desk, base, "leader", password)
        behind.goto(f"{base}/notices/")
        behind.wait_for_selector("body[data-live=on]", timeout=PATIENCE)
        front = desk.new_page()
        front.goto(f"{base}/tickets/")
        front.wait_for_selector("body[data-live=on]", timeout=PATIENCE)
        before = [number(front, ""), number(behind, "")]
        sys.stdout.write("READY\n")
        sys.stdout.flush()
        arrived = [number(front, "1")]
        behind.bring_to_front()
        arrived.append(number(behind, "1"))
        listed = behind.locator("[data-live-list] tr.unread").count()
        front.bring_to_front()
        front.keyboard.press("n")
        front.wait_for_selector(".bell li.unread", timeout=PATIENCE)
        said = front.locator(".bell li.unread").inner_text()
        with front.expect_navigation():
            front.click(".bell-head button")
        behind.bring_to_front()
        after = [number(front, ""), number(behind, "")]
        sys.stdout.write(
            json.dumps({"before": before, "arrived": arrived, "listed": listed, "said": said, "after": after})
        )
        chromium.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
