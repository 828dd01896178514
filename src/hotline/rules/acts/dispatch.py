"""Acts of ② dispatch 转办: find the unit, rule on returns."""

from dataclasses import dataclass

from hotline.rules.acts.base import SHORT, Act, choice, count, text, unit, units
from hotline.rules.vocabulary import Finding, UnitCode


@dataclass(frozen=True, kw_only=True)
class Dispatch(Act):
    """转办: hand the ticket to one lead unit (主办), perhaps co-units (协办), guidance (督导), copies (抄送).

    `followed` quotes the line of the directory that names the lead, with its version; pages note it by themselves.
    Of the tasks which that line gives by itself, those of `spared_units` are left out.
    """

    lead_unit: UnitCode = unit()
    co_units: tuple[UnitCode, ...] = units()
    guidance_units: tuple[UnitCode, ...] = units()
    copied_units: tuple[UnitCode, ...] = units()
    spared_units: tuple[UnitCode, ...] = units()
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
    """改派: the office takes the ticket from one unit and gives it to another, with all parts as at dispatch.

    The third dispatch that fails in this way leads into a dispute, and the unit named is only what was meant.
    """

    lead_unit: UnitCode = unit()
    co_units: tuple[UnitCode, ...] = units()
    guidance_units: tuple[UnitCode, ...] = units()
    copied_units: tuple[UnitCode, ...] = units()
    spared_units: tuple[UnitCode, ...] = units()
    reason: str = text()
    followed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AcceptReturn(Act):
    """退单成立: the unit is right, the ticket goes back to dispatch."""

    finding: str = text()


@dataclass(frozen=True, kw_only=True)
class RejectReturn(Act):
    """退单不成立: the ticket stays; the clock never stopped."""

    finding: str = text()


@dataclass(frozen=True, kw_only=True)
class OpenTask(Act):
    """下达协办任务: one co-unit's own task, begun at once, after others, or when something is found.

    0 days: the limit of the profile.
    """

    unit: UnitCode = unit()
    task: str = text()
    days: int = count(0, 60, 0)
    order: int = count(1, 9, 1)
    after: Finding = choice(Finding.NOTHING)


@dataclass(frozen=True, kw_only=True)
class AcceptTaskReturn(Act):
    """同意退回协办任务: the co-unit is right; another may be given the task."""

    finding: str = text()


@dataclass(frozen=True, kw_only=True)
class RejectTaskReturn(Act):
    """不同意退回协办任务: the task stays; its clock never stopped."""

    finding: str = text()


@dataclass(frozen=True, kw_only=True)
class CloseTask(Act):
    """撤销协办任务: nothing more is asked of the co-unit."""

    unit: UnitCode = unit()
    reason: str = text()
