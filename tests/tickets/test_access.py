"""One door: what somebody may not see is answered like what does not exist, and locks are taken in one order."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from hotline.rules import acts
from hotline.rules.lifecycle import SYSTEM, Actor
from hotline.rules.messages import Refusal
from hotline.rules.visibility import may_see, view_of
from hotline.rules.vocabulary import ADMIN_ROLES, Stage, UnitCode
from hotline.tickets import queries
from hotline.tickets.access import TicketRefused, look_at, take, take_all
from tests.cast import CITIZEN, PEOPLE, Cast
from tests.walks import WALKABLE

NOWHERE = "34010020260317DH999999"
Door = Callable[[str, Actor], object]


def looking(number: str, actor: Actor) -> object:
    return look_at(number, actor=actor)


def taking(number: str, actor: Actor) -> object:
    with transaction.atomic():
        return take(number, actor=actor)


def taking_all(number: str, actor: Actor) -> object:
    with transaction.atomic():
        return take_all([number], actor=actor)


@pytest.mark.parametrize("door", [looking, taking, taking_all])
def test_out_of_sight_and_not_there_are_answered_alike(cast: Cast, door: Door) -> None:
    number = cast.ticket_at(Stage.HANDLING, lead="CGJ").number
    with pytest.raises(TicketRefused) as hidden:
        door(number, cast.actor("sthj_handler"))
    with pytest.raises(TicketRefused) as absent:
        door(NOWHERE, cast.actor("sthj_handler"))
    assert hidden.value.refusal == Refusal("ticket.not_found", {"number": number})
    assert absent.value.refusal == Refusal("ticket.not_found", {"number": NOWHERE})
    assert door(number, cast.actor("cgj_handler"))


@pytest.mark.parametrize("door", [looking, taking, taking_all])
@pytest.mark.parametrize("who", ["system_admin", "security_admin", "audit_admin"])
def test_administrators_have_no_way_to_a_ticket(cast: Cast, door: Door, who: str) -> None:
    number = cast.ticket_at(Stage.REGISTERED).number
    assert cast.actor(who).roles <= ADMIN_ROLES
    with pytest.raises(TicketRefused):
        door(number, cast.actor(who))


def test_an_act_on_an_unseen_ticket_tells_nothing_of_its_stage(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.CLOSED, lead="CGJ")
    outcome = cast.tried(ticket, "sthj_handler", acts.SignIn())
    assert [refusal.code for refusal in outcome.refusals] == ["ticket.not_found"]
    assert (outcome.ticket, outcome.state) == (None, None)


@pytest.mark.parametrize("stage", WALKABLE)
def test_lists_show_exactly_what_the_door_lets_through(cast: Cast, stage: Stage) -> None:
    """The SQL filter and the rule are two writings of one rule; here they meet for everybody and every stage."""
    walked = [cast.ticket_at(stage, lead=lead) for lead in ("CGJ", "STHJ", "LY")]
    everybody = [cast.actor(person.username) for person in PEOPLE] + [SYSTEM, CITIZEN]
    for actor in everybody:
        listed = {row.number for row in queries.tickets(actor=actor, where=queries.TicketFilter()).rows}
        seen = {t.number for t in walked if may_see(actor, t.state)}
        assert listed & {t.number for t in walked} == seen, (actor.roles, stage)


def test_a_delegated_ticket_is_seen_by_the_street_that_has_it(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING, lead="LY")
    with pytest.raises(TicketRefused):
        look_at(ticket.number, actor=cast.actor("street_handler"))
    cast.do(ticket, "ly_dispatcher", acts.Delegate(to_unit=UnitCode("LY-SXK")))
    assert look_at(ticket.number, actor=cast.actor("street_handler")).state.delegation


def test_several_are_locked_by_id_whatever_the_order_asked(cast: Cast) -> None:
    first, second = cast.ticket_at(Stage.REGISTERED), cast.ticket_at(Stage.REGISTERED)
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        opened = take_all([second.number, first.number, second.number], actor=SYSTEM)
    assert [one.row.number for one in opened] == [first.number, second.number]
    assert [one.state for one in opened] == [first.state, second.state]
    (locking,) = [q["sql"] for q in asked if "FOR NO KEY UPDATE" in q["sql"]]
    assert 'ORDER BY "tickets_ticket"."id" ASC FOR NO KEY UPDATE' in locking


def test_one_missing_among_several_is_named(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.REGISTERED)
    with pytest.raises(TicketRefused) as refused, transaction.atomic():
        take_all([ticket.number, NOWHERE], actor=SYSTEM)
    assert refused.value.refusal.params == {"number": NOWHERE}


def test_nobody_without_business_has_a_view() -> None:
    assert view_of(CITIZEN).nothing
    assert not view_of(SYSTEM).nothing
