"""`/instructions/`: what waits for me, all in my view, one with its deeds; for units what they are asked."""

from typing import Any, Final, cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hotline.desks.instructions import lines
from hotline.desks.instructions.doors import glanced_or_404, let_in, opened_or_404, status_of, writers_only
from hotline.desks.instructions.forms import BY_FORM, DeedForm, NamingForm, People, ReceiveForm
from hotline.oversight.instructions.commands import Done
from hotline.oversight.instructions.files import do_with_files, receive_with_files, scan
from hotline.oversight.instructions.leaders import leaders, may_keep
from hotline.oversight.instructions.limits import due_from, end_of
from hotline.oversight.instructions.naming import accounts, names_of_accounts, offered
from hotline.oversight.instructions.queries import SHOWN, instructions, to_do
from hotline.plumbing.clock import now, today
from hotline.rules.instructions import Deed, Instruction, Order, decide
from hotline.rules.instructions.table import SUPERVISORS
from hotline.rules.messages import Refusal
from hotline.rules.words import word
from hotline.rules.words_instructions import instruction_number
from hotline.tickets.acting.names import names_of
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.dossiers.acting.doors import LARGEST, UNPROCESSABLE
from hotline.tickets.dossiers.acting.forms import whole_number
from hotline.tickets.dossiers.acting.sending import sent
from hotline.tickets.dossiers.files import Upload

PARTS: Final = ("", "live", "late", "ended")


@let_in
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for this person on top, below it everything in view, the newest first."""
    actor, lang, known, moment = actor_of(request), lang_of(request), names_of(request), now()
    show = request.GET.get("show", "") if request.GET.get("show", "") in SHOWN else ""
    page = instructions(actor=actor, show=show, now=moment, before=whole_number(request.GET.get("after", "")))
    context = {
        "waiting": [lines.card(row, known, lang, moment) for row in to_do(actor=actor)],
        "cards": [lines.card(row, known, lang, moment) for row in page.rows],
        "next_key": page.next_key or "",
        "first_page": not request.GET.get("after"),
        "show": show,
        "parts": [(part, name) for part, name in zip(PARTS, _part_names(), strict=True)],
        "writes": bool(actor.own_roles & SUPERVISORS),
        "keeps": may_keep(actor),
    }
    return render_page(request, "desks/instructions/list.html", context)


def _part_names() -> tuple[str, ...]:
    return _("全部"), _("办理中"), _("超期"), _("已结束")


def _people(lang: str) -> People:
    return [(key, f"{name} · {word(role, lang)}") for key, name, role in offered(today())]


@let_in
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """`/instructions/new/`: an instruction is recorded."""
    writers_only(request)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    known = [(str(one.pk), f"{one.position} {one.name}") for one in leaders(on=today())]
    form = ReceiveForm(data, files, leaders=known, people=_people(lang_of(request)), lang=lang_of(request))
    status = 200
    if data is not None:
        done = _received(request, form)
        if done is not None and done.ok and done.row is not None:
            number = instruction_number(done.row.year, done.row.serial)
            messages.success(request, _("已登记，编号 %(number)s。请写拟办意见。") % {"number": number})
            return HttpResponseRedirect(reverse("instruction", args=[done.row.pk]))
        status = UNPROCESSABLE
    return render_page(request, "desks/instructions/new.html", {"form": form, "leaders": known}, status=status)


def _received(request: HttpRequest, form: ReceiveForm) -> Done | None:
    if not form.is_valid():
        return None
    given = form.cleaned_data
    if given["workdays"] and given["due_on"]:
        form.refuse([Refusal("instructions.two_limits", field="due_on")])
        return None
    readers = _named(form)
    if readers is None:
        return None
    moment = now()
    order = form.order(due_from(moment, workdays=given["workdays"], on=given["due_on"]), readers)
    done = receive_with_files(order, _uploads(given.get("file", ())), actor=actor_of(request), now=moment)
    form.refuse(done.refusals)
    return done


def _named(form: NamingForm) -> frozenset[str] | None:
    """Everybody named in the form; None when a sign-in name is nobody's."""
    given = form.cleaned_data
    typed = given.get("accounts", "").split()
    found = accounts(typed)
    unknown = [name for name in typed if name not in found]
    form.refuse([Refusal("instructions.reader_unknown", {"account": name[:24]}, field="accounts") for name in unknown])
    return None if unknown else frozenset(given.get("readers", ())) | frozenset(found.values())


@let_in
@require_GET
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """`/instructions/<id>/`: as much of it as this person may read, and what may be done with it now."""
    return _shown(request, pk)


def _form(request: HttpRequest, state: Instruction, deed: Deed, *, bound: bool = False) -> DeedForm:
    given = (request.POST, request.FILES) if bound else (None, None)
    people = _people(lang_of(request)) if deed is Deed.NAME else ()
    listed = {key for key, _name in people}
    others = " ".join(names_of_accounts(state.readers - listed)) if people else ""
    return DeedForm(
        *given,
        deed=deed,
        state=state,
        names=names_of(request),
        lang=lang_of(request),
        people=people,
        others=others,
    )


def _shown(request: HttpRequest, pk: int, bound: DeedForm | None = None, status: int = 200) -> HttpResponse:
    seen = opened_or_404(request, pk)
    lang, moment, known = lang_of(request), now(), names_of(request)
    context: dict[str, Any] = {
        "card": lines.card(seen.row, known, lang, moment),
        "seen": seen,
        "asks": lines.asks(seen.asks, known, lang, moment),
        "history": lines.history(seen.lines, seen.files, known, lang, moment),
        "readings": lines.readings(seen.readings, moment),
        "scans": [file for file in seen.files if not file.unit],
        "forms": [
            bound if bound is not None and bound.deed is deed else _form(request, seen.state, deed)
            for deed in BY_FORM
            if deed in seen.deeds or (bound is not None and bound.deed is deed)
        ],
        "bound": bound.deed.value if bound else "",
    }
    return render_page(request, "desks/instructions/one.html", context, status=status)


@let_in
@require_POST
def deed(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """`/instructions/<id>/<deed>/`: one deed, done or refused with everything typed kept."""
    seen = glanced_or_404(request, pk)
    wanted = next((one for one in BY_FORM if one.value == name.replace("-", "_")), None)
    if wanted is None:
        raise Http404
    form = _form(request, seen.state, wanted, bound=True)
    if not form.is_valid():
        return _shown(request, pk, form, UNPROCESSABLE)
    if wanted not in seen.deeds:
        refusals = decide(seen.state, Order(deed=wanted), actor=actor_of(request), now=now()).refusals
        form.refuse(tuple(refusal for refusal in refusals if not refusal.field))
        return _shown(request, pk, form, status_of(refusals))
    readers = _named(form) if wanted is Deed.NAME else frozenset[str]()
    if readers is None:
        return _shown(request, pk, form, UNPROCESSABLE)
    done = _done(request, pk, form, readers)
    if done.ok:
        messages.success(request, _("“%(deed)s”已完成。") % {"deed": form.heading})
        return HttpResponseRedirect(reverse("instruction", args=[pk]))
    form.refuse(done.refusals)
    return _shown(request, pk, form, status_of(done.refusals))


def _done(request: HttpRequest, pk: int, form: DeedForm, readers: frozenset[str]) -> Done:
    moment = now()
    return do_with_files(
        pk,
        order=form.order(lambda on: end_of(on, now=moment), readers),
        uploads=_uploads(form.cleaned_data.get("file", ())),
        actor=actor_of(request),
        now=moment,
        version=whole_number(request.POST.get("version", "")),
    )


def _uploads(given: Any) -> list[Upload]:
    return [Upload(cast("Any", one.file), one.name or "") for one in given if isinstance(one, UploadedFile)]


@let_in
@require_GET
def file(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """`/instructions/<id>/files/<file>/`: one scan, or one piece of a unit's evidence."""
    return sent(request, scan(min(pk, LARGEST), min(file, LARGEST), actor=actor_of(request), now=now()))
