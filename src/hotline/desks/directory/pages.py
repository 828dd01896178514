"""Looking: the rules in force by branch, unit and words; one rule with its versions; a draft with its dry run."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hotline.desks.administration.doors import everybody
from hotline.desks.calendars.doors import readers
from hotline.desks.calendars.lines import draft_line, people_of, record_lines
from hotline.desks.calendars.pages import draft_context, draft_of, status_of
from hotline.desks.directory.browsing import COMING, ENDED, EVERY, IN_FORCE, asked, found
from hotline.desks.directory.lines import change_lines, rule_line, spelling_of, told_rules, trial
from hotline.oversight.rehearsing.directory import MOST_ROWS, usage
from hotline.plumbing.clock import now, today
from hotline.registry.calendars.draft_models import RuleDraft
from hotline.registry.calendars.draft_queries import drafts, record_of
from hotline.registry.keeping.drafting import WHOLE, held_against
from hotline.registry.people.queries import names as people_names
from hotline.registry.units.rules import all_rules
from hotline.rules.jurisdiction import DirectoryRule
from hotline.rules.messages import Refusal
from hotline.rules.rule_keeping import DraftKind, DraftState, keeps_rules, reads_rules
from hotline.rules.sentences import render
from hotline.tickets.acting.names import names_of
from hotline.tickets.acting.person import actor_of, lang_of

KINDS = (DraftKind.DIRECTORY,)
USUAL_MONTHS = 3


@everybody
@require_GET
def rule_list(request: HttpRequest) -> HttpResponse:
    """`/directory/`: the rules looked for, in the order of the file, by branch."""
    wanted, names, spelling = asked(request.GET), names_of(request), spelling_of(request)
    actor, lang, day = actor_of(request), lang_of(request), today()
    rules = all_rules()
    shown = [rule_line(rule, spelling, names, day) for rule in found(rules, wanted, day)]
    waiting = drafts(KINDS) if reads_rules(actor) else []
    people = people_names(people_of(waiting)) if waiting else {}
    units = {code for rule in rules for code in (rule.lead, rule.owner) if code in names.units}
    context = {
        "rules": shown,
        "asked": wanted,
        "total": len(rules),
        "query": f"?{request.GET.urlencode()}" if request.GET else "",
        "branches": [(code, names.category(code, lang)) for code in sorted(names.categories) if len(code) in {2, 4}],
        "units": sorted(((code, names.unit(code, lang)) for code in units), key=lambda pair: pair[1]),
        "states": [(IN_FORCE, _("有效")), (COMING, _("尚未启用")), (ENDED, _("已停用")), (EVERY, _("全部版本"))],
        "drafts": [draft_line(one, people, lang, now()) for one in waiting],
        "keeps": keeps_rules(actor),
        "reads": reads_rules(actor),
    }
    return render_page(request, "desks/directory/list.html", context)


@everybody
@require_GET
def one_rule(request: HttpRequest, number: str) -> HttpResponse:
    """`/directory/rules/<number>/`: every version, who changed it, and past tickets it would decide today."""
    versions = versions_of(request, number)
    names, spelling, lang, actor = names_of(request), spelling_of(request), lang_of(request), actor_of(request)
    lines = [rule_line(rule, spelling, names, today()) for rule in reversed(versions)]
    context: dict[str, Any] = {
        "number": number,
        "current": next((line for line in lines if line.in_force), lines[0]),
        "lines": lines,
        "reads": reads_rules(actor),
        "may_change": keeps_rules(actor) and not versions[-1].ruled,
        "months": USUAL_MONTHS,
    }
    if reads_rules(actor):
        records = [one for one in record_of(kinds=KINDS) if number in one.draft.body.get("numbers", ())]
        known = people_names(people_of([], records))
        context["records"] = record_lines(records, known, lang, now(), told_rules)
        context |= _used(request, number)
    return render_page(request, "desks/directory/rule.html", context)


def _used(request: HttpRequest, number: str) -> dict[str, Any]:
    """The tickets of the last months, when asked for."""
    months = months_typed(request.GET.get("months", ""))
    if not months:
        return {}
    names, lang = names_of(request), lang_of(request)
    matters = usage(frozenset({number}), months=months, now=now())[number]
    shown = [
        {
            "number": one.number,
            "day": f"{one.question.at:%Y-%m-%d}",
            "category": names.category(one.question.category, lang),
            "region": names.region(one.question.region, lang),
            "lead": names.unit(one.lead, lang),
        }
        for one in matters[:MOST_ROWS]
    ]
    return {"months": months, "used": shown, "used_number": len(matters), "counted": True}


def months_typed(typed: str) -> int:
    """How many months somebody asked for; 0 for what is none."""
    months = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 3 else 0
    return months if months <= 24 else 0


def versions_of(request: HttpRequest, number: str) -> tuple[DirectoryRule, ...]:
    """All versions of a rule, or the page that says there is none."""
    versions = tuple(rule for rule in all_rules() if rule.id == number)
    if not versions:
        raise Http404(render(Refusal("directory.rule_unknown", {"value": number[:20]}), lang_of(request)))
    return versions


@readers
@require_GET
def one_draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    """`/directory/drafts/<draft>/`: what it changes, and which past tickets would have gone elsewhere."""
    return show_draft(request, draft_of(request, draft_id, KINDS))


def show_draft(request: HttpRequest, draft: RuleDraft, refusals: Iterable[Refusal] = ()) -> HttpResponse:
    """The draft's page, with what was refused a moment ago."""
    lang, names, refusals = lang_of(request), names_of(request), tuple(refusals)
    context = {
        **draft_context(request, draft, refusals, told_rules),
        "trial": trial(draft.rehearsal, names, lang) if draft.rehearsal else None,
        "whole": draft.subject == WHOLE,
        "months": USUAL_MONTHS,
    }
    if draft.state == DraftState.OPEN:
        held = held_against(draft, now())
        context |= {
            "changes": change_lines(held.changes.made, held.spelling),
            "wrong": [(one.line, render(one.message, lang)) for one in held.changes.wrong],
        }
    return render_page(request, "desks/directory/draft.html", context, status=status_of(refusals))


@readers
@require_GET
def record(request: HttpRequest) -> HttpResponse:
    """`/directory/record/`: who did what to the directory, with before and after."""
    lang, moment = lang_of(request), now()
    records = record_of(kinds=KINDS)
    known = people_names(people_of([], records))
    lines = record_lines(records, known, lang, moment, told_rules)
    return render_page(request, "desks/directory/record.html", {"records": lines})
