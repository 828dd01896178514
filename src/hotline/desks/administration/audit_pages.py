"""The audit administrator's pages: what the other two did, who signed in, who looked at which requester's contact.

Reading and exporting only; that something was exported is itself on record.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hotline.desks.administration.doors import log_readers, sign_in_readers
from hotline.desks.administration.forms import LogSearch, act_choices
from hotline.desks.administration.lines import OUTCOMES, entry_line, look_line, sign_in_line
from hotline.desks.administration.sheets import sheet
from hotline.plumbing.clock import now
from hotline.registry.people import audit
from hotline.registry.people.audit import MOST_EXPORTED, LogFilter
from hotline.registry.people.queries import names as people_names
from hotline.rules.administration import AdminAct, acts_of
from hotline.rules.sentences import render
from hotline.rules.vocabulary import CITY_TZ
from hotline.tickets import looks
from hotline.tickets.acting.names import names_of
from hotline.tickets.acting.person import actor_of, lang_of


def _asked(form: LogSearch) -> LogFilter:
    """What the form's address asks for; what is not understood is left out."""
    form.is_valid()
    said = form.cleaned_data
    who = str(said.get("who") or "")[:60].replace("\x00", "")
    return LogFilter(who=who, act=said.get("act") or "", since=said.get("since"), until=said.get("until"))


def _page(request: HttpRequest, form: LogSearch, title: str, next_key: str, **more: Any) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "next_key": next_key,
        "first_page": not request.GET.get("after"),
        "narrowed": bool(request.GET),
        "may_export": AdminAct.EXPORT_LOG in acts_of(actor_of(request).roles),
        **more,
    }
    return render_page(request, "desks/administration/records.html", context)


def _log_form(request: HttpRequest) -> LogSearch:
    return LogSearch(request.GET, kinds=act_choices(lang_of(request)))


@log_readers
@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """`/people/log/`: every act of administration, the newest first."""
    form = _log_form(request)
    found = audit.admin_entries(_asked(form), after=request.GET.get("after", ""))
    return _page(request, form, _("管理记录"), found.next_key, entries=_entries(request, found.rows), export="log")


def _entries(request: HttpRequest, rows: Iterable[Any]) -> list[Any]:
    rows = list(rows)
    people, known, lang, moment = people_names({e.actor for e in rows}), names_of(request), lang_of(request), now()
    return [entry_line(entry, people, known, lang, moment) for entry in rows]


def _sign_in_form(request: HttpRequest) -> LogSearch:
    return LogSearch(request.GET, kinds=[(outcome, _(label)) for outcome, label in OUTCOMES.items()])


@sign_in_readers
@require_GET
def sign_ins(request: HttpRequest) -> HttpResponse:
    """`/people/sign-ins/`: who came in, went, or was refused."""
    form = _sign_in_form(request)
    found = audit.sign_ins(_asked(form), after=request.GET.get("after", ""))
    lines = [sign_in_line(entry, now()) for entry in found.rows]
    return _page(request, form, _("登录记录"), found.next_key, sign_ins=lines, export="sign-ins")


@log_readers
@require_GET
def look_list(request: HttpRequest) -> HttpResponse:
    """`/people/looks/`: who looked at a requester's contact, by ticket number; never whose it was."""
    form = LogSearch(request.GET)
    found = _looks(form, after=request.GET.get("after", ""))
    people, lang, moment = people_names({look.actor for look in found.rows}), lang_of(request), now()
    lines = [look_line(look, people, lang, moment) for look in found.rows]
    return _page(request, form, _("查看记录"), found.next_key, looks=lines, export="looks")


def _looks(form: LogSearch, *, after: str = "", limit: int = looks.PAGE) -> looks.LookPage:
    asked = _asked(form)
    number = str(form.cleaned_data.get("number") or "").strip().upper()[:32].replace("\x00", "")
    actors = audit.people_called(asked.who) if asked.who else None
    return looks.looks(number=number, actors=actors, since=asked.since, until=asked.until, after=after, limit=limit)


@log_readers
@require_POST
def export(request: HttpRequest, which: str) -> HttpResponse:
    """`/people/<record>/export/`: what the list shows, as a file; that it was taken is put on record first."""
    noted = audit.note_export(which=which, actor=actor_of(request), now=now())
    if not noted.ok:
        raise PermissionDenied(render(noted.refusals[0], lang_of(request)))
    heading, rows = EXPORTS[which](request)
    return sheet(f"{which}-{now().astimezone(CITY_TZ):%Y%m%d}", heading, rows)


Table = tuple[list[str], Iterable[list[str]]]


def _log_table(request: HttpRequest) -> Table:
    heading = [_("序号"), _("时间"), _("事项"), _("办理人"), _("岗位"), _("对象"), _("内容")]
    found = audit.admin_entries(_asked(_log_form(request)), limit=MOST_EXPORTED)
    lines = _entries(request, found.rows)
    rows = ([str(e.seq), e.at.iso, e.act, e.who, e.role, e.whom, _told(e.details)] for e in lines)
    return heading, rows


def _told(details: Iterable[tuple[str, str]]) -> str:
    return "；".join(f"{label}：{value}" for label, value in details)


def _sign_in_table(request: HttpRequest) -> Table:
    heading = [_("时间"), _("账号"), _("结果"), _("来源地址")]
    found = audit.sign_ins(_asked(_sign_in_form(request)), limit=MOST_EXPORTED)
    lines = (sign_in_line(entry, now()) for entry in found.rows)
    return heading, ([line.at.iso, line.who, line.outcome, line.source] for line in lines)


def _look_table(request: HttpRequest) -> Table:
    heading = [_("时间"), _("工单编号"), _("查看人"), _("岗位"), _("方式")]
    found = _looks(LogSearch(request.GET), limit=MOST_EXPORTED)
    people = people_names({look.actor for look in found.rows})
    lines = (look_line(look, people, lang_of(request), now()) for look in found.rows)
    return heading, ([line.at.iso, line.number, line.who, line.roles, line.way] for line in lines)


EXPORTS: dict[str, Callable[[HttpRequest], Table]] = {
    "log": _log_table,
    "sign-ins": _sign_in_table,
    "looks": _look_table,
}
