"""`/joint/`: what waits for me and all disputes in view; `/joint/files/<id>/`: one of them, a file of one page."""

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hotline.plumbing.clock import now
from hotline.rules.joint import Deed, Form, Status
from hotline.rules.joint.seeing import view_of
from hotline.rules.joint.states import UNSETTLED
from hotline.rules.joint.table import SUPERVISORS
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.vocabulary import CITY_TZ, ClockKind, Finding
from hotline.rules.words import word
from hotline.stages.joint import commands
from hotline.stages.joint.commands.files import attach, scan
from hotline.stages.joint.forms import BY_FORM, DeedForm
from hotline.stages.joint.pages.doors import let_in, seen_or_404, status_of
from hotline.stages.joint.pages.invitation import Invitation, as_calendar
from hotline.stages.joint.pages.lines import Teller
from hotline.stages.joint.queries import disputes, to_do
from hotline.stages.joint.queries.reading import Line, Whole
from hotline.tickets.acting.names import books_of, names_of
from hotline.tickets.acting.person import actor_of, lang_of
from hotline.tickets.dossiers.acting.doors import LARGEST
from hotline.tickets.dossiers.acting.forms import whole_number
from hotline.tickets.dossiers.acting.sending import sent

UNPROCESSABLE: Final = 422
SHOWN: Final = {
    "": frozenset[Status](),
    "open": UNSETTLED,
    "ruled": frozenset({Status.RULED, Status.SETTLED}),
    "ended": frozenset({Status.ENDED}),
}


def teller_of(request: HttpRequest) -> Teller:
    """Whoever says things on this reader's page."""
    moment = now()
    return Teller(names_of(request), lang_of(request), books_of(request).at(moment), moment)


@let_in
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for this person on top, below it all disputes in view, the newest first."""
    actor, teller = actor_of(request), teller_of(request)
    show = request.GET.get("show", "") if request.GET.get("show", "") in SHOWN else ""
    page = disputes(actor=actor, statuses=SHOWN[show], before=whole_number(request.GET.get("after", "")))
    context = {
        "waiting": [teller.row(row) for row in to_do(actor=actor)],
        "rows": [teller.row(row) for row in page.rows],
        "next_key": page.next_key or "",
        "first_page": not request.GET.get("after"),
        "show": show,
        "office": view_of(actor).all,
    }
    return render_page(request, "joint/list.html", context)


@let_in
@require_GET
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """`/joint/files/<id>/`: the whole dispute on one page."""
    return _shown(request, seen_or_404(request, pk))


def _shown(request: HttpRequest, seen: Whole, bound: DeedForm | None = None, status: int = 200) -> HttpResponse:
    teller = teller_of(request)
    forms = [
        bound if bound is not None and bound.deed is deed else _form(request, seen, deed)
        for deed in BY_FORM
        if deed in seen.deeds or (bound is not None and bound.deed is deed)
    ]
    context: dict[str, Any] = {
        "seen": seen,
        "status": word(seen.state.status, teller.lang),
        "lead": teller.names.unit(seen.state.lead, teller.lang),
        "proposed": teller.names.unit(seen.state.proposed, teller.lang),
        "category": teller.names.category_path(seen.category, teller.lang),
        "form_name": word(seen.state.form, teller.lang) if seen.state.form else "",
        "meeting": meeting_of(seen),
        "steps": [teller.step(step) for step in seen.steps],
        "sides": teller.sides(seen),
        "voices": teller.voices(seen) if seen.state.round else [],
        "tasks": teller.tasks(seen),
        "dissent": teller.units(seen.dissenters),
        "silent": teller.units(seen.silent) if seen.state.status is Status.CONCLUDED else "",
        "past": [(one, teller.names.unit(one.lead, teller.lang), teller.units(one.helpers)) for one in seen.past],
        "repeats": seen.state.reusable and bool(seen.state.ruled_at) and bool(actor_of(request).roles & SUPERVISORS),
        "history": teller.history(seen),
        "forms": forms,
        "bound": bound.deed.value if bound else "",
    }  # fmt: skip
    return render_page(request, "joint/file.html", context, status=status)


def _form(request: HttpRequest, seen: Whole, deed: Deed) -> DeedForm:
    """An empty form, with what can be known beforehand filled in."""
    first: dict[str, Any] = {}
    if deed is Deed.CONVENE:
        panel = next((step for step in seen.steps if step.kind is ClockKind.PANEL), None)
        first = {"parties": sorted(seen.state.parties), **commands.seats_known()}
        if panel is not None and panel.due_at > now():
            first["meets_at"] = panel.due_at.astimezone(CITY_TZ)
    if deed is Deed.CONCLUDE:
        first = _concluded(seen)
    if deed is Deed.DECIDE:
        first = {"reusable": "no"}
    if deed is Deed.OPINE:
        first = {"signer": getattr(request.user, "full_name", "")}
    return DeedForm(deed=deed, state=seen.state, names=names_of(request), lang=lang_of(request), initial=first)


def _concluded(seen: Whole) -> dict[str, Any]:
    """The conclusion as it stands, to be mended; a first one begins with whom the opinions carry."""
    state, words = seen.state, seen.conclusion
    first: dict[str, Any] = {"lead": state.proposed or seen.carried or "", **words}
    for n, task in enumerate(state.tasks, 1):
        first |= {f"unit_{n}": task.unit, f"order_{n}": task.order, f"days_{n}": task.days}
        first[f"after_{n}"] = "" if task.after is Finding.NOTHING else task.after.value
        first[f"task_{n}"] = words.get(f"task.{task.unit}", "")
    return first | {"reusable": "yes" if state.reusable else "no"}


@let_in
@require_POST
def deed(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """`/joint/files/<id>/<deed>/`: one deed, done or refused with everything typed kept."""
    seen = seen_or_404(request, pk)
    wanted = next((one for one in BY_FORM if one.value == name), None)
    if wanted is None:
        raise Http404
    form = DeedForm(
        request.POST, request.FILES, deed=wanted, state=seen.state, names=names_of(request), lang=lang_of(request)
    )
    if not form.is_valid():
        return _shown(request, seen, form, UNPROCESSABLE)
    done = _do(request, seen, form)
    if done.ok:
        said = {"deed": form.title, "number": seen.ticket}
        messages.success(request, _("工单 %(number)s：“%(deed)s”已完成。") % said)
        return HttpResponseRedirect(reverse("joint-file", args=[pk]))
    form.refuse(done.refusals)
    return _shown(request, seen_or_404(request, pk), form, status_of(done.refusals))


def _do(request: HttpRequest, seen: Whole, form: DeedForm) -> commands.Done:
    actor, moment = actor_of(request), now()
    file: Any = form.cleaned_data.get("file")
    if form.deed is Deed.ATTACH:
        if file is None:
            return commands.Done(refusals=(Refusal("upload.nothing", field="file"),))
        return attach(seen.id, file=file.file, name=file.name or "", actor=actor, now=moment)
    version = whole_number(request.POST.get("version", ""))
    return commands.do(seen.id, order=form.order(), actor=actor, now=moment, version=version)


@let_in
@require_GET
def page(request: HttpRequest, pk: int, page: int) -> HttpResponseBase:
    """`/joint/files/<id>/pages/<page>/`: one signed page, for the office."""
    return sent(request, scan(min(pk, LARGEST), min(page, LARGEST), actor=actor_of(request)))


@let_in
@require_GET
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """`/joint/files/<id>/invitation/`: the panel for one's calendar."""
    seen = seen_or_404(request, pk)
    called = seen.last(Deed.CONVENE)
    if called is None or seen.state.meets_at is None:
        raise Http404(render(Refusal("joint.not_found"), lang_of(request)))
    latest = meeting_of(seen)
    said = {**called.words, **(latest.words if latest else {})}
    given = Invitation(
        uid=f"dispute-{seen.id}-{seen.state.round}@{request.get_host()}",
        sequence=sum(line.deed is Deed.RESCHEDULE for line in seen.lines),
        made_at=called.at,
        begins_at=seen.state.meets_at,
        meeting=seen.state.form is Form.MEETING,
        title=_("联合会办：%(number)s") % {"number": seen.ticket},
        place=said.get("place", ""),
        agenda=said.get("agenda", ""),
        address=request.build_absolute_uri(reverse("joint-file", args=[pk])),
    )
    answer = HttpResponse(as_calendar(given), content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{seen.ticket}.ics"'
    return answer


def meeting_of(seen: Whole) -> Line | None:
    """Where agenda and place were last said."""
    return max(
        (line for line in seen.lines if line.deed in {Deed.RESCHEDULE, Deed.CONVENE}),
        key=lambda line: line.seq,
        default=None,
    )
