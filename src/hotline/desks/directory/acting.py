"""Doing: drafting a rule, its next version or last day, lines of a file; trying out, withdrawing, publishing."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hotline.desks.calendars.acting import BOTH, seen_of
from hotline.desks.calendars.doors import keepers
from hotline.desks.calendars.forms import RuleForm
from hotline.desks.calendars.pages import draft_of, status_of
from hotline.desks.directory.forms import CELLS, NARROW, DirectoryRuleForm, EndForm, LinesForm
from hotline.desks.directory.pages import KINDS, months_typed, show_draft, versions_of
from hotline.oversight.recomputing.telling import ask_second
from hotline.oversight.rehearsing.directory import rehearse_directory
from hotline.plumbing.clock import now, today
from hotline.registry.calendars import drafting as any_drafting
from hotline.registry.calendars.drafting import Drafted
from hotline.registry.keeping import drafting
from hotline.registry.keeping.lists import spelling
from hotline.registry.units.rules import all_rules
from hotline.rules.jurisdiction import DIRECTORY, DirectoryRule
from hotline.rules.jurisdiction.changes import next_number, next_version
from hotline.rules.jurisdiction.sheet import HEADER_OF, Spelling, print_rule
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.tickets.acting.person import actor_of, lang_of

MOST_BYTES = 4_000_000


@keepers
@require_http_methods(BOTH)
def new(request: HttpRequest) -> HttpResponse:
    """`/directory/new/`: a rule that was not there; its number is the next one of its first category."""
    form = _rule_form(request, spelling(today()), {"valid_from": today().isoformat()})
    if request.method == "POST" and form.is_valid():
        number = next_number(all_rules(), _first_category(form.cleaned_data["categories"]))
        rows = [form.row({"id": number, "version": "1", "source": DIRECTORY})]
        return _rows_drafted(request, form, rows, _("新增规则"), reverse("directory"))
    return _form(request, form, _("新增规则"), reverse("directory"))


@keepers
@require_http_methods(BOTH)
def change_rule(request: HttpRequest, number: str) -> HttpResponse:
    """`/directory/rules/<number>/change/`: the next version; the one before ends on the day it begins."""
    versions = versions_of(request, number)
    last, known = versions[-1], spelling(today())
    told, back = print_rule(last, known), reverse("directory-rule", args=[number])
    initial = {name: told[HEADER_OF[name]] for name in CELLS} | {"valid_from": today().isoformat(), "valid_to": ""}
    form = _rule_form(request, known, initial)
    title = _("修改规则 %(number)s") % {"number": number}
    if request.method == "POST" and form.is_valid():
        version = str(next_version(versions, number))
        row = form.row({"id": number, "version": version, "source": DIRECTORY})
        return _rows_drafted(request, form, [*_ended(last, told, row[HEADER_OF["valid_from"]]), row], title, back)
    return _form(request, form, title, back)


@keepers
@require_http_methods(BOTH)
def end_rule(request: HttpRequest, number: str) -> HttpResponse:
    """`/directory/rules/<number>/end/`: another last day: the rule ends, or is renewed."""
    last = versions_of(request, number)[-1]
    told, back = print_rule(last, spelling(today())), reverse("directory-rule", args=[number])
    form = EndForm(request.POST or None, lang=lang_of(request), initial={"valid_to": told[HEADER_OF["valid_to"]]})
    title = _("停用或者续期规则 %(number)s") % {"number": number}
    if request.method == "POST" and form.is_valid():
        return _rows_drafted(
            request, form, [{**told, HEADER_OF["valid_to"]: form.cleaned_data["valid_to"]}], title, back
        )
    return _form(request, form, title, back)


def _rule_form(request: HttpRequest, known: Spelling, initial: Mapping[str, str]) -> DirectoryRuleForm:
    return DirectoryRuleForm(request.POST or None, lang=lang_of(request), initial=initial, spelling=known)


def _first_category(typed: str) -> str:
    """Under which category a new rule is numbered; what is none is told of its own cell."""
    first = typed.split("、", maxsplit=1)[0].strip()
    return first if first.isascii() and first.isdecimal() and len(first) in {2, 4, 6} else "00"


def _ended(last: DirectoryRule, told: Mapping[str, str], start: str) -> list[dict[str, str]]:
    """The line of the version before, when it would go on beside the new one; one that begins later has no last day
    before its first, and is told to overlap.
    """
    over = last.valid_to is not None and last.valid_to.isoformat() <= start
    ahead = last.valid_from is not None and start <= last.valid_from.isoformat()
    if over or ahead:
        return []
    return [{**told, HEADER_OF["valid_to"]: start}]


@keepers
@require_http_methods(BOTH)
def upload(request: HttpRequest) -> HttpResponse:
    """`/directory/upload/`: lines of the file; every mistake is named with its line."""
    return _lines(request, None)


@keepers
@require_http_methods(BOTH)
def change_draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    """`/directory/drafts/<draft>/change/`: the draft's lines anew; whoever changes it cannot publish it."""
    return _lines(request, draft_id)


def _lines(request: HttpRequest, draft_id: int | None) -> HttpResponse:
    found = draft_of(request, draft_id, KINDS) if draft_id is not None else None
    initial = {"source": found.source, "text": drafting.text_of(found, now()).removeprefix("\ufeff")} if found else {}
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = LinesForm(*data, lang=lang_of(request), initial=initial)
    title = _("修改草稿") if found else _("导入目录文件")
    back = reverse("directory-draft", args=[found.pk]) if found else reverse("directory")
    seen = seen_of(request) or (found.edit if found else None)
    if request.method == "POST" and form.is_valid():
        held = {"number": found.pk if found else None, "seen": seen if found else None}
        text = _text(form)
        if isinstance(text, Refusal):
            done = Drafted(refusals=(text,))
        else:
            who = actor_of(request)
            done = drafting.draft_text(text=text, source=form.cleaned_data["source"], actor=who, now=now(), **held)
        return _answered(request, done, form, title, back, seen=seen if found else None)
    return _form(request, form, title, back, seen=seen if found else None)


def _text(form: LinesForm) -> str | Refusal:
    """What was handed in: the file if there is one, else what was pasted."""
    upload = form.cleaned_data["file"]
    if upload is None:
        return str(form.cleaned_data["text"])
    if upload.size > MOST_BYTES:
        return Refusal("directory.file_large", field="file")
    content: bytes = upload.read()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return Refusal("directory.file_unreadable", field="file")


@keepers
@require_POST
def withdraw(request: HttpRequest, draft_id: int) -> HttpResponse:
    """`/directory/drafts/<draft>/withdraw/`: the draft is given up."""
    found = draft_of(request, draft_id, KINDS)
    done = any_drafting.withdraw(number=draft_id, actor=actor_of(request), now=now())
    if not done.ok:
        return show_draft(request, found, done.refusals)
    messages.success(request, _("草稿已撤回。"))
    return HttpResponseRedirect(reverse("directory"))


@keepers
@require_POST
def rehearse(request: HttpRequest, draft_id: int) -> HttpResponse:
    """`/directory/drafts/<draft>/rehearse/`: the last months' tickets asked of both directories."""
    found = draft_of(request, draft_id, KINDS)
    months = months_typed(request.POST.get("months", ""))
    done = rehearse_directory(number=draft_id, months=months, actor=actor_of(request), now=now())
    if not done.ok:
        return show_draft(request, found, done.refusals)
    return HttpResponseRedirect(reverse("directory-draft", args=[draft_id]) + "#trial")


@keepers
@require_POST
def publish(request: HttpRequest, draft_id: int) -> HttpResponse:
    """`/directory/drafts/<draft>/publish/`: by a second supervisor; dispatched tickets stay where they are."""
    found = draft_of(request, draft_id, KINDS)
    done = drafting.publish_directory(number=draft_id, seen=seen_of(request), actor=actor_of(request), now=now())
    if not done.ok:
        return show_draft(request, found, done.refusals)
    messages.success(request, _("已发布，自启用日期起按新规则派单；已经派出的工单不变。"))
    return HttpResponseRedirect(reverse("directory-draft", args=[draft_id]))


def _rows_drafted(
    request: HttpRequest, form: RuleForm, rows: Iterable[Mapping[str, str]], title: str, back: str
) -> HttpResponse:
    source = form.cleaned_data["draft_source"]
    done = drafting.draft_rows(rows=rows, source=source, actor=actor_of(request), now=now())
    return _answered(request, done, form, title, back)


def _answered(
    request: HttpRequest, done: Drafted, form: RuleForm, title: str, back: str, *, seen: int | None = None
) -> HttpResponse:
    """The draft's page, or the form again with what is wrong."""
    if done.ok and done.draft is not None:
        ask_second(done.draft, by=actor_of(request).id, now=now())
        messages.success(request, _("草稿已保存，请先试算，再由另一位督办人员发布。"))
        return HttpResponseRedirect(reverse("directory-draft", args=[done.draft.pk]))
    form.refuse(done.refusals)
    lang = lang_of(request)
    wrong = [(one.params["line"], render(one, lang)) for one in done.refusals if "line" in one.params]
    return _form(request, form, title, back, seen=seen, wrong=wrong, status=status_of(done.refusals))


def _form(
    request: HttpRequest, form: RuleForm, title: str, back: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    lines = isinstance(form, LinesForm)
    context = {"form": form, "title": title, "back": back, "lines": lines, "narrow": NARROW, **more}
    return render_page(request, "desks/directory/form.html", context, status=status)
