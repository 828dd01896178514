"""`/intake/progress/`: tell a caller how their ticket stands, after checking who calls."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from hotline.plumbing.clock import now
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.telling import TELLERS, CallerCheck
from hotline.stages.intake.commands.telling import Said, Told, tell_progress
from hotline.tickets.acting.names import names_of
from hotline.tickets.acting.person import actor_of, lang_of

CHECKS = [
    (CallerCheck.PHONE.value, _("电话与登记一致")),
    (CallerCheck.QUERY_CODE.value, _("查询码")),
    (CallerCheck.NAME_ADDRESS.value, _("姓名和地址")),
]


def _line(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "form-control", "autocomplete": "off", **attrs})


class CheckForm(forms.Form):
    """Which ticket, how the caller is checked, and what the caller says. What was said is compared, never kept."""

    number = forms.CharField(label=_("工单编号"), max_length=32, required=False, widget=_line())
    check = forms.ChoiceField(
        label=_("怎样核对来电人"),
        choices=CHECKS,
        required=False,
        widget=forms.RadioSelect(attrs={"aria-required": "true"}),
    )
    words = forms.CharField(label=_("来电人说的电话、查询码或者姓名"), max_length=80, required=False, widget=_line())
    address = forms.CharField(label=_("来电人说的地址"), max_length=200, required=False, widget=_line())

    def said(self) -> Said | None:
        """What there is to compare; None when something is missing."""
        given = self.cleaned_data
        if not (given["number"] and given["check"] and given["words"].strip()):
            return None
        return Said(check=CallerCheck(given["check"]), words=given["words"], address=given["address"])


@login_required
@require_http_methods(["GET", "POST"])
def progress(request: HttpRequest) -> HttpResponse:
    """The check, and below it what may be told. Posted, so that what the caller said stands in no address."""
    if not actor_of(request).roles & TELLERS:
        raise PermissionDenied(render(Refusal("progress.role_denied"), lang_of(request)))
    if request.method == "GET":
        return _shown(request, CheckForm(initial={"number": request.GET.get("number", "")[:32]}))
    form = CheckForm(request.POST)
    said = form.said() if form.is_valid() else None
    if said is None:
        form.add_error("check", render(Refusal("progress.check_missing", field="check"), lang_of(request)))
        return _shown(request, form, status=422)
    told = tell_progress(
        number=form.cleaned_data["number"],
        said=said,
        actor=actor_of(request),
        known=names_of(request),
        lang=lang_of(request),
        now=now(),
    )
    for refusal in told.refusals:
        form.add_error(refusal.field or None, render(refusal, lang_of(request)))
    return _shown(request, form, told, status=422 if told.refusals else 200)


def _shown(request: HttpRequest, form: CheckForm, told: Told | None = None, *, status: int = 200) -> HttpResponse:
    answer = None if told is None or told.refusals else told
    return render_page(request, "intake/progress.html", {"form": form, "told": answer}, status=status)
