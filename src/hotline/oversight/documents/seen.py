"""Documents of a view: the SQL twin of rules.documents.seeing.may_see; every list and count begins here."""

from django.db.models import Q, QuerySet

from hotline.oversight.documents.models import Document
from hotline.rules.documents.seeing import DocumentView, view_of
from hotline.rules.lifecycle import Actor


def in_view(view: DocumentView) -> QuerySet[Document]:
    """Everything that lies in the view."""
    if view.all:
        return Document.objects.all()
    if not view.units:
        return Document.objects.none()
    units = sorted(view.units)
    ours = Q(recipients__overlap=units) | Q(copies__overlap=units)
    return Document.objects.filter(ours, issued_at__isnull=False)


def seen_by(actor: Actor) -> QuerySet[Document]:
    """What this person may see."""
    return in_view(view_of(actor))
