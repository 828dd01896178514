"""Administrators at work in the same moment, each on a connection of his own: nobody slips past a rule in between."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from hotline.registry.people import accounts, recording, roles
from hotline.registry.people.accounts import AccountData
from hotline.registry.people.models import AdminEntry, RoleGrant, User
from hotline.registry.people.queries import actor_for
from hotline.registry.people.recording import Done
from hotline.registry.people.roles import GrantData
from hotline.rules.lifecycle import SYSTEM
from hotline.rules.vocabulary import CITY_TZ, Role
from tests.cast import Cast
from tests.walks import OPENING

pytestmark = pytest.mark.django_db(transaction=True)
NOW = OPENING
TODAY = NOW.astimezone(CITY_TZ).date()


def together(*calls: Callable[[], Done]) -> list[Done]:
    """What came of calls that begin in the same moment."""
    start = Barrier(len(calls))

    def run(call: Callable[[], Done]) -> Done:
        start.wait(timeout=30)
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.fixture(autouse=True)
def _sound_afterwards(cast: Cast) -> Iterator[None]:  # noqa: ARG001  # the database is still there when this ends
    """Whatever happened at once, the record has no gap and no altered entry."""
    yield
    assert list(recording.sentences()) == []


def second_security_admin() -> User:
    data = AccountData("第二", "RX12345")
    person = accounts.create_account(username="second", data=data, actor=SYSTEM, now=NOW).person
    assert person is not None
    assert roles.confirm_account(person=person.pk, actor=SYSTEM, now=NOW).ok
    grant = GrantData(Role.SECURITY_ADMIN)
    assert roles.grant_role(person=person.pk, grant=grant, actor=SYSTEM, now=NOW).ok
    return User.objects.get(pk=person.pk)


def test_two_security_administrators_cannot_remove_each_other(cast: Cast) -> None:
    for _ in range(5):
        RoleGrant.objects.filter(role=Role.SECURITY_ADMIN).update(valid_to=None)
        one = cast.user("security_admin")
        other = User.objects.filter(username="second").first() or second_security_admin()
        grants = {g.user_id: g.pk for g in RoleGrant.objects.filter(role=Role.SECURITY_ADMIN)}
        actors = {user.pk: actor_for(user, TODAY) for user in (one, other)}

        def remove(whom: int, by: int, *, held: dict[int, int] = grants, as_actor: dict = actors) -> Done:  # type: ignore[type-arg]  # ids to actors
            return roles.withdraw_role(person=whom, grant=held[whom], actor=as_actor[by], now=NOW)

        a, b = one.pk, other.pk
        done = together(lambda a=a, b=b: remove(a, b), lambda a=a, b=b: remove(b, a))  # type: ignore[misc]  # bound now
        assert sorted(outcome.ok for outcome in done) == [False, True]
        left = RoleGrant.objects.on(TODAY).filter(role=Role.SECURITY_ADMIN, user__is_active=True)
        assert left.count() == 1


def test_two_roles_that_exclude_one_another_are_not_both_granted(cast: Cast) -> None:
    person, security = cast.user("agent"), cast.actor("security_admin")
    RoleGrant.objects.filter(user=person).update(valid_to=TODAY)

    def give(role: Role) -> Callable[[], Done]:
        return lambda: roles.grant_role(person=person.pk, grant=GrantData(role), actor=security, now=NOW)

    done = together(give(Role.REVIEWER), give(Role.DIRECTOR), give(Role.SYSTEM_ADMIN), give(Role.UNIT_HANDLER))
    assert sum(outcome.ok for outcome in done) == 1
    assert len(person.roles_on(TODAY)) == 1


def test_one_name_is_given_once(cast: Cast) -> None:
    system = cast.actor("system_admin")

    def make(number: int) -> Callable[[], Done]:
        name = "same" if number % 2 else "SAME"
        data = AccountData("同名", "CGJ", f"N{number}")
        return lambda: accounts.create_account(username=name, data=data, actor=system, now=NOW)

    done = together(*(make(number) for number in range(6)))
    assert sum(outcome.ok for outcome in done) == 1
    assert User.objects.filter(username__iexact="same").count() == 1


def test_forty_acts_at_once_are_numbered_without_a_gap(cast: Cast) -> None:
    system = cast.actor("system_admin")

    def make(share: int) -> Callable[[], Done]:
        def several() -> Done:
            done = Done()
            for number in range(5):
                name = f"p{share}-{number}"
                done = accounts.create_account(username=name, data=AccountData(name, "CGJ"), actor=system, now=NOW)
            return done

        return several

    assert all(outcome.ok for outcome in together(*(make(share) for share in range(8))))
    assert list(AdminEntry.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, 41))
