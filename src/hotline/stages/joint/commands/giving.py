"""The ticket's act of a deed on the file, and with a ruling the tasks it gives: all of it is done or nothing.

Co-units rely on it that their task stands on the ticket, with its own clock, as soon as the ruling does.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from hotline.rules import acts as a
from hotline.rules.acts import Act
from hotline.rules.joint import Dispute, Order
from hotline.rules.joint.acting import act_of, ruled_tasks
from hotline.rules.joint.giving import going_on, to_give
from hotline.rules.lifecycle import SYSTEM, Actor
from hotline.tickets.access import OpenTicket, take
from hotline.tickets.commands import Outcome, perform_on
from hotline.tickets.dossier import texts_of

GIVEN = "task"
"""The words of a task on the ticket."""


class _NotGiven(Exception):
    """A task could not be given: the ruling is taken back with it."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.refusals)
        self.outcome = outcome


def perform_ruled(
    opened: OpenTicket,
    state: Dispute,
    order: Order,
    *,
    act: Act | None,
    stored: Mapping[str, str],
    actor: Actor,
    now: datetime,
    version: int | None = None,
) -> Outcome | None:
    """The deed's act on a ticket that is taken, with the tasks of a ruling; None where the ticket has no such act.

    `act` is what somebody did from the ticket's page; a ruling from there names co-units as the file does.
    """
    ruled, held = ruled_tasks(state, order, stored), opened.state.tasks
    said = {seq: body for (seq, _), body in texts_of(opened.row.pk, (GIVEN,)).items()} if ruled and held else {}
    kept = going_on(ruled, held, said) if ruled else frozenset()
    made = act_of(state, order, stored=stored, kept=kept)
    if isinstance(act, a.RuleJointly) and isinstance(made, a.RuleJointly):
        act = replace(act, co_units=made.co_units)
    act = act or made
    if act is None:
        return None
    tasks = to_give(ruled, held, kept)
    try:
        with transaction.atomic(savepoint=bool(tasks)):
            return _all(opened, act, tasks, actor=actor, now=now, version=version)
    except _NotGiven as refused:
        return refused.outcome


def _all(
    opened: OpenTicket, act: Act, tasks: Iterable[a.OpenTask], *, actor: Actor, now: datetime, version: int | None
) -> Outcome:
    """The tasks are given by the platform, as those of a line of the directory are."""
    outcome = perform_on(opened, act=act, actor=actor, now=now, version=version)
    for task in tasks if outcome.ok else ():
        given = perform_on(take(opened.row.number, actor=SYSTEM), act=task, actor=SYSTEM, now=now)
        if not given.ok:
            raise _NotGiven(given)
        outcome = replace(given, events=(*outcome.events, *given.events))
    return outcome
