"""The demonstration as the platform sees it: who may try it, and that it never stands over a real office's data.

Its accounts share one password that the sign-in page shows, so everything here asks first whether every account
in the database is one of the demonstration.
"""

from dataclasses import dataclass
from typing import Final

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.http import HttpRequest

from hotline.plumbing.env import EnvRefused, env

MARK: Final = "DEMO"
"""Staff numbers of the demonstration's people begin with it."""

PASSWORD: Final = "zhitong-demo-12345"  # noqa: S105  # shown to everybody who tries the demonstration


@dataclass(frozen=True)
class DemoAccount:
    """One account to sign in with; every one has the same password."""

    username: str
    name: str
    unit: str
    password: str = PASSWORD


@dataclass(frozen=True)
class DemoGroup:
    """The accounts of one role."""

    role: str
    accounts: tuple[DemoAccount, ...]

    @property
    def in_units(self) -> bool:
        """Whether the unit tells one account of the role from another."""
        return len({account.unit for account in self.accounts}) > 1


def context(request: HttpRequest) -> dict[str, object]:  # noqa: ARG001  # a context processor is given the request
    """`demo_accounts` and their password for the sign-in page; looked up only where a template asks for them."""
    return {"demo_accounts": demo_accounts, "demo_password": PASSWORD if env().demo else ""}


def demo_accounts() -> list[DemoGroup]:
    """Accounts by role, in the order of the way; nothing outside a demonstration."""
    if not env().demo or real_data():
        return []
    from hotline.plumbing.clock import today
    from hotline.registry.people.models import RoleGrant
    from hotline.registry.people.queries import role_cards
    from hotline.rules.vocabulary import Role

    cards = role_cards()
    grants = RoleGrant.objects.on(today()).filter(absence=None, user__is_active=True, user__staff_no__startswith=MARK)
    grants = (
        grants.exclude(user__password__startswith=UNUSABLE_PASSWORD_PREFIX)
        .select_related("user__unit")
        .order_by("user_id")
    )
    groups: dict[str, list[DemoAccount]] = {}
    for grant in grants:
        unit = grant.user.unit.short_name if grant.user.unit else ""
        groups.setdefault(grant.role, []).append(DemoAccount(grant.user.username, grant.user.full_name, unit))
    return [
        DemoGroup(cards[role].label if role in cards else role, tuple(found))
        for role in Role
        if (found := groups.get(role))
    ]


def real_data() -> bool:
    """Whether somebody's real accounts or tickets are in this database."""
    from hotline.registry.people.models import User

    return User.objects.exclude(staff_no__startswith=MARK).exists() or (not begun() and tickets_there(1) > 0)


def begun() -> bool:
    """Whether the demonstration's people are there."""
    from hotline.registry.people.models import User

    return User.objects.filter(staff_no__startswith=MARK).exists()


def tickets_there(most: int = 1_000_000) -> int:
    """How many tickets there are, counted no further than `most`."""
    from hotline.rules.lifecycle import SYSTEM
    from hotline.tickets.queries import TicketFilter, count_up_to

    return count_up_to(actor=SYSTEM, where=TicketFilter(), most=most)


def refuse_real_data() -> None:
    """Stops a demonstration that was pointed at an office's own database."""
    if real_data():
        raise EnvRefused((REAL_DATA,))


REAL_DATA: Final = (
    "数据库里有正式的账号或工单，演示不能在其上启动。请换一个 HOTLINE_HOME 或 DATABASE_URL。"
    " / The database holds real accounts or tickets; a demonstration never runs over them."
    " Choose another HOTLINE_HOME or DATABASE_URL."
)
