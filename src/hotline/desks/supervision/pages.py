"""`/supervision/`: the supervisors' desk, lists, one supervision with its deeds; for units what they owe."""

from datetime import datetime, timedelta
from typing import Any, Final, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hotline.desks.supervision import criticisms, lines
from hotline.desks.supervision.doors import let_in, status_of
from hotline.desks.supervision.forms import BY_FORM, WITH_FILES, BeginForm, DeedForm
from hotline.desks.supervision.visits import answer_lines, photo_lines
from hotline.oversight.instructions.queries import late_ones
from hotline.oversight.parking.queries import due_reviews
from hotline.oversight.supervision import commands
from hotline.oversight.supervision.files import do_with_files, evidence
from hotline.oversight.supervision.media.queries import handovers
from hotline.oversight.supervision.queries import (
    ENDED,
    LIVE,
    SupervisionFileView,
    SupervisionRow,
    load_of_units,
    needs_me,
    newest_of_each,
    of_ticket,
    supervisions,
    whole,
)
from hotline.oversight.supervision.visits.queries import visit_in
from hotline.plumbing.clock import now, today
from hotline.registry.people.queries import holders
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.supervision import Cause, Deed, Order, Status, decide
from hotline.rules.supervision.seeing import view_of
from hotline.rules.supervision.table import ONE_TICKET, PROPOSERS
from hotline.rules.vocabulary import Role, SupervisionKind
from hotline.rules.words import word
from hotline.tickets.acting.names import names_of
from hotline.tickets.acting.pages import is_panel
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.dossiers.acting.doors import LARGEST, UNPROCESSABLE
from hotline.tickets.dossiers.acting.forms import whole_number
from hotline.tickets.dossiers.acting.sending import sent
from hotline.tickets.dossiers.files import Upload
from hotline.tickets.progress import progress
from hotline.tickets.titles import titles

KINDS_SHOWN: Final = tuple(SupervisionKind)
QUARTER: Final = timedelta(days=90)


@let_in
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """The desk of the office, or the list of a unit."""
    actor, moment = actor_of(request), now()
    if not view_of(actor).office:
        return _of_unit(request, moment)
    needs = needs_me(actor=actor, now=moment)
    newest = newest_of_each(actor=actor)
    shown = _cards(request, (*needs.rows, *newest), moment)
    waiting, columns = shown[: len(needs.rows)], shown[len(needs.rows) :]
    context: dict[str, Any] = {
        "needs": needs,
        "waiting": waiting,
        "columns": [
            (*_kind(kind, needs.live, request), [c for c in columns if c.kind == kind]) for kind in KINDS_SHOWN
        ],
        "bars": lines.bars(
            load_of_units(actor=actor, now=moment, since=moment - QUARTER), names_of(request), lang_of(request)
        ),
        "criticisms": criticisms.waiting(request),
        "parked_due": due_reviews(actor=actor, now=moment),
        "late_instructions": late_ones(actor, now=moment).count(),
        "decides": Role.SUPERVISOR in actor.roles,
        "proposes": bool(actor.roles & PROPOSERS),
    }
    return render_page(request, "desks/supervision/desk.html", context)


def _kind(kind: SupervisionKind, live: dict[str, int], request: HttpRequest) -> tuple[str, str, int]:
    return kind.value, word(kind, lang_of(request)), live.get(kind.value, 0)


def _cards(request: HttpRequest, rows: tuple[SupervisionRow, ...], moment: datetime) -> list[lines.Card]:
    actor, lang, known = actor_of(request), lang_of(request), names_of(request)
    named = titles({row.number for row in rows if row.number}, actor=actor)
    return [lines.card(row, known, named, lang, moment) for row in rows]


def _of_unit(request: HttpRequest, moment: datetime) -> HttpResponse:
    """What the unit has to report on or to sign comes first, then what waits for the office, then what has ended."""
    actor = actor_of(request)
    open_ones = supervisions(actor=actor, statuses=[Status.OPEN]).rows
    others = supervisions(actor=actor, statuses=[Status.REPORTED, Status.CHECKED], limit=20).rows
    ended = supervisions(actor=actor, statuses=sorted(ENDED), limit=20).rows
    cards = _cards(request, (*open_ones, *others, *ended), moment)
    first, second = len(open_ones), len(open_ones) + len(others)
    parts = [
        (_("等本单位反馈"), cards[:first]),
        (_("已反馈，等热线机构核查或者主要负责人签字"), cards[first:second]),
        (_("已经结束"), cards[second:]),
    ]
    return render_page(request, "desks/supervision/ours.html", {"parts": parts, "any": bool(cards)})


@let_in
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """`/supervision/list/`: one kind or all, under way or ended, of one unit or of all."""
    given, moment = request.GET, now()
    kind = given.get("kind", "") if given.get("kind", "") in set(SupervisionKind) else ""
    ended = given.get("show") == "ended"
    known = names_of(request)
    unit = given.get("unit", "") if given.get("unit", "") in known.units else ""
    page = supervisions(
        actor=actor_of(request),
        kind=kind,
        statuses=sorted(ENDED if ended else LIVE),
        unit=unit,
        before=whole_number(given.get("after", "")),
    )
    context = {
        "cards": _cards(request, page.rows, moment),
        "next_key": page.next_key or "",
        "kinds": [(one.value, word(one, lang_of(request))) for one in KINDS_SHOWN],
        "kind": kind,
        "ended": ended,
        "unit": unit,
        "unit_name": known.unit(unit, lang_of(request)),
        "first_page": not given.get("after"),
    }
    return render_page(request, "desks/supervision/list.html", context)


@let_in
@require_GET
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """`/supervision/<id>/`: everything this person may see of one and do with it now."""
    return _shown(request, _seen(request, pk))


def _seen(request: HttpRequest, pk: int) -> SupervisionFileView:
    seen = whole(min(pk, LARGEST), actor=actor_of(request), now=now())
    if seen is None:
        raise Http404(render(Refusal("supervision.not_found"), lang_of(request)))
    return seen


def _shown(
    request: HttpRequest, seen: SupervisionFileView, bound: DeedForm | None = None, status: int = 200
) -> HttpResponse:
    lang, known, moment = lang_of(request), names_of(request), now()
    (shown,) = _cards(request, (seen.row,), moment)
    context: dict[str, Any] = {
        "card": shown,
        "seen": seen,
        "grounds": lines.grounds(seen.grounds, lang, moment),
        "history": lines.history(seen.lines, known, lang, moment),
        "units": lines.unit_lines(seen.row, frozenset(seen.state.signed), known, lang),
        "demand": next((line.text for line in seen.lines if line.deed == Deed.OPEN.value and line.text), ""),
        "forms": [
            bound if bound is not None and bound.deed is deed else _form(request, seen, deed)
            for deed in BY_FORM
            if deed in seen.deeds or (bound is not None and bound.deed is deed)
        ],
        "office": view_of(actor_of(request)).office,
        "bound": bound.deed.value if bound else "",
        "files": seen.files,
        "opened": seen.row.paper != "",
        "may_add": Deed.ADD_TICKETS in seen.deeds,
    }
    if seen.tickets:
        context |= _campaign(request, seen, moment)
    if seen.state.kind is SupervisionKind.ON_SITE:
        context |= _visit(seen, lang)
    if seen.state.kind is SupervisionKind.MEDIA:
        context |= _media(request, seen)
    return render_page(request, "desks/supervision/one.html", context, status=status)


def _media(request: HttpRequest, seen: SupervisionFileView) -> dict[str, Any]:
    """The lists that were handed to media under it, and the way to a new one."""
    actor, lang = actor_of(request), lang_of(request)
    return {
        "handed": [
            {"id": one.id, "number": one.number, "medium_name": one.medium_name, "status_name": said}
            for one in handovers(actor=actor, supervision=seen.row.id).rows
            for said in (word(f"media_status.{one.status}", lang),)
        ],
        "may_hand": Role.SUPERVISOR in actor.roles and seen.state.live,
    }


def _visit(seen: SupervisionFileView, lang: str) -> dict[str, Any]:
    """What was answered on the spot and the photos, or the way there."""
    found = visit_in(seen)
    return {
        "visit": found,
        "photos": photo_lines(found.photos, lang),
        "answers": answer_lines(found, lang),
        "may_visit": found.may_record,
        "files": [one for one in seen.files if one.id not in {photo.file for photo in found.photos}],
    }


def _campaign(request: HttpRequest, seen: SupervisionFileView, moment: datetime) -> dict[str, Any]:
    """Figures of a campaign up to now, or up to its end; tickets by name as far as this reader sees them."""
    until = seen.row.ended_at or moment
    figures = progress(seen.tickets, since=seen.row.opened_at or seen.row.made_at, until=until)
    known, lang = names_of(request), lang_of(request)
    return {
        "figures": figures,
        "shares": [(known.unit(share.unit, lang), share) for share in figures.units],
        "named": sorted(titles(seen.tickets, actor=actor_of(request)).items())[:200],
    }


def _form(request: HttpRequest, seen: SupervisionFileView, deed: Deed, *data: Any) -> DeedForm:
    owners = [(str(user.pk), user.get_full_name()) for user in _supervisors(deed)]
    return DeedForm(
        *data,
        deed=deed,
        kind=seen.state.kind,
        names=names_of(request),
        lang=lang_of(request),
        owners=owners,
        units=seen.row.units,
        summary=_summary(seen) if deed is Deed.CLOSE and seen.tickets and not data else "",
    )


def _summary(seen: SupervisionFileView) -> str:
    """What a campaign's closing summary begins with: its figures."""
    figures = progress(seen.tickets, since=seen.row.opened_at or seen.row.made_at, until=now())
    return _("本次专项共%(total)s件，办结%(ended)s件（%(percent)s%%），超时%(late)s件。") % {
        "total": figures.total,
        "ended": figures.ended,
        "percent": figures.percent,
        "late": figures.overdue,
    }


def _supervisors(deed: Deed) -> list[Any]:
    return list(holders(Role.SUPERVISOR, today())) if deed is Deed.ASSIGN else []


@let_in
@require_POST
def deed(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """`/supervision/<id>/<deed>/`: one deed, done or refused with everything typed kept."""
    seen = _seen(request, pk)
    wanted = next((one for one in BY_FORM if one.value == name.replace("-", "_")), None)
    if wanted is None:
        raise Http404
    form = _form(request, seen, wanted, request.POST, request.FILES)
    if wanted not in seen.deeds:
        return _not_now(request, seen, form)
    order = form.order()
    if order is None:
        return _shown(request, seen, form, UNPROCESSABLE)
    done = _do(request, seen, order, form)
    if done.ok:
        messages.success(request, _("“%(deed)s”已完成。") % {"deed": form.heading})
        return HttpResponseRedirect(_next(request, pk))
    form.refuse(done.refusals)
    return _shown(request, _seen(request, pk), form, status_of(done.refusals))


def _not_now(request: HttpRequest, seen: SupervisionFileView, form: DeedForm) -> HttpResponse:
    """Not this person's deed, or not now: what was typed is kept beside the sentence."""
    form.is_valid()
    refusals = decide(seen.state, Order(deed=form.deed), actor=actor_of(request), now=now()).refusals
    plain = tuple(refusal for refusal in refusals if not refusal.field)
    form.refuse(plain)
    return _shown(request, seen, form, status_of(plain))


def _do(request: HttpRequest, seen: SupervisionFileView, order: Order, form: DeedForm) -> commands.Done:
    version = whole_number(request.POST.get("version", ""))
    actor, moment = actor_of(request), now()
    given = [one for one in form.cleaned_data.get("file", ()) if isinstance(one, UploadedFile)]
    uploads = [Upload(cast("Any", one.file), one.name or "") for one in given]
    if order.deed is Deed.ATTACH and not given:
        return commands.Done(refusals=(Refusal("upload.nothing", field="file"),))
    if order.deed in WITH_FILES and given:
        return do_with_files(seen.row.id, order=order, uploads=uploads, actor=actor, now=moment, version=version)
    return commands.do(seen.row.id, order=order, actor=actor, now=moment, version=version)


def _next(request: HttpRequest, pk: int) -> str:
    """Back to the desk when the deed was done from there."""
    desk_address = reverse("supervision-desk")
    return desk_address if request.POST.get("next") == desk_address else reverse("supervision", args=[pk])


@let_in
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """`/supervision/new/`: supervisors open one by hand, others of the office propose one."""
    actor, lang = actor_of(request), lang_of(request)
    if not actor.roles & PROPOSERS:
        raise PermissionDenied(render(Refusal("access.denied", {}), lang))
    opens = Role.SUPERVISOR in actor.roles
    kinds = [kind for kind in SupervisionKind if kind in ONE_TICKET]
    data = request.POST if request.method == "POST" else None
    initial = {"number": request.GET.get("number", "")[:32], "kind": SupervisionKind.KEY.value}
    form = BeginForm(data, kinds=kinds, opens=opens, lang=lang, initial=initial)
    status = 200
    if data is not None:
        if form.is_valid():
            done = commands.start(_wish(form, opens=opens), actor=actor, now=now())
            if done.ok and done.row is not None:
                messages.success(request, _("督办已立项。") if opens else _("督办建议已提交。"))
                return HttpResponseRedirect(reverse("supervision", args=[done.row.pk]))
            form.refuse(done.refusals)
        status = UNPROCESSABLE
    return render_page(request, "desks/supervision/begin.html", {"form": form, "opens": opens}, status=status)


def _wish(form: BeginForm, *, opens: bool) -> commands.Wish:
    given = form.cleaned_data
    return commands.Wish(
        kind=SupervisionKind(given["kind"]),
        cause=Cause.BY_HAND,
        number=given["number"].strip(),
        text=given["text"],
        opens=opens,
    )


@let_in
@require_GET
def file(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """`/supervision/<id>/files/<file>/`: one file of evidence."""
    return sent(request, evidence(min(pk, LARGEST), min(file, LARGEST), actor=actor_of(request), now=now()))


@let_in
@require_GET
def on_ticket(request: HttpRequest, number: str) -> HttpResponse:
    """`/supervision/ticket/<number>/`: what supervision there is of one ticket, as a part of its page or alone."""
    actor = actor_of(request)
    if not titles([number], actor=actor):
        raise Http404(render(Refusal("ticket.not_found", {"number": number[:32]}), lang_of(request)))
    context = {
        "cards": _cards(request, of_ticket(number, actor=actor), now()),
        "number": number,
        "begins": bool(actor.roles & PROPOSERS),
    }
    part = "desks/supervision/_on_ticket.html"
    return render_page(request, part if is_panel(request) else "desks/supervision/on_ticket.html", context)
