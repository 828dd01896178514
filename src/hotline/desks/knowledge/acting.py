"""Writing: drafts, the steps of a version, corrections. Each page asks a command and shows what it answers.

Every form posts without script; a refusal keeps what was typed.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST

from hotline.desks.knowledge.forms import CorrectionForm, ItemForm, RefusingForm, RemarkForm, SettlementForm
from hotline.desks.knowledge.lines import asked_line
from hotline.desks.knowledge.pages import file_of, readers_only, show_item, status_of
from hotline.plumbing.clock import now
from hotline.registry.knowledge import commands
from hotline.registry.knowledge.commands import Outcome
from hotline.registry.knowledge.queries import correction
from hotline.registry.knowledge.records import ItemFile, Version
from hotline.registry.knowledge.standing import may_publish, may_write, may_write_some
from hotline.registry.people.queries import names as people_names
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.tickets.acting.names import books_of, names_of
from hotline.tickets.acting.person import actor_of, lang_of


@readers_only
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """`/knowledge/new/`: a new item of a unit."""
    if not may_write_some(actor_of(request)):
        raise PermissionDenied(render(Refusal("knowledge.writing_denied"), lang_of(request)))
    form = _item_form(request, new=True)
    if request.method == "POST" and form.is_valid():
        outcome = commands.draft_item(
            text=form.wording(), unit=form.cleaned_data["unit"], actor=actor_of(request), now=now()
        )
        if outcome.ok:
            return _done(request, outcome.code, _("草稿已保存，请核对后送审。"))
        form.refuse(outcome.refusals)
        return _form(request, form, _("新建知识点"), outcome=outcome)
    return _form(request, form, _("新建知识点"))


@readers_only
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """`/knowledge/<code>/edit/`: the draft in hand, or the next version begun from what is published."""
    file = file_of(request, code)
    if request.method == "GET" and "edit" not in file.acts:
        return show_item(request, file, (_not_now(request, file, "edit"),))
    start = file.in_hand or file.shown
    form = _item_form(request, new=False, start=start)
    title = _("修改知识点 %(code)s") % {"code": code}
    seen = _number(request.POST.get("seen")) if request.method == "POST" else _edit_of(file)
    if request.method == "POST" and form.is_valid():
        outcome = commands.draft_item(text=form.wording(), code=code, actor=actor_of(request), now=now(), seen=seen)
        if outcome.ok:
            return _done(request, code, _("草稿已保存，请核对后送审。"))
        form.refuse(outcome.refusals)
        return _form(request, form, title, file=file, seen=seen, outcome=outcome)
    return _form(request, form, title, file=file, seen=seen)


def _not_now(request: HttpRequest, file: ItemFile, act: str) -> Refusal:
    """Why a form isn't opened: said before anything is typed."""
    allowed, denied, impossible = {
        "edit": (may_write(actor_of(request), file.unit), "knowledge.writing_denied", "knowledge.in_review"),
        "send-back": (may_write(actor_of(request), file.unit), "knowledge.writing_denied", "knowledge.not_in_review"),
        "withdraw": (may_publish(actor_of(request)), "knowledge.publishing_denied", "knowledge.not_published"),
    }[act]
    return Refusal(impossible if allowed else denied)


def _edit_of(file: ItemFile) -> int:
    return file.in_hand.edit if file.in_hand else 0


def _item_form(request: HttpRequest, *, new: bool, start: Version | None = None) -> ItemForm:
    typed = request.POST if request.method == "POST" else None
    initial = {f.name: getattr(start.text, f.name) for f in fields(start.text)} if start else None
    names, actor, lang = names_of(request), actor_of(request), lang_of(request)
    initial = initial or {"unit": actor.unit}
    return ItemForm(typed, new=new, initial=initial, names=names, actor=actor, lang=lang)


def _form(
    request: HttpRequest,
    form: RefusingForm,
    title: str,
    *,
    file: ItemFile | None = None,
    seen: int | None = None,
    outcome: Outcome | None = None,
    **more: Any,
) -> HttpResponse:
    status = status_of(outcome.refusals) if outcome else 422 if form.is_bound else 200
    context = {"form": form, "title": title, "file": file, "seen": seen, **more}
    return render_page(request, "desks/knowledge/form.html", context, status=status)


def _done(request: HttpRequest, code: str, sentence: str) -> HttpResponse:
    messages.success(request, sentence, extra_tags=f"draft:knowledge{request.path}")
    return HttpResponseRedirect(
        reverse("knowledge-item", args=[code]) if code else f"{reverse('knowledge')}?tab=corrections"
    )


def _number(typed: str | None) -> int | None:
    return int(typed) if typed and typed.isdecimal() and len(typed) < 9 else None


# --- the steps of a version: one button each ---

STEPS: Mapping[str, tuple[Callable[..., Outcome], str]] = {
    "submit": (commands.submit_item, gettext_noop("已送审，等待热线机构发布。")),
    "publish": (commands.publish_item, gettext_noop("已发布，话务员现在可以查到并引用。")),
    "drop": (commands.drop_draft, gettext_noop("草稿已作废。")),
}
COMPARED = {"submit", "publish"}
"""Steps refused when somebody changed the text after the page was opened."""


@readers_only
@require_POST
def step(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """`/knowledge/<code>/submit/`, `publish/`, `drop/`: one press; a refusal stands above the item."""
    do, sentence = STEPS[name]
    seen = {"seen": _number(request.POST.get("seen"))} if name in COMPARED else {}
    outcome = do(code=code, actor=actor_of(request), now=now(), **seen)
    if not outcome.ok:
        return show_item(request, file_of(request, code), outcome.refusals)
    messages.success(request, _(sentence))
    at = reverse("knowledge-item", args=[code])
    return HttpResponseRedirect(f"{reverse('knowledge')}?tab=drafts" if name == "drop" else at)


# --- steps that need a reason ---

REASONED: Mapping[str, tuple[Callable[..., Outcome], str, str]] = {
    "send-back": (commands.send_back_item, gettext_noop("退回修改"), gettext_noop("已退回编写人修改。")),
    "withdraw": (commands.withdraw_item, gettext_noop("撤下知识点"), gettext_noop("已撤下，不再推荐和引用。")),
}


@readers_only
@require_http_methods(["GET", "POST"])
def reasoned(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """`/knowledge/<code>/send-back/`, `withdraw/`: the reason is asked for on a page of its own."""
    do, title, sentence = REASONED[name]
    file = file_of(request, code)
    if request.method == "GET" and name not in file.acts:
        return show_item(request, file, (_not_now(request, file, name),))
    form = RemarkForm(request.POST if request.method == "POST" else None, lang=lang_of(request))
    outcome = None
    if request.method == "POST" and form.is_valid():
        outcome = do(code=code, remark=form.cleaned_data["remark"], actor=actor_of(request), now=now())
        if outcome.ok:
            return _done(request, code, _(sentence))
        form.refuse(outcome.refusals)
    return _form(request, form, _(title), file=file, outcome=outcome)


# --- corrections ---


@readers_only
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, code: str) -> HttpResponse:
    """`/knowledge/<code>/correct/`: tell the unit what is wrong in its item."""
    return _asked(
        request, _("纠错"), _("已转给责任单位核实，答复后可在“纠错与补充”中查看。"), file=file_of(request, code)
    )


@readers_only
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """`/knowledge/ask/`: tell a unit, or the office, what agents are asked for and can't find."""
    return _asked(request, _("请求补充知识点"), _("已记录，责任单位补充后可在“纠错与补充”中查看。"), file=None)


def _asked(request: HttpRequest, title: str, sentence: str, *, file: ItemFile | None) -> HttpResponse:
    typed, code = request.POST if request.method == "POST" else None, file.code if file else ""
    form = CorrectionForm(typed, names=names_of(request), missing=file is None, lang=lang_of(request))
    outcome = None
    if form.is_bound and form.is_valid():
        moment = now()
        outcome = commands.correct_item(
            **form.cleaned_data,
            code=code,
            actor=actor_of(request),
            now=moment,
            calendar=books_of(request).at(moment).calendar,
        )
        if outcome.ok:
            return _done(request, code, sentence)
        form.refuse(outcome.refusals)
    return _form(request, form, title, file=file, outcome=outcome)


@readers_only
@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest, number: int) -> HttpResponse:
    """`/knowledge/corrections/<number>/`: the answer to a correction."""
    asked = correction(number, actor=actor_of(request))
    if asked is None:
        raise Http404(render(Refusal("knowledge.correction_not_found"), lang_of(request)))
    form = SettlementForm(request.POST if request.method == "POST" else None, lang=lang_of(request))
    outcome = None
    if form.is_bound and form.is_valid():
        given = {"accepted": form.cleaned_data["accepted"] == "yes", "answer": form.cleaned_data["answer"]}
        outcome = commands.settle_correction(number=number, actor=actor_of(request), now=now(), **given)
        if outcome.ok:
            return _done(request, "", _("已答复。"))
        form.refuse(outcome.refusals)
    people = people_names({asked.asked_by, asked.settled_by})
    line = asked_line(asked, names_of(request), people, lang_of(request), now())
    return _form(request, form, _("答复纠错"), outcome=outcome, line=line)
