"""The dispatch form with suggestions above it: the first is filled in, the others are accepted with one button.

Dispatchers decide; every suggestion says why it is offered and how likely the unit is to return the ticket.
"""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from hotline.plumbing.clock import now
from hotline.rules import acts as a
from hotline.rules.vocabulary import UnitCode
from hotline.search.suggested import offers
from hotline.stages.dispatch.commands import dispatch
from hotline.stages.dispatch.queries import DISPATCHING, suggestions
from hotline.tickets.access import OpenTicket
from hotline.tickets.acting.forms import ActForm
from hotline.tickets.acting.names import books_of, names_of
from hotline.tickets.acting.pages import act_page
from hotline.tickets.acting.person import actor_of, lang_of

ACCEPT: Final = "accept"
"""The name of the buttons; their value is the unit."""


def dress(request: HttpRequest, opened: OpenTicket, form: ActForm) -> dict[str, Any]:
    """The best units with reasons and risk; whom the directory names is filled in beforehand."""
    if not actor_of(request).roles & DISPATCHING:
        return {}
    moment = now()
    book = books_of(request).at(moment, opened.state.profile)
    found = suggestions(opened, directory=book.directory, actor=actor_of(request), now=moment)
    if found and found[0].sure and not form.is_bound:
        form.initial["lead_unit"] = found[0].unit
    return {"beside": "dispatch/_suggested.html", "offers": offers(found, names_of(request), lang_of(request))}


_form = act_page(a.Dispatch, do=dispatch, dress=dress)


def send(request: HttpRequest, number: str) -> HttpResponse:
    """`/dispatch/dispatch/<number>/`: the form; a button beside a suggestion names the unit in place of the field."""
    accepted = request.POST.get(ACCEPT, "") if request.method == "POST" else ""
    if accepted:
        given = request.POST.copy()
        given["lead_unit"] = UnitCode(accepted)
        request.POST = given  # type: ignore[assignment]  # a copy that was changed, read like the post itself
    return _form(request, number=number)


send.__name__ = a.Dispatch.name
