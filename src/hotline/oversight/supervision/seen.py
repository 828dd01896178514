"""Supervisions of a view: the SQL twin of rules.supervision.seeing.may_see; every list and count begins here."""

from django.db.models import Q, QuerySet

from hotline.oversight.supervision.models import Supervision
from hotline.rules.lifecycle import Actor
from hotline.rules.supervision.seeing import TOLD_TO_UNITS, SupervisionView, view_of
from hotline.rules.vocabulary import SupervisionKind

Found = QuerySet[Supervision]


def in_view(view: SupervisionView) -> Found:
    """Everything that lies in the view."""
    known = ~Q(kind=SupervisionKind.ON_SITE.value) | Q(revealed=True)
    if view.office:
        if view.visits:
            known |= ~Q(units__overlap=sorted(view.own)) if view.own else Q()
            if not view.own:
                return Supervision.objects.all()
        return Supervision.objects.filter(known)
    if not view.units:
        return Supervision.objects.none()
    told = Q(status__in=sorted(TOLD_TO_UNITS), units__overlap=sorted(view.units))
    return Supervision.objects.filter(told & known)


def seen_by(actor: Actor) -> Found:
    """What this person may see."""
    return in_view(view_of(actor))
