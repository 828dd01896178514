"""Who is told of what: every event stands in the table, and the people named are those whom it concerns."""

import re
from collections.abc import Callable

import pytest

from hotline.rules import acts as a
from hotline.rules.lifecycle import SYSTEM, TABLE, Actor
from hotline.rules.notifying import NOTIFYING, SILENT, To, who_must_know
from hotline.rules.vocabulary import ADMIN_ROLES, Finding, Flag, RequestType, Role
from hotline.rules.words import LANGUAGES, word
from hotline.rules.words_notices import NOTICE_WORDS
from tests.rules import cast as c
from tests.rules import scenes as s
from tests.rules.cast import (
    AGENT,
    CALLER,
    CITIZEN,
    DISPATCHER,
    DISTRICT,
    ECOLOGY,
    HANDLER,
    HEAD,
    HOUSING,
    LEADER,
    LUYANG_DESK,
    REVIEWER,
    SECTION,
    STREET,
    STREET_CLERK,
    SUPERVISOR,
    URBAN,
    Story,
)
from tests.rules.scenes import SCENES, Scene

KINDS = {kind for lines in NOTIFYING.values() for kind, _ in lines}
CLERK, DESK, CHIEF, TOP = Role.UNIT_HANDLER, Role.DISTRICT_DISPATCHER, Role.SECTION_HEAD, Role.UNIT_HEAD
INBOX, ALL = (CLERK, DESK), (CLERK, DESK, CHIEF, TOP)


def told(story: Story, who: Actor, act: a.Act) -> dict[str, set[To]]:
    """What is told of an act, all its events together."""
    before = story.state
    known = len(story.events)
    story.do(who, act)
    found: dict[str, set[To]] = {}
    for event in story.events[known:]:
        for each in who_must_know(event, before, story.state):
            found.setdefault(each.kind, set()).update(each.to)
    return found


def at(unit: str, *roles: Role) -> To:
    return To(frozenset(roles), unit)  # type: ignore[arg-type]  # a code as the cast writes it


def all_of(*roles: Role) -> To:
    return To(frozenset(roles))


def test_every_event_is_told_or_has_a_reason_not_to_be():
    events = {row.event for row in TABLE}
    assert set(NOTIFYING) | set(SILENT) == events
    assert not set(NOTIFYING) & set(SILENT)
    assert all(reason.strip() for reason in SILENT.values())


def test_every_kind_has_its_words_and_none_is_left_over():
    assert set(NOTICE_WORDS) == KINDS
    assert all(word(f"notice.{kind}", lang) for kind in KINDS for lang in LANGUAGES)
    assert all(
        re.search(r"[\u4e00-\u9fff]", zh) and not re.search(r"[\u4e00-\u9fff]", en) for zh, en in NOTICE_WORDS.values()
    )


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: f"{scene.act.name}-{scene.event}")
def test_nobody_is_told_who_has_no_business_with_tickets(scene: Scene):
    story = scene.story()
    before = story.state
    story.do(scene.who, scene.act, after=scene.later)
    for each in who_must_know(story.events[-1], before, story.state):
        for to in each.to:
            assert to.person or to.roles
            assert not to.roles & (ADMIN_ROLES | {Role.SYSTEM, Role.CITIZEN})


Case = tuple[Callable[[], Story], Actor, a.Act, dict[str, set[To]]]

CASES: dict[str, Case] = {
    "a unit and its helper get a ticket": (
        c.awaiting_dispatch,
        DISPATCHER,
        a.Dispatch(lead_unit=ECOLOGY, co_units=(URBAN,)),
        {"work_arrived": {at(ECOLOGY, *INBOX)}, "help_asked": {at(URBAN, *INBOX)}},
    ),
    "a department guides the district, another has a copy": (
        c.awaiting_dispatch,
        DISPATCHER,
        a.Dispatch(lead_unit=DISTRICT, guidance_units=(URBAN,), copied_units=(HOUSING,)),
        {"work_arrived": {at(DISTRICT, *INBOX)}, "advice_asked": {at(URBAN, *INBOX), at(HOUSING, *INBOX)}},
    ),
    "a task that awaits a finding is nobody's yet": (
        c.handled,
        DISPATCHER,
        a.OpenTask(unit=HOUSING, task="处罚", after=Finding.VIOLATION),
        {},
    ),
    "what was found begins it": (
        s.penalty_awaits,
        HANDLER,
        a.RecordFinding(found=Finding.VIOLATION, note="超标"),
        {"help_asked": {at(HOUSING, *INBOX)}},
    ),
    "a part is sent back": (
        s.co_reported,
        HANDLER,
        a.ReturnTask(unit=URBAN, reason="缺照片"),
        {"task_sent_back": {at(URBAN, *INBOX)}},
    ),
    "a part is taken away": (
        c.handled,
        DISPATCHER,
        a.CloseTask(unit=URBAN, reason="无需协办"),
        {"task_closed": {at(URBAN, *INBOX)}},
    ),
    "another unit gets it": (
        c.handled,
        DISPATCHER,
        a.Reassign(lead_unit=DISTRICT, co_units=(URBAN,), reason="属地办理"),
        {"work_arrived": {at(DISTRICT, *INBOX)}, "work_taken": {at(ECOLOGY, *INBOX)}},
    ),
    "a return waits in the unit for a signature": (
        c.handled,
        HANDLER,
        c.asks_return(),
        {"signature_awaited": {at(ECOLOGY, CHIEF)}},
    ),
    "a return was right": (
        c.return_asked,
        DISPATCHER,
        a.AcceptReturn(finding="理由成立"),
        {"return_accepted": {at(ECOLOGY, *INBOX)}},
    ),
    "a return was wrong": (
        c.return_asked,
        DISPATCHER,
        a.RejectReturn(finding="属其职责"),
        {"return_rejected": {at(ECOLOGY, *INBOX)}},
    ),
    "a reply waits for the section head": (
        c.handled,
        HANDLER,
        c.replies(),
        {"signature_awaited": {at(ECOLOGY, CHIEF)}},
    ),
    "then for the deputy head": (
        c.replied,
        SECTION,
        a.SignOff(),
        {"signature_awaited": {at(ECOLOGY, Role.DEPUTY_HEAD)}},
    ),
    "a reply is not signed": (
        c.replied,
        SECTION,
        a.ReviseReply(reason="请写明依据"),
        {"paper_sent_back": {To(person=HANDLER.id)}},
    ),
    "a district gives work to a street": (
        c.at_district,
        LUYANG_DESK,
        a.Delegate(to_unit=STREET),
        {"delegated": {at(STREET, *INBOX)}},
    ),
    "a co-unit has reported": (
        c.handled,
        c.member(URBAN),
        a.ReportCoTask(reply="已清运"),
        {"co_reported": {at(ECOLOGY, *INBOX)}},
    ),
    "the street has reported": (
        s.delegate_signed,
        STREET_CLERK,
        a.SubmitInnerReply(reply="已处理"),
        {"inner_replied": {at(DISTRICT, DESK)}},
    ),
    "the street must report anew": (
        s.delegate_replied,
        LUYANG_DESK,
        a.SendBackInnerReply(reason="不完整"),
        {"inner_sent_back": {at(STREET, *INBOX)}},
    ),
    "the street is relieved": (
        c.delegated,
        LUYANG_DESK,
        a.RecallDelegation(reason="区级办理"),
        {"delegation_recalled": {at(STREET, *INBOX)}},
    ),
    "more time was granted": (
        c.extension_asked,
        SUPERVISOR,
        a.GrantExtension(days=5),
        {"extension_granted": {at(ECOLOGY, *INBOX)}},
    ),
    "a reply is sent back": (
        c.reviewed,
        REVIEWER,
        a.SendBack(failed=("answers_request",), reason="未附凭证"),
        {"review_sent_back": {at(ECOLOGY, *INBOX)}},
    ),
    "the citizen urges a unit at work": (
        c.delegated,
        CITIZEN,
        a.Urge(by_citizen=True),
        {"urged": {at(DISTRICT, *INBOX), at(STREET, *INBOX)}},
    ),
    "the citizen urges what nobody has dispatched": (
        c.awaiting_dispatch,
        CITIZEN,
        a.Urge(by_citizen=True),
        {"urged": {all_of(Role.DISPATCHER)}},
    ),
    "the citizen urges a reply that lies for signature": (
        c.replied,
        CITIZEN,
        a.Urge(by_citizen=True),
        {"urged": {at(ECOLOGY, *INBOX), at(ECOLOGY, CHIEF)}},
    ),
    "declining waits for the team leader": (
        c.registered,
        AGENT,
        c.declines(),
        {"decline_asked": {all_of(Role.TEAM_LEADER)}},
    ),
    "who proposed it hears that it is not declined": (
        s.decline_asked,
        LEADER,
        a.RejectDecline(note="属受理范围"),
        {"decline_rejected": {To(person=AGENT.id)}},
    ),
    "nobody knows whose it is": (
        c.awaiting_dispatch,
        DISPATCHER,
        a.MarkNoOwner(note="目录中没有"),
        {"dispute_opened": {all_of(Role.SUPERVISOR)}},
    ),
    "units are called to a panel": (
        c.ownerless,
        SUPERVISOR,
        a.ConvenePanel(members=(ECOLOGY, URBAN), agenda="由谁牵头"),
        {"panel_convened": {at(ECOLOGY, *ALL, Role.DEPUTY_HEAD), at(URBAN, *ALL, Role.DEPUTY_HEAD)}},
    ),
    "the citizen is not satisfied": (
        c.passed,
        CALLER,
        c.discontent(),
        {"dissatisfied": {all_of(Role.REVIEWER)}},
    ),
    "the citizen is satisfied": (c.passed, CALLER, c.content(), {}),
    "a key ticket is the head's": (
        c.handled,
        SUPERVISOR,
        a.MarkTicket(flag=Flag.KEY),
        {"marked_heavy": {at(ECOLOGY, *ALL)}},
    ),
    "another mark is nobody's news": (c.handled, SUPERVISOR, a.MarkTicket(flag=Flag.GROUP), {}),
    "the matter is withdrawn while a unit works": (
        c.handled,
        CITIZEN,
        a.Withdraw(note="已解决"),
        {"ended_early": {at(ECOLOGY, *INBOX)}},
    ),
    "it is withdrawn before any unit had it": (c.registered, CITIZEN, a.Withdraw(note="已解决"), {}),
    "a unit signs in": (c.dispatched, HANDLER, a.SignIn(), {}),
    "classified anew before any unit had it": (
        c.registered,
        AGENT,
        a.Classify(request_type=RequestType.HELP, category=c.NOISE),
        {},
    ),
    "parking waits for the office": (c.handled, HEAD, c.asks_park(), {"parking_asked": {all_of(Role.SUPERVISOR)}}),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_right_people_are_told(case: Case):
    story, who, act, expected = case
    assert told(story(), who, act) == expected


def test_who_is_late_and_the_head_are_told():
    story = c.handled().wait(days=30)
    due = sorted((clock.due_at, clock.kind) for clock in story.state.clocks.values() if clock.running)
    kind = next(kind for _, kind in due if kind.value == "unit_reply")
    found = told(story, SYSTEM, a.RecordOverdue(clock=kind.value))
    assert found == {"overdue": {at(ECOLOGY, *INBOX), at(ECOLOGY, *ALL)}}
