"""Nobody hears of tickets that they may not see."""

import pytest

from hotline.config.live_topics import topics_of
from hotline.plumbing import live
from hotline.rules.vocabulary import Stage
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def heard(cast: Cast, name: str, **wishes: str) -> set[str]:
    return set(topics_of(cast.user(name), wishes))


def test_the_office_hears_of_everything(cast: Cast):
    assert heard(cast, "agent") == {"office:all", "role:agent"}


def test_a_unit_hears_of_itself_and_what_is_below_it(cast: Cast):
    assert heard(cast, "cgj_handler") >= {"unit:CGJ", "role:unit_handler"}
    assert "unit:LY-SXK" in heard(cast, "ly_dispatcher")
    assert "unit:LY" not in heard(cast, "street_handler")
    assert "office:all" not in heard(cast, "cgj_handler")


def test_administrators_hear_of_no_ticket(cast: Cast):
    assert heard(cast, "system_admin") == {"role:system_admin"}


def test_a_single_ticket_is_heard_of_by_those_who_may_see_it(cast: Cast):
    number = cast.ticket_at(Stage.PENDING_SIGN, lead="CGJ").number
    assert f"ticket:{number}" in heard(cast, "cgj_handler", ticket=number)
    assert f"ticket:{number}" not in heard(cast, "sthj_handler", ticket=number)
    assert f"ticket:{number}" not in heard(cast, "system_admin", ticket=number)
    assert "ticket:nothing" not in heard(cast, "agent", ticket="nothing")


def test_an_account_that_is_off_hears_nothing(cast: Cast):
    person = cast.user("agent")
    person.is_active = False
    person.save()
    assert set(topics_of(person, {})) == set()


def test_these_topics_are_what_passes_are_made_of(cast: Cast):
    assert topics_of in live.TOPIC_SOURCES
    person = cast.user("agent")
    assert live.topics_for(person, {}) == {f"user:{person.pk}", "office:all", "role:agent"}
