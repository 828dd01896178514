"""Signs in the people of bench/desk.py, in process, on the installation that HOTLINE_HOME names.

Four hundred sign-ins through the page would be four hundred password hashes, which are no part of a desk's day.
Clerks are spread over units by the tickets these have in hand. Prints one line of JSON: role → session keys.
"""

import argparse
import json
from itertools import cycle, islice

from hotline.config.setting_up import django_ready


def main() -> None:
    """Sessions for so many of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agents", type=int, required=True)
    parser.add_argument("--clerks", type=int, required=True)
    asked = parser.parse_args()
    with django_ready():
        found = {"agent": sessions(agents(), asked.agents), "clerk": sessions(clerks(asked.clerks), asked.clerks)}
        print(json.dumps(found))


def agents() -> list[int]:
    """Accounts of agents."""
    from hotline.registry.people.models import User

    return list(User.objects.filter(grants__role="agent", is_active=True).order_by("pk").values_list("pk", flat=True))


def clerks(number: int) -> list[int]:
    """Accounts of handlers, as many of each unit as its share of the tickets in hand asks for."""
    from django.db.models import Count

    from hotline.registry.people.models import User
    from hotline.tickets.models import Ticket

    held = Ticket.objects.filter(stage__in=["pending_sign", "handling", "rework"]).values("lead_unit")
    shares = list(held.annotate(n=Count("id")).order_by("-n").values_list("lead_unit", "n"))
    handlers: dict[str, list[int]] = {}
    for pk, unit in User.objects.filter(
        grants__role__in=["unit_handler", "district_dispatcher"], is_active=True
    ).values_list("pk", "unit_id"):
        handlers.setdefault(unit, []).append(pk)
    shares = [(unit, n) for unit, n in shares if unit in handlers]
    whole = sum(n for _, n in shares)
    wanted = [(unit, max(1, round(number * n / whole))) for unit, n in shares]
    found = [pk for unit, n in wanted for pk in islice(cycle(handlers[unit]), n)]
    return found[:number] or [pk for pks in handlers.values() for pk in pks]


def sessions(people: list[int], number: int) -> list[str]:
    """A session for each; where there are fewer people than desks, some sit at two."""
    from django.conf import settings
    from django.test import Client

    from hotline.registry.people.models import User

    keys: list[str] = []
    known = User.objects.in_bulk(people)
    for pk in islice(cycle(people), number):
        client = Client()
        client.force_login(known[pk], settings.AUTHENTICATION_BACKENDS[-1])
        keys.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
    return keys


if __name__ == "__main__":
    main()
