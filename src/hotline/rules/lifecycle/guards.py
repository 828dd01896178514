"""Conditions of the lifecycle table, each a sentence of the rules.

A guard says why not (a Refusal) or nothing. Guards in `standing` look at the ticket and the person only, so
pages ask them before showing a button; the others also look at what the act says.
"""

from collections.abc import Callable
from datetime import date, datetime, time

from hotline.rules.acts import GrantExtension, RecordCallback, RequestExtension
from hotline.rules.acts.base import Act
from hotline.rules.lifecycle.case import Case
from hotline.rules.messages import Refusal
from hotline.rules.satisfaction import Outcome, judge
from hotline.rules.state import ClockState
from hotline.rules.vocabulary import CITY_TZ, ClockKind, Contact, Flag, Proposal, Role

Guard = Callable[[Case], Refusal | None]
Condition = Callable[[Case], bool]

RULED_FLAGS = frozenset({Flag.PROVISIONAL_LEAD, Flag.OBJECTED, Flag.ESCALATED, Flag.BY_PHONE})
"""Marks that other acts leave behind; nobody sets or clears them by hand."""


# Standing guards: ticket and person


def nothing_proposed(kind: Proposal) -> Guard:
    """The same thing is not asked for twice at a time."""

    def guard(case: Case) -> Refusal | None:
        return Refusal(f"{kind.value}.already_proposed") if kind in case.state.proposals else None

    guard.__name__ = f"no_{kind.value}_proposed"
    return guard


def proposed(kind: Proposal) -> Guard:
    """There is something to decide, and the one who asked is not the one who decides."""

    def guard(case: Case) -> Refusal | None:
        asked = case.state.proposals.get(kind)
        if asked is None:
            return Refusal(f"{kind.value}.nothing_proposed")
        if asked.by == case.actor.id:
            return Refusal("act.needs_second_person")
        return None

    guard.__name__ = f"{kind.value}_proposed_by_another"
    return guard


def within_return_window(case: Case) -> Refusal | None:
    """A return comes within the profile's window; later the ticket is deemed accepted (Tianjin draft)."""
    window = case.state.clocks.get(ClockKind.RETURN_WINDOW)
    if window is None or not window.running or case.now > window.due_at:
        return Refusal("return.window_over", {"due_at": window.due_at if window else None})
    return None


def window_has_passed(case: Case) -> Refusal | None:
    """The system deems a ticket accepted only after the window."""
    window = case.state.running(ClockKind.RETURN_WINDOW)
    return None if window and case.now > window.due_at else Refusal("return.window_open")


def no_ruled_lead(case: Case) -> Refusal | None:
    """Who was named by a ruling objects; he does not return the ticket again."""
    if ClockKind.OBJECTION in case.state.clocks:
        return Refusal("return.ruled_already")
    return None


def not_contacted_yet(case: Case) -> Refusal | None:
    """First contact is recorded once; later talks are notes."""
    return Refusal("contact.already_recorded") if case.state.contacted_at else None


def extension_possible(case: Case) -> Refusal | None:
    """Once, before expiry, never for consultations and urgent matters (Shandong 2020; count P)."""
    terms, clock = case.book.profile.extension, case.state.running(ClockKind.REPLY)
    if clock is None or case.now > clock.due_at:
        return Refusal("extension.too_late")
    if case.state.request_type in terms.forbidden_types:
        return Refusal("extension.type_excluded", {"request_type": case.state.request_type})
    if case.state.urgency in terms.forbidden_urgencies:
        return Refusal("extension.urgent_excluded")
    if case.state.extensions >= terms.max_count:
        return Refusal("extension.used_up", {"count": terms.max_count})
    if not clock.limit.endswith("wd"):
        return Refusal("extension.not_in_days")
    return _asked_in_time(case, clock)


def _asked_in_time(case: Case, clock: ClockState) -> Refusal | None:
    calendar, ahead = case.book.calendar, case.book.profile.extension.ask_before_workdays
    last = clock.due_at.astimezone(case.now.tzinfo).date()
    if calendar.count_workdays(case.now.date(), last) < ahead:
        return Refusal("extension.too_late", {"days": ahead})
    return None


def clocks_running(case: Case) -> Refusal | None:
    """Only running clocks can be paused."""
    return Refusal("pause.already_paused") if case.state.paused else None


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
    return None if d and d.signed else Refusal("delegation.not_signed")


def delegate_unsigned(case: Case) -> Refusal | None:
    """A unit below signs in once."""
    d = case.state.delegation
    return Refusal("delegation.already_signed") if d and d.signed else None


def delegate_replied(case: Case) -> Refusal | None:
    """Only a reply that came can be sent back."""
    d = case.state.delegation
    return None if d and d.replied else Refusal("delegation.no_reply")


def inner_reply_in(case: Case) -> Refusal | None:
    """The district answers for the street, so the street's result comes first or the work is taken back."""
    d = case.state.delegation
    return Refusal("delegation.awaiting_reply") if d and not d.replied else None


def own_step(case: Case) -> Refusal | None:
    """The signer stands in the chain at or above the next step and did not write the reply (Bengbu 2017)."""
    if case.actor.id == case.state.reply_by:
        return Refusal("sign_off.own_reply")
    if signing_step(case) is None:
        return Refusal("sign_off.not_your_step", {"next": next_signer(case)})
    return None


def next_signer(case: Case) -> Role:
    """Whose signature is missing now."""
    chain = case.chain
    return chain[min(case.state.signed_off, len(chain) - 1)]


def signing_step(case: Case) -> int | None:
    """How many steps are signed after this person signs: a higher one signs for those below."""
    steps = [i + 1 for i, role in enumerate(case.chain) if role in case.actor.roles]
    return max((s for s in steps if s > case.state.signed_off), default=None)


def different_half_day(case: Case) -> Refusal | None:
    """Attempts lie on different half-days; noon divides the day (P)."""
    if not case.book.profile.callback.half_days_different:
        return None
    if case.state.attempts and _half_day(case.state.attempts[-1]) == _half_day(case.now):
        return Refusal("callback.same_half_day")
    return None


def _half_day(at: datetime) -> tuple[date, bool]:
    local = at.astimezone(CITY_TZ)
    return local.date(), local.time() >= time(12)


def attempts_left(case: Case) -> Refusal | None:
    """After the last attempt the ticket is closed as unreached."""
    if len(case.state.attempts) >= case.book.profile.callback.max_attempts:
        return Refusal("callback.attempts_used_up", {"count": case.book.profile.callback.max_attempts})
    return None


def attempts_made(case: Case) -> Refusal | None:
    """Unreached only after all attempts the profile asks for."""
    asked = case.book.profile.callback.max_attempts
    made = len(case.state.attempts)
    return None if made >= asked else Refusal("callback.attempts_missing", {"made": made, "asked": asked})


def callable_back(case: Case) -> Refusal | None:
    """Who left no contact cannot be called."""
    return None if case.state.contactable else Refusal("callback.no_contact")


def reworks_left(case: Case) -> Refusal | None:
    """At most so many reworks, then an on-site visit or parking (P)."""
    most = case.book.profile.max_reworks
    return None if case.state.reworks < most else Refusal("rework.used_up", {"count": most})


def not_yet_objected(case: Case) -> Refusal | None:
    """One objection per unit, within a working day of the ruling."""
    if case.actor.unit in case.state.objected_by:
        return Refusal("objection.already_made")
    window = case.state.running(ClockKind.OBJECTION)
    return None if window and case.now <= window.due_at else Refusal("objection.window_over")


def provisional(case: Case) -> Refusal | None:
    """Outside a dispute a panel rules only where a provisional lead is at work."""
    return None if Flag.PROVISIONAL_LEAD in case.state.flags else Refusal("joint.no_dispute")


def lately_closed(case: Case) -> Refusal | None:
    """Archived after the profile's days."""
    closed = case.state.closed_at
    days = case.book.profile.archive_after_days
    if closed and (case.now - closed).days >= days:
        return None
    return Refusal("archive.too_early", {"days": days})


def awaits_phone_feedback(case: Case) -> Refusal | None:
    """Only a ticket handed over by phone awaits feedback by phone."""
    return None if case.state.running(ClockKind.PHONE_FEEDBACK) else Refusal("phone.no_feedback_due")


def first_round_only(case: Case) -> Refusal | None:
    """Who has answered once cannot say later that it was not his."""
    return Refusal("return.already_handled") if case.state.replied_at else None


def delegate_not_replied(case: Case) -> Refusal | None:
    """A unit below reports once until it is sent back."""
    d = case.state.delegation
    return Refusal("delegation.already_replied") if d and d.replied else None


def not_callable_back(case: Case) -> Refusal | None:
    """Only who left no contact is not called (Bengbu: the office checks the result itself)."""
    return Refusal("callback.contact_exists") if case.state.contactable else None


def was_handled(case: Case) -> Refusal | None:
    """A visit sends back only what a unit has handled here."""
    return None if case.state.lead_unit else Refusal("rework.never_handled")


# Guards on what the act says


def marked_by_hand(case: Case) -> Refusal | None:
    """Some marks come only from rulings."""
    if getattr(case.act, "flag", None) in RULED_FLAGS:
        return Refusal("flag.not_by_hand", field="flag")
    return None


def proposes_another(case: Case) -> Refusal | None:
    """A unit cannot propose itself."""
    if getattr(case.act, "proposed_unit", "") == case.state.lead_unit:
        return Refusal("return.proposes_itself", field="proposed_unit")
    return None


def panel_has_members(case: Case) -> Refusal | None:
    """A panel of nobody decides nothing."""
    return (
        None if getattr(case.act, "members", ()) else Refusal("field.required", {"field": "members"}, field="members")
    )


def not_reached(case: Case) -> Refusal | None:
    """Who was reached is asked; that is a callback, not an attempt."""
    if getattr(case.act, "contact", None) is Contact.REACHED:
        return Refusal("callback.reached_is_callback", field="contact")
    return None


def has_run_out(case: Case) -> Refusal | None:
    """Overdue is recorded once, after the due time."""
    named = case.act_text("clock")
    for clock in case.state.clocks.values():
        if clock.kind.value == named and clock.running and not clock.paused and case.now > clock.due_at:
            return Refusal("clock.already_overdue") if clock.overdue_at else None
    return Refusal("clock.not_overdue")


def third_level(case: Case) -> Refusal | None:
    """A ticket is dispatched under a third-level category."""
    if case.state.category in case.book.reference.categories and len(case.state.category) == 6:
        return None
    return Refusal("dispatch.category_missing", field="category")


def lead_not_among_co_units(case: Case) -> Refusal | None:
    """One unit leads, others help; nobody is both."""
    act = case.act
    if getattr(act, "lead_unit", None) in getattr(act, "co_units", ()):
        return Refusal("dispatch.lead_is_co_unit", field="co_units")
    return None


def not_to_founded_return(case: Case) -> Refusal | None:
    """Who was found not competent for this ticket gets it again only by a ruling."""
    if getattr(case.act, "lead_unit", None) in case.state.returned_by:
        return Refusal("dispatch.returned_by_unit", field="lead_unit")
    return None


def another_unit(case: Case) -> Refusal | None:
    """Reassignment changes the lead."""
    if getattr(case.act, "lead_unit", None) == case.state.lead_unit:
        return Refusal("dispatch.same_unit", field="lead_unit")
    return None


def unit_below(case: Case) -> Refusal | None:
    """Work is given down, not sideways."""
    to = getattr(case.act, "to_unit", None)
    if to in case.actor.covers and to != case.state.lead_unit:
        return None
    return Refusal("delegation.not_below", field="to_unit")


def extension_length(case: Case) -> Refusal | None:
    """No longer than the profile's maximum (Shandong: 10 working days)."""
    act, most = case.act, case.book.profile.extension.max_workdays
    if isinstance(act, RequestExtension | GrantExtension) and act.days > most:
        return Refusal("extension.too_long", {"days": most}, field="days")
    return None


def cause_given(case: Case) -> Refusal | None:
    """Who is dissatisfied has a cause; without it nothing can be put right."""
    act = case.act
    if isinstance(act, RecordCallback) and not act.cause and outcome(act) is Outcome.DISSATISFIED:
        return Refusal("callback.cause_missing", field="cause")
    return None


def not_itself(case: Case) -> Refusal | None:
    """Merging needs another ticket (that it exists is checked where tickets are known)."""
    return (
        Refusal("field.required", {"field": "master"}, field="master") if not getattr(case.act, "master", "") else None
    )


def never_lowered(case: Case) -> Refusal | None:
    """Confidential stays confidential (GB/T 33358)."""
    if getattr(case.act, "flag", None) in RULED_FLAGS | {Flag.CONFIDENTIAL}:
        return Refusal("flag.not_by_hand", field="flag")
    return None


def reason_after_dispatch(case: Case) -> Refusal | None:
    """A change of type after dispatch is explained: complaints are not to be relabelled as consultations."""
    if case.state.dispatches and not case.act_text("reason"):
        return Refusal("field.required", {"field": "reason"}, field="reason")
    return None


# Conditions that choose between rows


def outcome(act: Act | None) -> Outcome:
    """What the answers of a callback amount to."""
    if not isinstance(act, RecordCallback):
        raise TypeError("only a callback has an outcome")
    return judge(responded=act.responded, resolution=act.resolution, rating=act.rating)


def settled(case: Case) -> bool:
    """The citizen lets the matter rest."""
    return outcome(case.act) is Outcome.SETTLED


def dissatisfied(case: Case) -> bool:
    """Somebody must decide what follows."""
    return not settled(case)


def last_signature(case: Case) -> bool:
    """After this signature none is missing."""
    step = signing_step(case)
    return step is not None and step >= len(case.chain)


def more_signatures(case: Case) -> bool:
    """Somebody else signs after this one."""
    return not last_signature(case)


def signatures_needed(case: Case) -> bool:
    """The profile names somebody who signs."""
    return bool(case.chain)


def no_signature_needed(case: Case) -> bool:
    """A city may let replies go straight to review."""
    return not case.chain


def opens_dispute(case: Case) -> bool:
    """The second founded return or the third failed dispatch opens a dispute (Tianjin; Hefei P)."""
    dispute = case.book.profile.dispute
    return (
        case.state.founded_returns + 1 >= dispute.founded_returns
        or case.state.failed_dispatches + 1 >= dispute.failed_dispatches
    )


def no_dispute_yet(case: Case) -> bool:
    """The dispatcher tries another unit."""
    return not opens_dispute(case)


def in_rework(case: Case) -> bool:
    """The ticket has been sent back by the citizen's voice at least once."""
    return case.state.reworks > 0


def first_round(case: Case) -> bool:
    """No rework so far."""
    return case.state.reworks == 0
