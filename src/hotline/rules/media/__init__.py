"""媒体移交: matters handed to a partner medium, what it published, what the unit answers in public, what came of it.

`states` says what a handover is and how an entry changes it, `table` who may do what when, `deciding` judges one deed,
`screening` keeps requesters out of every word that leaves the house, `seeing` says who reads which.
"""

from hotline.rules.media.deciding import Ruling, allowed, decide
from hotline.rules.media.states import Deed, Entry, Follow, Handover, MediumKind, Order, Status, apply, fold
from hotline.rules.media.table import TABLE, Row

__all__ = [
    "TABLE",
    "Deed",
    "Entry",
    "Follow",
    "Handover",
    "MediumKind",
    "Order",
    "Row",
    "Ruling",
    "Status",
    "allowed",
    "apply",
    "decide",
    "fold",
]
