"""From an act to what follows it: the reactions, deferred as one job in the act's own transaction.

A unit signs in, and the citizen's message, the live counters and the supervision follow without the stage
knowing them. Plumbing knows only names and numbers; wiring.py says which event calls whom.
"""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Protocol

from django.db import connection, transaction

from hotline.plumbing.models import ReactionRun
from hotline.plumbing.redaction import redact

logger = logging.getLogger(__name__)


class Event(Protocol):
    """What plumbing must see of an event of the ledger."""

    @property
    def seq(self) -> int: ...

    @property
    def name(self) -> str: ...


Reaction = Callable[[Any, datetime], None]
"""Called with the event as the loader opened it, and the moment of the job."""

Loader = Callable[[str, int, int], Sequence[Event]]
"""Opens the events of a subject from one sequence number to another, both included, in order."""

REACTIONS: Final[dict[str, tuple[Reaction, ...]]] = {}
_loader: list[Loader] = []


class ReactionsFailed(Exception):
    """Some reactions of a job failed; the others are done and will not run again."""

    def __init__(self, names: list[str]) -> None:
        super().__init__("reactions failed: " + ", ".join(names))
        self.names = names


def register(reactions: Mapping[str, tuple[Reaction, ...]], *, loader: Loader | None = None) -> None:
    """Fills the table. Events that someone reacts to can't be announced before a loader is named."""
    REACTIONS.clear()
    REACTIONS.update({name: tuple(called) for name, called in reactions.items() if called})
    _loader[:] = [loader] if loader else []


def announce(*, subject: str, events: Iterable[Event]) -> int | None:
    """Inside the act's transaction: defers at most one job, none when nobody reacts. Returns the job's number."""
    if not connection.in_atomic_block:
        raise RuntimeError("events are announced in the transaction that records them")
    wanted = [event.seq for event in events if event.name in REACTIONS]
    if not wanted:
        return None
    if not _loader:
        raise RuntimeError("reactions are registered without a loader to open their events")
    from hotline.plumbing.jobs import react

    return react.configure(lock=f"subject:{subject}").defer(subject=subject, first=min(wanted), last=max(wanted))


SHARED: Final = 50
"""Of so many subjects one job takes care when an act of the platform itself touches thousands."""


def announce_many(happened: Iterable[tuple[str, Iterable[Event]]]) -> list[int]:
    """The same for many subjects in the transaction that records them: one job for some dozens of them."""
    if not connection.in_atomic_block:
        raise RuntimeError("events are announced in the transaction that records them")
    spans: list[Any] = []
    for subject, events in happened:
        wanted = [event.seq for event in events if event.name in REACTIONS]
        if wanted:
            spans.append([subject, min(wanted), max(wanted)])
    if not spans:
        return []
    if not _loader:
        raise RuntimeError("reactions are registered without a loader to open their events")
    from hotline.plumbing.jobs import react_to_many

    shares: list[dict[str, Any]] = [{"spans": spans[first : first + SHARED]} for first in range(0, len(spans), SHARED)]
    return react_to_many.batch_defer(*shares)


def run_many_reactions(*, spans: Iterable[tuple[str, int, int]], now: datetime) -> None:
    """The reactions of several subjects; one that fails holds up no other."""
    failed: list[str] = []
    for subject, first, last in spans:
        try:
            run_reactions(subject=subject, first=first, last=last, now=now)
        except ReactionsFailed as fault:
            failed += fault.names
    if failed:
        raise ReactionsFailed(failed)


def run_reactions(*, subject: str, first: int, last: int, now: datetime) -> None:
    """The job's work: every reaction once, each in its own transaction, so that one fault holds up no other."""
    failed = [
        name_of(reaction)
        for event in _loader[0](subject, first, last)
        for reaction in REACTIONS.get(event.name, ())
        if not _run_once(subject, event, reaction, now)
    ]
    if failed:
        raise ReactionsFailed(failed)


def name_of(reaction: Reaction) -> str:
    """The path under which an operator finds the reaction's code."""
    module = getattr(reaction, "__module__", "").removeprefix("hotline.")
    return f"{module}.{getattr(reaction, '__qualname__', type(reaction).__qualname__)}"


def _run_once(subject: str, event: Event, reaction: Reaction, now: datetime) -> bool:
    key = {"subject": subject, "seq": event.seq, "reaction": name_of(reaction)}
    ReactionRun.objects.bulk_create([ReactionRun(**key)], ignore_conflicts=True)
    try:
        with transaction.atomic():
            run = ReactionRun.objects.select_for_update().get(**key)
            if run.done_at is None:
                reaction(event, now)
                ReactionRun.objects.filter(pk=run.pk).update(done_at=now, error="")
    except Exception as fault:
        logger.exception("reaction failed: %s %s#%s", key["reaction"], subject, event.seq)
        run = ReactionRun.objects.get(**key)
        ReactionRun.objects.filter(pk=run.pk).update(
            attempts=run.attempts + 1, error=redact(f"{type(fault).__name__}: {fault}")[:2000]
        )
        return False
    return True
