"""Who asked on several tickets, for searching words that leave the house: read by the machine, shown to nobody."""

from collections.abc import Sequence

from hotline.rules.lifecycle import SYSTEM
from hotline.rules.media.screening import Known
from hotline.rules.state import TicketState
from hotline.tickets.access import look_at_ids
from hotline.tickets.models import Requester, Ticket


def asked_by(numbers: Sequence[str]) -> dict[str, tuple[TicketState, Known]]:
    """The state of each ticket that is there and what is known of its requester, by number."""
    ids = dict(Ticket.objects.filter(number__in=list(numbers)).values_list("pk", "number"))
    asked = {one.ticket_id: one for one in Requester.objects.filter(ticket_id__in=ids)}
    opened = look_at_ids(list(ids), actor=SYSTEM)
    return {one.row.number: (one.state, _known(one.row.number, asked.get(one.row.pk))) for one in opened}


def _known(number: str, row: Requester | None) -> Known:
    if row is None:
        return Known(number=number)
    return Known(
        number=number,
        names=(row.name, row.company_name),
        phones=(row.phone, row.alt_phone),
        id_no=row.id_no,
        address=row.address,
    )
