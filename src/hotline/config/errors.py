"""What somebody sees when a page can't be given: in Chinese or English, what happened and what to do now.

These pages need no database and no session: the very day the database is away they must work. They come in three
forms: a page, a fragment for a part of a page (htmx), and JSON with the stable code under /api/.
"""

import logging
import sys
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from django.utils import translation
from django.utils.translation import gettext_noop

from hotline.plumbing.database import kind_of_failure

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Problem:
    """One kind of failure; its words are message ids of the catalogue."""

    status: int
    title: str
    advice: str


PROBLEMS: Final = {
    "access.denied": Problem(
        403, gettext_noop("您没有查看此页的权限"), gettext_noop("如工作需要，请联系本单位管理员调整岗位权限。")
    ),
    "access.form_expired": Problem(
        403,
        gettext_noop("页面停留过久，提交未被接受"),
        gettext_noop("请重新打开页面再提交；在这台电脑上填过的内容会自动恢复。"),
    ),
    "access.not_by_itself": Problem(
        405,
        gettext_noop("刚才的操作没有完成"),
        gettext_noop("这个操作要从页面上的按钮办理。请回到所在的页面，再点一次。"),
    ),
    "request.too_large": Problem(
        400,
        gettext_noop("提交的内容过多，没有保存"),
        gettext_noop("请返回刚才的页面，把长材料作为附件上传，再重新提交。"),
    ),
    "request.malformed": Problem(
        400,
        gettext_noop("没有看懂这次提交，没有保存"),
        gettext_noop("请返回刚才的页面重新提交；再次出现请告诉系统管理员。"),
    ),
    "access.not_signed_in": Problem(401, gettext_noop("尚未登录"), gettext_noop("请先登录再调用接口。")),
    "accounts.locked_out": Problem(
        403,
        gettext_noop("密码错误次数过多，账号已暂时锁定"),
        gettext_noop("请在 15 分钟后再试，或联系管理员解锁、重设密码。"),
    ),
    "accounts.password_due": Problem(
        403,
        gettext_noop("您还在使用一次性密码"),
        gettext_noop("请先修改密码，再继续办理。"),
    ),
    "page.not_found": Problem(
        404, gettext_noop("没有找到这个页面"), gettext_noop("请核对地址或工单编号，或回到首页重新进入。")
    ),
    "server.fault": Problem(
        500,
        gettext_noop("系统出错了，刚才的操作没有保存"),
        gettext_noop("请稍后重试；若再次出现，请把时间和所做的操作告诉系统管理员。"),
    ),
    "database.away": Problem(
        503,
        gettext_noop("数据库暂时连不上"),
        gettext_noop(
            "刚才的操作没有保存，请保留已填内容，一分钟后重试；通话中请先记在纸上。系统管理员请检查数据库服务。"
        ),
    ),
    "database.busy": Problem(
        503,
        gettext_noop("系统繁忙，刚才的操作没有完成"),
        gettext_noop("有人正在处理同一内容，请立即重试一次。"),
    ),
}


def problem(request: HttpRequest, code: str, *, said: str = "", back: str = "") -> HttpResponse:
    """The answer for a failure, in the form in which the caller can show it. `said` is what a page has to say of it."""
    found = PROBLEMS[code]
    with translation.override(translation.get_language_from_request(request)):
        title, advice = translation.gettext(found.title), translation.gettext(found.advice)
        response: HttpResponse
        if wants_json(request):
            response = refusals([refusal(request, code)], status=found.status)
        else:
            fragment = request.headers.get("HX-Request") == "true"
            title, advice = _parted(said) or (title, advice)
            words = {"code": code, "title": title, "advice": advice}
            context = {**words, "static": settings.STATIC_URL, "back": back or page_before(request), "part": fragment}
            name = "_problem.html" if fragment else f"{found.status}.html"
            response = HttpResponse(loader.render_to_string(name, context), status=found.status)
    if found.status == 503:
        response.headers["Retry-After"] = "30"
    return response


def refusal(request: HttpRequest, code: str) -> dict[str, str]:
    """The same form as the refusal of an act: a stable code, a sentence, and the field to mend, here none."""
    found = PROBLEMS[code]
    with translation.override(translation.get_language_from_request(request)):
        sentence = translation.gettext("。").join((translation.gettext(found.title), translation.gettext(found.advice)))
    return {"code": code, "sentence": sentence, "field": ""}


def refusals(found: list[dict[str, str]], *, status: int) -> JsonResponse:
    return JsonResponse({"refusals": found}, status=status)


def wants_json(request: HttpRequest) -> bool:
    return request.path.startswith("/api/") or request.get_preferred_type(["text/html", "application/json"]) == (
        "application/json"
    )


def page_before(request: HttpRequest) -> str:
    """The page of ours from which somebody came, for the way back; blank when it is none or the same address."""
    came = urlsplit(request.headers.get("Referer", ""))
    if came.netloc != request.META.get("HTTP_HOST") or (request.method == "GET" and came.path == request.path):
        return ""
    return f"{came.path}?{came.query}" if came.query else came.path


def _parted(said: str) -> tuple[str, str] | None:
    """What a page says of it, the case as the heading and what to do below; None when it says nothing."""
    for mark in ("。", ". "):
        case, found, advice = said.partition(mark)
        if found and advice:
            return case, advice
    return None


def _sentence(exception: Exception) -> str:
    """What the page says of it: a whole sentence. Other programs' exceptions carry none."""
    said = str(exception.args[0]) if exception.args else ""
    return said if said.endswith(("。", ".")) else ""


def denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return problem(request, "access.denied", said=_sentence(exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return problem(request, "page.not_found", said=_sentence(exception))


def malformed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django refuses what is too large or makes no sense before a page sees it."""
    too_large = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    return problem(request, "request.too_large" if too_large else "request.malformed")


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    logger.info("form refused: %s", reason)
    return problem(request, "access.form_expired")


def fault(request: HttpRequest) -> HttpResponse:
    """Django calls this for every exception nobody caught, in a page as in the middleware around it."""
    return problem(request, kind_of_failure(sys.exc_info()[1]) or "server.fault")
