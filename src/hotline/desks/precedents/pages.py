"""`/precedents/`: precedents found by words, one with its rule, its history and its deeds, and the page on which it is
worded. Units challenge here; the staffing office agrees here.
"""

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hotline.desks.precedents import lines
from hotline.desks.precedents.doors import let_in, ruled_or_404, seen_or_404, status_of, writers_only
from hotline.desks.precedents.forms import BY_FORM, DeedForm, DraftForm
from hotline.plumbing.clock import now, today
from hotline.rules.messages import Refusal
from hotline.rules.precedents import Deed, Order, Status, decide
from hotline.rules.precedents.states import DRAFTED, ENDED, HOLDS
from hotline.rules.sentences import render
from hotline.tickets.acting.names import names_of
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.dossiers.acting.doors import UNPROCESSABLE
from hotline.tickets.dossiers.acting.forms import whole_number
from hotline.tickets.precedents import commands
from hotline.tickets.precedents.drafting import begin_with, cells_of
from hotline.tickets.precedents.queries import PrecedentWhole, of_dispute, precedents
from hotline.tickets.precedents.went import went

SHOWN: Final = {
    "": frozenset[Status](),
    "holds": HOLDS,
    "challenged": frozenset({Status.CHALLENGED}),
    "drafts": DRAFTED,
    "ended": ENDED | {Status.EXPIRED},
}
MOST_WORDS: Final = 100


@let_in
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Precedents found by words and state, the newest first."""
    actor, lang, known = actor_of(request), lang_of(request), names_of(request)
    show = request.GET.get("show", "") if request.GET.get("show", "") in SHOWN else ""
    words = request.GET.get("words", "")[:MOST_WORDS]
    page = precedents(actor=actor, words=words, statuses=SHOWN[show], before=whole_number(request.GET.get("after", "")))
    context = {
        "cards": [lines.card(row, known, lang, today()) for row in page.rows],
        "next_key": page.next_key or "",
        "first_page": not request.GET.get("after"),
        "show": show,
        "wanted": words,
    }
    return render_page(request, "desks/precedents/list.html", context)


@let_in
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, dispute: int) -> HttpResponse:
    """`/precedents/new/<dispute>/`: a ruling is worded as a precedent; one that is worded already is shown."""
    writers_only(request)
    matter = ruled_or_404(request, dispute)
    there = of_dispute(matter.ruled.dispute, actor=actor_of(request))
    if there is not None:
        return HttpResponseRedirect(reverse("precedent", args=[there.id]))
    lead, lang = matter.ruled.lead, lang_of(request)
    if request.method != "POST":
        first = begin_with(matter.ruled, matter.category, today())
        return _written(request, DraftForm(lead=lead, lang=lang, initial=first), dispute=dispute)
    form = DraftForm(request.POST, lead=lead, lang=lang)
    if not form.is_valid():
        return _written(request, form, dispute=dispute, status=UNPROCESSABLE)
    order, refusals = form.order(Deed.PROPOSE, today=today(), ruled=matter.ruled)
    if order is not None:
        done = commands.propose(order, actor=actor_of(request), now=now())
        if done.ok and done.row is not None:
            messages.success(request, _("先例稿已送编办，同意后列入派单目录。"))
            return HttpResponseRedirect(reverse("precedent", args=[done.row.pk]))
        refusals = done.refusals
    form.refuse(refusals)
    return _written(request, form, dispute=dispute, status=status_of(refusals))


def _written(
    request: HttpRequest, form: DraftForm, *, dispute: int = 0, seen: PrecedentWhole | None = None, status: int = 200
) -> HttpResponse:
    lead = names_of(request).unit(form.lead, lang_of(request))
    context = {
        "form": form,
        "lead": lead,
        "card": seen.row if seen else None,
        "dispute": seen.row.dispute if seen else dispute,
        "version": seen.state.version if seen else "",
    }
    return render_page(request, "desks/precedents/write.html", context, status=status)


@let_in
@require_http_methods(["GET", "POST"])
def rewrite(request: HttpRequest, pk: int) -> HttpResponse:
    """`/precedents/<id>/words/`: a draft is revised, a precedent in force amended; the staffing office agrees anew."""
    writers_only(request)
    seen = seen_or_404(request, pk)
    deed = Deed.AMEND if seen.state.edition else Deed.REVISE
    rule, lead, lang = seen.state.pending or seen.state.rule, seen.row.lead, lang_of(request)
    if deed not in seen.deeds or rule is None:
        refusals = decide(seen.state, Order(deed=deed), actor=actor_of(request), now=now()).refusals
        messages.info(request, " ".join(render(one, lang) for one in refusals if not one.field))
        return HttpResponseRedirect(reverse("precedent", args=[pk]))
    reasons = deed is Deed.AMEND
    if request.method != "POST":
        initial = cells_of(rule, today())
        return _written(request, DraftForm(lead=lead, lang=lang, reasons=reasons, initial=initial), seen=seen)
    form = DraftForm(request.POST, lead=lead, lang=lang, reasons=reasons)
    if not form.is_valid():
        return _written(request, form, seen=seen, status=UNPROCESSABLE)
    order, refusals = form.order(deed, today=today())
    if order is not None:
        done = _do(request, seen, order)
        if done.ok:
            messages.success(request, _("修改稿已送编办，同意以前按原来的执行。"))
            return HttpResponseRedirect(reverse("precedent", args=[pk]))
        refusals = done.refusals
    form.refuse(refusals)
    return _written(request, form, seen=seen, status=status_of(refusals))


@let_in
@require_GET
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """`/precedents/<id>/`: what it says, its history with every challenge, and what this person may do now."""
    return _shown(request, seen_or_404(request, pk))


def _shown(
    request: HttpRequest, seen: PrecedentWhole, bound: DeedForm | None = None, status: int = 200
) -> HttpResponse:
    lang, known, state = lang_of(request), names_of(request), seen.state
    draft = state.pending or (None if state.rule else lines.last_draft(seen.lines))
    context: dict[str, Any] = {
        "card": lines.card(seen.row, known, lang, today(), state.version),
        "rule": lines.cells(state.rule, known, lang, today()) if state.rule else [],
        "pending": lines.cells(draft, known, lang, today()) if draft else [],
        "challenger": known.unit(state.challenger, lang) if state.challenger else "",
        "history": lines.history(seen.lines, known, lang, now()),
        "forms": [
            bound if bound is not None and bound.deed is deed else DeedForm(deed=deed, lang=lang)
            for deed in BY_FORM
            if deed in seen.deeds or (bound is not None and bound.deed is deed)
        ],
        "bound": bound.deed.value if bound else "",
        "rewords": bool({Deed.REVISE, Deed.AMEND} & set(seen.deeds)),
        "dispute": seen.row.dispute if seen.office else None,
        "went": went(state, since=seen.since) if state.rule else None,
    }
    return render_page(request, "desks/precedents/one.html", context, status=status)


@let_in
@require_POST
def deed(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """`/precedents/<id>/<deed>/`: one deed, done or refused with everything typed kept."""
    seen = seen_or_404(request, pk)
    wanted = next((one for one in BY_FORM if one.value == name.replace("-", "_")), None)
    if wanted is None:
        raise Http404(render(Refusal("precedents.not_found"), lang_of(request)))
    form = DeedForm(request.POST, deed=wanted, lang=lang_of(request))
    if not form.is_valid():
        return _shown(request, seen, form, UNPROCESSABLE)
    done = _do(request, seen, form.order())
    if done.ok:
        messages.success(request, _("“%(deed)s”已完成。") % {"deed": form.heading})
        return HttpResponseRedirect(reverse("precedent", args=[pk]))
    form.refuse(done.refusals)
    return _shown(request, seen_or_404(request, pk), form, status_of(done.refusals))


def _do(request: HttpRequest, seen: PrecedentWhole, order: Order) -> commands.Done:
    version = whole_number(request.POST.get("version", ""))
    return commands.do(seen.row.id, order=order, actor=actor_of(request), now=now(), version=version)
