"""The agent's page: a new request, kept until it is complete, posted once however often the button is pressed."""

import secrets
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hotline.plumbing.clock import now
from hotline.rules.acts import Act, Register
from hotline.rules.lifecycle import TABLE
from hotline.rules.lifecycle.fields import check_fields
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.vocabulary import RequestType, Urgency
from hotline.stages.intake.commands import take_in
from hotline.stages.intake.forms import NextForm, RegisterForm, RequesterForm
from hotline.stages.intake.queries import Draft, caller_panel, suggestion_panel
from hotline.tickets.acting.names import books_of, names_of
from hotline.tickets.acting.person import actor_of, lang_of

MOST_TYPED = 3000
M = TypeVar("M", bound=StrEnum)
WHO_REGISTERS = frozenset(role for row in TABLE if row.act is Register for role in row.roles)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """`/intake/new/`: record a request and pass it on."""
    if not actor_of(request).roles & WHO_REGISTERS:
        raise PermissionDenied(render(Refusal("act.role_denied", {"act": "register"}), lang_of(request)))
    data = request.POST if request.method == "POST" else None
    known, lang = names_of(request), lang_of(request)
    register = RegisterForm(data, names=known, lang=lang, initial=_from_call(request))
    requester = RequesterForm(data, initial={"phone": request.GET.get("phone", "")})
    following = NextForm(data, names=known, lang=lang)
    if data is None:
        return _shown(request, register, requester, following)
    act = register.act()
    if act is None or not requester.is_valid() or not following.is_valid():
        return _shown(request, register, requester, following, status=422)
    if not isinstance(act, Register):
        raise TypeError("the intake form registers")
    outcome = take_in(
        register=act,
        requester=requester.details(),
        then=following.act(),
        actor=actor_of(request),
        now=now(),
        token=request.POST.get("token", ""),
    )
    if outcome.ok and outcome.ticket is not None:
        done = _("已受理，工单编号 %(number)s。") % {"number": outcome.ticket.number}
        messages.success(request, done, extra_tags="draft:register")
        return HttpResponseRedirect(reverse("ticket", args=[outcome.ticket.number]))
    _place(_all_wrong(request, outcome.refusals, following.act()), lang, register, following)
    return _shown(request, register, requester, following, status=422)


def _all_wrong(request: HttpRequest, refusals: tuple[Refusal, ...], then: Act | None) -> tuple[Refusal, ...]:
    """What is wrong with the next act's fields too, so that one look at the form mends everything."""
    if then is None:
        return refusals
    known = {(r.params.get("act"), r.field) for r in refusals}
    more = check_fields(then, books_of(request).at(now()).reference)
    return (*refusals, *(r for r in more if (r.params.get("act"), r.field) not in known))


@login_required
@require_POST
def caller_part(request: HttpRequest) -> HttpResponse:
    """`/intake/caller/`: what a number has asked before. Posted, so that the number stands in no address or log."""
    panel = caller_panel(
        request.POST.get("phone", ""), actor=actor_of(request), known=names_of(request), lang=lang_of(request)
    )
    return render_page(request, "intake/_caller.html", {"panel": panel})


@login_required
@require_POST
def suggest_part(request: HttpRequest) -> HttpResponse:
    """`/intake/suggest/`: what the typed text resembles, where it would go and by when."""
    panel = suggestion_panel(
        _draft(request.POST), actor=actor_of(request), known=names_of(request), lang=lang_of(request), now=now()
    )
    return render_page(request, "intake/_suggest.html", {"panel": panel})


def _draft(typed: Mapping[str, str]) -> Draft:
    """The half-filled form as far as it can be read; what cannot is left out."""
    text = f"{typed.get('title', '')}\n{typed.get('content', '')}"
    return Draft(
        text=text[:MOST_TYPED],
        phone=typed.get("phone", ""),
        request_type=_member(RequestType, typed.get("request_type"), RequestType.OTHER),
        urgency=_member(Urgency, typed.get("urgency"), Urgency.ORDINARY),
        category=typed.get("category", "")[:6],
        region=typed.get("region", "")[:12],
    )


def _member(kind: type[M], value: str | None, otherwise: M) -> M:
    return next((member for member in kind if member.value == value), otherwise)


def _from_call(request: HttpRequest) -> dict[str, str]:
    return {"channel": request.GET.get("channel", "DH"), "urgency": "ordinary"}


def _place(refusals: Iterable[Refusal], lang: str, *forms_: forms.Form) -> None:
    """Each refusal beside the field it names, in whichever form has it; the others on top."""
    for refusal in refusals:
        home = next((f for f in forms_ if refusal.field in f.fields), None)
        sentence = render(refusal, lang)
        (home or forms_[0]).add_error(refusal.field if home else None, sentence)


def _shown(
    request: HttpRequest, register: forms.Form, requester: forms.Form, following: forms.Form, *, status: int = 200
) -> HttpResponse:
    token = request.POST.get("token") or secrets.token_urlsafe(18)
    context = {
        "register": register,
        "requester": requester,
        "following": following,
        "forms": (register, requester, following),
        "token": token,
    }
    return render_page(request, "intake/new.html", context, status=status)
