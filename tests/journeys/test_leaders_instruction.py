"""领导批示 from beginning to end: the mayor writes on a ticket about noise. Two people of the office handle it, the
unit learns what it is to do and no more, its head signs the key supervision, the mayor is told, it is struck off.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from hotline.oversight.instructions.models import Instruction, Reading
from hotline.oversight.supervision.models import Supervision
from hotline.rules.vocabulary import Flag, Stage, SupervisionKind
from tests.cast import Cast
from tests.oversight.instructions.instructing import ASKED, LEADER, WORDS, leader
from tests.oversight.notices.ringing import bells, react
from tests.uploads import PDF
from tests.visits import at, signed_in

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=tmp_path / "attachments"):
        yield


def page(cast: Cast, who: str, address: str, moment: datetime) -> str:
    with at(moment):
        return str(signed_in(cast, who).get(address).content.decode())


def posted(cast: Cast, who: str, address: str, moment: datetime, **fields: Any) -> Any:
    with at(moment):
        answer = signed_in(cast, who).post(address, fields)
    assert answer.status_code == 302, answer.content.decode()
    return answer


def test_from_the_mayors_pen_until_it_is_struck_off(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    now = ticket.at + HOUR
    posted(
        cast, "supervisor", "/instructions/new/", now, leader=leader().pk, given_on=f"{now:%Y-%m-%d}", text=WORDS,
        readers=[cast.user("team_leader").pk], tickets=ticket.number, file=SimpleUploadedFile("批示.pdf", PDF),
    )  # fmt: skip
    row = Instruction.objects.get()
    assert (row.due_at - now).days == 7, "five working days, as the profile gives key supervision"
    assert Flag.INSTRUCTION in cast.seen(ticket).state.flags
    react(now)
    key = Supervision.objects.get(number=ticket.number, kind=SupervisionKind.KEY.value)
    assert (key.status, key.units) == ("open", ["CGJ"])
    assert bells()["cgj_head"][-1] == "marked_heavy" or "supervision_opened" in bells()["cgj_head"]

    one = f"/instructions/{row.pk}/"
    posted(cast, "supervisor", f"{one}propose/", now, **{"propose-text": "拟请城管局查处。"})
    posted(cast, "team_leader", f"{one}agree/", now)
    asked = {"distribute-unit_1": "CGJ", "distribute-ask_1": ASKED["CGJ"]}
    posted(cast, "supervisor", f"{one}distribute/", now, **asked)

    seen = page(cast, "cgj_handler", one, now + DAY)
    assert ASKED["CGJ"] in seen
    assert WORDS not in seen
    assert LEADER not in seen
    posted(cast, "cgj_handler", f"{one}report/", now + DAY, **{"report-text": "已查处，夜间停业。"})
    posted(cast, "supervisor", f"{one}accept/", now + DAY, **{"accept-unit": "CGJ"})
    presented = {"present-presented_on": f"{now + DAY:%Y-%m-%d}", "present-text": "已当面汇报。"}
    posted(cast, "supervisor", f"{one}present/", now + DAY, **presented)

    with at(now + DAY):
        early = signed_in(cast, "team_leader").post(
            f"{one}strike-off/", {"strike_off-outcome": "resolved", "strike_off-text": "办结"}
        )
    assert early.status_code == 409
    assert "还有1件重点督办没有结束" in early.content.decode()

    watch = f"/supervision/{key.pk}/"
    posted(cast, "cgj_handler", f"{watch}report/", now + DAY, **{"report-text": "已查处，夜间停业。"})
    posted(cast, "cgj_head", f"{watch}sign/", now + DAY)
    posted(cast, "supervisor", f"{watch}check/", now + 2 * DAY, **{"check-text": "已核实"})
    posted(cast, "supervisor", f"{watch}close/", now + 2 * DAY, **{"close-outcome": "resolved", "close-text": "属实"})
    ended = {"strike_off-outcome": "resolved", "strike_off-text": "领导已阅，办结。"}
    posted(cast, "team_leader", f"{one}strike-off/", now + 2 * DAY, **ended)
    row.refresh_from_db()
    assert (row.status, row.outcome) == ("struck_off", "resolved")
    assert bells()["cgj_handler"][-1] == "instruction_struck_off"

    readers = set(Reading.objects.values_list("person", flat=True))
    assert readers <= {str(cast.user(who).pk) for who in ("supervisor", "team_leader")}
    assert WORDS not in page(cast, "director", one, now + 2 * DAY)
    assert WORDS in page(cast, "team_leader", one, now + 2 * DAY)
