"""`/callback/answer/<token>/`: the citizen's page. No sign-in; the link is the key, and only for this one question."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hotline.plumbing.clock import now
from hotline.rules.vocabulary import Rating, Resolution
from hotline.stages.callback.commands.answering import Given, Result, answer
from hotline.stages.callback.commands.knocking import may_knock, was_wrong
from hotline.stages.callback.forms import AnswerForm
from hotline.stages.callback.queries.answering import AnswerPage, answer_page
from hotline.tickets.acting.names import names_of
from hotline.tickets.acting.person import lang_of

TEMPLATE = "callback/answer.html"
TOO_MANY = 429
GONE = 410


@never_cache
@require_http_methods(["GET", "POST"])
def answering(request: HttpRequest, token: str) -> HttpResponse:
    """Shows the three questions, takes the answers, thanks."""
    moment, address = now(), request.META["REMOTE_ADDR"]
    known, lang = names_of(request), lang_of(request)
    if not may_knock(address, now=moment):
        return _plain(request, _("打开次数太多，请十分钟后再试，或直接拨打12345。"), TOO_MANY)
    page = answer_page(token, known=known, lang=lang, now=moment)
    if page is None:
        was_wrong(address, now=moment)
        return _plain(request, _("链接不完整或已失效。请核对短信里的地址，或直接拨打12345。"), 404)
    if not page.open:
        return _over(request, page)
    form = AnswerForm(request.POST if request.method == "POST" else None, initial=page.initial, lang=lang, names=known)
    if request.method == "GET":
        return render_page(request, TEMPLATE, {"page": page, "form": form})
    if not form.is_valid():
        return render_page(request, TEMPLATE, {"page": page, "form": form}, status=422)
    result = answer(token=token, given=_given(form), now=moment)
    if result is Result.OVER:
        return _over(request, page)
    return render_page(request, TEMPLATE, {"page": page, "done": result.value})


def _given(form: AnswerForm) -> Given:
    said = form.cleaned_data
    return Given(
        responded=said["responded"] == "yes",
        resolution=Resolution(said["resolution"]),
        rating=Rating(int(said["rating"])),
        cause=said["cause"],
        words=said["words"].strip(),
    )


def _over(request: HttpRequest, page: AnswerPage) -> HttpResponse:
    if page.settled:
        return _plain(request, _("您的评价已经收到，这次回访已经结束。谢谢！如有新的情况，请拨打12345。"), 200)
    return _plain(request, _("这次回访已经结束，不能再评价。如有新的情况，请拨打12345。"), GONE)


def _plain(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    return render_page(request, TEMPLATE, {"sentence": sentence}, status=status)
