"""联合会办: the file of one dispute over who leads, from the returns that opened it to one lead or an escalation.

`states` says what a file is and how an entry changes it, `table` who may do what when, `concluding` what a panel may
conclude, `deciding` judges one deed, `acting` which act of the ticket goes with it, `facts` what the ledger knows.
"""

from hotline.rules.joint.deciding import Ruling, allowed, decide
from hotline.rules.joint.states import Deed, Dispute, Entry, Form, Opinion, Order, Seat, Status, Task, apply, fold
from hotline.rules.joint.table import TABLE, Row

__all__ = [
    "TABLE",
    "Deed",
    "Dispute",
    "Entry",
    "Form",
    "Opinion",
    "Order",
    "Row",
    "Ruling",
    "Seat",
    "Status",
    "Task",
    "allowed",
    "apply",
    "decide",
    "fold",
]
