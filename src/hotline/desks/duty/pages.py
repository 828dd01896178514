"""`/duty/`: who is on duty at every unit now; one unit's roster, kept by its own people and by the office."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hotline.desks.duty.forms import AddressForm, TurnForm, WeeklyForm
from hotline.desks.duty.lines import UnitLine, roster_page, unit_line
from hotline.plumbing.clock import now
from hotline.registry.calendars.queries import current_calendar
from hotline.registry.duty.commands import Kept, add_address, cancel_turn, end_address, plan_turn, plan_weekly
from hotline.registry.duty.queries import addresses, every_roster, roster
from hotline.registry.duty.standing import keeps, reads, reads_all
from hotline.rules.duty.roster import Roster
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.sentences import render
from hotline.rules.vocabulary import UNIT_ROLES
from hotline.tickets.acting.names import names_of
from hotline.tickets.acting.pages import is_panel, signed_in
from hotline.tickets.acting.person import actor_of, lang_of

View = Callable[..., HttpResponse]
LONGEST: Final = 40
LARGEST: Final = 2**63 - 1


def opens(actor: Actor) -> bool:
    """Whose page it is: the office's and the units'."""
    return reads_all(actor) or bool(actor.roles & UNIT_ROLES and actor.unit)


def duty_readers(view: View) -> View:
    """Signed in, and somebody who may read a roster; numbers are kept in no shared cache."""

    @signed_in
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        code = kwargs.get("code")
        actor = actor_of(request)
        if not opens(actor) or (code is not None and not reads(actor, code)):
            raise PermissionDenied(render(Refusal("duty.denied"), lang_of(request)))
        if code is not None and code not in names_of(request).units:
            raise Http404(render(Refusal("duty.no_unit", {"unit": code[:24]}), lang_of(request)))
        answer = view(request, *args, **kwargs)
        answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer

    return guarded


@duty_readers
@require_GET
def duty_list(request: HttpRequest) -> HttpResponse:
    """Every unit that has a roster, the office first; people of a unit are led to their own."""
    actor, lang, known, moment = actor_of(request), lang_of(request), names_of(request), now()
    if not reads_all(actor):
        return HttpResponseRedirect(reverse("duty-unit", args=[actor.unit]))
    words = request.GET.get("q", "").strip()[:LONGEST].replace("\x00", "")
    office = known.city.office_unit_code if known.city else ""
    rosters = {office: Roster(), **every_roster(since=moment)} if office else every_roster(since=moment)
    calendar = current_calendar()
    lines = [
        unit_line(code, known.unit(code, lang), kept, calendar, moment, lang)
        for code, kept in rosters.items()
        if _wanted(words, code, known.unit(code, lang), known.units[code].letters if code in known.units else "")
    ]
    lines.sort(key=lambda line: (line.code != office, line.desk != (), line.name))
    without = [option for option in known.pickable["unit"] if words and option.code not in rosters
               and _wanted(words, option.code, option.name, option.letters)]  # fmt: skip
    context = {"lines": lines, "words": words, "without": without[:20], "holes": sum(line.holes > 0 for line in lines)}
    return render_page(request, "desks/duty/list.html", context)


def _wanted(words: str, code: str, name: str, letters: str) -> bool:
    asked = words.lower()
    return not asked or asked in name.lower() or asked == code.lower() or letters.startswith(asked)


@duty_readers
@require_GET
def duty_now(request: HttpRequest) -> HttpResponse:
    """Who is on duty at one unit, as a part of another page; `?unit=`."""
    code = request.GET.get("unit", "")[:24]
    if not reads(actor_of(request), code):
        raise PermissionDenied(render(Refusal("duty.denied"), lang_of(request)))
    if not is_panel(request):
        return HttpResponseRedirect(reverse("duty-unit", args=[code]) if code else reverse("duty"))
    return render_page(request, "desks/duty/_now.html", {"line": now_of(request, code)})


def now_of(request: HttpRequest, code: str) -> UnitLine:
    """Who is on duty at a unit at this moment."""
    lang, moment = lang_of(request), now()
    kept = roster(code, since=moment)
    return unit_line(code, names_of(request).unit(code, lang), kept, current_calendar(), moment, lang)


@duty_readers
@require_GET
def duty_unit(request: HttpRequest, code: str) -> HttpResponse:
    """One unit's coming two weeks, its holes, its pattern and its addresses."""
    return _shown(request, code)


def _shown(request: HttpRequest, code: str, *, status: int = 200, **forms: Any) -> HttpResponse:
    lang, known, moment = lang_of(request), names_of(request), now()
    page = roster_page(
        roster(code, since=moment), addresses([code]), calendar=current_calendar(), now=moment, lang=lang
    )
    given = {"lang": lang, "names": known}
    context = {
        "code": code,
        "name": known.unit(code, lang),
        "page": page,
        "keeps": keeps(actor_of(request), code),
        "all": reads_all(actor_of(request)),
        "turn_form": TurnForm(**given),
        "weekly_form": WeeklyForm(**given, auto_id="weekly_%s"),
        "address_form": AddressForm(**given, auto_id="address_%s"),
        **forms,
    }
    return render_page(request, "desks/duty/unit.html", context, status=status)


def _back(request: HttpRequest, code: str, done: Kept, said: str) -> HttpResponse:
    """After a button without a form."""
    if done.ok:
        messages.success(request, said)
    else:
        messages.error(request, render(done.refusals[0], lang_of(request)))
    return HttpResponseRedirect(reverse("duty-unit", args=[code]))


def _keepers_only(request: HttpRequest, code: str) -> None:
    if not keeps(actor_of(request), code):
        raise PermissionDenied(render(Refusal("duty.denied"), lang_of(request)))


@duty_readers
@require_POST
def add_turn(request: HttpRequest, code: str) -> HttpResponse:
    """One more turn."""
    _keepers_only(request, code)
    form = TurnForm(request.POST, lang=lang_of(request), names=names_of(request))
    if form.is_valid():
        done = plan_turn(data=form.data_given(code), actor=actor_of(request), now=now())
        if done.ok:
            return _back(request, code, done, _("已登记这个班次。"))
        form.refuse(done.refusals)
    return _shown(request, code, status=422, turn_form=form)


@duty_readers
@require_POST
def add_weekly(request: HttpRequest, code: str) -> HttpResponse:
    """One more line of the weekly pattern."""
    _keepers_only(request, code)
    form = WeeklyForm(request.POST, lang=lang_of(request), names=names_of(request), auto_id="weekly_%s")
    if form.is_valid():
        done = plan_weekly(data=form.data_given(code), actor=actor_of(request), now=now())
        if done.ok:
            return _back(request, code, done, _("已登记每周值班。"))
        form.refuse(done.refusals)
    return _shown(request, code, status=422, weekly_form=form)


@duty_readers
@require_POST
def cancel(request: HttpRequest, code: str, kind: str, pk: str) -> HttpResponse:
    """A turn or a line of the pattern holds no more."""
    _keepers_only(request, code)
    done = cancel_turn(unit=code, pk=int(pk), weekly=kind == "weekly", actor=actor_of(request), now=now())
    return _back(request, code, done, _("已取消。"))


@duty_readers
@require_POST
def put_address(request: HttpRequest, code: str) -> HttpResponse:
    """Notices go there as well."""
    _keepers_only(request, code)
    form = AddressForm(request.POST, lang=lang_of(request), names=names_of(request), auto_id="address_%s")
    if form.is_valid():
        typed = form.cleaned_data
        done = add_address(unit=code, channel=typed["channel"], to=typed["to"], actor=actor_of(request), now=now())
        if done.ok:
            return _back(request, code, done, _("已登记接收地址。"))
        form.refuse(done.refusals)
    return _shown(request, code, status=422, address_form=form)


@duty_readers
@require_POST
def drop_address(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Nothing goes there any more."""
    _keepers_only(request, code)
    done = end_address(unit=code, pk=min(pk, LARGEST), actor=actor_of(request), now=now())
    return _back(request, code, done, _("已停用这个地址。"))
