"""The ledger of one ticket as an auditor reads it: every entry in its sequence, with what its signature says now.

The same computation as `hotline check ledger`, for one ticket and on a page. No typed words are shown here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hotline.registry.people.queries import names
from hotline.rules.lifecycle import Actor
from hotline.tickets.access import look_at
from hotline.tickets.canon import GENESIS, chain, text_digest
from hotline.tickets.entries import entry_bytes
from hotline.tickets.ledger import ledger_key
from hotline.tickets.models import LedgerEntry, TicketText


class Seal(StrEnum):
    """What the signature of an entry, or the digest of its words, says."""

    SOUND = "sound"
    CHANGED = "changed"
    MISSING = "missing"
    ERASED = "erased"
    NONE = "none"


@dataclass(frozen=True)
class AuditLine:
    """One entry: who did what in which role, where the ticket then stood, and whether it is still what was written."""

    seq: int
    name: str
    at: datetime
    recorded_at: datetime
    who: str
    role: str
    unit: str
    stage: str
    hash: str
    seal: Seal
    words: Seal


@dataclass(frozen=True)
class Audit:
    """The whole ledger of a ticket. `whole` when the row stands where the last entry left it."""

    number: str
    title: str
    version: int
    lines: tuple[AuditLine, ...]
    whole: bool

    @property
    def sound(self) -> bool:
        """True when nothing on the page is other than it was written."""
        bad = {Seal.CHANGED, Seal.MISSING}
        return self.whole and not any(line.seal in bad or line.words in bad for line in self.lines)


def audit(number: str, *, actor: Actor) -> Audit:
    """The ledger of a ticket in sight; TicketRefused otherwise."""
    opened = look_at(number, actor=actor)
    entries = list(LedgerEntry.objects.filter(ticket=opened.row).order_by("seq"))
    texts = {(text.seq, text.field): text for text in TicketText.objects.filter(ticket=opened.row)}
    known = names({entry.actor for entry in entries})
    lines = tuple(_lines(opened.row.number, entries, texts, known))
    last = entries[-1] if entries else None
    whole = last is not None and (len(entries), bytes(last.hash)) == (opened.row.version, bytes(opened.row.head_hash))
    return Audit(opened.row.number, opened.row.title, opened.row.version, lines, whole)


def _lines(
    number: str, entries: list[LedgerEntry], texts: Mapping[tuple[int, str], TicketText], known: Mapping[str, str]
) -> Iterator[AuditLine]:
    """Each entry over the stored signature before it, so that one changed entry is one finding."""
    key, before, expected = ledger_key(), GENESIS, 1
    for entry in entries:
        sound = chain(key, before, entry_bytes(number, entry)) == bytes(entry.hash)
        seal = Seal.MISSING if entry.seq != expected else Seal.SOUND if sound else Seal.CHANGED
        yield AuditLine(
            seq=entry.seq,
            name=entry.name,
            at=entry.at,
            recorded_at=entry.recorded_at,
            who=known.get(entry.actor, ""),
            role=entry.role,
            unit=entry.unit,
            stage=entry.stage,
            hash=bytes(entry.hash).hex(),
            seal=seal,
            words=_words(key, number, entry, texts),
        )
        before, expected = bytes(entry.hash), entry.seq + 1


def _words(key: bytes, number: str, entry: LedgerEntry, texts: Mapping[tuple[int, str], TicketText]) -> Seal:
    """The worst that can be said of the words of an entry."""
    found = {Seal.NONE}
    for field, digest in entry.digests.items():
        text = texts.get((entry.seq, field))
        if text is None:
            found.add(Seal.MISSING)
        elif text.erased_at is not None:
            found.add(Seal.ERASED)
        else:
            same = text_digest(key, number, entry.seq, field, text.body) == digest
            found.add(Seal.SOUND if same else Seal.CHANGED)
    order = (Seal.CHANGED, Seal.MISSING, Seal.ERASED, Seal.SOUND, Seal.NONE)
    return next(seal for seal in order if seal in found)
