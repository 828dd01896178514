"""`/bulk/<act>/`: one form for several tickets. What is refused stays ticked, and what was typed stays typed.

From one ticket (`?like=`) the alike ones that wait beside it are offered, so that a dispatcher sends a heap at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hotline.desks.bulk.commands import BULK, MOST, Chosen, Results, perform_each, sources_of
from hotline.plumbing.clock import now
from hotline.rules.acts import Act, Delegate
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.words import word
from hotline.search.alike import alike
from hotline.tickets.access import TicketRefused
from hotline.tickets.acting.forms import ActForm, form_of, offer_units
from hotline.tickets.acting.names import books_of, names_of
from hotline.tickets.acting.pages import is_panel, signed_in
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.queries import rows_of, ticket_file

ACTS: Final = {act.name: act for act in BULK}
LIKE_IT: Final = 40
"""How many alike tickets are looked through for those that wait."""
PARTS = {"title", "content"}


@dataclass(frozen=True)
class BulkLine:
    """One ticket on the page: ticked or offered, with the reason if it was refused."""

    number: str
    title: str
    stage: str
    place: str
    unit: str
    version: int
    ticked: bool
    reasons: tuple[str, ...] = ()


@signed_in
@require_http_methods(["GET", "POST"])
def bulk(request: HttpRequest, act: str) -> HttpResponse:
    """The form, and what came of it."""
    wanted = ACTS.get(act)
    if wanted is None:
        raise Http404
    if not sources_of(wanted, actor_of(request)):
        raise PermissionDenied(render(Refusal("act.role_denied", {"act": act}), lang_of(request)))
    form_class = _fitted(wanted, request)
    if request.method == "POST":
        return _posted(request, form_class)
    form = form_class(lang=lang_of(request), names=names_of(request))
    ticked = request.GET.getlist("ticket")
    like = request.GET.get("like", "")
    refusals = _chosen_badly(ticked) if not like else ()
    return _page(request, form, _lines(request, [*ticked, like], _like(request, like, wanted)), refusals=refusals)


def _fitted(act: type[Act], request: HttpRequest) -> type[ActForm]:
    """The act's form; a district is offered the units below it only.

    Nobody is spared a task here: tickets of several lines of the directory have none in common.
    """
    plain, actor = form_of(act), actor_of(request)
    if act is not Delegate:
        return _without(plain, "spared_units")

    class Below(plain):  # type: ignore[misc, valid-type]  # the class is made for the act
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            offer_units(self, kwargs["names"], actor.covers, but=actor.unit)

    return Below


def _without(plain: type[ActForm], field: str) -> type[ActForm]:
    class Shorter(plain):  # type: ignore[misc, valid-type]  # the class is made for the act
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.fields.pop(field, None)

    return Shorter


def _chosen_badly(ticked: list[str]) -> tuple[Refusal, ...]:
    if not ticked:
        return (Refusal("bulk.none_chosen"),)
    if len(ticked) > MOST:
        return (Refusal("bulk.too_many", {"most": MOST, "count": len(ticked)}),)
    return ()


def _like(request: HttpRequest, number: str, act: type[Act]) -> list[str]:
    """Tickets alike to one that could go the same way now, the nearest first."""
    if not number:
        return []
    actor, moment = actor_of(request), now()
    try:
        file = ticket_file(number, actor=actor, now=moment, books=books_of(request))
    except TicketRefused as refused:
        raise Http404(render(refused.refusal, lang_of(request))) from refused
    text = "\n".join(body for field, body in file.texts.items() if field in PARTS)
    sources = sources_of(act, actor)
    return [a.number for a in alike(text, actor=actor, now=moment, but=number, limit=LIKE_IT) if a.stage in sources]


def _lines(request: HttpRequest, ticked: Iterable[str], offered: Iterable[str] = ()) -> list[BulkLine]:
    """Tickets in the order given; those out of sight are not there."""
    lang, known, chosen = lang_of(request), names_of(request), set(ticked)
    order = list(dict.fromkeys([*ticked, *offered]))[: MOST + LIKE_IT]
    rows = rows_of(order, actor=actor_of(request))
    return [
        BulkLine(
            number=row.number,
            title=row.title,
            stage=word(f"stage.{row.stage}", lang),
            place=known.region(row.region, lang),
            unit=known.unit(row.lead_unit, lang),
            version=row.version,
            ticked=row.number in chosen,
        )
        for row in rows
    ]


def _posted(request: HttpRequest, form_class: type[ActForm]) -> HttpResponse:
    form = form_class(request.POST, lang=lang_of(request), names=names_of(request))
    ticked, shown = request.POST.getlist("ticket"), request.POST.getlist("shown")
    act = form.act()
    if act is None:
        return _page(request, form, _lines(request, ticked, shown), status=422)
    seen = dict(pair.partition(":")[::2] for pair in request.POST.getlist("seen"))
    chosen = [Chosen(number, _version(seen.get(number, ""))) for number in ticked]
    results = perform_each(chosen=chosen, act=act, actor=actor_of(request), now=now())
    if results.done and not results.refused:
        return _done(request, form_class.act_class, results)
    form.refuse(results.common)
    left = [number for number in shown if number not in results.done]
    lines = _with_reasons(_lines(request, [number for number, _ in results.refused] or ticked, left), results, request)
    status = 200 if results.done else 409
    return _page(request, form, lines, refusals=results.refusals, done=results.done, status=status)


def _version(given: str) -> int | None:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None


def _with_reasons(lines: list[BulkLine], results: Results, request: HttpRequest) -> list[BulkLine]:
    """Each refused ticket with its sentences; a ticket out of sight gets a line of its own."""
    lang = lang_of(request)
    reasons = {
        number: tuple(render(r, lang) for r in outcome.refusals if r not in results.common)
        for number, outcome in results.refused
    }
    there = {line.number for line in lines}
    gone = [BulkLine(n, "", "", "", "", 0, False, said) for n, said in reasons.items() if n not in there]
    return [*(replace(line, reasons=reasons.get(line.number, ())) for line in lines), *gone]


def _done(request: HttpRequest, act: type[Act], results: Results) -> HttpResponse:
    said = _("%(count)s 件工单：“%(act)s”已完成。") % {
        "count": len(results.done),
        "act": word(act.name, lang_of(request)),
    }
    messages.success(request, said, extra_tags=f"draft:{_draft(act, request.POST.getlist('shown'))}")
    place = _back(request)
    if is_panel(request):
        return HttpResponse(status=204, headers={"HX-Redirect": place})
    return HttpResponseRedirect(place)


def _draft(act: type[Act], numbers: Iterable[str]) -> str:
    """Under which name the browser keeps what is typed for these tickets."""
    listed = sorted(numbers)
    return f"bulk-{act.name}/{len(listed)}/{'/'.join([*listed[:1], *listed[-1:]])}"


def _back(request: HttpRequest) -> str:
    """The list it began from."""
    target = request.POST.get("next") or request.GET.get("next", "")
    safe = target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    return target if safe else reverse("home")


def _page(
    request: HttpRequest,
    form: ActForm,
    lines: list[BulkLine],
    *,
    refusals: tuple[Refusal, ...] = (),
    done: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    act, lang = form.act_class, lang_of(request)
    context = {
        "act": act.name,
        "title": _("批量%(act)s") % {"act": word(act.name, lang)},
        "button": word(act.name, lang),
        "form": form,
        "lines": lines,
        "like": request.GET.get("like", ""),
        "done": done,
        "refusals": [render(refusal, lang) for refusal in refusals],
        "back": _back(request),
        "draft": _draft(act, (line.number for line in lines)),
        "most": MOST,
        "panel": is_panel(request),
    }
    template = "desks/bulk/_form.html" if is_panel(request) else "desks/bulk/form.html"
    return render_page(request, template, context, status=status)
