"""`/directory/reports/`: rules at odds, categories without a rule, rules never used, rules that run out."""

from datetime import timedelta
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.views.decorators.http import require_GET

from hotline.desks.calendars.doors import readers
from hotline.desks.directory.lines import lead_said
from hotline.desks.directory.pages import USUAL_MONTHS, months_typed
from hotline.oversight.rehearsing.directory import unused
from hotline.plumbing.clock import now, today
from hotline.registry.units.rules import all_rules
from hotline.rules.jurisdiction import DirectoryRule
from hotline.rules.jurisdiction.reports import at_odds, gaps, running_out
from hotline.tickets.acting.names import Names, names_of
from hotline.tickets.acting.person import lang_of
from hotline.tickets.rulebook import rulebook

SOON: Final = timedelta(days=90)
"""How long before its last day a rule is listed, so that its owner can renew it (P)."""


@readers
@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    """What the keeper looks at; rules never used are counted when asked for, as that reads past tickets."""
    names, lang, day = names_of(request), lang_of(request), today()
    directory = rulebook(now=now()).directory
    months = months_typed(request.GET.get("months", ""))
    context: dict[str, Any] = {
        "at_odds": [
            {
                "category": names.category_path(pair.category, lang) or pair.category,
                "one": _rule(pair.one, names),
                "other": _rule(pair.other, names),
            }
            for pair in at_odds(directory.rules)
        ],
        "gaps": [(code, names.category_path(code, lang)) for code in gaps(directory.categories, directory, day)],
        "ending": [
            {**_rule(rule, names), "owner": names.unit(rule.owner, lang), "until": rule.valid_to}
            for rule in running_out(all_rules(), day, SOON)
        ],
        "months": months or USUAL_MONTHS,
        "counted": bool(months),
        "soon": SOON.days,
        "number": len(directory.rules),
    }
    if months:
        context["unused"] = [_rule(rule, names) for rule in unused(months=months, now=now())]
    return render_page(request, "desks/directory/reports.html", context)


def _rule(rule: DirectoryRule, names: Names) -> dict[str, Any]:
    return {"number": rule.id, "title": rule.title, "lead": lead_said(rule, names), "note": rule.note}
