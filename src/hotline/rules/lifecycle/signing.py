"""签批: who signs a reply inside the unit, in which order, and who may sign for whom (Bengbu 2017).

Heads of units rely on it: nothing leaves the unit without the chain that the profile names.
"""

from hotline.rules.lifecycle.case import Case
from hotline.rules.vocabulary import Role

RANKS = (Role.UNIT_HANDLER, Role.DISTRICT_DISPATCHER, Role.SECTION_HEAD, Role.DEPUTY_HEAD, Role.UNIT_HEAD)
"""Roles of a unit from the desk upwards; a higher one signs for those below."""


def signed_steps(case: Case) -> int:
    """Steps already signed. A chain that became shorter meanwhile still waits for its last signature."""
    return min(case.state.signed_off, max(len(case.chain) - 1, 0))


def next_signer(case: Case) -> Role | None:
    """Whose signature is missing now; nobody's in particular when the chain has become empty."""
    return case.chain[signed_steps(case)] if case.chain else None


def signing_step(case: Case) -> int | None:
    """How many steps are signed after this person signs, or None if the next step is not within reach."""
    rank = max((RANKS.index(role) for role in case.actor.roles if role in RANKS), default=-1)
    within = sum(RANKS.index(role) <= rank for role in case.chain)
    if not case.chain:
        return 0
    return within if within > signed_steps(case) else None
