"""Several people at one instruction, and several instructions at once: numbers without a gap, each deed done once."""

from dataclasses import replace

import pytest

from hotline.oversight.instructions import commands
from hotline.oversight.instructions.commands import Done
from hotline.oversight.instructions.jobs import note_dates
from hotline.oversight.instructions.models import Ask, Instruction, InstructionEntry
from hotline.oversight.instructions.rows import entry_of, state_of
from hotline.oversight.notices.models import Notice
from hotline.rules.instructions import Deed, Order, Status, fold
from hotline.rules.vocabulary import Flag, Stage, UnitCode
from tests.cast import Cast
from tests.concurrency.test_tickets_at_once import at_once
from tests.oversight.instructions.instructing import DAY, brought, did, wanted
from tests.walks import OPENING

pytestmark = pytest.mark.django_db(transaction=True)


def test_instructions_recorded_at_once_get_numbers_without_a_gap(cast: Cast) -> None:
    order, actor = wanted(cast), cast.actor("supervisor")

    def receive(place: int) -> Done:
        said = order if place % 3 else replace(order, readers=frozenset())
        return commands.receive(said, actor=actor, now=OPENING)

    assert sum(done.ok for done in at_once(12, receive, threads=6)) == 8
    assert sorted(Instruction.objects.values_list("serial", flat=True)) == list(range(1, 9))


def test_two_accept_two_reports_at_once_and_neither_is_lost(cast: Cast) -> None:
    row = brought(cast, Status.DISTRIBUTED)
    for who in ("cgj_handler", "sthj_handler"):
        assert did(cast, row, who, Deed.REPORT).ok
    actor = cast.actor("supervisor")

    def accept(place: int) -> Done:
        order = Order(deed=Deed.ACCEPT, unit=UnitCode(("CGJ", "STHJ")[place % 2]))
        return commands.do(row.pk, order=order, actor=actor, now=OPENING)

    assert sum(done.ok for done in at_once(8, accept, threads=8)) == 2
    row.refresh_from_db()
    assert (row.status, row.accepted) == ("accepted", ["CGJ", "STHJ"])
    entries = InstructionEntry.objects.filter(instruction=row).order_by("seq")
    assert fold(map(entry_of, entries)) == state_of(row)


def test_one_ticket_linked_to_many_at_once_is_marked_once(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    order, actor = wanted(cast, tickets=[ticket.number]), cast.actor("supervisor")
    done = at_once(6, lambda _place: commands.receive(order, actor=actor, now=ticket.at), threads=6)
    assert all(one.ok for one in done), [one.refusals for one in done]
    assert Flag.INSTRUCTION in cast.seen(ticket).state.flags


def test_a_report_and_a_new_date_at_once_leave_both(cast: Cast) -> None:
    row = brought(cast, Status.DISTRIBUTED)
    handler, supervisor = cast.actor("cgj_handler"), cast.actor("supervisor")
    orders = (
        (handler, Order(deed=Deed.REPORT, text="已查处")),
        (supervisor, Order(deed=Deed.MOVE_DUE, text="延后", due_at=OPENING + 50 * DAY)),
    )

    def act(place: int) -> Done:
        actor, order = orders[place]
        return commands.do(row.pk, order=order, actor=actor, now=OPENING)

    assert all(done.ok for done in at_once(2, act, threads=2))
    row.refresh_from_db()
    assert (row.reported, row.due_at) == (["CGJ"], OPENING + 50 * DAY)
    assert Ask.objects.get(instruction=row, unit="CGJ").reported


def test_dates_are_told_once_though_several_workers_look(cast: Cast) -> None:
    brought(cast, Status.DISTRIBUTED)
    before = Notice.objects.count()
    noted = at_once(6, lambda _place: note_dates(now=OPENING + 11 * DAY), threads=6)
    assert sum(noted) == 2
    told = Notice.objects.order_by("pk")[before:]
    assert len({(one.recipient_id, one.seq) for one in told}) == len(told) > 0
