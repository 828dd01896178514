"""What a ticket's citizen was told and who was rung for it: a part of the ticket page, and a page by itself."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hotline.desks.duty.pages import now_of
from hotline.desks.messages.lines import rung_line, sees_number, told_lines
from hotline.oversight.messaging.queries import rings_of, told_of, wants_none
from hotline.oversight.messaging.resending import may_act, note_wish, send_again
from hotline.plumbing.clock import now
from hotline.registry.duty.standing import reads, reads_all
from hotline.rules.jurisdiction import only_lead
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.vocabulary import AT_UNIT, Stage
from hotline.tickets.acting.names import books_of
from hotline.tickets.acting.pages import is_panel, signed_in
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.queries import TicketRow, rows_of

LARGEST = 2**63 - 1
BEFORE = frozenset({Stage.REGISTERED, Stage.PENDING_DISPATCH})
"""Whoever dispatches wants to know who would answer."""


@signed_in
@require_GET
def told(request: HttpRequest, number: str) -> HttpResponse:
    """`/tickets/<number>/told/`: messages, rings, and who is on duty at the unit that has the ticket."""
    row = _row(request, number)
    lang, moment, actor = lang_of(request), now(), actor_of(request)
    unit = _whose_turn(request, row)
    context: dict[str, Any] = {
        "row": row,
        "told": told_lines(told_of(number), moment, lang),
        "rings": [rung_line(one, numbers=sees_number(actor, one), now=moment, lang=lang) for one in rings_of(number)],
        "line": now_of(request, unit) if unit and reads(actor, unit) else None,
        "asks_any": reads_all(actor) and Stage(row.stage) in BEFORE,
        "acts": may_act(actor),
        "wants_none": wants_none(number),
    }
    template = "desks/messages/_told.html" if is_panel(request) else "desks/messages/told.html"
    answer = render_page(request, template, context)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _whose_turn(request: HttpRequest, row: TicketRow) -> str:
    """The unit that has the ticket; before that the one which the directory names, if exactly one."""
    if Stage(row.stage) in AT_UNIT:
        return row.lead_unit
    if Stage(row.stage) not in BEFORE:
        return ""
    moment = now()
    directory = books_of(request).at(moment).directory
    return only_lead(directory, category=row.category, region=row.region, at=moment) or ""


def _row(request: HttpRequest, number: str) -> TicketRow:
    rows = rows_of([number], actor=actor_of(request))
    if not rows:
        raise Http404(render(Refusal("ticket.not_found", {"number": number[:32]}), lang_of(request)))
    return rows[0]


@signed_in
@require_POST
def resend(request: HttpRequest, number: str, told_id: int) -> HttpResponse:
    """A message that failed is sent again."""
    refusal = send_again(number=number, told_id=min(told_id, LARGEST), actor=actor_of(request), now=now())
    return _back(request, number, refusal, _("短信已重新排队发送。"))


@signed_in
@require_POST
def wish(request: HttpRequest, number: str) -> HttpResponse:
    """Whether the requester wants messages about this ticket."""
    wants = request.POST.get("wants") == "yes"
    refusal = note_wish(number=number, wants=wants, actor=actor_of(request), now=now())
    return _back(request, number, refusal, _("已恢复发短信。") if wants else _("已记下：不再发短信。"))


def _back(request: HttpRequest, number: str, refusal: Refusal | None, done: str) -> HttpResponse:
    lang = lang_of(request)
    if refusal is not None and refusal.code == "ticket.not_found":
        raise Http404(render(refusal, lang))
    if refusal is not None and refusal.code == "told.denied":
        raise PermissionDenied(render(refusal, lang))
    if refusal is None:
        messages.success(request, done)
    else:
        messages.error(request, render(refusal, lang))
    return HttpResponseRedirect(reverse("ticket-told", args=[number]))
