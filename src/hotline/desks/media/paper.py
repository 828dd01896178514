"""媒体督办移交单: printed or as Word, in the frame of the office's other notices. Always Chinese.

It goes to a medium: it holds what the medium is told and nothing else of the tickets, not even their titles.
"""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hotline.desks.media.doors import let_in, seen_or_404
from hotline.desks.media.lines import publications
from hotline.desks.papers.handover import Box, Copy, Paper
from hotline.desks.papers.pages import DOCX
from hotline.desks.papers.word import in_word
from hotline.oversight.supervision.media.queries import HandoverWhole
from hotline.plumbing.clock import now
from hotline.rules.dates_in_words import day_zh
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.vocabulary import CITY_TZ, SupervisionKind
from hotline.rules.words import word
from hotline.tickets.acting.names import Names, names_of
from hotline.tickets.acting.person import lang_of

LANG, CHINESE = "zh", "zh-hans"


@let_in
@require_GET
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """`/supervision/media/<id>/paper/`: ready to print; ?head=0 for paper with a red head on it."""
    bar = {"print": _("打印"), "word": _("下载 Word 版"), "back": _("返回媒体督办"), "plain": _("不带红头的")}
    made = _paper(request, pk)
    with translation.override(CHINESE):
        context = {"paper": made, "bar": bar, "pk": pk, "head": _head(request)}
        return render_page(request, "desks/media/paper.html", context)


@let_in
@require_GET
def word_file(request: HttpRequest, pk: int) -> HttpResponse:
    """`/supervision/media/<id>/paper/word/`: the same to be written on."""
    made = _paper(request, pk)
    with translation.override(CHINESE):
        body = in_word(made, head=_head(request))
    name = content_disposition_header(as_attachment=True, filename=f"{made.title}-{made.number}.docx") or "attachment"
    return HttpResponse(body, content_type=DOCX, headers={"Content-Disposition": name})


def _head(request: HttpRequest) -> bool:
    return request.GET.get("head") != "0"


def _paper(request: HttpRequest, pk: int) -> Paper:
    seen, known = seen_or_404(request, pk), names_of(request)
    if not seen.row.number:
        raise Http404(render(Refusal("media.paper_unagreed"), lang_of(request)))
    hotline = known.city.hotline_name if known.city else "12345"
    with translation.override(CHINESE):
        return notice(seen, known=known, hotline=hotline, person=str(request.user), now=now())


def notice(seen: HandoverWhole, *, known: Names, hotline: str, person: str, now: datetime) -> Paper:
    """The paper in words."""
    row = seen.row
    units = "、".join(known.unit(unit, LANG) for unit in row.units)
    due = _("%(at)s前") % {"at": _at(row.due_at)} if row.due_at else "—"
    said = "\n".join(f"{one.on} {one.title} {one.text}".strip() for one in publications(seen.lines, LANG))
    return Paper(
        number=row.number,
        hotline=hotline,
        title=_("媒体督办移交单"),
        copy=Copy.REDACTED,
        marks=(word(SupervisionKind.MEDIA, LANG),),
        facts=(
            (Box(_("移交单号"), row.number), Box(_("移交日期"), day_zh(row.hand_on, 0) if row.hand_on else "—")),
            (Box(_("合作媒体"), row.medium_name), Box(_("事项件数"), str(len(row.tickets)))),
            (Box(_("承办单位"), units or "—"), Box(_("公开答复时限"), due)),
        ),
        request=Box(_("移交事项"), row.title),
        boxes=(
            Box(_("刊播情况"), said, "some"),
            Box(_("单位公开答复"), "", "most"),
            Box(_("跟进情况"), "", "more"),
        ),
        signatures=(_("移交人"), _("同意人"), _("媒体签收人"), _("日期")),
        printed=_("打印：%(person)s，%(at)s") % {"person": person, "at": _at(now)},
        unredacted=None,
    )


def _at(moment: datetime) -> str:
    local = moment.astimezone(CITY_TZ)
    return f"{day_zh(local.date(), 0)} {local:%H:%M}"
