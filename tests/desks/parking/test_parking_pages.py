"""The parked list as pages: who finds what on it, what it says, and that nothing on it is foreign to its reader."""

import csv
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta

import pytest

from hotline.rules import acts
from hotline.rules.vocabulary import CITY_TZ, Stage
from tests.cast import Cast, Ticket
from tests.visits import at, latin, said, signed_in
from tests.walks import OPENING

MOST = 8
Limit = Callable[[int], AbstractContextManager[object]]
pytestmark = pytest.mark.django_db
REVIEW = date(2026, 6, 15)
SOON = OPENING + timedelta(days=1)
ON_THE_DAY = datetime(2026, 6, 15, 9, 0, tzinfo=CITY_TZ)


def plan(**changes: object) -> acts.ProposePark:
    said: dict[str, object] = {
        "cause": "funds",
        "plan": "已报财政，明年第一批资金到位后施工。",
        "responsible": "工程科科长 周工",
        "finish_on": date(2027, 3, 31),
        "review_on": REVIEW,
    }
    return acts.ProposePark(**(said | changes))  # type: ignore[arg-type]  # a plan with something else in it


def drafted(cast: Cast, **changes: object) -> Ticket:
    return cast.do(cast.ticket_at(Stage.HANDLING), "cgj_handler", plan(**changes))


def parked(cast: Cast, **changes: object) -> Ticket:
    asked = cast.do(drafted(cast, **changes), "cgj_head", acts.SignOff())
    return cast.do(asked, "supervisor", acts.ConfirmPark(note="同意"))


def page(cast: Cast, who: str, address: str, moment: datetime = SOON, lang: str = "zh-hans") -> str:
    with at(moment):
        answer = signed_in(cast, who, lang=lang).get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return str(answer.content.decode())


def test_the_list_says_cause_plan_who_answers_and_the_next_review(cast: Cast) -> None:
    ticket = parked(cast)
    html = page(cast, "supervisor", "/parking/")
    assert not latin(html)
    text = said(html)
    for words in ("资金未落实", "已报财政", "工程科科长 周工", "2027年3月31日", "6月15日", "在账 1", "到期待复核 0"):
        assert words in " ".join(text.split()), words
    assert f"/parking/{ticket.number}/" in html
    assert "light-green" in html


def test_the_lamp_follows_the_time_used_up_and_the_due_ones_stand_under_their_tab(cast: Cast) -> None:
    parked(cast)
    assert "light-amber" in page(cast, "supervisor", "/parking/", ON_THE_DAY)
    due = page(cast, "supervisor", "/parking/?show=due", ON_THE_DAY)
    assert "小区门口占道经营" in due
    assert "light-red" in page(cast, "supervisor", "/parking/?show=due", ON_THE_DAY + timedelta(days=2))
    assert "没有这样的挂账工单" in page(cast, "supervisor", "/parking/?show=due")


def test_the_supervisors_desk_says_how_many_reviews_are_due(cast: Cast) -> None:
    parked(cast)
    assert "挂账到期待复核" not in page(cast, "supervisor", "/supervision/")
    html = page(cast, "supervisor", "/supervision/", ON_THE_DAY)
    assert "1 件挂账到了复核日期" in html
    assert "/parking/?show=due" in html


def test_what_waits_for_the_head_is_known_in_the_unit_only(cast: Cast) -> None:
    ticket = drafted(cast)
    assert "小区门口占道经营" in page(cast, "cgj_head", "/parking/?show=signing")
    for who in ("sthj_handler", "supervisor", "director"):
        with at(SOON):
            client = signed_in(cast, who)
            assert "小区门口占道经营" not in client.get("/parking/?show=signing").content.decode()
            assert client.get(f"/parking/{ticket.number}/").status_code == 404
    html = page(cast, "cgj_head", f"/parking/{ticket.number}/")
    assert "等主要领导签字" in html
    assert f"/handling/sign-off/{ticket.number}/" in html


def test_a_unit_reads_its_own_and_no_other(cast: Cast) -> None:
    ticket = parked(cast)
    assert "小区门口占道经营" in page(cast, "cgj_handler", "/parking/")
    with at(SOON):
        other = signed_in(cast, "sthj_head")
        assert "小区门口占道经营" not in other.get("/parking/").content.decode()
        refused = other.get(f"/parking/{ticket.number}/")
    assert refused.status_code == 404
    assert "没有这件挂账" in refused.content.decode()


def test_administrators_are_not_let_in(cast: Cast) -> None:
    with at(SOON):
        assert signed_in(cast, "system_admin").get("/parking/").status_code == 403


def test_cause_and_unit_narrow_the_list_and_what_is_no_filter_is_ignored(cast: Cast) -> None:
    parked(cast)
    for address in ("?cause=funds", "?unit=CGJ", "?cause=nowhere", "?unit=NOWHERE", "?page=x", "?page=0", "?show=what"):
        assert "小区门口占道经营" in page(cast, "supervisor", f"/parking/{address}"), address
    for address in ("?cause=planning", "?unit=STHJ", "?page=2"):
        assert "小区门口占道经营" not in page(cast, "supervisor", f"/parking/{address}"), address


def test_one_matter_says_all_of_it_and_what_can_be_done(cast: Cast) -> None:
    ticket = parked(cast)
    html = page(cast, "supervisor", f"/parking/{ticket.number}/")
    assert not latin(html)
    for words in ("已报财政", "尚未复核", "已挂账", "已申请挂账", "已起草挂账申请，待主要领导签字", "同意"):
        assert words in said(html), words
    assert f"/handling/strike-off/{ticket.number}/" in html
    handler = page(cast, "cgj_handler", f"/parking/{ticket.number}/")
    assert f"/handling/propose-park/{ticket.number}/" in handler
    assert f"/handling/strike-off/{ticket.number}/" not in handler


def test_a_new_plan_waits_beside_the_one_in_force(cast: Cast) -> None:
    ticket = parked(cast)
    later = ON_THE_DAY - timedelta(days=5)
    again = plan(plan="与产权单位谈过两轮，还差一户。", review_on=date(2026, 9, 1))
    ticket = cast.do(ticket, "cgj_handler", again, at=later)
    ticket = cast.do(ticket, "cgj_head", acts.SignOff(), at=later + timedelta(minutes=5))
    html = page(cast, "supervisor", "/parking/?show=asked", later + timedelta(hours=1))
    assert "已报新计划，待决定" in html
    assert "已报财政" in html, "until the office agrees the former plan holds"
    cast.do(ticket, "supervisor", acts.ConfirmPark(), at=later + timedelta(hours=2))
    html = page(cast, "supervisor", f"/parking/{ticket.number}/", later + timedelta(hours=3))
    assert "复核 1 次" in html
    assert "还差一户" in html
    assert "2026年9月1日" in html


def test_the_sheet_has_the_same_rows_and_no_formula(cast: Cast) -> None:
    parked(cast, plan="=1+1 先做临时处置")
    with at(SOON):
        answer = signed_in(cast, "supervisor").get("/parking/sheet.csv?cause=funds")
    assert answer["Content-Disposition"] == 'attachment; filename="parking-20260318.csv"'
    heading, row = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    found = dict(zip(heading, row, strict=True))
    assert found["挂账原因"] == "资金未落实"
    assert found["解决计划"] == "'=1+1 先做临时处置"
    assert found["下次复核日期"] == "2026年6月15日"
    assert found["销号时间"] == ""


def test_the_paper_is_chinese_for_everybody(cast: Cast) -> None:
    parked(cast)
    html = page(cast, "director", "/parking/paper/?unit=CGJ", lang="en")
    assert not latin(html)
    for words in ("挂账清单", "共 1 件", "资金未落实", "工程科科长 周工", "2026年3月18日"):
        assert words in said(html), words
    empty = page(cast, "director", "/parking/paper/?cause=planning")
    assert "没有这样的挂账工单" in empty


def test_what_was_struck_off_stays_to_be_read(cast: Cast) -> None:
    ticket = parked(cast)
    cast.do(ticket, "cgj_head", acts.StrikeOff(note="资金到位，可以办了"), at=SOON)
    later = SOON + timedelta(hours=1)
    assert "小区门口占道经营" not in page(cast, "supervisor", "/parking/", later)
    assert "小区门口占道经营" in page(cast, "supervisor", "/parking/?show=ended", later)
    html = page(cast, "supervisor", f"/parking/{ticket.number}/", later)
    assert "已离开清单" in html
    assert "资金到位，可以办了" in html


@pytest.mark.parametrize("address", ["/parking/", "/parking/?show=ended", "/parking/paper/", "/parking/sheet.csv"])
def test_pages_keep_to_their_statements(cast: Cast, django_assert_max_num_queries: Limit, address: str) -> None:
    for _ in range(3):
        parked(cast)
    client = signed_in(cast, "supervisor")
    with at(SOON):
        client.get(address)
        with django_assert_max_num_queries(MOST):
            assert client.get(address).status_code == 200


def test_one_matter_keeps_to_its_statements(cast: Cast, django_assert_max_num_queries: Limit) -> None:
    """The ticket with its history, its files and its messages: four more than a list."""
    ticket = parked(cast)
    client = signed_in(cast, "supervisor")
    with at(SOON):
        client.get(f"/parking/{ticket.number}/")
        with django_assert_max_num_queries(12):
            assert client.get(f"/parking/{ticket.number}/").status_code == 200
