"""The handover paper on the screen, ready to print, and as a Word document. A full copy puts the look on record."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hotline.desks.papers.handover import Copy, Paper, copy_for, handover_paper
from hotline.desks.papers.word import in_word
from hotline.plumbing.clock import now
from hotline.rules.sentences import render
from hotline.tickets.access import TicketRefused
from hotline.tickets.acting.names import books_of, names_of
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.disclosing import disclose_in
from hotline.tickets.queries import ticket_file

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CHINESE = "zh-hans"
PRINTED = "handover paper"
AS_WORD = "handover paper, Word"
ASKED = {"1": True, "0": False}


@dataclass(frozen=True)
class Bar:
    """What stands above the paper on the screen, in the reader's own language."""

    print: str
    word: str
    back: str
    redacted: str
    full: str
    masked: str
    plain: str


@login_required
@require_GET
def handover(request: HttpRequest, number: str) -> HttpResponse:
    """`/papers/handover/<number>/`: ?redacted=1 without the requester, ?head=0 for paper with a red head on it."""
    bar = Bar(
        print=_("打印"),
        word=_("下载 Word 版"),
        back=_("返回工单"),
        redacted=_("不含诉求人信息的"),
        full=_("含诉求人信息的（留痕）"),
        masked=_("未删减的"),
        plain=_("不带红头的"),
    )
    paper = _paper(request, number, PRINTED)
    with translation.override(CHINESE):
        context = {"paper": paper, "bar": bar, "head": _head(request), "asked": request.GET.urlencode()}
        return _unkept(render_page(request, "desks/papers/handover.html", context))


@login_required
@require_GET
def handover_word(request: HttpRequest, number: str) -> HttpResponse:
    """`/papers/handover/<number>/word/`: the same paper to be written on."""
    paper = _paper(request, number, AS_WORD)
    with translation.override(CHINESE):
        body = in_word(paper, head=_head(request))
    name = content_disposition_header(as_attachment=True, filename=f"{paper.title}-{paper.number}.docx") or "attachment"
    return _unkept(HttpResponse(body, content_type=DOCX, headers={"Content-Disposition": name}))


def _paper(request: HttpRequest, number: str, reason: str) -> Paper:
    """What this person may hold in hand; showing the requester is recorded first."""
    actor, moment, known = actor_of(request), now(), names_of(request)
    try:
        file = ticket_file(number, actor=actor, now=moment, books=books_of(request))
    except TicketRefused as refused:
        raise Http404(render(refused.refusal, lang_of(request))) from refused
    copy = copy_for(file, actor, redacted=ASKED.get(request.GET.get("redacted", "")))
    more = copy_for(file, actor, redacted=False)
    contact = disclose_in(file, reason=reason, actor=actor, now=moment) if copy is Copy.FULL else None
    city = known.city
    with translation.override(CHINESE):
        return handover_paper(
            file,
            copy,
            unredacted=more if copy is Copy.REDACTED and more is not Copy.REDACTED else None,
            contact=contact,
            known=known,
            hotline=city.hotline_name if city else "12345",
            person=str(request.user),
            now=moment,
        )


def _head(request: HttpRequest) -> bool:
    return request.GET.get("head") != "0"


def _unkept(answer: HttpResponse) -> HttpResponse:
    """A paper with somebody's telephone number is kept in no browser."""
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
