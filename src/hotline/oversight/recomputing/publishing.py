"""Publishing a calendar and counting open tickets again: one act, for pages, API and the command line."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from hotline.oversight.recomputing.commands import ask
from hotline.oversight.recomputing.moving import Span
from hotline.oversight.recomputing.queries import Amend, Preview, preview
from hotline.registry.calendars import drafting
from hotline.registry.calendars.drafting import Drafted
from hotline.registry.calendars.models import RuleDraft
from hotline.registry.calendars.plans import Plan, plan_of
from hotline.rules.lifecycle import Actor, Rulebook
from hotline.rules.rule_keeping import DraftKind


def publish_calendar(*, number: int, seen: int | None, actor: Actor, now: datetime) -> Drafted:
    """The draft becomes the calendar, and a round over the open tickets begins when this commits."""
    with transaction.atomic():
        done = drafting.publish(number=number, seen=seen, actor=actor, now=now)
        if done.ok and done.draft is not None and done.plan is not None:
            ask(cause=cause_of(done.draft), asked_by=actor.id, now=now, span=_span(done.plan))
        return done


def preview_calendar(draft: RuleDraft, *, now: datetime) -> tuple[Plan, Preview]:
    """The days that would change, and the open tickets that would move with them."""
    plan = plan_of(draft)
    return plan, preview(amend=_with(plan), span=_span(plan), now=now)


def cause_of(draft: RuleDraft) -> str:
    """What the events of the round say: calendar:2027, calendar:city, calendar:hours."""
    named = {DraftKind.CITY_DAYS: "city", DraftKind.HOURS: "hours"}
    return f"calendar:{named.get(DraftKind(draft.kind), draft.subject)}"


def _with(plan: Plan) -> Amend:
    def amend(book: Rulebook) -> Rulebook:
        return replace(book, calendar=plan.calendar)

    return amend


def _span(plan: Plan) -> Span | None:
    found = plan.span
    return Span(*found) if found else None
