"""Which notices may also leave the platform: to the addresses of a unit, and to people who asked for it.

Only the ticket's number and what happened leave, nobody's words. Who reads a shared mailbox is the unit's affair.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from hotline.rules.notifying import Told
from hotline.rules.vocabulary import UnitCode

TO_UNITS: Final = (
    "work_arrived",
    "work_phoned",
    "work_inherited",
    "help_asked",
    "delegated",
    "urged",
    "return_rejected",
    "review_sent_back",
    "rework_ordered",
    "visit_problem",
    "panel_convened",
    "overdue",
    "notice_issued",
)
"""What each unit's addresses are told, without being asked: work that has come, and what will not wait."""

TO_PEOPLE: Final = (*TO_UNITS, "reminded", "signature_awaited", "facts_added", "extension_granted", "extension_refused",
                    "return_asked", "extension_asked", "parking_asked", "dispute_opened", "dissatisfied",
                    "criticism_proposed")  # fmt: skip
"""What somebody may choose to be sent as well."""


def units_told(told: Iterable[Told]) -> Mapping[UnitCode, str]:
    """Units whose addresses are told, with the first kind for each."""
    found: dict[UnitCode, str] = {}
    for each in told:
        for to in each.to:
            if to.unit and each.kind in TO_UNITS:
                found.setdefault(to.unit, each.kind)
    return found
