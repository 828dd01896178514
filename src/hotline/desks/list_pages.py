"""Lists of tickets: `/desk/<key>/` for one desk, `/tickets/` for all; with a ticket beside them (`?at=`), and on to the
next one after an act (`?then=`). Every filter stands in the address, so a list can be kept, reloaded and passed on.
"""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from hotline.desks import lists
from hotline.desks.filters import ORDER_NAMES
from hotline.desks.lists import Listed, Reader
from hotline.desks.places import Desk, desk_named, desks_of
from hotline.desks.ticket_page import ticket_page
from hotline.desks.views.commands import ALL_TICKETS
from hotline.desks.views.queries import View, shareable, views_of
from hotline.plumbing.clock import now
from hotline.registry.people.preferences import preferences_of
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.visibility import view_of
from hotline.rules.vocabulary import Role
from hotline.rules.words import word
from hotline.tickets.access import TicketRefused
from hotline.tickets.acting.names import books_of, names_of
from hotline.tickets.acting.pages import is_panel
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.queries import TicketFilter, place_in, tickets


@login_required
@require_GET
def desk(request: HttpRequest, key: str) -> HttpResponse:
    """`/desk/<key>/`: the tickets that wait at one desk."""
    found = desk_named(key)
    if found is None:
        raise Http404
    if found not in desks_of(actor_of(request)):
        raise PermissionDenied(render(Refusal("access.denied", {}), lang_of(request)))
    if found.page or found.where is None:
        return HttpResponseRedirect(found.address)
    return _list(request, found.key, found.title, found.where, found.order, desk=found)


@login_required
@require_GET
def ticket_list(request: HttpRequest) -> HttpResponse:
    """`/tickets/`: every ticket this person may see; a whole number opens its ticket."""
    actor = actor_of(request)
    if view_of(actor).nothing:
        raise PermissionDenied(render(Refusal("access.denied", {}), lang_of(request)))
    words = request.GET.get("q", "").strip()
    first = tickets(actor=actor, where=TicketFilter(words=words), limit=1) if words.isalnum() else None
    if first is not None and first.is_exactly(words):
        return HttpResponseRedirect(reverse("ticket", args=[words]))
    return _list(request, ALL_TICKETS, _("全部工单"), TicketFilter(), "newest")


def reader_of(request: HttpRequest) -> Reader:
    """Who reads, with the names and rules in force."""
    moment = now()
    book = books_of(request).at(moment)
    return Reader(actor_of(request), names_of(request), book, lang_of(request), moment)


def _list(
    request: HttpRequest, key: str, title: str | Promise, base: TicketFilter, order: str, *, desk: Desk | None = None
) -> HttpResponse:
    reader = reader_of(request)
    listed = lists.read(request.GET, key=key, base=base, order=order, reader=reader)
    if is_panel(request) and listed.at:
        return render_page(request, "desks/_preview.html", _preview(request, listed, reader))
    if is_panel(request) and _wants_filters(request):
        return render_page(request, "desks/_filters.html", {"form": lists.form(listed, reader)})
    views = views_of(reader.actor, key)
    moved = _elsewhere(request, listed, views, reader)
    if moved:
        return HttpResponseRedirect(request.path + moved)
    context = _context(request, listed, views, reader)
    return render_page(request, "desks/list.html", context | {"desk": desk, "title": title})


def _elsewhere(request: HttpRequest, listed: Listed, views: tuple[View, ...], reader: Reader) -> str:
    """The reader's own first view for a bare desk, a view's whole address for its number, the next ticket after an
    act; blank when the address is all right as it is.
    """
    if then := request.GET.get("then", ""):
        return lists.onward(listed, then, reader.actor, rows=_rows(request))
    if not lists.bare(request.GET) or listed.view == "all" or listed.at:
        return ""
    wanted = next((v for v in views if (str(v.id) == listed.view if listed.view else v.first)), None)
    return lists.view_address(wanted) if wanted else ""


def _wants_filters(request: HttpRequest) -> bool:
    """The filter bar has every unit, category and place of the city in it: it comes when somebody opens it."""
    return request.GET.get("filters") == "1"


def _rows(request: HttpRequest) -> int:
    """How many rows a page has, as the reader likes it."""
    return preferences_of(request.user).rows


def _context(request: HttpRequest, listed: Listed, views: tuple[View, ...], reader: Reader) -> dict[str, Any]:
    found = tickets(actor=reader.actor, where=listed.where, after=listed.after, limit=_rows(request))
    problems = listed.problems
    if listed.view.isdigit() and not any(str(v.id) == listed.view for v in views):
        problems = (*problems, Refusal("view.not_found"))
    live = "X-Live" in request.headers
    preview = _preview(request, listed, reader) if listed.at and not live else {}
    return {
        "listed": listed,
        "lines": lists.lines_of(found, reader),
        "next_page": listed.address(after=found.next_key) if found.next_key else "",
        "first_page": listed.address(after="") if listed.after else "",
        "here": request.path + listed.address(),
        "tabs": lists.tabs(views, listed, reader),
        "view": next((v for v in views if str(v.id) == listed.view), None),
        "sharing": [(role, word(role, reader.lang)) for role in shareable(reader.actor)],
        "on": lists.filters(listed, reader),
        "quick": lists.quick(listed, reader),
        "orders": lists.orders(listed),
        "order_name": ORDER_NAMES[listed.where.order],
        "form": lists.form(listed, reader) if _wants_filters(request) and not live else None,
        "filters_address": listed.address(filters="1"),
        "bulk": [(act, word(act, reader.lang)) for act in lists.bulk_acts(listed, reader.actor)],
        "problems": [render(problem, reader.lang) for problem in problems],
        "words": listed.where.words,
        "tick_word": _("勾选"),
        "campaign": _campaign(listed, reader),
        "staged": len(listed.base.stages) != 1,
        **preview,
    }


def _campaign(listed: Listed, reader: Reader) -> str:
    """Where a supervisor makes a campaign of what this list shows; a desk's own filter stands in no address."""
    begins = listed.key == ALL_TICKETS and Role.SUPERVISOR in reader.actor.roles
    return reverse("supervision-campaign") + listed.address(view="", after="") if begins else ""


def _preview(request: HttpRequest, listed: Listed, reader: Reader) -> dict[str, Any]:
    """The ticket beside the list; acts done there lead on to the next one of this list."""
    try:
        page = ticket_page(
            listed.at,
            actor=reader.actor,
            known=reader.known,
            books=books_of(request),
            lang=reader.lang,
            now=reader.now,
        )
    except TicketRefused as refused:
        return {"at": listed.at, "refused": render(refused.refusal, reader.lang)}
    key = place_in(listed.at, actor=reader.actor, where=listed.where)
    follow = request.path + listed.address(then=key)
    return {
        "at": listed.at,
        "page": page,
        "follow": follow,
        "close": request.path + listed.address(),
        "bulk_names": lists.bulk_acts(listed, reader.actor),
    }
