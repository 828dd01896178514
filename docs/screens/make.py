"""Takes the pictures of docs/screens anew from a demonstration that is running: `make demo`, then this.

    .venv/bin/python docs/screens/make.py http://127.0.0.1:8000

Everybody in the pictures is invented. Each picture is reduced to few colours, so that all of them stay small.
"""

# ruff: noqa: INP001  # a script beside what it makes, no package
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
WIDE, LAPTOP, PHONE = 1440, 1280, 390
HEIGHTS = {WIDE: 900, LAPTOP: 800, PHONE: 844}
PASSWORD = "zhitong-demo-12345"  # noqa: S105  # shown on the demonstration's own sign-in page
COLOURS = 120
KEPT = (
    (47, 158, 68), (224, 142, 11), (217, 54, 62), (179, 32, 41), (138, 86, 5), (31, 95, 184), (233, 240, 250),
    (255, 255, 255), (243, 245, 248), (27, 40, 54),
)  # fmt: skip
"""Colours that mean something: the clocks' lights and words, the accent; paper, ground and ink."""
MOST_BYTES = 6_000_000
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--font-render-hinting=none")
Step = Callable[[Page], None]


@dataclass(frozen=True)
class Picture:
    """One picture: its name, who is signed in, where, what is done there first, how wide the screens are."""

    name: str
    who: str
    address: str
    widths: tuple[int, ...] = (WIDE,)
    first: Step | None = None
    english: bool = False


def intake(page: Page) -> None:
    """A caller who has called before tells of noise at night; the suggestions have come."""
    nothing_left(page)
    page.fill("[name=phone]", caller_who_is_known(page))
    page.keyboard.press("Tab")
    page.locator("label.choice", has_text="投诉").click()
    page.fill("[name=title]", "小区北门外工地夜间施工扰民")
    said = "小区北门外的工地每天晚上十一点以后还在打桩，切割机声音很大，老人孩子睡不好，打过几次电话没有人管。"
    page.fill("[name=content]", said)
    page.fill("[name=demand]", "请核查有没有夜间施工证明，依法处理。")
    pick(page, "region", "庐阳")
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(2500)


def nothing_left(page: Page) -> None:
    """Puts away what the picture before this one has left half-written."""
    page.wait_for_timeout(600)
    for words in ("清空", "不要了"):
        while page.get_by_role("button", name=words).count():
            page.get_by_role("button", name=words).first.click()
            page.wait_for_timeout(400)


def caller_who_is_known(page: Page) -> str:
    """The number on a ticket of somebody who called again."""
    other = page.context.new_page()
    other.goto("/desk/open/")
    other.goto(str(other.locator("tr", has_text="重复诉求").first.locator("a").first.get_attribute("href")))
    other.get_by_role("button", name="显示联系方式").click()
    other.get_by_text(re.compile(r"1990\d{7}")).first.wait_for()
    found = re.search(r"1990\d{7}", other.inner_text("main"))
    other.close()
    return found[0] if found else "19900001234"


def pick(page: Page, field: str, typed: str) -> None:
    """The first that is found in a picker."""
    box = page.locator(f"type-to-find:has(select[name={field}]) input")
    box.fill(typed)
    box.press("Enter")


def row(number: int) -> Step:
    """Opens a line of the list beside the list."""
    return lambda page: page.locator("[data-list] tbody tr").nth(number - 1).locator(".c-number a").click()


def opened(words: str = "") -> Step:
    """Goes from the list to the page of the first ticket, or of the first with these words in its line."""

    def go(page: Page) -> None:
        line = page.locator("[data-list] tbody tr", has_text=words).first
        page.goto(str(line.locator("a").first.get_attribute("href")).partition("?")[0])

    return go


def reply(page: Page) -> None:
    """A handler writes the answer."""
    lines = page.locator("[data-list] tbody tr", has_text="办理中").all()
    for address in [str(line.locator("a").first.get_attribute("href")).partition("?")[0] for line in lines]:
        page.goto(address)
        if page.locator(".acts .act", has_text="提交答复").count():  # not while co-units are awaited
            break
    page.locator(".acts .act", has_text="提交答复").first.click()
    page.locator("#panel form").wait_for()
    nothing_left(page)
    page.locator("#panel label.choice", has_text="已解决").first.click()
    said = "经查，您反映的情况属实。我局已责令经营者将桌椅收回店内，恢复盲道通行，并安排专人每晚巡查。"
    page.fill("#panel [name=reply]", said)
    page.fill("#panel [name=legal_basis]", "《安徽省城市市容和环境卫生管理条例》第二十一条")


def ledger(page: Page) -> None:
    """The chain of one ticket, proved."""
    page.goto("/desk/open/")
    number = page.locator("tr", has_text="重办件").first.locator("a").first.inner_text()
    page.goto(f"/overview/ledger/?number={number}")


def first_line(page: Page) -> None:
    """From a list of the oversight to the page of its first line."""
    page.goto(str(page.locator("main tbody a").first.get_attribute("href")))


def line_with(words: str) -> Step:
    """From a list to the page of its first line with these words."""

    def go(page: Page) -> None:
        line = page.locator("main tbody tr", has_text=words).first
        page.goto(str(line.locator("a").first.get_attribute("href")))

    return go


def suggestion(page: Page) -> None:
    """The units for the first ticket that waits, each with its reasons and its risk."""
    opened("待派单")(page)
    page.locator(".acts .act", has_text="转办").first.click()
    page.locator("#panel form").wait_for()


def directory_draft(page: Page) -> None:
    """What would have gone elsewhere if this draft had been in force."""
    page.goto(str(page.locator("main a[href*='/drafts/']").first.get_attribute("href")))


def visit(page: Page) -> None:
    """What the inspector holds in the hand on the spot."""
    line = page.locator("main tbody tr", has_text="督办中").first
    page.goto(f"{line.locator('a').first.get_attribute('href')}visit/")


def emergency(page: Page) -> None:
    """A flood begins: who would be moved, before anybody switches."""
    page.fill("[name=name]", "主城区内涝应急处置")
    page.fill("[name=reason]", "市防汛抗旱指挥部启动防汛应急三级响应，主城区多处积水。")
    page.fill(
        "[name=planned_end]", page.evaluate("new Date(Date.now() + 4 * 864e5).toISOString().slice(0, 10) + 'T08:00'")
    )
    page.locator("main form button.btn-primary").first.click()
    page.locator("#sum").wait_for()


def paper(page: Page) -> None:
    """The sheet that goes to the unit, without who asked."""
    opened()(page)
    page.goto(str(page.locator("a[href*='redacted=1']").first.get_attribute("href")))


PICTURES = (
    Picture("01-sign-in", "", "/accounts/login/"),
    Picture("02-intake", "agent", "/intake/new/", (WIDE, LAPTOP, PHONE), intake),
    Picture("03-quick", "agent", "/intake/quick/"),
    Picture("04-dispatch", "dispatcher", "/desk/dispatch/", (WIDE, LAPTOP), row(5)),
    Picture("04-dispatch", "dispatcher", "/desk/dispatch/", (PHONE,)),
    Picture("05-district", "luyang", "/handling/district/out/", (WIDE, PHONE)),
    Picture("06-inbox", "cgj", "/desk/inbox/", (WIDE, PHONE)),
    Picture("07-reply", "cgj", "/desk/inbox/", (WIDE, PHONE), reply),
    Picture("08-signing", "cgj-deputy", "/desk/sign-off/", (WIDE, PHONE), opened()),
    Picture("09-review", "reviewer", "/review/next/", (WIDE, LAPTOP, PHONE)),
    Picture("10-callback", "callback", "/callback/", (WIDE, PHONE)),
    Picture("11-call", "callback", "/callback/", (WIDE, PHONE), opened("电话")),
    Picture("12-dissatisfied", "reviewer", "/callback/decide/", (WIDE, PHONE), opened()),
    Picture("13-joint", "supervisor", "/joint/", (WIDE, PHONE), line_with("征求会办意见")),
    Picture("14-list", "supervisor", "/desk/open/", (WIDE, LAPTOP, PHONE)),
    Picture("15-ticket", "supervisor", "/desk/open/", (WIDE, PHONE), opened("重办件")),
    Picture("16-shift", "leader", "/leading/shifts/", (WIDE, PHONE)),
    Picture("17-confirm", "leader", "/leading/confirm/"),
    Picture("18-overview", "director", "/overview/", (WIDE, PHONE)),
    Picture(
        "19-month", "director", "/callback/monthly/", (WIDE,), lambda page: page.locator(".months a").nth(1).click()
    ),
    Picture("20-knowledge", "agent", "/knowledge/"),
    Picture("21-ledger", "auditor", "/overview/ledger/", (WIDE,), ledger),
    Picture("22-people", "sysadmin", "/people/", (WIDE, PHONE)),
    Picture("23-roles", "secadmin", "/people/roles/", (LAPTOP,)),
    Picture("24-paper", "cgj", "/desk/inbox/", (LAPTOP,), paper),
    Picture("25-english", "dispatcher", "/desk/dispatch/", (WIDE,), row(5), english=True),
    Picture("26-supervision", "supervisor", "/supervision/", (WIDE, PHONE)),
    Picture("27-key", "supervisor", "/supervision/list/?kind=key", (WIDE,), first_line),
    Picture("28-visit", "supervisor", "/supervision/list/?kind=on_site", (PHONE,), visit),
    Picture("29-emergency", "supervisor", "/emergency/new/", (WIDE,), emergency),
    Picture("30-calendar", "supervisor", "/calendar/", (WIDE,)),
    Picture("31-profiles", "supervisor", "/profiles/", (WIDE,)),
    Picture("32-documents", "supervisor", "/documents/", (WIDE,), first_line),
    Picture("33-instructions", "supervisor", "/instructions/", (WIDE, PHONE)),
    Picture("34-parking", "supervisor", "/parking/", (WIDE, PHONE)),
    Picture("35-media", "supervisor", "/supervision/media/", (WIDE,), first_line),
    Picture("36-duty", "supervisor", "/duty/now/", (WIDE, PHONE)),
    Picture("37-suggestion", "dispatcher", "/desk/dispatch/", (WIDE, PHONE), suggestion),
    Picture("38-directory", "supervisor", "/directory/", (WIDE,)),
    Picture("39-directory-draft", "supervisor2", "/directory/", (WIDE,), directory_draft),
    Picture("40-precedent", "dispatcher", "/precedents/?words=夜间施工噪声", (WIDE, PHONE), line_with("施工")),
    Picture("41-quarrels", "director", "/overview/quarrels/", (WIDE, PHONE)),
    Picture("42-task", "cgj", "/desk/helping/", (WIDE, PHONE), opened()),
)


def main(address: str) -> None:
    """All of them; the old ones go."""
    for old in HERE.glob("*.png"):
        old.unlink()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=list(QUIET))
        pages: dict[str, Page] = {}
        for picture in PICTURES:
            page = pages.get(picture.who) or pages.setdefault(picture.who, signed_in(browser, address, picture.who))
            for width in picture.widths:
                taken(page, picture, width)
        browser.close()
    total = sum(found.stat().st_size for found in HERE.glob("*.png"))
    sys.stdout.write(f"{len(list(HERE.glob('*.png')))} pictures, {total:,} bytes\n")
    if total > MOST_BYTES:
        sys.exit("too large: fewer pictures, or fewer colours")


def signed_in(browser: Browser, address: str, who: str) -> Page:
    """A window of that person's."""
    context = browser.new_context(
        base_url=address, locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce"
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    if who:
        page.goto("/accounts/login/")
        page.fill("[name=login]", who)
        page.fill("[name=password]", PASSWORD)
        page.click("main form[action*=login] button")
        page.wait_for_url(lambda url: "/accounts/" not in url)
    return page


def taken(page: Page, picture: Picture, width: int) -> None:
    """One picture at one width."""
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    page.goto(picture.address)
    page.context.add_cookies(
        [{"name": "django_language", "value": "en" if picture.english else "zh-hans", "url": page.url}]
    )
    page.reload()
    if picture.first:
        picture.first(page)
    page.wait_for_timeout(1200)
    image = Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    kept(image).save(HERE / f"{picture.name}-{width}.png", optimize=True)


def kept(image: Image.Image) -> Image.Image:
    """The picture in few colours, those that mean something among them."""
    found = image.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    colours = [*(found.getpalette() or [])[: COLOURS * 3], *(part for colour in KEPT for part in colour)]
    palette = Image.new("P", (1, 1))
    palette.putpalette(colours)
    return image.quantize(palette=palette, dither=Image.Dither.NONE)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
