"""The page of quarrels: its figures are those of the ledger, it says so where there are none, and who may read it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from hotline.desks.overview.quarrel_figures import caught_by, figures
from hotline.desks.overview.quarrel_lines import MOST_UNITS, drawing
from hotline.registry.units.models import Unit
from hotline.rules import acts
from hotline.rules.jurisdiction import Directory, DirectoryRule
from hotline.rules.quarrels import PairRow, Step
from hotline.rules.vocabulary import CITY_TZ, Stage, UnitCode
from hotline.tickets.acting.names import names
from hotline.tickets.rulebook import rulebook, rulebooks
from hotline.tickets.ways import Earlier, ways, ways_without_owner
from tests.cast import Cast, Ticket
from tests.visits import at, latin, said, signed_in
from tests.walks import OPENING

pytestmark = pytest.mark.django_db
LATER = OPENING + timedelta(days=10)
MOST = 8
Limit = Callable[[int], AbstractContextManager[object]]
NOISE = "040101"


def page(cast: Cast, who: str = "director", *, query: str = "", lang: str = "zh-hans", moment: datetime = LATER) -> str:
    with at(moment):
        answer = signed_in(cast, who, lang=lang).get(f"/overview/quarrels/{query}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def a_quarrel(cast: Cast) -> Ticket:
    """Urban management gave one back for good; nobody has it now."""
    ticket = cast.ticket_at(Stage.RETURN_REQUESTED, lead="CGJ")
    return cast.do(ticket, "dispatcher", acts.AcceptReturn(finding="理由成立"))


def a_dispute(cast: Cast) -> Ticket:
    """Urban management and ecology have both given it back for good: the second opens the dispute."""
    ticket = a_quarrel(cast)
    cast.do(ticket, "dispatcher", acts.Dispatch(lead_unit=UnitCode("STHJ"), note="请按期办理"))
    basis = "没有处罚权"
    proposed = UnitCode("CGJ")
    cast.do(
        ticket, "sthj_handler", acts.RequestReturn(reason="not_competent", legal_basis=basis, proposed_unit=proposed)
    )
    cast.do(ticket, "sthj_deputy", acts.SignOff())
    return cast.do(ticket, "dispatcher", acts.AcceptReturn(finding="理由成立"))


def read(cast: Cast, days: int = 30) -> Any:
    return figures(actor=cast.actor("director"), days=days, book=rulebook(now=LATER), now=LATER)


def test_an_empty_city_says_so_everywhere(cast: Cast) -> None:
    html = said(page(cast))
    for sentence in ("每件工单都有单位在办", "没有退单", "没有按先例派出的工单", "没有两家互相推的工单"):
        assert sentence in html


def test_the_figures_of_a_few_tickets(cast: Cast) -> None:
    cast.ticket_at(Stage.CLOSED, lead="CGJ")
    cast.ticket_at(Stage.REGISTERED)
    lost = a_quarrel(cast)
    found = read(cast)
    assert (found.tickets, found.certain, found.accuracy) == (2, 1, 1)
    (row,) = found.returns
    assert (row.unit, row.given, row.founded, row.unfounded, row.waiting) == ("CGJ", 2, 1, 0, 0)
    assert found.steps[Step.FIRST] == 1
    (nobodys,) = found.owned_by_nobody
    assert (nobodys.ticket, nobodys.disputed) == (lost.number, False)
    html = page(cast)
    assert "100.0%" in html
    assert lost.number in html
    assert "待再派" in html


def test_nobodys_tickets_are_shown_however_old(cast: Cast) -> None:
    lost = a_quarrel(cast)
    much_later = OPENING + timedelta(days=200)
    found = figures(actor=cast.actor("director"), days=30, book=rulebook(now=much_later), now=much_later)
    assert found.tickets == 0
    assert [row.ticket for row in found.owned_by_nobody] == [lost.number]
    assert lost.number in page(cast, moment=much_later)


def test_a_dispute_is_drawn_and_stands_in_the_table(cast: Cast) -> None:
    assert a_dispute(cast).state.stage is Stage.JURISDICTION_DISPUTE
    found = read(cast)
    (pair,) = found.pairs
    assert (pair.units, pair.tickets, pair.disputes) == (("CGJ", "STHJ"), 1, 1)
    assert (pair.first_named_second, pair.second_named_first) == (1, 1)
    html = page(cast)
    assert 'class="quarrels"' in html
    assert "style=" not in html
    assert "争议中" in html


def test_only_those_who_see_everything_read_ways(cast: Cast) -> None:
    a_quarrel(cast)
    actor = cast.actor("cgj_handler")
    assert ways(actor=actor, since=OPENING - timedelta(days=1), until=LATER, precedents={}) == ()
    assert ways_without_owner(actor=actor, precedents={}) == ()


@pytest.mark.parametrize("who", ["director", "auditor", "supervisor"])
def test_who_may_read_it(cast: Cast, who: str) -> None:
    assert "争议统计" in page(cast, who)


@pytest.mark.parametrize("who", ["agent", "cgj_head", "system_admin"])
def test_who_may_not(cast: Cast, who: str) -> None:
    client = signed_in(cast, who)
    assert client.get("/overview/quarrels/").status_code == 403
    assert client.get("/api/v1/overview/quarrels").status_code == 403


def test_other_systems_read_the_same(cast: Cast) -> None:
    lost = a_quarrel(cast)
    with at(LATER):
        client = signed_in(cast, "supervisor")
        body = client.get("/api/v1/overview/quarrels?days=90").json()
        assert client.get("/api/v1/overview/quarrels?days=7").status_code == 422
        assert client.get("/api/v1/overview/quarrels?day=30").status_code == 422
    assert body["tickets"] == 1
    assert [row["ticket"] for row in body["nobodys"]] == [lost.number]
    assert body["returns"][0]["unit"] == "CGJ"
    assert body["first_dispatch_accuracy"] is None
    assert [row["step"] for row in body["steps"]] == [step.value for step in Step]


def test_an_odd_stretch_of_time_is_the_usual_one(cast: Cast) -> None:
    assert "近 30 天" in page(cast, query="?days=7")
    assert 'href="?days=90" aria-current="page"' in page(cast, query="?days=90")


def test_it_reads_in_chinese_and_takes_few_statements(cast: Cast, django_assert_max_num_queries: Limit) -> None:
    a_dispute(cast)
    assert not latin(page(cast))
    director = signed_in(cast, "director")
    with at(LATER):
        director.get("/overview/quarrels/")
        with django_assert_max_num_queries(MOST):
            director.get("/overview/quarrels/")


def test_a_precedent_is_compared_with_what_its_rule_would_have_caught() -> None:
    rule = DirectoryRule(
        id="0401-90", categories=("0401",), lead=UnitCode("STHJ"), source="会办裁定", valid_from=date(2026, 3, 2)
    )

    def one(key: int, category: str, at_: datetime) -> Earlier:
        return Earlier(id=key, text="夜间施工", category=category, region="340103", at=at_)

    before = (
        one(1, NOISE, datetime(2026, 3, 1, 23, 59, tzinfo=CITY_TZ)),
        one(2, NOISE, datetime(2026, 3, 2, 0, 0, tzinfo=CITY_TZ)),
        one(3, "010101", datetime(2026, 2, 1, tzinfo=CITY_TZ)),
    )
    assert caught_by(rule, before, Directory()) == (1,)


@pytest.mark.usefixtures("cast")
def test_the_drawing_has_each_pair_once_and_the_worst_darkest() -> None:
    known = names(LATER.date(), rulebooks().stamps[1])

    def pair(first: str, second: str, tickets: int, category: str = NOISE) -> PairRow:
        return PairRow(
            units=(UnitCode(first), UnitCode(second)),
            category=category,
            tickets=tickets,
            first_named_second=0,
            second_named_first=0,
            disputes=0,
        )

    drawn = drawing((pair("CGJ", "STHJ", 7), pair("CGJ", "STHJ", 1, "040203"), pair("CJJ", "STHJ", 1)), known, "zh")
    assert [(square.tickets, square.shade) for square in drawn.squares] == [(8, 4), (1, 1)]
    assert all(square.x < square.y for square in drawn.squares), "below the diagonal"
    assert len(drawn.labels) == 3
    assert len(drawn.squares) + len(drawn.blanks) == 3, "each pair has its square"
    many = drawing(tuple(pair(f"A{n:02}", f"B{n:02}", 1) for n in range(20)), known, "zh")
    assert len(many.labels) == MOST_UNITS
    assert drawing((), known, "zh").squares == ()


def test_a_unit_that_is_no_more_counts_under_its_successor(cast: Cast) -> None:
    a_dispute(cast)
    Unit.objects.filter(code="CGJ").update(valid_to=(OPENING + timedelta(days=5)).date(), successor="SFB")
    found = read(cast)
    assert {row.unit for row in found.units} == {"SFB", "STHJ"}
    assert {unit for pair in found.pairs for unit in pair.units} == {"SFB", "STHJ"}
    before = OPENING + timedelta(days=4)
    earlier = figures(actor=cast.actor("director"), days=30, book=rulebook(now=before), now=before)
    assert {row.unit for row in earlier.units} == {"CGJ", "STHJ"}, "until the day of the succession it is still itself"


def test_unfounded_returns_are_a_figure_of_the_unit(cast: Cast) -> None:
    for _ in range(2):
        cast.do(cast.ticket_at(Stage.RETURN_REQUESTED), "dispatcher", acts.RejectReturn(finding="属你单位职责"))
    a_quarrel(cast)
    (row,) = read(cast).units
    assert (row.unit, row.given, row.founded, row.unfounded) == ("CGJ", 3, 1, 2)
    html = said(page(cast))
    assert "不成立的退单计入考核" in html
    assert "66.7%" in html
    with at(LATER):
        body = signed_in(cast, "auditor").get("/api/v1/overview/quarrels").json()
    assert body["units"] == [{"unit": "CGJ", "given": 3, "founded": 1, "unfounded": 2, "waiting": 0}]
