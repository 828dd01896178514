"""挂账: what a parked ticket is kept with, where it stands on the way from the plan to striking off, who sees the list.

The office and the units rely on it: nothing is parked without cause, plan and the head's signature, and nothing stays
parked without being looked at every quarter (P). The acts stand in the lifecycle table like all others.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from hotline.rules.state import TicketState
from hotline.rules.vocabulary import CITY_TZ, ClockKind, Paper, Proposal, Stage

if TYPE_CHECKING:  # the lifecycle rests on this module
    from hotline.rules.lifecycle.case import Actor

KEPT: Final = ("cause", "finish_on", "review_on")
"""What the ledger keeps of a plan beside its words."""


class Standing(StrEnum):
    """Where a matter stands on the list."""

    SIGNING = "signing"
    ASKED = "asked"
    PARKED = "parked"
    DUE = "due"
    ENDED = "ended"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What was agreed: the cause, by when it is to be solved, and when it is looked at again.

    Plans of before this was asked have no day of solving.
    """

    cause: str
    review_on: date
    finish_on: date | None = None

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Plan | None":
        """The plan in an event's payload or in a proposal's details; None where there is none."""
        if "cause" not in kept or "review_on" not in kept:
            return None
        finish = kept.get("finish_on")
        return cls(
            cause=str(kept["cause"]),
            review_on=date.fromisoformat(kept["review_on"]),
            finish_on=date.fromisoformat(finish) if finish else None,
        )


def agreed_plan(state: TicketState) -> dict[str, Any]:
    """What the ledger keeps when a plan is agreed to: the plan itself, who asked and since when."""
    asked = state.proposals.get(Proposal.PARK)
    if asked is None:
        return {}
    kept = {name: asked.details[name] for name in KEPT if name in asked.details}
    return {**kept, "asked_by": asked.by, "asked_at": asked.at.astimezone(UTC).isoformat()}


def standing_of(state: TicketState, today: date, *, inside: bool) -> Standing | None:
    """Where a ticket stands on the list; None for one that was never on it.

    A parked ticket for which a new plan lies or is asked for stays parked, or due, until the office has agreed. What
    waits for the head's signature is known `inside` the unit only.
    """
    if state.stage is Stage.PARKED:
        review = state.running(ClockKind.PARK_REVIEW)
        over = review is not None and review.due_at.astimezone(CITY_TZ).date() <= today
        return Standing.DUE if over else Standing.PARKED
    if Proposal.PARK in state.proposals:
        return Standing.ASKED
    if inside and state.signing is not None and state.signing.paper is Paper.PARK:
        return Standing.SIGNING
    return Standing.ENDED if ClockKind.PARK_REVIEW in state.clocks else None


def may_see(actor: "Actor", state: TicketState) -> bool:
    """Whether a ticket's parking is for this person: the office reads all, a unit what it or one below it leads.

    What waits for the head's signature is known in the unit alone.
    """
    from hotline.rules.visibility import view_of  # it rests on the lifecycle, which rests on this module

    view = view_of(actor)
    signing = state.signing is not None and state.signing.paper is Paper.PARK
    known = ClockKind.PARK_REVIEW in state.clocks or Proposal.PARK in state.proposals
    if view.everything:
        return known
    return (known or signing) and state.lead_unit in view.units
