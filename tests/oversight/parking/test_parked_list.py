"""The list in SQL and the rules' own standing are twins: for every ticket, every reader and every moment."""

from datetime import date, datetime, timedelta

import pytest

from hotline.oversight.parking.queries import due_reviews, waiting
from hotline.plumbing.clock import frozen
from hotline.rules import acts
from hotline.rules.parking import Standing, may_see, standing_of
from hotline.rules.visibility import view_of
from hotline.rules.vocabulary import CITY_TZ, Stage
from hotline.tickets.parked import counts, one, parked
from tests.cast import Cast, Ticket
from tests.walks import OPENING

pytestmark = pytest.mark.django_db
READERS = ("supervisor", "director", "agent", "cgj_handler", "cgj_head", "sthj_head", "ly_dispatcher", "system_admin")
REVIEW = date(2026, 6, 15)
MOMENTS = tuple(datetime(2026, month, day, 9, 0, tzinfo=CITY_TZ) for month, day in ((3, 20), (6, 14), (6, 15), (6, 16)))


def plan(cause: str = "funds", review_on: date = REVIEW) -> acts.ProposePark:
    return acts.ProposePark(
        cause=cause, plan="分期改造", responsible="周工", finish_on=date(2026, 12, 31), review_on=review_on
    )


def drafted(cast: Cast) -> Ticket:
    return cast.do(cast.ticket_at(Stage.HANDLING), "cgj_handler", plan())


def asked(cast: Cast) -> Ticket:
    return cast.do(drafted(cast), "cgj_head", acts.SignOff())


def agreed(cast: Cast) -> Ticket:
    return cast.do(asked(cast), "supervisor", acts.ConfirmPark())


def planned_anew(cast: Cast) -> Ticket:
    return cast.do(agreed(cast), "cgj_handler", plan("planning"))


def struck_off(cast: Cast) -> Ticket:
    return cast.do(agreed(cast), "cgj_head", acts.StrikeOff(note="可以办了"))


def asked_again(cast: Cast) -> Ticket:
    """Struck off, and on its way to be parked once more."""
    return cast.do(struck_off(cast), "cgj_handler", plan())


TALES = (drafted, asked, agreed, planned_anew, struck_off, asked_again)


def test_list_and_rules_agree_about_everything(cast: Cast) -> None:
    tickets = [tale(cast) for tale in TALES] + [cast.ticket_at(Stage.HANDLING), cast.ticket_at(Stage.PARKED, lead="LY")]
    for who in READERS:
        actor = cast.actor(who)
        inside = not view_of(actor).everything
        for moment in MOMENTS:
            listed = {
                standing: {row.number for row in parked(actor=actor, now=moment, standing=standing).rows}
                for standing in Standing
            }
            for ticket in tickets:
                wanted = standing_of(ticket.state, moment.date(), inside=inside)
                found = one(ticket.number, actor=actor, now=moment)
                seen = may_see(actor, ticket.state)
                assert (found.standing if found else None) == (wanted if seen else None), (who, moment, ticket)
                if seen and wanted is not None:
                    assert ticket.number in listed[wanted]


def test_tabs_count_what_their_lists_show(cast: Cast) -> None:
    for tale in TALES:
        tale(cast)
    for who in READERS:
        for moment in MOMENTS:
            actor = cast.actor(who)
            number = counts(actor=actor, now=moment)
            shown = {s: len(parked(actor=actor, now=moment, standing=s).rows) for s in Standing}
            assert (number.parked, number.due) == (shown[Standing.PARKED], shown[Standing.DUE])
            assert (number.asked, number.signing) == (shown[Standing.ASKED], shown[Standing.SIGNING])


def test_the_words_are_those_of_the_plan_in_force(cast: Cast) -> None:
    ticket = agreed(cast)
    another = acts.ProposePark(
        cause="planning", plan="改为明年", responsible="郑工", finish_on=date(2027, 6, 1), review_on=REVIEW
    )
    ticket = cast.do(ticket, "cgj_head", another)
    supervisor = cast.actor("supervisor")
    row = one(ticket.number, actor=supervisor, now=ticket.at)
    assert row is not None
    assert (row.words, row.responsible, row.anew) == ("分期改造", "周工", True)
    ticket = cast.do(ticket, "supervisor", acts.ConfirmPark())
    row = one(ticket.number, actor=supervisor, now=ticket.at)
    assert row is not None
    assert row.plan is not None
    assert (row.words, row.plan.cause, row.reviews, row.anew) == ("改为明年", "planning", 1, False)


def test_pages_follow_one_another_and_the_first_due_comes_first(cast: Cast) -> None:
    days = [date(2026, 6, 10), date(2026, 5, 10), date(2026, 6, 1)]
    for day in days:
        ticket = cast.do(cast.ticket_at(Stage.HANDLING), "cgj_head", plan(review_on=day))
        cast.do(ticket, "supervisor", acts.ConfirmPark())
    actor, now = cast.actor("supervisor"), OPENING + timedelta(days=1)
    pages = [parked(actor=actor, now=now, page=number, limit=2) for number in (1, 2, 3)]
    assert [page.more for page in pages] == [True, False, False]
    found = [row.plan.review_on for page in pages for row in page.rows if row.plan]
    assert found == sorted(days)


def test_what_waits_is_counted_for_who_can_do_something(cast: Cast) -> None:
    asked(cast)
    agreed(cast)
    for who, before, after in (("supervisor", 1, 2), ("cgj_head", 0, 1), ("sthj_head", 0, 0), ("director", 0, 1)):
        with frozen(MOMENTS[0]):
            assert waiting(cast.actor(who)).count() == before, who
        with frozen(MOMENTS[2]):
            assert waiting(cast.actor(who)).count() == after, who
    assert due_reviews(actor=cast.actor("supervisor"), now=MOMENTS[2]) == 1
