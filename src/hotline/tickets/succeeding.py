"""Which open tickets a unit has to do with: what must go to its successor when it is no more."""

from collections.abc import Collection

from django.db.models import Q

from hotline.rules.vocabulary import TERMINAL, UnitCode
from hotline.tickets.models import Ticket


def open_with(units: Collection[UnitCode]) -> list[str]:
    """Numbers of open tickets in which one of these units stands, or to which they were given first."""
    stands = Q(visible_units__overlap=sorted(units)) | Q(first_unit__in=sorted(units))
    found = Ticket.objects.filter(stands).exclude(stage__in=sorted(TERMINAL))
    return list(found.order_by("pk").values_list("number", flat=True))
