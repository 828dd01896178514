"""阅知人员: who may be named, and that enough of them can handle the instruction."""

from collections.abc import Iterable, Iterator
from datetime import date

from hotline.registry.people.holding import held_roles
from hotline.registry.people.models import User
from hotline.rules.instructions.table import CHECKERS
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import OFFICE_ROLES, Role


def missing_people(readers: Iterable[str], *, but: str, on: date) -> Iterator[Refusal]:
    """Accounts that are not there; and nobody besides this person who could agree to a proposal."""
    named = set(readers)
    there = {str(pk) for pk in User.objects.filter(pk__in=_keys(named), is_active=True).values_list("pk", flat=True)}
    for one in sorted(named - there):
        yield Refusal("instructions.reader_unknown", {"account": one[:24]}, field="readers")
    checking = {str(held.person) for held in held_roles(CHECKERS, on)}
    if not (named & there & checking) - {but}:
        yield Refusal("instructions.checker_missing", field="readers")


def _keys(ids: Iterable[str]) -> list[int]:
    return [int(one) for one in ids if one.isascii() and one.isdecimal() and len(one) < 19]


def accounts(names: Iterable[str]) -> dict[str, str]:
    """Account keys by the names that people sign in with; those that are off or not there are left out."""
    wanted = {name.strip() for name in names}
    found = User.objects.filter(username__in=wanted, is_active=True).values_list("username", "pk")
    return {username: str(pk) for username, pk in found}


def names_of_accounts(keys: Iterable[str]) -> list[str]:
    """The sign-in names of these accounts."""
    return list(User.objects.filter(pk__in=_keys(keys)).order_by("username").values_list("username", flat=True))


def offered(on: date) -> list[tuple[str, str, Role]]:
    """People of the office, as a form offers them: key, name and role; those who can agree to a proposal come first."""
    working: dict[int, Role] = {}
    for held in held_roles(OFFICE_ROLES, on):
        if held.role in CHECKERS or held.person not in working:
            working[held.person] = held.role
    rows = User.objects.filter(pk__in=working).order_by("full_name", "pk").values_list("pk", "full_name")
    found = [(str(pk), name, working[pk]) for pk, name in rows]
    return sorted(found, key=lambda one: one[2] not in CHECKERS)
