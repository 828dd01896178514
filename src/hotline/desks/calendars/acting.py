"""Doing: drafting, changing, withdrawing and publishing calendars. A refusal keeps what was pasted."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hotline.desks.calendars.doors import keepers
from hotline.desks.calendars.forms import FORMS, NoticeForm, RuleForm
from hotline.desks.calendars.pages import draft_of, show_draft, status_of
from hotline.oversight.recomputing.publishing import publish_calendar
from hotline.oversight.recomputing.telling import ask_second
from hotline.plumbing.clock import now, today
from hotline.registry.calendars import drafting
from hotline.registry.calendars.draft_models import RuleDraft
from hotline.registry.calendars.draft_queries import unpublished_year
from hotline.registry.calendars.drafting import Drafted
from hotline.registry.calendars.queries import current_calendar
from hotline.rules.messages import Refusal
from hotline.rules.rule_keeping import DraftKind
from hotline.tickets.acting.person import actor_of, lang_of

BOTH = ["GET", "POST"]


@keepers
@require_http_methods(BOTH)
def new(request: HttpRequest, kind: DraftKind) -> HttpResponse:
    """`/calendar/new/notice/`, `…/city/`, `…/hours/`: a new draft."""
    form = _form(request, kind, _initial(request, kind))
    if kind is DraftKind.NOTICE and request.GET.get("packaged"):
        form = _packaged(request)
    return _drafted(request, form, kind, None)


@keepers
@require_http_methods(BOTH)
def change(request: HttpRequest, draft_id: int) -> HttpResponse:
    """`/calendar/drafts/<draft>/change/`: the draft anew; whoever changes it cannot publish it."""
    found = draft_of(request, draft_id)
    kind = DraftKind(found.kind)
    initial = {"source": found.source, "text": found.body["text"], "year": found.subject}
    form = _form(request, kind, initial | {"complete": found.body.get("complete", False)})
    return _drafted(request, form, kind, found)


@keepers
@require_POST
def withdraw(request: HttpRequest, draft_id: int) -> HttpResponse:
    """`/calendar/drafts/<draft>/withdraw/`: the draft is given up."""
    found = draft_of(request, draft_id)
    done = drafting.withdraw(number=draft_id, actor=actor_of(request), now=now())
    if not done.ok:
        return show_draft(request, found, done.refusals)
    messages.success(request, _("草稿已撤回。"))
    return HttpResponseRedirect(reverse("calendar"))


@keepers
@require_POST
def publish(request: HttpRequest, draft_id: int) -> HttpResponse:
    """`/calendar/drafts/<draft>/publish/`: by a second supervisor; open tickets are counted again by a job."""
    found = draft_of(request, draft_id)
    done = publish_calendar(number=draft_id, seen=seen_of(request), actor=actor_of(request), now=now())
    if not done.ok:
        return show_draft(request, done.draft or found, done.refusals)
    messages.success(request, _("已发布。在办工单正在重新计算到期时间。"))
    return HttpResponseRedirect(reverse("calendar-draft", args=[draft_id]))


def seen_of(request: HttpRequest) -> int | None:
    """The edit of the draft that the person had on the screen."""
    typed = request.POST.get("seen", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 9 else None


def _initial(request: HttpRequest, kind: DraftKind) -> Mapping[str, Any]:
    if kind is DraftKind.NOTICE:
        asked = request.GET.get("year", "")
        return {"year": asked[:4] if asked.isdecimal() else unpublished_year(today()) or today().year + 1}
    if kind is DraftKind.HOURS:
        spans = (f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in current_calendar().shifts)
        return {"text": "\n".join(spans)}
    return {}


def _form(request: HttpRequest, kind: DraftKind, initial: Mapping[str, Any]) -> RuleForm:
    data = request.POST if request.method == "POST" else None
    return FORMS[kind](data, lang=lang_of(request), initial=initial)


def _packaged(request: HttpRequest) -> RuleForm:
    """The form filled with the days that this version of the platform brings along, or why it has none."""
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else 0
    text = drafting.packaged_notice(year)
    if not isinstance(text, Refusal):
        source = _("本系统自带的%(year)s年放假安排，请按通知原文核对") % {"year": year}
        return NoticeForm(lang=lang_of(request), initial={"year": year, "text": text, "source": source})
    form = NoticeForm({"year": asked[:4]}, lang=lang_of(request))
    form.refuse([text])
    return form


def _drafted(request: HttpRequest, form: RuleForm, kind: DraftKind, found: RuleDraft | None) -> HttpResponse:
    seen = seen_of(request) or (found.edit if found else None)
    refusals: tuple[Refusal, ...] = ()
    if request.method == "POST" and form.is_valid():
        done = _command(request, form, kind, {"number": found.pk if found else None, "seen": seen if found else None})
        if done.ok and done.draft:
            ask_second(done.draft, by=actor_of(request).id, now=now())
            messages.success(request, _("草稿已保存，请核对预览，再由另一位督办人员发布。"))
            return HttpResponseRedirect(reverse("calendar-draft", args=[done.draft.pk]))
        refusals = done.refusals
        form.refuse(refusals)
    back = reverse("calendar-draft", args=[found.pk]) if found else reverse("calendar")
    context = {"form": form, "kind": kind, "found": found, "seen": seen, "back": back, "title": TITLES[kind]()}
    return render_page(request, "desks/calendars/form.html", context, status=status_of(refusals))


TITLES = {
    DraftKind.NOTICE: lambda: _("导入一年的放假安排"),
    DraftKind.CITY_DAYS: lambda: _("本市停办与加班"),
    DraftKind.HOURS: lambda: _("上班时间"),
}


def _command(request: HttpRequest, form: RuleForm, kind: DraftKind, held: Mapping[str, int | None]) -> Drafted:
    typed, who, at = form.cleaned_data, actor_of(request), now()
    if isinstance(form, NoticeForm):
        return drafting.draft_notice(
            year=form.year(),
            text=typed["text"],
            source=typed["source"],
            complete=typed["complete"],
            actor=who,
            now=at,
            **held,
        )
    do = drafting.draft_city_days if kind is DraftKind.CITY_DAYS else drafting.draft_hours
    return do(text=typed["text"], source=typed["source"], actor=who, now=at, **held)
