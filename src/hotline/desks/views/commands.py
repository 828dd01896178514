"""Keeping views: make, rename, replace, move, delete, open a desk with one. Refusals are values.

A person's own views are their own business; those of a role are kept by who leads it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import IntegrityError, transaction
from django.db.models import Max

from hotline.desks.places import desk_named, desks_of
from hotline.desks.views.models import NAME, FirstView, SavedView
from hotline.desks.views.queries import shareable, within_reach
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.visibility import view_of
from hotline.rules.vocabulary import Role

MOST = 12
ALL_TICKETS = "tickets"
"""The list of all tickets has views like a desk."""

Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Kept:
    """What came of it: the view as it now is, or why nothing was done."""

    view: SavedView | None = None
    refusals: tuple[Refusal, ...] = ()

    @property
    def ok(self) -> bool:
        """True when it was done."""
        return not self.refusals


def save_view(*, desk: str, name: str, pairs: Pairs, actor: Actor, now: datetime, role: str = "") -> Kept:
    """Keep filters of a desk under a name, for oneself or for a role."""
    name, kept = name.strip(), [list(pair) for pair in pairs]
    refusals = (*_not_at(desk, actor), *_unnamed(name), *_not_shared(role, actor))
    if not kept:
        refusals = (*refusals, Refusal("view.no_filter"))
    if refusals:
        return Kept(refusals=refusals)
    person = None if role else int(actor.id)
    with transaction.atomic():
        siblings = SavedView.objects.filter(desk=desk, person=person, role=role)
        if siblings.count() >= MOST:
            return Kept(refusals=(Refusal("view.too_many", {"most": MOST}),))
        last = siblings.aggregate(last=Max("position"))["last"] or 0
        make = partial(
            SavedView.objects.create,
            desk=desk,
            name=name,
            pairs=kept,
            person_id=person,
            role=role,
            position=last + 1,
            made_by=actor.id,
            made_at=now,
        )
        try:
            with transaction.atomic():
                return Kept(make())
        except IntegrityError:
            return Kept(refusals=(Refusal("view.name_taken", {"name": name}, field="name"),))


def rename_view(*, view: int, name: str, actor: Actor) -> Kept:
    """Another name for a view."""
    name = name.strip()
    found = _held(view, actor)
    refusals = (*found.refusals, *_unnamed(name))
    if refusals or found.view is None:
        return Kept(refusals=refusals)
    found.view.name = name
    try:
        with transaction.atomic():
            found.view.save(update_fields=["name"])
    except IntegrityError:
        return Kept(refusals=(Refusal("view.name_taken", {"name": name}, field="name"),))
    return found


def replace_filters(*, view: int, pairs: Pairs, actor: Actor) -> Kept:
    """The filters that are on now instead of those that were kept."""
    kept = [list(pair) for pair in pairs]
    found = _held(view, actor)
    if found.view is None:
        return found
    if not kept:
        return Kept(refusals=(Refusal("view.no_filter"),))
    found.view.pairs = kept
    found.view.save(update_fields=["pairs"])
    return found


def move_view(*, view: int, step: int, actor: Actor) -> Kept:
    """One place to the left (-1) or to the right (1) among its own; at the end nothing happens."""
    with transaction.atomic():
        found = _held(view, actor)
        if found.view is None:
            return found
        one = found.view
        siblings = SavedView.objects.filter(desk=one.desk, person=one.person_id, role=one.role)
        row = list(siblings.select_for_update().order_by("position", "pk"))
        at = next(place for place, other in enumerate(row) if other.pk == one.pk)
        to = min(max(at + step, 0), len(row) - 1)
        row.insert(to, row.pop(at))
        for position, other in enumerate(row, start=1):
            if other.position != position:
                other.position = position
                other.save(update_fields=["position"])
    return found


def delete_view(*, view: int, actor: Actor) -> Kept:
    """A view goes; a desk that opened with it opens with everything again."""
    found = _held(view, actor)
    if found.view is not None:
        SavedView.objects.filter(pk=found.view.pk).delete()
    return found


def open_with(*, view: int, actor: Actor, wanted: bool = True) -> Kept:
    """The desk opens with this view, or with everything again. Also a shared view may be somebody's first."""
    found = within_reach(actor).filter(pk=view).first()
    if found is None:
        return Kept(refusals=(Refusal("view.not_found"),))
    person = int(actor.id)
    if wanted:
        FirstView.objects.update_or_create(person_id=person, desk=found.desk, defaults={"view": found})
    else:
        FirstView.objects.filter(person_id=person, desk=found.desk).delete()
    return Kept(found)


def _held(view: int, actor: Actor) -> Kept:
    """A view that this person may change."""
    found = within_reach(actor).filter(pk=view).first()
    if found is None:
        return Kept(refusals=(Refusal("view.not_found"),))
    if found.role and found.role not in shareable(actor):
        return Kept(refusals=(Refusal("view.not_yours"),))
    return Kept(found)


def _not_at(desk: str, actor: Actor) -> tuple[Refusal, ...]:
    here = not view_of(actor).nothing if desk == ALL_TICKETS else desk_named(desk, desks_of(actor)) is not None
    return () if here else (Refusal("view.no_desk", field="desk"),)


def _unnamed(name: str) -> tuple[Refusal, ...]:
    if not name:
        return (Refusal("view.name_missing", field="name"),)
    if len(name) > NAME:
        return (Refusal("view.name_too_long", {"limit": NAME}, field="name"),)
    return ()


def _not_shared(role: str, actor: Actor) -> tuple[Refusal, ...]:
    if not role or role in shareable(actor):
        return ()
    known = role in {member.value for member in Role}
    return (Refusal("view.sharing_denied", {"role": Role(role) if known else role}, field="role"),)
