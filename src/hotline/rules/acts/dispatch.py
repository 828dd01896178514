"""Acts of ② dispatch 转办: find the unit, rule on returns."""

from dataclasses import dataclass

from hotline.rules.acts.base import SHORT, Act, text, unit, units
from hotline.rules.vocabulary import UnitCode


@dataclass(frozen=True, kw_only=True)
class Dispatch(Act):
    """转办: hand the ticket to one lead unit (主办) and perhaps co-units (协办).

    `followed` quotes the line of the directory that names the lead, with its version; pages note it by themselves.
    """

    lead_unit: UnitCode = unit()
    co_units: tuple[UnitCode, ...] = units()
    basis: str = text(required=False, limit=SHORT)
    note: str = text(required=False)
    followed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HandOverByPhone(Act):
    """电话交办: an urgent matter is passed on during the call, the ticket follows."""

    lead_unit: UnitCode = unit()
    note: str = text()


@dataclass(frozen=True, kw_only=True)
class FeedBackByPhone(Act):
    """电话反馈: the unit says within minutes what it is doing."""

    note: str = text()


@dataclass(frozen=True, kw_only=True)
class Reassign(Act):
    """改派: the office takes the ticket from one unit and gives it to another."""

    lead_unit: UnitCode = unit()
    co_units: tuple[UnitCode, ...] = units()
    reason: str = text()


@dataclass(frozen=True, kw_only=True)
class AcceptReturn(Act):
    """退单成立: the unit is right, the ticket goes back to dispatch."""

    finding: str = text()


@dataclass(frozen=True, kw_only=True)
class RejectReturn(Act):
    """退单不成立: the ticket stays; the clock never stopped."""

    finding: str = text()
