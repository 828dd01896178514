"""领导批示: what a leader of the city has written on a matter, from the day it came in until it is struck off.

`states` says what one is and how an entry changes it, `table` who may do what when, `deciding` judges one deed,
`seeing` who reads which part of it, `telling` who is told.
"""

from hotline.rules.instructions.deciding import Ruling, allowed, decide
from hotline.rules.instructions.states import Deed, Entry, Instruction, Order, Outcome, Status, apply, fold
from hotline.rules.instructions.table import TABLE, Row

__all__ = [
    "TABLE",
    "Deed",
    "Entry",
    "Instruction",
    "Order",
    "Outcome",
    "Row",
    "Ruling",
    "Status",
    "allowed",
    "apply",
    "decide",
    "fold",
]
