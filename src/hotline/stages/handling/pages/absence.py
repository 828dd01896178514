"""请假代签: the page where somebody of a unit names who signs while they are away, and ends it when they are back.

Heads of units and their stand-ins rely on it; what may be lent to whom the registry of people decides.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hotline.plumbing.clock import now, today
from hotline.registry.people.absences import (
    Away,
    candidates,
    entries_of,
    may_name,
    name_stand_in,
    recall_stand_in,
)
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.words import word
from hotline.stages.handling.forms import AbsenceForm
from hotline.tickets.acting.names import names_of
from hotline.tickets.acting.person import actor_of, lang_of


@login_required
@require_http_methods(["GET", "POST"])
def absence(request: HttpRequest) -> HttpResponse:
    """`/handling/absence/`: one's own entries, those in which one stands in, and a new one."""
    actor, lang = actor_of(request), lang_of(request)
    if not may_name(actor):
        raise PermissionDenied(render(Refusal("absence.no_role"), lang))
    form = AbsenceForm(
        request.POST if request.method == "POST" else None,
        people=_people(request), lang=lang, initial={"first": today()},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        away = Away(given["first"], given["last"], given["reason"])
        done = name_stand_in(stand_in=given["stand_in"], away=away, actor=actor, now=now())
        if done.ok:
            messages.success(request, _("已登记：请假期间由%(name)s代签。") % {"name": str(done.person)})
            return HttpResponseRedirect(reverse("absence"))
        form.refuse(done.refusals)
    mine, others = entries_of(int(actor.id), today())
    states = {"now": _("代签中"), "ahead": _("未开始"), "ended": _("已结束"), "recalled": _("已收回")}
    context = {
        "form": form,
        "mine": [(line, states[line.state]) for line in mine],
        "others": [(line, states[line.state]) for line in others],
    }
    return render_page(request, "handling/absence.html", context, status=422 if form.is_bound else 200)


def _people(request: HttpRequest) -> list[tuple[int, str]]:
    """Names with unit and role, as they are read in a list."""
    actor, lang, known = actor_of(request), lang_of(request), names_of(request)
    found = candidates(actor, today())
    return [
        (user.pk, f"{user} · {known.unit(unit, lang)} · {'、'.join(word(role, lang) for role in roles)}")
        for user, unit, roles in found
    ]


@login_required
@require_POST
def recall(request: HttpRequest, entry: int) -> HttpResponse:
    """`/handling/absence/<entry>/recall/`: the stand-in ends at once."""
    done = recall_stand_in(absence=entry, actor=actor_of(request), now=now())
    refusal = next(iter(done.refusals), None)
    if refusal is not None and refusal.code == "absence.unknown":
        raise Http404(render(refusal, lang_of(request)))
    if refusal is not None:
        messages.error(request, render(refusal, lang_of(request)))
    else:
        messages.success(request, _("已收回，%(name)s不再代签。") % {"name": str(done.person)})
    return HttpResponseRedirect(reverse("absence"))
