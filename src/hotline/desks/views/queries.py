"""Which saved views somebody has at a desk: those shared with their roles first, then their own."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from hotline.desks.views.models import FirstView, SavedView
from hotline.rules.lifecycle import Actor
from hotline.rules.vocabulary import Role

SHARES: Final = {
    Role.TEAM_LEADER: frozenset({Role.TEAM_LEADER, Role.AGENT}),
    Role.SUPERVISOR: frozenset({Role.SUPERVISOR}),
    Role.DISPATCHER: frozenset({Role.DISPATCHER}),
}
"""Who keeps views for whom: each for the own role, the team leader for the agents as well."""


@dataclass(frozen=True)
class View:
    """One saved view as its reader may use it."""

    id: int
    desk: str
    name: str
    pairs: tuple[tuple[str, str], ...]
    role: str
    first: bool
    mine: bool

    @property
    def shared(self) -> bool:
        """Whether everybody of a role has it."""
        return bool(self.role)


def shareable(actor: Actor) -> tuple[Role, ...]:
    """The roles for which this person may keep views."""
    return tuple(sorted({role for held in actor.roles for role in SHARES.get(held, ())}))


def within_reach(actor: Actor) -> QuerySet[SavedView]:
    """Views of this person and of their roles."""
    if not actor.id.isdecimal():
        return SavedView.objects.none()
    return SavedView.objects.filter(Q(person_id=int(actor.id)) | Q(role__in=sorted(actor.roles)))


def views_of(actor: Actor, desk: str = "") -> tuple[View, ...]:
    """The views of a desk, or of all desks, in the order of their tabs: one statement."""
    found = within_reach(actor).filter(**{"desk": desk} if desk else {})
    person = int(actor.id) if actor.id.isdecimal() else None
    found = found.annotate(first=Exists(FirstView.objects.filter(view=OuterRef("pk"), person_id=person)))
    may_share = set(shareable(actor))
    return tuple(
        View(
            id=v.pk,
            desk=v.desk,
            name=v.name,
            pairs=tuple((name, value) for name, value in v.pairs),
            role=v.role,
            first=v.first,
            mine=not v.role or v.role in may_share,
        )
        for v in found.order_by("desk", "-role", "position", "pk")
    )
