"""`/clocks/`: tickets that the clock engine set aside, why, and a way to try again. For the system administrator."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST

from hotline.desks.administration.doors import operators
from hotline.desks.time_words import Moment, moment_words
from hotline.oversight.clocks.faults import FaultLine, fault_lines, fault_number, try_again
from hotline.plumbing.clock import now
from hotline.rules.sentences import render
from hotline.tickets.acting.person import lang_of
from hotline.tickets.firing import due_number

PAGE: Final = 50
LARGEST: Final = 2**63 - 1
WHY: Final[Mapping[str, str]] = {
    "Refused": gettext_noop("催办阶梯与流转规则对不上，请交给维护人员"),
    "IntegrityError": gettext_noop("写入时与已有记录冲突，请先检查台账"),
    "ValueError": gettext_noop("工单的数据读不懂，请先检查台账"),
    "NoProfile": gettext_noop("工单所用的规则方案或者名录找不到，请核对城市数据"),
    "KeyError": gettext_noop("工单所用的规则方案或者名录找不到，请核对城市数据"),
}
OTHERWISE: Final = gettext_noop("程序出错，请把技术信息交给维护人员")


@dataclass(frozen=True)
class Row:
    """One ticket as the page prints it."""

    id: int
    number: str
    why: str
    error: str
    tries: int
    first: Moment
    last: Moment


def _row(line: FaultLine, at: datetime) -> Row:
    why = WHY.get(line.error.partition(":")[0], OTHERWISE)
    return Row(
        id=line.id,
        number=line.number,
        why=_(why),
        error=line.error,
        tries=line.tries,
        first=moment_words(line.first_at, at),
        last=moment_words(line.at, at),
    )


@operators
@require_GET
def fault_list(request: HttpRequest) -> HttpResponse:
    """The newest first, with how many clocks wait for the next pass."""
    moment, before = now(), _before(request)
    lines = fault_lines(before=before, limit=PAGE + 1)
    context = {
        "rows": [_row(line, moment) for line in lines[:PAGE]],
        "aside": fault_number(),
        "due": due_number(now=moment),
        "next_key": lines[PAGE - 1].id if len(lines) > PAGE else None,
        "first_page": before is None,
    }
    return render_page(request, "desks/clocks/list.html", context)


def _before(request: HttpRequest) -> int | None:
    asked = request.GET.get("after", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 19 else None


@operators
@require_POST
def retry_one(request: HttpRequest, number: int) -> HttpResponse:
    """The ticket's clocks fire now, or the page says why not."""
    refusal = try_again(fault_id=min(number, LARGEST), now=now())
    if refusal is None:
        messages.success(request, _("这张工单的时限已正常处理。"))
    else:
        messages.error(request, render(refusal, lang_of(request)))
    return HttpResponseRedirect(reverse("clock-faults"))
