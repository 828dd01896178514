"""What units will read of a confidential ticket does not say who asked: neither their name nor their number.

Asked of every act at the one place where acts are recorded, so that no page, API or later note gets around it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from hotline.rules.acts import Act
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.naming import names_requester
from hotline.rules.state import TicketState
from hotline.rules.visibility import OFFICE_ONLY, REPORTERS_WORDS
from hotline.rules.vocabulary import OFFICE_ROLES, Flag
from hotline.tickets.models import Requester, Ticket

WHO = ("name", "phone", "alt_phone")
KEPT_FROM_UNITS = OFFICE_ONLY | REPORTERS_WORDS


def requester_of(ticket: Ticket) -> Mapping[str, Any]:
    """Names and numbers of who asked; nothing for an imported ticket without them."""
    return Requester.objects.filter(ticket=ticket).values(*WHO).first() or {}


def who_is_named(
    act: Act, state: TicketState, actor: Actor, requester: Callable[[], Mapping[str, Any]]
) -> tuple[Refusal, ...]:
    """A refusal for each field that would tell a unit who asked.

    Only the office is told: a unit that guesses a name must not learn from a refusal that it guessed right.
    """
    if Flag.CONFIDENTIAL not in state.flags or not actor.roles & OFFICE_ROLES:
        return ()
    texts = {field: body for field, body in act.texts().items() if field not in KEPT_FROM_UNITS}
    if not texts:
        return ()
    who = requester()
    names, numbers = (who.get("name", ""),), (who.get("phone", ""), who.get("alt_phone", ""))
    return tuple(
        Refusal("confidential.names_requester", {"act": act.name, "field": field}, field=field)
        for field in names_requester(texts, names=names, numbers=numbers)
    )
