"""扫描件和佐证: files that come with a deed, checked and cleaned as every file is. Those of the office are opened by
people named and by nobody else; those that a unit gave, by the unit too. Every opening by somebody named is recorded.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from hotline.oversight.instructions import commands
from hotline.oversight.instructions.commands import Done, do_on, take
from hotline.oversight.instructions.models import Instruction, InstructionFile, Reading
from hotline.oversight.instructions.rows import state_of
from hotline.rules.instructions import Deed, Order
from hotline.rules.instructions.seeing import may_read, view_of
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.tickets.attachments.preparing import Prepared
from hotline.tickets.attachments.refusing import FileRefused
from hotline.tickets.dossiers.files import Opened, Upload, all_prepared, needed_by, no_room, opened, put_in

MOST: Final = 20


def receive_with_files(order: Order, uploads: Sequence[Upload], *, actor: Actor, now: datetime) -> Done:
    """A new instruction with its scans: both are there afterwards, or neither."""
    order = replace(order, has_file=bool(uploads))
    return _together(uploads, lambda _: commands.receive(order, actor=actor, now=now), now)


def do_with_files(
    pk: int, *, order: Order, uploads: Sequence[Upload], actor: Actor, now: datetime, version: int | None = None
) -> Done:
    """A deed with its files: both are there afterwards, or neither."""

    def deed(facts: dict[str, Any]) -> Done:
        row = take(pk, actor=actor)
        if row is None:
            return Done(refusals=(Refusal("instructions.not_found"),))
        if version is not None and version != row.version:
            return Done(row, state_of(row), (Refusal("instructions.moved_on"),))
        return do_on(row, order=replace(order, facts=facts), actor=actor, now=now)

    if order.deed is Deed.ATTACH and not uploads:
        return Done(refusals=(Refusal("upload.nothing", field="file"),))
    return _together(uploads, deed, now)


def _together(uploads: Sequence[Upload], deed: Callable[[dict[str, Any]], Done], now: datetime) -> Done:
    try:
        with all_prepared(uploads) as ready, transaction.atomic():
            done = deed({"files": [one.sha256 for one in ready]})
            if done.ok and done.row is not None:
                done = _kept(done, done.row, ready, now)
            if not done.ok:
                transaction.set_rollback(True)
            return done
    except FileRefused as refused:
        return Done(refusals=(refused.refusal,))


def _kept(done: Done, row: Instruction, ready: Sequence[Prepared], now: datetime) -> Done:
    for one in ready:
        refusal = no_room(row.files, one, family="instructions", most=MOST)
        if refusal:
            return Done(row, done.state, (refusal,))
        put_in(row.files, one, seq=row.version, at=max(now, row.last_at), unit=done.unit)
    return done


def scan(pk: int, file: int, *, actor: Actor, now: datetime) -> Opened | None:
    """One file for somebody who may open it; None when it is not there for them."""
    found = InstructionFile.objects.select_related("instruction").filter(pk=file, instruction_id=pk).first()
    if found is None:
        return None
    named = may_read(actor, state_of(found.instruction))
    if not named and found.unit not in view_of(actor).units:
        return None
    if named:
        Reading.objects.create(instruction_id=pk, person=actor.id, at=now, way="file")
    return opened(found)


def needed(digests: Iterable[str]) -> set[str]:
    """Those of these files that some instruction has."""
    return needed_by(InstructionFile.objects, digests)
