"""`/documents/`: what waits for me, all documents, one with its deeds; for units what was issued to them."""

from typing import Any, Final, cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hotline.desks.documents import lines
from hotline.desks.documents.doors import let_in, seen_or_404, writers_only
from hotline.desks.documents.forms import BY_FORM, DeedForm, WriteForm
from hotline.oversight.documents import commands
from hotline.oversight.documents.files import attach, scan
from hotline.oversight.documents.queries import DocumentWhole, documents, to_do
from hotline.plumbing.clock import now
from hotline.rules.documents import Deed, DocumentKind, Order, Status, decide
from hotline.rules.documents.seeing import view_of
from hotline.rules.documents.states import ENDED, ON_ITS_WAY
from hotline.rules.documents.table import SUPERVISORS
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.words import word
from hotline.rules.words_documents import document_number
from hotline.tickets.acting.names import names_of
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.dossiers.acting.doors import LARGEST, UNPROCESSABLE, status_by
from hotline.tickets.dossiers.acting.forms import whole_number
from hotline.tickets.dossiers.acting.sending import sent

DENIALS: Final = frozenset({"documents.role_denied"})
SHOWN: Final = {"": frozenset[Status](), "way": ON_ITS_WAY, "issued": frozenset({Status.ISSUED}), "ended": ENDED}


@let_in
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for this person on top, below it all documents of a kind and a state, the newest first."""
    actor, lang, known, moment = actor_of(request), lang_of(request), names_of(request), now()
    kind = request.GET.get("kind", "") if request.GET.get("kind", "") in set(DocumentKind) else ""
    show = request.GET.get("show", "") if request.GET.get("show", "") in SHOWN else ""
    office = view_of(actor).all
    page = documents(actor=actor, kind=kind, statuses=SHOWN[show], before=whole_number(request.GET.get("after", "")))
    context = {
        "waiting": [lines.card(row, known, lang, moment) for row in to_do(actor=actor)] if office else [],
        "cards": [lines.card(row, known, lang, moment) for row in page.rows],
        "next_key": page.next_key or "",
        "first_page": not request.GET.get("after"),
        "kinds": [(one.value, word(one, lang)) for one in DocumentKind],
        "kind": kind,
        "show": show,
        "office": office,
        "writes": bool(actor.roles & SUPERVISORS),
    }
    return render_page(request, "desks/documents/list.html", context)


@let_in
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """`/documents/new/`: a first draft. `?kind=&about=&key=` begin it from elsewhere."""
    writers_only(request)
    given = request.GET
    kind = given.get("kind", "") if given.get("kind", "") in set(DocumentKind) else DocumentKind.CIRCULAR.value
    data = request.POST if request.method == "POST" else None
    form = WriteForm(data, names=names_of(request), lang=lang_of(request), new=True, initial={"kind": kind})
    if data is not None and form.is_valid():
        order = form.order(Deed.DRAFT)
        done = commands.draft(
            kind=order.kind,
            title=order.title,
            body=order.body,
            recipients=order.recipients,
            copies=order.copies,
            sent_to=order.sent_to,
            about=given.get("about", "")[:32],
            about_key=given.get("key", "")[:32],
            actor=actor_of(request),
            now=now(),
        )
        if done.ok and done.row is not None:
            messages.success(request, _("文稿已保存，可以送核稿。"))
            return HttpResponseRedirect(reverse("document", args=[done.row.pk]))
        form.refuse(done.refusals)
    return _writing(request, form, status=UNPROCESSABLE if data is not None else 200)


@let_in
@require_http_methods(["GET", "POST"])
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """`/documents/<id>/revise/`: the draft once more."""
    writers_only(request)
    seen = seen_or_404(request, pk)
    data = request.POST if request.method == "POST" else None
    row = seen.row
    initial = {
        "body": seen.body,
        **{name: getattr(row, name) for name in ("title", "sent_to", "recipients", "copies")},
    }
    form = WriteForm(data, names=names_of(request), lang=lang_of(request), new=False, initial=initial)
    status = 200
    if data is not None and form.is_valid():
        done = _do(request, seen, form.order(Deed.REVISE))
        if done.ok:
            messages.success(request, _("文稿已保存，可以送核稿。"))
            return HttpResponseRedirect(reverse("document", args=[pk]))
        form.refuse(done.refusals)
        status = status_of(done.refusals)
    elif data is not None:
        status = UNPROCESSABLE
    elif Deed.REVISE not in seen.deeds:
        here = {"status": seen.state.status, "deed": Deed.REVISE}
        messages.info(request, render(Refusal("documents.not_now", here), lang_of(request)))
        return HttpResponseRedirect(reverse("document", args=[pk]))
    return _writing(request, form, seen=seen, status=status)


def _writing(
    request: HttpRequest, form: WriteForm, *, seen: DocumentWhole | None = None, status: int = 200
) -> HttpResponse:
    context = {"form": form, "row": seen.row if seen else None}
    return render_page(request, "desks/documents/write.html", context, status=status)


@let_in
@require_GET
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """`/documents/<id>/`: the paper's words, its history and what this person may do with it now."""
    return _shown(request, seen_or_404(request, pk))


def _shown(request: HttpRequest, seen: DocumentWhole, bound: DeedForm | None = None, status: int = 200) -> HttpResponse:
    lang, moment = lang_of(request), now()
    context: dict[str, Any] = {
        "card": lines.card(seen.row, names_of(request), lang, moment),
        "body": seen.body,
        "history": lines.history(seen.lines, lang, moment),
        "files": seen.files,
        "forms": [
            bound if bound is not None and bound.deed is deed else DeedForm(deed=deed, lang=lang)
            for deed in BY_FORM
            if deed in seen.deeds or (bound is not None and bound.deed is deed)
        ],
        "bound": bound.deed.value if bound else "",
        "revises": Deed.REVISE in seen.deeds,
        "office": view_of(actor_of(request)).all,
    }
    return render_page(request, "desks/documents/one.html", context, status=status)


@let_in
@require_POST
def deed(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """`/documents/<id>/<deed>/`: one deed, done or refused with everything typed kept."""
    seen = seen_or_404(request, pk)
    wanted = next((one for one in BY_FORM if one.value == name.replace("-", "_")), None)
    if wanted is None:
        raise Http404
    form = DeedForm(request.POST, request.FILES, deed=wanted, lang=lang_of(request))
    if not form.is_valid():
        return _shown(request, seen, form, UNPROCESSABLE)
    if wanted not in seen.deeds:
        refusals = decide(seen.state, Order(deed=wanted), actor=actor_of(request), now=now()).refusals
        form.refuse(tuple(refusal for refusal in refusals if not refusal.field))
        return _shown(request, seen, form, status_of(refusals))
    done = _do(request, seen, form.order(), form.cleaned_data.get("file"))
    if done.ok:
        messages.success(request, _said(form, done))
        return HttpResponseRedirect(reverse("document", args=[pk]))
    form.refuse(done.refusals)
    return _shown(request, seen_or_404(request, pk), form, status_of(done.refusals))


def _said(form: DeedForm, done: commands.Done) -> str:
    if form.deed is Deed.SIGN and done.state is not None:
        number = document_number(done.state.kind, done.state.year, done.state.serial)
        return _("已登记签发，发文字号 %(number)s。") % {"number": number}
    return _("“%(deed)s”已完成。") % {"deed": form.heading}


def _do(request: HttpRequest, seen: DocumentWhole, order: Order, file: Any = None) -> commands.Done:
    actor, moment = actor_of(request), now()
    if order.deed is not Deed.ATTACH:
        version = whole_number(request.POST.get("version", ""))
        return commands.do(seen.row.id, order=order, actor=actor, now=moment, version=version)
    if not isinstance(file, UploadedFile):
        return commands.Done(refusals=(Refusal("upload.nothing", field="file"),))
    return attach(seen.row.id, file=cast("Any", file.file), name=file.name or "", actor=actor, now=moment)


def status_of(refusals: tuple[Refusal, ...]) -> int:
    """How a refusal is answered."""
    return status_by(refusals, DENIALS)


@let_in
@require_GET
def file(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """`/documents/<id>/files/<file>/`: one signed page."""
    return sent(request, scan(min(pk, LARGEST), min(file, LARGEST), actor=actor_of(request), now=now()))
