"""Task forces on pages: opened from an emergency, seen with what lies with them, closed when nothing does."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hotline.desks.administration.doors import everybody
from hotline.desks.emergency.forms import ForceForm
from hotline.desks.emergency.pages import found_or_404, may_switch
from hotline.desks.queries import line
from hotline.oversight.emergency import forces
from hotline.plumbing.clock import now, today
from hotline.registry.emergencies.models import TaskForce
from hotline.registry.people.sending import members
from hotline.rules.emergency_mode import denied
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.vocabulary import OFFICE_ROLES
from hotline.rules.words import word
from hotline.tickets.acting.names import books_of, names_of
from hotline.tickets.acting.person import actor_of, lang_of


@everybody
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, number: int) -> HttpResponse:
    """`/emergency/<number>/forces/new/`: name, last day, people."""
    _only_supervisors(request)
    row = found_or_404(request, number)
    typed = request.POST if request.method == "POST" else None
    form = ForceForm(typed, lang=lang_of(request), names=names_of(request))
    if typed is not None and form.is_valid():
        done = forces.open_force(number, form.plan(), actor=actor_of(request), now=now())
        if done.force is not None:
            messages.success(request, _("专班“%(name)s”已设立，现在可以派单给它。") % {"name": done.force.name})
            return HttpResponseRedirect(reverse("task-force", args=[done.force.pk]))
        form.refuse(done.refusals)
    context = {"form": form, "emergency": row}
    return render_page(request, "desks/emergency/force_form.html", context, status=200 if typed is None else 422)


@everybody
@require_GET
def force_page(request: HttpRequest, number: int) -> HttpResponse:
    """`/emergency/forces/<number>/`: its days and people; the office also sees what lies with it."""
    return _shown(request, _found(request, number))


@everybody
@require_POST
def close(request: HttpRequest, number: int) -> HttpResponse:
    """`/emergency/forces/<number>/close/`: over, when everything was handed on."""
    _only_supervisors(request)
    row = _found(request, number)
    done = forces.close_force(number, actor=actor_of(request), now=now())
    if not done.ok:
        said = [render(refusal, lang_of(request)) for refusal in done.refusals]
        return _shown(request, row, status=409, refusals=said)
    messages.success(request, _("专班“%(name)s”已结束。") % {"name": row.name})
    return HttpResponseRedirect(reverse("task-force", args=[number]))


def _shown(request: HttpRequest, row: TaskForce, *, status: int = 200, **more: Any) -> HttpResponse:
    lang, known, moment = lang_of(request), names_of(request), now()
    office = bool(actor_of(request).roles & OFFICE_ROLES)
    held = forces.open_tickets(row) if office and row.closed_at is None else ()
    book = books_of(request).at(moment)
    context = {
        "force": row,
        "members": [(name, account, word(role, lang)) for name, account, role in members(row.unit)],
        "office": office,
        "lines": [line(ticket, known, book, lang, moment) for ticket in held],
        "past": forces.is_past(row, today()),
        "switches": may_switch(request) and row.closed_at is None,
        **more,
    }
    return render_page(request, "desks/emergency/force.html", context, status=status)


def _found(request: HttpRequest, number: int) -> TaskForce:
    found = forces.force(number) if number < 2**63 else None
    if found is None:
        raise Http404(render(Refusal("task_force.not_found"), lang_of(request)))
    return found


def _only_supervisors(request: HttpRequest) -> None:
    refusal = denied(actor_of(request))
    if refusal:
        raise PermissionDenied(render(refusal, lang_of(request)))
