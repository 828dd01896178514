"""One act as a page: show its form, take the post, say what happened. Every stage's act pages are made here.

A refusal keeps everything typed; somebody else's act in between is told and the form stays ready to post again.
Without script the page posts and redirects; with htmx the same template answers a panel of the ticket page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hotline.plumbing.clock import now, today
from hotline.rules.acts import Act
from hotline.rules.lifecycle import Actor, allowed
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.words import word
from hotline.tickets.access import OpenTicket, TicketRefused, look_at
from hotline.tickets.acting.forms import ActForm, form_of
from hotline.tickets.acting.names import names
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.commands import Outcome, perform
from hotline.tickets.rulebook import rulebook

Doer = Callable[..., Outcome]
TEMPLATE = "tickets/act.html"


@dataclass(frozen=True)
class ActPage:
    """What the template of an act shows."""

    act: str
    title: str
    number: str
    ticket_title: str
    version: int
    form: ActForm
    refusals: tuple[str, ...] = ()
    moved_on: bool = False


def act_page(act: type[Act], *, do: Doer = perform, template: str = TEMPLATE) -> Callable[..., HttpResponse]:
    """The view of one act: GET shows its form, POST does it. `do` is the command, `perform` for most."""
    form_class = form_of(act)

    @login_required
    @require_http_methods(["GET", "POST"])
    def view(request: HttpRequest, number: str) -> HttpResponse:
        actor = actor_of(request)
        try:
            opened = look_at(number, actor=actor)
        except TicketRefused as refused:
            raise Http404(render(refused.refusal, lang_of(request))) from refused
        if request.method == "POST":
            return _posted(request, opened, form_class, do, template)
        refusal = _not_offered(opened, act, actor)
        form = form_class(lang=lang_of(request), names=names(today()))
        return _shown(request, opened, form, template, refusals=refusal, status=409 if refusal else 200)

    view.__name__ = act.name
    return view


def _not_offered(opened: OpenTicket, act: type[Act], actor: Actor) -> tuple[Refusal, ...]:
    moment = now()
    rows = allowed(opened.state, actor=actor, book=rulebook(now=moment, profile=opened.state.profile), now=moment)
    if any(row.act is act for row in rows):
        return ()
    return (Refusal("act.not_now", {"act": act.name, "stage": opened.state.stage}),)


def _posted(
    request: HttpRequest, opened: OpenTicket, form_class: type[ActForm], do: Doer, template: str
) -> HttpResponse:
    form = form_class(request.POST, lang=lang_of(request), names=names(today()))
    act = form.act()
    if act is None:
        return _shown(request, opened, form, template, status=422)
    version = request.POST.get("version", "")
    outcome = do(
        number=opened.row.number,
        act=act,
        actor=actor_of(request),
        now=now(),
        version=int(version) if version.isdecimal() else None,
    )
    if outcome.ok:
        return _done(request, opened, form_class.act_class)
    form.refuse(r for r in outcome.refusals if r.field)
    top = tuple(r for r in outcome.refusals if not r.field)
    return _shown(request, opened, form, template, refusals=top, status=409 if top else 422)


def _done(request: HttpRequest, opened: OpenTicket, act: type[Act]) -> HttpResponse:
    number = opened.row.number
    lang = lang_of(request)
    messages.success(request, _("%(number)s 已%(act)s。") % {"number": number, "act": word(act.name, lang)})
    target = request.POST.get("next", "")
    safe = target if target.startswith("/") and not target.startswith("//") else reverse("ticket", args=[number])
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": safe})
    return HttpResponseRedirect(safe)


def _shown(
    request: HttpRequest,
    opened: OpenTicket,
    form: ActForm,
    template: str,
    *,
    refusals: tuple[Refusal, ...] = (),
    status: int = 200,
) -> HttpResponse:
    lang = lang_of(request)
    page = ActPage(
        act=form.act_class.name,
        title=word(form.act_class.name, lang),
        number=opened.row.number,
        ticket_title=opened.row.title,
        version=look_again(opened, refusals, request),
        form=form,
        refusals=tuple(render(r, lang) for r in refusals),
        moved_on=any(r.code == "conflict.version" for r in refusals),
    )
    context: dict[str, Any] = {"page": page, "next": request.POST.get("next") or request.GET.get("next", "")}
    return render_page(request, template, context, status=status)


def look_again(opened: OpenTicket, refusals: tuple[Refusal, ...], request: HttpRequest) -> int:
    """The version the form goes out with: after a conflict the present one, so that posting again is a decision."""
    if any(r.code == "conflict.version" for r in refusals):
        return look_at(opened.row.number, actor=actor_of(request)).state.version
    return opened.state.version


def act_urls(acts: tuple[type[Act], ...], **special: Callable[..., HttpResponse]) -> list[Any]:
    """URL patterns `<act>/<number>/` of a stage's acts; `special` views replace the common one."""
    from django.urls import path

    return [
        path(f"{act.name.replace('_', '-')}/<str:number>/", special.get(act.name) or act_page(act), name=act.name)
        for act in acts
    ]
