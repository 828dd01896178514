"""A dispute's file opens by itself when a return leads into a dispute or a ticket is marked as ownerless, and ends with
its ticket; wiring.py calls both reactions.
"""

from datetime import datetime

from django.db import transaction

from hotline.rules.joint import Deed, Dispute, Order, Ruling, decide
from hotline.rules.joint.facts import DISPUTED, parties_of, positions
from hotline.rules.joint.states import UNSETTLED, Status
from hotline.rules.lifecycle import SYSTEM
from hotline.rules.vocabulary import TERMINAL
from hotline.stages.joint.commands.telling import tell
from hotline.stages.joint.commands.writing import record, write_entry
from hotline.stages.joint.models import DisputeFile
from hotline.stages.joint.queries.rows import columns_of, state_of
from hotline.tickets.access import OpenTicket, take
from hotline.tickets.dossier import events_of
from hotline.tickets.happening import Happened

OPENING = frozenset({"dispatch.return_accepted", "dispatch.disputed", "joint.opened"})
"""After which events a ticket may stand in a dispute."""


def open_by_itself(happened: Happened, now: datetime) -> None:
    """Reaction: the file is there before anybody looks for it. However often it runs there is one."""
    if happened.event.stage not in DISPUTED:
        return
    with transaction.atomic():
        ensure(take(happened.number, actor=SYSTEM), now=now)


def end_with_ticket(happened: Happened, now: datetime) -> None:
    """Reaction: a ticket that was closed, withdrawn or merged leaves nothing to dispute."""
    if happened.event.stage not in TERMINAL:
        return
    with transaction.atomic():
        opened = take(happened.number, actor=SYSTEM)
        row = latest(opened.row.pk)
        if opened.state.stage in TERMINAL and row is not None and row.status != Status.ENDED.value:
            before = state_of(row)
            ruling = decide(before, Order(deed=Deed.LAPSE), actor=SYSTEM, now=max(now, row.last_at))
            if ruling.ok:
                record(row, before, ruling, Order(deed=Deed.LAPSE))


def latest(ticket: int) -> DisputeFile | None:
    """The ticket's last file, locked."""
    return DisputeFile.objects.select_for_update(no_key=True).filter(ticket_row_id=ticket).order_by("-pk").first()


def ensure(opened: OpenTicket, *, now: datetime) -> DisputeFile | None:
    """The file of a ticket that is taken: the one there is, or a new one when it stands in a dispute without one."""
    row = latest(opened.row.pk)
    if opened.state.stage not in DISPUTED or (row is not None and Status(row.status) in UNSETTLED):
        return row
    return _opened(opened, now)


def _opened(opened: OpenTicket, now: datetime) -> DisputeFile:
    found = positions(events_of(opened.row.pk))
    order = Order(deed=Deed.OPEN, ticket=opened.row.number, parties=parties_of(found))
    at = max(now, opened.state.last_at) if opened.state.last_at else now
    ruling: Ruling = decide(Dispute(), order, actor=SYSTEM, now=at)
    if ruling.entry is None:
        raise ValueError("the platform may open a file")
    row = DisputeFile.objects.create(ticket_row=opened.row, category=opened.state.category, **columns_of(ruling.state))
    write_entry(row.pk, ruling.state.version, ruling.entry, {})
    tell(row, ruling.entry, seq=ruling.state.version, now=at)
    return row
