"""One act as a page: show its form, take the post, say what happened. Every stage's act pages are made here.

A refusal keeps everything typed; somebody else's act in between is told and the form stays ready to post again.
Without script the page posts and redirects; with htmx the same form answers as a panel of the ticket page.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial, wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hotline.plumbing.clock import now
from hotline.rules.acts import Act
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.words import word
from hotline.tickets.access import OpenTicket, TicketRefused, look_at
from hotline.tickets.acting.api import DENIALS, status_of
from hotline.tickets.acting.forms import ActForm, form_of
from hotline.tickets.acting.names import books_of, names_of
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.acting.standing import why_not
from hotline.tickets.commands import Outcome, perform
from hotline.tickets.queries import TimelineEntry, since

Doer = Callable[..., Outcome]
Dress = Callable[[HttpRequest, OpenTicket, ActForm], Mapping[str, Any]]
"""Fits an act's form to one ticket (which units, what is filled in beforehand) and says what stands beside it."""
View = Callable[..., HttpResponse]
TEMPLATE = "tickets/act.html"
PANEL = "tickets/_act.html"
CONFLICT = "conflict.version"


@dataclass(frozen=True)
class ActPage:
    """What the template of an act shows. Without `open` the form only keeps what was typed and can't be posted."""

    act: str
    title: str
    number: str
    ticket_title: str
    version: int
    form: ActForm
    refusals: tuple[tuple[str, str], ...] = ()
    meanwhile: tuple[tuple[str, TimelineEntry], ...] = ()
    open: bool = True
    draft: str = ""


def is_panel(request: HttpRequest) -> bool:
    """True when only the part of a page was asked for."""
    return request.headers.get("HX-Request") == "true"


def signed_in(view: View) -> View:
    """Sends to the sign-in page; a panel asks the browser to go there, and to come back to the page around it."""
    guarded = login_required(view)

    @wraps(view)
    def look(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated or not is_panel(request):
            return guarded(request, *args, **kwargs)
        if _by_itself(request):
            return HttpResponse(status=204)
        here = urlsplit(request.headers.get("Referer", "")).path
        back = request.GET.get("next") or request.POST.get("next") or here or "/"
        return HttpResponse(status=204, headers={"HX-Redirect": f"{reverse('account_login')}?next={back}"})

    return look


def _by_itself(request: HttpRequest) -> bool:
    """True for a part of a page that fetches itself when it is scrolled to: nobody is sent away for having scrolled."""
    source = request.headers.get("HX-Source")
    return request.method == "GET" and bool(source) and source == request.headers.get("HX-Target")


def act_page(act: type[Act], *, do: Doer = perform, template: str = TEMPLATE, dress: Dress | None = None) -> View:
    """The view of one act: GET shows its form, POST does it. `do` is the command, `perform` for most."""
    form_class = form_of(act)
    show = partial(_shown, template=template, dress=dress)

    @signed_in
    @require_http_methods(["GET", "POST"])
    def view(request: HttpRequest, number: str) -> HttpResponse:
        actor = actor_of(request)
        try:
            opened = look_at(number, actor=actor)
        except TicketRefused as refused:
            gone = Refusal("ticket.gone", {"number": number}) if request.method == "POST" else refused.refusal
            raise Http404(render(gone, lang_of(request))) from refused
        if request.method == "POST":
            return _posted(request, opened, form_class, do, show)
        refusals = _refused_before(request, opened, act)
        form = form_class(lang=lang_of(request), names=names_of(request))
        return show(request, opened, form, refusals=refusals)

    view.__name__ = act.name
    return view


def _refused_before(request: HttpRequest, opened: OpenTicket, act: type[Act]) -> tuple[Refusal, ...]:
    moment = now()
    book = books_of(request).at(moment, opened.state.profile)
    return why_not(opened.state, act, actor=actor_of(request), book=book, now=moment)


def _posted(request: HttpRequest, opened: OpenTicket, form_class: type[ActForm], do: Doer, show: View) -> HttpResponse:
    form = form_class(request.POST, lang=lang_of(request), names=names_of(request))
    denials = tuple(r for r in _refused_before(request, opened, form_class.act_class) if r.code in DENIALS)
    act = form.act()
    if act is None or denials:
        return show(request, opened, form, refusals=denials)
    outcome = do(number=opened.row.number, act=act, actor=actor_of(request), now=now(), version=_version(request))
    if outcome.ok:
        return _done(request, opened, form_class.act_class)
    if any(r.code == CONFLICT for r in outcome.refusals):
        return _moved_on(request, form, show)
    form.refuse(r for r in outcome.refusals if r.field)
    return show(request, opened, form, refusals=tuple(r for r in outcome.refusals if not r.field))


def _version(request: HttpRequest) -> int | None:
    """The version of the ticket that the person saw when the form was opened."""
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 10 else None


def _moved_on(request: HttpRequest, form: ActForm, show: View) -> HttpResponse:
    """Somebody acted in between. One's own same act is a button pressed twice: it is done, and nothing is wrong."""
    actor = actor_of(request)
    opened = look_at(request.resolver_match.kwargs["number"] if request.resolver_match else "", actor=actor)
    entries = since(opened, version=_version(request) or 0, actor=actor)
    act = form.act_class
    if len(entries) == 1 and (entries[0].act, entries[0].actor) == (act.name, actor.id):
        return _done(request, opened, act)
    refusals = _refused_before(request, opened, act)
    return show(request, opened, form, refusals=refusals, meanwhile=entries)


def _done(request: HttpRequest, opened: OpenTicket, act: type[Act]) -> HttpResponse:
    number = opened.row.number
    done = _("工单 %(number)s：“%(act)s”已完成。") % {"number": number, "act": word(act.name, lang_of(request))}
    messages.success(request, done, extra_tags=f"draft:{draft_of(act, number)}")
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    place = target if safe and target.startswith("/") else reverse("ticket", args=[number])
    if is_panel(request):
        return HttpResponse(status=204, headers={"HX-Redirect": place})
    return HttpResponseRedirect(place)


def draft_of(act: type[Act], number: str) -> str:
    """Under which name the browser keeps what is typed into this form until it is done."""
    return f"{act.name}/{number}"


def _shown(
    request: HttpRequest,
    opened: OpenTicket,
    form: ActForm,
    *,
    template: str,
    dress: Dress | None,
    refusals: tuple[Refusal, ...] = (),
    meanwhile: tuple[TimelineEntry, ...] = (),
) -> HttpResponse:
    lang, act = lang_of(request), form.act_class
    beside = dress(request, opened, form) if dress else {}
    page = ActPage(
        act=act.name,
        title=word(act.name, lang),
        number=opened.row.number,
        ticket_title=opened.row.title,
        version=opened.state.version,
        form=form,
        refusals=tuple((r.code, render(r, lang)) for r in refusals),
        meanwhile=tuple((word(f"event.{e.name}", lang), e) for e in meanwhile),
        open=not _refused_before(request, opened, act),
        draft=draft_of(act, opened.row.number),
    )
    follow = request.POST.get("next") or request.GET.get("next", "")
    context = {"page": page, "next": follow, "now": now(), "panel": is_panel(request), **beside}
    status = _status(refusals, meanwhile, bound=form.is_bound)
    return render_page(request, PANEL if is_panel(request) else template, context, status=status)


def _status(refusals: tuple[Refusal, ...], meanwhile: tuple[TimelineEntry, ...], *, bound: bool) -> int:
    if refusals:
        return status_of(refusals)
    if meanwhile:
        return 409
    return 422 if bound else 200


def act_urls(acts: tuple[type[Act], ...], **special: View) -> list[Any]:
    """URL patterns `<act>/<number>/` of a stage's acts; `special` views replace the common one."""
    return [
        path(f"{act.name.replace('_', '-')}/<str:number>/", special.get(act.name) or act_page(act), name=act.name)
        for act in acts
    ]
