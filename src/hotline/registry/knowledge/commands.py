"""What people do with the knowledge base: units draft and submit, a second person publishes, agents cite and correct.

Units and the office rely on one rule above all: a published wording is never changed, the next version takes its
place. Every command answers with an Outcome; a refusal says what to do next.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction

from hotline.registry.knowledge import held as under_lock
from hotline.registry.knowledge.held import Held, hold, in_force, wording_of
from hotline.registry.knowledge.models import Citation, Correction, KnowledgeItem, KnowledgeVersion, State
from hotline.registry.knowledge.standing import is_second, may_publish, may_read, may_write
from hotline.registry.knowledge.wording import CORRECTION_LIMIT, REMARK_LIMIT, Wording, faults, gaps, is_code
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import CITY_TZ
from hotline.rules.workdays import Calendar

LEAF_DIGITS: Final = 6
CORRECTION_WORKDAYS: Final = 1
"""How soon a unit answers a correction (ours, P)."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of a command: the item, its version and its edit afterwards, or why not."""

    code: str = ""
    state: str = ""
    version: int | None = None
    edit: int = 0
    refusals: tuple[Refusal, ...] = ()

    @property
    def ok(self) -> bool:
        """True when it was done."""
        return not self.refusals


def draft_item(
    *, text: Wording, actor: Actor, now: datetime, code: str = "", unit: str = "", seen: int | None = None
) -> Outcome:
    """Write a new item of a unit, or the next wording of an item. `seen` is the edit the writer started from."""
    text, day = text.trimmed(), city_day(now)
    found = [*faults(text), *_unknown(text, day)]
    with transaction.atomic():
        held = hold(code) if code else None
        if held is None:
            why = Refusal("knowledge.not_found", {"code": code}) if code else _no_new_item(actor, unit, text, day)
        else:
            why = _not_to_be_written(held, actor, seen)
        if why or found:
            return _refused(*([why] if why else found))
        item = held.item if held else under_lock.new_item(unit, now)
        return _done(under_lock.write(item, held.in_hand if held else None, text, actor, now))


def submit_item(*, code: str, actor: Actor, now: datetime, seen: int | None = None) -> Outcome:
    """Hand a complete draft to the office."""
    with transaction.atomic():
        held = hold(code)
        version = held.in_hand if held else None
        if held is None or not may_write(actor, held.item.unit_id):
            return _refused(_denied(held, code, "knowledge.writing_denied"))
        if version is None or version.state != State.DRAFT:
            return _refused(Refusal("knowledge.no_draft"))
        found = _moved(version, seen) or gaps(wording_of(version), city_day(now))
        if found:
            return _refused(*found)
        version.state = State.IN_REVIEW
        under_lock.touch(version, actor, now)
        version.save()
        return _done(version)


def publish_item(*, code: str, actor: Actor, now: datetime, seen: int | None = None) -> Outcome:
    """Put a submitted version into force; the one before ends where it begins."""
    day = city_day(now)
    with transaction.atomic():
        held = hold(code)
        version = held.in_hand if held else None
        if held is None or not may_publish(actor):
            return _refused(_denied(held, code, "knowledge.publishing_denied"))
        if version is None or version.state != State.IN_REVIEW:
            return _refused(Refusal("knowledge.not_in_review"))
        if not is_second(actor, version.hands):
            return _refused(Refusal("knowledge.second_person"))
        text = wording_of(version)
        found = (*_moved(version, seen), *gaps(text, day), *_unknown(text, day))
        if found:
            return _refused(*found)
        under_lock.make_way(held.published, version.valid_from or day, day, actor, now)
        under_lock.put_in_force(version, held.next_number, actor, now, day)
        return _done(version)


def send_back_item(*, code: str, actor: Actor, now: datetime, remark: str = "") -> Outcome:
    """Give a submitted version back to be changed: the office says why, its writers may simply take it back."""
    with transaction.atomic():
        held = hold(code)
        version = held.in_hand if held else None
        if held is None or not may_write(actor, held.item.unit_id):
            return _refused(_denied(held, code, "knowledge.writing_denied"))
        if version is None or version.state != State.IN_REVIEW:
            return _refused(Refusal("knowledge.not_in_review"))
        why = _remark_fault(remark, needed=actor.id not in version.hands)
        if why:
            return _refused(why)
        under_lock.end(version, State.DRAFT, actor, now, remark.strip())
        return _done(version)


def withdraw_item(*, code: str, remark: str, actor: Actor, now: datetime) -> Outcome:
    """Take everything published of an item out of force at once; a draft stays in hand."""
    with transaction.atomic():
        held = hold(code)
        published = held.published if held else []
        if held is None or not may_publish(actor):
            return _refused(_denied(held, code, "knowledge.publishing_denied"))
        why = _remark_fault(remark, needed=True) if published else Refusal("knowledge.not_published")
        if why:
            return _refused(why)
        for version in published:
            under_lock.end(version, State.WITHDRAWN, actor, now, remark.strip())
        return _done(published[-1])


def drop_draft(*, code: str, actor: Actor, now: datetime) -> Outcome:
    """Give up a draft; what is published stays."""
    with transaction.atomic():
        held = hold(code)
        version = held.in_hand if held else None
        if held is None or not may_write(actor, held.item.unit_id):
            return _refused(_denied(held, code, "knowledge.writing_denied"))
        if version is None or version.state != State.DRAFT:
            return _refused(Refusal("knowledge.no_draft"))
        under_lock.end(version, State.DROPPED, actor, now, version.remark)
        return _done(version)


def cite(*, codes: Iterable[str], ticket: str, actor: Actor, now: datetime) -> Outcome:
    """Keep on record which wording was told on a ticket. All of them or none; citing twice changes nothing."""
    wanted = list(dict.fromkeys(codes))
    if not may_read(actor):
        return _refused(Refusal("knowledge.reading_denied"))
    with transaction.atomic():
        standing = KnowledgeVersion.objects.on(city_day(now)).filter(
            state=State.PUBLISHED, item_id__in=filter(is_code, wanted)
        )
        found = {version.item_id: version for version in standing.only("id", "item_id")}
        missing = [Refusal("knowledge.not_in_force", {"code": code}) for code in wanted if code not in found]
        if missing:
            return _refused(*missing)
        Citation.objects.bulk_create(
            [Citation(item_id=v.item_id, version=v, ticket=ticket, at=now, actor=actor.id) for v in found.values()],
            ignore_conflicts=True,
        )
    return Outcome(code=wanted[0] if len(wanted) == 1 else "")


def correct_item(
    *, text: str, actor: Actor, now: datetime, calendar: Calendar, code: str = "", unit: str = ""
) -> Outcome:
    """纠错: say what is wrong in an item; without a code 补充: say what is missing, and of which unit if known."""
    text = text.strip()
    if not may_read(actor):
        return _refused(Refusal("knowledge.reading_denied"))
    item = KnowledgeItem.objects.filter(code=code).first() if is_code(code) else None
    if code and item is None:
        return _refused(Refusal("knowledge.not_found", {"code": code}))
    found = _correction_faults(text, unit, city_day(now))
    if found:
        return _refused(*found)
    due = calendar.office_end(calendar.add_workdays(city_day(now), CORRECTION_WORKDAYS))
    to = item.unit_id if item else unit or None
    Correction.objects.create(item=item, unit_id=to, text=text, asked_by=actor.id, asked_at=now, due_at=due)
    return Outcome(code=code, state=Correction.Settled.OPEN)


def settle_correction(*, number: int, accepted: bool, answer: str, actor: Actor, now: datetime) -> Outcome:
    """Answer a correction: taken up (a new version follows, or stands already) or not, and why."""
    answer = answer.strip()
    with transaction.atomic():
        asked = Correction.objects.select_for_update().filter(pk=number).first()
        if asked is None:
            return _refused(Refusal("knowledge.correction_not_found"))
        if not may_write(actor, asked.unit_id or ""):
            return _refused(Refusal("knowledge.settling_denied"))
        if asked.settled != Correction.Settled.OPEN:
            return _refused(Refusal("knowledge.correction_settled"))
        why = _text_fault(answer, "knowledge.settlement_missing", "answer")
        if why:
            return _refused(why)
        asked.settled = Correction.Settled.ACCEPTED if accepted else Correction.Settled.DECLINED
        asked.answer, asked.settled_by, asked.settled_at = answer, actor.id, now
        asked.save()
        return Outcome(code=asked.item_id or "", state=asked.settled)


def city_day(now: datetime) -> date:
    """The city's calendar day of a moment."""
    return now.astimezone(CITY_TZ).date()


def _refused(*refusals: Refusal) -> Outcome:
    return Outcome(refusals=refusals)


def _done(version: KnowledgeVersion) -> Outcome:
    return Outcome(code=version.item_id, state=version.state, version=version.number, edit=version.edit)


def _denied(held: Held | None, code: str, why: str) -> Refusal:
    return Refusal(why) if held else Refusal("knowledge.not_found", {"code": code})


def _no_new_item(actor: Actor, unit: str, text: Wording, day: date) -> Refusal | None:
    """Why this person can't begin this item: not their unit, no such unit, or it is there already."""
    if not unit:
        return Refusal("knowledge.unit_missing", field="unit")
    if not may_write(actor, unit):
        return Refusal("knowledge.writing_denied")
    if not in_force("units.Unit", unit, day):
        return Refusal("knowledge.unit_unknown", {"unit": unit}, field="unit")
    ended = [State.REPLACED, State.WITHDRAWN, State.DROPPED]
    same = KnowledgeVersion.objects.filter(item__unit_id=unit, title=text.title).exclude(state__in=ended).first()
    return Refusal("knowledge.title_taken", {"code": same.item_id}, field="title") if same else None


def _not_to_be_written(held: Held, actor: Actor, seen: int | None) -> Refusal | None:
    version = held.in_hand
    if not may_write(actor, held.item.unit_id):
        return Refusal("knowledge.writing_denied")
    if version is not None and version.state == State.IN_REVIEW:
        return Refusal("knowledge.in_review")
    if seen is not None and seen != (version.edit if version else 0):
        return Refusal("knowledge.changed_meanwhile")
    return None


def _moved(version: KnowledgeVersion, seen: int | None) -> tuple[Refusal, ...]:
    return () if seen in {None, version.edit} else (Refusal("knowledge.changed_meanwhile"),)


def _unknown(text: Wording, day: date) -> tuple[Refusal, ...]:
    code = text.category
    if not code or (len(code) == LEAF_DIGITS and in_force("categories.Category", code, day)):
        return ()
    return (Refusal("knowledge.category_unknown", {"category": code}, field="category"),)


def _remark_fault(remark: str, *, needed: bool) -> Refusal | None:
    what = {"zh": "原因", "en": "reason"}
    if needed and not remark.strip():
        return Refusal("knowledge.remark_missing", field="remark")
    if len(remark.strip()) > REMARK_LIMIT:
        return Refusal("knowledge.too_long", {"what": what, "limit": REMARK_LIMIT}, field="remark")
    return Refusal("knowledge.unreadable", {"what": what}, field="remark") if "\x00" in remark else None


def _correction_faults(text: str, unit: str, day: date) -> tuple[Refusal, ...]:
    why = _text_fault(text, "knowledge.correction_missing", "text")
    if why:
        return (why,)
    if unit and not in_force("units.Unit", unit, day):
        return (Refusal("knowledge.unit_unknown", {"unit": unit}, field="unit"),)
    return ()


def _text_fault(text: str, missing: str, field: str) -> Refusal | None:
    what = {"zh": "说明", "en": "text"}
    if not text:
        return Refusal(missing, field=field)
    if len(text) > CORRECTION_LIMIT:
        return Refusal("knowledge.too_long", {"what": what, "limit": CORRECTION_LIMIT}, field=field)
    return Refusal("knowledge.unreadable", {"what": what}, field=field) if "\x00" in text else None
