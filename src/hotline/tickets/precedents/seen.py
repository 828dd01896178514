"""Precedents of a view: the SQL twin of rules.precedents.seeing.may_see; every list and count begins here."""

from django.db.models import Q, QuerySet

from hotline.rules.lifecycle import Actor
from hotline.rules.precedents.seeing import PrecedentView, view_of
from hotline.tickets.precedents.models import Precedent


def in_view(view: PrecedentView) -> QuerySet[Precedent]:
    """Everything that lies in the view."""
    if view.all:
        return Precedent.objects.all()
    if view.nothing:
        return Precedent.objects.none()
    return Precedent.objects.filter(Q(agreed_at__isnull=False) | Q(readers__overlap=sorted(view.units)))


def seen_by(actor: Actor) -> QuerySet[Precedent]:
    """What this person may see."""
    return in_view(view_of(actor))
