"""Disputes of a view: the SQL twin of rules.joint.seeing.may_see; every list and count begins here."""

from django.db.models import QuerySet

from hotline.rules.joint.seeing import FileView, view_of
from hotline.rules.lifecycle import Actor
from hotline.stages.joint.models import DisputeFile


def in_view(view: FileView) -> QuerySet[DisputeFile]:
    """Everything that lies in the view."""
    if view.all:
        return DisputeFile.objects.all()
    if not view.units:
        return DisputeFile.objects.none()
    return DisputeFile.objects.filter(readers__overlap=sorted(view.units))


def has_business(actor: Actor) -> bool:
    """The office, and people of units."""
    return not view_of(actor).nothing


def seen_by(actor: Actor) -> QuerySet[DisputeFile]:
    """What this person may see."""
    return in_view(view_of(actor))
