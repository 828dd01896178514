"""五个督办: supervision as an object with its own small lifecycle, in the hands of the office's supervisors.

A supervision is opened for a cause, is owed by units until a date, is reported on, checked and closed. `states` says
what one is and how an entry changes it, `table` who may do what when, `deciding` judges one deed, `ladder` what
follows what.
"""

from hotline.rules.supervision.deciding import Ruling, allowed, decide
from hotline.rules.supervision.states import Cause, Deed, Entry, Order, Outcome, Status, Supervised, apply, fold
from hotline.rules.supervision.table import TABLE, Row

__all__ = [
    "TABLE",
    "Cause",
    "Deed",
    "Entry",
    "Order",
    "Outcome",
    "Row",
    "Ruling",
    "Status",
    "Supervised",
    "allowed",
    "apply",
    "decide",
    "fold",
]
