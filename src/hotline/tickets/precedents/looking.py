"""What a look at the directory, the city's lists and the ticket that was ruled finds against a draft: the rules refuse
it, this reads what they go by. The ticket's words are read to be routed and go nowhere else.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from hotline.registry.keeping.drafting import HEADINGS, LENGTHS
from hotline.registry.keeping.lists import lists
from hotline.registry.reference import current_directory
from hotline.registry.units.rules import columns_of
from hotline.rules.jurisdiction import DirectoryRule, Question
from hotline.rules.messages import Refusal
from hotline.rules.precedents import Deed, Order, Precedent
from hotline.rules.precedents.fitting import found_against
from hotline.rules.vocabulary import CITY_TZ
from hotline.tickets.models import Ticket, TicketText

DRAFTING: Final = frozenset({Deed.PROPOSE, Deed.REVISE, Deed.AMEND})


def looked(order: Order, state: Precedent, *, now: datetime) -> Order:
    """The order with what was found against the rule it would make."""
    draft = order.draft if order.deed in DRAFTING else state.pending if order.deed is Deed.AGREE else None
    if draft is None:
        return order
    ticket = order.ruled.ticket if order.ruled else state.ticket
    kept = replace(draft, id=state.rule.id if state.rule else "")
    too_long = tuple(_too_long(kept))
    if too_long or not kept.categories:
        return replace(order, found=too_long)
    day = now.astimezone(CITY_TZ).date()
    found = found_against(kept, current_directory(day), lists(day), asked_on(ticket))
    return replace(order, found=tuple(found))


def _too_long(draft: DirectoryRule) -> Iterator[Refusal]:
    cells = columns_of(draft)
    for name, most in LENGTHS.items():
        if name != "source" and len(cells[name]) > most:
            yield Refusal("directory.too_long", {"column": HEADINGS[name], "most": most}, field=name)


def asked_on(number: str) -> Question | None:
    """What the ticket that was ruled asked of the directory; None when its words were erased."""
    row = Ticket.objects.filter(number=number).first()
    if row is None:
        return None
    said = TicketText.objects.filter(ticket=row, field="content", erased_at=None).order_by("seq")
    words = said.values_list("body", flat=True).first()
    if words is None:
        return None
    return Question(at=row.created_at, text=f"{row.title}\n{words}", category=row.category, region=row.region)
