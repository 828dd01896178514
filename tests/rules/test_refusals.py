"""One story for every refusal of the lifecycle: it is given, names its field, and reads well in both languages."""

import dataclasses
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from hotline.rules import acts as a
from hotline.rules import lifecycle
from hotline.rules.lifecycle import SYSTEM, TABLE, Actor, Case, next_acts
from hotline.rules.lifecycle.guarding import Guard, guard_name
from hotline.rules.profile_parts import PauseRules
from hotline.rules.sentences import render
from hotline.rules.vocabulary import (
    ClockKind,
    Contact,
    Finding,
    Flag,
    Purpose,
    RequestType,
    Role,
    TicketNo,
    UnitCode,
    Urgency,
    VisibleTo,
)
from tests.fitness.codes import find_codes
from tests.rules import cast as c
from tests.rules import scenes as s
from tests.rules.cast import (
    AGENT,
    CALLER,
    CITIZEN,
    DEPUTY,
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

NAIVE = datetime(2021, 6, 1, 9)  # noqa: DTZ001  -- what a body without a zone becomes


ITEM = ("answers_request",)


class No(NamedTuple):
    """Who tries what, and the one reason it is refused for."""

    code: str
    story: Callable[[], Story]
    who: Actor
    act: a.Act
    field: str = ""


def another_handler() -> Actor:
    return c.member(ECOLOGY, name="another-handler")


def district_returns() -> Story:
    return c.at_district().do(LUYANG_DESK, c.asks_return())


def void() -> a.ProposeVoid:
    return a.ProposeVoid(reason="test", note="误录")


def dispatch(**changes: object) -> a.Dispatch:
    return a.Dispatch(**({"lead_unit": ECOLOGY} | changes))  # type: ignore[arg-type]  # fields of a test act


def reassign(lead: UnitCode, *co_units: UnitCode, **changes: tuple[str, ...]) -> a.Reassign:
    return a.Reassign(lead_unit=lead, co_units=co_units, reason="错派", **changes)  # type: ignore[arg-type]  # fields of a test act


def mediates(lead: UnitCode, *co_units: UnitCode) -> a.Mediate:
    return a.Mediate(lead_unit=lead, co_units=co_units, finding="同意")


def by_phone() -> a.HandOverByPhone:
    return a.HandOverByPhone(lead_unit=ECOLOGY, note="急")


def provisionally() -> a.RuleProvisionally:
    return a.RuleProvisionally(lead_unit=ECOLOGY, finding="先办后议")


def secret() -> Story:
    """Asked in confidence, and nobody has written for units what it is about."""
    return c.registered(confidential=True, for_unit="")


def told_secret(story: Story) -> Story:
    """The same when the wish comes later."""
    return story.do(AGENT, a.MarkTicket(flag=Flag.CONFIDENTIAL))


def ownerless() -> a.MarkNoOwner:
    return a.MarkNoOwner(note="无")


def returns_task(**changes: object) -> a.RequestTaskReturn:
    return dataclasses.replace(s.TASK_RETURNED, **changes)  # type: ignore[arg-type]  # fields of a test act


def task_stays() -> Story:
    return s.task_unwanted().do(DISPATCHER, a.RejectTaskReturn(finding="否"))


def window_of_task_over() -> Story:
    """The co-unit has had its task for three days."""
    story = c.handled()
    story.now += 3 * c.DAY
    return story


def returned_once() -> Story:
    return c.return_asked().do(DISPATCHER, a.AcceptReturn(finding="是"))


def given_to_another() -> Story:
    return returned_once().do(DISPATCHER, dispatch(lead_unit=URBAN))


def category_ended() -> Story:
    """The city has ended the category meanwhile."""
    story = c.handled()
    story.book = dataclasses.replace(c.BOOK, reference=dataclasses.replace(c.REFERENCE, categories=frozenset()))
    return story


def decided_above() -> Story:
    """A city where the supervisor alone decides about the dissatisfied."""
    terms = dataclasses.replace(c.HEFEI.callback, dissatisfied_decided_by=Role.SUPERVISOR)
    return c.unhappy(c.book(callback=terms))


def confirmed_contact() -> Story:
    return c.handled().do(HANDLER, a.RecordFirstContact(note="已通话"))


def once_extended() -> Story:
    return c.extension_asked().do(DISPATCHER, a.GrantExtension(days=5))


def objected() -> Story:
    return c.ruled().do(HANDLER, a.ObjectToRuling(reason="无权", legal_basis="三定"))


def escalated() -> Story:
    return c.ownerless().do(SUPERVISOR, a.EscalateDispute(reason="难定"))


def refused_callback() -> Story:
    return c.passed().do(CALLER, c.not_answered(Contact.REFUSED))


def reworked_twice() -> Story:
    story = c.signed(c.reworked().do(HANDLER, c.replies())).do(REVIEWER, a.PassReview(grade="good"))
    story.do(CALLER, c.discontent()).do(REVIEWER, a.OrderRework(reason="再办"))
    story = c.signed(story.do(HANDLER, c.replies())).do(REVIEWER, a.PassReview(grade="good"))
    return story.do(CALLER, c.discontent())


def overdue() -> Story:
    return c.handled().do(SYSTEM, a.RecordOverdue(clock=ClockKind.REPLY.value), after=20 * c.DAY)


def sent_back() -> Story:
    return c.reviewed().do(REVIEWER, a.SendBack(failed=("answers_request",), reason="答非所问"))


def withdrawn() -> Story:
    return c.reviewed().do(c.CITIZEN, a.Withdraw(note="已解决"))


def no_pauses() -> Story:
    return c.handled(c.book(pause=PauseRules(max_workdays=0)))


def born_in_flood() -> Story:
    """Taken in during an emergency: forty-eight hours for life."""
    return c.handled(c.book(c.HEFEI.emergency(name="防汛", start=c.MONDAY - c.DAY)))


def with_double(name: str) -> Actor:
    """The one who asked, now also in the role that decides."""
    return dataclasses.replace(LEADER, id=name)


NOS = (
    No("act.role_denied", c.handled, HANDLER, dispatch()),
    No("act.not_now", c.settled, HANDLER, a.SignIn()),
    No("act.not_your_ticket", c.dispatched, c.member(URBAN), a.SignIn()),
    No("act.before_last_event", lambda: c.dispatched().wait(minutes=-5), HANDLER, a.SignIn()),
    No("act.needs_second_person", s.void_asked, with_double(AGENT.id), a.ConfirmVoid()),
    No("field.required", c.registered, AGENT, a.AnswerDirectly(reply="  "), "reply"),
    No("field.too_long", Story, AGENT, c.register(title="夜" * 201), "title"),
    No("field.bad_character", Story, AGENT, c.register(content="噪声\x00"), "content"),
    No("field.no_time_zone", Story, AGENT, c.register(superior_due_at=NAIVE), "superior_due_at"),
    No("field.out_of_range", Story, AGENT, c.register(group_size=0), "group_size"),
    No("field.unknown_code", c.awaiting_dispatch, DISPATCHER, dispatch(lead_unit="NOBODY"), "lead_unit"),
    No("field.repeated", c.awaiting_dispatch, DISPATCHER, dispatch(co_units=(URBAN, URBAN)), "co_units"),
    No("register.place_missing", Story, AGENT, c.register(region="", place=" "), "place"),
    No(
        "register.superior_due_past",
        Story,
        AGENT,
        c.register(superior_due_at=c.MONDAY - c.DAY),
        "superior_due_at",
    ),
    No("decline.already_proposed", s.decline_asked, LEADER, c.declines()),
    No("decline.nothing_proposed", c.registered, LEADER, a.ConfirmDecline()),
    No("void.already_proposed", s.void_asked, LEADER, void()),
    No("void.nothing_proposed", c.handled, LEADER, a.ConfirmVoid()),
    No("extension.already_proposed", c.extension_asked, HANDLER, c.asks_extension()),
    No("extension.nothing_proposed", c.handled, DISPATCHER, a.GrantExtension(days=5)),
    No("park.already_proposed", s.park_asked, HEAD, c.asks_park()),
    No("park.nothing_proposed", c.handled, SUPERVISOR, a.ConfirmPark()),
    No(
        "review.answered_twice",
        c.reviewed,
        REVIEWER,
        a.PassReview(checked=ITEM, failed=ITEM, grade="good", note="可"),
        "failed",
    ),
    No("review.answered_twice", c.reviewed, REVIEWER, a.SendBack(checked=ITEM, failed=ITEM, reason="不清"), "failed"),
    No("review.grade_missing", c.reviewed, REVIEWER, a.PassReview(checked=ITEM), "grade"),
    No("review.note_missing", c.reviewed, REVIEWER, a.PassReview(failed=ITEM, grade="poor"), "note"),
    No("review.failed_missing", c.reviewed, REVIEWER, a.SendBack(checked=ITEM, reason="不清"), "failed"),
    No("classify.reason_missing", c.handled, AGENT, a.Classify(request_type=RequestType.HELP), "reason"),
    No("flag.not_by_hand", c.handled, AGENT, a.MarkTicket(flag=Flag.RULED_LEAD), "flag"),
    No("flag.not_by_hand", s.phoned, SUPERVISOR, a.UnmarkTicket(flag=Flag.BY_PHONE, note="不要"), "flag"),
    No("flag.already_set", s.marked_key, LEADER, c.MARK, "flag"),
    No("flag.not_set", c.handled, SUPERVISOR, a.UnmarkTicket(flag=Flag.KEY, note="没有"), "flag"),
    No("flag.lengthens_limits", c.handled, AGENT, a.MarkTicket(flag=Flag.COMPLEX), "flag"),
    No(
        "flag.stays_confidential",
        lambda: c.handled(confidential=True),
        SUPERVISOR,
        a.UnmarkTicket(flag=Flag.CONFIDENTIAL, note="公开"),
        "flag",
    ),
    No("tag.already_set", s.tagged, SUPERVISOR, a.TagTicket(tag="flood"), "tag"),
    No("tag.none_set", c.handled, SUPERVISOR, a.UntagTicket(tag="flood")),
    No("tag.not_set", s.tagged, SUPERVISOR, a.UntagTicket(tag="noise"), "tag"),
    No("dispatch.category_missing", lambda: c.awaiting_dispatch(category=""), DISPATCHER, dispatch(), "category"),
    No("dispatch.not_unambiguous", c.registered, AGENT, dispatch(lead_unit=URBAN), "lead_unit"),
    No("dispatch.rule_not_followed", c.awaiting_dispatch, DISPATCHER, dispatch(followed=("0401-1@2",)), "followed"),
    No("dispatch.rule_not_followed", c.handled, DISPATCHER, reassign(URBAN, followed=("0401-1@2",)), "followed"),
    No("confidential.brief_missing", secret, AGENT, dispatch()),
    No("confidential.brief_missing", secret, AGENT, by_phone()),
    No("confidential.brief_missing", lambda: told_secret(c.handled()), DISPATCHER, reassign(URBAN)),
    No("confidential.brief_missing", lambda: told_secret(c.ownerless()), DISPATCHER, mediates(URBAN)),
    No("confidential.brief_missing", lambda: told_secret(c.ownerless()), SUPERVISOR, provisionally()),
    No("confidential.brief_missing", lambda: told_secret(c.panelled()), SUPERVISOR, c.rules_jointly(URBAN)),
    No("dispatch.lead_is_co_unit", c.awaiting_dispatch, DISPATCHER, dispatch(co_units=(ECOLOGY,)), "co_units"),
    No("dispatch.returned_by_unit", returned_once, DISPATCHER, dispatch(), "lead_unit"),
    No("dispatch.same_unit", c.handled, DISPATCHER, reassign(ECOLOGY), "lead_unit"),
    No("phone.no_feedback_due", c.handled, HANDLER, a.FeedBackByPhone(note="已出动")),
    No("return.window_over", lambda: c.handled().wait(days=3), HANDLER, c.asks_return()),
    No("return.window_open", c.handled, SYSTEM, a.DeemAccepted()),
    No("return.already_handled", sent_back, HANDLER, c.asks_return()),
    No("return.ruled_already", c.ruled, HANDLER, c.asks_return()),
    No("return.proposes_itself", c.handled, HANDLER, c.asks_return(proposed_unit=ECOLOGY), "proposed_unit"),
    No("contact.already_recorded", confirmed_contact, HANDLER, a.RecordFirstContact(note="再次")),
    No("contact.confidential", lambda: c.handled(confidential=True), HANDLER, a.RecordFirstContact(note="已通话")),
    No("contact.none_left", lambda: c.handled(contactable=False), HANDLER, a.RecordFirstContact(note="已通话")),
    No("delegation.none", c.at_district, LUYANG_DESK, a.RecallDelegation(reason="自办")),
    No("delegation.exists", c.delegated, LUYANG_DESK, a.Delegate(to_unit=STREET)),
    No("delegation.not_signed", c.delegated, STREET_CLERK, a.SubmitInnerReply(reply="办了")),
    No("delegation.already_signed", s.delegate_signed, STREET_CLERK, a.SignInDelegated()),
    No("delegation.no_reply", s.delegate_signed, LUYANG_DESK, a.SendBackInnerReply(reason="不清")),
    No("co_task.already_reported", s.co_reported, c.member(URBAN), a.ReportCoTask(reply="再报")),
    No("co_task.nothing_reported", c.handled, HANDLER, a.ReturnTask(unit=URBAN, reason="缺照片")),
    No("co_task.already_reported", s.co_reported, c.member(URBAN), s.TASK_RETURNED),
    No("task_return.already_proposed", s.task_unwanted, c.member(URBAN), s.TASK_RETURNED),
    No("task_return.window_over", window_of_task_over, c.member(URBAN), s.TASK_RETURNED),
    No("task_return.ruled_already", task_stays, c.member(URBAN), s.TASK_RETURNED),
    No("task_return.nothing_proposed", c.handled, DISPATCHER, a.AcceptTaskReturn(finding="是")),
    No("task_return.nothing_proposed", c.handled, DISPATCHER, a.RejectTaskReturn(finding="否")),
    No("return.proposes_itself", c.handled, c.member(URBAN), returns_task(proposed_unit=URBAN), "proposed_unit"),
    No("field.required", c.handled, c.member(URBAN), returns_task(legal_basis=" "), "legal_basis"),
    No("co_task.not_reported", s.co_reported, HANDLER, a.ReturnTask(unit=HOUSING, reason="缺照片"), "unit"),
    No("co_task.none", s.co_reported, DISPATCHER, a.CloseTask(unit=URBAN, reason="无需处罚")),
    No("co_task.not_lying", c.handled, DISPATCHER, a.CloseTask(unit=HOUSING, reason="无需处罚"), "unit"),
    No("co_task.is_lead", c.handled, DISPATCHER, a.OpenTask(unit=ECOLOGY, task="监测"), "unit"),
    No("co_task.exists", c.handled, DISPATCHER, a.OpenTask(unit=URBAN, task="处罚"), "unit"),
    No("co_task.exists", s.penalty_awaits, DISPATCHER, a.OpenTask(unit=HOUSING, task="处罚"), "unit"),
    No("field.out_of_range", c.handled, DISPATCHER, a.OpenTask(unit=HOUSING, task="处罚", order=10), "order"),
    No(
        "confidential.brief_missing",
        lambda: told_secret(c.handled()),
        DISPATCHER,
        a.OpenTask(unit=HOUSING, task="核查"),
    ),
    No("co_task.nothing_found", c.handled, HANDLER, a.RecordFinding(found=Finding.NOTHING, note="无"), "found"),
    No("co_task.awaited", c.handled, HANDLER, c.replies(without_tasks=" "), "without_tasks"),
    No("dispatch.two_parts", c.awaiting_dispatch, DISPATCHER, dispatch(guidance_units=(ECOLOGY,)), "guidance_units"),
    No(
        "dispatch.two_parts",
        c.awaiting_dispatch,
        DISPATCHER,
        dispatch(guidance_units=(URBAN,), copied_units=(URBAN,)),
        "copied_units",
    ),
    No("dispatch.two_parts", c.handled, DISPATCHER, reassign(URBAN, guidance_units=(URBAN,)), "guidance_units"),
    No("delegation.already_replied", s.delegate_replied, STREET_CLERK, a.SubmitInnerReply(reply="再报")),
    No("delegation.awaiting_reply", s.delegate_signed, LUYANG_DESK, c.replies()),
    No("delegation.not_below", c.at_district, LUYANG_DESK, a.Delegate(to_unit=URBAN), "to_unit"),
    No("delegation.not_below", c.at_district, LUYANG_DESK, a.Delegate(to_unit=DISTRICT), "to_unit"),
    No("delegation.due_past", c.at_district, LUYANG_DESK, a.Delegate(to_unit=STREET, due_at=c.MONDAY), "due_at"),
    No("extension.too_late", lambda: c.handled().wait(days=9, hours=1), HANDLER, c.asks_extension()),
    No(
        "extension.type_excluded",
        lambda: c.handled(request_type=RequestType.CONSULTATION),
        HANDLER,
        c.asks_extension(),
    ),
    No("extension.urgency_excluded", lambda: c.handled(urgency=Urgency.URGENT), HANDLER, c.asks_extension()),
    No("extension.used_up", once_extended, HANDLER, c.asks_extension()),
    No("extension.not_in_days", born_in_flood, HANDLER, c.asks_extension()),
    No("extension.too_long", c.handled, HANDLER, c.asks_extension(days=11), "days"),
    No("extension.too_long", c.extension_asked, DISPATCHER, a.GrantExtension(days=11), "days"),
    No("pause.already_paused", c.paused, SUPERVISOR, c.stops_clock()),
    No("pause.not_paused", c.handled, SUPERVISOR, a.Resume()),
    No("pause.used_up", no_pauses, SUPERVISOR, c.stops_clock()),
    No("pause.reason_excluded", c.handled, SUPERVISOR, c.stops_clock(reason="hearing"), "reason"),
    No("sign_off.own_reply", lambda: c.handled().do(DEPUTY, c.replies()), DEPUTY, a.SignOff()),
    No("sign_off.not_your_step", s.half_signed, SECTION, a.SignOff()),
    No("sign_off.own_request", c.return_drafted, HANDLER, a.SignOff()),
    No("sign_off.not_your_step", lambda: c.extension_drafted().do(SECTION, a.SignOff()), SECTION, a.SignOff()),
    No("sign_off.not_your_step", s.drafted_unsigned, another_handler(), a.RefuseRequest(reason="不退")),
    No("sign_off.nothing_to_sign", c.handled, SECTION, a.SignOff()),
    No("sign_off.nothing_to_sign", c.reworked, SECTION, a.RefuseRequest(reason="不必")),
    No("sign_off.request_lies", c.return_drafted, HANDLER, c.asks_return()),
    No("sign_off.request_lies", c.return_drafted, HANDLER, c.asks_extension()),
    No("sign_off.request_lies", district_returns, LUYANG_DESK, a.Delegate(to_unit=STREET)),
    No("sign_off.not_your_step", s.half_signed, SECTION, a.ReviseReply(reason="再改")),
    No("park.plan_outdated", lambda: s.park_asked().wait(days=90), SUPERVISOR, a.ConfirmPark()),
    No("park.review_past", c.handled, HEAD, c.asks_park(date(2021, 5, 10)), "review_on"),
    No("park.review_too_far", c.handled, HEAD, c.asks_park(date(2021, 8, 11)), "review_on"),
    No("park.finish_before_review", c.handled, HEAD, c.asks_park(finish_on=date(2021, 8, 1)), "finish_on"),
    No("sign_off.request_lies", s.park_drafted, HANDLER, c.asks_park()),
    No("joint.no_dispute", c.handled, SUPERVISOR, c.rules_jointly(URBAN)),
    No("joint.no_dispute", c.handled, SUPERVISOR, a.EscalateDispute(reason="难定")),
    No("joint.already_escalated", escalated, SUPERVISOR, a.EscalateDispute(reason="再请")),
    No("objection.already_made", objected, HANDLER, a.ObjectToRuling(reason="再议", legal_basis="三定")),
    No("objection.window_over", c.handled, HANDLER, a.ObjectToRuling(reason="无权", legal_basis="三定")),
    No("callback.no_contact", s.left_no_number, CALLER, c.content()),
    No("callback.refused", lambda: refused_callback().wait(days=1), CALLER, c.not_answered()),
    No("callback.attempts_used_up", lambda: s.tried_out().wait(days=1), CALLER, c.not_answered()),
    No("callback.attempts_missing", c.passed, CALLER, a.CloseUnreached()),
    No("callback.same_half_day", lambda: c.passed().do(CALLER, c.not_answered()), CALLER, c.not_answered()),
    No("callback.reached_is_callback", c.passed, CALLER, c.not_answered(Contact.REACHED), "contact"),
    No("callback.cause_missing", c.passed, CALLER, dataclasses.replace(c.discontent(), cause=""), "cause"),
    No("callback.contact_exists", c.passed, CALLER, a.CloseWithoutCallback(reason="declined", note="不打")),
    No("close.not_yours_to_decide", decided_above, REVIEWER, a.Close(reason="explained", note="已解释")),
    No("rework.used_up", reworked_twice, REVIEWER, a.OrderRework(reason="三办")),
    No("rework.never_handled", withdrawn, SUPERVISOR, a.ReopenAfterVisit(finding="仍在施工")),
    No(
        "rework.never_handled",
        lambda: Story().do(SYSTEM, s.OLD),
        SUPERVISOR,
        a.ReopenAfterVisit(finding="仍在施工"),
    ),
    No("attachment.purpose_not_yours", c.handled, HANDLER, c.adds_file(Purpose.REQUEST), "purpose"),
    No("attachment.purpose_not_yours", c.handled, CITIZEN, c.adds_file(), "purpose"),
    No("attachment.shown_by_office", c.handled, HANDLER, c.adds_file(visible_to=VisibleTo.UNIT), "visible_to"),
    No("attachment.not_yours", c.handled, HANDLER, c.removes_file(AGENT)),
    No("attachment.not_yours", c.handled, DISPATCHER, c.removes_file(AGENT)),
    No("clock.not_overdue", c.handled, SYSTEM, a.RecordOverdue(clock="reply")),
    No("clock.not_overdue", lambda: c.handled().wait(days=3), SYSTEM, a.RecordOverdue(clock="return_window")),
    No("clock.not_overdue", lambda: c.paused().wait(days=30), SYSTEM, a.RecordOverdue(clock="reply")),
    No("clock.already_overdue", overdue, SYSTEM, a.RecordOverdue(clock="reply")),
    No("clock.step_not_due", c.handled, SYSTEM, a.SendReminder(clock=ClockKind.UNIT_REPLY, percent=50)),
    No("clock.step_not_due", c.handled, SYSTEM, a.IssueNotice(clock=ClockKind.UNIT_REPLY)),
    No("clock.step_not_due", overdue, SYSTEM, a.ProposeCriticism(clock=ClockKind.UNIT_REPLY)),
    No("succession.same_unit", c.handled, SYSTEM, a.FollowSuccessor(old_unit=c.URBAN, new_unit=c.URBAN), "new_unit"),
    No("succession.not_in_ticket", c.handled, SYSTEM, a.FollowSuccessor(old_unit=c.HOUSING, new_unit=c.URBAN)),
    No("clock.nothing_moves", c.handled, SYSTEM, a.RecomputeClocks(cause="calendar")),
    No("decline.nothing_proposed", c.registered, LEADER, a.RejectDecline(note="应受理")),
    No("void.nothing_proposed", c.handled, LEADER, a.RejectVoid(note="不是误录")),
    No("extension.nothing_proposed", c.handled, DISPATCHER, a.RefuseExtension(note="不必")),
    No("park.nothing_proposed", c.handled, SUPERVISOR, a.RejectPark(note="能办")),
    No("dispatch.category_missing", lambda: c.registered(category=""), AGENT, by_phone(), "category"),
    No("dispatch.category_missing", lambda: c.awaiting_dispatch(category=""), DISPATCHER, ownerless(), "category"),
    No("dispatch.category_missing", category_ended, DISPATCHER, reassign(URBAN), "category"),
    No("dispatch.returned_by_unit", returned_once, DISPATCHER, by_phone(), "lead_unit"),
    No("dispatch.returned_by_unit", given_to_another, DISPATCHER, reassign(ECOLOGY), "lead_unit"),
    No("dispatch.lead_is_co_unit", c.handled, DISPATCHER, reassign(URBAN, URBAN), "co_units"),
    No("dispatch.lead_is_co_unit", c.panelled, SUPERVISOR, c.rules_jointly(URBAN, co_units=(URBAN,)), "co_units"),
    No("dispatch.lead_is_co_unit", c.ownerless, DISPATCHER, mediates(URBAN, URBAN), "co_units"),
    No("joint.no_dispute", c.handled, SUPERVISOR, a.ConvenePanel(members=(URBAN,), agenda="谁")),
    No("delegation.exists", c.delegated, LUYANG_DESK, c.asks_return()),
    No("delegation.none", c.at_district, LUYANG_DESK, a.SendBackInnerReply(reason="不清")),
    No("callback.no_contact", s.left_no_number, CALLER, c.not_answered()),
    No("close.not_yours_to_decide", decided_above, REVIEWER, a.OrderRework(reason="未解决")),
    No("archive.too_early", lambda: c.settled().wait(days=29), SYSTEM, a.Archive()),
)


@pytest.mark.parametrize("no", NOS, ids=lambda no: f"{no.code}-{no.act.name}")
def test_it_is_refused_for_one_reason_in_a_sentence(no: No):
    story = no.story()
    before = story.state
    decision = story.decide(no.who, no.act)
    assert [(r.code, r.field) for r in decision.refusals] == [(no.code, no.field)]
    assert (decision.events, decision.state) == ((), before)
    for lang in ("zh", "en"):
        said = render(decision.refusals[0], lang)
        assert "{" not in said
        assert "None" not in said


def test_every_refusal_of_the_lifecycle_has_its_story():
    made = find_codes(Path(lifecycle.__file__).parent).made
    assert {no.code for no in NOS} == made


def test_every_condition_of_every_act_is_shown_to_bite():
    """For each condition in the table there is a story in which it, and nothing else, refuses that very act."""
    bitten = set()
    for no in (no for no in NOS if not no.code.startswith("field.")):
        story = no.story()
        case = Case(state=story.state, actor=no.who, book=story.book, now=story.now, act=no.act)
        for row in next_acts(story.stage):
            if row.act is type(no.act) and all(holds(case) for holds in row.when):
                bitten |= {(no.act.name, guard_name(g)) for g in (*row.standing, *row.guards) if refuses(g, case, no)}
    demanded = {(row.act.name, guard_name(g)) for row in TABLE for g in (*row.standing, *row.guards)}
    assert demanded - bitten == set()


def refuses(guard: Guard, case: Case, no: No) -> bool:
    refusal = guard(case)
    return refusal is not None and refusal.code == no.code


def test_all_that_is_wrong_with_a_form_is_said_at_once():
    empty = c.asks_return(reason="nonsense", legal_basis=" ", proposed_unit="NOBODY")
    refusals = c.handled().decide(HANDLER, empty).refusals
    assert [(r.code, r.field) for r in refusals] == [
        ("field.unknown_code", "reason"),
        ("field.required", "legal_basis"),
        ("field.unknown_code", "proposed_unit"),
    ]


def test_no_field_is_looked_at_before_it_is_known_that_the_person_may():
    """Otherwise a stranger could learn from the answers which codes are in use."""
    assert c.handled().codes(HANDLER, dispatch(lead_unit="NOBODY")) == ("act.role_denied",)


def test_a_form_without_a_choice_is_answered_not_broken():
    """What a form could not read comes as nothing, whatever the field's type."""
    blank = c.asks_extension(days=None)  # type: ignore[arg-type]  # what an empty form field gives
    assert c.handled().codes(HANDLER, blank) == ("field.required",)
    unheard = a.RecordCallback(responded=None, resolution=None)  # type: ignore[arg-type]  # the same
    assert c.passed().codes(CALLER, unheard) == ("field.required", "field.required")
    no_panel = a.ConvenePanel(members=(), agenda="谁牵头")
    assert c.ownerless().codes(SUPERVISOR, no_panel) == ("field.required",)
    no_master = a.Merge(master=TicketNo(""))
    assert c.handled().codes(AGENT, no_master) == ("field.required",)


def test_days_run_out_at_the_office_end_of_the_last_day_for_asking():
    """Asked for a working day before the limit: the day before the last is the last day to ask."""
    due = c.handled().clock(ClockKind.UNIT_REPLY).due_at
    assert c.handled().until(due - timedelta(days=1)).codes(HANDLER, c.asks_extension()) == ()
    assert c.handled().until(due - timedelta(hours=9)).codes(HANDLER, c.asks_extension()) == ("extension.too_late",)
