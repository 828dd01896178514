"""The agent's page: a new request, kept until it is complete, posted once however often the button is pressed."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hotline.plumbing.clock import now
from hotline.rules.acts import Act, Dispatch, Register
from hotline.rules.jurisdiction import only_lead
from hotline.rules.lifecycle import TABLE
from hotline.rules.lifecycle.fields import check_fields
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.vocabulary import Channel, RequestType, Urgency
from hotline.stages.intake.commands import take_in
from hotline.stages.intake.commands.same_call import go_on
from hotline.stages.intake.forms import NEXT_KEYS, NextForm, RegisterForm, RequesterForm
from hotline.stages.intake.queries import Draft, as_the_line_says, caller_panel, suggestion_panel
from hotline.stages.intake.queries.same_call import JUST_REGISTERED
from hotline.tickets.acting.names import books_of, names_of
from hotline.tickets.acting.person import actor_of, lang_of

MOST_TYPED = 3000
REMEMBERED = 10
"""How many tickets just registered a session remembers."""
BESIDE = {"confidential.brief_missing": "for_unit"}
"""Conditions of a ticket that one field of this page mends."""
M = TypeVar("M", bound=StrEnum)
WHO_REGISTERS = frozenset(role for row in TABLE if row.act is Register for role in row.roles)


@dataclass(frozen=True)
class Sheet:
    """The three forms of the page, and the call they go on with, if any."""

    register: RegisterForm
    requester: RequesterForm
    following: NextForm
    going: str = ""

    @property
    def forms(self) -> tuple[forms.Form, ...]:
        """All of them."""
        return (self.register, self.requester, self.following)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """`/intake/new/`: record a request and pass it on."""
    _may_register(request)
    if request.method == "POST":
        return _posted(request, _sheet(request))
    return _shown(request, _sheet(request, channel=request.GET.get("channel", "DH")))


@login_required
@require_http_methods(["GET", "POST"])
def next_matter(request: HttpRequest, number: str) -> HttpResponse:
    """`/intake/next/<number>/`: another matter of the caller who has just been registered."""
    _may_register(request)
    if request.method == "POST":
        return _posted(request, _sheet(request, going=number))
    going = go_on(number=number, actor=actor_of(request), now=now())
    if going.refusals:
        messages.error(request, render(going.refusals[0], lang_of(request)))
        return HttpResponseRedirect(reverse("intake-new"))
    kept = asdict(going.contact) if going.contact else {}
    return _shown(request, _sheet(request, channel=going.channel, requester=kept, going=number))


def _may_register(request: HttpRequest) -> None:
    if not actor_of(request).roles & WHO_REGISTERS:
        raise PermissionDenied(render(Refusal("act.role_denied", {"act": "register"}), lang_of(request)))


def _sheet(
    request: HttpRequest, *, channel: str = "", requester: dict[str, Any] | None = None, going: str = ""
) -> Sheet:
    data = _typed(request) if request.method == "POST" else None
    known, lang = names_of(request), lang_of(request)
    sheet = Sheet(
        register=RegisterForm(data, names=known, lang=lang, initial={"channel": channel, "urgency": "ordinary"}),
        requester=RequesterForm(data, initial=requester),
        following=NextForm(data, names=known, lang=lang),
        going=going,
    )
    if data is None:
        first = sheet.register.fields["title"] if going else sheet.requester.fields["phone"]
        first.widget.attrs["autofocus"] = True
    return sheet


def _typed(request: HttpRequest) -> QueryDict:
    """What was posted. Who passes an emergency on has no time for a title: the line they call is title enough."""
    typed = request.POST.copy()
    if typed.get("then") == "emergency":
        said = _("紧急转接 %(line)s") % {"line": typed.get("line", "")}
        typed["title"] = typed.get("title", "").strip() or said
        typed["content"] = typed.get("content", "").strip() or typed.get("note", "").strip() or said
        typed["request_type"] = typed.get("request_type") or RequestType.HELP.value
        place = names_of(request).city
        typed["region"] = typed.get("region") or (place.code if place else "")
    return typed


def _posted(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    act = sheet.register.act()
    if act is None or not sheet.requester.is_valid() or not sheet.following.is_valid():
        return _shown(request, sheet, status=422)
    if not isinstance(act, Register):
        raise TypeError("the intake form registers")
    then = _quoting(sheet.following.act(_directory_lead(request, act)), act)
    outcome = take_in(
        register=act,
        requester=sheet.requester.details(),
        then=then,
        actor=actor_of(request),
        now=now(),
        token=request.POST.get("token", ""),
        same_call_as=sheet.going,
    )
    if outcome.ok and outcome.ticket is not None:
        return _registered(request, outcome.ticket.number, outcome.query_code, sheet.going)
    _place(_all_wrong(request, outcome.refusals, then), lang_of(request), sheet.register, sheet.following)
    return _shown(request, sheet, status=422)


def _directory_lead(request: HttpRequest, act: Register) -> str:
    """The unit the directory names for the request, if it names exactly one."""
    moment = now()
    directory = books_of(request).at(moment).directory
    return only_lead(directory, category=act.category, region=act.region, at=moment) or ""


def _quoting(then: Act | None, act: Register) -> Act | None:
    """A dispatch to the unit that the directory names says which of its lines it follows, with all whom that names."""
    if not isinstance(then, Dispatch):
        return then
    return as_the_line_says(then, act.category, act.region, now=now())


def _registered(request: HttpRequest, number: str, query_code: str, going: str) -> HttpResponse:
    """To the ticket, with what the caller is told; the query code is shown this once."""
    done = _("已受理，工单编号 %(number)s。") % {"number": number}
    if query_code:
        done += _("查询码 %(code)s，请告知来电人；以后不再显示。") % {"code": query_code}
    lately = dict(list(request.session.get(JUST_REGISTERED, {}).items())[-REMEMBERED + 1 :])
    request.session[JUST_REGISTERED] = lately | {number: now().isoformat()}
    draft = f"next/{going}" if going else "register"
    messages.success(request, done, extra_tags=f"draft:{draft}")
    return HttpResponseRedirect(reverse("ticket", args=[number]))


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
    _may_register(request)
    panel = caller_panel(
        request.POST.get("phone", ""),
        actor=actor_of(request),
        known=names_of(request),
        lang=lang_of(request),
        now=now(),
    )
    return render_page(request, "intake/_caller.html", {"panel": panel})


@login_required
@require_POST
def suggest_part(request: HttpRequest) -> HttpResponse:
    """`/intake/suggest/`: what the typed text resembles, where it would go and by when."""
    _may_register(request)
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
        channel=_member(Channel, typed.get("channel"), Channel.PHONE),
    )


def _member(kind: type[M], value: str | None, otherwise: M) -> M:
    return next((member for member in kind if member.value == value), otherwise)


def _place(refusals: Iterable[Refusal], lang: str, *forms_: forms.Form) -> None:
    """Each refusal beside the field it names, in whichever form has it; the others on top."""
    for refusal in refusals:
        field = BESIDE.get(refusal.code, refusal.field)
        home = next((f for f in forms_ if field in f.fields), None)
        (home or forms_[0]).add_error(field if home else None, render(refusal, lang))


def _shown(request: HttpRequest, sheet: Sheet, *, status: int = 200) -> HttpResponse:
    context = {
        "register": sheet.register,
        "requester": sheet.requester,
        "following": sheet.following,
        "steps": [(option, NEXT_KEYS[str(option.data["value"])]) for option in sheet.following["then"]],
        "forms": sheet.forms,
        "going": sheet.going,
        "draft": f"next/{sheet.going}" if sheet.going else "register",
        "token": request.POST.get("token") or secrets.token_urlsafe(18),
    }
    return render_page(request, "intake/new.html", context, status=status)
