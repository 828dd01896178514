"""现场督办: what was found on the spot, and what follows: with a problem the closed ticket is handled again.

The record of the visit and the reopening stand in one transaction: neither without the other.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from hotline.oversight.supervision.commands import Done, ticket_of
from hotline.oversight.supervision.files import Upload, do_with_files
from hotline.rules.acts import ReopenAfterVisit
from hotline.rules.lifecycle import Actor
from hotline.rules.supervision import Deed, Order
from hotline.rules.vocabulary import TERMINAL
from hotline.tickets import commands as tickets


def record_visit(
    pk: int,
    *,
    problem: bool | None,
    findings: str,
    actor: Actor,
    now: datetime,
    uploads: Sequence[Upload] = (),
    version: int | None = None,
) -> Done:
    """The visit has been made. From now on the unit sees it; a ticket with a problem goes back to it."""
    order = Order(deed=Deed.RECORD_VISIT, problem=problem, text=findings)
    with transaction.atomic():
        done = do_with_files(pk, order=order, uploads=uploads, actor=actor, now=now, version=version)
        if done.ok and done.row is not None and problem:
            done = _reopened(done, findings, actor, now)
        if not done.ok:
            transaction.set_rollback(True)
    return done


def _reopened(done: Done, findings: str, actor: Actor, now: datetime) -> Done:
    """A ticket that is under way again already is left as it is."""
    number = done.row.number if done.row else ""
    if ticket_of(number).stage not in TERMINAL:
        return done
    act = ReopenAfterVisit(finding=findings)
    outcome = tickets.perform(number=number, act=act, actor=actor, now=now)
    return done if outcome.ok else Done(done.row, done.state, outcome.refusals)
