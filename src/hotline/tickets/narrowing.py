"""What a list, a counter or a desk is narrowed to, and the filter as SQL. Everybody's lists rest on it: a desk is a
filter, a saved view is another one on top, and a property test holds both against the same rule written in Python.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from hotline.rules.lifecycle import Actor
from hotline.rules.visibility import View
from hotline.rules.vocabulary import RANKS, TERMINAL, UnitCode
from hotline.tickets.helping import running
from hotline.tickets.models import Ticket

Found = QuerySet[Ticket]
OWN, OTHERS = "own", "others"


@dataclass(frozen=True, kw_only=True)
class TicketFilter:
    """What a list is narrowed to; blanks mean everything. `words` looks at number and title.

    `unit` is the lead unit; `units_in` any of these lead units; `held_in` any of these as lead or as the unit that a
    district gave the work to. `flags`, `tags` and `proposals` mean any of them. The `mine` ones ask for the reader's
    own unit: `mine` led by it or given to it, `led_by_mine` led, `given_to_mine` passed on to it, `helped_by_mine`
    those it helps with and has not reported on. `delegated` and
    `inner_replied` say whether a district has passed the work on, and whether the unit below has answered.
    `to_sign` is what waits for the reader's OWN signature, or for that of OTHERS for whom the reader may sign.
    `base` is what the list rests on anyway: a desk's own filter, which nothing a reader asks for can widen.
    """

    base: "TicketFilter | None" = None
    stages: tuple[str, ...] = ()
    request_type: str = ""
    category: str = ""
    region: str = ""
    unit: str = ""
    units_in: tuple[str, ...] = ()
    held_in: tuple[str, ...] = ()
    urgency: str = ""
    channel: str = ""
    flag: str = ""
    flags: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    proposals: tuple[str, ...] = ()
    words: str = ""
    overdue_at: datetime | None = None
    due_from: datetime | None = None
    due_until: datetime | None = None
    opened_from: datetime | None = None
    opened_until: datetime | None = None
    only_open: bool = False
    mine: bool = False
    led_by_mine: bool = False
    given_to_mine: bool = False
    helped_by_mine: bool = False
    delegated: bool | None = None
    inner_replied: bool | None = None
    to_sign: str = ""
    order: str = "newest"

    @property
    def of_helpers(self) -> bool:
        """True for what co-units owe, whatever else it is narrowed to."""
        return self.helped_by_mine or (self.base is not None and self.base.of_helpers)


PLAIN = (
    ("request_type", "request_type"), ("category", "category__startswith"), ("region", "region__startswith"),
    ("unit", "lead_unit"), ("units_in", "lead_unit__in"), ("urgency", "urgency"), ("channel", "channel"),
    ("opened_from", "created_at__gte"), ("opened_until", "created_at__lt"), ("stages", "stage__in"),
    ("flags", "flags__overlap"), ("tags", "tags__overlap"),
)  # fmt: skip
"""Fields that are one comparison each; a blank is no comparison."""

DUE = (("overdue_at", "due_at__lt"), ("due_from", "due_at__gte"), ("due_until", "due_at__lt"))
"""The same for when a ticket is due: to its lead, or to a co-unit by the limit of its own task."""


def in_view(view: View) -> Found:
    """Tickets of a view: the SQL twin of visibility.may_see."""
    if view.everything:
        return Ticket.objects.all()
    if view.nothing:
        return Ticket.objects.none()
    return Ticket.objects.filter(visible_units__overlap=sorted(view.units))


def narrowed(found: Found, where: TicketFilter, actor: Actor) -> Found:
    """The filter of a list on any set of tickets."""
    if where.base is not None:
        found = narrowed(found, where.base, actor)
    for name, lookup in PLAIN:
        value = getattr(where, name)
        if value:
            found = found.filter(**{lookup: list(value) if isinstance(value, tuple) else value})
    found = _due(found, where, actor)
    if where.flag:
        found = found.filter(flags__contains=[where.flag])
    if where.only_open:
        found = found.exclude(stage__in=sorted(TERMINAL))
    if where.proposals:
        found = found.exclude(proposals={}).filter(proposals__has_any_keys=list(where.proposals))
    if where.words:
        found = found.filter(Q(number__startswith=where.words) | Q(title__contains=where.words))
    return _at_units(found, where, actor)


def _due(found: Found, where: TicketFilter, actor: Actor) -> Found:
    """What is due when; a co-unit's list goes by its own tasks that are running."""
    wanted = {lookup: getattr(where, name) for name, lookup in DUE if getattr(where, name)}
    if not wanted or not (where.of_helpers and actor.units):
        return found.filter(**wanted)
    own = running(sorted(actor.units)).filter(ticket=OuterRef("pk"), **wanted)
    return found.filter(Exists(own))


def _at_units(found: Found, where: TicketFilter, actor: Actor) -> Found:
    """Whose work it is, and how far a district has come with passing it on."""
    asked: list[Q] = []
    if where.held_in:
        held = list(where.held_in)
        asked.append(Q(lead_unit__in=held) | Q(delegation__unit__in=held))
    if actor.units:
        asked += _of_units(where, sorted(actor.units))
    if where.delegated is not None:
        asked.append(Q(delegation__isnull=not where.delegated))
    if where.inner_replied is not None:
        asked.append(Q(delegation__replied=where.inner_replied))
    if where.to_sign:
        asked.append(_to_sign(actor, others=where.to_sign == OTHERS))
    return found.filter(*asked)


def _to_sign(actor: Actor, *, others: bool) -> Q:
    """Papers that wait for this person's own signature; or for that of somebody below, whom they may sign for.

    Nobody signs what they wrote. A stand-in signs in the unit of the one who is away.
    """
    wanted = Q(pk__in=[])
    for unit in sorted(actor.units):
        roles = actor.roles_at(unit).intersection(RANKS)
        highest = max(map(RANKS.index, roles), default=-1)
        below = {role for role in RANKS[:highest] if role not in roles}
        if steps := below if others else roles:
            wanted |= Q(lead_unit=unit, awaits_signature__in=sorted(steps))
    return wanted & ~Q(signing__by=actor.id)


def _of_units(where: TicketFilter, units: list[UnitCode]) -> list[Q]:
    asks: tuple[tuple[bool, Any], ...] = (
        (where.mine, Q(lead_unit__in=units) | Q(delegation__unit__in=units)),
        (where.led_by_mine, Q(lead_unit__in=units)),
        (where.given_to_mine, Q(delegation__unit__in=units)),
        (where.helped_by_mine, Q(co_units__overlap=units) & ~Q(co_done__overlap=units)),
    )
    return [condition for wanted, condition in asks if wanted]
