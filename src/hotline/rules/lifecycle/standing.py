"""Guards that look at the ticket and the person only; pages ask them before they show a button.

Each is one sentence of the rules: where a source is named it is the city rule it came from, (P) is our proposal.
"""

from datetime import date, datetime, time

from hotline.rules.cotasks import CoTask, Standing
from hotline.rules.deadlines import Pause as PauseSpan
from hotline.rules.deadlines import paused_workdays
from hotline.rules.lifecycle.case import Case
from hotline.rules.lifecycle.guarding import Guard, named
from hotline.rules.lifecycle.reckoning import counted_from
from hotline.rules.lifecycle.signing import next_signer, signing_step
from hotline.rules.messages import Refusal
from hotline.rules.state import ClockState
from hotline.rules.vocabulary import CITY_TZ, RESTS_UNASKED, ClockKind, Flag, Paper, Proposal, Role


def nothing_proposed(kind: Proposal) -> Guard:
    """The same thing is not asked for twice at a time."""

    def guard(case: Case) -> Refusal | None:
        return Refusal(f"{kind.value}.already_proposed") if kind in case.state.proposals else None

    return named(guard, f"no_{kind.value}_proposed")


def proposed(kind: Proposal) -> Guard:
    """There is something to decide, and the one who asked is not the one who decides."""

    def guard(case: Case) -> Refusal | None:
        asked = case.state.proposals.get(kind)
        if asked is None:
            return Refusal(f"{kind.value}.nothing_proposed")
        if asked.by == case.actor.id:
            return Refusal("act.needs_second_person")
        return None

    return named(guard, f"{kind.value}_proposed_by_another")


def bears_tags(case: Case) -> Refusal | None:
    """There is a tag to take off."""
    return None if case.state.tags else Refusal("tag.none_set")


def within_return_window(case: Case) -> Refusal | None:
    """A return comes within the profile's window; later the ticket is deemed accepted (Tianjin draft)."""
    window = case.state.running(ClockKind.RETURN_WINDOW)
    return None if window and case.now <= window.due_at else Refusal("return.window_over")


def window_has_passed(case: Case) -> Refusal | None:
    """The system deems a ticket or a ruling accepted only after the window."""
    windows = (case.state.running(ClockKind.RETURN_WINDOW), case.state.running(ClockKind.OBJECTION))
    return None if any(w and case.now > w.due_at for w in windows) else Refusal("return.window_open")


def not_ruled_lead(case: Case) -> Refusal | None:
    """Who was named by a ruling objects; it does not return the ticket again."""
    return Refusal("return.ruled_already") if case.has(Flag.RULED_LEAD, Flag.PROVISIONAL_LEAD) else None


def not_answered_yet(case: Case) -> Refusal | None:
    """Who has answered once cannot say later that it was not his."""
    return Refusal("return.already_handled") if case.state.replied_at else None


def not_contacted_yet(case: Case) -> Refusal | None:
    """First contact is recorded once; later talks are notes."""
    return Refusal("contact.already_recorded") if case.state.contacted_at else None


def may_contact(case: Case) -> Refusal | None:
    """A unit does not seek out who left no contact or asked to stay unknown (GB/T 33358)."""
    if case.has(Flag.CONFIDENTIAL):
        return Refusal("contact.confidential")
    return None if case.state.contactable else Refusal("contact.none_left")


def extension_possible(case: Case) -> Refusal | None:
    """Once, before expiry, never for consultations and urgent matters (Shandong 2020; count P)."""
    terms, clock = case.book.profile.extension, unit_clock(case)
    if clock is None or _too_late(case, clock):
        return Refusal("extension.too_late", {"days": terms.ask_before_workdays})
    if case.state.request_type in terms.forbidden_types:
        return Refusal("extension.type_excluded", {"request_type": case.state.request_type})
    if case.state.urgency in terms.forbidden_urgencies:
        return Refusal("extension.urgency_excluded", {"urgency": case.state.urgency})
    if case.state.extensions >= terms.max_count:
        return Refusal("extension.used_up", {"count": terms.max_count})
    return None if clock.limit.endswith("d") else Refusal("extension.not_in_days")


def unit_clock(case: Case) -> ClockState | None:
    """What the unit's time is measured by; while it works on a ticket one of the two always runs."""
    return case.state.running(ClockKind.UNIT_REPLY) or case.state.running(ClockKind.REPLY)


def _too_late(case: Case, clock: ClockState) -> bool:
    """While the clock rests nobody is late; otherwise so many working days must be left."""
    if clock.paused:
        return False
    ahead = case.book.profile.extension.ask_before_workdays
    today, last = (at.astimezone(clock.due_at.tzinfo).date() for at in (case.now, clock.due_at))
    return case.now > clock.due_at or case.book.calendar.count_workdays(today, last) < ahead


def clocks_running(case: Case) -> Refusal | None:
    """Clocks that rest already cannot be stopped once more."""
    return Refusal("pause.already_paused") if case.state.paused else None


def pause_left(case: Case) -> Refusal | None:
    """All pauses of a ticket together last no longer than the profile allows (P: 30 working days)."""
    most = case.book.profile.pause.max_workdays
    return Refusal("pause.used_up", {"days": most}) if paused_days(case) >= most else None


def paused_days(case: Case) -> int:
    """Working days the office has stopped time so far; disputes and parking are counted elsewhere."""
    clock = case.state.clocks.get(ClockKind.REPLY)
    spans = [PauseSpan(a, b) for a, b, why in clock.pauses if why not in RESTS_UNASKED] if clock else []
    return paused_workdays(spans, case.book.calendar, case.now)


def clocks_paused(case: Case) -> Refusal | None:
    """Only paused clocks can be resumed."""
    return None if case.state.paused else Refusal("pause.not_paused")


def delegated(case: Case) -> Refusal | None:
    """There is a unit below that has the work."""
    return None if case.state.delegation else Refusal("delegation.none")


def not_delegated(case: Case) -> Refusal | None:
    """One unit below at a time."""
    return Refusal("delegation.exists") if case.state.delegation else None


def delegate_signed(case: Case) -> Refusal | None:
    """A unit below replies after it has signed in."""
    d = case.state.delegation
    return None if d is None or d.signed else Refusal("delegation.not_signed")


def delegate_unsigned(case: Case) -> Refusal | None:
    """A unit below signs in once."""
    d = case.state.delegation
    return Refusal("delegation.already_signed") if d and d.signed else None


def delegate_replied(case: Case) -> Refusal | None:
    """Only a reply that came can be sent back."""
    d = case.state.delegation
    return None if d is None or d.replied else Refusal("delegation.no_reply")


def delegate_not_replied(case: Case) -> Refusal | None:
    """A unit below reports once until it is sent back."""
    d = case.state.delegation
    return Refusal("delegation.already_replied") if d and d.replied else None


def co_task_owed(case: Case) -> Refusal | None:
    """A co-unit reports once; another of the same ticket is not spoken for."""
    mine = {unit for unit in case.state.co_units if case.actor.roles_at(unit)}
    return None if mine - set(case.state.co_done) else Refusal("co_task.already_reported")


def _own_task(case: Case) -> CoTask | None:
    return next((task for task in case.state.tasks if task.owed and case.actor.roles_at(task.unit)), None)


def within_task_window(case: Case) -> Refusal | None:
    """A task is given back within the profile's window for returns from its beginning; later it is accepted."""
    task = _own_task(case)
    clock = case.state.running(ClockKind.CO_TASK, task.unit) or case.state.running(ClockKind.CO_TASK) if task else None
    until = counted_from(case, ClockKind.RETURN_WINDOW, clock.started_at) if clock else None
    return Refusal("task_return.window_over") if until is not None and case.now > until else None


def task_not_ruled(case: Case) -> Refusal | None:
    """What the dispatcher has ruled to be the unit's own is not given back again."""
    task = _own_task(case)
    return Refusal("task_return.ruled_already") if task is not None and task.kept else None


def some_task_reported(case: Case) -> Refusal | None:
    """Only what a co-unit has reported can be sent back to it."""
    return None if case.state.co_done else Refusal("co_task.nothing_reported")


def some_task_lies(case: Case) -> Refusal | None:
    """There is a task that could be taken away."""
    lies = any(task.standing in {Standing.WAITING, Standing.OPEN} for task in case.state.tasks)
    return None if lies else Refusal("co_task.none")


def inner_reply_in(case: Case) -> Refusal | None:
    """The district answers for the street, so the street's result comes first or the work is taken back."""
    d = case.state.delegation
    return Refusal("delegation.awaiting_reply") if d and not d.replied else None


def own_step(case: Case) -> Refusal | None:
    """The signer stands in the chain at or above the next step and did not write the paper (Bengbu 2017)."""
    signing = case.state.signing
    if signing is None:
        return Refusal("sign_off.nothing_to_sign")
    if case.actor.id == signing.by:
        return Refusal("sign_off.own_reply") if signing.paper is Paper.REPLY else Refusal("sign_off.own_request")
    if signing_step(case) is not None:
        return None
    return Refusal("sign_off.not_your_step", {"next": next_signer(case.state)})


def signs_or_wrote(case: Case) -> Refusal | None:
    """A paper is turned down by whoever may sign it next, and taken back by who wrote it."""
    signing = case.state.signing
    if signing is None:
        return Refusal("sign_off.nothing_to_sign")
    if case.actor.id == signing.by or signing_step(case) is not None:
        return None
    return Refusal("sign_off.not_your_step", {"next": next_signer(case.state)})


def nothing_lies(case: Case) -> Refusal | None:
    """A unit asks for one thing at a time: what lies for signature is signed or refused first."""
    return Refusal("sign_off.request_lies", {"paper": case.state.signing.paper}) if case.state.signing else None


def no_return_lies(case: Case) -> Refusal | None:
    """Work that may be returned as not the unit's own is not passed on meanwhile."""
    signing = case.state.signing
    if signing is None or signing.paper is not Paper.RETURN:
        return None
    return Refusal("sign_off.request_lies", {"paper": signing.paper})


def awaits_phone_feedback(case: Case) -> Refusal | None:
    """Only a ticket handed over by phone awaits feedback by phone."""
    return None if case.state.running(ClockKind.PHONE_FEEDBACK) else Refusal("phone.no_feedback_due")


def not_yet_objected(case: Case) -> Refusal | None:
    """One objection per unit that the ruling binds, within a working day of it; another's leaves one's own."""
    bound = [unit for unit in (case.state.lead_unit, *case.state.co_units) if case.actor.roles_at(unit)]
    if set(bound) <= set(case.state.objected_by):
        return Refusal("objection.already_made")
    window = case.state.running(ClockKind.OBJECTION)
    return None if window and case.now <= window.due_at else Refusal("objection.window_over")


def plan_ahead(case: Case) -> Refusal | None:
    """A plan whose review day has come before anybody agreed to it is made anew."""
    asked = case.state.proposals.get(Proposal.PARK)
    today = case.now.astimezone(CITY_TZ).date()
    if asked and date.fromisoformat(asked.details["review_on"]) <= today:
        return Refusal("park.plan_outdated")
    return None


def open_to_ruling(case: Case) -> Refusal | None:
    """Outside a dispute a panel rules where a provisional lead is at work or the lead has objected."""
    return None if case.has(Flag.PROVISIONAL_LEAD, Flag.OBJECTED) else Refusal("joint.no_dispute")


def not_escalated(case: Case) -> Refusal | None:
    """The city government is asked once."""
    return Refusal("joint.already_escalated") if case.has(Flag.ESCALATED) else None


def callable_back(case: Case) -> Refusal | None:
    """Who left no contact cannot be called; by the query code he may still say what he thinks."""
    if case.state.contactable or Role.CITIZEN in case.actor.roles:
        return None
    return Refusal("callback.no_contact")


def not_refused(case: Case) -> Refusal | None:
    """Who does not want to be called is not called again."""
    return Refusal("callback.refused") if case.has(Flag.CALLBACK_REFUSED) else None


def attempts_left(case: Case) -> Refusal | None:
    """After the last attempt the callback ends as unreached."""
    most = case.book.profile.callback.max_attempts
    return None if len(case.state.attempts) < most else Refusal("callback.attempts_used_up", {"count": most})


def attempts_made(case: Case) -> Refusal | None:
    """Unreached only after all attempts the profile asks for."""
    asked, made = case.book.profile.callback.max_attempts, len(case.state.attempts)
    return None if made >= asked else Refusal("callback.attempts_missing", {"made": made, "asked": asked})


def different_half_day(case: Case) -> Refusal | None:
    """Attempts lie on different half-days; noon divides the day (P)."""
    if not case.book.profile.callback.half_days_different or not case.state.attempts:
        return None
    same = half_day(case.state.attempts[-1]) == half_day(case.now)
    return Refusal("callback.same_half_day") if same else None


def half_day(at: datetime) -> tuple[date, bool]:
    """The day, and whether it is afternoon, in city time."""
    local = at.astimezone(CITY_TZ)
    return local.date(), local.time() >= time(12)


def may_be_waived(case: Case) -> Refusal | None:
    """No callback where none is possible or wanted: no contact, refused, confidential, only recorded (Bengbu; P)."""
    recorded_only = case.state.request_type in case.book.profile.record_only_types
    if recorded_only or not case.state.contactable or case.has(Flag.CONFIDENTIAL, Flag.CALLBACK_REFUSED):
        return None
    return Refusal("callback.contact_exists")


def decides_dissatisfied(case: Case) -> Refusal | None:
    """The role that the profile names decides about the dissatisfied, or one above it."""
    ranks = (Role.REVIEWER, Role.SUPERVISOR)
    named_role = case.book.profile.callback.dissatisfied_decided_by
    if case.actor.roles.isdisjoint(ranks[ranks.index(named_role) :]):
        return Refusal("close.not_yours_to_decide", {"role": named_role})
    return None


def reworks_left(case: Case) -> Refusal | None:
    """At most so many reworks, then an on-site visit or parking (P)."""
    most = case.book.profile.max_reworks
    return None if case.state.reworks < most else Refusal("rework.used_up", {"count": most})


def was_handled(case: Case) -> Refusal | None:
    """A visit sends back only what the lead unit has answered and the citizen did not withdraw."""
    handled = case.state.replied_at is not None and case.state.close_reason != "withdrawn"
    return None if handled else Refusal("rework.never_handled")


def closed_long_enough(case: Case) -> Refusal | None:
    """Archived after the profile's days."""
    closed, days = case.state.closed_at, case.book.profile.archive_after_days
    return None if closed and (case.now - closed).days >= days else Refusal("archive.too_early", {"days": days})
