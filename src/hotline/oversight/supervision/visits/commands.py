"""What was found on the spot, and what follows: with a problem the closed ticket is handled again.

The record of the visit and the reopening stand in one transaction: neither without the other.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from hotline.oversight.supervision.commands import Done, do_on, take, ticket_of
from hotline.oversight.supervision.rows import state_of
from hotline.oversight.supervision.visits.models import VisitPhoto
from hotline.rules.acts import ReopenAfterVisit
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.supervision import Deed, Order
from hotline.rules.supervision.visits import Answer, Check
from hotline.rules.vocabulary import TERMINAL
from hotline.tickets import commands as tickets


def record_visit(
    pk: int,
    *,
    problem: bool | None,
    answers: Mapping[Check, Answer],
    findings: str,
    actor: Actor,
    now: datetime,
    version: int | None = None,
) -> Done:
    """The visit has been made. From now on the unit sees it; a ticket with a problem goes back to it."""
    with transaction.atomic():
        row = take(pk, actor=actor)
        if row is None:
            return Done(refusals=(Refusal("supervision.not_found"),))
        if version is not None and version != row.version:
            return Done(row, state_of(row), (Refusal("supervision.moved_on"),))
        facts = {
            "answers": {check.value: answer.value for check, answer in answers.items()},
            "photos": VisitPhoto.objects.filter(file__supervision=row).count(),
        }
        order = Order(deed=Deed.RECORD_VISIT, problem=problem, text=findings, facts=facts)
        done = do_on(row, order=order, actor=actor, now=now)
        if done.ok and problem:
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
