"""`/notices/`: what has come to me. Opening one opens its ticket and marks all I was told of that ticket read."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from hotline.desks.notices.lines import lines
from hotline.oversight.clocks.digest import ABOUT as DIGEST
from hotline.oversight.documents.telling import ABOUT as DOCUMENT
from hotline.oversight.emergency.telling import ABOUT as EMERGENCY
from hotline.oversight.instructions.telling import ABOUT as INSTRUCTION
from hotline.oversight.notices.commands import mark_read
from hotline.oversight.notices.queries import notice, notices
from hotline.oversight.recomputing.telling import DRAFT, LINE, MISSING
from hotline.oversight.supervision.media.telling import ABOUT as MEDIA
from hotline.oversight.supervision.queries import ABOUT
from hotline.plumbing.clock import now
from hotline.registry.people.preferences import preferences_of
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.stages.joint.commands.telling import ABOUT as DISPUTE
from hotline.tickets.acting.pages import signed_in
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.precedents.telling import ABOUT as PRECEDENT
from hotline.tickets.titles import titles

LATEST: Final = 10
LARGEST: Final = 2**63 - 1
PAGES: Final = {
    ABOUT: "supervision",
    DOCUMENT: "document",
    INSTRUCTION: "instruction",
    MEDIA: "media-one",
    EMERGENCY: "emergency",
    DISPUTE: "joint-file",
    PRECEDENT: "precedent",
}
"""The page of what a notice is about, by its key."""
DRAFT_PAGES: Final = {"profile_drafted": "profile-draft", "directory_drafted": "directory-draft"}
"""The page of a draft that is none of the calendar, by the kind of the notice."""


@signed_in
@require_GET
def notice_list(request: HttpRequest) -> HttpResponse:
    """Unread ones or all, the newest first."""
    unread, before = request.GET.get("show") != "all", _before(request)
    page = notices(person=_me(request), unread=unread, before=before, limit=preferences_of(request.user).rows)
    context = {
        "lines": lines(page.rows, actor=actor_of(request), lang=lang_of(request), now=now()),
        "only_unread": unread,
        "next_key": page.next_key,
        "first_page": before is None,
        "newest": page.rows[0].id if page.rows and before is None else None,
    }
    return render_page(request, "desks/notices/list.html", context)


@never_cache
@signed_in
@require_GET
def latest(request: HttpRequest) -> HttpResponse:
    """The last ten, for the drop-down of the bell."""
    page = notices(person=_me(request), limit=LATEST)
    shown = lines(page.rows, actor=actor_of(request), lang=lang_of(request), now=now())
    context = {"lines": shown, "newest": shown[0].id if any(not line.read for line in shown) else None}
    return render_page(request, "desks/notices/_latest.html", context)


@never_cache
@signed_in
@require_GET
def open_one(request: HttpRequest, number: int) -> HttpResponse:
    """Leads to the ticket, or says that it is no longer this person's to open."""
    row = notice(person=_me(request), notice_id=min(number, LARGEST))
    if row is None:
        raise Http404(render(Refusal("notice.not_found"), lang_of(request)))
    mark_read(person=_me(request), now=now(), number=row.number, about=row.about)
    if row.about == DIGEST:
        return HttpResponseRedirect(reverse("desk", args=["inbox"]))
    if row.about == MISSING:
        return HttpResponseRedirect(reverse("calendar-year", args=[int(row.number)]))
    if row.about == DRAFT:
        page = DRAFT_PAGES.get(row.kind, "calendar-draft")
        return HttpResponseRedirect(reverse(page, args=[int(row.number)]))
    if row.about == LINE:
        return HttpResponseRedirect(reverse("directory-rule", args=[row.number]))
    if row.about in PAGES:
        return HttpResponseRedirect(reverse(PAGES[row.about], args=[int(row.number)]))
    if titles([row.number], actor=actor_of(request)):
        return HttpResponseRedirect(reverse("ticket", args=[row.number]))
    messages.info(request, _("工单 %(number)s 已不在您的办理范围，不能打开。") % {"number": row.number})
    return HttpResponseRedirect(reverse("notices"))


@signed_in
@require_POST
def read_one(request: HttpRequest, number: int) -> HttpResponse:
    """This one is read; the page it was on stays."""
    mark_read(person=_me(request), now=now(), ids=[min(number, LARGEST)])
    return _back(request)


@signed_in
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """All that were there when the page was made are read; what came since stays unread."""
    until = request.POST.get("until", "")
    if _is_number(until):
        mark_read(person=_me(request), now=now(), until=int(until))
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(wanted if safe else reverse("notices"))


def _me(request: HttpRequest) -> int:
    return int(actor_of(request).id)


def _before(request: HttpRequest) -> int | None:
    asked = request.GET.get("after", "")
    return int(asked) if _is_number(asked) else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19
