"""Who may hear which live updates: the same view that decides which tickets somebody sees."""

from collections.abc import Iterator, Mapping

from hotline.plumbing.clock import today
from hotline.registry.people.backend import standing_of
from hotline.registry.people.models import User
from hotline.registry.people.queries import actor_for
from hotline.rules.visibility import view_of
from hotline.tickets.access import TicketRefused, look_at


def still_open(person: int, stamp: str) -> bool:
    """Whether a pass still opens: the account is on and nothing of what it may do has changed since."""
    return User.objects.filter(pk=person, is_active=True, access_round=int(stamp) if stamp.isdecimal() else -1).exists()


def topics_of(person: User, wishes: Mapping[str, str]) -> Iterator[str]:
    """`office:all` for the office, `unit:…` for a unit's people, `role:…`, and `ticket:…` if that ticket is in view."""
    actor = standing_of(person, today()) or actor_for(person, today())
    view = view_of(actor)
    if view.everything:
        yield "office:all"
    yield from (f"unit:{code}" for code in view.units)
    yield from (f"role:{role.value}" for role in actor.roles)
    number = wishes.get("ticket", "")
    if number:
        try:
            look_at(number, actor=actor)
        except TicketRefused:
            return
        yield f"ticket:{number}"
