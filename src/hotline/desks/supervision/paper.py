"""督办单: the notice of a supervision, printed or as Word, in the frame of the handover paper. Always Chinese.

It names the matter by number, category and title; of a confidential ticket nothing but the number.
"""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hotline.desks.papers.handover import Box, Copy, Paper
from hotline.desks.papers.pages import DOCX
from hotline.desks.papers.word import in_word
from hotline.desks.supervision.doors import let_in
from hotline.desks.supervision.lines import why
from hotline.oversight.supervision.queries import SupervisionFileView, whole
from hotline.plumbing.clock import now
from hotline.rules.dates_in_words import day_zh
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.supervision import Deed
from hotline.rules.vocabulary import CITY_TZ, Flag
from hotline.rules.words import word
from hotline.tickets.acting.names import Names, names_of
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.dossiers.acting.doors import LARGEST
from hotline.tickets.queries import TicketRow, rows_of

LANG, CHINESE = "zh", "zh-hans"
LONG_AGO = datetime(1970, 1, 1, tzinfo=CITY_TZ)
"""Seen from there a moment is said with its full date: a paper is read on other days too."""
NAMED = 10
"""Tickets of a campaign that are named one by one."""


@let_in
@require_GET
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """`/supervision/<id>/paper/`: on the screen, ready to print; ?head=0 for paper with a red head on it."""
    bar = {"print": _("打印"), "word": _("下载 Word 版"), "back": _("返回督办"), "plain": _("不带红头的")}
    made = _paper(request, pk)
    with translation.override(CHINESE):
        context = {"paper": made, "bar": bar, "pk": pk, "head": _head(request)}
        return _unkept(render_page(request, "desks/supervision/paper.html", context))


@let_in
@require_GET
def word_file(request: HttpRequest, pk: int) -> HttpResponse:
    """`/supervision/<id>/paper/word/`: the same to be written on."""
    made = _paper(request, pk)
    with translation.override(CHINESE):
        body = in_word(made, head=_head(request))
    name = content_disposition_header(as_attachment=True, filename=f"{made.title}-{made.number}.docx") or "attachment"
    return _unkept(HttpResponse(body, content_type=DOCX, headers={"Content-Disposition": name}))


def _head(request: HttpRequest) -> bool:
    return request.GET.get("head") != "0"


def _unkept(answer: HttpResponse) -> HttpResponse:
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _paper(request: HttpRequest, pk: int) -> Paper:
    actor, moment, known = actor_of(request), now(), names_of(request)
    seen = whole(min(pk, LARGEST), actor=actor, now=moment)
    if seen is None:
        raise Http404(render(Refusal("supervision.not_found"), lang_of(request)))
    if not seen.row.paper:
        raise Http404(render(Refusal("supervision.paper_unopened"), lang_of(request)))
    numbers = [seen.row.number] if seen.row.number else list(seen.tickets[:NAMED])
    rows = rows_of(numbers, actor=actor)
    city = known.city
    with translation.override(CHINESE):
        return notice(
            seen,
            rows,
            known=known,
            hotline=city.hotline_name if city else "12345",
            person=str(request.user),
            now=moment,
        )


def notice(
    seen: SupervisionFileView,
    rows: tuple[TicketRow, ...],
    *,
    known: Names,
    hotline: str,
    person: str,
    now: datetime,
) -> Paper:
    """The paper in words."""
    row = seen.row
    demand = next((line.text for line in seen.lines if line.deed == Deed.OPEN.value), "")
    return Paper(
        number=row.paper,
        hotline=hotline,
        title=_("督办单"),
        copy=Copy.REDACTED,
        marks=(word(f"supervision_kind.{row.kind}", LANG),),
        facts=_facts(seen, known),
        request=Box(_("督办事项"), _matter(seen, rows, known)),
        boxes=(
            Box(_("督办要求"), demand or _("请按时限办理并反馈办理情况。"), "some"),
            Box(_("领导批示"), "", "more"),
            Box(_("办理情况"), "", "most"),
        ),
        signatures=(_("经办人"), _("主要负责人"), _("单位盖章"), _("日期")),
        printed=_("打印：%(person)s，%(at)s") % {"person": person, "at": _at(now)},
        unredacted=None,
    )


def _facts(seen: SupervisionFileView, known: Names) -> tuple[tuple[Box, Box], ...]:
    row = seen.row
    units = "、".join(known.unit(unit, LANG) for unit in row.units)
    return (
        (
            Box(_("督办单号"), row.paper),
            Box(_("立项日期"), day_zh(row.opened_at.astimezone(CITY_TZ).date(), 0) if row.opened_at else "—"),
        ),
        (
            Box(_("督办单位"), units or "—"),
            Box(_("反馈时限"), _("%(at)s前") % {"at": _at(row.due_at)} if row.due_at else "—"),
        ),
        (
            Box(_("督办人"), seen.owner_name or "—"),
            Box(_("工单编号"), row.number or _("%(count)s件工单") % {"count": row.tickets}),
        ),
    )


def _matter(seen: SupervisionFileView, rows: tuple[TicketRow, ...], known: Names) -> str:
    causes = [
        "：".join(
            part for part in (word(f"supervision_cause.{g.cause}", LANG), why(g.cause, g.facts, LANG, LONG_AGO)) if part
        )
        for g in seen.grounds
    ]
    named = [_named(row, known) for row in rows]
    more = [_("等%(count)s件") % {"count": seen.row.tickets}] if seen.row.tickets > len(rows) else []
    title = [seen.row.title] if seen.row.title else []
    return "\n".join((*title, *named, *more, _("督办缘由：%(causes)s") % {"causes": "；".join(causes)}))


def _named(row: TicketRow, known: Names) -> str:
    if Flag.CONFIDENTIAL.value in row.flags:
        return _("%(number)s（保密件，内容见交办单）") % {"number": row.number}
    return " ".join(part for part in (row.number, known.category_path(row.category, LANG), row.title) if part)


def _at(moment: datetime) -> str:
    local = moment.astimezone(CITY_TZ)
    return f"{day_zh(local.date(), 0)} {local:%H:%M}"
