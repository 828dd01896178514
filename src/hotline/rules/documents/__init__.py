"""公文: notices, orders, circulars and reports of the office, from the draft to the numbered, sealed and issued paper.

`states` says what a document is and how an entry changes it, `table` who may do what when, `deciding` judges one deed,
`seeing` who reads which, `telling` who is told.
"""

from hotline.rules.documents.deciding import Ruling, allowed, decide
from hotline.rules.documents.states import (
    Deed,
    Document,
    DocumentKind,
    Entry,
    Order,
    Status,
    apply,
    fold,
)
from hotline.rules.documents.table import TABLE, Row

__all__ = [
    "TABLE",
    "Deed",
    "Document",
    "DocumentKind",
    "Entry",
    "Order",
    "Row",
    "Ruling",
    "Status",
    "allowed",
    "apply",
    "decide",
    "fold",
]
