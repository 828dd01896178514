"""Who is told what of a document: one line a deed. Units learn of it when it is issued, and when it is voided after."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from hotline.rules.documents.states import Deed, Document, Entry
from hotline.rules.documents.table import CHECKERS, SUPERVISORS
from hotline.rules.notifying import WITH_HEAD, To, Told

Whom = Callable[[Document], Iterator[To]]


def checkers(_state: Document) -> Iterator[To]:
    """Those who check and seal."""
    yield To(CHECKERS)


def supervisors(_state: Document) -> Iterator[To]:
    """Those who have it signed and issue it."""
    yield To(SUPERVISORS)


def writers(state: Document) -> Iterator[To]:
    """Those who wrote it."""
    yield from (To(person=one) for one in sorted(state.writers))


def units(state: Document) -> Iterator[To]:
    """Clerks and heads of the units that have it."""
    if state.issued_at is not None:
        yield from (To(WITH_HEAD, unit) for unit in sorted(state.readers))


TELLING: Final[Mapping[Deed, tuple[str, Whom]]] = {
    Deed.SUBMIT: ("document_to_check", checkers),
    Deed.CHECK: ("document_to_sign", supervisors),
    Deed.SEND_BACK: ("document_sent_back", writers),
    Deed.SIGN: ("document_to_seal", checkers),
    Deed.SEAL: ("document_to_issue", supervisors),
    Deed.ISSUE: ("document_issued", units),
    Deed.VOID: ("document_voided", units),
}
"""Kinds of notice by deed; of the others only the history tells."""


def who_must_know(entry: Entry, state: Document) -> tuple[Told, ...]:
    """Everybody to be told of this entry, with what they are told."""
    line = TELLING.get(entry.deed)
    to = tuple(line[1](state)) if line else ()
    return (Told(line[0], to),) if line and to else ()
