"""`/callback/`: the worklist, and one call after the other. Callback officers work here all day, by keyboard."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hotline.plumbing.clock import now
from hotline.rules.acts import Act, CloseUnreached, RecordAttempt, RecordCallback
from hotline.rules.lifecycle import TABLE, Actor
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.vocabulary import Contact, Role
from hotline.rules.words import word
from hotline.stages.callback.commands.calling import leave, record, show_number, take_in_hand
from hotline.stages.callback.commands.planning import bring_up
from hotline.stages.callback.forms import ScriptForm
from hotline.stages.callback.queries.calling import call_page
from hotline.stages.callback.queries.worklist import Lane, first_free, worklist
from hotline.tickets.access import TicketRefused, look_at
from hotline.tickets.acting.api import status_of
from hotline.tickets.acting.names import books_of, names_of
from hotline.tickets.acting.pages import signed_in
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.queries import since

CALLERS = frozenset(role for row in TABLE if row.act is RecordAttempt for role in row.roles)
READERS = CALLERS | {Role.TEAM_LEADER, Role.REVIEWER, Role.SUPERVISOR, Role.DIRECTOR, Role.AUDITOR}
MOST_PAGES = 10_000
CONFLICT = "conflict.version"


def allowed(request: HttpRequest, roles: frozenset[Role]) -> Actor:
    """Who asks; PermissionDenied with the sentence for everybody else."""
    actor = actor_of(request)
    if not actor.roles & roles:
        raise PermissionDenied(render(Refusal("access.denied", {}), lang_of(request)))
    return actor


@signed_in
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """`/callback/`: what is to be done, in the plan's order."""
    actor, moment = allowed(request, READERS), now()
    bring_up(now=moment)
    asked = request.GET.get("lane", "")
    lane = next((one for one in Lane if one.value == asked), None)
    page = worklist(
        actor=actor,
        known=names_of(request),
        books=books_of(request),
        lang=lang_of(request),
        now=moment,
        lane=lane,
        page=_page(request),
    )
    return render_page(
        request, "callback/desk.html", {"page": page, "lane": lane, "calls": bool(actor.roles & CALLERS)}
    )


def _page(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return min(max(int(asked), 1), MOST_PAGES) if asked.isdecimal() and len(asked) < 6 else 1


@signed_in
@require_http_methods(["GET", "POST"])
def next_call(request: HttpRequest) -> HttpResponse:
    """`/callback/next/`: opens the next ticket to ring; the one that is left is free for others."""
    actor, moment = allowed(request, CALLERS), now()
    left = request.POST.get("leaving", "") or request.GET.get("after", "")
    if request.method == "POST" and left:
        try:
            leave(number=left, actor=actor)
        except TicketRefused as refused:
            raise Http404(render(refused.refusal, lang_of(request))) from refused
    bring_up(now=moment)
    number = first_free(actor=actor, now=moment, but=left)
    if number:
        return HttpResponseRedirect(reverse("callback-call", args=[number]))
    messages.info(request, _("现在没有要打的电话了。"))
    return HttpResponseRedirect(reverse("callback-desk"))


@signed_in
@require_http_methods(["GET", "POST"])
def call(request: HttpRequest, number: str) -> HttpResponse:
    """`/callback/call/<number>/`: the call itself; posted, what the citizen answered."""
    actor = allowed(request, CALLERS)
    if request.method == "GET":
        return shown(request, number, actor, ScriptForm(lang=lang_of(request), names=names_of(request)))
    form = ScriptForm(request.POST, lang=lang_of(request), names=names_of(request))
    act = form.act()
    if act is None:
        return shown(request, number, actor, form, status=422)
    return _record(request, number, actor, act, form)


@signed_in
@require_POST
def attempt(request: HttpRequest, number: str) -> HttpResponse:
    """`/callback/call/<number>/attempt/`: not reached, by one key."""
    actor = allowed(request, CALLERS)
    given = request.POST.get("contact", "")
    contact = next((one for one in Contact if one.value == given and one is not Contact.REACHED), None)
    form = ScriptForm(lang=lang_of(request), names=names_of(request))
    if contact is None:
        return shown(request, number, actor, form, status=422)
    return _record(request, number, actor, RecordAttempt(contact=contact), form)


@signed_in
@require_POST
def unreached(request: HttpRequest, number: str) -> HttpResponse:
    """`/callback/call/<number>/unreached/`: after all attempts; never counted as satisfied."""
    actor = allowed(request, CALLERS)
    form = ScriptForm(lang=lang_of(request), names=names_of(request))
    return _record(request, number, actor, CloseUnreached(), form)


@signed_in
@require_POST
def phone(request: HttpRequest, number: str) -> HttpResponse:
    """`/callback/call/<number>/phone/`: the number in full; the look is put on record."""
    actor = allowed(request, CALLERS)
    form = ScriptForm(lang=lang_of(request), names=names_of(request))
    try:
        found = show_number(number=number, actor=actor, now=now())
    except TicketRefused as refused:
        raise Http404(render(refused.refusal, lang_of(request))) from refused
    return shown(request, number, actor, form, refusals=found.refusals, contact=found.contact)


def _record(request: HttpRequest, number: str, actor: Actor, act: Act, form: ScriptForm) -> HttpResponse:
    outcome = record(number=number, act=act, actor=actor, now=now(), version=_version(request))
    if outcome.ok:
        lang = lang_of(request)
        what = word(act.contact, lang) if isinstance(act, RecordAttempt) else word(act.name, lang)
        done = _("工单 %(number)s：“%(act)s”已登记。") % {"number": number, "act": what}
        tag = f"draft:record_callback/{number}" if isinstance(act, RecordCallback) else ""
        messages.success(request, done, extra_tags=tag)
        return HttpResponseRedirect(f"{reverse('callback-next')}?after={number}")
    if _pressed_twice(request, number, actor, act, outcome.refusals):
        return HttpResponseRedirect(f"{reverse('callback-next')}?after={number}")
    if form.is_bound:
        form.refuse(r for r in outcome.refusals if r.field)
    top = tuple(r for r in outcome.refusals if not (form.is_bound and r.field))
    return shown(request, number, actor, form, refusals=top, status=status_of(outcome.refusals))


def _pressed_twice(request: HttpRequest, number: str, actor: Actor, act: Act, refusals: tuple[Refusal, ...]) -> bool:
    """The only thing done since the page was opened is one's own same act: it is done, and nothing is wrong."""
    if all(refusal.code != CONFLICT for refusal in refusals):
        return False
    entries = since(look_at(number, actor=actor), version=_version(request) or 0, actor=actor)
    return len(entries) == 1 and (entries[0].act, entries[0].actor) == (act.name, actor.id)


def _version(request: HttpRequest) -> int | None:
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 10 else None


def shown(
    request: HttpRequest,
    number: str,
    actor: Actor,
    form: ScriptForm,
    *,
    refusals: tuple[Refusal, ...] = (),
    contact: Any = None,
    status: int = 200,
) -> HttpResponse:
    """The call page, with the ticket in this officer's hand unless somebody else has it."""
    moment, lang = now(), lang_of(request)
    try:
        held = take_in_hand(number=number, actor=actor, now=moment)
        page = call_page(
            number,
            actor=actor,
            known=names_of(request),
            books=books_of(request),
            lang=lang,
            now=moment,
            held=held,
        )
    except TicketRefused as refused:
        raise Http404(render(refused.refusal, lang)) from refused
    said = tuple((r.code, render(r, lang)) for r in refusals)
    status = status_of(refusals) if refusals and status == 200 else status
    context = {"page": page, "form": form, "refusals": said, "disclosed": contact}
    return render_page(request, "callback/call.html", context, status=status)
