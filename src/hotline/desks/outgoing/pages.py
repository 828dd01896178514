"""`/messages/`: what waits to be sent, what failed and why; send again or cancel. For the system administrator only."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hotline.desks.administration.doors import operators
from hotline.desks.outgoing.lines import STATES, row
from hotline.plumbing.clock import now
from hotline.plumbing.outbox.commands import cancel, resend
from hotline.plumbing.outbox.queries import message_lines, open_counts
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.tickets.acting.person import lang_of

View = Callable[..., HttpResponse]
PAGE: Final = 50
LARGEST: Final = 2**63


@dataclass(frozen=True)
class Tab:
    """Messages in one state, with how many there are."""

    key: str
    title: str
    number: int


@operators
@require_GET
def message_list(request: HttpRequest) -> HttpResponse:
    """Failed ones first, as they are what somebody has to look at."""
    numbers = open_counts()
    tabs = [Tab(key, _(title), numbers.get(key, 0)) for key, title in STATES.items()]
    first = "failed" if numbers["failed"] else "waiting"
    wanted = request.GET.get("state", first)
    tab = next((tab for tab in tabs if tab.key == wanted), tabs[0])
    lines = message_lines(state=tab.key, before=_before(request), limit=PAGE + 1)
    rows = [row(line, now()) for line in lines[:PAGE]]
    context = {
        "tabs": tabs,
        "tab": tab,
        "rows": rows,
        "next_key": rows[-1].id if len(lines) > PAGE else None,
        "first_page": _before(request) is None,
    }
    return render_page(request, "desks/outgoing/list.html", context)


def _before(request: HttpRequest) -> int | None:
    asked = request.GET.get("after", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 19 else None


@operators
@require_POST
def resend_one(request: HttpRequest, number: int) -> HttpResponse:
    """A failed message waits again."""
    return _back(request, resend(message_id=min(number, LARGEST - 1), now=now()), _("消息已重新排队发送。"))


@operators
@require_POST
def cancel_one(request: HttpRequest, number: int) -> HttpResponse:
    """A message is not sent any more."""
    return _back(request, cancel(message_id=min(number, LARGEST - 1), now=now()), _("消息已取消，不再发送。"))


def _back(request: HttpRequest, refusal: Refusal | None, done: str) -> HttpResponse:
    if refusal is None:
        messages.success(request, done)
    else:
        messages.error(request, render(refusal, lang_of(request)))
    return HttpResponseRedirect(reverse("outgoing"))
