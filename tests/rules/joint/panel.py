"""People at a panel, and files brought to each of its steps; everything is filled in unless said otherwise."""

from datetime import datetime, timedelta

from hotline.rules.joint import Deed, Dispute, Form, Order, Task, decide
from hotline.rules.lifecycle import SYSTEM, Actor
from hotline.rules.vocabulary import CITY_TZ, Role, UnitCode
from tests.rules.cast import ECOLOGY, HOUSING, OFFICE, URBAN
from tests.walks import OPENING

STAFFING, JUSTICE, DISCIPLINE, CLOSED = (UnitCode(code) for code in ("BB", "SFJ", "SJW", "GONE"))
ACTIVE = frozenset({OFFICE, URBAN, ECOLOGY, HOUSING, STAFFING, JUSTICE, DISCIPLINE})


def person(name: str, unit: UnitCode, *roles: Role) -> Actor:
    return Actor(id=name, roles=frozenset(roles), unit=unit, covers=frozenset({unit}))


CHAIR = person("1", OFFICE, Role.SUPERVISOR)
OTHER_CHAIR = person("2", OFFICE, Role.SUPERVISOR)
LEADER = person("3", OFFICE, Role.TEAM_LEADER)
DISPATCHER = person("4", OFFICE, Role.DISPATCHER)
URBAN_HEAD = person("5", URBAN, Role.UNIT_HEAD)
URBAN_CLERK = person("6", URBAN, Role.UNIT_HANDLER)
ECOLOGY_HEAD = person("7", ECOLOGY, Role.DEPUTY_HEAD)
STAFFING_HEAD = person("8", STAFFING, Role.DEPUTY_HEAD)
JUSTICE_HEAD = person("9", JUSTICE, Role.UNIT_HEAD)
INSPECTOR = person("10", DISCIPLINE, Role.UNIT_HEAD)
STRANGER = person("11", HOUSING, Role.UNIT_HEAD)
BOTH = Actor(id="12", roles=frozenset({Role.SUPERVISOR, Role.UNIT_HEAD}), unit=URBAN, covers=frozenset({URBAN}))
PEOPLE = (
    CHAIR, OTHER_CHAIR, LEADER, DISPATCHER, URBAN_HEAD, URBAN_CLERK, ECOLOGY_HEAD, STAFFING_HEAD, JUSTICE_HEAD,
    INSPECTOR, STRANGER, BOTH, SYSTEM,
)  # fmt: skip
HEADS = (URBAN_HEAD, ECOLOGY_HEAD, STAFFING_HEAD, JUSTICE_HEAD)
WORDS = dict.fromkeys(
    ("claim", "basis", "finding", "agenda", "opinion", "minutes", "legal_basis", "reason", "task.CGJ", "task.STHJ",
     "task.CJJ"),
    "按职责分工",
)  # fmt: skip


def filled(deed: Deed, now: datetime, **said: object) -> Order:
    """An order in which everything is filled in that any deed may ask for."""
    given: dict[str, object] = {
        "ticket": "HF1",
        "lead": ECOLOGY,
        "tasks": (Task(unit=URBAN, order=1, days=3),),
        "parties": frozenset({URBAN, ECOLOGY}),
        "staffing": STAFFING,
        "justice": JUSTICE,
        "observer": DISCIPLINE,
        "form": Form.MEETING,
        "meets_at": now + timedelta(days=1),
        "agrees": True,
        "signer": "王副秘书长",
        "signed_on": now.astimezone(CITY_TZ).date(),
        "words": WORDS,
    }
    if deed in {Deed.RECORD, Deed.SUCCEED}:
        given |= {"unit": URBAN, "successor": HOUSING}
    return Order(deed=deed, **(given | said))  # type: ignore[arg-type]  # any field may be said anew


def opened(now: datetime = OPENING, parties: frozenset[UnitCode] = frozenset({URBAN, ECOLOGY})) -> Dispute:
    return decide(Dispute(), filled(Deed.OPEN, now, parties=parties), actor=SYSTEM, now=now).state


def done(state: Dispute, who: Actor, deed: Deed, **said: object) -> Dispute:
    """The file after a deed that must be possible."""
    now = (state.last_at or OPENING) + timedelta(minutes=1)
    ruling = decide(state, filled(deed, now, **said), actor=who, now=now, active=ACTIVE)
    assert ruling.ok, ruling.refusals
    return ruling.state


def refused(
    state: Dispute, who: Actor, deed: Deed, *, active: frozenset[UnitCode] = ACTIVE, **said: object
) -> set[str]:
    """The codes with which a deed is refused."""
    now = (state.last_at or OPENING) + timedelta(minutes=1)
    ruling = decide(state, filled(deed, now, **said), actor=who, now=now, active=active)
    return {refusal.code for refusal in ruling.refusals}


def convened() -> Dispute:
    return done(opened(), CHAIR, Deed.CONVENE)


def heard(**leads: UnitCode) -> Dispute:
    """A panel at which everybody has spoken, for ecology unless said otherwise."""
    state = convened()
    for who in HEADS:
        state = done(state, who, Deed.OPINE, lead=leads.get(str(who.unit), ECOLOGY))
    return state


def concluded() -> Dispute:
    return done(heard(), CHAIR, Deed.CONCLUDE)


def agreed() -> Dispute:
    state = concluded()
    for who in HEADS:
        state = done(state, who, Deed.AGREE)
    return state


def ruled() -> Dispute:
    return done(done(agreed(), LEADER, Deed.SIGN), CHAIR, Deed.RULE)
