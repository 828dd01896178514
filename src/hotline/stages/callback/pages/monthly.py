"""`/callback/monthly/<month>/`: each unit's callbacks of a month, on the page and as tables to take away."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hotline.plumbing.clock import now
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.vocabulary import CITY_TZ, UNIT_ROLES, Rating
from hotline.rules.words import word
from hotline.stages.callback.pages.desk import READERS
from hotline.stages.callback.queries.monthly import LINES_SHOWN, MonthPage, month_page, months, sheet
from hotline.tickets.acting.names import names_of
from hotline.tickets.acting.pages import signed_in
from hotline.tickets.acting.person import actor_of, lang_of


def _reader(request: HttpRequest) -> Actor:
    """The office's readers, and units for their own."""
    actor = actor_of(request)
    if not actor.roles & (READERS | UNIT_ROLES):
        raise PermissionDenied(render(Refusal("access.denied", {}), lang_of(request)))
    return actor


@signed_in
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """`/callback/monthly/`: the months."""
    actor = _reader(request)
    context = {"months": months(now()), "office": bool(actor.roles & READERS)}
    return render_page(request, "callback/months.html", context)


@signed_in
@require_GET
def month(request: HttpRequest, month: str) -> HttpResponse:
    """`/callback/monthly/<month>/`: figures by unit, reasons, and the callbacks; `?table=` gives a table as a file."""
    actor, lang = _reader(request), lang_of(request)
    unit = request.GET.get("unit", "")[:32]
    table = request.GET.get("table", "")
    most = None if table else LINES_SHOWN
    page = month_page(month, actor=actor, known=names_of(request), lang=lang, now=now(), unit=unit, most=most)
    if page is None:
        raise Http404(_("没有这个月的回访月报。"))
    if table == "units":
        return _file(f"{month}-units", _units_table(page, lang))
    if table == "callbacks":
        return _file(f"{month}-callbacks", _callbacks_table(page))
    ratings = [word(rating, lang) for rating in sorted(Rating, reverse=True)]
    context = {"page": page, "rating_names": ratings, "office": bool(actor.roles & READERS), "unit_code": unit}
    return render_page(request, "callback/month.html", context)


def _file(name: str, content: bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="callback-{name}.csv"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _units_table(page: MonthPage, lang: str) -> bytes:
    head = [
        _("承办单位"), _("回访"), _("已接通"), _("联系不上"), _("免回访"), _("响应率"), _("解决率"), _("满意率"),
        *(word(rating, lang) for rating in sorted(Rating, reverse=True)), _("不满意原因"),
    ]  # fmt: skip
    rows = [
        [
            row.name or _("未转单位"), row.f.callbacks, row.f.reached, row.f.unreached, row.f.waived, row.response,
            row.resolution, row.satisfaction, *row.ratings, "；".join(f"{cause} {n}" for cause, n in row.causes),
        ]
        for row in page.rows
    ]  # fmt: skip
    return sheet(head, rows)


def _callbacks_table(page: MonthPage) -> bytes:
    head = [
        _("工单编号"), _("标题"), _("承办单位"), _("回访时间"), _("方式"), _("结果"), _("是否响应"), _("是否解决"),
        _("评价"), _("不满意原因"),
    ]  # fmt: skip
    rows = [
        [
            one.number, one.title, one.unit, f"{one.at.astimezone(CITY_TZ):%Y-%m-%d %H:%M}",
            _("市民自评") if one.by_message else _("电话"), outcome_words(one.outcome),
            {True: _("是"), False: _("否"), None: ""}[one.responded], one.resolution, one.rating, one.cause,
        ]
        for one in page.lines
    ]  # fmt: skip
    return sheet(head, rows)


def outcome_words(outcome: str) -> str:
    """How a callback ended."""
    return {
        "settled": _("认可"),
        "dissatisfied": _("不满意"),
        "unreached": _("联系不上"),
        "waived": _("免回访"),
    }[outcome]
