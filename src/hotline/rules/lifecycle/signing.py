"""签批: who signs what inside the unit, in which order, and who may sign for whom (Bengbu 2017, Shanghai Putuo 2023).

Heads of units rely on it: no reply, no return, no request for more time or parking leaves the unit without the chain
that the profile names. What is asked of the ticket's state alone also fills the column that the worklists go by.
"""

from datetime import UTC
from typing import Any

from hotline.rules.acts import Act, ProposePark, RequestExtension, RequestReturn, SubmitReply
from hotline.rules.lifecycle.case import Actor, Case
from hotline.rules.state import TicketState
from hotline.rules.vocabulary import RANKS, Paper, Role, UnitCode

WRITTEN_BY: dict[type[Act], Paper] = {
    SubmitReply: Paper.REPLY,
    RequestReturn: Paper.RETURN,
    RequestExtension: Paper.EXTENSION,
    ProposePark: Paper.PARK,
}
"""Acts that write a paper which the unit signs."""


def rank_in(actor: Actor, unit: UnitCode | None) -> int:
    """How high somebody stands in a unit; -1 for who has no role there."""
    return max((RANKS.index(role) for role in actor.roles_at(unit) if role in RANKS), default=-1)


def chain_of(state: TicketState) -> tuple[Role, ...]:
    """Who signs what lies for signature, in order; marks set meanwhile lengthen or shorten the way."""
    signing = state.signing
    if signing is None:
        return ()
    return signing.heavy_chain if state.heavy else signing.chain


def signed_steps(state: TicketState) -> int:
    """Steps already signed. A chain that became shorter meanwhile still waits for its last signature."""
    signed = state.signing.signed if state.signing else 0
    return min(signed, max(len(chain_of(state)) - 1, 0))


def next_signer(state: TicketState) -> Role | None:
    """On whose desk the paper lies: the next of the chain; who wrote it as that or as more waits for the one above."""
    signing, chain = state.signing, chain_of(state)
    if signing is None:
        return None
    wrote = RANKS.index(signing.written_as)
    waits = RANKS.index(chain[signed_steps(state)]) if chain else RANKS.index(Role.SECTION_HEAD)
    if wrote >= waits and wrote + 1 < len(RANKS):
        waits = wrote + 1
    return RANKS[waits]


def signing_step(case: Case) -> int | None:
    """How many steps are signed after this person signs, or None if the next step is not within reach."""
    state = case.state
    if state.signing is None:
        return None
    rank, chain = rank_in(case.actor, state.lead_unit), chain_of(state)
    within = sum(RANKS.index(role) <= rank for role in chain)
    if not chain:
        return 0
    return within if within > signed_steps(state) else None


def chains_for(case: Case, paper: Paper) -> tuple[tuple[Role, ...], tuple[Role, ...]]:
    """The plain and the heavy chain of a paper this person writes; nobody stands above a head to sign for."""
    top = len(RANKS) - 1
    above = (Role.UNIT_HEAD,) if rank_in(case.actor, case.state.lead_unit) == top else ()
    plain, heavy = (
        tuple(role for role in case.book.profile.chain(paper, heavy=heavy) if role not in above)
        for heavy in (False, True)
    )
    return plain, heavy


def needs_signatures(case: Case) -> bool:
    """Whether what this person writes waits for somebody.

    Nobody's own reply leaves on their word alone; a request does when nobody above them has to sign it.
    """
    paper = WRITTEN_BY.get(type(case.act)) if case.act else None
    if paper is None:
        return False
    chain = chains_for(case, paper)[case.state.heavy]
    rank = rank_in(case.actor, case.state.lead_unit)
    return bool(chain) if paper is Paper.REPLY else any(RANKS.index(role) > rank for role in chain)


def written_down(case: Case) -> dict[str, Any]:
    """What the ledger keeps of a paper that waits: the rank of who wrote it, the chains, and what that covers."""
    if case.act is None or not needs_signatures(case):
        return {}
    paper = WRITTEN_BY[type(case.act)]
    rank = rank_in(case.actor, case.state.lead_unit)
    chain, heavy = chains_for(case, paper)
    covered = 0 if paper is Paper.REPLY else sum(RANKS.index(role) <= rank for role in heavy)
    return {
        "written_as": RANKS[max(rank, 0)].value,
        "chain": [role.value for role in chain],
        "heavy_chain": [role.value for role in heavy],
        "step": covered,
    }


def signed_for(case: Case) -> dict[str, Any]:
    """What the ledger keeps of a signature; the last one of a request says what is asked and since when."""
    step, signing = signing_step(case), case.state.signing
    said: dict[str, Any] = {"step": step}
    if signing is None or signing.paper is Paper.REPLY or step is None or step < len(chain_of(case.state)):
        return said
    return {**signing.details, **said, "asked_by": signing.by, "asked_at": signing.at.astimezone(UTC).isoformat()}
