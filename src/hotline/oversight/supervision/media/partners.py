"""合作媒体: the city's partner media, added, changed and switched on and off by supervisors."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from hotline.oversight.supervision.media.models import MediaPartner
from hotline.rules.lifecycle import Actor
from hotline.rules.media import MediumKind
from hotline.rules.media.seeing import view_of
from hotline.rules.media.table import SUPERVISORS
from hotline.rules.messages import Refusal


@dataclass(frozen=True, kw_only=True)
class Partner:
    """What is said of one partner."""

    name: str
    kind: MediumKind | None
    contact: str = ""
    phone: str = ""
    on: bool = True


@dataclass(frozen=True)
class Saved:
    """The partner as it now is, or why nothing was kept."""

    row: MediaPartner | None = None
    refusals: tuple[Refusal, ...] = field(default=())


def partners(*, actor: Actor, only_on: bool = False) -> list[MediaPartner]:
    """All of them for the office, those that are on first."""
    if not view_of(actor).all:
        return []
    found = MediaPartner.objects.filter(on=True) if only_on else MediaPartner.objects.all()
    return list(found.order_by("-on", "name"))


def save(said: Partner, *, actor: Actor, now: datetime, pk: int | None = None) -> Saved:
    """A new partner, or one changed."""
    if not actor.roles & SUPERVISORS:
        return Saved(refusals=(Refusal("access.denied", {}),))
    with transaction.atomic(savepoint=False):
        row = MediaPartner(changed_by=actor.id) if pk is None else _taken(pk)
        if row is None:
            return Saved(refusals=(Refusal("media.partner_missing"),))
        refusals = _wrong(said, row.pk)
        if refusals or said.kind is None:
            return Saved(row, refusals)
        row.name, row.kind, row.on = said.name.strip(), said.kind.value, said.on
        row.contact, row.phone = said.contact.strip(), said.phone.strip()
        row.changed_by, row.changed_at = actor.id, now
        row.save()
        return Saved(row)


def _taken(pk: int) -> MediaPartner | None:
    return MediaPartner.objects.select_for_update(no_key=True).filter(pk=pk).first()


def _wrong(said: Partner, pk: int | None) -> tuple[Refusal, ...]:
    found = []
    if not said.name.strip():
        found.append(Refusal("media.partner_name_missing", field="name"))
    elif MediaPartner.objects.exclude(pk=pk or 0).filter(name=said.name.strip()).exists():
        found.append(Refusal("media.partner_name_taken", {"name": said.name.strip()}, field="name"))
    if said.kind is None:
        found.append(Refusal("media.partner_kind_missing", field="kind"))
    return tuple(found)
