"""现场督办 from beginning to end: the unit replied, the citizen was not satisfied, the ticket was closed all the same.
A supervisor goes there without a word, finds the stalls still standing, and the unit must do it again, and sooner.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from hotline.oversight.supervision.models import Supervision
from hotline.rules import acts
from hotline.rules.supervision.visits import Check
from hotline.rules.vocabulary import ClockKind, Rating, Resolution, Stage
from hotline.tickets.queries import ticket_file
from hotline.tickets.rulebook import rulebook
from tests.cast import Cast, Ticket
from tests.oversight.notices.ringing import bells, react
from tests.oversight.supervision.visiting import snapshot
from tests.visits import at, signed_in

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FINDING = "上午八时到场，门口仍有七个摊位占道，与答复不符。"
REPLY = "已安排早高峰定岗值守，连续七日没有摊贩占道，请诉求人监督。"


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=tmp_path / "attachments"):
        yield


def said(cast: Cast, who: str, address: str, moment: datetime) -> str:
    with at(moment):
        return str(signed_in(cast, who).get(address).content.decode())


def posted(cast: Cast, who: str, address: str, moment: datetime, **fields: Any) -> Any:
    with at(moment):
        answer = signed_in(cast, who).post(address, fields)
    assert answer.status_code == 302, answer.content.decode()
    return answer


def closed_though_dissatisfied(cast: Cast) -> Ticket:
    """回访 at four one afternoon: the stalls are there again; the reviewer closes with a reason."""
    ticket = cast.ticket_at(Stage.PENDING_CLOSE)
    assert ticket.state.rating is not None
    assert ticket.state.rating <= Rating.DISSATISFIED
    closing = acts.Close(reason="explained", note="单位称已经清理，向诉求人作了解释")
    ticket = cast.do(ticket, "reviewer", closing, at=ticket.at + HOUR)
    assert ticket.state.stage is Stage.CLOSED
    react(ticket.at)
    return ticket


def limit_of(ticket: Ticket) -> int:
    """How many working days the unit has, as its clock says."""
    clock = ticket.state.clocks[ClockKind.UNIT_REPLY]
    calendar = rulebook(now=ticket.at, profile=ticket.state.profile).calendar
    first, last = clock.started_at.date(), clock.due_at.date()
    return sum(calendar.is_workday(first + n * DAY) for n in range(1, (last - first).days + 1))


def handled_again(cast: Cast, ticket: Ticket) -> Ticket:
    """The unit does it again, its heads sign, the reviewer passes it, and the citizen is asked once more."""
    replied = acts.SubmitReply(resolution=Resolution.RESOLVED, reply=REPLY)
    ticket = cast.do(ticket, "cgj_handler", replied, at=ticket.at + DAY)
    for head in ("cgj_section", "cgj_deputy"):
        ticket = cast.do(ticket, head, acts.SignOff(opinion="同意"))
    ticket = cast.do(ticket, "reviewer", acts.PassReview(grade="good", note="照片和诉求人意见齐全"))
    content = acts.RecordCallback(
        responded=True, resolution=Resolution.RESOLVED, rating=Rating.SATISFIED, words="这次真的没有了"
    )
    return cast.do(ticket, "callback_officer", content, at=ticket.at + DAY)


def test_reply_dissatisfied_closed_visited_problem_rework_satisfied(cast: Cast):
    ticket = closed_though_dissatisfied(cast)
    first_limit = limit_of(ticket)

    # the ladder proposes a visit; only the office's supervisors see it
    row = Supervision.objects.get(number=ticket.number, kind="on_site")
    assert (row.status, row.causes) == ("proposed", ["dissatisfied"])
    assert "办结后仍不满意" in said(cast, "supervisor", "/supervision/", ticket.at + HOUR)

    # opened with one click from the desk; the unit hears nothing
    rung = len(bells().get("cgj_handler", []))
    desk = {"next": "/supervision/", "version": row.version}
    posted(cast, "supervisor", f"/supervision/{row.pk}/open/", ticket.at + HOUR, **desk)
    there = ticket.at + DAY
    for who in ("cgj_handler", "cgj_head"):
        assert "现场" not in said(cast, who, f"/supervision/ticket/{ticket.number}/", there)
        with at(there):
            assert signed_in(cast, who).get(f"/supervision/{row.pk}/").status_code == 404
    assert len(bells().get("cgj_handler", [])) == rung

    # on the spot: a photo with its time and place, the list, the finding
    photo = SimpleUploadedFile("门口.jpg", snapshot(there), "image/jpeg")
    posted(cast, "supervisor", f"/supervision/{row.pk}/visit/photos/", there, file=photo)
    answers = dict.fromkeys((check.value for check in Check), "unclear") | {"remains": "yes", "as_replied": "no"}
    posted(cast, "supervisor", f"/supervision/{row.pk}/visit/", there + HOUR, problem="yes", text=FINDING, **answers)
    react(there + HOUR)

    # the ticket is the unit's again, with a shorter limit, and it reads why and sees the photo
    ticket = cast.seen(ticket)
    assert (ticket.state.stage, ticket.state.lead_unit) == (Stage.REWORK, "CGJ")
    assert 1 <= limit_of(ticket) < first_limit
    assert len(bells()["cgj_handler"]) > rung
    ours = said(cast, "cgj_handler", f"/supervision/{row.pk}/", there + 2 * HOUR)
    assert all(words in ours for words in (FINDING, "北纬31.85833", "与单位答复一致"))
    assert FINDING in said(cast, "cgj_handler", f"/tickets/{ticket.number}/", there + 2 * HOUR)

    # done again in time, and this time the citizen is satisfied
    ticket = handled_again(cast, ticket)
    assert (ticket.state.stage, ticket.state.rating) == (Stage.CLOSED, Rating.SATISFIED)
    react(ticket.at)
    end = {"close-text": "重办到位，诉求人满意", "close-outcome": "problem_found"}
    posted(cast, "supervisor", f"/supervision/{row.pk}/close/", ticket.at + HOUR, **end)
    row.refresh_from_db()
    assert (row.status, row.outcome) == ("closed", "problem_found")
    told = ticket_file(ticket.number, actor=cast.actor("supervisor"), now=ticket.at + HOUR).timeline
    story = [entry.name for entry in told]
    wanted = ["callback.dissatisfied", "callback.closed", "visit.problem_found", "handling.replied", "callback.settled"]
    assert [name for name in story if name in wanted][-5:] == wanted
    assert Supervision.objects.filter(number=ticket.number, kind="on_site").count() == 1
