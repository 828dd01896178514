"""The units' directory for everybody who must know whom to turn to: who stands below whom, and what each is called."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from hotline.registry.units.models import Unit, UnitTenure


@dataclass(frozen=True)
class UnitCard:
    """A unit as the directory shows it. No person's data."""

    code: str
    full_name: str
    short_name: str
    group: str
    kind: str
    level: int
    note: str
    parent: str
    line: str
    region: str


def directory(day: date) -> Mapping[str, UnitCard]:
    """All units in force on that day by code, in the order of the directory, in one statement."""
    spans = UnitTenure.objects.on(day).select_related("unit").order_by("unit__level", "unit__group", "unit__code")
    cards = (_card(span.unit, span) for span in spans if span.unit.in_force(day))
    return {card.code: card for card in cards}


def _card(unit: Unit, span: UnitTenure) -> UnitCard:
    return UnitCard(
        code=unit.code,
        full_name=span.full_name,
        short_name=span.short_name,
        group=unit.group,
        kind=unit.kind,
        level=unit.level,
        note=unit.note,
        parent=span.parent_id or "",
        line=span.line_id or "",
        region=span.region_code,
    )
