"""The cast can bring a ticket to every stage there is; everybody else's tests stand on that."""

import pytest

from hotline.rules.vocabulary import Stage
from tests.cast import PEOPLE, Cast
from tests.walks import WALKABLE


@pytest.mark.parametrize("stage", WALKABLE)
def test_a_ticket_can_be_walked_to_every_stage(cast: Cast, stage: Stage) -> None:
    ticket = cast.ticket_at(stage)
    assert cast.seen(ticket).state == ticket.state


def test_everybody_is_there_with_the_role_and_unit_named(cast: Cast) -> None:
    for person in PEOPLE:
        player = cast.player(person.username)
        assert player.user.full_name == person.name
        assert str(player.actor.unit) == person.unit
        assert player.actor.roles == {person.role}


def test_no_stage_is_left_out() -> None:
    assert set(WALKABLE) == set(Stage) - {Stage.NEW}
