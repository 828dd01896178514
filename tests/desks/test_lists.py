"""Lists: the tickets of a desk, narrowed, page by page, and only for those who work there."""

from datetime import timedelta

import pytest

from hotline.rules import acts
from hotline.rules.vocabulary import RequestType, Stage, UnitCode
from tests.cast import Cast
from tests.visits import at, latin, signed_in
from tests.walks import OPENING

pytestmark = pytest.mark.django_db
LATER = OPENING + timedelta(hours=3)


def page(cast: Cast, who: str, address: str) -> str:
    with at(LATER):
        answer = signed_in(cast, who).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_desk_shows_what_waits_there_and_nothing_else(cast: Cast) -> None:
    waiting = cast.ticket_at(Stage.PENDING_DISPATCH)
    handled = cast.ticket_at(Stage.HANDLING)
    shown = page(cast, "dispatcher", "/desk/dispatch/")
    assert waiting.number in shown
    assert handled.number not in shown
    assert latin(shown) <= {"DH"} | set(_numbers(shown))


def _numbers(html: str) -> list[str]:
    return [part for part in html.split() if part.isalnum()]


def test_units_see_their_own_tickets_only(cast: Cast) -> None:
    ours = cast.ticket_at(Stage.PENDING_SIGN)
    theirs = cast.ticket_at(Stage.PENDING_SIGN, lead="STHJ")
    shown = page(cast, "cgj_handler", "/desk/inbox/")
    assert ours.number in shown
    assert theirs.number not in shown


@pytest.mark.parametrize(
    ("who", "desk", "status"),
    [
        ("dispatcher", "dispatch", 200),
        ("dispatcher", "callback", 403),
        ("cgj_handler", "dispatch", 403),
        ("cgj_handler", "inbox", 200),
        ("system_admin", "open", 403),
        ("dispatcher", "nowhere", 404),
    ],
)
def test_a_desk_is_for_those_who_work_there(cast: Cast, who: str, desk: str, status: int) -> None:
    assert signed_in(cast, who).get(f"/desk/{desk}/").status_code == status


def test_an_administrator_has_no_business_with_tickets(cast: Cast) -> None:
    admin = signed_in(cast, "system_admin")
    assert admin.get("/tickets/").status_code == 403
    assert admin.get("/").headers["Location"] == "/people/"


@pytest.mark.parametrize(("who", "address"), [("agent", "/intake/new/"), ("cgj_handler", "/desk/inbox/")])
def test_home_is_the_first_desk(cast: Cast, who: str, address: str) -> None:
    assert signed_in(cast, who).get("/").headers["Location"] == address


def test_filters_narrow_and_chips_switch_off_again(cast: Cast) -> None:
    complaint = cast.ticket_at(Stage.REGISTERED)
    help_wanted = cast.ticket_at(Stage.REGISTERED, register={"request_type": RequestType.HELP})
    shown = page(cast, "agent", "/tickets/?type=help")
    assert help_wanted.number in shown
    assert complaint.number not in shown
    assert "类型：求助" in shown
    assert 'href="?" aria-label="取消“类型：求助”"' in shown
    assert '<a class="chip" href="?type=help&amp;urgency=critical">特急</a>' in shown


def test_overdue_shows_only_what_is_late(cast: Cast) -> None:
    late = cast.ticket_at(Stage.PENDING_SIGN, at=OPENING - timedelta(days=10))
    fresh = cast.ticket_at(Stage.PENDING_SIGN)
    shown = page(cast, "supervisor", "/desk/open/?light=overdue")
    assert late.number in shown
    assert fresh.number not in shown
    assert "light-red" in shown
    assert "已超" in shown


def test_pages_follow_one_another_without_gap_or_repeat(cast: Cast) -> None:
    numbers = {cast.opened(at=OPENING + timedelta(minutes=n)).number for n in range(53)}
    first = page(cast, "agent", "/tickets/?stage=registered")
    address = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert "stage=registered" in address
    second = page(cast, "agent", f"/tickets/{address}")
    seen = [{n for n in numbers if f">{n}<" in shown} for shown in (first, second)]
    assert (len(seen[0]), len(seen[1])) == (50, 3)
    assert seen[0] | seen[1] == numbers
    assert 'rel="next"' not in second
    assert "回到第一页" in second


@pytest.mark.parametrize("after", ["x", "2026_1", "2026-03-17T09:30:00+08:00_", "_", "2026-99-99T09:30:00+08:00_1"])
def test_a_mangled_address_shows_the_first_page(cast: Cast, after: str) -> None:
    ticket = cast.ticket_at(Stage.REGISTERED)
    with at(LATER):
        answer = signed_in(cast, "agent").get("/tickets/", {"after": after})
    assert ticket.number in answer.content.decode()


def test_a_whole_number_opens_its_ticket(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.REGISTERED)
    with at(LATER):
        answer = signed_in(cast, "agent").get("/tickets/", {"q": f" {ticket.number} "})
    assert answer.headers["Location"] == f"/tickets/{ticket.number}/"


def test_a_number_out_of_sight_is_not_given_away(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    shown = page(cast, "sthj_handler", f"/tickets/?q={ticket.number}")
    assert f"没有找到“{ticket.number}”" in shown


def test_an_empty_desk_says_so_kindly(cast: Cast) -> None:
    assert "这里没有等您处理的工单" in page(cast, "reviewer", "/desk/review/")
    assert "没有符合条件的工单" in page(cast, "reviewer", "/desk/review/?urgency=critical")


def test_the_rail_counts_what_waits(cast: Cast) -> None:
    cast.ticket_at(Stage.PENDING_DISPATCH)
    cast.ticket_at(Stage.PENDING_DISPATCH)
    cast.ticket_at(Stage.HANDLING)
    shown = page(cast, "dispatcher", "/desk/dispatch/")
    rail = shown.split('<nav class="rail"')[1].split("</nav>")[0]
    assert "<span>转办台</span><em>2</em>" in rail
    assert "<span>联合会办</span></a>" in rail
    assert "<span>全部在办</span><em>3</em>" in rail


def test_a_district_sees_what_its_streets_hold(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING, lead="LY")
    given = cast.do(ticket, "ly_dispatcher", acts.Delegate(to_unit=UnitCode("LY-SXK")))
    for who in ("ly_dispatcher", "street_handler"):
        assert given.number in page(cast, who, "/desk/inbox/")


def test_english_readers_get_english(cast: Cast) -> None:
    cast.ticket_at(Stage.PENDING_DISPATCH)
    with at(LATER):
        shown = signed_in(cast, "dispatcher", lang="en").get("/desk/dispatch/").content.decode()
    assert "Awaiting dispatch" in shown
    assert "Complaint" in shown
    assert "h left" in shown or "min left" in shown
