"""Acts of ③′ joint handling 联合会办: who leads when nobody wants to."""

from dataclasses import dataclass

from hotline.rules.acts.base import Act, text, unit, units
from hotline.rules.vocabulary import UnitCode


@dataclass(frozen=True, kw_only=True)
class MarkNoOwner(Act):
    """无主工单: no unit is competent by the directory; opens the dispute."""

    note: str = text()


@dataclass(frozen=True, kw_only=True)
class Mediate(Act):
    """电话协调成功: the units agree on a lead."""

    lead_unit: UnitCode = unit()
    co_units: tuple[UnitCode, ...] = units()
    finding: str = text()


@dataclass(frozen=True, kw_only=True)
class RuleProvisionally(Act):
    """先办后议: a provisional lead handles while the question is discussed."""

    lead_unit: UnitCode = unit()
    finding: str = text()


@dataclass(frozen=True, kw_only=True)
class ConvenePanel(Act):
    """召集联合会办."""

    members: tuple[UnitCode, ...] = units(required=True)
    agenda: str = text()


@dataclass(frozen=True, kw_only=True)
class RuleJointly(Act):
    """会办裁定: lead, co-units and basis are fixed."""

    lead_unit: UnitCode = unit()
    co_units: tuple[UnitCode, ...] = units()
    legal_basis: str = text()
    finding: str = text()
    reusable: bool = False


@dataclass(frozen=True, kw_only=True)
class ObjectToRuling(Act):
    """裁定异议: once per unit, within a working day, does not stop the work."""

    reason: str = text()
    legal_basis: str = text()


@dataclass(frozen=True, kw_only=True)
class EscalateDispute(Act):
    """提请市政府协调."""

    reason: str = text()
