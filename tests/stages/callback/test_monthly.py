"""The monthly list: each unit's callbacks, only for it and those above, unchanged once it is written down."""

import csv
import io
from datetime import datetime, timedelta

import pytest

from hotline.rules import acts
from hotline.rules.vocabulary import CITY_TZ, Stage, UnitCode
from hotline.stages.callback.commands.monthly import close_month
from hotline.stages.callback.models import MonthLine
from hotline.stages.callback.queries.monthly import bounds, lines_of, month_before
from tests.cast import Cast
from tests.visits import at, latin, signed_in
from tests.walks import OPENING, content, dissatisfied

pytestmark = pytest.mark.django_db
APRIL = datetime(2026, 4, 2, 9, 0, tzinfo=CITY_TZ)
LATE = OPENING.replace(day=20)


@pytest.fixture
def month(cast: Cast) -> Cast:
    """March: 市城管局 has one content and one angry citizen and one that nobody reached; 生态环境局 a content one."""
    for said in (content(), dissatisfied()):
        cast.do(cast.ticket_at(Stage.PENDING_CALLBACK), "callback_officer", said, at=LATE)
    cast.do(cast.ticket_at(Stage.PENDING_CALLBACK, lead="STHJ"), "callback_officer", content(), at=LATE)
    return cast


def rows(cast: Cast, who: str, table: str = "units", **more: str) -> list[list[str]]:
    with at(APRIL):
        answer = signed_in(cast, who).get("/callback/monthly/2026-03/", {"table": table, **more})
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_office_reads_every_unit(month: Cast) -> None:
    assert [row[:8] for row in rows(month, "director")] == [
        ["承办单位", "回访", "已接通", "联系不上", "免回访", "响应率", "解决率", "满意率"],
        ["市城管局", "2", "2", "0", "0", "100.0%", "50.0%", "50.0%"],
        ["市生态环境局", "1", "1", "0", "0", "100.0%", "100.0%", "100.0%"],
    ]


@pytest.mark.parametrize(
    ("who", "units"), [("cgj_handler", ["市城管局"]), ("sthj_head", ["市生态环境局"]), ("ly_head", [])]
)
def test_a_unit_reads_its_own(month: Cast, who: str, units: list[str]) -> None:
    assert [row[0] for row in rows(month, who)[1:]] == units
    if units == ["市城管局"]:
        assert [row[0] for row in rows(month, who, unit="STHJ")[1:]] == []


def test_who_has_no_business_with_tickets_is_denied(month: Cast) -> None:
    with at(APRIL):
        assert signed_in(month, "system_admin").get("/callback/monthly/2026-03/").status_code == 403


def test_the_list_says_nothing_of_who_asked_or_what_they_said(month: Cast) -> None:
    with at(APRIL):
        html = signed_in(month, "cgj_handler").get("/callback/monthly/2026-03/").content.decode()
    text = html + str(rows(month, "cgj_handler", "callbacks"))
    assert "小区门口占道经营" in text
    for secret in ("张建军", "13800000000", "第二天摊贩又来了"):
        assert secret not in text
    assert not {word for word in latin(html) if not word.isupper()}


def test_a_callback_counts_for_the_unit_that_led_then(cast: Cast) -> None:
    ticket = cast.do(cast.ticket_at(Stage.PENDING_CLOSE), "reviewer", acts.OrderRework(reason="没有解决"), at=LATE)
    cast.do(ticket, "dispatcher", acts.Reassign(lead_unit=UnitCode("STHJ"), reason="职责调整"), at=LATE)
    assert [(line.unit, line.outcome) for line in lines_of("2026-03")] == [("CGJ", "dissatisfied")]


def test_a_month_is_written_down_once_and_never_while_it_runs(month: Cast) -> None:
    assert close_month(month="2026-03", now=LATE) == 0
    assert close_month(month="2026-03", now=APRIL) == 3
    assert close_month(month="2026-03", now=APRIL + timedelta(days=1)) == 0
    before = rows(month, "director")
    MonthLine.objects.filter(unit="STHJ").delete()
    assert rows(month, "director") != before
    assert len(lines_of("2026-03")) == 3


def test_a_callback_of_the_last_minute_of_the_month_is_in_it(cast: Cast) -> None:
    span = bounds("2026-03")
    assert span is not None
    ticket = cast.ticket_at(Stage.PENDING_CALLBACK)
    cast.do(ticket, "callback_officer", content(), at=span[1] - timedelta(seconds=1))
    assert len(lines_of("2026-03")) == 1
    assert lines_of("2026-04") == []


@pytest.mark.parametrize("name", ["2026-13", "2026-3", "abc", "2027-01"])
def test_what_is_no_month_or_has_not_begun_is_not_there(cast: Cast, name: str) -> None:
    with at(APRIL):
        assert signed_in(cast, "director").get(f"/callback/monthly/{name}/").status_code == 404


def test_a_spreadsheet_never_takes_a_title_for_a_formula(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.PENDING_CALLBACK, register={"title": "=HYPERLINK(1)"})
    cast.do(ticket, "callback_officer", content(), at=LATE)
    assert rows(cast, "director", "callbacks")[1][1] == "'=HYPERLINK(1)"


def test_the_month_before_january_is_december() -> None:
    assert month_before(datetime(2026, 1, 1, 0, 5, tzinfo=CITY_TZ)) == "2025-12"
