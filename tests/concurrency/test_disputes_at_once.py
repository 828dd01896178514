"""Two dispatchers at one dispute in the same moment: exactly one of them rules, and the other is told so."""

import pytest

from hotline.rules.joint import Deed
from hotline.rules.lifecycle import SYSTEM
from hotline.stages.joint.commands import Done
from hotline.stages.joint.models import DisputeFile, JointEntry
from hotline.tickets.access import look_at
from tests.cast import Cast
from tests.concurrency.test_tickets_at_once import at_once
from tests.stages.joint.panels import CGJ, SPEAKERS, STHJ, convened, did, disputed, file_of, tried

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("seen", [True, False])
def test_two_dispatchers_ruling_at_once_make_one_ruling(cast: Cast, seen: bool) -> None:
    row = file_of(disputed(cast))

    def mediate(place: int) -> Done:
        who, lead = ("dispatcher", STHJ) if place % 2 else ("dispatcher_2", CGJ)
        return tried(cast, row, who, Deed.MEDIATE, lead=lead, tasks=(), version=row.version if seen else None)

    came = at_once(8, mediate, threads=8)
    assert [done.ok for done in came].count(True) == 1
    said = {refusal.code for done in came for refusal in done.refusals}
    assert said == {"joint.moved_on" if seen else "joint.not_now"}
    row.refresh_from_db()
    assert row.lead == look_at(row.ticket, actor=SYSTEM).state.lead_unit


def test_opinions_given_at_once_are_all_kept(cast: Cast) -> None:
    row = convened(cast)

    def opine(place: int) -> Done:
        return tried(cast, row, SPEAKERS[place], Deed.OPINE)

    assert all(done.ok for done in at_once(4, opine, threads=4))
    row.refresh_from_db()
    assert set(row.opinions) == {"CGJ", "STHJ", "BB", "SFJ"}
    seqs = list(JointEntry.objects.filter(dispute=row).order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(1, len(seqs) + 1))


def test_escalating_and_settling_at_once_do_one_of_both(cast: Cast) -> None:
    row = file_of(disputed(cast))

    def turn(place: int) -> Done:
        return tried(cast, row, *(("supervisor", Deed.ESCALATE) if place % 2 else ("dispatcher", Deed.MEDIATE)))

    assert [done.ok for done in at_once(2, turn, threads=2)].count(True) == 1


def test_the_file_is_opened_once(cast: Cast) -> None:
    ticket = disputed(cast, react=False)
    assert len({row.pk for row in at_once(6, lambda _place: file_of(ticket), threads=6)}) == 1
    assert DisputeFile.objects.count() == 1
    did(cast, file_of(ticket), "dispatcher", Deed.MEDIATE)
