"""The four orders of a list: each as the rule in Python says, each by its index, and pages that neither repeat nor skip
a ticket while others come in. Filters find what the same rule in Python finds.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotline.rules.lifecycle import SYSTEM
from hotline.rules.vocabulary import TERMINAL, Flag, Proposal, RequestType, Stage, Urgency
from hotline.tickets import queries
from hotline.tickets.models import Ticket
from hotline.tickets.narrowing import TicketFilter, narrowed
from hotline.tickets.ordering import FAR, ORDERS, NoKeyError, Place, ordered, rank_of
from tests.cast import Cast
from tests.many import many_tickets
from tests.walks import OPENING

pytestmark = pytest.mark.django_db
UNITS = ("CGJ", "STHJ", "LY", "LY-SXK")
STAGES = (Stage.REGISTERED, Stage.PENDING_DISPATCH, Stage.PENDING_SIGN, Stage.HANDLING, Stage.CLOSED)
KEYS: dict[str, Callable[[Ticket], tuple[Any, ...]]] = {
    "newest": lambda t: (-t.created_at.timestamp(), -t.pk),
    "oldest": lambda t: (t.created_at, t.pk),
    "due": lambda t: (t.due_at or FAR, t.pk),
    "urgency": lambda t: (rank_of(t.stage, t.urgency), t.created_at, t.pk),
}
hours = st.integers(0, 4).map(lambda n: OPENING + timedelta(hours=n))


def few(choices: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.sampled_from(("", *choices))


rows = st.fixed_dictionaries(
    {
        "stage": st.sampled_from([stage.value for stage in STAGES]),
        "urgency": st.sampled_from([urgency.value for urgency in Urgency]),
        "request_type": st.sampled_from([RequestType.HELP.value, RequestType.COMPLAINT.value]),
        "category": st.sampled_from(["010101", "010203", "020101"]),
        "region": st.sampled_from(["340103", "340103001", "340104"]),
        "channel": st.sampled_from(["DH", "WX"]),
        "lead_unit": few(UNITS),
        "delegation": st.sampled_from(
            [None, *({"unit": "LY-SXK", "signed": True, "replied": replied} for replied in (True, False))]
        ),
        "co_units": st.lists(st.sampled_from(UNITS), max_size=2, unique=True),
        "co_done": st.lists(st.sampled_from(UNITS), max_size=1),
        "flags": st.lists(st.sampled_from([Flag.KEY.value, Flag.GROUP.value]), unique=True),
        "proposals": st.lists(st.sampled_from([p.value for p in Proposal]), unique=True).map(
            lambda kinds: {kind: {} for kind in kinds}
        ),
        "created_at": hours,
        "due_at": st.none() | hours,
        "title": st.sampled_from(["占道经营", "路灯不亮"]),
    }
)
filters = st.fixed_dictionaries(
    {},
    optional={
        "stages": st.lists(st.sampled_from([stage.value for stage in STAGES]), max_size=2).map(tuple),
        "urgency": st.sampled_from([urgency.value for urgency in Urgency]),
        "request_type": st.just(RequestType.HELP.value),
        "category": st.sampled_from(["01", "0102", "010203"]),
        "region": st.sampled_from(["340103", "3401"]),
        "channel": st.just("WX"),
        "unit": st.sampled_from(UNITS),
        "units_in": st.lists(st.sampled_from(UNITS), max_size=2).map(tuple),
        "held_in": st.lists(st.sampled_from(UNITS), max_size=2).map(tuple),
        "flag": st.just(Flag.KEY.value),
        "flags": st.just((Flag.KEY.value, Flag.GROUP.value)),
        "proposals": st.lists(st.sampled_from([p.value for p in Proposal]), max_size=2).map(tuple),
        "words": st.just("路灯"),
        "overdue_at": hours,
        "due_from": hours,
        "due_until": hours,
        "opened_from": hours,
        "opened_until": hours,
        "only_open": st.booleans(),
        "mine": st.booleans(),
        "led_by_mine": st.booleans(),
        "given_to_mine": st.booleans(),
        "helped_by_mine": st.booleans(),
        "delegated": st.none() | st.booleans(),
        "inner_replied": st.none() | st.booleans(),
    },
)
several = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def stored(given_rows: list[dict[str, Any]]) -> list[Ticket]:
    """Bare rows, written past the ledger: these tests are about reading them."""
    Ticket.objects.all().delete()
    made = [
        Ticket(number=f"N{at}", version=1, last_at=OPENING, head_hash=b"", query_code="", profile="", **row)
        for at, row in enumerate(given_rows)
    ]
    return Ticket.objects.bulk_create(made)


def within(at: datetime | None, low: datetime | None, high: datetime | None) -> bool:
    """From low on, before high; no moment lies in no window."""
    if low is None and high is None:
        return True
    return at is not None and (low is None or at >= low) and (high is None or at < high)


def matches(t: Ticket, where: TicketFilter, unit: str) -> bool:
    """The rule of a filter, said once more without SQL."""
    below = t.delegation["unit"] if t.delegation else ""
    return all(
        (
            not where.stages or t.stage in where.stages,
            all(
                not getattr(where, name) or getattr(t, name) == getattr(where, name)
                for name in ("urgency", "request_type", "channel")
            ),
            t.category.startswith(where.category) and t.region.startswith(where.region),
            not where.unit or t.lead_unit == where.unit,
            not where.units_in or t.lead_unit in where.units_in,
            not where.held_in or bool({t.lead_unit, below} & set(where.held_in)),
            not where.flag or where.flag in t.flags,
            not where.flags or bool(set(where.flags) & set(t.flags)),
            not where.proposals or bool(set(where.proposals) & set(t.proposals)),
            where.words in t.title,
            within(t.due_at, where.due_from, where.due_until) and within(t.due_at, None, where.overdue_at),
            within(t.created_at, where.opened_from, where.opened_until),
            not where.only_open or t.stage not in TERMINAL,
            not where.mine or unit in {t.lead_unit, below},
            not where.led_by_mine or t.lead_unit == unit,
            not where.given_to_mine or below == unit,
            not where.helped_by_mine or (unit in t.co_units and unit not in t.co_done),
            where.delegated is None or bool(t.delegation) is where.delegated,
            where.inner_replied is None or bool(t.delegation and t.delegation["replied"] is where.inner_replied),
        )
    )


@several
@given(st.lists(rows, max_size=8), filters)
def test_a_filter_finds_what_its_rule_finds(
    cast: Cast, given_rows: list[dict[str, Any]], asked: dict[str, Any]
) -> None:
    tickets, where, actor = stored(given_rows), TicketFilter(**asked), cast.actor("ly_dispatcher")
    found = set(narrowed(Ticket.objects.all(), where, actor).values_list("number", flat=True))
    assert found == {t.number for t in tickets if matches(t, where, "LY")}


@several
@given(st.lists(rows, max_size=12), st.sampled_from(ORDERS))
def test_an_order_is_what_its_rule_says(given_rows: list[dict[str, Any]], order: str) -> None:
    tickets = stored(given_rows)
    wanted = [t.number for t in sorted(tickets, key=KEYS[order])]
    assert list(ordered(Ticket.objects.all(), order).values_list("number", flat=True)) == wanted


@several
@given(st.lists(rows, max_size=12), st.lists(rows, max_size=6), st.sampled_from(ORDERS), st.integers(1, 4))
def test_pages_neither_repeat_nor_skip_while_tickets_come_in(
    before: list[dict[str, Any]], coming: list[dict[str, Any]], order: str, limit: int
) -> None:
    there = {t.number for t in stored(before)}
    where, seen, key, more = TicketFilter(order=order), [], "", True
    while more:
        page = queries.tickets(actor=SYSTEM, where=where, after=key, limit=limit)
        seen += [row.number for row in page.rows]
        key, more = page.next_key, bool(page.next_key)
        if coming:
            new = coming.pop()
            Ticket.objects.create(
                number=f"C{len(coming)}", version=1, last_at=OPENING, head_hash=b"", query_code="", profile="", **new
            )
    assert len(seen) == len(set(seen))
    assert there <= set(seen)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(
    "key", ["", "x", "2026-03-17T09:30:00+08:00", "2026-03-17T09:30:00_1", "2026-03-17_1_2_3", "_"]
)
def test_what_is_no_key_is_not_taken_for_one(order: str, key: str) -> None:
    with pytest.raises(NoKeyError):
        Place.read(key, order)


@pytest.mark.parametrize("order", ORDERS)
def test_a_key_is_read_back(order: str) -> None:
    place = Place(OPENING, 7, 2 if order == "urgency" else None)
    assert Place.read(str(place), order) == place


@pytest.fixture
def hundred_thousand(cast: Cast) -> None:
    """A large city's three months: one ticket in ten is open."""
    many_tickets(cast, 100_000, every="7 seconds")


def explained(where: TicketFilter, after: str) -> str:
    found = ordered(narrowed(Ticket.objects.all(), where, SYSTEM), where.order, after)
    return found.values("number")[:51].explain()


def test_no_order_sorts_a_hundred_thousand(hundred_thousand: None) -> None:
    del hundred_thousand
    for order in ORDERS:
        for where in (TicketFilter(order=order), TicketFilter(order=order, only_open=True)):
            first = queries.tickets(actor=SYSTEM, where=where, limit=5)
            for after in ("", first.next_key):
                plan = explained(where, after)
                assert "Sort" not in plan, (order, plan)
                assert "Seq Scan" not in plan, (order, plan)


def test_a_desk_of_one_stage_walks_its_own_index(hundred_thousand: None) -> None:
    del hundred_thousand
    plan = explained(TicketFilter(stages=("pending_dispatch",), order="due"), "")
    assert "ticket_stage_due" in plan
    assert "Sort" not in plan
