"""佐证: files given with a report or by a supervisor, checked and cleaned as every file is, and opened by whoever may
read the entry they came with.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db import transaction

from hotline.oversight.supervision.commands import Done, do_on, take
from hotline.oversight.supervision.models import Supervision, SupervisionFile
from hotline.oversight.supervision.queries import whole
from hotline.oversight.supervision.rows import state_of
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.supervision import Deed, Order
from hotline.tickets.attachments.preparing import Prepared
from hotline.tickets.attachments.refusing import FileRefused
from hotline.tickets.dossiers.files import Opened, Upload, all_prepared, facts_of, needed_by, no_room, opened, put_in

MOST: Final = 30


def do_with_files(
    pk: int, *, order: Order, uploads: Sequence[Upload], actor: Actor, now: datetime, version: int | None = None
) -> Done:
    """A deed with its evidence: both are there afterwards, or neither. Only evidence, when the deed is to add some."""
    try:
        with all_prepared(uploads) as ready:
            return _all(_Parts(pk, order, ready, actor, now, version))
    except FileRefused as refused:
        return Done(refusals=(refused.refusal,))


@dataclass(frozen=True)
class _Parts:
    pk: int
    order: Order
    ready: list[Prepared]
    actor: Actor
    now: datetime
    version: int | None = field(default=None)


def _all(parts: _Parts) -> Done:
    with transaction.atomic():
        row = take(parts.pk, actor=parts.actor)
        if row is None:
            return Done(refusals=(Refusal("supervision.not_found"),))
        if parts.version is not None and parts.version != row.version:
            return Done(row, state_of(row), (Refusal("supervision.moved_on"),))
        done = _attached(row, parts)
        if done.ok and parts.order.deed is not Deed.ATTACH:
            done = do_on(row, order=parts.order, actor=parts.actor, now=parts.now)
        if not done.ok:
            transaction.set_rollback(True)
        return done


def _attached(row: Supervision, parts: _Parts) -> Done:
    done = Done(row, state_of(row))
    for ready in parts.ready:
        refusal = no_room(row.files, ready, family="supervision", most=MOST)
        done = Done(row, state_of(row), (refusal,)) if refusal else _attach(row, ready, parts)
        if not done.ok:
            return done
    return done


def _attach(row: Supervision, ready: Prepared, parts: _Parts) -> Done:
    facts = facts_of(ready)
    done = do_on(row, order=Order(deed=Deed.ATTACH, facts=facts), actor=parts.actor, now=parts.now)
    if done.ok:
        put_in(row.files, ready, seq=row.version, at=parts.now, added_by=parts.actor.id, unit=parts.actor.unit or "")
    return done


def evidence(pk: int, file: int, *, actor: Actor, now: datetime) -> Opened | None:
    """One file for somebody who may read the entry it came with; None when it is not there for them."""
    seen = whole(pk, actor=actor, now=now)
    if seen is None or file not in {one.id for one in seen.files}:
        return None
    return opened(SupervisionFile.objects.get(pk=file))


def needed(digests: Iterable[str]) -> set[str]:
    """Those of these files that some supervision has."""
    return needed_by(SupervisionFile.objects, digests)
