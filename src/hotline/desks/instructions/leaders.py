"""`/instructions/leaders/`: who may give instructions; supervisors and the system administrator keep the list."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hotline.desks.instructions.forms import LeaderChange, LeaderForm
from hotline.desks.time_words import whole_day
from hotline.oversight.instructions.leaders import Kept, add, change, leaders, may_keep
from hotline.plumbing.clock import today
from hotline.rules.instructions.seeing import OFFERED_TO
from hotline.tickets.acting.pages import signed_in
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.dossiers.acting.doors import LARGEST, UNPROCESSABLE, denied

View = Callable[..., HttpResponse]


def keepers(view: View) -> View:
    """Signed in, and somebody who keeps the list."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_keep(actor_of(request)):
            raise denied(request)
        return view(request, *args, **kwargs)

    return signed_in(guarded)


@keepers
@require_http_methods(["GET", "POST"])
def leaders_page(request: HttpRequest) -> HttpResponse:
    """The list, and one more on it."""
    if request.method == "GET":
        return _page(request, LeaderForm(lang=lang_of(request)))
    form = LeaderForm(request.POST, lang=lang_of(request))
    if form.is_valid():
        kept = add(**form.cleaned_data)
        if kept.ok:
            messages.success(request, _("已加入领导名录。"))
            return HttpResponseRedirect(reverse("leaders"))
        form.refuse(kept.refusals)
    return _page(request, form, status=UNPROCESSABLE)


@keepers
@require_POST
def leader(request: HttpRequest, pk: int) -> HttpResponse:
    """The place of one in the order, and until when."""
    form = LeaderChange(request.POST, lang=lang_of(request), pk=pk)
    kept = change(min(pk, LARGEST), **form.cleaned_data) if form.is_valid() else Kept()
    if form.is_valid() and kept.ok:
        messages.success(request, _("领导名录已修改。"))
        return HttpResponseRedirect(reverse("leaders"))
    form.refuse(kept.refusals)
    status = UNPROCESSABLE if kept.leader or not kept.refusals else 404
    return _page(request, LeaderForm(lang=lang_of(request)), changed=(pk, form), status=status)


def _page(
    request: HttpRequest, form: LeaderForm, *, changed: tuple[int, LeaderChange] | None = None, status: int = 200
) -> HttpResponse:
    lang, on = lang_of(request), today()
    rows = []
    for one in leaders():
        initial = {"order": one.order, "valid_to": one.valid_to}
        own = changed[1] if changed and changed[0] == one.pk else LeaderChange(lang=lang, pk=one.pk, initial=initial)
        dates = [whole_day(at, lang) if at else "" for at in (one.valid_from, one.valid_to)]
        rows.append({"one": one, "form": own, "from": dates[0], "to": dates[1], "there": one.in_force(on)})
    stray = changed is not None and changed[0] not in {row["one"].pk for row in rows}  # type: ignore[attr-defined]  # a row of the list
    business = bool(actor_of(request).roles & OFFERED_TO)
    context: dict[str, Any] = {
        "form": form,
        "business": business,
        "rows": rows,
        "errors": changed[1].non_field_errors() if stray and changed else [],
    }
    return render_page(request, "desks/instructions/leaders.html", context, status=status)
