"""Photos of a visit: one by one, as the connection allows; the same one twice is taken in once.

Time and place are read from the file before it is cleaned, and kept beside it.
"""

from dataclasses import asdict
from datetime import datetime
from typing import Final

from django.db import transaction

from hotline.oversight.supervision.commands import Done, take
from hotline.oversight.supervision.files import do_with_files
from hotline.oversight.supervision.models import SupervisionFile
from hotline.oversight.supervision.rows import state_of
from hotline.oversight.supervision.visits.models import VisitPhoto
from hotline.oversight.supervision.visits.reading import told_by
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.supervision import Deed, Order, Supervised, decide
from hotline.rules.supervision.visits import Said, Shot, shot
from hotline.rules.vocabulary import FileKind
from hotline.tickets.attachments import kinds
from hotline.tickets.attachments.refusing import FileRefused
from hotline.tickets.dossiers.files import Upload

PHOTOS: Final = frozenset({FileKind.JPG, FileKind.PNG, FileKind.WEBP})


def add_photo(pk: int, upload: Upload, said: Said, *, actor: Actor, now: datetime) -> Done:
    """One photo of a visit under way; both the file and its time and place are there afterwards, or neither."""
    with transaction.atomic():
        row = take(pk, actor=actor)
        if row is None:
            return Done(refusals=(Refusal("supervision.not_found"),))
        state = state_of(row)
        refusals = why_not(state, actor=actor, now=now) or _no_photo(upload)
        if refusals:
            return Done(row, state, refusals)
        found = shot(told_by(upload.file), said, opened_at=state.opened_at, now=now)
        if not isinstance(found, Shot):
            return Done(row, state, found)
        done = do_with_files(pk, order=Order(deed=Deed.ATTACH), uploads=[upload], actor=actor, now=now)
        if [refusal.code for refusal in done.refusals] == ["supervision.file_there"]:
            return Done(row, state)
        if done.ok and done.row is not None:
            file = SupervisionFile.objects.get(supervision=done.row, seq=done.row.version)
            VisitPhoto.objects.create(file=file, **asdict(found))
        return done


def why_not(state: Supervised, *, actor: Actor, now: datetime) -> tuple[Refusal, ...]:
    """Photos are for whoever may record the visit, as long as it has not been recorded."""
    ruling = decide(state, Order(deed=Deed.RECORD_VISIT), actor=actor, now=now)
    return tuple(refusal for refusal in ruling.refusals if not refusal.field)


def _no_photo(upload: Upload) -> tuple[Refusal, ...]:
    """Anything but a photo is told so before it is looked at closer."""
    try:
        kind = kinds.told_by(upload.file)
    except FileRefused as refused:
        return (refused.refusal,)
    return () if kind in PHOTOS else (Refusal("supervision.photo_not_picture", field="file"),)
