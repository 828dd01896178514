"""The people, units and rules every lifecycle test plays with, and stories that bring a ticket to a stage.

Units are real ones of Hefei; the profile is the shipped one; the calendar has weekends only.
"""

import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from hotline.rules import acts as a
from hotline.rules.deadlines import Emergency
from hotline.rules.fold import fold
from hotline.rules.jurisdiction import Directory, DirectoryRule
from hotline.rules.lifecycle import SYSTEM, Actor, Decision, Reference, Rulebook, allowed, decide
from hotline.rules.profiles import Profile, parse_profile
from hotline.rules.state import ClockState, Event, TicketState
from hotline.rules.vocabulary import (
    CITY_TZ,
    CategoryCode,
    Channel,
    ClockKind,
    Contact,
    FileKind,
    Flag,
    Purpose,
    Rating,
    RegionCode,
    RequestType,
    Resolution,
    Role,
    Stage,
    TicketNo,
    UnitCode,
)
from hotline.rules.workdays import Calendar

ROOT = Path(__file__).resolve().parents[2]

OFFICE = UnitCode("RX12345")
HOUSING = UnitCode("CJJ")
URBAN = UnitCode("CGJ")
ECOLOGY = UnitCode("STHJ")
DISTRICT = UnitCode("LY")
STREET = UnitCode("LY-XYJ")
DISTRICT_URBAN = UnitCode("LY-CGJ")
CITY = UnitCode("SZF")
UNITS = (OFFICE, HOUSING, URBAN, ECOLOGY, DISTRICT, STREET, DISTRICT_URBAN, CITY)
BELOW = {
    DISTRICT: frozenset({DISTRICT, STREET, DISTRICT_URBAN}),
    CITY: frozenset(UNITS),
}

NOISE = CategoryCode("040103")
LUYANG = RegionCode("340103")
CODES = {
    "not_accepted": frozenset({"litigation", "petition"}),
    "emergency_line": frozenset({"110", "119", "120", "122"}),
    "return": frozenset({"not_competent", "other_lead"}),
    "extension": frozenset({"complex", "expert"}),
    "pause": frozenset({"awaiting_requester", "awaiting_appraisal", "hearing"}),
    "dissatisfied": frozenset({"unsolved", "slow"}),
    "no_callback": frozenset({"anonymous", "declined"}),
    "close": frozenset({"unreasonable", "explained"}),
    "park": frozenset({"funds", "planning"}),
    "void": frozenset({"duplicate", "test"}),
    "source_line": frozenset({"12315"}),
    "tag": frozenset({"flood", "noise"}),
    "tag_any": frozenset({"flood", "noise", "ended"}),
    "review_checklist": frozenset({"answers_request", "cites_policy"}),
    "review_grade": frozenset({"good", "poor"}),
}
REFERENCE = Reference(
    units=frozenset(UNITS),
    categories=frozenset({NOISE, CategoryCode("010103")}),
    regions=frozenset({LUYANG, RegionCode("340104")}),
    codelists=CODES,
)

DIRECTORY = Directory(rules=(DirectoryRule(id="0401-1", categories=(NOISE,), lead=ECOLOGY, basis="噪声污染防治职责"),))
"""Noise is one bureau's alone, so agents may send it there."""

HEFEI: Profile = parse_profile(
    tomllib.loads((ROOT / "data/hefei/profiles/hefei-2021.toml").read_text(encoding="utf-8"))
)
CALENDAR = Calendar(published=frozenset(range(2020, 2026)))
MONDAY = datetime(2021, 5, 10, 9, 0, tzinfo=CITY_TZ)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def book(*emergencies: Emergency, **settings: Any) -> Rulebook:
    """The rules of Hefei, with settings of the profile changed by name."""
    profile = replace(HEFEI, **settings) if settings else HEFEI
    return Rulebook(
        profile=profile, calendar=CALENDAR, reference=REFERENCE, emergencies=emergencies, directory=DIRECTORY
    )


BOOK = book()


def office(role: Role, name: str = "") -> Actor:
    """Somebody of the hotline office."""
    return Actor(id=name or role.value, roles=frozenset({role}), unit=OFFICE, covers=frozenset({OFFICE}))


def member(unit: UnitCode, role: Role = Role.UNIT_HANDLER, name: str = "") -> Actor:
    """Somebody of a handling unit, who sees what lies below it."""
    covers = BELOW.get(unit, frozenset({unit}))
    return Actor(id=name or f"{unit}:{role.value}", roles=frozenset({role}), unit=unit, covers=covers)


AGENT = office(Role.AGENT)
LEADER = office(Role.TEAM_LEADER)
DISPATCHER = office(Role.DISPATCHER)
REVIEWER = office(Role.REVIEWER)
CALLER = office(Role.CALLBACK_OFFICER)
SUPERVISOR = office(Role.SUPERVISOR)
DIRECTOR = office(Role.DIRECTOR)
CITIZEN = Actor(id="citizen", roles=frozenset({Role.CITIZEN}))
SECTION = member(ECOLOGY, Role.SECTION_HEAD)
DEPUTY = member(ECOLOGY, Role.DEPUTY_HEAD)
HEAD = member(ECOLOGY, Role.UNIT_HEAD)
HANDLER = member(ECOLOGY)
LUYANG_DESK = member(DISTRICT, Role.DISTRICT_DISPATCHER)
STREET_CLERK = member(STREET)

OFFICE_PEOPLE = (AGENT, LEADER, DISPATCHER, REVIEWER, CALLER, SUPERVISOR, DIRECTOR)
UNIT_PEOPLE = tuple(
    member(unit, role)
    for unit in (ECOLOGY, URBAN, DISTRICT, STREET)
    for role in (Role.UNIT_HANDLER, Role.DISTRICT_DISPATCHER, Role.SECTION_HEAD, Role.DEPUTY_HEAD, Role.UNIT_HEAD)
)
EVERYBODY = (*OFFICE_PEOPLE, *UNIT_PEOPLE, CITIZEN, SYSTEM)


NIGHT_NOISE: dict[str, Any] = {
    "request_type": RequestType.COMPLAINT,
    "region": LUYANG,
    "title": "夜间施工噪声",
    "content": "工地夜里施工，影响休息。",
}


def register(**changes: Any) -> a.Register:
    """A noise complaint by phone; one asked in confidence comes with its brief for units."""
    secret = changes.get("confidential") or changes.get("request_type") is RequestType.REPORT
    brief = {"for_unit": "某工地夜间施工，请核查。"} if secret else {}
    return a.Register(**(NIGHT_NOISE | {"channel": Channel.PHONE, "category": NOISE} | brief | changes))


def submit(**changes: Any) -> a.Submit:
    """The same by the web."""
    return a.Submit(**(NIGHT_NOISE | {"channel": Channel.WEB} | changes))


def asks_return(**changes: Any) -> a.RequestReturn:
    return a.RequestReturn(**({"reason": "not_competent", "legal_basis": "三定规定"} | changes))


def asks_extension(days: int = 5) -> a.RequestExtension:
    return a.RequestExtension(days=days, reason="expert", explanation="需要检测", legal_basis="检测规程")


def stops_clock(**changes: Any) -> a.Pause:
    return a.Pause(**({"reason": "awaiting_appraisal", "evidence": "委托书"} | changes))


def asks_park(review_on: date = date(2021, 8, 2), **changes: Any) -> a.ProposePark:
    plan: dict[str, Any] = {
        "cause": "funds",
        "plan": "列入明年计划",
        "responsible": "工程科科长 周工",
        "finish_on": date(2021, 12, 31),
    }
    return a.ProposePark(**(plan | {"review_on": review_on} | changes))


def declines() -> a.ProposeDecline:
    return a.ProposeDecline(reason="litigation", legal_channel="人民法院", explanation="应当诉讼解决")


def rules_jointly(lead: UnitCode = ECOLOGY, **changes: Any) -> a.RuleJointly:
    return a.RuleJointly(lead_unit=lead, legal_basis="会议纪要", finding="由其牵头", **changes)


def replies(**changes: Any) -> a.SubmitReply:
    """A reply that waits for no co-unit, unless a test leaves the reason out."""
    said = {"resolution": Resolution.RESOLVED, "reply": "已责令停止夜间施工。", "without_tasks": "先行答复"}
    return a.SubmitReply(**(said | changes))


DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def adds_file(purpose: Purpose = Purpose.HANDLING, **changes: Any) -> a.AddAttachment:
    return a.AddAttachment(purpose=purpose, kind=FileKind.JPG, size=40_000, sha256=DIGEST, **changes)


def removes_file(added_by: Actor) -> a.RemoveAttachment:
    return a.RemoveAttachment(
        purpose=Purpose.HANDLING, kind=FileKind.JPG, size=40_000, sha256=DIGEST, added_by=added_by.id, reason="传错了"
    )


def content() -> a.RecordCallback:
    return a.RecordCallback(responded=True, resolution=Resolution.RESOLVED, rating=Rating.SATISFIED)


def discontent() -> a.RecordCallback:
    return a.RecordCallback(
        responded=True, resolution=Resolution.UNRESOLVED, rating=Rating.DISSATISFIED, cause="unsolved"
    )


def not_answered(contact: Contact = Contact.NO_ANSWER) -> a.RecordAttempt:
    return a.RecordAttempt(contact=contact)


class Story:
    """A ticket and what has happened to it; every step is decided by the rules."""

    def __init__(self, rules: Rulebook = BOOK, start: datetime = MONDAY) -> None:
        self.book = rules
        self.now = start
        self.state = TicketState()
        self.events: list[Event] = []

    @property
    def stage(self) -> Stage:
        return self.state.stage

    def clock(self, kind: ClockKind, of: str = "") -> ClockState:
        """Of co-units, each with its own clock, that of the first unless one is named."""
        return next(one for one in self.state.clocks.values() if one.kind is kind and of in {"", one.of})

    def runs(self, kind: ClockKind, of: str = "") -> bool:
        return any(of in {"", one.of} for one in self.state.all_running(kind))

    def decide(self, who: Actor, act: a.Act) -> Decision:
        """What would come of it now."""
        return decide(self.state, act, actor=who, book=self.book, now=self.now)

    def codes(self, who: Actor, act: a.Act) -> tuple[str, ...]:
        """The codes with which it would be refused now."""
        return tuple(refusal.code for refusal in self.decide(who, act).refusals)

    def do(self, who: Actor, act: a.Act, after: timedelta = MINUTE) -> "Story":
        """Some time later somebody does it, and may."""
        self.now += after
        decision = self.decide(who, act)
        assert not decision.refusals, (act.name, self.stage, decision.refusals)
        self.events += decision.events
        self.state = decision.state
        assert fold(self.events) == self.state
        return self

    def offered(self, who: Actor) -> set[str]:
        """What pages would offer somebody now."""
        return {row.act.name for row in allowed(self.state, actor=who, book=self.book, now=self.now)}

    def wait(self, **length: float) -> "Story":
        """Time passes and nobody does anything."""
        self.now += timedelta(**length)
        return self

    def until(self, moment: datetime) -> "Story":
        """Time passes up to that moment."""
        assert moment >= self.now
        self.now = moment
        return self


Tale = Callable[..., Story]


def drafted(rules: Rulebook = BOOK) -> Story:
    return Story(rules).do(CITIZEN, submit())


def registered(rules: Rulebook = BOOK, **changes: Any) -> Story:
    return Story(rules).do(AGENT, register(**changes))


def awaiting_dispatch(rules: Rulebook = BOOK, **changes: Any) -> Story:
    return registered(rules, **changes).do(AGENT, a.SendToDispatch())


def dispatched(rules: Rulebook = BOOK, lead: UnitCode = ECOLOGY, **changes: Any) -> Story:
    return awaiting_dispatch(rules, **changes).do(DISPATCHER, a.Dispatch(lead_unit=lead, co_units=(URBAN,)))


def handled(rules: Rulebook = BOOK, **changes: Any) -> Story:
    return dispatched(rules, **changes).do(HANDLER, a.SignIn())


def at_district(rules: Rulebook = BOOK, **changes: Any) -> Story:
    return dispatched(rules, lead=DISTRICT, **changes).do(LUYANG_DESK, a.SignIn())


def delegated(rules: Rulebook = BOOK, **changes: Any) -> Story:
    return at_district(rules, **changes).do(LUYANG_DESK, a.Delegate(to_unit=STREET))


def return_drafted(rules: Rulebook = BOOK) -> Story:
    return handled(rules).do(HANDLER, asks_return())


def return_asked(rules: Rulebook = BOOK) -> Story:
    return signed(return_drafted(rules))


def extension_drafted(rules: Rulebook = BOOK, days: int = 5) -> Story:
    return handled(rules).do(HANDLER, asks_extension(days))


def extension_asked(rules: Rulebook = BOOK, days: int = 5) -> Story:
    return signed(extension_drafted(rules, days))


def ownerless(rules: Rulebook = BOOK) -> Story:
    return awaiting_dispatch(rules).do(DISPATCHER, a.MarkNoOwner(note="目录中没有"))


def panelled(rules: Rulebook = BOOK) -> Story:
    return ownerless(rules).do(SUPERVISOR, a.ConvenePanel(members=(ECOLOGY, URBAN), agenda="夜间施工噪声由谁牵头"))


def provisional(rules: Rulebook = BOOK) -> Story:
    return ownerless(rules).do(SUPERVISOR, a.RuleProvisionally(lead_unit=ECOLOGY, finding="先办后议"))


def ruled(rules: Rulebook = BOOK) -> Story:
    return panelled(rules).do(SUPERVISOR, rules_jointly())


def paused(rules: Rulebook = BOOK) -> Story:
    return handled(rules).do(SUPERVISOR, stops_clock())


def replied(rules: Rulebook = BOOK, **changes: Any) -> Story:
    return handled(rules, **changes).do(HANDLER, replies())


def signed(story: Story) -> Story:
    """Section and deputy head sign."""
    return story.do(SECTION, a.SignOff()).do(DEPUTY, a.SignOff())


def reviewed(rules: Rulebook = BOOK, **changes: Any) -> Story:
    """Waiting for the reviewer."""
    return signed(replied(rules, **changes))


def passed(rules: Rulebook = BOOK, **changes: Any) -> Story:
    """Waiting for the callback."""
    return reviewed(rules, **changes).do(REVIEWER, a.PassReview(grade="good"))


def unhappy(rules: Rulebook = BOOK) -> Story:
    return passed(rules).do(CALLER, discontent())


def reworked(rules: Rulebook = BOOK) -> Story:
    return unhappy(rules).do(REVIEWER, a.OrderRework(reason="问题没有解决"))


def settled(rules: Rulebook = BOOK) -> Story:
    return passed(rules).do(CALLER, content())


def parked(rules: Rulebook = BOOK) -> Story:
    return handled(rules).do(HEAD, asks_park()).do(SUPERVISOR, a.ConfirmPark())


def declined(rules: Rulebook = BOOK) -> Story:
    return registered(rules).do(AGENT, declines()).do(LEADER, a.ConfirmDecline())


def voided(rules: Rulebook = BOOK) -> Story:
    return registered(rules).do(AGENT, a.ProposeVoid(reason="test", note="误录")).do(LEADER, a.ConfirmVoid())


def merged(rules: Rulebook = BOOK) -> Story:
    return registered(rules).do(AGENT, a.Merge(master=TicketNo("34010020210510DH000001")))


def archived(rules: Rulebook = BOOK) -> Story:
    return settled(rules).do(SYSTEM, a.Archive(), after=31 * DAY)


STORIES: dict[Stage, Tale] = {
    Stage.NEW: Story,
    Stage.DRAFT: drafted,
    Stage.REGISTERED: registered,
    Stage.NOT_ACCEPTED: declined,
    Stage.ANSWERED_DIRECTLY: lambda rules=BOOK: registered(rules).do(AGENT, a.AnswerDirectly(reply="请见政策")),
    Stage.TRANSFERRED: lambda rules=BOOK: registered(rules).do(AGENT, a.TransferEmergency(line="119")),
    Stage.PENDING_DISPATCH: awaiting_dispatch,
    Stage.PENDING_SIGN: dispatched,
    Stage.RETURN_REQUESTED: return_asked,
    Stage.JURISDICTION_DISPUTE: ownerless,
    Stage.JOINT_HANDLING: panelled,
    Stage.HANDLING: handled,
    Stage.PENDING_SIGN_OFF: replied,
    Stage.PENDING_REVIEW: reviewed,
    Stage.PENDING_CALLBACK: passed,
    Stage.PENDING_CLOSE: unhappy,
    Stage.REWORK: reworked,
    Stage.PARKED: parked,
    Stage.CLOSED: settled,
    Stage.MERGED: merged,
    Stage.VOIDED: voided,
    Stage.ARCHIVED: archived,
}
"""A plain way to every stage."""

MARK = a.MarkTicket(flag=Flag.KEY)
