"""Instructions of a view: the SQL twin of rules.instructions.seeing.may_see; every list and count begins here."""

from django.db.models import Q, QuerySet

from hotline.oversight.instructions.models import Instruction
from hotline.rules.instructions.seeing import InstructionView, view_of
from hotline.rules.lifecycle import Actor


def in_view(view: InstructionView) -> QuerySet[Instruction]:
    """Everything of which something lies in the view."""
    if view.covers:
        return Instruction.objects.all()
    mine = Q(readers__contains=[view.person])
    if view.units:
        mine |= Q(units__overlap=sorted(view.units))
    return Instruction.objects.filter(mine)


def seen_by(actor: Actor) -> QuerySet[Instruction]:
    """What this person may see something of."""
    return in_view(view_of(actor))
