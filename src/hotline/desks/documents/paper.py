"""The document as a paper in the layout of GB/T 9704: on the screen to be printed, and as Word. Always Chinese.

Before it is signed it says that it is a draft, afterwards voided that it is void; both in words on the paper itself.
"""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hotline.desks.documents.doors import let_in, seen_or_404
from hotline.desks.documents.word import in_word
from hotline.desks.dossier_lines import names
from hotline.desks.papers.pages import DOCX
from hotline.oversight.documents.queries import DocumentWhole
from hotline.rules.dates_in_words import day_zh
from hotline.rules.documents import DocumentKind, Status
from hotline.rules.documents.states import UNNUMBERED, UPWARD
from hotline.rules.vocabulary import CITY_TZ
from hotline.rules.words import word
from hotline.tickets.acting.names import Names, names_of

LANG, CHINESE = "zh", "zh-hans"


@dataclass(frozen=True)
class Letter:
    """The paper in words. `signer` stands beside the number of what goes up only; `mark` is 草稿 or 作废."""

    kind: str
    agency: str
    number: str
    signer: str
    title: str
    to: str
    paragraphs: tuple[str, ...]
    day: str
    copies: str
    issued: str
    mark: str


def letter(seen: DocumentWhole, *, known: Names, agency: str) -> Letter:
    """What the document says on paper."""
    row = seen.row
    upward = DocumentKind(row.kind) in UPWARD
    issued = row.issued_at.astimezone(CITY_TZ).date() if row.issued_at else row.signed_on
    return Letter(
        kind=word(f"document_kind.{row.kind}", LANG),
        agency=agency,
        number=row.number,
        signer=row.signer if upward else "",
        title=row.title,
        to=row.sent_to if upward else names(row.recipients, known, LANG),
        paragraphs=tuple(line.strip() for line in seen.body.splitlines() if line.strip()),
        day=_full(row.signed_on),
        copies=names(row.copies, known, LANG),
        issued=_full(issued),
        mark=_mark(Status(row.status)),
    )


def _full(on: date | None) -> str:
    return day_zh(on, 0) if on else ""


def _mark(status: Status) -> str:
    if status in UNNUMBERED | {Status.DISCARDED}:
        return _("草稿，未经签发")
    return _("作废") if status is Status.VOIDED else ""


def _letter(request: HttpRequest, seen: DocumentWhole) -> Letter:
    known = names_of(request)
    with translation.override(CHINESE):
        return letter(seen, known=known, agency=known.city.hotline_name if known.city else "12345")


@let_in
@require_GET
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """`/documents/<id>/paper/`: ready to print; ?head=0 for paper with a red head on it."""
    bar = {"print": _("打印"), "word": _("下载 Word 版"), "back": _("返回公文"), "plain": _("不带红头的")}
    made = _letter(request, seen_or_404(request, pk))
    with translation.override(CHINESE):
        context = {"letter": made, "bar": bar, "pk": pk, "head": _head(request)}
        return render_page(request, "desks/documents/paper.html", context)


@let_in
@require_GET
def word_file(request: HttpRequest, pk: int) -> HttpResponse:
    """`/documents/<id>/paper/word/`: the same as Word."""
    seen = seen_or_404(request, pk)
    made = _letter(request, seen)
    with translation.override(CHINESE):
        body = in_word(made, kind=seen.row.kind, head=_head(request))
    stem = f"{made.kind}-{made.number or seen.row.id}.docx"
    name = content_disposition_header(as_attachment=True, filename=stem) or "attachment"
    return HttpResponse(body, content_type=DOCX, headers={"Content-Disposition": name})


def _head(request: HttpRequest) -> bool:
    return request.GET.get("head") != "0"
