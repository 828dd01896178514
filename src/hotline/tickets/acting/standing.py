"""Whether an act may be begun now by this person, and if not, why: what its page says before anything is typed."""

from datetime import datetime

from hotline.rules.acts import Act
from hotline.rules.lifecycle import Actor
from hotline.rules.lifecycle.case import Case, Rulebook
from hotline.rules.lifecycle.decide import role_for
from hotline.rules.lifecycle.table import ROWS_OF
from hotline.rules.messages import Refusal
from hotline.rules.state import TicketState


def why_not(state: TicketState, act: type[Act], *, actor: Actor, book: Rulebook, now: datetime) -> tuple[Refusal, ...]:
    """Nothing when the act may be begun; else the first reason: role, stage, whose ticket it is, or a condition."""
    rows = [row for row in ROWS_OF.get(act, ()) if row.roles & actor.roles]
    if not rows:
        return (Refusal("act.role_denied", {"act": act.name}),)
    here = [row for row in rows if state.stage in row.sources]
    if not here:
        return (Refusal("act.not_now", {"act": act.name, "stage": state.stage}),)
    case = Case(state=state, actor=actor, book=book, now=now)
    mine = [row for row in here if role_for(case, row) is not None]
    if not mine:
        return (Refusal("act.not_your_ticket", {"act": act.name}),)
    found = [tuple(r for r in (guard(case) for guard in row.standing) if r is not None) for row in mine]
    return () if any(not refusals for refusals in found) else found[0]
