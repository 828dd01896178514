"""`/callback/samples/`: direct answers that were drawn, one call each, what follows, and the drawing to be repeated."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hotline.plumbing.clock import now
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.vocabulary import Rating, Role
from hotline.stages.callback.commands.sampling import (
    Done,
    hold_sample,
    miss_sample,
    open_linked,
    record_sample,
    send_correction,
    show_sample_number,
)
from hotline.stages.callback.forms import CorrectionForm, FollowForm, SampleForm
from hotline.stages.callback.pages.desk import CALLERS, READERS, allowed
from hotline.stages.callback.queries.samples import draws, first_waiting, redrawn, sample_page, samples
from hotline.tickets.access import TicketRefused
from hotline.tickets.acting.api import status_of
from hotline.tickets.acting.names import books_of, names_of
from hotline.tickets.acting.pages import signed_in
from hotline.tickets.acting.person import lang_of

OPENERS = frozenset({Role.TEAM_LEADER})
CORRECTORS = frozenset({Role.TEAM_LEADER, Role.REVIEWER})


@signed_in
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """`/callback/samples/`: what is to be rung, what is to be followed up, and the drawings."""
    actor = allowed(request, READERS)
    everything = request.GET.get("all") == "1"
    context = {
        "lines": samples(lang_of(request), open_only=not everything),
        "draws": draws(),
        "everything": everything,
        "calls": bool(actor.roles & CALLERS),
    }
    return render_page(request, "callback/samples.html", context)


@signed_in
@require_GET
def drawing(request: HttpRequest, day: str) -> HttpResponse:
    """`/callback/samples/<day>/`: seed, share and numbers, drawn again before the reader's eyes."""
    allowed(request, READERS)
    try:
        found = redrawn(date.fromisoformat(day))
    except ValueError:
        found = None
    if found is None:
        raise Http404(_("那一天没有抽样。"))
    return render_page(request, "callback/drawing.html", {"draw": found})


@signed_in
@require_http_methods(["GET", "POST"])
def sample(request: HttpRequest, number: str) -> HttpResponse:
    """`/callback/sample/<number>/`: one call about a direct answer."""
    if request.method == "GET":
        return _shown(request, number, allowed(request, READERS))
    actor = allowed(request, CALLERS)
    form = SampleForm(request.POST, lang=lang_of(request))
    if request.POST.get("contact") == "missed":
        return _after(request, number, actor, miss_sample(number=number, actor=actor, now=now()), form)
    if not form.is_valid() or not form.cleaned_data["rating"]:
        form.add_error("rating", _("请回答这一项。"))
        return _shown(request, number, actor, form=form, status=422)
    done = record_sample(
        number=number,
        rating=Rating(int(form.cleaned_data["rating"])),
        words=form.cleaned_data["words"].strip(),
        actor=actor,
        now=now(),
    )
    return _after(request, number, actor, done, form)


@signed_in
@require_POST
def sample_phone(request: HttpRequest, number: str) -> HttpResponse:
    """`/callback/sample/<number>/phone/`: the number in full; the look is put on record."""
    actor = allowed(request, CALLERS)
    try:
        found = show_sample_number(number=number, actor=actor, now=now())
    except TicketRefused as refused:
        raise Http404(render(refused.refusal, lang_of(request))) from refused
    return _shown(request, number, actor, refusals=found.refusals, contact=found.contact)


@signed_in
@require_POST
def follow(request: HttpRequest, number: str) -> HttpResponse:
    """`/callback/sample/<number>/follow/`: a ticket of its own, or a correction of the knowledge base."""
    wants_ticket = request.POST.get("how") == "ticket"
    actor = allowed(request, OPENERS if wants_ticket else CORRECTORS)
    said = {
        name: request.POST.get(name, "").strip().replace("\x00", "") for name in ("title", "content", "code", "text")
    }
    if wants_ticket:
        done = open_linked(number=number, title=said["title"], content=said["content"], actor=actor, now=now())
    else:
        done = send_correction(number=number, code=said["code"], text=said["text"], actor=actor, now=now())
    if not done.ok:
        return _shown(request, number, actor, refusals=done.refusals, typed=said)
    if done.number:
        messages.success(request, _("已另立工单 %(number)s 并送转办。") % {"number": done.number})
        return HttpResponseRedirect(reverse("ticket", args=[done.number]))
    messages.success(request, _("已把知识纠错送给维护单位。"))
    return HttpResponseRedirect(reverse("callback-samples"))


def _after(request: HttpRequest, number: str, actor: Actor, done: Done, form: SampleForm) -> HttpResponse:
    if not done.ok:
        return _shown(request, number, actor, form=form, refusals=done.refusals)
    messages.success(request, _("抽样 %(number)s 已登记。") % {"number": number})
    following = first_waiting(but=number)
    if following:
        return HttpResponseRedirect(reverse("callback-sample", args=[following]))
    return HttpResponseRedirect(reverse("callback-samples"))


def _shown(
    request: HttpRequest,
    number: str,
    actor: Actor,
    *,
    form: SampleForm | None = None,
    refusals: tuple[Refusal, ...] = (),
    contact: Any = None,
    typed: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    moment, lang = now(), lang_of(request)
    calls = bool(actor.roles & CALLERS)
    try:
        held = hold_sample(number=number, actor=actor, now=moment) if calls else None
        page = sample_page(
            number, actor=actor, known=names_of(request), books=books_of(request), lang=lang, now=moment, held=held
        )
    except TicketRefused as refused:
        raise Http404(render(refused.refusal, lang)) from refused
    if page is None:
        raise Http404(render(Refusal("ticket.not_found", {"number": number}), lang))
    initial = {"title": page.title, "content": page.content}
    context = {
        "page": page,
        "form": form or SampleForm(lang=lang),
        "follow": FollowForm(initial=typed or initial),
        "correction": CorrectionForm(initial=typed, items=page.items),
        "refusals": tuple((r.code, render(r, lang)) for r in refusals),
        "disclosed": contact,
        "calls": calls,
        "opens_tickets": bool(actor.roles & OPENERS),
        "corrects": bool(actor.roles & CORRECTORS),
    }
    return render_page(request, "callback/sample.html", context, status=status_of(refusals) if refusals else status)
