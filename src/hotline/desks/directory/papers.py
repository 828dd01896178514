"""The directory as officials take it away: the file itself, and a paper to be read and signed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hotline.desks.administration.doors import everybody
from hotline.desks.calendars.doors import readers
from hotline.desks.calendars.pages import draft_of
from hotline.desks.directory.browsing import asked, found
from hotline.desks.directory.lines import change_lines, rule_line, spelling_of
from hotline.desks.directory.pages import KINDS
from hotline.plumbing.clock import now, today
from hotline.registry.keeping.drafting import held_against
from hotline.registry.units.rules import all_rules
from hotline.rules.dates_in_words import day_zh
from hotline.rules.jurisdiction.sheet import HEADING, print_directory
from hotline.tickets.acting.names import names_of

CHINESE = "zh-hans"


@everybody
@require_GET
def download(request: HttpRequest) -> HttpResponse:
    """`/directory/file.csv`: every version of every rule, as it is loaded and signed."""
    rules = sorted((rule for rule in all_rules() if not rule.ruled), key=lambda rule: rule.place_in_file)
    text = print_directory(rules, spelling_of(request), HEADING)
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="directory.csv"'
    return answer


@everybody
@require_GET
def paper(request: HttpRequest) -> HttpResponse:
    """`/directory/paper/`: the rules looked for, with room for signatures. Always Chinese."""
    wanted, names, day = asked(request.GET), names_of(request), today()
    with translation.override(CHINESE):
        spelling = spelling_of(request)
        shown = [rule_line(rule, spelling, names, day) for rule in found(all_rules(), wanted, day)]
        context = {
            "rules": shown,
            "day": day_zh(day, 0),
            "branch": names.category_path(wanted.branch, "zh") if wanted.branch else "",
            "unit": names.unit(wanted.unit, "zh"),
            "hotline": names.city.hotline_name if names.city else "",
            "back": f"?{request.GET.urlencode()}" if request.GET else "",
        }
        return render_page(request, "desks/directory/paper.html", context)


@readers
@require_GET
def draft_paper(request: HttpRequest, draft_id: int) -> HttpResponse:
    """`/directory/drafts/<draft>/paper/`: what the draft changes, to be signed before it is published."""
    draft = draft_of(request, draft_id, KINDS)
    with translation.override(CHINESE):
        held = held_against(draft, now())
        context = {
            "draft": draft,
            "changes": change_lines(held.changes.made, held.spelling),
            "day": day_zh(today(), 0),
            "title": _("派单目录修改签认单"),
        }
        return render_page(request, "desks/directory/draft_paper.html", context)
