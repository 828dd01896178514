"""People and their roles, as the rules see them on a given day."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from hotline.registry.people import queries
from hotline.registry.people.models import RoleGrant, User
from hotline.rules.lifecycle import Actor
from hotline.rules.vocabulary import Role
from tests.registry.hefei_city import TODAY, day

pytestmark = pytest.mark.usefixtures("hefei")


def person(username: str = "lin", unit: str | None = "SS", **more: Any) -> User:
    """An account with a Chinese name."""
    return User.objects.create_user(username, password="correct-horse", full_name="林晓", unit_id=unit, **more)


def grant(user: User, role: Role, **more: Any) -> RoleGrant:
    """A role from 2026 on, unless said otherwise."""
    return RoleGrant.objects.create(**{"user": user, "role": role, "valid_from": day("2026-01-01"), **more})


def test_an_actor_has_todays_roles_and_covers_what_lies_below() -> None:
    user = person()
    grant(user, Role.UNIT_HANDLER)
    grant(user, Role.DISTRICT_DISPATCHER)
    grant(user, Role.UNIT_HEAD, valid_from=day("2026-04-01"))
    grant(user, Role.SECTION_HEAD, valid_to=TODAY)
    actor = queries.actor_for(user, TODAY)
    assert actor == Actor(
        id=str(user.pk),
        roles=frozenset({Role.UNIT_HANDLER, Role.DISTRICT_DISPATCHER}),
        unit=actor.unit,
        covers=actor.covers,
    )
    assert actor.unit == "SS"
    assert {"SS", "SS-CGJ", "SS-SLA"} <= actor.covers
    assert "GXQ" not in actor.covers
    assert user.roles_on(TODAY) == actor.roles


def test_a_grant_for_another_unit_widens_what_is_covered() -> None:
    user = person(unit="GXQ-NG")
    grant(user, Role.UNIT_HANDLER)
    grant(user, Role.UNIT_HANDLER, unit_id="GXQ-TL")
    assert queries.actor_for(user, TODAY).covers == {"GXQ-NG", "GXQ-TL"}
    assert queries.actor_for(user, TODAY).unit == "GXQ-NG"


def test_the_hotline_office_covers_itself() -> None:
    user = person(unit="RX12345")
    grant(user, Role.AGENT)
    assert queries.actor_for(user, TODAY).covers == {"RX12345"}


def test_who_belongs_to_no_unit_covers_nothing() -> None:
    user = person(unit=None)
    grant(user, Role.SYSTEM_ADMIN)
    actor = queries.actor_for(user, TODAY)
    assert actor.unit is None
    assert actor.covers == frozenset()
    assert actor.roles == {Role.SYSTEM_ADMIN}


def test_an_account_that_is_off_may_do_nothing() -> None:
    user = person(is_active=False)
    grant(user, Role.DIRECTOR)
    assert queries.actor_for(user, TODAY) == Actor(id=str(user.pk), roles=frozenset())
    assert user.roles_on(TODAY) == frozenset()


def test_an_actor_costs_three_queries() -> None:
    user = person()
    grant(user, Role.UNIT_HANDLER)
    fresh = User.objects.get(pk=user.pk)
    with CaptureQueriesContext(connection) as asked:
        queries.actor_for(fresh, TODAY)
    assert len(asked) == 3


def test_the_same_role_is_not_held_twice_at_once() -> None:
    user = person()
    grant(user, Role.AGENT)
    with pytest.raises(IntegrityError), transaction.atomic():
        grant(user, Role.AGENT)
    grant(user, Role.AGENT, unit_id="SS")


def test_a_role_cannot_end_before_it_begins() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        grant(person(), Role.AGENT, valid_to=day("2025-12-31"))


def test_staff_numbers_are_unique_and_may_be_left_out() -> None:
    person("a")
    person("b")
    person("c", staff_no="0137")
    with pytest.raises(IntegrityError), transaction.atomic():
        person("d", staff_no="0137")


def test_holders_of_a_role() -> None:
    head, other, off = person("head"), person("other", unit="BH"), person("off", is_active=False)
    for user in (head, other, off):
        grant(user, Role.UNIT_HEAD)
    deputy = person("deputy", unit="BH")
    grant(deputy, Role.UNIT_HEAD, unit_id="SS")
    assert queries.holders(Role.UNIT_HEAD, TODAY) == [head, other, deputy]
    assert queries.holders(Role.UNIT_HEAD, TODAY, unit="SS") == [head, deputy]
    assert queries.holders(Role.UNIT_HEAD, TODAY, unit="BH") == [other]
    assert queries.holders(Role.UNIT_HEAD, day("2025-12-31")) == []


def test_names_and_role_cards() -> None:
    user = person()
    assert queries.names([str(user.pk), "system", "999999"]) == {str(user.pk): "林晓"}
    assert (str(user), user.get_full_name(), user.get_short_name()) == ("林晓", "林晓", "林晓")
    assert queries.role_cards()["agent"].zh == "话务员"
    assert set(queries.role_cards()) == {role.value for role in Role}
