"""perform() and open_ticket(): every act of every stage goes through one of these two.

One transaction: through the door with the row locked, ask the rules, record. A refusal is a value; nothing typed
is lost because nothing is written.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction

from hotline.rules.acts import Act, AddAttachment, RemoveAttachment
from hotline.rules.lifecycle import Actor, decide
from hotline.rules.lives import in_turn
from hotline.rules.messages import Refusal
from hotline.rules.state import Event, TicketState
from hotline.rules.visibility import INSIDE_UNIT, sees_inside
from hotline.tickets import ledger
from hotline.tickets.access import OpenTicket, TicketRefused, take
from hotline.tickets.models import LedgerEntry, PostedForm, Requester, Ticket
from hotline.tickets.numbers import new_query_code
from hotline.tickets.rulebook import rulebook
from hotline.tickets.unnamed import requester_of, who_is_named


@dataclass(frozen=True)
class Outcome:
    """What came of a command: the ticket as it now is, or why nothing was done.

    `query_code` is there once, when the ticket was opened: it is told to the citizen and kept nowhere.
    """

    ticket: Ticket | None = None
    state: TicketState | None = None
    events: tuple[Event, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    query_code: str = ""

    @property
    def ok(self) -> bool:
        """True when the act was recorded."""
        return not self.refusals


def perform(*, number: str, act: Act, actor: Actor, now: datetime, version: int | None = None) -> Outcome:
    """Do one act on one ticket. `version` is the one the person saw; if the ticket moved on, nothing is done."""
    with transaction.atomic(savepoint=False):
        try:
            opened = take(number, actor=actor)
        except TicketRefused as refused:
            return Outcome(refusals=(refused.refusal,))
        return perform_on(opened, act=act, actor=actor, now=now, version=version)


def perform_on(opened: OpenTicket, *, act: Act, actor: Actor, now: datetime, version: int | None = None) -> Outcome:
    """The same on a ticket that is already taken, inside the caller's transaction."""
    if version is not None and version != opened.state.version:
        refusal = _moved_on(opened, version, actor)
        if refusal is not None:
            return Outcome(ticket=opened.row, state=opened.state, refusals=(refusal,))
    now = in_turn(now, opened.state)
    book = rulebook(now=now, profile=opened.state.profile)
    decision = decide(opened.state, act, actor=actor, book=book, now=now)
    if decision.refusals:
        return Outcome(ticket=opened.row, state=opened.state, refusals=decision.refusals)
    named = who_is_named(act, decision.state, actor, lambda: requester_of(opened.row))
    if named:
        return Outcome(ticket=opened.row, state=opened.state, refusals=named)
    ticket = ledger.record(opened, decision, texts=act.texts(), book=book, now=now)
    return Outcome(ticket=ticket, state=decision.state, events=decision.events)


def open_ticket(
    *, act: Act, requester: Mapping[str, Any], actor: Actor, now: datetime, region: str, token: str = ""
) -> Outcome:
    """A new ticket from a first act (register, submit). The same token twice gives the ticket of the first time."""
    with transaction.atomic(savepoint=False):
        book = rulebook(now=now)
        decision = decide(TicketState(), act, actor=actor, book=book, now=now)
        refusals = decision.refusals or who_is_named(act, decision.state, actor, lambda: requester)
        if refusals:
            return _posted_before(actor, token) or Outcome(state=decision.state, refusals=refusals)
        number = ledger.draw_number(decision, region=region, now=now)
        posted = _claim(number, actor, token, now) if token else number
        if posted != number:
            return Outcome(ticket=Ticket.objects.get(number=posted))
        code = new_query_code()
        ticket = ledger.open_file(decision, number=number, query_code=code, texts=act.texts(), book=book, now=now)
        Requester.objects.create(ticket=ticket, **requester)
        return Outcome(ticket=ticket, state=decision.state, events=decision.events, query_code=code)


CLAIM = """
    INSERT INTO tickets_postedform (token, actor, number, posted_at) VALUES (%s, %s, %s, %s)
    ON CONFLICT (token) DO UPDATE SET token = excluded.token RETURNING number
"""


def _claim(number: str, actor: Actor, token: str, now: datetime) -> str:
    """The number this form stands for: ours, or that of the first of two posts, for whose end the second waits."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [_own(actor, token), actor.id, number, now])
        return str(cursor.fetchone()[0])


def _posted_before(actor: Actor, token: str) -> Outcome | None:
    """What was registered is not refused afterwards, because a list has changed between two clicks."""
    form = PostedForm.objects.filter(token=_own(actor, token)).first() if token else None
    return Outcome(ticket=Ticket.objects.get(number=form.number)) if form else None


def _own(actor: Actor, token: str) -> str:
    """Tokens are the person's own: nobody finds another's ticket by guessing one."""
    return f"{actor.id}:{token}"[:64]


BESIDE: Final = frozenset({AddAttachment.name, RemoveAttachment.name})
"""Acts that decide nothing: who adds a proof while a form is open need not post the form twice."""


def _moved_on(opened: OpenTicket, version: int, actor: Actor) -> Refusal | None:
    """What was done since the version somebody saw; one's own files beside it do not count."""
    entries = LedgerEntry.objects.filter(ticket=opened.row)
    if version < opened.state.version:
        entries = entries.filter(seq__gt=version).exclude(actor=actor.id, act__in=BESIDE)
        if not sees_inside(actor, opened.state.lead_unit):
            entries = entries.exclude(name__in=sorted(INSIDE_UNIT))
    last = entries.order_by("-seq").first()
    return Refusal("conflict.version", {"event": last.name, "at": last.at, "actor": last.actor}) if last else None
