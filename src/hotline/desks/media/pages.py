"""`/supervision/media/`: what waits for me, all handovers, one with its deeds; units answer here in public."""

from typing import Any, Final, cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hotline.desks.media import lines
from hotline.desks.media.doors import let_in, seen_or_404, status_of, writers_only
from hotline.desks.media.forms import BY_FORM, WITH_FILES, DeedForm, HandoverForm
from hotline.oversight.supervision.media import commands
from hotline.oversight.supervision.media.files import do_with_files, scan
from hotline.oversight.supervision.media.partners import partners
from hotline.oversight.supervision.media.queries import HandoverWhole, handovers, to_do
from hotline.plumbing.clock import now, today
from hotline.rules.media import Deed, Order, Status, decide
from hotline.rules.media.seeing import view_of
from hotline.rules.media.states import ENDED
from hotline.rules.media.table import SUPERVISORS
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.tickets.acting.names import names_of
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.dossiers.acting.doors import LARGEST, UNPROCESSABLE
from hotline.tickets.dossiers.acting.sending import sent
from hotline.tickets.dossiers.files import Upload

SHOWN: Final = {
    "": frozenset[Status](),
    "office": frozenset({Status.PROPOSED, Status.RETURNED}),
    "handed": frozenset({Status.HANDED}),
    "answered": frozenset({Status.ANSWERED}),
    "ended": ENDED,
}


@let_in
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for this person on top, below it all handovers of a state, the newest first."""
    actor, lang, known, moment = actor_of(request), lang_of(request), names_of(request), now()
    show = request.GET.get("show", "") if request.GET.get("show", "") in SHOWN else ""
    number = request.GET.get("number", "")[:32]
    page = handovers(
        actor=actor, statuses=SHOWN[show], number=number, before=whole_number(request.GET.get("after", ""))
    )
    context = {
        "waiting": [lines.card(row, known, lang, moment) for row in to_do(actor=actor)],
        "cards": [lines.card(row, known, lang, moment) for row in page.rows],
        "next_key": page.next_key or "",
        "first_page": not request.GET.get("after"),
        "show": show,
        "number": number,
        "office": view_of(actor).all,
        "writes": bool(actor.roles & SUPERVISORS),
    }
    return render_page(request, "desks/media/list.html", context)


def whole_number(text: str) -> int | None:
    """A key from an address; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


@let_in
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """`/supervision/media/new/`: a new list. `?supervision=&number=` begin it from elsewhere."""
    writers_only(request)
    data = request.POST if request.method == "POST" else None
    initial = {"hand_on": today(), "tickets": request.GET.get("number", "")[:32]}
    form = _form(request, data, initial)
    status = 200
    if data is not None:
        status = UNPROCESSABLE
        if form.is_valid():
            supervision = whole_number(request.GET.get("supervision", ""))
            order = form.order(Deed.PROPOSE, supervision=supervision)
            done = commands.propose(order, actor=actor_of(request), now=now())
            if done.ok and done.row is not None:
                messages.success(request, _("移交单已提出，等另一人同意。"))
                return HttpResponseRedirect(reverse("media-one", args=[done.row.pk]))
            form.refuse(done.refusals)
            status = status_of(done.refusals)
    return render_page(request, "desks/media/write.html", {"form": form}, status=status)


def _form(request: HttpRequest, data: Any, initial: dict[str, Any]) -> HandoverForm:
    media = partners(actor=actor_of(request), only_on=True)
    return HandoverForm(data, media=media, lang=lang_of(request), initial=initial)


@let_in
@require_http_methods(["GET", "POST"])
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """`/supervision/media/<id>/revise/`: the list once more, before somebody agrees to it."""
    writers_only(request)
    seen = seen_or_404(request, pk)
    data = request.POST if request.method == "POST" else None
    row = seen.row
    initial = {
        "medium": str(row.medium_id), "hand_on": row.hand_on, "tickets": "\n".join(row.tickets), "title": row.title,
        "text": seen.grounds,
    }  # fmt: skip
    form = _form(request, data, initial)
    status = 200
    if data is not None:
        status = UNPROCESSABLE
        if form.is_valid():
            done = _do(request, seen, form.order(Deed.REVISE, supervision=row.supervision))
            if done.ok:
                messages.success(request, _("移交单已修改，等另一人同意。"))
                return HttpResponseRedirect(reverse("media-one", args=[pk]))
            form.refuse(done.refusals)
            status = status_of(done.refusals)
    elif Deed.REVISE not in seen.deeds:
        here = {"status": seen.state.status, "deed": Deed.REVISE}
        messages.info(request, render(Refusal("media.not_now", here), lang_of(request)))
        return HttpResponseRedirect(reverse("media-one", args=[pk]))
    return render_page(request, "desks/media/write.html", {"form": form, "row": row}, status=status)


@let_in
@require_GET
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """`/supervision/media/<id>/`: what is told, publications, answers, and what this person may do now."""
    return _shown(request, seen_or_404(request, pk))


def _shown(request: HttpRequest, seen: HandoverWhole, bound: DeedForm | None = None, status: int = 200) -> HttpResponse:
    lang, moment, known = lang_of(request), now(), names_of(request)
    office = view_of(actor_of(request)).all
    context: dict[str, Any] = {
        "card": lines.card(seen.row, known, lang, moment),
        "grounds": seen.grounds,
        "tickets": [(number, seen.named[number]) for number in seen.row.tickets if number in seen.named],
        "answers": lines.answers(seen, known, lang),
        "publications": lines.publications(seen.lines, lang),
        "history": lines.history(seen.lines, known, lang, moment),
        "files": seen.files,
        "forms": [
            bound if bound is not None and bound.deed is deed else _deed_form(request, seen, deed)
            for deed in BY_FORM
            if deed in seen.deeds or (bound is not None and bound.deed is deed)
        ],
        "bound": bound.deed.value if bound else "",
        "revises": Deed.REVISE in seen.deeds,
        "office": office,
    }
    return render_page(request, "desks/media/one.html", context, status=status)


def _deed_form(request: HttpRequest, seen: HandoverWhole, deed: Deed, *data: Any) -> DeedForm:
    known, lang = names_of(request), lang_of(request)
    waiting = [(unit, known.unit(unit, lang)) for unit in sorted(seen.state.waiting)]
    return DeedForm(*data, deed=deed, lang=lang, waiting=waiting)


@let_in
@require_POST
def deed(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """`/supervision/media/<id>/<deed>/`: one deed, done or refused with everything typed kept."""
    seen = seen_or_404(request, pk)
    wanted = next((one for one in BY_FORM if one.value == name.replace("-", "_")), None)
    if wanted is None:
        raise Http404
    form = _deed_form(request, seen, wanted, request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, seen, form, UNPROCESSABLE)
    if wanted not in seen.deeds:
        refusals = decide(seen.state, Order(deed=wanted), actor=actor_of(request), now=now()).refusals
        plain = tuple(refusal for refusal in refusals if not refusal.field)
        form.refuse(plain)
        return _shown(request, seen, form, status_of(plain))
    done = _do(request, seen, form.order(), form)
    if done.ok:
        messages.success(request, _("“%(deed)s”已完成。") % {"deed": form.heading})
        return HttpResponseRedirect(reverse("media-one", args=[pk]))
    form.refuse(done.refusals)
    return _shown(request, seen_or_404(request, pk), form, status_of(done.refusals))


def _do(request: HttpRequest, seen: HandoverWhole, order: Order, form: DeedForm | None = None) -> commands.Done:
    actor, moment = actor_of(request), now()
    version = whole_number(request.POST.get("version", ""))
    if form is None or order.deed not in WITH_FILES:
        return commands.do(seen.row.id, order=order, actor=actor, now=moment, version=version)
    given = [one for one in form.cleaned_data.get("file", ()) if isinstance(one, UploadedFile)]
    if order.deed is Deed.ATTACH and not given:
        return commands.Done(refusals=(Refusal("upload.nothing", field="file"),))
    uploads = [Upload(cast("Any", one.file), one.name or "") for one in given]
    return do_with_files(seen.row.id, order=order, uploads=uploads, actor=actor, now=moment, version=version)


@let_in
@require_GET
def file(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """`/supervision/media/<id>/files/<file>/`: one scan."""
    return sent(request, scan(min(pk, LARGEST), min(file, LARGEST), actor=actor_of(request), now=now()))
