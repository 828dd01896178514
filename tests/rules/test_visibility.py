"""Who sees which ticket and how much of who asked: one rule, whatever the list, the role and the ticket's story."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.rules import acts as a
from hotline.rules.lifecycle import SYSTEM, Actor
from hotline.rules.state import Delegation, TicketState
from hotline.rules.visibility import (
    CALLING_CONFIDENTIAL,
    OFFICE_ONLY,
    REPORTERS_WORDS,
    TEXT_FIELDS,
    UNMASKING,
    RequesterView,
    may_see,
    readable_fields,
    requester_view,
    sees_attachment,
    sees_text,
    view_of,
    visible_units,
)
from hotline.rules.vocabulary import ADMIN_ROLES, OFFICE_ROLES, UNIT_ROLES, Flag, Purpose, Role, Stage, VisibleTo
from tests.rules import cast as c
from tests.rules import scenes as s
from tests.rules.cast import (
    CITY,
    DISPATCHER,
    DISTRICT,
    ECOLOGY,
    HANDLER,
    HOUSING,
    STREET,
    SUPERVISOR,
    UNITS,
    URBAN,
    member,
)

MUCH = [RequesterView.HIDDEN, RequesterView.MASKED, RequesterView.UNMASKABLE]

units = st.sampled_from(UNITS)
tickets = st.builds(
    TicketState,
    stage=st.sampled_from(Stage),
    lead_unit=st.none() | units,
    co_units=st.lists(units, max_size=2, unique=True).map(tuple),
    guidance=st.lists(units, max_size=1).map(tuple),
    copied=st.lists(units, max_size=1).map(tuple),
    delegation=st.none() | st.builds(Delegation, unit=units),
    returned_by=st.lists(units, max_size=2, unique=True).map(tuple),
    flags=st.frozensets(st.sampled_from(Flag), max_size=3),
)
people = st.builds(
    lambda roles, unit: replace(member(unit), roles=roles),
    st.frozensets(st.sampled_from(Role), min_size=1, max_size=3),
    units,
)


@given(tickets, people)
def test_one_ticket_is_judged_as_lists_are_filtered(ticket: TicketState, actor: Actor):
    view = view_of(actor)
    listed = view.everything or any(unit in view.units for unit in visible_units(ticket))
    assert may_see(actor, ticket) is listed
    assert not (view.nothing and listed)


@given(tickets, people)
def test_who_may_not_see_a_ticket_learns_nothing_of_it(ticket: TicketState, actor: Actor):
    if not may_see(actor, ticket):
        assert requester_view(actor, ticket) is RequesterView.HIDDEN
        assert not any(sees_text(actor, ticket, field) for field in TEXT_FIELDS)


@given(tickets, people, st.sampled_from(Role))
def test_another_role_never_shows_less(ticket: TicketState, actor: Actor, role: Role):
    more = replace(actor, roles=actor.roles | {role})
    assert may_see(more, ticket) or not may_see(actor, ticket)
    assert MUCH.index(requester_view(more, ticket)) >= MUCH.index(requester_view(actor, ticket))
    assert readable_fields(more) >= readable_fields(actor)


@given(tickets, people)
def test_confidential_never_shows_more(ticket: TicketState, actor: Actor):
    secret = replace(ticket, flags=ticket.flags | {Flag.CONFIDENTIAL})
    open_one = replace(ticket, flags=ticket.flags - {Flag.CONFIDENTIAL})
    assert MUCH.index(requester_view(actor, secret)) <= MUCH.index(requester_view(actor, open_one))
    for field in TEXT_FIELDS:
        assert sees_text(actor, open_one, field) or not sees_text(actor, secret, field)


@given(tickets, people)
def test_no_unit_ever_learns_who_asked_in_confidence(ticket: TicketState, actor: Actor):
    secret = replace(ticket, flags=ticket.flags | {Flag.CONFIDENTIAL})
    if not actor.roles & CALLING_CONFIDENTIAL:
        assert requester_view(actor, secret) is RequesterView.HIDDEN
    if not actor.roles & (OFFICE_ROLES | {Role.SYSTEM}):
        assert not any(sees_text(actor, secret, field) for field in REPORTERS_WORDS)
        assert not any(sees_text(actor, secret, field, own_words=True) for field in TEXT_FIELDS)


@given(tickets, st.sampled_from(UNITS), st.sampled_from(sorted(UNIT_ROLES)))
def test_units_never_read_what_is_the_offices_alone(ticket: TicketState, unit: c.UnitCode, role: Role):
    clerk = member(unit, role)
    assert not any(sees_text(clerk, ticket, field) for field in OFFICE_ONLY)
    assert not view_of(clerk).everything


@given(tickets, people, st.sampled_from(Purpose), st.sampled_from([VisibleTo.TICKET, VisibleTo.OFFICE]))
def test_no_unit_opens_what_was_sent_in_confidence(
    ticket: TicketState, actor: Actor, purpose: Purpose, whom: VisibleTo
):
    """Nor does a unit that stands above the office: what the office has added is not the unit's own."""
    secret = replace(ticket, flags=ticket.flags | {Flag.CONFIDENTIAL})
    handled = purpose is Purpose.HANDLING and whom is VisibleTo.TICKET
    apart = actor.unit != c.OFFICE and c.OFFICE not in visible_units(ticket)
    if apart and not handled and not view_of(actor).everything:
        assert not sees_attachment(actor, secret, purpose=purpose, visible_to=whom, added_by_unit=c.OFFICE)


@given(tickets)
def test_administrators_and_requesters_have_no_view_of_tickets(ticket: TicketState):
    for role in (*ADMIN_ROLES, Role.CITIZEN):
        assert not may_see(replace(HANDLER, roles=frozenset({role})), ticket)


@given(tickets, st.sampled_from(sorted(OFFICE_ROLES)))
def test_the_office_sees_every_ticket_and_unmasks_where_its_work_needs_it(ticket: TicketState, role: Role):
    clerk = c.office(role)
    assert may_see(clerk, ticket)
    entitled = CALLING_CONFIDENTIAL if Flag.CONFIDENTIAL in ticket.flags else UNMASKING
    assert (requester_view(clerk, ticket) is RequesterView.UNMASKABLE) is (role in entitled)


def test_somebody_without_a_unit_is_not_taken_for_the_holder_of_a_ticket_without_lead():
    ticket = TicketState(stage=Stage.JOINT_HANDLING, returned_by=(ECOLOGY,))
    lost = replace(HANDLER, unit=None)
    assert requester_view(lost, ticket) is RequesterView.MASKED


# By story


def sees(unit: c.UnitCode, story: c.Story) -> bool:
    return may_see(member(unit), story.state)


def test_a_ticket_is_seen_by_lead_co_unit_and_the_unit_above():
    story = c.handled()
    assert [unit for unit in UNITS if sees(unit, story)] == [URBAN, ECOLOGY, CITY]
    assert requester_view(HANDLER, story.state) is RequesterView.UNMASKABLE
    assert requester_view(member(URBAN), story.state) is RequesterView.MASKED
    assert requester_view(member(CITY), story.state) is RequesterView.MASKED


def test_a_street_sees_its_districts_ticket_only_while_it_has_the_work():
    story = c.at_district()
    assert not sees(STREET, story)
    story.do(c.LUYANG_DESK, a.Delegate(to_unit=STREET))
    assert sees(STREET, story)
    assert requester_view(c.STREET_CLERK, story.state) is RequesterView.UNMASKABLE
    story.do(c.LUYANG_DESK, a.RecallDelegation(reason="自办"))
    assert not sees(STREET, story)
    assert sees(DISTRICT, story)


def test_a_unit_whose_return_was_accepted_sees_the_ticket_again_only_in_the_dispute():
    story = c.return_asked()
    assert sees(ECOLOGY, story)
    story.do(DISPATCHER, a.AcceptReturn(finding="成立"))
    assert not sees(ECOLOGY, story)
    story.do(DISPATCHER, a.Dispatch(lead_unit=URBAN))
    assert not sees(ECOLOGY, story)
    story.do(member(URBAN, Role.DEPUTY_HEAD), c.asks_return()).do(DISPATCHER, a.AcceptReturn(finding="成立"))
    assert story.stage is Stage.JURISDICTION_DISPUTE
    assert sees(ECOLOGY, story)
    assert sees(URBAN, story)
    story.do(SUPERVISOR, a.RuleProvisionally(lead_unit=ECOLOGY, finding="先办"))
    assert sees(ECOLOGY, story)
    assert not sees(URBAN, story)


def test_a_unit_reads_the_brief_of_a_report_and_not_the_reporters_words():
    story = c.handled(confidential=True)
    assert sees_text(HANDLER, story.state, "for_unit")
    assert not sees_text(HANDLER, story.state, "content")
    assert sees_text(DISPATCHER, story.state, "content")
    assert sees_text(HANDLER, c.handled().state, "content")


def test_the_system_sees_all_and_strangers_nothing():
    story = s.marked_key()
    assert view_of(SYSTEM).everything
    assert not sees(HOUSING, story)


@pytest.mark.parametrize("tale", list(c.STORIES.values()), ids=[stage.value for stage in c.STORIES])
def test_whoever_can_act_can_see(tale: c.Tale):
    """No button for a ticket that its presser could not open; requesters come by their query code instead."""
    story = tale()
    for who in c.EVERYBODY:
        if who.roles & UNIT_ROLES:
            assert may_see(who, story.state) or not story.offered(who), who.id
