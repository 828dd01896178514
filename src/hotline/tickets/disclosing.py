"""Looking at a requester's contact is an act of its own: who looked, in which role and why, is kept for good."""

from dataclasses import dataclass
from datetime import datetime

from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.visibility import RequesterView, requester_view
from hotline.tickets.access import TicketRefused, look_at
from hotline.tickets.models import Disclosure, Requester, Ticket
from hotline.tickets.queries import TicketFile


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Who asked and how to reach them."""

    kind: str
    name: str
    gender: str
    phone: str
    alt_phone: str
    company_name: str
    address: str
    special_groups: tuple[str, ...]
    may_pass_on: bool


@dataclass(frozen=True)
class Disclosed:
    """What came of asking: the contact, or why it is not shown."""

    contact: Contact | None = None
    refusals: tuple[Refusal, ...] = ()


def contact_of(requester: Requester) -> Contact:
    """The row as a plain value."""
    names = ("kind", "name", "gender", "phone", "alt_phone", "company_name", "address", "may_pass_on")
    return Contact(**{name: getattr(requester, name) for name in names}, special_groups=tuple(requester.special_groups))


def contact_on(ticket: Ticket) -> Contact | None:
    """The contact on a ticket that was looked at together with its requester."""
    requester: Requester | None = getattr(ticket, "requester", None)
    return contact_of(requester) if requester else None


def disclose(*, number: str, reason: str, actor: Actor, now: datetime) -> Disclosed:
    """The requester's contact for somebody who may see it, with the look put on record."""
    try:
        opened = look_at(number, actor=actor, with_requester=True)
    except TicketRefused as refused:
        return Disclosed(refusals=(refused.refusal,))
    requester: Requester | None = getattr(opened.row, "requester", None)
    if requester_view(actor, opened.state) is not RequesterView.UNMASKABLE or requester is None:
        return Disclosed(refusals=(Refusal("access.denied", {}),))
    put_on_record(opened.row, reason=reason, actor=actor, now=now)
    return Disclosed(contact=contact_of(requester))


def disclose_in(file: TicketFile, *, reason: str, actor: Actor, now: datetime) -> Contact | None:
    """The same for a ticket that is opened already; None where there is nothing or it is not for this reader."""
    if file.requester_view is not RequesterView.UNMASKABLE or file.requester is None:
        return None
    put_on_record(file.row, reason=reason, actor=actor, now=now)
    return contact_of(file.requester)


def looks(ticket: Ticket, *, reason: str, since: datetime) -> tuple[datetime, ...]:
    """When looks for that reason were put on record."""
    return tuple(Disclosure.objects.filter(ticket=ticket, reason=reason, at__gte=since).values_list("at", flat=True))


def put_on_record(ticket: Ticket, *, reason: str, actor: Actor, now: datetime) -> None:
    Disclosure.objects.create(
        ticket=ticket,
        actor=actor.id,
        role=",".join(sorted(role.value for role in actor.roles))[:32],
        at=now,
        reason=reason[:200],
    )
