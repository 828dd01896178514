"""How a page is looked at: by axe, at three widths, by keyboard, for the other language, for what did not load.

Used by test_every_page.py. One browser window for each person, kept; axe once for each page.
"""

import re
from contextvars import Token
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, ViewportSize

from hotline.rules.lifecycle import TABLE
from tests.access.people import STRANGER
from tests.browser.test_barriers import AXE
from tests.cast import PEOPLE, REQUESTER, Cast
from tests.visits import BACKEND, latin, said

WIDTHS: Final = (1440, 1280, 390)
CLIENT: Final = {"X-Hotline-Client": "127.0.0.1"}
CHINESE: Final = re.compile(r"[\u4e00-\u9fff]+")
BY_RIGHT: Final = {
    "中文", "简体中文", "公积金", "提取", "热督办", "热平督", "热重督", "热专督", "热现督", "热媒移",
    "热交办", "热通报", "国办发明电", "放假", "日放假调休", "日至", "周六",
    "抄送", "督导", "市编办", "号复函",
}  # fmt: skip
"""Chinese on an English page: a language in itself, what one may look for in a knowledge base written in Chinese,
the words of an official number, how a notice of the State Council is worded,
what stands in the cells of the directory that officials sign."""
CODES: Final = re.compile(
    "|".join(
        (
            *(re.escape(person.username) for person in PEOPLE),
            r"\d+[A-Z]{2}\d+",  # a ticket's number
            r"(?<![A-Za-z])[A-Z]{2,7}(-[A-Z]{2,6})?(?![A-Za-z])",  # a unit's code, CSV, PDF
            r"\d+o?min",  # how a limit is written in a profile
            r"PostgreSQL|Windows|Chrome|Linux|Word|xlsx?|docx?|pdf|txt|jpe?g|png|hefei",
        )
    )
)
"""What is written in Latin letters on a Chinese page by right: codes, accounts, names of programs and of files."""
PAPERS: Final = re.compile("/papers?/|^/minutes/")
"""Official papers are Chinese, whoever prints them."""
BOTH: Final = "/citizen-messages/"
"""What citizens are told stands there in both languages."""
GRAVE: Final = """async part => (await axe.run(part || document, HOW)).violations
    .filter(v => ["serious", "critical"].includes(v.impact))
    .map(v => `${v.id}: ${v.nodes.map(n => n.target.join(" ")).slice(0, 3).join(", ")}`)
""".replace("HOW", '{resultTypes: ["violations"], preload: false, iframes: false}')
"""What axe finds that keeps somebody out; it does not fetch the style sheets a second time."""
SEEN: Final = """() => {
    const faults = [];
    const shown = [...document.querySelectorAll("h1")].filter(one => one.checkVisibility());
    if (shown.length !== 1) faults.push(`${shown.length} headings of the first order`);
    if (!/\\S.*/.test(document.title.replace(/^[ ·]+/, ""))) faults.push("no title");
    return faults;
}"""
WIDE: Final = """width => {
    const most = document.documentElement.scrollWidth;
    if (most <= width) return "";
    const outside = [...document.querySelectorAll("main *")]
        .filter(one => one.getBoundingClientRect().right > width + 1);
    return `${most} px wide on a screen of ${width}: ${outside.slice(0, 2).map(one => one.className || one.tagName)}`;
}"""
FIRST: Final = """() => {
    const stops = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
    const first = [...document.querySelectorAll(stops)].find(one => one.checkVisibility());
    return !first || first.matches(".skip") ? "" : `the first stop is ${first.outerHTML.slice(0, 80)}`;
}"""
FOCUSED: Final = """() => {
    const look = one => [one, one.parentElement, one.closest("tr, .choice, .find, label, li")].map(part => {
        if (!part) return "";
        const own = getComputedStyle(part), in_it = getComputedStyle(part.cells?.[0] ?? part);
        const line = own.outlineStyle === "none" ? "" : own.outlineWidth + own.outlineColor;
        const edge = [line, own.boxShadow, own.borderColor, in_it.boxShadow];
        return [...edge, own.backgroundColor, in_it.backgroundColor].join();
    }).join("|");
    const kinds = new Map();
    const stops = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
    for (const one of document.querySelectorAll(stops)) {
        if (!one.checkVisibility() || one.disabled) continue;
        const kind = `${one.parentElement.className}>${one.tagName}.${one.className}.${one.type ?? ""}`;
        if (!kinds.has(kind)) kinds.set(kind, one);
    }
    const unseen = [];
    for (const [kind, one] of kinds) {
        document.activeElement.blur();
        const before = look(one);
        one.focus({preventScroll: true, focusVisible: true});
        if (document.activeElement === one && look(one) === before) unseen.push(kind);
    }
    return unseen;
}"""


@dataclass
class HeldClock:
    """Stands in for the clock's own variable, which each thread has for itself: pages are served by other threads."""

    at: datetime | None = None

    def get(self) -> datetime | None:
        """The moment that is held."""
        return self.at

    def set(self, at: datetime) -> datetime | None:
        """`frozen` holds another for a while."""
        before, self.at = self.at, at
        return before

    def reset(self, before: datetime | Token[Any] | None) -> None:
        """`frozen` is over."""
        self.at = before if isinstance(before, datetime) else None


@dataclass(frozen=True)
class Look:
    """One page to look at: its address, by whom, when, and what answer is right."""

    address: str
    who: str
    at: datetime
    status: int = 200

    def __str__(self) -> str:
        return f"{self.address} ({self.who})"


@dataclass
class Lookers:
    """The windows of everybody who looks, and what each met on the way."""

    browser: Browser
    url: str
    cast: Cast
    clock: HeldClock
    known: str = ""
    _pages: dict[str, Page] = field(default_factory=dict)
    _clients: dict[tuple[str, str], Client] = field(default_factory=dict)
    _met: list[str] = field(default_factory=list)
    _framed: set[str] = field(default_factory=set)

    def client(self, who: str, lang: str) -> Client:
        """The person without a browser."""
        key = (who, lang)
        if key not in self._clients:
            client = self._clients[key] = Client(headers=CLIENT)
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = lang
            if who != STRANGER:
                client.force_login(self.cast.user(who), backend=BACKEND)
        return self._clients[key]

    def window(self, who: str) -> Page:
        """The person's own window."""
        if who not in self._pages:
            context = self.browser.new_context(
                viewport=_screen(WIDTHS[0]),
                base_url=self.url,
                locale="zh-CN",
                timezone_id="Asia/Shanghai",
                reduced_motion="reduce",
                extra_http_headers=CLIENT,
            )
            context.add_init_script(path=AXE)
            if who != STRANGER:
                name = settings.SESSION_COOKIE_NAME
                value = self.client(who, "zh-hans").cookies[name].value
                context.add_cookies([{"name": name, "value": value, "url": self.url}])
            page = self._pages[who] = context.new_page()
            page.on("console", self._said)
            page.on("pageerror", lambda error: self._met.append(f"script: {error}"))
            page.on("response", self._answered)
        return self._pages[who]

    def _said(self, line: ConsoleMessage) -> None:
        if line.type == "error" and "Failed to load resource" not in line.text:
            self._met.append(f"console: {line.text[:200]}")

    def _answered(self, answer: Response) -> None:
        live = answer.url.endswith("/live/")  # the stream comes from a process that tests do without
        if answer.status >= 400 and not live and not answer.request.is_navigation_request():
            self._met.append(f"{answer.status} {answer.url.removeprefix(self.url)}")

    def faults(self, look: Look) -> list[str]:
        """Everything that is wrong with the page."""
        self.clock.at = look.at
        page, found = self.window(look.who), list[str]()
        self._met.clear()
        page.set_viewport_size(_screen(WIDTHS[0]))
        answer = page.goto(look.address, wait_until="load")
        assert answer is not None
        if answer.status != look.status:
            return [f"{look}: answered {answer.status}"]
        found += page.evaluate(SEEN)
        found += page.evaluate(GRAVE, self._part(page, look.who))
        found += self._by_keyboard(page)
        for width in WIDTHS:
            if width != WIDTHS[0]:
                page.set_viewport_size(_screen(width))
            found.append(page.evaluate(WIDE, width))
        if not look.address.startswith(BOTH):
            found += [f"not Chinese: {word}" for word in sorted(latin(CODES.sub(" ", said(page.content()))))]
            found += self._in_english(look)
        return [f"{look}: {fault}" for fault in (*found, *self._met) if fault]

    def _part(self, page: Page, who: str) -> str:
        """What axe goes through: bars and menus of a person are the same on each page, once is enough."""
        if page.locator(".shell").count() == 0 or who not in self._framed:
            self._framed.add(who)
            return ""
        return "main"

    def _by_keyboard(self, page: Page) -> list[str]:
        if page.locator(".shell").count() == 0:
            return [f"focus is not seen: {kind}" for kind in page.evaluate(FOCUSED)]
        page.keyboard.press("Tab")
        return [page.evaluate(FIRST), *(f"focus is not seen: {kind}" for kind in page.evaluate(FOCUSED))]

    def _in_english(self, look: Look) -> list[str]:
        if PAPERS.search(look.address):
            return []
        answer: Any = self.client(look.who, "en").get(look.address, follow=True)
        if answer.status_code != look.status:
            return [f"answered {answer.status_code} in English"]
        runs = set(CHINESE.findall(said(answer.content.decode()))) - BY_RIGHT
        return [f"not English: {words}" for words in sorted(runs) if words not in self.known]


def _screen(width: int) -> ViewportSize:
    return {"width": width, "height": 900}


def everything_stored() -> str:
    """All text of the database, who asked, and the titles of laws: what a page says in Chinese besides is its own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(relname) FROM pg_class WHERE relkind = 'r' AND relname !~ '^(procrastinate|django)_'"
            " AND relnamespace = current_schema()::regnamespace"
        )
        tables = [name for (name,) in cursor.fetchall()]
        texts = []
        for table in tables:
            cursor.execute(f"SELECT coalesce(string_agg(t::text, E'\\n'), '') FROM {table} t")  # noqa: S608  # names of our own tables
            texts.append(cursor.fetchone()[0])
    sealed = REQUESTER.values()
    grounds = (row.basis for row in TABLE)
    return "\n".join([*texts, *sealed, *grounds])
