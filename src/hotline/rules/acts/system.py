"""Acts of parking 挂账, archive 归档 and what the system does by itself."""

from dataclasses import dataclass
from datetime import date

from hotline.rules.acts.base import Act, choice, code, day, former_unit, number, text, unit
from hotline.rules.vocabulary import WINDOWS, ClockKind, UnitCode


@dataclass(frozen=True, kw_only=True)
class ProposePark(Act):
    """申请挂账: cannot be solved now; cause, and a plan with who answers for it, signed by the head of the unit."""

    cause: str = code("park")
    plan: str = text()
    responsible: str = text(limit=80)
    finish_on: date = day()
    review_on: date = day()


@dataclass(frozen=True, kw_only=True)
class ConfirmPark(Act):
    """同意挂账."""

    note: str = text(required=False)


@dataclass(frozen=True, kw_only=True)
class RejectPark(Act):
    """不同意挂账."""

    note: str = text()


@dataclass(frozen=True, kw_only=True)
class StrikeOff(Act):
    """销号: the parked matter can be handled now."""

    note: str = text()


@dataclass(frozen=True, kw_only=True)
class DeemAccepted(Act):
    """逾期视为接收: the window for a return, or for objecting to a ruling, has passed."""


@dataclass(frozen=True, kw_only=True)
class RecordOverdue(Act):
    """超期: a clock has run out; `of` is the co-unit whose own clock it is, here and below."""

    clock: str = ""
    of: str = ""


@dataclass(frozen=True, kw_only=True)
class SendReminder(Act):
    """到点催办: so many percent of a clock's time are used up."""

    clock: ClockKind = choice()
    percent: int = number(1, 99)
    of: str = ""


@dataclass(frozen=True, kw_only=True)
class IssueNotice(Act):
    """书面催办: a clock ran out and nothing came; the unit is urged in writing."""

    clock: ClockKind = choice()
    of: str = ""


@dataclass(frozen=True, kw_only=True)
class ProposeCriticism(Act):
    """建议通报批评: the written notice was ignored. People decide; the platform never issues it by itself."""

    clock: ClockKind = choice()
    of: str = ""


@dataclass(frozen=True, kw_only=True)
class RecomputeClocks(Act):
    """重算时限: emergency on or off, a calendar published."""

    cause: str = ""


@dataclass(frozen=True, kw_only=True)
class FollowSuccessor(Act):
    """承接单位接办: a unit was merged or closed; what it had on the ticket is its successor's."""

    old_unit: UnitCode = former_unit()
    new_unit: UnitCode = unit()


@dataclass(frozen=True, kw_only=True)
class Archive(Act):
    """归档: frozen; later matters open a linked ticket."""


def run_out(kind: ClockKind, of: str = "") -> Act:
    """What the system does when a clock of that kind has run out: a right ends, or somebody is late."""
    return DeemAccepted() if kind in WINDOWS else RecordOverdue(clock=kind.value, of=of)
