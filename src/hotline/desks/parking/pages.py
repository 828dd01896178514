"""`/parking/`: the parked list for the office and for units, one matter, the list on paper and as a sheet."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hotline.desks.administration.sheets import sheet
from hotline.desks.attachments.lines import file_line
from hotline.desks.history import history
from hotline.desks.messages.lines import told_line
from hotline.desks.parking import lines
from hotline.desks.parking.asked import PARTS, Asked, asked_in, found
from hotline.desks.parking.doors import let_in
from hotline.oversight.messaging.queries import told_of
from hotline.plumbing.clock import now
from hotline.rules.acts import AddAttachment, ConfirmPark, ProposePark, RefuseRequest, RejectPark, SignOff, StrikeOff
from hotline.rules.citizens.kinds import Kind
from hotline.rules.dates_in_words import day_zh
from hotline.rules.messages import Refusal
from hotline.rules.parking import Standing
from hotline.rules.sentences import render
from hotline.rules.visibility import view_of
from hotline.rules.vocabulary import CITY_TZ, Paper, Purpose
from hotline.rules.words import word
from hotline.tickets.access import TicketRefused
from hotline.tickets.acting.names import books_of, names_of
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.attachments.queries import files_of
from hotline.tickets.parked import MOST, counts, one
from hotline.tickets.queries import TicketFile, ticket_file

TOLD: Final = frozenset({Kind.PARKED.value, Kind.STILL_PARKED.value, Kind.UNPARKED.value})
OWN_ACTS: Final = (ConfirmPark, RejectPark, ProposePark, StrikeOff)
OF_PAPERS: Final = (SignOff, RefuseRequest)
CHINESE: Final = "zh-hans"


@let_in
@require_GET
def parking(request: HttpRequest) -> HttpResponse:
    """The list: what is due first stands first."""
    known, lang, office = names_of(request), lang_of(request), _office(request)
    asked = asked_in(request.GET, known, office=office)
    cards, more = _cards(request, asked)
    context = {
        "cards": cards,
        "tabs": _tabs(request, asked),
        "part": asked.part.value,
        "asked": asked,
        "causes": [(code, known.reason("park", code, lang)) for heading, code in known.reasons if heading == "park"],
        "units": [(option.code, option.label(lang)) for option in known.pickable["unit"]] if office else [],
        "filtered": bool(asked.cause or asked.unit),
        "plain": asked.address(cause="", unit=""),
        "here": asked.address(),
        "next_page": asked.address(page=asked.page + 1) if more else "",
        "first_page": asked.address() if asked.page > 1 else "",
        "office": office,
    }
    return render_page(request, "desks/parking/list.html", context)


def _office(request: HttpRequest) -> bool:
    return view_of(actor_of(request)).everything


def _cards(request: HttpRequest, asked: Asked, **how_many: int) -> tuple[list[lines.Card], bool]:
    known, lang, moment = names_of(request), lang_of(request), now()
    page = found(asked, known, actor=actor_of(request), now=moment, **how_many)
    book = books_of(request).at(moment)
    return [lines.card(row, known, book, lang, moment) for row in page.rows], page.more


def _tabs(request: HttpRequest, asked: Asked) -> list[tuple[str, str, int | None, bool]]:
    """Title, address, how many, whether it is open; how many have ended over the years nobody asks."""
    numbers = counts(actor=actor_of(request), now=now())
    office = _office(request)
    return [
        (
            str(lines.TABS[part]),
            asked.address(show=part.value),
            getattr(numbers, part.value, None),
            part is asked.part,
        )
        for part in PARTS
        if not (office and part is Standing.SIGNING)
    ]


@let_in
@require_GET
def parked_one(request: HttpRequest, number: str) -> HttpResponse:
    """`/parking/<number>/`: why, what is planned, who answers for it, all plans so far, and what can be done now."""
    actor, lang, known, moment = actor_of(request), lang_of(request), names_of(request), now()
    row = one(number[:32], actor=actor, now=moment)
    if row is None:
        raise Http404(render(Refusal("park.not_found"), lang))
    try:
        file = ticket_file(row.number, actor=actor, now=moment, books=books_of(request))
    except TicketRefused as refused:
        raise Http404(render(refused.refusal, lang)) from refused
    files = files_of(row.number, actor=actor, now=moment, books=books_of(request))
    context = {
        "card": lines.card(row, known, file.book, lang, moment),
        "reviewed": lines.reviewed(row.reviews),
        "history": history(tuple(lines.of_parking(file.timeline)), known, lang, moment),
        "files": [file_line(line, known, lang, moment) for line in files.lines if line.purpose is Purpose.PARKING],
        "may_add": files.may_add and Purpose.PARKING in files.purposes,
        "told": [told_line(told, moment, lang) for told in told_of(row.number) if told.kind in TOLD],
        "acts": [(act, word(act, lang)) for act in _acts(file)],
        "wanted": _wanted(row.standing, anew=row.anew),
    }
    return render_page(request, "desks/parking/one.html", context)


def _acts(file: TicketFile) -> list[str]:
    """What this person may do about the parking; a signature only where it is the plan that waits for it."""
    wanted = {act.name for act in OWN_ACTS}
    signing = file.state.signing
    if signing is not None and signing.paper is Paper.PARK:
        wanted |= {act.name for act in OF_PAPERS}
    order = [act.name for act in (*OF_PAPERS, *OWN_ACTS, AddAttachment)]
    return sorted((row.act.name for row in file.acts if row.act.name in wanted), key=order.index)


def _wanted(standing: Standing, *, anew: bool) -> str:
    """What the matter waits for, as one sentence."""
    if anew:
        return _("单位已提出新的计划，等督办员决定；同意后继续挂账，不同意的请销号或者要求另报。")
    return {
        Standing.PARKED: _("按计划推进；条件具备了随时销号，到复核日期前由单位提出新的计划或者销号。"),
        Standing.DUE: _(
            "到了复核日期：条件具备的销号；还不具备的，由单位提出新的计划，主要领导签字，督办员同意后继续挂账。"
        ),
        Standing.ASKED: _("单位主要领导已签字，等督办员决定。"),
        Standing.SIGNING: _("等单位主要领导签字，签字后送热线办。"),
        Standing.ENDED: _("已不在挂账清单上，工单按一般程序办理。"),
    }[standing]


@let_in
@require_GET
def sheet_file(request: HttpRequest) -> HttpResponse:
    """`/parking/sheet.csv`: the list as it is filtered, all pages of it."""
    asked = asked_in(request.GET, names_of(request), office=_office(request))
    cards, _more = _cards(request, Asked(asked.part, asked.cause, asked.unit), limit=MOST)
    return sheet(f"parking-{now().astimezone(CITY_TZ):%Y%m%d}", [str(title) for title in lines.HEADING],
                 lines.sheet_rows(cards))  # fmt: skip


@let_in
@require_GET
def paper(request: HttpRequest) -> HttpResponse:
    """`/parking/paper/`: the same on paper, in Chinese as every paper of the office."""
    known, moment = names_of(request), now()
    asked = asked_in(request.GET, known, office=_office(request))
    with translation.override(CHINESE):
        page = found(Asked(asked.part, asked.cause, asked.unit), known, actor=actor_of(request), now=moment, limit=MOST)
        book = books_of(request).at(moment)
        context: dict[str, Any] = {
            "cards": [lines.card(row, known, book, "zh", moment) for row in page.rows],
            "part": lines.TABS[asked.part],
            "ended": asked.part is Standing.ENDED,
            "cause": known.reason("park", asked.cause) if asked.cause else "",
            "unit": known.unit(asked.unit),
            "hotline": known.city.hotline_name if known.city else "12345",
            "day": day_zh(moment.astimezone(CITY_TZ).date(), 0),
            "back": asked.address(),
        }
        return render_page(request, "desks/parking/paper.html", context)
