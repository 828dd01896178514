"""先例: a ruling that is to be followed again, as a rule of the directory with its number, its edition and its end.

`states` says what a precedent is and how an entry changes it, `table` who may do what when, `deciding` judges one deed,
`wording` makes the directory's rule out of a ruling, `fitting` holds it against the directory, `seeing` and `telling`
say who reads it and who must know.
"""

from hotline.rules.precedents.deciding import Ruling, allowed, decide
from hotline.rules.precedents.states import Deed, Entry, Order, Precedent, Ruled, Status, apply, fold
from hotline.rules.precedents.table import TABLE, Row

__all__ = [
    "TABLE",
    "Deed",
    "Entry",
    "Order",
    "Precedent",
    "Row",
    "Ruled",
    "Ruling",
    "Status",
    "allowed",
    "apply",
    "decide",
    "fold",
]
