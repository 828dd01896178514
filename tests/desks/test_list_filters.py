"""The address of a list: what is understood, what is told, and that nothing personal stands in it."""

from datetime import timedelta
from urllib.parse import parse_qsl

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from hotline.desks.filters import PERSONAL, TITLES, Asked, address, asked_for, filters_on, pairs_of
from hotline.plumbing.clock import today
from hotline.rules.vocabulary import Stage, Urgency
from hotline.tickets.acting.names import names
from hotline.tickets.queries import TicketFilter
from hotline.tickets.rulebook import rulebooks
from tests.cast import Cast
from tests.visits import at, latin, signed_in
from tests.walks import OPENING

pytestmark = pytest.mark.django_db
LATER = OPENING + timedelta(hours=3)


def known():
    return names(today(), rulebooks().stamps[1])


EVERYTHING = TicketFilter()


def asked(query: str, base: TicketFilter = EVERYTHING) -> Asked:
    return asked_for(pairs_of(QueryDict(query)), base=base, order="due", known=known(), at=LATER)


def page(cast: Cast, who: str, target: str, status: int = 200) -> str:
    with at(LATER):
        answer = signed_in(cast, who).get(target)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.parametrize(
    ("query", "field", "value"),
    [
        ("type=complaint", "request_type", "complaint"),
        ("urgency=critical", "urgency", "critical"),
        ("flag=key&flag=group", "flags", ("key", "group")),
        ("stage=handling&stage=rework", "stages", ("handling", "rework")),
        ("channel=WX", "channel", "WX"),
        ("category=0101", "category", "0101"),
        ("region=340100", "region", "3401"),
        ("region=340103", "region", "340103"),
        ("light=overdue", "overdue_at", LATER),
        ("open=1", "only_open", True),
        ("order=oldest", "order", "oldest"),
    ],
)
def test_a_filter_is_read(cast: Cast, query: str, field: str, value: object) -> None:
    del cast
    found = asked(query)
    assert getattr(found.where, field) == value
    assert found.problems == ()
    assert list(found.pairs) == parse_qsl(query)


def test_a_unit_stands_for_all_below_it(cast: Cast) -> None:
    del cast
    held = asked("unit=LY").where.held_in
    assert held[0] == "LY"
    assert "LY-SXK" in held
    assert "CGJ" not in held
    assert asked("unit=LY-SXK").where.held_in == ("LY-SXK",)


def test_days_are_whole_days_of_the_city(cast: Cast) -> None:
    del cast
    where = asked("from=2026-03-17&until=2026-03-17").where
    assert where.opened_from is not None
    assert where.opened_until is not None
    assert where.opened_from.isoformat() == "2026-03-17T00:00:00+08:00"
    assert where.opened_until - where.opened_from == timedelta(days=1)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("type=nonsense", "list.bad_value"),
        ("type=help&type=complaint", "list.bad_value"),
        ("unit=NOWHERE", "list.bad_value"),
        ("region=1", "list.bad_value"),
        ("category=99999", "list.bad_value"),
        ("light=blue", "list.bad_value"),
        ("order=sideways", "list.bad_value"),
        ("from=2026-02-30", "list.bad_value"),
        ("until=1066-10-14", "list.bad_value"),
        ("open=yes", "list.bad_value"),
        ("colour=red", "list.unknown_filter"),
        ("from=2026-03-18&until=2026-03-17", "list.days_reversed"),
        ("q=13805510001", "list.personal"),
        ("q=340103199001011234", "list.personal"),
    ],
)
def test_what_cannot_be_used_is_told_and_not_used(cast: Cast, query: str, code: str) -> None:
    del cast
    found = asked(query)
    assert [problem.code for problem in found.problems] == [code]
    assert len(found.pairs) == (query == "type=help&type=complaint")


def test_a_stage_of_another_desk_is_told(cast: Cast) -> None:
    del cast
    base = TicketFilter(stages=("handling",))
    assert asked("stage=closed", base).problems[0].code == "list.bad_value"
    assert asked("stage=handling", base).where.stages == ("handling",)


def test_what_a_reader_asks_never_widens_a_desk(cast: Cast) -> None:
    waiting, elsewhere = cast.ticket_at(Stage.PENDING_DISPATCH), cast.ticket_at(Stage.HANDLING)
    shown = page(cast, "dispatcher", "/desk/dispatch/?stage=handling&type=complaint")
    assert "筛选条件“环节”中的“handling”无法识别" in shown
    assert waiting.number in shown
    assert elsewhere.number not in shown


def test_the_page_tells_in_its_reader_s_language(cast: Cast) -> None:
    shown = page(cast, "dispatcher", "/desk/dispatch/?type=xyz&colour=1&after=rubbish")
    assert "“类型”中的“xyz”无法识别" in shown
    assert "“colour”不是筛选条件" in shown
    assert "已回到第一页" in shown
    assert "没有符合条件的工单" not in shown
    assert latin(page(cast, "dispatcher", "/desk/dispatch/?urgency=critical&light=today&flag=key&channel=WX")) == set()


def test_each_filter_is_taken_off_alone(cast: Cast) -> None:
    del cast
    found = asked("type=help&flag=key&flag=group&order=oldest")
    off = {on.value: dict(parse_qsl(on.address[1:])) for on in filters_on(found, known(), "zh")}
    assert set(off) == {"help", "key", "group"}
    assert "type" not in off["help"]
    assert off["key"]["flag"] == "group"
    assert all(left["order"] == "oldest" for left in off.values())


@given(st.lists(st.tuples(st.sampled_from(list(TITLES)), st.text(max_size=24)), max_size=6))
def test_whatever_stands_in_an_address_is_understood_or_told(given_pairs: list[tuple[str, str]]) -> None:
    found = asked_for(given_pairs, base=TicketFilter(), order="due", known=known(), at=LATER)
    told = len(found.problems) + len(found.pairs)
    wanted = {(name, value) for name, value in given_pairs if value and (name, value) != ("order", "due")}
    assert told >= len(wanted) - sum(name in {"from", "until"} for name, _ in wanted)
    assert not any(PERSONAL.search(value) for _, value in found.pairs)
    assert dict(parse_qsl(address(found.pairs)[1:])) == dict(found.pairs)


def test_urgency_comes_first_at_the_dispatcher_s_desk(cast: Cast) -> None:
    ordinary = cast.ticket_at(Stage.PENDING_DISPATCH)
    older = cast.ticket_at(Stage.PENDING_DISPATCH, at=OPENING - timedelta(hours=1))
    critical = cast.ticket_at(
        Stage.PENDING_DISPATCH, at=OPENING + timedelta(minutes=30), register={"urgency": Urgency.CRITICAL}
    )
    shown = page(cast, "dispatcher", "/desk/dispatch/")
    places = [shown.index(f">{ticket.number}</a>") for ticket in (critical, older, ordinary)]
    assert places == sorted(places)
    assert "紧急优先" in shown


def test_the_filter_bar_shows_what_is_on_and_offers_the_pickers(cast: Cast) -> None:
    shown = page(cast, "dispatcher", "/desk/open/?unit=CGJ&type=help&from=2026-03-01&filters=1")
    assert '<option value="CGJ" selected' in shown
    assert '<option value="help" selected>' in shown
    assert 'value="2026-03-01"' in shown
    assert shown.count("<type-to-find>") == 3
    assert "承办单位：市城管局" in shown


def test_the_filter_bar_comes_when_it_is_opened(cast: Cast) -> None:
    assert "<type-to-find>" not in page(cast, "dispatcher", "/desk/open/")
    assert "filters=1" in page(cast, "dispatcher", "/desk/open/")
    with at(LATER):
        part = signed_in(cast, "dispatcher", panel=True).get("/desk/open/?filters=1&type=help").content.decode()
    assert part.startswith("<details")
    assert '<option value="help" selected>' in part
    assert latin(part) == set()
