"""归档: what ended long enough ago by its own profile is frozen, and nothing else."""

from datetime import timedelta

import pytest

from hotline.oversight.clocks.archiving import archive_ended
from hotline.rules.vocabulary import Stage
from hotline.tickets.checking import Tally, check_tickets
from tests.cast import Cast

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_ended_tickets_are_archived_after_the_days_of_their_profile(cast: Cast) -> None:
    closed, handling = cast.ticket_at(Stage.CLOSED), cast.ticket_at(Stage.HANDLING)
    declined = cast.ticket_at(Stage.NOT_ACCEPTED)
    last = max(closed.at, declined.at)
    assert archive_ended(now=last + 29 * DAY) == 0
    assert archive_ended(now=last + 30 * DAY, batch=1) == 2
    stages = [cast.seen(ticket).state.stage for ticket in (closed, declined, handling)]
    assert stages == [Stage.ARCHIVED, Stage.ARCHIVED, Stage.HANDLING]
    assert archive_ended(now=last + 300 * DAY) == 0
    assert list(check_tickets(Tally())) == []
