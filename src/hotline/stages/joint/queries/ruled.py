"""What a dispute has ruled, for a precedent to be made of it: read here, where disputes are known, and handed on."""

from dataclasses import dataclass

from hotline.rules.joint import Status
from hotline.rules.lifecycle import Actor
from hotline.rules.precedents import Ruled
from hotline.rules.precedents.wording import Step
from hotline.rules.vocabulary import Finding, UnitCode
from hotline.rules.words import word
from hotline.stages.joint.models import DisputeFile
from hotline.stages.joint.queries.rows import state_of, words_of
from hotline.stages.joint.queries.seen import seen_by

STANDS = frozenset({Status.RULED, Status.ENDED})


@dataclass(frozen=True)
class RuledMatter:
    """The ruling, and the category of its ticket today."""

    ruled: Ruled
    category: str


def ruled_in(pk: int, *, actor: Actor) -> RuledMatter | None:
    """What was ruled in a dispute that this person may see; None when it is not there or nothing was ruled by a panel
    or above.
    """
    row = seen_by(actor).select_related("ticket_row").filter(pk=pk).first()
    return _ruled(row) if row is not None and Status(row.status) in STANDS and row.concluded_seq and row.lead else None


def _ruled(row: DisputeFile) -> RuledMatter:
    state, said = state_of(row), words_of(row.pk, row.concluded_seq)
    return RuledMatter(
        ruled=Ruled(
            dispute=row.pk,
            ticket=row.ticket,
            lead=UnitCode(row.lead or ""),
            steps=tuple(
                Step(
                    unit=task.unit,
                    order=task.order,
                    words=said.get(f"task.{task.unit}", ""),
                    after=word(task.after, "zh") if task.after is not Finding.NOTHING else "",
                )
                for task in state.tasks
            ),
            parties=state.parties,
            staffing=state.staffing,
            reusable=state.reusable,
            objected=state.objection_open,
            basis=said.get("legal_basis", ""),
        ),
        category=row.ticket_row.category,
    )
