"""Guards that also look at what the act says, asked when it is done."""

from datetime import timedelta

from hotline.rules.acts import (
    AddAttachment,
    Delegate,
    Dispatch,
    GrantExtension,
    Pause,
    ProposePark,
    Reassign,
    RecordCallback,
    Register,
    RemoveAttachment,
    RequestExtension,
)
from hotline.rules.cotasks import CoTask, Standing, owing, task_of
from hotline.rules.jurisdiction import only_lead
from hotline.rules.jurisdiction.following import follows
from hotline.rules.ladder import due_firing
from hotline.rules.lifecycle.case import Case
from hotline.rules.lifecycle.clockwork import recompute
from hotline.rules.lifecycle.conditions import dissatisfied
from hotline.rules.messages import Refusal
from hotline.rules.state import ClockState
from hotline.rules.succession import units_of
from hotline.rules.vocabulary import (
    CITY_TZ,
    LEFT_BY_ACTS,
    OFFICE_ROLES,
    UNIT_ROLES,
    WINDOWS,
    Contact,
    Finding,
    Flag,
    Purpose,
    RequestType,
    Role,
    UnitCode,
    VisibleTo,
)

THIRD_LEVEL_DIGITS = 6
KEY = 40
"""So much of a quoted line of the directory is repeated in a refusal."""


def superior_due_ahead(case: Case) -> Refusal | None:
    """A superior's date that has passed cannot be kept any more."""
    act = case.act
    if isinstance(act, Register) and act.superior_due_at is not None and act.superior_due_at <= case.now:
        return Refusal("register.superior_due_past", field="superior_due_at")
    return None


ON_THE_SPOT = frozenset({RequestType.HELP, RequestType.COMPLAINT, RequestType.REPORT})
"""Types of request that somebody must go and look at."""


def place_for_type(case: Case) -> Refusal | None:
    """Who handles a matter on the spot must know where; other systems' requests come as they are."""
    act = case.act
    if not isinstance(act, Register) or act.request_type not in ON_THE_SPOT or Role.SYSTEM in case.actor.roles:
        return None
    return None if act.region or act.place.strip() else Refusal("register.place_missing", field="place")


def marked_by_hand(case: Case) -> Refusal | None:
    """Some marks come only from other acts; a mark that lengthens limits only from who may dispatch."""
    flag = getattr(case.act, "flag", None)
    if flag in LEFT_BY_ACTS:
        return Refusal("flag.not_by_hand", {"flag": flag}, field="flag")
    if flag in case.state.flags:
        return Refusal("flag.already_set", {"flag": flag}, field="flag")
    if flag is Flag.COMPLEX and case.actor.roles.isdisjoint({Role.DISPATCHER, Role.SUPERVISOR}):
        return Refusal("flag.lengthens_limits", {"flag": flag}, field="flag")
    return None


def unmarked_by_hand(case: Case) -> Refusal | None:
    """Confidential stays confidential (GB/T 33358); marks left by acts stay until acts end them."""
    flag = getattr(case.act, "flag", None)
    if flag in LEFT_BY_ACTS:
        return Refusal("flag.not_by_hand", {"flag": flag}, field="flag")
    if flag not in case.state.flags:
        return Refusal("flag.not_set", {"flag": flag}, field="flag")
    return Refusal("flag.stays_confidential", field="flag") if flag is Flag.CONFIDENTIAL else None


def bears_no_such_tag(case: Case) -> Refusal | None:
    """A tag is set once."""
    tag = case.act_text("tag")
    return Refusal("tag.already_set", {"tag": tag}, field="tag") if tag in case.state.tags else None


def bears_that_tag(case: Case) -> Refusal | None:
    tag = case.act_text("tag")
    return None if tag in case.state.tags else Refusal("tag.not_set", {"tag": tag}, field="tag")


def reason_after_dispatch(case: Case) -> Refusal | None:
    """A change of type after dispatch is explained: complaints are not to be relabelled as consultations."""
    if case.state.dispatches and not case.act_text("reason"):
        return Refusal("classify.reason_missing", field="reason")
    return None


def third_level(case: Case) -> Refusal | None:
    """A ticket is dispatched under a third-level category."""
    known = case.state.category in case.book.reference.categories
    if known and len(case.state.category) == THIRD_LEVEL_DIGITS:
        return None
    return Refusal("dispatch.category_missing", field="category")


def unambiguous_for_agents(case: Case) -> Refusal | None:
    """Agents send a matter straight to the one unit the city's directory names; whoever dispatches is free."""
    if not case.actor.roles.isdisjoint({Role.DISPATCHER, Role.SYSTEM}):
        return None
    state, named = case.state, getattr(case.act, "lead_unit", None)
    found = only_lead(case.book.directory, category=state.category, region=state.region, at=case.now)
    if found is not None and found == named:
        return None
    return Refusal("dispatch.not_unambiguous", field="lead_unit")


def follows_the_directory(case: Case) -> Refusal | None:
    """A line that is quoted names this lead here and now: what precedents saved is counted from it."""
    state, lead = case.state, getattr(case.act, "lead_unit", UnitCode(""))
    for key in getattr(case.act, "followed", ()):
        if not follows(case.book.directory, key, lead=lead, category=state.category, region=state.region, at=case.now):
            return Refusal("dispatch.rule_not_followed", {"rule": key[:KEY]}, field="followed")
    return None


def briefed_if_confidential(case: Case) -> Refusal | None:
    """A confidential ticket leaves the office only with a brief: the unit may not read the citizen's own words."""
    if case.has(Flag.CONFIDENTIAL) and not case.state.briefed:
        return Refusal("confidential.brief_missing")
    return None


def lead_not_among_co_units(case: Case) -> Refusal | None:
    """One unit leads, others help; nobody is both."""
    if getattr(case.act, "lead_unit", None) in getattr(case.act, "co_units", ()):
        return Refusal("dispatch.lead_is_co_unit", field="co_units")
    return None


def not_to_founded_return(case: Case) -> Refusal | None:
    """Who was found not competent for this ticket gets it again only by a ruling."""
    if getattr(case.act, "lead_unit", None) in case.state.returned_by:
        return Refusal("dispatch.returned_by_unit", field="lead_unit")
    return None


def something_found(case: Case) -> Refusal | None:
    """A finding says what was found."""
    nothing = getattr(case.act, "found", None) is Finding.NOTHING
    return Refusal("co_task.nothing_found", field="found") if nothing else None


def one_part_each(case: Case) -> Refusal | None:
    """A unit has one part in a ticket: lead, co-unit, guidance or copy."""
    act = case.act
    if not isinstance(act, Dispatch | Reassign):
        return None
    named = [act.lead_unit, *act.co_units]
    for field, units in (("guidance_units", act.guidance_units), ("copied_units", act.copied_units)):
        if set(units) & set(named):
            return Refusal("dispatch.two_parts", field=field)
        named += units
    return None


def not_the_lead(case: Case) -> Refusal | None:
    """The lead has the whole ticket and needs no task of it."""
    if getattr(case.act, "unit", None) == case.state.lead_unit:
        return Refusal("co_task.is_lead", field="unit")
    return None


def _task(case: Case) -> CoTask | None:
    return task_of(case.state.tasks, case.act_text("unit"))


def no_task_lies(case: Case) -> Refusal | None:
    """A unit has one task at a time."""
    task = _task(case)
    lies = task is not None and task.standing in {Standing.WAITING, Standing.OPEN}
    return Refusal("co_task.exists", field="unit") if lies else None


def task_lies(case: Case) -> Refusal | None:
    """Only a task that is not done can be taken away; what was reported stays on record."""
    task = _task(case)
    lies = task is not None and task.standing in {Standing.WAITING, Standing.OPEN}
    return None if lies else Refusal("co_task.not_lying", field="unit")


def task_reported(case: Case) -> Refusal | None:
    """A report is sent back to who made it."""
    task = _task(case)
    done = task is not None and task.standing is Standing.REPORTED
    return None if done else Refusal("co_task.not_reported", field="unit")


def tasks_reported(case: Case) -> Refusal | None:
    """The lead answers once for all: co-units report first, or the lead says why it answers without them (P)."""
    missing = owing(case.state.tasks)
    if not missing or case.act_text("without_tasks"):
        return None
    return Refusal("co_task.awaited", {"count": len(missing)}, field="without_tasks")


def another_unit(case: Case) -> Refusal | None:
    """Reassignment changes the lead."""
    if getattr(case.act, "lead_unit", None) == case.state.lead_unit:
        return Refusal("dispatch.same_unit", field="lead_unit")
    return None


def proposes_another(case: Case) -> Refusal | None:
    """A unit cannot propose itself."""
    if getattr(case.act, "proposed_unit", "") == case.state.lead_unit:
        return Refusal("return.proposes_itself", field="proposed_unit")
    return None


def task_to_another(case: Case) -> Refusal | None:
    """A co-unit that gives its task back cannot propose itself."""
    if case.act_text("proposed_unit") and case.actor.roles_at(UnitCode(case.act_text("proposed_unit"))):
        return Refusal("return.proposes_itself", field="proposed_unit")
    return None


def unit_below(case: Case) -> Refusal | None:
    """Work is given down, not sideways."""
    to = getattr(case.act, "to_unit", None)
    if to in case.actor.covers and to != case.state.lead_unit:
        return None
    return Refusal("delegation.not_below", field="to_unit")


def inner_due_ahead(case: Case) -> Refusal | None:
    """An inner limit leaves the unit below some time."""
    act = case.act
    if isinstance(act, Delegate) and act.due_at is not None and act.due_at <= case.now:
        return Refusal("delegation.due_past", field="due_at")
    return None


def extension_length(case: Case) -> Refusal | None:
    """No longer than the profile's maximum (Shandong: 10 working days)."""
    act, most = case.act, case.book.profile.extension.max_workdays
    if isinstance(act, RequestExtension | GrantExtension) and act.days > most:
        return Refusal("extension.too_long", {"days": most}, field="days")
    return None


def pause_reason_counts(case: Case) -> Refusal | None:
    """Time stops only for the reasons the profile names."""
    act = case.act
    if isinstance(act, Pause) and act.reason not in case.book.profile.pause.reasons:
        return Refusal("pause.reason_excluded", field="reason")
    return None


def review_ahead(case: Case) -> Refusal | None:
    """A plan names a day on which the parked ticket is looked at again."""
    act = case.act
    if isinstance(act, ProposePark) and act.review_on <= case.now.astimezone(CITY_TZ).date():
        return Refusal("park.review_past", field="review_on")
    return None


def review_within_quarter(case: Case) -> Refusal | None:
    """What is parked is looked at again every quarter (P: within 92 days)."""
    act, most = case.act, case.book.profile.parking.review_within_days
    latest = case.now.astimezone(CITY_TZ).date() + timedelta(days=most)
    if isinstance(act, ProposePark) and act.review_on > latest:
        return Refusal("park.review_too_far", {"days": most}, field="review_on")
    return None


def finish_not_before_review(case: Case) -> Refusal | None:
    """A plan that ends earlier is looked at when it ends."""
    act = case.act
    if isinstance(act, ProposePark) and act.finish_on < act.review_on:
        return Refusal("park.finish_before_review", field="finish_on")
    return None


def not_reached(case: Case) -> Refusal | None:
    """Who was reached is asked; that is a callback, not an attempt."""
    if getattr(case.act, "contact", None) is Contact.REACHED:
        return Refusal("callback.reached_is_callback", field="contact")
    return None


def cause_given(case: Case) -> Refusal | None:
    """Who is dissatisfied has a cause; without it nothing can be put right."""
    act = case.act
    if isinstance(act, RecordCallback) and not act.cause.strip() and dissatisfied(case):
        return Refusal("callback.cause_missing", field="cause")
    return None


OF_UNITS = frozenset({Purpose.HANDLING, Purpose.RETURN})
INSIDE = OFFICE_ROLES | {Role.SYSTEM}
MAY_REMOVE_ANY = frozenset({Role.TEAM_LEADER, Role.SUPERVISOR, Role.SYSTEM})


def purposes_of(roles: frozenset[Role]) -> frozenset[Purpose]:
    """Units prove what they did or why they return, citizens what they ask; the office adds any of it."""
    if roles & INSIDE:
        return frozenset(Purpose)
    return OF_UNITS if roles & UNIT_ROLES else frozenset({Purpose.REQUEST})


def purpose_fits(case: Case) -> Refusal | None:
    """A file is added for a purpose that is part of one's work."""
    act = case.act
    if isinstance(act, AddAttachment) and act.purpose not in purposes_of(case.actor.roles):
        return Refusal("attachment.purpose_not_yours", {"purpose": act.purpose}, field="purpose")
    return None


def shown_by_office(case: Case) -> Refusal | None:
    """Only the office says that a unit may see a piece of a confidential ticket."""
    act = case.act
    if isinstance(act, AddAttachment) and act.visible_to is VisibleTo.UNIT and not case.actor.roles & INSIDE:
        return Refusal("attachment.shown_by_office", field="visible_to")
    return None


def removes_own(case: Case) -> Refusal | None:
    """A file is taken away by who added it, or by who answers for the office's order."""
    act = case.act
    if not isinstance(act, RemoveAttachment) or act.added_by == case.actor.id or case.actor.roles & MAY_REMOVE_ANY:
        return None
    return Refusal("attachment.not_yours")


def stands_in_ticket(case: Case) -> Refusal | None:
    """A successor follows a unit that has to do with the ticket, and is another one."""
    old, new = case.act_text("old_unit"), case.act_text("new_unit")
    if old == new:
        return Refusal("succession.same_unit", field="new_unit")
    return None if old in units_of(case.state) else Refusal("succession.not_in_ticket", {"unit": old})


def _named_clock(case: Case) -> ClockState | None:
    named = (case.act_text("clock"), case.act_text("of"))
    return next((c for c in case.state.clocks.values() if (c.kind.value, c.of) == named), None)


def has_run_out(case: Case) -> Refusal | None:
    """Overdue is recorded once, after the due time; a window that passes makes nobody late."""
    clock = _named_clock(case)
    clock = clock if clock is not None and clock.running else None
    if clock is None or clock.kind in WINDOWS or clock.paused or case.now <= clock.due_at:
        return Refusal("clock.not_overdue")
    return Refusal("clock.already_overdue") if clock.overdue_at else None


def step_has_come(case: Case) -> Refusal | None:
    """Reminders, notices and proposals come when the ladder of the profile says so, each once."""
    clock = _named_clock(case)
    due = due_firing(clock, case.book.profile, case.book.calendar, case.now) if clock else None
    return None if due is not None and due.act == case.act else Refusal("clock.step_not_due")


def something_moves(case: Case) -> Refusal | None:
    """A recomputation that moves nothing leaves no line in the ledger."""
    return None if any(True for _ in recompute().changes(case)) else Refusal("clock.nothing_moves")
