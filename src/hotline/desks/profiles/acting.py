"""Doing: the next version as a draft, trying it out, withdrawing and publishing it. A refusal keeps what was typed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hotline.desks.calendars.acting import BOTH, seen_of
from hotline.desks.calendars.doors import keepers
from hotline.desks.calendars.pages import draft_of, status_of
from hotline.desks.profiles.forms import ProfileForm
from hotline.desks.profiles.pages import KINDS, show_draft, version_of
from hotline.oversight.recomputing.telling import ask_second
from hotline.oversight.rehearsing.commands import rehearse_draft
from hotline.plumbing.clock import now
from hotline.registry.calendars import drafting, profile_drafting
from hotline.registry.calendars.draft_models import RuleDraft
from hotline.registry.calendars.queries import profile
from hotline.rules.profiles import to_dict
from hotline.tickets.acting.names import names_of
from hotline.tickets.acting.person import actor_of, lang_of


@keepers
@require_http_methods(BOTH)
def new(request: HttpRequest, key: str, version: int) -> HttpResponse:
    """`/profiles/<key>/<version>/draft/`: the next version, written from this one."""
    version_of(request, key, version)
    return _drafted(request, (key, version), None)


@keepers
@require_http_methods(BOTH)
def change(request: HttpRequest, draft_id: int) -> HttpResponse:
    """`/profiles/drafts/<draft>/change/`: the draft anew; its dry run is forgotten."""
    found = draft_of(request, draft_id, KINDS)
    key, version = found.body["base"]
    return _drafted(request, (key, version), found)


@keepers
@require_POST
def withdraw(request: HttpRequest, draft_id: int) -> HttpResponse:
    """`/profiles/drafts/<draft>/withdraw/`: the draft is given up."""
    found = draft_of(request, draft_id, KINDS)
    done = drafting.withdraw(number=draft_id, actor=actor_of(request), now=now())
    if not done.ok:
        return show_draft(request, found, done.refusals)
    messages.success(request, _("草稿已撤回。"))
    return HttpResponseRedirect(reverse("profiles"))


@keepers
@require_POST
def publish(request: HttpRequest, draft_id: int) -> HttpResponse:
    """`/profiles/drafts/<draft>/publish/`: by a second supervisor; tickets opened before keep their version."""
    found = draft_of(request, draft_id, KINDS)
    done = profile_drafting.publish_profile(number=draft_id, seen=seen_of(request), actor=actor_of(request), now=now())
    if not done.ok:
        return show_draft(request, found, done.refusals)
    messages.success(request, _("新版本已发布，自生效日期起受理的工单按它计算。"))
    return HttpResponseRedirect(reverse("profile-draft", args=[draft_id]))


@keepers
@require_POST
def rehearse(request: HttpRequest, draft_id: int) -> HttpResponse:
    """`/profiles/drafts/<draft>/rehearse/`: a dry run over the last months."""
    found = draft_of(request, draft_id, KINDS)
    typed = request.POST.get("months", "")
    months = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 4 else 0
    done = rehearse_draft(number=draft_id, months=months, actor=actor_of(request), now=now())
    if not done.ok:
        return show_draft(request, found, done.refusals)
    return HttpResponseRedirect(reverse("profile-draft", args=[draft_id]) + "#rehearsal")


def _drafted(request: HttpRequest, base: tuple[str, int], found: RuleDraft | None) -> HttpResponse:
    body = found.body["profile"] if found else to_dict(profile(*base))
    named = {"name": body["name"], "effective_from": body["effective_from"] if found else "", "source": ""}
    initial = named | ({"source": found.source} if found else {})
    data = request.POST if request.method == "POST" else None
    form = ProfileForm(data, lang=lang_of(request), names=names_of(request), body=body, initial=initial)
    seen = seen_of(request) or (found.edit if found else None)
    problems = 0
    status = 200
    if request.method == "POST" and form.is_valid():
        done = profile_drafting.draft_profile(
            wanted=form.wanted(base),
            actor=actor_of(request),
            now=now(),
            number=found.pk if found else None,
            seen=seen if found else None,
        )
        if done.ok and done.draft:
            ask_second(done.draft, by=actor_of(request).id, now=now())
            messages.success(request, _("草稿已保存，请先试算，再由另一位督办人员发布。"))
            return HttpResponseRedirect(reverse("profile-draft", args=[done.draft.pk]))
        problems, status = len(done.refusals), status_of(done.refusals)
        form.refuse(done.refusals)
    back = reverse("profile-draft", args=[found.pk]) if found else reverse("profile", args=base)
    context = {"form": form, "found": found, "seen": seen, "back": back, "name": body["name"], "errors": problems}
    return render_page(request, "desks/profiles/form.html", context, status=status)
