"""拟通报批评 on the supervisors' desk: taken up or let be, with a reason; what was decided is listed."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hotline.desks.supervision.doors import let_in
from hotline.desks.time_words import Moment, moment_words
from hotline.oversight.supervision.criticisms import READERS, CriticismRow, criticisms, decide_criticism
from hotline.plumbing.clock import now
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.vocabulary import Role
from hotline.rules.words import word
from hotline.tickets.acting.names import names_of
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.dossiers.acting.doors import LARGEST


@dataclass(frozen=True)
class CriticismLine:
    """One proposal in words."""

    id: int
    number: str
    unit: str
    why: str
    proposed: Moment
    decided: Moment | None
    outcome: str
    reason: str
    who: str


def waiting(request: HttpRequest) -> list[CriticismLine]:
    """Those that wait for a decision, for the desk."""
    return _lines(request, criticisms(actor=actor_of(request)))


def _lines(request: HttpRequest, rows: tuple[CriticismRow, ...]) -> list[CriticismLine]:
    known, lang, moment = names_of(request), lang_of(request), now()
    return [
        CriticismLine(
            id=row.id,
            number=row.number,
            unit=known.unit(row.unit, lang),
            why=_("%(clock)s应于%(at)s前完成，书面催办后仍未办")
            % {"clock": word(f"clock.{row.clock}", lang), "at": moment_words(row.due_at, moment).short},
            proposed=moment_words(row.proposed_at, moment),
            decided=moment_words(row.decided_at, moment) if row.decided_at else None,
            outcome="" if row.taken is None else _("转起草通报") if row.taken else _("不予通报"),
            reason=row.reason,
            who=row.who,
        )
        for row in rows
    ]


@let_in
@require_GET
def decided(request: HttpRequest) -> HttpResponse:
    """`/supervision/criticisms/`: what waits and what was decided."""
    actor = actor_of(request)
    if not actor.roles & READERS:
        raise PermissionDenied(render(Refusal("access.denied", {}), lang_of(request)))
    context = {
        "criticisms": waiting(request),
        "decided": _lines(request, criticisms(actor=actor, decided=True)),
        "decides": Role.SUPERVISOR in actor.roles,
    }
    return render_page(request, "desks/supervision/criticisms.html", context)


@let_in
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """`/supervision/criticisms/<id>/`: taken up, or let be with a reason."""
    taken = request.POST.get("taken") == "1"
    reason = request.POST.get("reason", "")[:5000].replace("\x00", "")
    refusals = decide_criticism(min(pk, LARGEST), taken=taken, reason=reason, actor=actor_of(request), now=now())
    if any(refusal.code == "access.denied" for refusal in refusals):
        raise PermissionDenied(render(refusals[0], lang_of(request)))
    for refusal in refusals:
        messages.error(request, render(refusal, lang_of(request)))
    if not refusals:
        messages.success(request, _("已转起草通报。") if taken else _("已记为不予通报。"))
    back = request.POST.get("next", "")
    desk = reverse("supervision-desk")
    return HttpResponseRedirect(desk if back == desk else reverse("supervision-criticisms"))
