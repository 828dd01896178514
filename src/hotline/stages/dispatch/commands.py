"""Dispatch from the page: what it followed in the directory is noted by itself, so that nobody has to claim it."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from hotline.rules.acts import Act, Dispatch
from hotline.rules.lifecycle import Actor
from hotline.stages.dispatch.queries import line_followed
from hotline.tickets.access import TicketRefused, take
from hotline.tickets.commands import Outcome, perform_on
from hotline.tickets.rulebook import rulebook


def dispatch(*, number: str, act: Act, actor: Actor, now: datetime, version: int | None = None) -> Outcome:
    """Hand a ticket to a unit; if that is the one the directory names, its line goes into the ledger."""
    with transaction.atomic(savepoint=False):
        try:
            opened = take(number, actor=actor)
        except TicketRefused as refused:
            return Outcome(refusals=(refused.refusal,))
        if isinstance(act, Dispatch) and not act.followed:
            directory = rulebook(now=now, profile=opened.state.profile).directory
            act = replace(act, followed=line_followed(opened, act.lead_unit, directory=directory, now=now))
        return perform_on(opened, act=act, actor=actor, now=now, version=version)
