"""The forms of dispatch and reassignment with suggestions above: the first is filled in, others are one button away.

Dispatchers decide; every suggestion says why it is offered, whom it brings along, and how likely it is to come back.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from hotline.plumbing.clock import now
from hotline.rules import acts as a
from hotline.rules.suggesting import Suggestion
from hotline.search.suggested import Offer, offers
from hotline.stages.dispatch.commands import dispatch
from hotline.stages.dispatch.queries import doing, suggestions
from hotline.tickets.access import OpenTicket
from hotline.tickets.acting.forms import ActForm
from hotline.tickets.acting.names import Names, books_of, names_of
from hotline.tickets.acting.pages import act_page
from hotline.tickets.acting.person import actor_of, lang_of

ACCEPT: Final = "accept"
"""The name of the buttons; their value is the unit."""
FILLED: Final = "filled"
"""The name of the hidden fields that say what the first suggestion has filled in: the lead, then all beside it."""
BESIDE: Final = ("co_units", "guidance_units", "copied_units")
SPARED: Final = "spared_units"


def dress(request: HttpRequest, opened: OpenTicket, form: ActForm) -> dict[str, Any]:
    """The best units with reasons and risk; whom the directory names, as lead and beside it, is filled in."""
    if not actor_of(request).roles & doing(form.act_class):
        return {}
    moment = now()
    book = books_of(request).at(moment, opened.state.profile)
    known, lang = names_of(request), lang_of(request)
    suggested = suggestions(opened, book=book, actor=actor_of(request), now=moment)
    found = tuple(one for one in suggested if one.unit != opened.state.lead_unit)
    sure = found[0] if found and found[0].sure else None
    parts = sure.parts.named(book.reference.units) if sure else {}
    if sure and not form.is_bound:
        form.initial.update(lead_unit=sure.unit, **parts)
    made = offers(found, known, lang)
    _offer_to_spare(form, made[0] if sure else None, known, lang)
    limit, state = book.profile.dispute.failed_dispatches, opened.state
    return {
        "beside": "dispatch/_suggested.html",
        "offers": made,
        "filled": _filled(sure, parts),
        "in_place": next((one.rule.partition("@")[0] for one in suggested if one not in found and one.sure), ""),
        "last_try": limit if form.act_class is a.Reassign and state.failed_dispatches + 1 >= limit else 0,
    }


def _filled(sure: Suggestion | None, parts: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return (sure.unit, *(unit for field in BESIDE for unit in parts[field])) if sure else ()


def _offer_to_spare(form: ActForm, sure: Offer | None, known: Names, lang: str) -> None:
    """The tasks that the line gives by itself, to be ticked where one is not wanted; without any nobody is asked."""
    tasks = sure.parts.tasks if sure else ()
    if not tasks:
        form.fields.pop(SPARED, None)
        return
    choices = [(task.unit, f"{known.unit(task.unit, lang)}：{task.task}") for task in tasks]
    form.fields[SPARED].label = _("目录写明的协办任务，派出后自动下达；这一次不下达的，请勾选")
    form.fields[SPARED].widget = forms.CheckboxSelectMultiple(choices=choices)


_dispatch = act_page(a.Dispatch, do=dispatch, dress=dress)
_reassign = act_page(a.Reassign, do=dispatch, dress=dress)


def send(request: HttpRequest, number: str) -> HttpResponse:
    """`/dispatch/dispatch/<number>/`: the form; a button beside a suggestion names the unit in place of the field."""
    return _accepted(_dispatch, request, number)


def move(request: HttpRequest, number: str) -> HttpResponse:
    """`/dispatch/reassign/<number>/`: the same for a ticket that another unit has."""
    return _accepted(_reassign, request, number)


def _accepted(form: Callable[..., HttpResponse], request: HttpRequest, number: str) -> HttpResponse:
    """Who accepts another unit than the one filled in does not want what was filled in with it; and who names as lead
    a unit that was filled in beside another need not take it out there.
    """
    if request.method == "POST":
        given = request.POST.copy()
        accepted = given.get(ACCEPT, "")
        first, *beside = given.getlist(FILLED) or [""]
        lead = given["lead_unit"] = accepted or given.get("lead_unit", "")
        dropped = {lead, *beside} if accepted and accepted != first else {lead} & {*beside, accepted}
        for field in BESIDE:
            given.setlist(field, [unit for unit in given.getlist(field) if unit not in dropped])
        request.POST = given  # type: ignore[assignment]  # a copy that was changed, read like the post itself
    return form(request, number=number)


send.__name__ = a.Dispatch.name
move.__name__ = a.Reassign.name
