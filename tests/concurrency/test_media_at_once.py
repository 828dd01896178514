"""Several people act at once: each list is agreed to once and gets a number, no answer is released twice."""

import pytest

from hotline.oversight.supervision.media.commands import Done
from hotline.oversight.supervision.media.jobs import note_late
from hotline.oversight.supervision.media.models import Handover, HandoverEntry
from hotline.rules.media import Deed, Status
from hotline.rules.vocabulary import Stage
from tests.cast import Cast
from tests.concurrency.test_tickets_at_once import at_once
from tests.oversight.supervision.media.handing import brought, did, proposed
from tests.walks import OPENING

pytestmark = pytest.mark.django_db(transaction=True)


def test_lists_agreed_to_at_once_get_numbers_without_a_gap(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    rows = [proposed(cast, ticket) for _ in range(12)]

    def agree(place: int) -> Done:
        return did(cast, Handover.objects.get(pk=rows[place].pk), "team_leader", Deed.AGREE)

    assert all(done.ok for done in at_once(12, agree, threads=6))
    assert sorted(Handover.objects.values_list("serial", flat=True)) == list(range(1, 13))


def test_an_answer_is_released_or_returned_once(cast: Cast) -> None:
    row = brought(cast, Status.HANDED)
    assert did(cast, row, "cgj_handler", Deed.ANSWER).ok

    def weigh(place: int) -> Done:
        deed = (Deed.RELEASE, Deed.RETURN_ANSWER)[place % 2]
        return did(cast, Handover.objects.get(pk=row.pk), "team_leader", deed)

    assert sum(done.ok for done in at_once(8, weigh, threads=8)) == 1
    assert HandoverEntry.objects.filter(handover=row, deed__in=["release", "return_answer"]).count() == 1


def test_a_missed_date_is_noted_by_one_of_many_workers(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    for _ in range(5):
        assert did(cast, proposed(cast, ticket), "team_leader", Deed.AGREE).ok
    late = OPENING.replace(year=OPENING.year + 1)
    assert sum(at_once(4, lambda _: note_late(now=late), threads=4)) == 5
