"""Director and auditor: read everything, change nothing. None of these pages takes a post or offers an act."""

from datetime import datetime
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render as render_page
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hotline.desks.overview.lines import MONTH, WRITTEN, overview
from hotline.desks.queries import line
from hotline.plumbing.clock import now
from hotline.registry.people.queries import names as people_names
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.vocabulary import CITY_TZ, Rating, Role, Stage
from hotline.rules.words import word
from hotline.tickets.access import TicketRefused
from hotline.tickets.acting.names import books_of, names_of
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.auditing import AuditLine, Seal, audit
from hotline.tickets.figures import last_examination, late_numbers, looks_at, rated_numbers
from hotline.tickets.queries import TicketFilter, TicketRow, rows_of, tickets

READERS: Final = frozenset({Role.DIRECTOR, Role.AUDITOR})
AUDITORS: Final = frozenset({Role.AUDITOR})
MOST: Final = 200
"""Rows of a list behind a number; nobody reads on from there, the list of all tickets has pages."""


@login_required
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """`/overview/`: today, the backlog, red lights, on-time share and what citizens say."""
    actor = _reader(request, READERS)
    page = overview(actor=actor, known=names_of(request), lang=lang_of(request), now=now())
    context: dict[str, Any] = {"page": page, "auditing": bool(actor.roles & AUDITORS)}
    if actor.roles & AUDITORS:
        context |= {"examined": _examined(request), "asks": True}
    return render_page(request, "desks/overview/board.html", context)


@login_required
@require_GET
def counted(request: HttpRequest) -> HttpResponse:
    """`/overview/tickets/`: the tickets that one number of the overview counts."""
    actor, moment = _reader(request, READERS), now()
    found = tickets(actor=actor, where=_asked(request.GET, moment), limit=MOST)
    return _shown(request, _("总览所计的工单"), found.rows, moment)


def _asked(given: QueryDict, moment: datetime) -> TicketFilter:
    """The filter in the address; what is not understood is left out."""
    known = {stage.value for stage in Stage}
    return TicketFilter(
        stages=tuple(stage for stage in given.getlist("stage") if stage in known),
        unit=given.get("unit", "")[:32].replace("\x00", ""),
        only_open=given.get("open") == "1",
        overdue_at=moment if given.get("overdue") == "1" else None,
        opened_from=_moment(given.get("from", "")),
        opened_until=_moment(given.get("until", "")),
    )


def _moment(text: str) -> datetime | None:
    """A moment of an address in city time."""
    try:
        return datetime.strptime(text, WRITTEN).replace(tzinfo=CITY_TZ)
    except ValueError:
        return None


@login_required
@require_GET
def late(request: HttpRequest) -> HttpResponse:
    """`/overview/late/`: tickets of the last thirty days whose reply was late."""
    actor, moment = _reader(request, READERS), now()
    numbers = late_numbers(actor=actor, since=moment - MONTH, now=moment)
    return _listed(request, _("近 30 天超时答复的工单"), numbers, moment)


@login_required
@require_GET
def rated(request: HttpRequest, rating: int) -> HttpResponse:
    """`/overview/rated/<1 to 5>/`: tickets of the last thirty days with that rating."""
    actor, moment = _reader(request, READERS), now()
    if rating not in {member.value for member in Rating}:
        raise Http404
    numbers = rated_numbers(rating, actor=actor, since=moment - MONTH, now=moment)
    title = _("近 30 天评价“%(rating)s”的工单") % {"rating": word(Rating(rating), lang_of(request))}
    return _listed(request, title, numbers, moment)


@login_required
@require_GET
def ledger(request: HttpRequest) -> HttpResponse:
    """`/overview/ledger/?number=…`: the ledger of one ticket with its signatures, and who looked at the requester."""
    actor, lang = _reader(request, AUDITORS), lang_of(request)
    number = request.GET.get("number", "").strip()[:32]
    context: dict[str, Any] = {"number": number, "examined": _examined(request)}
    if number:
        try:
            found = audit(number, actor=actor)
        except TicketRefused as refused:
            context["problem"] = render(refused.refusal, lang)
            return render_page(request, "desks/overview/ledger.html", context, status=404)
        context |= {
            "audit": found,
            "lines": [_audit_line(one, request) for one in found.lines],
            "looks": _looks(number, lang),
        }
    return render_page(request, "desks/overview/ledger.html", context)


def _reader(request: HttpRequest, roles: frozenset[Role]) -> Actor:
    actor = actor_of(request)
    if not actor.roles & roles:
        raise PermissionDenied(render(Refusal("access.denied", {}), lang_of(request)))
    return actor


def _listed(request: HttpRequest, title: str, numbers: tuple[str, ...], moment: datetime) -> HttpResponse:
    return _shown(request, title, rows_of(numbers, actor=actor_of(request)), moment)


def _shown(request: HttpRequest, title: str, found: tuple[TicketRow, ...], moment: datetime) -> HttpResponse:
    lang, known, book = lang_of(request), names_of(request), books_of(request).at(moment)
    context = {"title": title, "lines": [line(row, known, book, lang, moment) for row in found], "staged": True}
    return render_page(request, "desks/overview/list.html", context)


def _audit_line(one: AuditLine, request: HttpRequest) -> dict[str, Any]:
    lang = lang_of(request)
    return {
        "line": one,
        "what": word(f"event.{one.name}", lang),
        "who": one.who,
        "role": word(f"role.{one.role}", lang),
        "unit": names_of(request).unit(one.unit, lang),
        "stage": word(f"stage.{one.stage}", lang),
        "seal": seal_words(one.seal),
        "words": seal_words(one.words),
        "bad": one.seal is not Seal.SOUND or one.words in {Seal.CHANGED, Seal.MISSING},
    }


def seal_words(seal: Seal) -> str:
    """What a signature says, in the reader's language."""
    return {
        Seal.SOUND: _("相符"),
        Seal.CHANGED: _("不符，被改动"),
        Seal.MISSING: _("有缺失"),
        Seal.ERASED: _("已依法清除"),
        Seal.NONE: _("无文字"),
    }[seal]


def _looks(number: str, lang: str) -> list[dict[str, Any]]:
    """Who looked at the contact of the requester, in which roles and why."""
    found = looks_at(number)
    known = people_names({look.actor for look in found})
    return [
        {
            "who": known.get(look.actor, ""),
            "roles": "、".join(word(f"role.{role}", lang) for role in look.role.split(",") if role),
            "at": look.at,
            "reason": _reason(look.reason),
        }
        for look in found
    ]


def _reason(reason: str) -> str:
    """Why, in words; a reason that a later version gives is shown as it was written."""
    known = {
        "ticket page": _("在工单页查看"),
        "handover paper": _("打印交办单"),
        "handover paper, Word": _("下载交办单"),
    }
    return known.get(reason, reason)


def _examined(request: HttpRequest) -> dict[str, Any] | None:
    found = last_examination()
    if found is None:
        return None
    return {"found": found, "first": [said.get(lang_of(request), said.get("zh", "")) for said in found.first]}
