"""Pages as one person sees them, without a browser: signed in, in Chinese unless told otherwise, at a given moment."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from html import unescape

from django.conf import settings
from django.test import Client

from hotline.plumbing.clock import frozen
from tests.cast import Cast

BACKEND = "hotline.registry.people.backend.StaffBackend"
ALLOWED_LATIN = {"English", "Ctrl", "Alt", "Enter", "Esc"}
"""The name of the other language in itself, and what stands on keys."""
HIDDEN = re.compile(r"<(script|style|head)\b.*?</\1>|<!--.*?-->", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
SAID = re.compile(r'(?:title|placeholder|aria-label|alt|label)="([^"]*)"')
LATIN = re.compile(r"[A-Za-z][A-Za-z_]{2,}")


def signed_in(cast: Cast, who: str, *, lang: str = "zh-hans", panel: bool = False) -> Client:
    """A client of that person."""
    headers = {"X-Hotline-Client": "127.0.0.1"}
    client = Client(headers=headers | ({"HX-Request": "true"} if panel else {}))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = lang
    client.force_login(cast.user(who), backend=BACKEND)
    return client


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """The clock stands at that moment for pages and commands."""
    with frozen(moment):
        yield


def said(html: str) -> str:
    """The words of a page, those that only the pointer or a screen reader meets among them."""
    body = HIDDEN.sub(" ", html)
    return unescape(" ".join([*SAID.findall(body), TAG.sub(" ", body)]))


def latin(html: str) -> set[str]:
    """English words and identifiers that a Chinese page says; there should be none."""
    return set(LATIN.findall(said(html))) - ALLOWED_LATIN
