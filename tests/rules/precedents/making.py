"""Rulings, drafts and people for the tests of precedents; everything is filled in unless said otherwise."""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from hotline.rules.jurisdiction import CoUnit, DirectoryRule, Hours, UnitRole, Words
from hotline.rules.lifecycle import SYSTEM, Actor
from hotline.rules.precedents import Deed, Order, Precedent, Ruled, decide
from hotline.rules.precedents.wording import Step, years_on
from hotline.rules.vocabulary import CITY_TZ, Role
from tests.rules.cast import ECOLOGY, HOUSING, OFFICE, URBAN
from tests.rules.joint.panel import JUSTICE, STAFFING, person

WRITER = person("1", OFFICE, Role.SUPERVISOR)
COLLEAGUE = person("2", OFFICE, Role.SUPERVISOR)
LEADER = person("3", OFFICE, Role.TEAM_LEADER)
STAFFING_HEAD = person("4", STAFFING, Role.DEPUTY_HEAD)
STAFFING_CLERK = person("5", STAFFING, Role.UNIT_HANDLER)
ECOLOGY_HEAD = person("6", ECOLOGY, Role.UNIT_HEAD)
URBAN_HEAD = person("7", URBAN, Role.DEPUTY_HEAD)
STRANGER = person("8", HOUSING, Role.UNIT_HEAD)
JUSTICE_HEAD = person("9", JUSTICE, Role.UNIT_HEAD)
BOTH = person("10", STAFFING, Role.SUPERVISOR, Role.UNIT_HEAD)
ADMIN = person("11", OFFICE, Role.SYSTEM_ADMIN)
PARTY_TOO = person("12", URBAN, Role.SUPERVISOR, Role.UNIT_HEAD)
PEOPLE: tuple[Actor, ...] = (
    WRITER, COLLEAGUE, LEADER, STAFFING_HEAD, STAFFING_CLERK, ECOLOGY_HEAD, URBAN_HEAD, STRANGER, JUSTICE_HEAD, BOTH,
    ADMIN, PARTY_TOO, SYSTEM,
)  # fmt: skip

RULED = Ruled(
    dispute=7,
    ticket="20260501000001",
    lead=ECOLOGY,
    steps=(Step(unit=URBAN, order=2, words="依法处罚"),),
    parties=frozenset({ECOLOGY, URBAN}),
    staffing=STAFFING,
    reusable=True,
    basis="《噪声污染防治法》第四十三条",
)


def day_of(now: datetime) -> date:
    return now.astimezone(CITY_TZ).date()


def draft(today: date, **said: Any) -> DirectoryRule:
    """夜间施工噪声: ecology leads, urban management punishes when a violation was found."""
    plain = DirectoryRule(
        id="",
        title="夜间施工噪声",
        categories=("040103",),
        words=Words((("施工", "工地"),)),
        hours=Hours(time(22), time(6)),
        lead=ECOLOGY,
        co_units=(CoUnit(role=UnitRole.CO, unit=URBAN, task="依法处罚", after="查实违法"),),
        basis=RULED.basis,
        owner=ECOLOGY,
        valid_from=today,
        valid_to=years_on(today, 2),
    )
    return replace(plain, **said)


def filled(deed: Deed, now: datetime, **said: Any) -> Order:
    """An order in which everything is filled in that any deed may ask for."""
    today = day_of(now)
    given: dict[str, Any] = {
        "ruled": RULED if deed is Deed.PROPOSE else None,
        "draft": draft(today),
        "until": years_on(today, 3),
        "number": (2026, 31) if deed is Deed.AGREE else None,
        "rule_id": "040103-501" if deed is Deed.AGREE else "",
        "text": "按会办结论",
    }
    return Order(deed=deed, **(given | said))


def done(state: Precedent, deed: Deed, who: Actor, now: datetime, **said: Any) -> Precedent:
    """The state after a deed that must be possible."""
    ruling = decide(state, filled(deed, now, **said), actor=who, now=now)
    assert ruling.ok, ruling.refusals
    return ruling.state


def in_force(now: datetime) -> Precedent:
    """Proposed and agreed to."""
    return done(done(Precedent(), Deed.PROPOSE, WRITER, now), Deed.AGREE, STAFFING_HEAD, now)
