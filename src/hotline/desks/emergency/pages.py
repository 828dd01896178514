"""`/emergency/`: what is in force and what it means, for everybody who works here; these pages change nothing."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.views.decorators.http import require_GET

from hotline.desks.administration.doors import everybody
from hotline.desks.emergency.forms import EndForm, local
from hotline.desks.emergency.lines import entry_lines, limit_lines, period_line, round_lines
from hotline.oversight.emergency.forces import forces_of
from hotline.oversight.recomputing.queries import rounds
from hotline.plumbing.clock import now, today
from hotline.registry.emergencies.models import EmergencyPeriod
from hotline.registry.emergencies.queries import entries, period, period_of
from hotline.registry.people.queries import names as people_names
from hotline.rules.emergency_mode import SWITCHERS, Standing
from hotline.rules.messages import Refusal
from hotline.rules.recompute_causes import Cause, written
from hotline.rules.sentences import render
from hotline.tickets.acting.names import books_of, names_of
from hotline.tickets.acting.person import actor_of, lang_of

SHOWN: Final = 50
OUR_CAUSES: Final = (Cause.EMERGENCY_ON, Cause.EMERGENCY_OFF, Cause.EMERGENCY_OVER)


@everybody
@require_GET
def emergency_list(request: HttpRequest) -> HttpResponse:
    """Those in force or ahead, and those that are over."""
    moment, lang, known = now(), lang_of(request), names_of(request)
    found = books_of(request).emergencies.periods
    people = people_names({p.switched_on_by for p in found} | {p.confirmed_by for p in found})
    lines = [period_line(p, known=known, people=people, lang=lang, now=moment) for p in found]
    context = {
        "present": [line for line in lines if line.standing != Standing.OVER],
        "past": [line for line in lines if line.standing == Standing.OVER][:SHOWN],
        "limits": limit_lines(books_of(request).at(moment).profile, lang),
        "switches": may_switch(request),
    }
    return render_page(request, "desks/emergency/list.html", context)


@everybody
@require_GET
def emergency(request: HttpRequest, number: int) -> HttpResponse:
    """One emergency: what it means, what was done about it, and for supervisors what can be done now."""
    return show(request, found_or_404(request, number))


def show(request: HttpRequest, row: EmergencyPeriod, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page of one emergency, with what was refused a moment ago."""
    moment, lang = now(), lang_of(request)
    record = entries(row.pk)
    people = people_names({e.actor for e in record} | {row.switched_on_by, row.confirmed_by})
    standing = period_of(row).standing(moment)
    ours = {written(cause, row.name) for cause in OUR_CAUSES}
    context = {
        "line": period_line(row, known=names_of(request), people=people, lang=lang, now=moment),
        "record": entry_lines(record, people, moment),
        "rounds": round_lines([one for one in rounds(SHOWN, causes="emergency") if one.cause in ours], lang, moment),
        "limits": limit_lines(books_of(request).at(moment).profile, lang),
        "switches": may_switch(request) and standing is not Standing.OVER,
        "confirms": may_switch(request) and not row.confirmed_by and row.switched_on_by != actor_of(request).id,
        "own": row.switched_on_by == actor_of(request).id,
        "forces": forces_of(row.pk),
        "today": today(),
        "form": EndForm(
            lang=lang, names=names_of(request), initial={"planned_end": local(row.planned_end)}, prefix=None
        ),
        **more,
    }
    return render_page(request, "desks/emergency/page.html", context, status=status)


def found_or_404(request: HttpRequest, number: int) -> EmergencyPeriod:
    """The emergency, or the page that says it is not there."""
    found = period(number) if number < 2**63 else None
    if found is None:
        raise Http404(render(Refusal("emergency.not_found"), lang_of(request)))
    return found


def may_switch(request: HttpRequest) -> bool:
    """Whether this person's pages offer the switching."""
    return bool(actor_of(request).roles & SWITCHERS)
