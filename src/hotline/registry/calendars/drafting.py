"""What supervisors do with calendars: draft, change, withdraw, and publish what another one has drafted.

Everything is on record with what held before and after. A refusal is a value and nothing is written then.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Final

from django.db import transaction

from hotline.plumbing.locks import wait_turn
from hotline.registry.calendars.commands import touch_calendar
from hotline.registry.calendars.draft_models import RuleDraft, RuleRecord
from hotline.registry.calendars.import_notice import as_table, packaged_years, rows_from_chinese_calendar
from hotline.registry.calendars.plans import Plan, plan_of, rows_kept, shifts_kept, write
from hotline.registry.calendars.queries import Shifts, current_calendar
from hotline.rules.holiday_notice import Reading, read_city_days, read_notice
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.rule_keeping import DraftKind, DraftState, RuleAct, refuse_keeping, refuse_publishing
from hotline.rules.vocabulary import CITY_TZ
from hotline.rules.workdays import Calendar, Day, DayKind

SOURCE_MOST: Final = 200
TEXT_MOST: Final = 20_000
FIRST_YEAR, LAST_YEAR = 2004, 2100
SPAN: Final = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)\s*[-–—~～至到]\s*([01]?\d|2[0-3])[:：]([0-5]\d)")


@dataclass(frozen=True)
class Drafted:
    """What came of an act on a draft; `plan` is what publishing wrote."""

    draft: RuleDraft | None = None
    refusals: tuple[Refusal, ...] = ()
    plan: Plan | None = None

    @property
    def ok(self) -> bool:
        """Whether it was done."""
        return not self.refusals


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A draft as it is handed in. `number` and `seen` when one that is there already is changed."""

    kind: DraftKind
    subject: str
    body: Mapping[str, Any]
    source: str
    marks: Mapping[str, Any]
    number: int | None = None
    seen: int | None = None


def draft_notice(
    *, year: int, text: str, source: str, actor: Actor, now: datetime, complete: bool = False, **held: int | None
) -> Drafted:
    """A year's notice as pasted text. `complete` says that a festival not found in it is really not there."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return _refused(Refusal("holiday.year_wrong", {"value": year}, field="year"))
    reading = read_notice(text[:TEXT_MOST], year)
    problems = list(reading.problems)
    if not problems and reading.missing and not complete:
        problems.append(Refusal("holiday.festival_missing", {"names": "、".join(reading.missing)}, field="complete"))
    body = {"text": text[:TEXT_MOST], "rows": rows_kept(reading.rows), "complete": complete}
    return keep(_draft(DraftKind.NOTICE, str(year), body, source, **held), problems, actor=actor, now=now)


def draft_city_days(*, text: str, source: str, actor: Actor, now: datetime, **held: int | None) -> Drafted:
    """Closures and days worked by the city's own order."""
    reading = read_city_days(text[:TEXT_MOST])
    problems = [*reading.problems, *_idle_days(reading, current_calendar(), now)]
    body = {"text": text[:TEXT_MOST], "rows": rows_kept(reading.rows)}
    return keep(_draft(DraftKind.CITY_DAYS, "", body, source, **held), problems, actor=actor, now=now)


def draft_hours(*, text: str, source: str, actor: Actor, now: datetime, **held: int | None) -> Drafted:
    """Office hours, several spans a day."""
    shifts = read_hours(text)
    problems = [] if shifts else [Refusal("hours.not_spans", field="text")]
    body = {"text": text[:TEXT_MOST], "shifts": shifts_kept(shifts or ())}
    return keep(_draft(DraftKind.HOURS, "", body, source, **held), problems, actor=actor, now=now)


def read_hours(text: str) -> Shifts | None:
    """Spans of a day, one a line or with commas between; None for what are no hours in which work can be done."""
    parts = [part.strip() for part in re.split(r"[\n,，、;；]", text) if part.strip()]
    found = [SPAN.fullmatch(part) for part in parts]
    if not parts or not all(found):
        return None
    numbers = [tuple(map(int, one.groups())) for one in found if one]
    shifts = tuple((time(a, b), time(c, d)) for a, b, c, d in numbers)
    try:
        Calendar(shifts=shifts)
    except ValueError:
        return None
    return shifts


def packaged_notice(year: int) -> str | Refusal:
    """The year's days from the package as a table to look over, if it knows the year."""
    if year not in packaged_years():
        return Refusal("holiday.not_packaged", {"year": year}, field="year")
    return as_table(rows_from_chinese_calendar([year]))


def withdraw(*, number: int, actor: Actor, now: datetime) -> Drafted:
    """Give a draft up."""
    with transaction.atomic():
        wait_turn("rules")
        draft = _locked(number)
        why = refuse_keeping(actor) or _not_open(draft, None)
        if why or draft is None:
            return _refused(why)
        draft.state, draft.ended_by, draft.ended_at = DraftState.WITHDRAWN.value, actor.id, now
        draft.save(update_fields=["state", "ended_by", "ended_at"])
        record(RuleAct.WITHDRAWN, draft, actor=actor, now=now)
        return Drafted(draft)


def publish(*, number: int, seen: int | None, actor: Actor, now: datetime) -> Drafted:
    """A draft of a calendar becomes what deadlines are counted by. Whose hand is in it may not."""
    with transaction.atomic():
        draft, why = take_to_publish(number, seen, actor)
        if why or draft is None:
            return _refused(why)
        if draft.kind in {DraftKind.PROFILE, DraftKind.DIRECTORY}:
            return _refused(Refusal("rule_draft.not_found"))
        plan = plan_of(draft)
        if plan.nothing:
            return Drafted(draft, (Refusal("rule_draft.nothing_changes"),))
        before = current_calendar()
        write(plan, source=draft.source, now=now)
        touch_calendar()
        published(draft, actor=actor, now=now, before=_told(plan, before), after=_told(plan, plan.calendar))
        return Drafted(draft, plan=plan)


def take_to_publish(number: int, seen: int | None, actor: Actor) -> tuple[RuleDraft | None, Refusal | None]:
    """The draft locked for publishing, or why it can't be; one publishing at a time in the whole city."""
    wait_turn("rules")
    draft = _locked(number)
    why = _not_open(draft, seen)
    if draft is None or why:
        return draft, refuse_keeping(actor) or why
    return draft, refuse_publishing(actor, draft.hands)


def published(
    draft: RuleDraft, *, actor: Actor, now: datetime, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    """Marks the draft as published and writes it down."""
    draft.state, draft.ended_by, draft.ended_at = DraftState.PUBLISHED.value, actor.id, now
    draft.save(update_fields=["state", "ended_by", "ended_at"])
    record(RuleAct.PUBLISHED, draft, actor=actor, now=now, before=before, after=after)


def keep(
    given: Draft,
    problems: list[Refusal],
    *,
    actor: Actor,
    now: datetime,
    changes: Callable[[RuleDraft], bool] | None = None,
) -> Drafted:
    """Writes a draft or changes it, when nothing speaks against it."""
    why = refuse_keeping(actor)
    if why:
        return _refused(why)
    if not given.source.strip():
        problems = [*problems, Refusal("rule_draft.no_source", field="source")]
    if problems:
        return _refused(*problems)
    with transaction.atomic():
        wait_turn("rules")
        draft = _locked(given.number) if given.number is not None else _fresh(given, actor, now)
        why = _not_open(draft, given.seen) or _second_of_a_kind(given)
        if why or draft is None:
            return _refused(why)
        before = dict(draft.body) if given.number is not None else {}
        _filled(draft, given, actor, now)
        if not (changes or _changes_something)(draft):
            return _refused(Refusal("rule_draft.nothing_changes", field=""))
        draft.save()
        act = RuleAct.CHANGED if given.number is not None else RuleAct.DRAFTED
        record(act, draft, actor=actor, now=now, before=before, after=dict(draft.body))
        return Drafted(draft)


def record(
    act: RuleAct,
    draft: RuleDraft,
    *,
    actor: Actor,
    now: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """One line of the record."""
    RuleRecord.objects.create(
        at=now,
        act=act.value,
        kind=draft.kind,
        subject=draft.subject,
        draft=draft,
        actor=actor.id,
        role=min((role.value for role in actor.roles), default=""),
        before=dict(before or {}),
        after=dict(after or {}),
    )


def _draft(kind: DraftKind, subject: str, body: Mapping[str, Any], source: str, **held: int | None) -> Draft:
    return Draft(kind=kind, subject=subject, body=body, source=source.strip()[:SOURCE_MOST], marks={}, **held)


def _changes_something(draft: RuleDraft) -> bool:
    return not plan_of(draft).nothing


def _fresh(given: Draft, actor: Actor, now: datetime) -> RuleDraft:
    return RuleDraft(kind=given.kind.value, subject=given.subject, edit=0, drafted_by=actor.id, drafted_at=now)


def _filled(draft: RuleDraft, given: Draft, actor: Actor, now: datetime) -> None:
    draft.body, draft.source, draft.marks = dict(given.body), given.source, dict(given.marks)
    draft.subject = given.subject
    draft.edit, draft.changed_at, draft.rehearsal = draft.edit + 1, now, None
    draft.hands = sorted({*draft.hands, actor.id})


def _locked(number: int | None) -> RuleDraft | None:
    return RuleDraft.objects.select_for_update().filter(pk=number).first() if number is not None else None


def _not_open(draft: RuleDraft | None, seen: int | None) -> Refusal | None:
    if draft is None:
        return Refusal("rule_draft.not_found")
    if draft.state != DraftState.OPEN:
        return Refusal("rule_draft.not_open")
    if seen is not None and seen != draft.edit:
        return Refusal("rule_draft.changed_meanwhile")
    return None


def _second_of_a_kind(given: Draft) -> Refusal | None:
    """Only one open draft of a year, of the office hours and of a profile; the city's days may have several."""
    if given.kind is DraftKind.CITY_DAYS:
        return None
    others = RuleDraft.objects.filter(kind=given.kind.value, subject=given.subject, state=DraftState.OPEN.value)
    if given.number is not None:
        others = others.exclude(pk=given.number)
    if not others.exists():
        return None
    return Refusal("rule_draft.already_there", {"what": given.subject or given.kind})


def _idle_days(reading: Reading, calendar: Calendar, now: datetime) -> Iterator[Refusal]:
    """Days of the city that have passed, or are already what the city wants of them."""
    today = now.astimezone(CITY_TZ).date()
    for on, kind, _ in reading.rows:
        works = calendar.is_workday(on)
        if on < today:
            yield Refusal("city_day.past", {"day": on.isoformat()}, field="text")
        elif kind is not DayKind.WORKDAY and works is (kind is DayKind.MAKEUP):
            yield Refusal("city_day.no_change", {"day": on.isoformat()}, field="text")


def _told(plan: Plan, calendar: Calendar) -> dict[str, Any]:
    """What held, or holds now, of what the plan changes."""
    days = {one.on.isoformat(): _day_told(calendar.day(one.on)) for one in plan.changed}
    published = [year for year in plan.years if year in calendar.published]
    return {"days": days, "published": published, "hours": shifts_kept(calendar.shifts) if plan.new_hours else []}


def _day_told(day: Day) -> list[str]:
    return [day.kind.value, day.name]


def _refused(*refusals: Refusal | None) -> Drafted:
    return Drafted(refusals=tuple(refusal for refusal in refusals if refusal))
