"""签批页: the signed minutes as they were scanned, checked and cleaned as every file is; the office opens them."""

from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO, Final

from django.db import transaction

from hotline.rules.joint import Deed, Order
from hotline.rules.joint.seeing import view_of
from hotline.rules.lifecycle import Actor
from hotline.stages.joint.commands import NOT_FOUND, Done, do_on, take_file
from hotline.stages.joint.models import DisputeFile, JointPage
from hotline.stages.joint.queries.rows import state_of
from hotline.stages.joint.queries.seen import seen_by
from hotline.tickets.attachments.preparing import Prepared, prepared
from hotline.tickets.attachments.refusing import FileRefused
from hotline.tickets.dossiers.files import Opened, facts_of, needed_by, no_room, opened, put_in

MOST: Final = 20


def attach(pk: int, *, file: BinaryIO, name: str, actor: Actor, now: datetime) -> Done:
    """One scanned page; there afterwards with its line of the history, or not at all."""
    try:
        with prepared(file, name) as ready, transaction.atomic():
            row = take_file(pk, actor=actor)
            if row is None:
                return Done(refusals=(NOT_FOUND,))
            refusal = no_room(row.pages, ready, family="joint", most=MOST)
            return Done(row, state_of(row), (refusal,)) if refusal else _attach(row, ready, actor, now)
    except FileRefused as refused:
        return Done(refusals=(refused.refusal,))


def _attach(row: DisputeFile, ready: Prepared, actor: Actor, now: datetime) -> Done:
    order = Order(deed=Deed.ATTACH, facts=facts_of(ready))
    done = do_on(row, None, order=order, actor=actor, now=now)
    if done.ok:
        put_in(row.pages, ready, seq=row.version, at=row.last_at)
    return done


def scan(pk: int, page: int, *, actor: Actor) -> Opened | None:
    """One page for somebody of the office; None when it is not there for them."""
    if not view_of(actor).all or not seen_by(actor).filter(pk=pk).exists():
        return None
    row = JointPage.objects.filter(dispute_id=pk, pk=page).first()
    return opened(row) if row else None


def needed(digests: Iterable[str]) -> set[str]:
    """Those of these files that some dispute has."""
    return needed_by(JointPage.objects, digests)
