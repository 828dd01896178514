"""Looking up: the list with its search and tabs, an item with its versions, and suggestions beside the intake form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hotline.desks.knowledge.forms import SearchForm
from hotline.desks.knowledge.lines import SOON, asked_line, item_page, offers, people_of, row
from hotline.plumbing.clock import now, today
from hotline.registry.knowledge import queries
from hotline.registry.knowledge.records import ItemFile, Version
from hotline.registry.knowledge.standing import may_read, may_write_some
from hotline.registry.people.queries import names as people_names
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.tickets.acting.names import names_of
from hotline.tickets.acting.pages import signed_in
from hotline.tickets.acting.person import actor_of, lang_of

View = Callable[..., HttpResponse]
MOST_PAGES = 500
LONGEST_TEXT = 4000
LONGEST_WORDS = 60
DENIALS = {
    "knowledge.reading_denied",
    "knowledge.writing_denied",
    "knowledge.publishing_denied",
    "knowledge.settling_denied",
    "knowledge.second_person",
}


def readers_only(view: View) -> View:
    """Signed in, and somebody whose work the knowledge base is."""

    @signed_in
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_read(actor_of(request)):
            raise PermissionDenied(render(Refusal("knowledge.reading_denied"), lang_of(request)))
        return view(request, *args, **kwargs)

    return guarded


@dataclass(frozen=True)
class Tab:
    """One way to look at the items, with how many wait there."""

    key: str
    title: str
    number: int | None


LISTS: Mapping[str, Callable[[Actor, date], tuple[Version, ...]]] = {
    "drafts": lambda actor, day: queries.being_written(actor=actor, state="draft"),  # noqa: ARG005  # drafts know no day
    "waiting": lambda actor, day: queries.being_written(actor=actor, state="in_review"),  # noqa: ARG005  # as above
    "expiring": lambda actor, day: queries.expiring(day, SOON, queries.units_of(actor)),
    "review": lambda actor, day: queries.needing_review(day, queries.units_of(actor)),
    "ended": lambda actor, day: queries.ended(day, queries.units_of(actor)),
}


def tabs(actor: Actor, day: date) -> tuple[Tab, ...]:
    """Readers look items up and follow their corrections; who writes also sees what waits for them."""
    number = queries.counts(actor=actor, day=day, within=SOON)
    for_writers = (
        Tab("drafts", _("草稿"), number["drafts"]),
        Tab("waiting", _("待发布"), number["waiting"]),
        Tab("expiring", _("即将到期"), number["expiring"]),
        Tab("review", _("待复核"), number["review"]),
        Tab("ended", _("已失效"), None),
    )
    of_corrections = number["corrections"] if may_write_some(actor) else None
    return (
        Tab("", _("现行有效"), None),
        *(for_writers if may_write_some(actor) else ()),
        Tab("corrections", _("纠错与补充"), of_corrections),
    )


@readers_only
@require_GET
def item_list(request: HttpRequest) -> HttpResponse:
    """`/knowledge/`: items in force by words, category and unit; other tabs for those who write."""
    actor, lang, moment = actor_of(request), lang_of(request), now()
    shown, known = tabs(actor, today()), names_of(request)
    tab = next((tab for tab in shown if tab.key == request.GET.get("tab", "")), shown[0])
    context = {"tabs": shown, "tab": tab, "may_write": may_write_some(actor)}
    if tab.key == "corrections":
        found = queries.corrections(actor=actor)
        people = people_names({who for asked in found for who in (asked.asked_by, asked.settled_by)})
        context["corrections"] = [asked_line(asked, known, people, lang, moment) for asked in found]
        return render_page(request, "desks/knowledge/corrections.html", context)
    versions = LISTS[tab.key](actor, today()) if tab.key else ()
    if not tab.key:
        form = SearchForm(request.GET, names=known, lang=lang)
        page, versions = _page(request), _found(request)
        context |= {"form": form, "page": page, "more": len(versions) > queries.PAGE, "words": _words(request)}
    context["rows"] = [
        row(version, known, lang, moment) for version in versions[: queries.PAGE if not tab.key else None]
    ]
    return render_page(request, "desks/knowledge/list.html", context)


def _page(request: HttpRequest) -> int:
    asked = request.GET.get("page", "")
    return max(1, min(int(asked), MOST_PAGES)) if asked.isdecimal() and len(asked) < 6 else 1


def _words(request: HttpRequest) -> str:
    return request.GET.get("q", "")[:LONGEST_WORDS].strip()


def _found(request: HttpRequest) -> tuple[Version, ...]:
    """One page of what was asked for, and one more to know whether there is a next."""
    category, unit = (request.GET.get(name, "").replace("\x00", "") for name in ("category", "unit"))
    return queries.search(
        _words(request),
        today(),
        category,
        limit=queries.PAGE + 1,
        offset=(_page(request) - 1) * queries.PAGE,
        unit=unit,
    )


@readers_only
@require_GET
def item(request: HttpRequest, code: str) -> HttpResponse:
    """`/knowledge/<code>/`: the answer, its basis and validity, versions, use, corrections, and what may be done."""
    return show_item(request, file_of(request, code))


def file_of(request: HttpRequest, code: str) -> ItemFile:
    """The item as this reader may see it, or the page that says it is not there."""
    file = queries.item_file(code, actor=actor_of(request), day=today())
    if file is None:
        raise Http404(render(Refusal("knowledge.not_found", {"code": code}), lang_of(request)))
    return file


def show_item(request: HttpRequest, file: ItemFile, refusals: tuple[Refusal, ...] = ()) -> HttpResponse:
    """The item's page, with what was refused a moment ago."""
    lang, asked = lang_of(request), request.GET.get("version", "")
    page = item_page(
        file,
        known=names_of(request),
        people=people_names(people_of(file)),
        lang=lang,
        now=now(),
        number=int(asked) if asked.isdecimal() and len(asked) < 6 else None,
    )
    context = {"page": page, "refusals": [(r.code, render(r, lang)) for r in refusals]}
    return render_page(request, "desks/knowledge/item.html", context, status=status_of(refusals) if refusals else 200)


@readers_only
@require_http_methods(["GET", "POST"])
def suggest(request: HttpRequest) -> HttpResponse:
    """`/knowledge/suggest/`: items that fit what was typed so far. Send drafts by POST: addresses are logged."""
    given = request.POST if request.method == "POST" else request.GET
    text, category = given.get("q", "")[:LONGEST_TEXT], given.get("category", "")
    found = queries.suggest(text, category, today())
    shown = offers(found, names_of(request), lang_of(request), today())
    return render_page(request, "desks/knowledge/_suggestions.html", {"offers": shown, "typed": bool(text.strip())})


def status_of(refusals: tuple[Refusal, ...]) -> int:
    """404 not there, 403 not yours, 422 a field to mend, 409 not now."""
    codes = {refusal.code for refusal in refusals}
    if codes & {"knowledge.not_found", "knowledge.correction_not_found"}:
        return 404
    if codes & DENIALS:
        return 403
    return 422 if all(refusal.field for refusal in refusals) else 409
