"""卷宗: what supervisions, documents, handovers to media and leaders' instructions have in common, and no more.

A dossier is the fold of its entries, moves by the rows of one table, and refuses under the codes of its own family.
`states` says what an entry is and how it is folded, `table` what a row and a matter are, `deciding` how a row is found
and what stands against it. States, deeds, orders, guards and entries' contents are each family's own.
"""

from hotline.rules.dossiers.deciding import Ruling, against, judged, open_deeds, unmet
from hotline.rules.dossiers.states import Entry, after
from hotline.rules.dossiers.table import Guard, Matter, Row

__all__ = ["Entry", "Guard", "Matter", "Row", "Ruling", "after", "against", "judged", "open_deeds", "unmet"]
