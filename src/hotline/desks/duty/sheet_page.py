"""`/duty/import/`: a file of turns, looked at first and then taken, all or none.

Between the two steps the file travels with the form, signed, so that nobody imports what was not shown.
"""

from typing import Any, Final

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hotline.desks.duty.forms import SheetForm
from hotline.desks.duty.pages import duty_readers
from hotline.plumbing.clock import now
from hotline.registry.duty.reading import MOST_BYTES, SAMPLE, Sheet, SheetLine, import_sheet, read_sheet
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.words import word
from hotline.tickets.acting.names import names_of
from hotline.tickets.acting.person import actor_of, lang_of

SALT: Final = "hotline.desks.duty.sheet"
KEPT_FOR: Final = 3600


@duty_readers
@require_GET
def sample(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # a view is given the request
    """`/duty/import/sample.csv`: the headings, with two lines as an example."""
    answer = HttpResponse("\ufeff" + SAMPLE, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="duty.csv"'
    return answer


@duty_readers
@require_http_methods(["GET", "POST"])
def import_duty(request: HttpRequest) -> HttpResponse:
    """The file is read and shown; a second press takes it."""
    if request.method == "GET":
        return _asked(request, ())
    if looked_at := request.POST.get("content", ""):
        return _taken(request, looked_at)
    upload = request.FILES.get("file")
    if upload is None or (upload.size or 0) > MOST_BYTES:
        return _asked(request, (Refusal("duty_file.unreadable"),))
    content = upload.read()
    sheet = read_sheet(content, units=names_of(request).units, actor=actor_of(request), now=now())
    return _shown(request, sheet, content)


def _taken(request: HttpRequest, looked_at: str) -> HttpResponse:
    content = _unsigned(looked_at, actor_of(request).id)
    if content is None:
        return _asked(request, (Refusal("duty_file.unreadable"),))
    sheet = import_sheet(content=content, units=names_of(request).units, actor=actor_of(request), now=now())
    if not sheet.written:
        return _shown(request, sheet, content)
    messages.success(request, _("已导入 %(number)s 个班次。") % {"number": sheet.written})
    return HttpResponseRedirect(reverse("duty"))


def _unsigned(text: str, actor: str) -> bytes | None:
    """The file that was shown to this person within the hour."""
    try:
        kept = signing.loads(text, salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        return None
    return str(kept["text"]).encode() if kept["by"] == actor else None


def _asked(request: HttpRequest, refusals: tuple[Refusal, ...], *, status: int = 422, **more: Any) -> HttpResponse:
    lang = lang_of(request)
    context = {
        "form": SheetForm(lang=lang, names=names_of(request)),
        "refusals": [(refusal.code, render(refusal, lang)) for refusal in refusals],
        **more,
    }
    return render_page(request, "desks/duty/import.html", context, status=status if refusals else 200)


def _shown(request: HttpRequest, sheet: Sheet, content: bytes) -> HttpResponse:
    if sheet.refusals:
        return _asked(request, sheet.refusals)
    kept = {"text": content.decode("utf-8-sig"), "by": actor_of(request).id}
    context = {
        "form": SheetForm(lang=lang_of(request), names=names_of(request)),
        "lines": [_line(request, line) for line in sheet.lines],
        "faults": sum(1 for line in sheet.lines if line.refusals),
        "content": signing.dumps(kept, salt=SALT, compress=True) if sheet.ok else "",
    }
    return render_page(request, "desks/duty/import.html", context, status=200 if sheet.ok else 422)


def _line(request: HttpRequest, line: SheetLine) -> dict[str, Any]:
    lang, data = lang_of(request), line.data
    kinds = {"day", "night", "leader"}
    return {
        "number": line.number,
        "unit": names_of(request).unit(data.unit, lang),
        "kind": word(f"duty.{data.kind}", lang) if data.kind in kinds else data.kind,
        "name": data.name,
        "begins": f"{data.begins_at:%Y-%m-%d %H:%M}" if data.begins_at else "",
        "ends": f"{data.ends_at:%Y-%m-%d %H:%M}" if data.ends_at else "",
        "faults": [render(refusal, lang) for refusal in line.refusals],
    }
