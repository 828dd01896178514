"""`/citizen-messages/`: the words of every message to citizens, quiet hours, and messages that could not be sent."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hotline.desks.messages.forms import QuietForm, WordingForm
from hotline.desks.messages.lines import blanks_of, previews, told_line
from hotline.oversight.messaging.queries import failed_told
from hotline.oversight.messaging.resending import may_act
from hotline.oversight.messaging.wordings import (
    WRITERS,
    editions,
    quiet_on,
    set_quiet,
    wordings_on,
    write_wording,
)
from hotline.plumbing.clock import now, today
from hotline.registry.people.queries import names as people
from hotline.rules.citizens.kinds import Kind
from hotline.rules.citizens.wording import check
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.vocabulary import OFFICE_ROLES
from hotline.rules.words import word
from hotline.tickets.acting.names import names_of
from hotline.tickets.acting.pages import signed_in
from hotline.tickets.acting.person import actor_of, lang_of

View = Callable[..., HttpResponse]
FIELDS: Final = ("on", "zh", "en", "secret_zh", "secret_en")


def opens(actor: Actor) -> bool:
    """The office reads it; team leaders and supervisors write."""
    return bool(actor.roles & OFFICE_ROLES)


def writes(actor: Actor) -> bool:
    """Who changes what citizens are told."""
    return bool(actor.roles & WRITERS)


def office_only(view: View) -> View:
    """Signed in, and of the office."""

    @signed_in
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not opens(actor_of(request)):
            raise PermissionDenied(render(Refusal("access.denied"), lang_of(request)))
        return view(request, *args, **kwargs)

    return guarded


def _writers_only(request: HttpRequest) -> None:
    if not writes(actor_of(request)):
        raise PermissionDenied(render(Refusal("wording.denied"), lang_of(request)))


@office_only
@require_GET
def wording_list(request: HttpRequest) -> HttpResponse:
    """Every kind with the words of today."""
    return _listed(request, None)


def _listed(request: HttpRequest, form: QuietForm | None, *, status: int = 200) -> HttpResponse:
    lang, quiet = lang_of(request), quiet_on(today())
    initial = {"begins": quiet.begins, "ends": quiet.ends}
    failed = [(number, told_line(told, now(), lang)) for number, told in failed_told()]
    context = {
        "kinds": [(kind, word(f"told.{kind}", lang), edition) for kind, edition in wordings_on(today()).items()],
        "quiet": quiet,
        "quiet_form": form or QuietForm(lang=lang, names=names_of(request), initial=initial),
        "writes": writes(actor_of(request)),
        "resends": may_act(actor_of(request)),
        "failed": failed,
    }
    return render_page(request, "desks/messages/list.html", context, status=status)


@office_only
@require_http_methods(["GET", "POST"])
def wording(request: HttpRequest, kind: str) -> HttpResponse:
    """One kind: its words, an example, and what they were before; a post with `look` only shows the example."""
    if kind not in set(Kind):
        raise Http404(kind)
    chosen, lang = Kind(kind), lang_of(request)
    given = {"lang": lang, "names": names_of(request)}
    if request.method == "GET":
        present = wordings_on(today())[chosen].wording
        return _one(request, chosen, WordingForm(initial={name: getattr(present, name) for name in FIELDS}, **given))
    _writers_only(request)
    form = WordingForm(request.POST, **given)
    if not form.is_valid():
        return _one(request, chosen, form, status=422)
    if "look" in request.POST:
        form.refuse(check(chosen, form.wording()))
        return _one(request, chosen, form, status=422 if form.errors else 200)
    starts_on = form.cleaned_data["starts_on"]
    refusals = write_wording(
        kind=chosen, wording=form.wording(), starts_on=starts_on, actor=actor_of(request), now=now()
    )
    if refusals:
        form.refuse(refusals)
        return _one(request, chosen, form, status=422)
    messages.success(request, _("“%(kind)s”的内容已保存。") % {"kind": word(f"told.{chosen}", lang)})
    return HttpResponseRedirect(reverse("citizen-messages"))


def _one(request: HttpRequest, kind: Kind, form: WordingForm, *, status: int = 200) -> HttpResponse:
    lang, known = lang_of(request), names_of(request)
    earlier = editions(kind)
    present = wordings_on(today())[kind].wording
    shown = form.wording() if form.is_bound and not form.errors else present
    writers = people([edition.written_by for edition in earlier if edition.written_by])
    context = {
        "kind": kind.value,
        "title": word(f"told.{kind}", lang),
        "form": form,
        "blanks": blanks_of(kind),
        "previews": previews(shown, known),
        "editions": [(edition, writers.get(edition.written_by, "")) for edition in earlier],
        "writes": writes(actor_of(request)),
    }
    return render_page(request, "desks/messages/wording.html", context, status=status)


@office_only
@require_POST
def quiet_hours(request: HttpRequest) -> HttpResponse:
    """From when to when nothing leaves, from today on."""
    _writers_only(request)
    form = QuietForm(request.POST, lang=lang_of(request), names=names_of(request))
    if form.is_valid():
        typed = form.cleaned_data
        refusals = set_quiet(
            begins=typed["begins"], ends=typed["ends"], starts_on=today(), actor=actor_of(request), now=now()
        )
        if not refusals:
            messages.success(request, _("静默时段已保存，今天起执行。"))
            return HttpResponseRedirect(reverse("citizen-messages"))
        form.refuse(refusals)
    return _listed(request, form, status=422)
