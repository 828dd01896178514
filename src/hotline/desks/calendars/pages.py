"""Looking: a year's calendar, what a draft would change and which open tickets move with it, and the record."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.urls import reverse
from django.views.decorators.http import require_GET

from hotline.desks.calendars.doors import readers
from hotline.desks.calendars.lines import (
    change_lines,
    draft_line,
    draft_title,
    hours,
    months,
    moved_lines,
    people_of,
    record_lines,
    round_lines,
    runs,
    told_days,
    units_hit,
)
from hotline.oversight.recomputing.publishing import cause_of, preview_calendar
from hotline.oversight.recomputing.queries import rounds
from hotline.plumbing.clock import now, today
from hotline.registry.calendars.draft_models import RuleDraft
from hotline.registry.calendars.draft_queries import CALENDAR_KINDS, draft, drafts, record_of, unpublished_year
from hotline.registry.calendars.drafting import FIRST_YEAR, LAST_YEAR
from hotline.registry.calendars.queries import current_calendar
from hotline.registry.people.queries import names as people_names
from hotline.rules.messages import Refusal
from hotline.rules.rule_keeping import DraftKind, DraftState, keeps_rules, refuse_publishing
from hotline.rules.sentences import render
from hotline.tickets.acting.names import names_of
from hotline.tickets.acting.person import actor_of, lang_of

DENIALS = {"rule_draft.denied", "rule_draft.second_person", "rule_draft.reading_denied"}
NOT_THERE = {"rule_draft.not_found", "profile.version_unknown", "directory.rule_unknown"}


@readers
@require_GET
def this_year(request: HttpRequest) -> HttpResponse:
    """`/calendar/`: the year we are in."""
    return year(request, today().year)


@readers
@require_GET
def year(request: HttpRequest, year: int) -> HttpResponse:
    """`/calendar/<year>/`: twelve months, the special days in a list, drafts that wait and rounds that run."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404(render(Refusal("holiday.year_wrong", {"value": year}), lang_of(request)))
    lang, moment, calendar = lang_of(request), now(), current_calendar()
    found = drafts(CALENDAR_KINDS)
    known = people_names(people_of(found))
    shown = months(calendar, year, today(), lang)
    context = {
        "year": year,
        "months": shown,
        "workdays": sum(month.workdays for month in shown),
        "runs": runs(calendar, year, lang),
        "published": year in calendar.published,
        "missing": unpublished_year(today()),
        "hours": hours(calendar),
        "drafts": [draft_line(one, known, lang, moment) for one in found],
        "rounds": round_lines(rounds(5), lang, moment),
        "keeps": keeps_rules(actor_of(request)),
        "before": year - 1 if year > FIRST_YEAR else None,
        "after": year + 1 if year < LAST_YEAR else None,
    }
    return render_page(request, "desks/calendars/year.html", context)


@readers
@require_GET
def one_draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    """`/calendar/drafts/<draft>/`: what publishing it would change."""
    return show_draft(request, draft_of(request, draft_id))


def draft_of(request: HttpRequest, draft_id: int, kinds: Iterable[DraftKind] = CALENDAR_KINDS) -> RuleDraft:
    """The draft, or the page that says it is not there."""
    found = draft(draft_id)
    if found is None or found.kind not in {kind.value for kind in kinds}:
        raise Http404(render(Refusal("rule_draft.not_found"), lang_of(request)))
    return found


def show_draft(request: HttpRequest, found: RuleDraft, refusals: Iterable[Refusal] = ()) -> HttpResponse:
    """The draft's page, with what was refused a moment ago."""
    lang, moment, refusals = lang_of(request), now(), tuple(refusals)
    context = {**draft_context(request, found, refusals), "text": found.body.get("text", "")}
    if found.state == DraftState.OPEN:
        plan, preview = preview_calendar(found, now=moment)
        context |= {
            "plan": plan,
            "preview": preview,
            "changed": change_lines(plan.changed, lang),
            "moved": moved_lines(preview, names_of(request), lang, moment),
            "units": units_hit(preview, names_of(request), lang),
            "new_hours": hours(plan.calendar) if plan.new_hours else "",
        }
    elif found.state == DraftState.PUBLISHED:
        context["rounds"] = round_lines(rounds(3, causes=cause_of(found)), lang, moment)
    return render_page(request, "desks/calendars/draft.html", context, status=status_of(refusals))


def draft_context(
    request: HttpRequest, found: RuleDraft, refusals: Iterable[Refusal], told: Any = told_days
) -> dict[str, Any]:
    """What the pages of all drafts show: whose hands, who may do what, and the record."""
    lang, moment, actor = lang_of(request), now(), actor_of(request)
    records = record_of(draft_number=found.pk)
    for record in records:
        record.draft = found
    known = people_names(people_of([found], records))
    waits = found.state == DraftState.OPEN
    why = refuse_publishing(actor, found.hands) if waits and keeps_rules(actor) else None
    return {
        "draft": found,
        "title": draft_title(found, lang),
        "line": draft_line(found, known, lang, moment),
        "records": record_lines(records, known, lang, moment, told),
        "refusals": [(refusal.code, render(refusal, lang)) for refusal in refusals],
        "may_change": waits and keeps_rules(actor),
        "may_publish": waits and keeps_rules(actor) and why is None,
        "why_not": render(why, lang) if why else "",
    }


@readers
@require_GET
def record(request: HttpRequest) -> HttpResponse:
    """`/calendar/record/`: who did what to the calendar, with before and after."""
    lang, moment = lang_of(request), now()
    records = record_of(kinds=CALENDAR_KINDS)
    known = people_names(people_of([], records))
    context = {"records": record_lines(records, known, lang, moment, told_days), "back": reverse("calendar")}
    return render_page(request, "desks/calendars/record.html", context)


def status_of(refusals: Iterable[Refusal]) -> int:
    """200 without refusals, 404 not there, 403 not yours, 422 a field to mend, 409 not now."""
    refusals = tuple(refusals)
    codes = {refusal.code for refusal in refusals}
    if not refusals:
        return 200
    if codes & NOT_THERE:
        return 404
    if codes & DENIALS:
        return 403
    return 422 if all(refusal.field for refusal in refusals) else 409
