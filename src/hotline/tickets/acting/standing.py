"""Whether an act may be begun now by this person, and if not, why: what its page says before anything is typed."""

from datetime import datetime

from hotline.rules.acts import Act
from hotline.rules.lifecycle import Actor
from hotline.rules.lifecycle.case import Case, Rulebook
from hotline.rules.lifecycle.decide import not_allowed, role_for
from hotline.rules.lifecycle.table import ROWS_OF
from hotline.rules.messages import Refusal
from hotline.rules.state import TicketState


def why_not(state: TicketState, act: type[Act], *, actor: Actor, book: Rulebook, now: datetime) -> tuple[Refusal, ...]:
    """Nothing when the act may be begun; else the first reason: role, stage, whose ticket it is, or a condition."""
    case = Case(state=state, actor=actor, book=book, now=now)
    refusals = not_allowed(case, act)
    if refusals:
        return refusals
    here = (row for row in ROWS_OF[act] if state.stage in row.sources and role_for(case, row) is not None)
    found = [tuple(r for r in (guard(case) for guard in row.standing) if r is not None) for row in here]
    return () if any(not refused for refused in found) else found[0]
