"""媒体督办 from beginning to end: a matter that keeps coming is handed to the evening paper, without anybody's name;
the paper writes, the unit answers in public, a supervisor looks again, and it is closed.
"""

from datetime import datetime, timedelta
from typing import Any

import pytest

from hotline.oversight.supervision.media.jobs import note_late
from hotline.oversight.supervision.media.models import Handover
from hotline.oversight.supervision.models import Supervision
from hotline.rules import acts
from hotline.rules.vocabulary import Flag, Stage
from tests.cast import REQUESTER, Cast
from tests.oversight.notices.ringing import bells, react
from tests.oversight.supervision.media.handing import ANSWER, GROUNDS, TOLD, partner
from tests.visits import at, signed_in

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BASE = "/supervision/media/"


def posted(cast: Cast, who: str, address: str, moment: datetime, *, status: int = 302, **fields: Any) -> Any:
    with at(moment):
        answer = signed_in(cast, who).post(address, fields)
    assert answer.status_code == status, answer.content.decode()
    return answer


def read(cast: Cast, who: str, address: str, moment: datetime) -> str:
    with at(moment):
        return str(signed_in(cast, who).get(address).content.decode())


def done(cast: Cast, who: str, row: Handover, deed: str, moment: datetime, **fields: str) -> None:
    said = {f"{deed}-{name}": value for name, value in fields.items()}
    posted(cast, who, f"{BASE}{row.pk}/{deed.replace('_', '-')}/", moment, **said)
    row.refresh_from_db()


def test_a_matter_is_told_to_the_paper_answered_in_public_and_followed_up(cast: Cast):
    # the paper has asked about it: the ladder proposes a media supervision, a supervisor opens it
    ticket = cast.ticket_at(Stage.HANDLING)
    ticket = cast.do(ticket, "supervisor", acts.MarkTicket(flag=Flag.MEDIA))
    react(ticket.at)
    began = Supervision.objects.get(number=ticket.number, kind="media")
    posted(cast, "supervisor", f"/supervision/{began.pk}/open/", ticket.at + HOUR, version=began.version)
    day = (ticket.at + DAY).replace(hour=9)
    assert f"{BASE}new/?supervision={began.pk}" in read(cast, "supervisor", f"/supervision/{began.pk}/", day)

    # what is told names nobody; a first try does, and comes back
    given = {
        "medium": partner(cast).pk, "hand_on": day.date().isoformat(), "tickets": ticket.number, "text": GROUNDS,
    }  # fmt: skip
    address = f"{BASE}new/?supervision={began.pk}&number={ticket.number}"
    slip = f"{TOLD}\n请采访{REQUESTER['name']}"
    back = posted(cast, "supervisor", address, day, status=422, title=slip, **given)
    assert "诉求人的姓名" in back.content.decode()
    posted(cast, "supervisor", address, day, title=TOLD, **given)
    row = Handover.objects.get()

    # units know nothing until a second person agrees
    assert "cgj_handler" not in {who for who, kinds in bells().items() if "media_handed" in kinds}
    done(cast, "team_leader", row, "agree", day + HOUR)
    assert "等公开答复" in read(cast, "cgj_handler", f"{BASE}{row.pk}/", day + HOUR)
    assert bells()["cgj_head"][-1] == "media_handed"
    assert (row.year, row.serial, row.supervision) == (2026, 1, began.pk)

    # the paper writes; the unit is late, is told so, answers, is sent back, answers better
    after = (day + DAY).date().isoformat()
    done(cast, "supervisor", row, "publish", day + DAY, title="路口何时畅通", on=after, text="第3版")
    assert row.due_at is not None
    late = row.due_at + HOUR
    assert note_late(now=late) == 1
    assert bells()["cgj_handler"][-1] == "media_late"
    done(cast, "cgj_handler", row, "answer", late, text="正在研究。")
    done(cast, "team_leader", row, "return_answer", late, unit="CGJ", text="没有写明措施和时间")
    assert "没有写明措施和时间" in read(cast, "cgj_handler", f"{BASE}{row.pk}/", late)
    done(cast, "cgj_handler", row, "answer", late + HOUR, text=ANSWER)
    done(cast, "team_leader", row, "release", late + HOUR, unit="CGJ", on=late.date().isoformat())
    assert row.status == "answered"

    # looked at again, written about again, closed
    then = late + 5 * DAY
    done(cast, "supervisor", row, "follow_up", then, follow="visit", on=then.date().isoformat(), text="路口畅通")
    done(cast, "supervisor", row, "publish", then, title="路口通了", on=then.date().isoformat(), text="第2版")
    done(cast, "supervisor", row, "close", then, outcome="resolved", text="媒体和市民认可")
    assert (row.status, row.publications, row.send_backs) == ("closed", 2, 1)
    for who in ("supervisor", "cgj_handler"):
        page = read(cast, who, f"{BASE}{row.pk}/", then)
        assert all(words in page for words in (ANSWER, "路口何时畅通", "路口通了", "媒体督办办结"))
    assert not any(said in read(cast, "cgj_head", f"{BASE}{row.pk}/paper/", then) for said in REQUESTER.values())
