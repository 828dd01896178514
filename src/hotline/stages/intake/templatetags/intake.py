"""What intake adds to the ticket page: the other tickets of the same call, and the way to its next matter."""

from datetime import datetime
from typing import Any

from django import template
from django.http import HttpRequest

from hotline.plumbing.clock import now
from hotline.rules.visibility import view_of
from hotline.rules.vocabulary import Role
from hotline.stages.intake.queries.same_call import GOES_ON_FOR, JUST_REGISTERED, tickets_of_call
from hotline.tickets.acting.person import actor_of

register = template.Library()

ANSWERING = frozenset({Role.AGENT, Role.TEAM_LEADER, Role.DISPATCHER})


@register.inclusion_tag("intake/_call.html", takes_context=True)
def same_call(context: dict[str, Any], number: str) -> dict[str, Any]:
    """Only the office is told: a unit that handles one matter has no business with the caller's others."""
    request: HttpRequest = context["request"]
    if not view_of(actor_of(request)).everything:
        return {"number": number, "others": (), "goes_on": False}
    return {"number": number, "others": tickets_of_call(number), "goes_on": _goes_on(request, number)}


def _goes_on(request: HttpRequest, number: str) -> bool:
    """Whether the person registered it a moment ago; the page behind asks the ledger again."""
    if not actor_of(request).roles & ANSWERING:
        return False
    at = request.session.get(JUST_REGISTERED, {}).get(number, "")
    return bool(at) and now() - datetime.fromisoformat(at) < GOES_ON_FOR
