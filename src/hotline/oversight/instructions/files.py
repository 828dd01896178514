"""扫描件和佐证: files that come with a deed, checked and cleaned as every file is. Those of the office are opened by
people named and by nobody else; those that a unit gave, by the unit too. Every opening by somebody named is recorded.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, BinaryIO, Final

from django.db import transaction

from hotline.oversight.instructions import commands
from hotline.oversight.instructions.commands import Done, do_on, take
from hotline.oversight.instructions.models import Instruction, InstructionFile, Reading
from hotline.oversight.instructions.rows import state_of
from hotline.rules.instructions import Deed, Order
from hotline.rules.instructions.seeing import may_read, view_of
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.tickets.attachments import store
from hotline.tickets.attachments.preparing import Prepared, prepared
from hotline.tickets.attachments.refusing import FileRefused

MOST: Final = 20


@dataclass(frozen=True)
class Upload:
    """One file on its way in."""

    file: BinaryIO
    name: str


@dataclass(frozen=True)
class Scan:
    """One file opened for somebody."""

    name: str
    kind: str
    sha256: str


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
        with ExitStack() as held:
            ready = [held.enter_context(prepared(one.file, one.name)) for one in uploads]
            with transaction.atomic():
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
        refusal = _no_room(row, one)
        if refusal:
            return Done(row, done.state, (refusal,))
        store.hold(one.sha256)
        store.keep(one.path, one.sha256)
        InstructionFile.objects.create(
            instruction=row,
            seq=row.version,
            unit=done.unit,
            name=one.name,
            kind=one.kind.value,
            size=one.size,
            sha256=one.sha256,
            at=max(now, row.last_at),
        )
    return done


def _no_room(row: Instruction, ready: Prepared) -> Refusal | None:
    there = list(InstructionFile.objects.filter(instruction=row).values_list("sha256", flat=True))
    if ready.sha256 in there:
        return Refusal("instructions.file_there", field="file")
    return Refusal("instructions.too_many_files", {"most": MOST}, field="file") if len(there) >= MOST else None


def scan(pk: int, file: int, *, actor: Actor, now: datetime) -> Scan | None:
    """One file for somebody who may open it; None when it is not there for them."""
    found = InstructionFile.objects.select_related("instruction").filter(pk=file, instruction_id=pk).first()
    if found is None:
        return None
    named = may_read(actor, state_of(found.instruction))
    if not named and found.unit not in view_of(actor).units:
        return None
    if named:
        Reading.objects.create(instruction_id=pk, person=actor.id, at=now, way="file")
    return Scan(found.name, found.kind, found.sha256)


def needed(digests: Iterable[str]) -> set[str]:
    """Those of these files that some instruction has."""
    return set(InstructionFile.objects.filter(sha256__in=list(digests)).values_list("sha256", flat=True))
