"""What a look at tickets, medium and words finds against a deed: the rules refuse it, this reads what they go by."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from hotline.oversight.supervision.media.models import Handover, HandoverEntry, HandoverText, MediaPartner
from hotline.oversight.supervision.models import Supervision
from hotline.rules.lifecycle import SYSTEM, Actor
from hotline.rules.media import Deed, Order
from hotline.rules.media.screening import Known, leak_refusals, ticket_refusal
from hotline.rules.media.table import MOST_TICKETS
from hotline.rules.messages import Refusal
from hotline.rules.state import TicketState
from hotline.rules.supervision.states import LIVE
from hotline.rules.visibility import may_see
from hotline.rules.vocabulary import SupervisionKind, UnitCode
from hotline.tickets.asked_by import asked_by

WRITING = frozenset({Deed.PROPOSE, Deed.REVISE})
Asked = Mapping[str, tuple[TicketState, Known]]


def looked(order: Order, row: Handover | None, *, actor: Actor) -> Order:
    """The order with what was found, and with the units that the tickets name."""
    if order.deed in WRITING:
        tickets = asked_by(order.tickets[:MOST_TICKETS])
        units = frozenset(state.lead_unit for state, _ in tickets.values() if state.lead_unit)
        found = (*_unfit(order.tickets, tickets, actor), *_medium(order), *_supervision(order))
        words = (("title", order.title), ("text", order.text))
        return replace(order, units=units, found=(*found, *_leaks(tickets, words)))
    if row is None or order.deed not in {Deed.AGREE, Deed.ANSWER, Deed.RELEASE}:
        return order
    tickets = asked_by(row.tickets)
    found = _unfit(row.tickets, tickets, SYSTEM) if order.deed is Deed.AGREE else ()
    return replace(order, found=(*found, *_leaks(tickets, (_said(order, row),))))


def _said(order: Order, row: Handover) -> tuple[str, str]:
    """What goes out with this deed, under the field that shows it."""
    if order.deed is Deed.ANSWER:
        return "text", order.text
    return ("unit", answer_of(row, order.unit)) if order.deed is Deed.RELEASE else ("title", row.title)


def _unfit(numbers: Sequence[str], tickets: Asked, actor: Actor) -> tuple[Refusal, ...]:
    """Tickets that are not there, not in view, or need more protection."""
    seen = {number: state for number, (state, _) in tickets.items() if may_see(actor, state)}
    found = (
        ticket_refusal(number, seen[number])
        if number in seen
        else Refusal("media.ticket_unknown", {"number": number[:32]}, field="tickets")
        for number in numbers[:MOST_TICKETS]
    )
    return tuple(refusal for refusal in found if refusal is not None)


def _medium(order: Order) -> Iterator[Refusal]:
    if not order.medium:
        return
    pk = int(order.medium) if order.medium.isascii() and order.medium.isdecimal() and len(order.medium) < 10 else 0
    if not MediaPartner.objects.filter(pk=pk, on=True).exists():
        yield Refusal("media.medium_unknown", field="medium")


def _supervision(order: Order) -> Iterator[Refusal]:
    if order.supervision is None:
        return
    there = Supervision.objects.filter(pk=order.supervision, kind=SupervisionKind.MEDIA.value, status__in=sorted(LIVE))
    if not there.exists():
        yield Refusal("media.supervision_unfit")


def _leaks(tickets: Asked, words: Iterable[tuple[str, str]]) -> tuple[Refusal, ...]:
    known = [known for _, known in tickets.values()]
    return tuple(refusal for field, text in words for refusal in leak_refusals(text, known, field=field))


def answer_of(row: Handover, unit: UnitCode | None) -> str:
    """The words of a unit's last answer; blank where there is none."""
    entries = HandoverEntry.objects.filter(handover=row, deed=Deed.ANSWER.value, payload__unit=unit or "")
    last = entries.order_by("-seq").values_list("seq", flat=True).first()
    body = HandoverText.objects.filter(handover=row, seq=last or 0).values_list("body", flat=True).first()
    return body or ""
