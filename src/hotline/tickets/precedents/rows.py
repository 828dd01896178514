"""Between the stored precedent and the state that the rules work on; the only writer of both.

Everything happens in the caller's transaction: the entry, the words, the row by compare-and-set.
"""

from typing import Any, Final

from hotline.rules import precedents as rules
from hotline.rules.jurisdiction import DirectoryRule
from hotline.rules.precedents import Deed, Entry, Order, Ruling, Status
from hotline.rules.precedents.seeing import readers_of
from hotline.rules.precedents.wording import read, written
from hotline.rules.vocabulary import UnitCode
from hotline.text.bigrams import normalised, terms
from hotline.tickets.dossiers.rows import columns_of_entry, entry_from, move, proof
from hotline.tickets.precedents.models import Precedent, PrecedentEntry, PrecedentText

SAME: Final = (
    "version", "dispute", "ticket", "edition", "year", "serial", "warned", "agreed_at", "ended_at", "last_at",
)  # fmt: skip
UNITS: Final = ("parties", "helpers", "heard")
NAMED: Final = ("lead", "staffing", "challenger")


def state_of(row: Precedent) -> rules.Precedent:
    """The rules' view of a stored precedent."""
    columns: dict[str, Any] = {name: getattr(row, name) for name in SAME}
    columns |= {name: frozenset(map(UnitCode, getattr(row, name))) for name in UNITS}
    columns |= {name: UnitCode(code) if (code := getattr(row, name)) else None for name in NAMED}
    return rules.Precedent(
        status=Status(row.status),
        rule=read(row.rule) if row.rule else None,
        pending=read(row.pending) if row.pending else None,
        writers=frozenset(row.writers),
        **columns,
    )


def columns_of(state: rules.Precedent) -> dict[str, Any]:
    """The columns of a state, and what lists and searches read of it."""
    shown = state.rule or state.pending
    return {
        "status": state.status.value,
        "rule": written(state.rule) if state.rule else None,
        "pending": written(state.pending) if state.pending else None,
        "writers": sorted(state.writers),
        "readers": sorted(readers_of(state)),
        "ends_on": state.ends_on,
        **{name: sorted(getattr(state, name)) for name in UNITS},
        **{name: getattr(state, name) for name in (*NAMED, *SAME)},
        **(searched(shown) if shown else {}),
    }


def searched(rule: DirectoryRule) -> dict[str, Any]:
    """By what a precedent is found: what it is called, the words that make it apply, its basis."""
    words = " ".join(word for group in rule.words.groups for word in group)
    told = normalised(f"{rule.title} {words} {rule.basis}")
    return {
        "title": rule.title,
        "told": told,
        "terms": list(terms(told)),
        "categories": list(rule.categories),
        "rule_id": rule.id,
    }


def entry_of(row: PrecedentEntry) -> Entry:
    """A stored entry as the rules know it."""
    return entry_from(row, Deed, Status)


def record(row: Precedent, before: rules.Precedent, ruling: Ruling, order: Order) -> Precedent:
    """Append what was decided to a locked precedent and move its row along."""
    if ruling.entry is None:
        raise ValueError("a refusal is not recorded")
    move(row, Precedent.objects, before.version, columns_of(ruling.state))
    write_entry(row.pk, ruling.state.version, ruling.entry, order)
    return row


def write_entry(pk: int, seq: int, entry: Entry, order: Order) -> None:
    """One line of the history, its words beside it."""
    words = order.text.strip()
    PrecedentEntry.objects.create(
        precedent_id=pk,
        seq=seq,
        unit=entry.unit or "",
        **columns_of_entry(entry),
        digest=proof(f"precedent:{pk}", seq, words) if words else "",
    )
    if words:
        PrecedentText.objects.create(precedent_id=pk, seq=seq, body=words)
