"""A ticket in hand at a desk: the second is told who has it, a claim ends by itself, and nobody is ever locked out."""

from datetime import timedelta

import pytest

from hotline.rules.vocabulary import Stage
from hotline.tickets.access import OpenTicket, look_at
from hotline.tickets.claims import LASTS, claim, held_among, held_at, let_go, next_free
from hotline.tickets.models import Claim
from hotline.tickets.queries import TicketFilter
from tests.cast import Cast, Ticket

pytestmark = pytest.mark.django_db
SOON = timedelta(minutes=5)
WAITING = TicketFilter(stages=("pending_review",), order="due")


def opened(cast: Cast, ticket: Ticket) -> OpenTicket:
    return look_at(ticket.number, actor=cast.actor("supervisor"))


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    return cast.ticket_at(Stage.PENDING_REVIEW)


def test_the_second_is_told_who_has_it(cast: Cast, ticket: Ticket) -> None:
    first = claim(opened(cast, ticket), desk="review", actor=cast.actor("reviewer"), now=ticket.at)
    second = claim(opened(cast, ticket), desk="review", actor=cast.actor("supervisor"), now=ticket.at + SOON)
    assert (first.mine, first.until) == (True, ticket.at + LASTS)
    assert (second.mine, second.who, second.since, second.until) == (False, "何静", ticket.at, ticket.at + LASTS)


def test_to_look_again_keeps_it_longer_and_remembers_since_when(cast: Cast, ticket: Ticket) -> None:
    reviewer = cast.actor("reviewer")
    claim(opened(cast, ticket), desk="review", actor=reviewer, now=ticket.at)
    again = claim(opened(cast, ticket), desk="review", actor=reviewer, now=ticket.at + SOON)
    assert (again.since, again.until) == (ticket.at, ticket.at + SOON + LASTS)
    later = claim(opened(cast, ticket), desk="review", actor=reviewer, now=ticket.at + SOON + LASTS)
    assert later.since == ticket.at + SOON + LASTS


def test_after_a_quarter_of_an_hour_the_next_one_has_it(cast: Cast, ticket: Ticket) -> None:
    claim(opened(cast, ticket), desk="review", actor=cast.actor("reviewer"), now=ticket.at)
    just_before = claim(
        opened(cast, ticket), desk="review", actor=cast.actor("supervisor"), now=ticket.at + LASTS - SOON
    )
    at_its_end = claim(opened(cast, ticket), desk="review", actor=cast.actor("supervisor"), now=ticket.at + LASTS)
    assert (just_before.mine, at_its_end.mine) == (False, True)
    assert Claim.objects.count() == 1


def test_desks_do_not_stand_in_each_others_way(cast: Cast, ticket: Ticket) -> None:
    claim(opened(cast, ticket), desk="review", actor=cast.actor("reviewer"), now=ticket.at)
    assert claim(opened(cast, ticket), desk="callback", actor=cast.actor("callback_officer"), now=ticket.at).mine


def test_only_the_holder_lets_go(cast: Cast, ticket: Ticket) -> None:
    reviewer, supervisor = cast.actor("reviewer"), cast.actor("supervisor")
    claim(opened(cast, ticket), desk="review", actor=reviewer, now=ticket.at)
    let_go(opened(cast, ticket), desk="review", actor=supervisor)
    held = held_at(opened(cast, ticket), desk="review", actor=supervisor, now=ticket.at)
    assert held is not None
    assert held.who == "何静"
    let_go(opened(cast, ticket), desk="review", actor=reviewer)
    assert held_at(opened(cast, ticket), desk="review", actor=supervisor, now=ticket.at) is None


def test_the_next_ticket_is_one_that_nobody_else_has(cast: Cast, ticket: Ticket) -> None:
    reviewer, supervisor = cast.actor("reviewer"), cast.actor("supervisor")
    second = cast.ticket_at(Stage.PENDING_REVIEW, at=ticket.at + SOON)
    third = cast.ticket_at(Stage.PENDING_REVIEW, at=second.at + SOON)
    now = third.at
    claim(opened(cast, second), desk="review", actor=supervisor, now=now)
    assert next_free(WAITING, desk="review", actor=reviewer, now=now) == ticket.number
    assert next_free(WAITING, desk="review", actor=reviewer, now=now, but=ticket.number) == third.number
    assert next_free(WAITING, desk="review", actor=supervisor, now=now, but=ticket.number) == second.number
    assert next_free(WAITING, desk="review", actor=reviewer, now=now + LASTS, but=ticket.number) == second.number
    assert set(held_among([ticket.number, second.number], desk="review", actor=reviewer, now=now)) == {second.number}


def test_an_empty_desk_has_no_next(cast: Cast) -> None:
    assert next_free(WAITING, desk="review", actor=cast.actor("reviewer"), now=cast.ticket_at(Stage.CLOSED).at) == ""
