"""Switching on and off: always a preview first, then the same again with a second button. Works without script."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hotline.desks.administration.doors import everybody
from hotline.desks.emergency.forms import EndForm, PlanForm
from hotline.desks.emergency.lines import PreviewLines, limit_lines, period_line, preview_lines
from hotline.desks.emergency.pages import found_or_404, show
from hotline.desks.time_words import moment_words
from hotline.oversight.emergency import switching
from hotline.oversight.emergency.previews import preview_off, preview_on
from hotline.plumbing.clock import now
from hotline.registry.emergencies.commands import Done
from hotline.registry.emergencies.queries import period_of
from hotline.registry.people.queries import names as people_names
from hotline.rules.emergency_mode import Plan, begins, denied, switch_off_refusal
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.tickets.acting.names import books_of, names_of
from hotline.tickets.acting.person import actor_of, lang_of

BOTH = ["GET", "POST"]


@everybody
@require_http_methods(BOTH)
def switch_on(request: HttpRequest) -> HttpResponse:
    """`/emergency/new/`: the form, then the preview, then it is done."""
    _only_supervisors(request)
    typed = request.POST if request.method == "POST" else None
    form = PlanForm(typed, lang=lang_of(request), names=names_of(request))
    if typed is None or typed.get("step") == "edit":
        return _form(request, form, status=200)
    if not form.is_valid():
        return _form(request, form)
    if typed.get("step") == "confirm":
        return _switched_on(request, form)
    wrong = switching.plan_refusals_now(form.plan(), actor=actor_of(request), now=now())
    if not wrong.ok:
        return _form(request, form, wrong.refusals)
    return _preview_page(request, form.plan(), typed)


def _switched_on(request: HttpRequest, form: PlanForm) -> HttpResponse:
    done = switching.switch_on(form.plan(), actor=actor_of(request), now=now())
    if done.period is None or not done.ok:
        return _form(request, form, done.refusals)
    messages.success(
        request, _("应急状态“%(name)s”已启用，请另一名督办人员在24小时内确认。") % {"name": done.period.name}
    )
    return HttpResponseRedirect(reverse("emergency", args=[done.period.pk]))


def _form(request: HttpRequest, form: PlanForm, refusals: tuple[Refusal, ...] = (), status: int = 422) -> HttpResponse:
    form.refuse(refusals)
    limits = limit_lines(books_of(request).at(now()).profile, lang_of(request))
    return render_page(request, "desks/emergency/form.html", {"form": form, "limits": limits}, status=status)


def _preview_page(request: HttpRequest, plan: Plan, typed: QueryDict) -> HttpResponse:
    moment, lang, known = now(), lang_of(request), names_of(request)
    kept = [(name, value) for name in PlanForm(lang=lang, names=known).fields for value in typed.getlist(name)]
    mark = "、" if lang == "zh" else ", "
    context = {
        "plan": plan,
        "kept": kept,
        "at_once": plan.start is None or plan.start <= moment,
        "start": moment_words(begins(plan, moment), moment),
        "planned_end": moment_words(plan.planned_end or moment, moment),
        "categories": mark.join(known.category_path(code, lang) for code in plan.categories),
        "regions": mark.join(known.region(code, lang) for code in plan.regions),
        "tags": mark.join(known.tag(code, lang) for code in plan.tags),
        "limits": limit_lines(books_of(request).at(moment).profile, lang),
        "found": _shown(request, preview_on(plan, now=moment)),
    }
    return render_page(request, "desks/emergency/preview_on.html", context)


def _shown(request: HttpRequest, found: Any) -> PreviewLines:
    return preview_lines(found, names_of(request), lang_of(request), now())


@everybody
@require_http_methods(BOTH)
def switch_off(request: HttpRequest, number: int) -> HttpResponse:
    """`/emergency/<number>/off/`: what returns to its own due time, and the button that does it."""
    _only_supervisors(request)
    row, moment = found_or_404(request, number), now()
    if request.method == "POST":
        return _answer(request, switching.switch_off(number, actor=actor_of(request), now=moment), _off_words(row.name))
    refusal = switch_off_refusal(period_of(row), moment)
    if refusal:
        return show(request, row, status=409, refusals=[render(refusal, lang_of(request))])
    people = people_names({row.switched_on_by, row.confirmed_by})
    line = period_line(row, known=names_of(request), people=people, lang=lang_of(request), now=moment)
    context = {"line": line, "found": _shown(request, preview_off(row, now=moment))}
    return render_page(request, "desks/emergency/preview_off.html", context)


def _off_words(name: str) -> str:
    return _("应急状态“%(name)s”已解除，在办工单正在恢复原期限。") % {"name": name}


@everybody
@require_POST
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    """`/emergency/<number>/confirm/`: a second supervisor stands behind it."""
    _only_supervisors(request)
    done = switching.confirm(number, actor=actor_of(request), now=now())
    return _answer(request, done, _("已确认。"), number)


@everybody
@require_POST
def lengthen(request: HttpRequest, number: int) -> HttpResponse:
    """`/emergency/<number>/lengthen/`: a later planned end."""
    _only_supervisors(request)
    row = found_or_404(request, number)
    form = EndForm(request.POST, lang=lang_of(request), names=names_of(request))
    if not form.is_valid():
        return show(request, row, status=422, form=form)
    done = switching.lengthen(number, planned_end=form.planned_end(), actor=actor_of(request), now=now())
    form.refuse(refusal for refusal in done.refusals if refusal.field)
    return _answer(request, done, _("计划结束时间已延长。"), form=form)


def _answer(request: HttpRequest, done: Done, said: str, number: int = 0, **more: Any) -> HttpResponse:
    """Back to the emergency's page, or the page with what was refused."""
    row = done.period or found_or_404(request, number)
    if done.ok:
        messages.success(request, said)
        return HttpResponseRedirect(reverse("emergency", args=[row.pk]))
    refusals = [render(refusal, lang_of(request)) for refusal in done.refusals if not refusal.field]
    return show(request, row, status=409 if refusals else 422, refusals=refusals, **more)


def _only_supervisors(request: HttpRequest) -> None:
    refusal = denied(actor_of(request))
    if refusal:
        raise PermissionDenied(render(refusal, lang_of(request)))
