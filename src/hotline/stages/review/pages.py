"""The reviewer's page: request and reply side by side, the checklist, one verdict; then the next one opens by itself.

Two reviewers may open the same ticket: the second is told at once, and whoever posts second loses nothing typed.
"""

from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hotline.plumbing.clock import now
from hotline.rules.acts import Act, PassReview
from hotline.rules.lifecycle.table import ROWS_OF
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.words import word
from hotline.stages.review.forms import ReviewForm
from hotline.stages.review.queries import DESK, WAITING, review_page
from hotline.tickets.access import OpenTicket, TicketRefused, look_at
from hotline.tickets.acting.names import books_of, names_of
from hotline.tickets.acting.pages import View, act_page, is_panel, signed_in
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.acting.standing import why_not
from hotline.tickets.claims import claim, held_at, let_go, next_free
from hotline.tickets.commands import perform
from hotline.tickets.queries import TicketFile, TimelineEntry, since, ticket_file

ROLE_DENIED: Final = "act.role_denied"
CONFLICT: Final = "conflict.version"
LONGEST_VERSION: Final = 9
REVIEWERS: Final = frozenset(role for row in ROWS_OF[PassReview] for role in row.roles)


@login_required
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, number: str) -> HttpResponse:
    """`/review/<number>/`: look at one reply and decide."""
    file = _file(request, number)
    refusals = _refused_before(request, file)
    if any(refusal.code == ROLE_DENIED for refusal in refusals):
        raise PermissionDenied(render(refusals[0], lang_of(request)))
    form = ReviewForm(
        request.POST if request.method == "POST" else None, lang=lang_of(request), names=names_of(request)
    )
    if request.method == "POST":
        return _posted(request, file, form)
    return _shown(request, file, form, refusals, status=409 if refusals else 200)


@login_required
@require_GET
def following(request: HttpRequest) -> HttpResponse:
    """`/review/next/`: the reply that is due first and that nobody else has in hand."""
    _reviewers_only(request)
    return HttpResponseRedirect(_next(request))


@signed_in
@require_POST
def leave(request: HttpRequest, number: str) -> HttpResponse:
    """`/review/<number>/leave/`: let the ticket go and look at the next one."""
    _reviewers_only(request)
    opened = _opened(request, number)
    let_go(opened, desk=DESK, actor=actor_of(request))
    return HttpResponseRedirect(_next(request, but=number))


def leading_here(act: type[Act]) -> View:
    """The act's own address leads to the review page, where the whole reply is in sight; a post is done as usual."""
    plain = act_page(act)

    @signed_in
    @require_http_methods(["GET", "POST"])
    def view(request: HttpRequest, number: str) -> HttpResponse:
        if request.method == "POST" or _may_not(request, number, act):
            return plain(request, number)
        place = reverse("review", args=[number])
        if is_panel(request):
            return HttpResponse(status=204, headers={"HX-Redirect": place})
        return HttpResponseRedirect(place)

    view.__name__ = act.name
    return view


def _may_not(request: HttpRequest, number: str, act: type[Act]) -> bool:
    opened, moment = _opened(request, number), now()
    book = books_of(request).at(moment, opened.state.profile)
    return bool(why_not(opened.state, act, actor=actor_of(request), book=book, now=moment))


def _reviewers_only(request: HttpRequest) -> None:
    if not actor_of(request).roles & REVIEWERS:
        raise PermissionDenied(render(Refusal(ROLE_DENIED, {"act": PassReview.name}), lang_of(request)))


def _file(request: HttpRequest, number: str) -> TicketFile:
    try:
        return ticket_file(number, actor=actor_of(request), now=now(), books=books_of(request))
    except TicketRefused as refused:
        gone = Refusal("ticket.gone", {"number": number}) if request.method == "POST" else refused.refusal
        raise Http404(render(gone, lang_of(request))) from refused


def _opened(request: HttpRequest, number: str) -> OpenTicket:
    try:
        return look_at(number, actor=actor_of(request))
    except TicketRefused as refused:
        raise Http404(render(refused.refusal, lang_of(request))) from refused


def _refused_before(request: HttpRequest, file: TicketFile) -> tuple[Refusal, ...]:
    return why_not(file.state, PassReview, actor=actor_of(request), book=file.book, now=now())


def _posted(request: HttpRequest, file: TicketFile, form: ReviewForm) -> HttpResponse:
    act, actor, number = form.act(), actor_of(request), file.row.number
    if act is None:
        return _shown(request, file, form, _refused_before(request, file), status=422)
    given = request.POST.get("version", "")
    version = int(given) if given.isdecimal() and len(given) <= LONGEST_VERSION else None
    outcome = perform(number=number, act=act, actor=actor, now=now(), version=version)
    if outcome.ok:
        let_go(_opened(request, number), desk=DESK, actor=actor)
        done = _("工单 %(number)s：“%(act)s”已完成。") % {"number": number, "act": word(act.name, lang_of(request))}
        messages.success(request, done, extra_tags=f"draft:{_draft(number)}")
        return HttpResponseRedirect(_next(request, but=number))
    if any(refusal.code == CONFLICT for refusal in outcome.refusals):
        return _moved_on(request, file, form, version or 0, act)
    form.refuse(refusal for refusal in outcome.refusals if refusal.field)
    others = tuple(refusal for refusal in outcome.refusals if not refusal.field)
    return _shown(request, file, form, others, status=409 if others else 422)


def _moved_on(request: HttpRequest, file: TicketFile, form: ReviewForm, version: int, act: Act) -> HttpResponse:
    """Somebody acted in between. One's own same verdict is a button pressed twice: it is done."""
    actor = actor_of(request)
    entries = since(OpenTicket(row=file.row, state=file.state), version=version, actor=actor)
    if len(entries) == 1 and (entries[0].act, entries[0].actor) == (act.name, actor.id):
        return HttpResponseRedirect(_next(request, but=file.row.number))
    return _shown(request, file, form, _refused_before(request, file), status=409, meanwhile=entries)


def _shown(
    request: HttpRequest,
    file: TicketFile,
    form: ReviewForm,
    refusals: tuple[Refusal, ...],
    *,
    status: int,
    meanwhile: tuple[TimelineEntry, ...] = (),
) -> HttpResponse:
    actor, lang, moment = actor_of(request), lang_of(request), now()
    opened = OpenTicket(row=file.row, state=file.state)
    may = not _refused_before(request, file)
    held = (claim if may else held_at)(opened, desk=DESK, actor=actor, now=moment)
    context = {
        "page": review_page(file, actor=actor, known=names_of(request), lang=lang, held=held),
        "form": form,
        "open": may,
        "refusals": tuple((refusal.code, render(refusal, lang)) for refusal in refusals),
        "meanwhile": tuple((word(f"event.{entry.name}", lang), entry) for entry in meanwhile),
        "draft": _draft(file.row.number),
    }
    return render_page(request, "review/review.html", context, status=status)


def _draft(number: str) -> str:
    """Under which name the browser keeps what is typed until it is done."""
    return f"review/{number}"


def _next(request: HttpRequest, but: str = "") -> str:
    """The address of the next reply to look at, or of the empty desk."""
    number = next_free(WAITING, desk=DESK, actor=actor_of(request), now=now(), but=but)
    return reverse("review", args=[number]) if number else reverse("desk", args=[DESK])
