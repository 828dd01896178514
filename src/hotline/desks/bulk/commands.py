"""One act on several tickets. Each is judged, recorded and, if need be, refused by itself, in its own transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hotline.rules.acts import Act, Delegate, Dispatch, Reassign
from hotline.rules.lifecycle import TABLE, Actor
from hotline.rules.messages import Refusal
from hotline.tickets.commands import Outcome, perform

MOST: Final = 50
"""More at once is no decision any more."""
BULK: Final = (Dispatch, Reassign, Delegate)
"""Acts that say the same of every ticket."""


@dataclass(frozen=True)
class Chosen:
    """A ticket that was ticked, and the version that the person saw."""

    number: str
    version: int | None = None


@dataclass(frozen=True)
class Results:
    """What came of each ticket, in the order chosen; or why nothing was begun."""

    outcomes: tuple[tuple[str, Outcome], ...] = ()
    refusals: tuple[Refusal, ...] = ()

    @property
    def done(self) -> tuple[str, ...]:
        """Numbers of the tickets on which the act was recorded."""
        return tuple(number for number, outcome in self.outcomes if outcome.ok)

    @property
    def refused(self) -> tuple[tuple[str, Outcome], ...]:
        """The others, each with its reasons."""
        return tuple((number, outcome) for number, outcome in self.outcomes if not outcome.ok)

    @property
    def common(self) -> tuple[Refusal, ...]:
        """Fields to mend that hold up every single ticket: said once, beside the field."""
        if not self.outcomes or self.done:
            return ()
        first, *others = ([r for r in outcome.refusals if r.field] for _, outcome in self.outcomes)
        return tuple(refusal for refusal in first if all(refusal in found for found in others))


def perform_each(*, chosen: Sequence[Chosen], act: Act, actor: Actor, now: datetime) -> Results:
    """Do one act on every ticket chosen; a ticket named twice is done once."""
    wanted = list({one.number: one for one in chosen}.values())
    if not wanted:
        return Results(refusals=(Refusal("bulk.none_chosen"),))
    if len(wanted) > MOST:
        return Results(refusals=(Refusal("bulk.too_many", {"most": MOST, "count": len(wanted)}),))
    return Results(
        tuple(
            (one.number, perform(number=one.number, act=act, actor=actor, now=now, version=one.version))
            for one in wanted
        )
    )


def sources_of(act: type[Act], actor: Actor) -> frozenset[str]:
    """Stages in which this person may do the act; none for whose work it isn't."""
    return frozenset(
        stage.value for row in TABLE if row.act is act and row.roles & actor.roles for stage in row.sources
    )
