"""The list of a ticket's files with its upload form, one file opened, one file removed.

The same view answers as a page and as a part of the ticket page. A file that is refused is named beside its sentence
here only; the others of the same post are kept, and what was chosen stays chosen.
"""

from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from hotline.desks.attachments.forms import RemoveForm, UploadForm
from hotline.desks.attachments.lines import FileLine, file_line
from hotline.plumbing.clock import now
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.tickets.access import TicketRefused
from hotline.tickets.acting.alone import alone
from hotline.tickets.acting.api import status_of
from hotline.tickets.acting.names import books_of, names_of
from hotline.tickets.acting.pages import is_panel, signed_in
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.attachments.commands import Added, add_attachment, remove_attachment
from hotline.tickets.attachments.queries import Files, Opened, files_of, open_one

PAGE = "desks/attachments/page.html"
SECTION = "desks/attachments/_section.html"
BLOCK = 1 << 16


@dataclass(frozen=True)
class Turned:
    """A file that was not taken in: its name as the browser gave it, the code, the sentence."""

    name: str
    code: str
    sentence: str


@signed_in
@require_http_methods(["GET", "POST"])
def attachments(request: HttpRequest, number: str) -> HttpResponse:
    """`/tickets/<number>/attachments/`: the files, and a form for more."""
    files = _files(request, number)
    if request.method == "POST":
        return _posted(request, files)
    return _shown(request, files, _form(request, files), status=200)


def _posted(request: HttpRequest, files: Files) -> HttpResponse:
    form = _form(request, files, bound=True)
    if not form.is_valid():
        return _shown(request, files, form, status=422)
    given = [upload for upload in request.FILES.getlist("file") if isinstance(upload, UploadedFile)]
    turned: list[Turned] = []
    refusals: list[Refusal] = []
    for upload in given:
        added = _add(request, files, form, upload)
        refusals += added.refusals
        turned += [Turned(upload.name or "", r.code, render(r, lang_of(request))) for r in added.refusals]
    if not given:
        form.add_error("file", render(Refusal("upload.nothing", field="file"), lang_of(request)))
        return _shown(request, files, form, status=422)
    kept = len(given) - len(turned)
    if turned:
        again = _files(request, files.number)
        return _shown(request, again, form, status=status_of(tuple(refusals)), turned=tuple(turned), kept=kept)
    return _done(request, files, kept)


def _add(request: HttpRequest, files: Files, form: UploadForm, upload: UploadedFile) -> Added:
    return add_attachment(
        number=files.number,
        file=cast("BinaryIO", upload.file),
        name=upload.name or "",
        purpose=form.for_purpose(),
        visible_to=form.for_whom(),
        actor=actor_of(request),
        now=now(),
    )


def _done(request: HttpRequest, files: Files, kept: int) -> HttpResponse:
    if is_panel(request):
        again = _files(request, files.number)
        return _shown(request, again, _form(request, again), status=200, kept=kept)
    messages.success(request, _kept_words(kept))
    return HttpResponseRedirect(reverse("attachments", args=[files.number]))


def _kept_words(kept: int) -> str:
    return ngettext("已上传 %(count)d 个附件。", "已上传 %(count)d 个附件。", kept) % {"count": kept}


def _form(request: HttpRequest, files: Files, *, bound: bool = False) -> UploadForm:
    data: tuple[Any, ...] = (request.POST, request.FILES) if bound else ()
    return UploadForm(*data, files=files, lang=lang_of(request))


def _files(request: HttpRequest, number: str) -> Files:
    try:
        return files_of(number, actor=actor_of(request), now=now(), books=books_of(request))
    except TicketRefused as refused:
        raise Http404(render(refused.refusal, lang_of(request))) from refused


def _lines(request: HttpRequest, files: Files) -> list[FileLine]:
    return [file_line(line, names_of(request), lang_of(request), now()) for line in files.lines]


def _shown(
    request: HttpRequest,
    files: Files,
    form: UploadForm,
    *,
    status: int,
    turned: tuple[Turned, ...] = (),
    kept: int = 0,
) -> HttpResponse:
    context = {
        "files": files,
        "lines": _lines(request, files),
        "form": form,
        "turned": turned,
        "kept": _kept_words(kept) if kept else "",
    }
    return render_page(request, SECTION if is_panel(request) else PAGE, context, status=status)


@login_required
@require_GET
def attachment(request: HttpRequest, number: str, attachment: int) -> HttpResponseBase:
    """`/tickets/<number>/attachments/<id>/`: one file. Pictures and PDF open in the browser, all others are saved."""
    found = open_one(number, attachment, actor=actor_of(request))
    if found.file is None:
        raise Http404(render(found.refusal, lang_of(request)) if found.refusal else "")
    return served(found)


def served(found: Opened) -> FileResponse:
    """The file in blocks, under its own name, shut in."""
    answer = FileResponse(found.file, as_attachment=not found.inline, filename=found.name, content_type=found.mime)
    answer.block_size = BLOCK
    return alone(answer)


@signed_in
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, number: str, attachment: int) -> HttpResponse:
    """`/tickets/<number>/attachments/<id>/remove/`: nobody opens the file any more; why is said."""
    files = _files(request, number)
    line = next((line for line in files.lines if line.id == attachment and not line.gone), None)
    if line is None:
        raise Http404(render(Refusal("attachment.not_found"), lang_of(request)))
    if not line.may_remove:
        raise PermissionDenied(render(Refusal("attachment.not_yours"), lang_of(request)))
    form = RemoveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        outcome = remove_attachment(
            number=number, attachment=attachment, reason=reason, actor=actor_of(request), now=now()
        )
        if outcome.ok:
            messages.success(request, _("附件已移除。"))
            return HttpResponseRedirect(reverse("attachments", args=[number]))
        for refusal in outcome.refusals:
            field = "reason" if refusal.field == "reason" else None
            form.add_error(field, render(refusal, lang_of(request)))
    shown = file_line(line, names_of(request), lang_of(request), now())
    context = {"files": files, "line": shown, "form": form}
    return render_page(request, "desks/attachments/remove.html", context, status=422 if form.is_bound else 200)
