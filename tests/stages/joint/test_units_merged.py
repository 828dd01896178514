"""A unit merged in the middle of a dispute: the ticket, the dispute and everything said in it follow."""

from datetime import date, timedelta

import pytest

from hotline.registry.units.models import Unit
from hotline.rules.joint import Deed, fold
from hotline.rules.lifecycle import SYSTEM
from hotline.rules.vocabulary import CITY_TZ, Stage, UnitCode
from hotline.stages.joint.commands.succeeding import follow_all
from hotline.stages.joint.models import DisputeFile
from hotline.stages.joint.queries.rows import entry_of, state_of
from hotline.tickets.access import look_at
from hotline.tickets.models import LedgerEntry
from tests.cast import Cast
from tests.stages.joint.panels import CGJ, SFJ, STHJ, did, disputed, file_of, heard, ruled, signed, tried

pytestmark = pytest.mark.django_db
HEIR = UnitCode("CJJ")


def merge(unit: UnitCode, into: UnitCode, last: date) -> None:
    Unit.objects.filter(code=unit).update(valid_to=last, successor=into)


def followed(row: DisputeFile, unit: UnitCode = STHJ, into: UnitCode = HEIR) -> DisputeFile:
    """The night after a merger."""
    night = row.last_at + timedelta(days=1)
    merge(unit, into, night.astimezone(CITY_TZ).date())
    follow_all(now=night)
    return DisputeFile.objects.get(pk=row.pk)


def test_the_dispute_and_its_ticket_go_over_together(cast: Cast) -> None:
    row = followed(signed(cast))
    assert (row.parties, row.proposed) == ([CGJ, HEIR], HEIR)
    assert HEIR in row.opinions
    assert STHJ not in row.readers
    state = look_at(row.ticket, actor=SYSTEM).state
    assert STHJ not in state.returned_by
    assert HEIR in state.returned_by
    row = did(cast, row, "supervisor", Deed.RULE)
    assert look_at(row.ticket, actor=SYSTEM).state.lead_unit == HEIR
    assert fold(entry_of(entry) for entry in row.entries.order_by("seq")) == state_of(row)


def test_twice_moves_nothing_and_before_the_day_nothing(cast: Cast) -> None:
    row = file_of(disputed(cast))
    merge(STHJ, HEIR, (row.last_at + timedelta(days=3)).astimezone(CITY_TZ).date())
    assert follow_all(now=row.last_at + timedelta(days=1)) == 0
    night = row.last_at + timedelta(days=4)
    assert follow_all(now=night) == 1
    assert follow_all(now=night) == 0
    assert LedgerEntry.objects.filter(name="ticket.unit_succeeded").count() == 1


def test_what_was_ruled_is_the_successors_and_the_work_goes_on(cast: Cast) -> None:
    row = followed(ruled(cast))
    state = look_at(row.ticket, actor=SYSTEM).state
    assert (row.lead, state.lead_unit, state.stage) == (HEIR, HEIR, Stage.HANDLING)


def test_a_ticket_without_a_dispute_follows_too(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING, lead="STHJ", register=None)
    night = ticket.at + timedelta(days=1)
    merge(STHJ, HEIR, night.astimezone(CITY_TZ).date())
    assert follow_all(now=night) == 1
    assert look_at(ticket.number, actor=SYSTEM).state.lead_unit == HEIR


def test_an_ended_ticket_stays_as_it_was(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.CLOSED, lead="STHJ", register=None)
    night = ticket.at + timedelta(days=1)
    merge(STHJ, HEIR, night.astimezone(CITY_TZ).date())
    assert follow_all(now=night) == 0
    assert look_at(ticket.number, actor=SYSTEM).state.lead_unit == STHJ


def test_a_party_merged_into_the_panel_leaves_the_file_to_the_office(cast: Cast) -> None:
    """The ticket goes over; who judges does not become a party by a job of the night."""
    row = followed(heard(cast), into=SFJ)
    assert STHJ in row.parties
    assert SFJ in look_at(row.ticket, actor=SYSTEM).state.returned_by


def test_the_office_names_a_successor_and_the_ticket_goes_along(cast: Cast) -> None:
    row = did(cast, ruled(cast), "supervisor", Deed.SUCCEED, unit=STHJ, successor=HEIR)
    assert (row.lead, look_at(row.ticket, actor=SYSTEM).state.lead_unit) == (HEIR, HEIR)
    assert [r.code for r in tried(cast, row, "cgj_head", Deed.SUCCEED, unit=CGJ, successor=HEIR).refusals] == [
        "joint.own_case"
    ]


def test_a_ruling_that_names_a_closed_unit_is_refused_until_it_has_a_successor(cast: Cast) -> None:
    row = signed(cast)
    merge(STHJ, HEIR, row.last_at.astimezone(CITY_TZ).date())
    assert [r.code for r in tried(cast, row, "supervisor", Deed.RULE).refusals] == ["joint.unit_closed"]
    assert follow_all(now=row.last_at) == 1
    did(cast, row, "supervisor", Deed.RULE)
