"""`/intake/quick/`: ten seconds for a call that needs no ticket, with today's notes beside it."""

import secrets
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from hotline.plumbing.clock import now, today
from hotline.rules.call_notes import LONGEST, WRITERS, Note, NoteKind, sees_all
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.stages.intake.commands.notes import keep_note, undo_note
from hotline.stages.intake.queries.notes import citable, todays_notes
from hotline.tickets.acting.names import Option
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.acting.widgets import Picker

KINDS = (
    (NoteKind.SILENT, gettext_lazy("无声电话"), "1"),
    (NoteKind.WRONG_NUMBER, gettext_lazy("误拨"), "2"),
    (NoteKind.NUISANCE, gettext_lazy("骚扰电话"), "3"),
    (NoteKind.ANSWERED, gettext_lazy("即问即答"), "4"),
)
"""Each kind with its words and the key that chooses it."""
WORDS_OF = {kind: words for kind, words, _key in KINDS}


def _line(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "form-control", "autocomplete": "off", **attrs})


class NoteForm(forms.Form):
    """One choice, and if wanted a number, a few words, a knowledge item. The rules say whether it is enough."""

    kind = forms.ChoiceField(
        label=gettext_lazy("来电情况"),
        choices=[(kind.value, words) for kind, words, _key in KINDS],
        required=False,
        widget=forms.RadioSelect(attrs={"aria-required": "true"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("来电号码"), max_length=32, required=False, widget=_line(inputmode="tel"),
        help_text=gettext_lazy("只留末四位；号码本身不保存。"),
    )  # fmt: skip
    words = forms.CharField(label=gettext_lazy("备注"), max_length=LONGEST, required=False, widget=_line())
    item = forms.CharField(label=gettext_lazy("引用知识点"), max_length=32, required=False)

    def __init__(self, *args: Any, items: tuple[Option, ...], lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].widget = Picker(items, lang)

    def note(self) -> Note | None:
        """What was said of the call; None when nothing was chosen."""
        given = self.cleaned_data
        if not given["kind"]:
            return None
        return Note(kind=NoteKind(given["kind"]), phone=given["phone"], words=given["words"], item=given["item"])


@login_required
@require_http_methods(["GET", "POST"])
def quick(request: HttpRequest) -> HttpResponse:
    """The form and the list; a note that was kept shows the list again with its way back."""
    if not actor_of(request).roles & WRITERS:
        raise PermissionDenied(render(Refusal("call_note.role_denied"), lang_of(request)))
    if request.method == "GET":
        return _shown(request, _form(request))
    form = _form(request, request.POST)
    if not form.is_valid():
        return _shown(request, form, status=422)
    note = form.note()
    if note is None:
        return _refused(request, form, (Refusal("call_note.kind_missing", field="kind"),))
    kept = keep_note(note=note, actor=actor_of(request), now=now(), token=request.POST.get("token", ""))
    if kept.refusals:
        return _refused(request, form, kept.refusals)
    done = _("已登记：%(kind)s。两分钟内可以撤销。") % {"kind": WORDS_OF[note.kind]}
    messages.success(request, done, extra_tags="draft:quick")
    return HttpResponseRedirect(reverse("intake-quick"))


def _form(request: HttpRequest, data: QueryDict | None = None) -> NoteForm:
    items = tuple(Option(code, title, "", "") for code, title in citable(today()))
    return NoteForm(data, items=items, lang=lang_of(request))


@login_required
@require_POST
def undo(request: HttpRequest, note: int) -> HttpResponse:
    """`/intake/quick/<note>/undo/`: take back what was just kept."""
    if not actor_of(request).roles & WRITERS:
        raise PermissionDenied(render(Refusal("call_note.role_denied"), lang_of(request)))
    refusals = undo_note(id=note, actor=actor_of(request), now=now())
    if refusals:
        messages.error(request, render(refusals[0], lang_of(request)))
    else:
        messages.success(request, _("已撤销。"))
    return HttpResponseRedirect(reverse("intake-quick"))


def _refused(request: HttpRequest, form: NoteForm, refusals: tuple[Refusal, ...]) -> HttpResponse:
    for refusal in refusals:
        form.add_error(refusal.field or None, render(refusal, lang_of(request)))
    return _shown(request, form, status=422)


def _shown(request: HttpRequest, form: NoteForm, *, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    notes = todays_notes(actor=actor, now=now())
    context: dict[str, Any] = {
        "form": form,
        "keys": [(option, key) for option, (_kind, _words, key) in zip(form["kind"], KINDS, strict=True)],
        "lines": [(line, WORDS_OF[line.kind]) for line in notes.lines],
        "counts": [(words, notes.counts[kind]) for kind, words, _key in KINDS],
        "everybody": sees_all(actor),
        "token": request.POST.get("token") or secrets.token_urlsafe(18),
    }
    return render_page(request, "intake/quick.html", context, status=status)
