"""挂账 from beginning to end: asked by the clerk, signed by the head, agreed to, looked at after a quarter, parked on
with a new plan, struck off in the end; what happens to the promise, and what the citizen is told each time.
"""

from datetime import datetime, timedelta
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from hotline.oversight.clocks.engine import fire_due
from hotline.oversight.messaging.models import CitizenMessage
from hotline.plumbing.messages import run_many_reactions
from hotline.rules.vocabulary import CITY_TZ, ClockKind, Stage
from hotline.tickets.queries import ticket_file
from tests.cast import Cast
from tests.oversight.notices.ringing import bells, react
from tests.visits import at, signed_in

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ASKED = {
    "cause": "funds",
    "plan": "已报财政，明年第一批资金到位后施工。",
    "responsible": "工程科科长 周工",
    "finish_on": "2026-12-31",
    "review_on": "2026-06-15",
}


def posted(cast: Cast, who: str, act: str, number: str, moment: datetime, **fields: Any) -> None:
    """A form as the page has it, with the version that it shows."""
    with at(moment):
        client = signed_in(cast, who)
        answer = client.post(f"/handling/{act}/{number}/", fields | {"next": f"/parking/{number}/"})
    assert answer.status_code == 302, answer.content.decode()
    react(moment)


def react_to_the_engine(now: datetime) -> None:
    """What follows what the engine did, as its workers would."""
    jobs = ProcrastinateJob.objects.filter(task_name="react_to_many").order_by("pk")
    assert jobs.exists()
    for job in jobs:
        run_many_reactions(**job.args, now=now)
    jobs._raw_delete("default")


def told(number: str) -> list[str]:
    return list(
        CitizenMessage.objects.filter(number=number, kind__contains="parked")
        .order_by("pk")
        .values_list("kind", flat=True)
    )


def said(cast: Cast, who: str, address: str, moment: datetime) -> str:
    with at(moment):
        answer = signed_in(cast, who).get(address)
    assert answer.status_code == 200, (who, address)
    return str(answer.content.decode())


def test_asked_signed_confirmed_reviewed_and_struck_off(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    number, moment = ticket.number, ticket.at + HOUR
    react(ticket.at)
    promised = ticket.state.clocks[ClockKind.REPLY].due_at

    # asked by the clerk: the head's turn, the office hears nothing, the clock runs
    posted(cast, "cgj_handler", "propose-park", number, moment, **ASKED)
    assert "signature_awaited" in bells()["cgj_head"]
    assert "parking_asked" not in bells().get("supervisor", [])
    assert not cast.seen(ticket).state.clocks[ClockKind.REPLY].paused

    # signed: the office is asked; the citizen is told only when it has agreed
    posted(cast, "cgj_head", "sign-off", number, moment + HOUR)
    assert "parking_asked" in bells()["supervisor"]
    assert told(number) == []
    posted(cast, "supervisor", "confirm-park", number, moment + 2 * HOUR, note="同意，按季度复核")
    state = cast.seen(ticket).state
    assert (state.stage, state.clocks[ClockKind.REPLY].paused) == (Stage.PARKED, True)
    assert told(number) == ["parked"]
    assert "2026年6月15日" in said(cast, "cgj_handler", f"/parking/{number}/", moment + 3 * HOUR)

    # the quarter passes and nobody looks at it: the engine says so, and the supervisors' desk
    late = datetime(2026, 6, 16, 9, 0, tzinfo=CITY_TZ)
    assert fire_due(now=late).fired >= 1
    react_to_the_engine(late)
    assert "parking_review_late" in bells()["supervisor"]
    assert "overdue" in bells()["cgj_head"]
    assert "1 件挂账到了复核日期" in said(cast, "supervisor", "/supervision/", late)

    # reviewed: a new plan, signed and agreed to, begins the next quarter
    again = ASKED | {"plan": "资金已列入下一批计划，前期手续办理过半。", "review_on": "2026-09-10"}
    posted(cast, "cgj_handler", "propose-park", number, late + HOUR, **again)
    posted(cast, "cgj_head", "sign-off", number, late + 2 * HOUR)
    posted(cast, "supervisor", "confirm-park", number, late + 3 * HOUR)
    assert told(number) == ["parked", "still_parked"]
    state = cast.seen(ticket).state
    review = state.clocks[ClockKind.PARK_REVIEW]
    assert (review.round, review.due_at.astimezone(CITY_TZ).date().isoformat()) == (2, "2026-09-10")
    assert state.clocks[ClockKind.REPLY].paused
    page = said(cast, "supervisor", f"/parking/{number}/", late + 4 * HOUR)
    assert all(words in page for words in ("复核 1 次", "前期手续办理过半", "第一批资金到位"))

    # struck off: the unit works on, the promise goes on by what was left of it, and the citizen is told by when
    end = datetime(2026, 8, 3, 10, 0, tzinfo=CITY_TZ)
    posted(cast, "supervisor", "strike-off", number, end, note="资金到位，可以施工")
    state = cast.seen(ticket).state
    assert state.stage is Stage.HANDLING
    reply = state.clocks[ClockKind.REPLY]
    assert (reply.paused, reply.met) == (False, None)
    assert end < reply.due_at < end + (promised - ticket.at) + 5 * DAY
    assert told(number) == ["parked", "still_parked", "unparked"]
    assert number not in said(cast, "supervisor", "/parking/", end + HOUR)
    assert number in said(cast, "supervisor", "/parking/?show=ended", end + HOUR)

    # the history says all of it, and the answer that comes now is signed by the head too
    file = ticket_file(number, actor=cast.actor("supervisor"), now=end + HOUR)
    story = [entry.name for entry in file.timeline if entry.name.startswith("parking.")]
    once = ["parking.drafted", "parking.proposed"]
    assert story == [*once, "parking.confirmed", *once, "parking.renewed", "parking.struck_off"]
    assert state.heavy
