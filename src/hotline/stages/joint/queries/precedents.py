"""Similar past rulings, for whoever mediates or judges: precedents in force whose words fit come first, then rulings of
tickets in nearly the same words, then those of the same category. A precedent stands for the ruling it was made of.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Case, IntegerField, OuterRef, QuerySet, Subquery, Value, When

from hotline.rules.joint import Status
from hotline.rules.lifecycle import SYSTEM
from hotline.rules.vocabulary import UnitCode
from hotline.search.alike import alike
from hotline.stages.joint.models import DisputeFile, JointText
from hotline.tickets.precedents.queries import PrecedentRow, applying

MOST: Final = 5
WORDED: Final = 200


@dataclass(frozen=True)
class PastRuling:
    """What was ruled before: the lead, who helps, on which basis, whether it was meant to be used again.

    `precedent` and `number` are those of the precedent that was made of it and is in force.
    """

    id: int
    ticket: str
    lead: UnitCode
    helpers: tuple[UnitCode, ...]
    reusable: bool
    ruled_at: datetime
    basis: str
    alike: bool
    precedent: int | None = None
    number: str = ""


def past_rulings(*, text: str, category: str, but: int, now: datetime) -> tuple[PastRuling, ...]:
    """Rulings worth knowing of: precedents, those of alike tickets, then the newest of the category."""
    made = {one.dispute: one for one in applying(text=text, category=category)} if category else {}
    near = [one.number for one in alike(text[:WORDED], actor=SYSTEM, now=now)] if text.strip() else []
    rows = list(_ruled(near, category, made).exclude(pk=but)[:MOST])
    return tuple(
        PastRuling(
            id=row.pk,
            ticket=row.ticket,
            lead=UnitCode(row.lead or ""),
            helpers=tuple(UnitCode(task["unit"]) for task in row.tasks),
            reusable=row.reusable,
            ruled_at=row.ruled_at or row.last_at,
            basis=row.basis or "",  # type: ignore[attr-defined]  # annotated in _ruled
            alike=row.ticket in near,
            precedent=made[row.pk].id if row.pk in made else None,
            number=made[row.pk].number if row.pk in made else "",
        )
        for row in rows
    )


def _ruled(near: list[str], category: str, made: Mapping[int, PrecedentRow]) -> QuerySet[DisputeFile]:
    said = JointText.objects.filter(dispute=OuterRef("pk"), seq=OuterRef("concluded_seq"), field="legal_basis")
    found = DisputeFile.objects.exclude(lead=None).exclude(ruled_at=None).annotate(basis=Subquery(said.values("body")))
    found = found.filter(status__in=[Status.RULED.value, Status.SETTLED.value, Status.ENDED.value])
    ranked = found.annotate(
        rank=Case(
            When(pk__in=list(made), then=Value(0)),
            When(ticket__in=near, then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
    )
    same = ranked.filter(rank__lt=2) | ranked.filter(category=category) if category else ranked.filter(rank__lt=2)
    return same.order_by("rank", "-ruled_at")
