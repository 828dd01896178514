"""Similar past rulings, for whoever mediates or judges: of tickets in nearly the same words, and of the same category.
The register of precedents takes this place when it is there: `past_rulings` is the only door to it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Case, IntegerField, QuerySet, Value, When

from hotline.rules.joint import Status
from hotline.rules.lifecycle import SYSTEM
from hotline.rules.vocabulary import UnitCode
from hotline.search.alike import alike
from hotline.stages.joint.models import DisputeFile, JointText

MOST: Final = 5
WORDED: Final = 200


@dataclass(frozen=True)
class PastRuling:
    """What was ruled before: the lead, who helps, on which basis, whether it was meant to be used again."""

    id: int
    ticket: str
    lead: UnitCode
    helpers: tuple[UnitCode, ...]
    reusable: bool
    ruled_at: datetime
    basis: str
    alike: bool


def past_rulings(*, text: str, category: str, but: int, now: datetime) -> tuple[PastRuling, ...]:
    """Rulings worth knowing of, those of alike tickets first, then the newest of the category."""
    near = [one.number for one in alike(text[:WORDED], actor=SYSTEM, now=now)] if text.strip() else []
    rows = list(_ruled(near, category).exclude(pk=but)[:MOST])
    basis = _bases(rows)
    return tuple(
        PastRuling(
            id=row.pk,
            ticket=row.ticket,
            lead=UnitCode(row.lead or ""),
            helpers=tuple(UnitCode(task["unit"]) for task in row.tasks),
            reusable=row.reusable,
            ruled_at=row.ruled_at or row.last_at,
            basis=basis.get(row.pk, ""),
            alike=row.ticket in near,
        )
        for row in rows
    )


def _ruled(near: list[str], category: str) -> QuerySet[DisputeFile]:
    found = DisputeFile.objects.exclude(lead=None).exclude(ruled_at=None)
    found = found.filter(status__in=[Status.RULED.value, Status.SETTLED.value, Status.ENDED.value])
    ranked = found.annotate(
        rank=Case(When(ticket__in=near, then=Value(0)), default=Value(1), output_field=IntegerField())
    )
    same = ranked.filter(ticket__in=near) | ranked.filter(category=category) if category else ranked.filter(rank=0)
    return same.order_by("rank", "-ruled_at")


def _bases(rows: list[DisputeFile]) -> dict[int, str]:
    """The basis that each was ruled on; a mediation has none."""
    wanted = {(row.pk, row.concluded_seq) for row in rows if row.concluded_seq}
    texts = JointText.objects.filter(dispute__in=[pk for pk, _ in wanted], field="legal_basis")
    return {t.dispute_id: t.body for t in texts if (t.dispute_id, t.seq) in wanted}
