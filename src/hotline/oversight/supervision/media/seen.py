"""Handovers of a view: the SQL twin of rules.media.seeing.may_see; every list and count begins here."""

from django.db.models import QuerySet

from hotline.oversight.supervision.media.models import Handover
from hotline.rules.lifecycle import Actor
from hotline.rules.media.seeing import MediaView, view_of


def in_view(view: MediaView) -> QuerySet[Handover]:
    """Everything that lies in the view."""
    if view.all:
        return Handover.objects.all()
    if not view.units:
        return Handover.objects.none()
    return Handover.objects.filter(units__overlap=sorted(view.units), handed_at__isnull=False)


def seen_by(actor: Actor) -> QuerySet[Handover]:
    """What this person may see."""
    return in_view(view_of(actor))
