"""What clumsy, hurried and unlucky people do to a page, and how a test looks at what they see then."""

from typing import Final

from playwright.sync_api import Browser, BrowserContext, Page

MESS: Final = (
    "<script>alert(1)</script><b onclick=x>粗体</b> & {{ page }} {% now %} \"引号\" 'x' 😀👨‍👩‍👧‍👦🀄 "
    "零\u200b宽\u200d字\ufeff符 \u202e倒着的字\u202c \u2067RTL عربى\u2069 Ａ１２３　全角空格\t制表符 "
    "https://evil.example/x "
)
"""Markup, template signs, emoji, joined signs, signs that cannot be seen, and writing from right to left."""


def pasted(length: int) -> str:
    """So many signs of it, in lines, as somebody pastes a forwarded message."""
    text = (MESS + "\n") * (length // len(MESS) + 1)
    return text[: length - 1] + "。"


def told(page: Page, selector: str = ".notice, .error, .flash, #trouble, .problem") -> list[str]:
    """What the page says of itself that can be read without scrolling, in its order."""
    script = """selector => [...document.querySelectorAll(selector)].filter(one => {
        const box = one.getBoundingClientRect();
        return one.checkVisibility() && box.height && box.top < innerHeight && box.bottom > 0;
    }).map(one => one.innerText.trim()).filter(Boolean)"""
    return list(page.evaluate(script, selector))


def fits(page: Page) -> bool:
    """Nothing of the page stands outside the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"))


def another_browser(browser: Browser, page: Page) -> Page:
    """The same person at a machine whose browser was closed: signed in again, with empty hands."""
    context = _like(browser, page)
    kept = [cookie for cookie in page.context.cookies() if cookie["name"] == "hotline_session"]
    context.add_cookies(kept)  # type: ignore[arg-type]  # what cookies() gives is what add_cookies() takes
    fresh = context.new_page()
    fresh.set_default_timeout(15_000)
    return fresh


def _like(browser: Browser, page: Page) -> BrowserContext:
    base = page.evaluate("location.origin")
    return browser.new_context(
        base_url=base,
        viewport=page.viewport_size,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
        extra_http_headers={"X-Hotline-Client": "127.0.0.1"},
    )
