"""Who may read which documents. Written once: lists filter by `view_of`, single ones are judged by `may_see`, and a
property test shows that the two agree.

Supervisors and team leaders work on them, the director and the auditor read them; a unit reads what was issued to it,
and goes on reading it when it was voided afterwards.
"""

from dataclasses import dataclass
from typing import Final

from hotline.rules.documents.states import Document
from hotline.rules.lifecycle.case import Actor
from hotline.rules.vocabulary import UNIT_ROLES, Role, UnitCode

READERS: Final = frozenset({Role.SUPERVISOR, Role.TEAM_LEADER, Role.DIRECTOR, Role.AUDITOR, Role.SYSTEM})


@dataclass(frozen=True)
class DocumentView:
    """Which documents somebody sees: all, or those issued to some units."""

    all: bool = False
    units: frozenset[UnitCode] = frozenset()

    @property
    def nothing(self) -> bool:
        """True for people who have no business with documents."""
        return not self.all and not self.units


def view_of(actor: Actor) -> DocumentView:
    """The one rule behind every list, count and page of documents."""
    if actor.roles & READERS:
        return DocumentView(all=True)
    return DocumentView(units=actor.covers if actor.roles & UNIT_ROLES else frozenset())


def may_see(actor: Actor, state: Document) -> bool:
    """Whether this one document lies in the person's view."""
    view = view_of(actor)
    return view.all or (state.issued_at is not None and bool(view.units & state.readers))
