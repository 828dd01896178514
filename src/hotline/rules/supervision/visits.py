"""现场督办: what an inspector looks at on the spot, which photos count, and when a finding holds together.

Nothing of a visit is announced; what it found must convince the unit afterwards, so photos say when and where.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from hotline.rules.messages import Refusal


class Check(StrEnum):
    """核查项: one question of the list, answered on the spot."""

    REMAINS = "remains"
    AS_REPLIED = "as_replied"
    MEASURES = "measures"
    CONTACTED = "contacted"
    RECURS = "recurs"


class Answer(StrEnum):
    """核查结论 of one question."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


class Source(StrEnum):
    """照片信息来源: from where a photo's time or place is known."""

    PHOTO = "photo"
    PHONE = "phone"
    TYPED = "typed"


BAD: Final[Mapping[Check, Answer]] = {
    Check.REMAINS: Answer.YES,
    Check.AS_REPLIED: Answer.NO,
    Check.MEASURES: Answer.NO,
    Check.CONTACTED: Answer.NO,
    Check.RECURS: Answer.YES,
}
"""The answer that speaks against the unit."""

SKEW: Final = timedelta(minutes=10)
"""How far a camera's clock may be ahead of ours."""


def holds_together(problem: bool | None, facts: Mapping[str, Any]) -> Refusal | None:
    """Every question has its answer, the finding agrees with them, and a problem is shown by a photo."""
    given = facts.get("answers") or {}
    answers = {check: given.get(check.value) for check in Check}
    open_ones = sum(answer not in set(Answer) for answer in answers.values())
    if open_ones:
        return Refusal("supervision.visit_unanswered", {"count": open_ones}, field="answers")
    if problem is False and answers[Check.REMAINS] == Answer.YES:
        return Refusal("supervision.visit_contradicts", field="problem")
    if problem and not any(answers[check] == bad for check, bad in BAD.items()):
        return Refusal("supervision.visit_nothing_wrong", field="answers")
    if problem and not facts.get("photos"):
        return Refusal("supervision.visit_without_photo", field="file")
    return None


@dataclass(frozen=True)
class Told:
    """What the photo itself tells, read before that is taken out of it."""

    taken_at: datetime | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, kw_only=True)
class Said:
    """What came with the photo: by the phone itself, or typed."""

    phone_at: datetime | None = None
    latitude: float | None = None
    longitude: float | None = None
    taken_at: datetime | None = None
    place: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Shot:
    """When and where a photo was taken, and from where both are known."""

    taken_at: datetime
    time_from: Source
    latitude: float | None
    longitude: float | None
    place: str
    place_from: Source
    reason: str


def shot(told: Told, said: Said, *, opened_at: datetime | None, now: datetime) -> Shot | tuple[Refusal, ...]:
    """The photo's own word goes first, then the phone's, then what was typed with a reason; or why it is not taken."""
    at, time_from = _time(told, said)
    latitude, longitude, place_from = _place(told, said)
    refusals = tuple(_faults(at, place_from, said, opened_at, now))
    if refusals or at is None:
        return refusals
    return Shot(
        taken_at=at,
        time_from=time_from,
        latitude=latitude,
        longitude=longitude,
        place=said.place.strip(),
        place_from=place_from,
        reason=said.reason.strip(),
    )


def _time(told: Told, said: Said) -> tuple[datetime | None, Source]:
    if told.taken_at is not None:
        return told.taken_at, Source.PHOTO
    if said.phone_at is not None:
        return said.phone_at, Source.PHONE
    return said.taken_at, Source.TYPED


def _place(told: Told, said: Said) -> tuple[float | None, float | None, Source]:
    for one, source in ((told, Source.PHOTO), (said, Source.PHONE)):
        if on_earth(one.latitude, one.longitude):
            return one.latitude, one.longitude, source
    return None, None, Source.TYPED


def on_earth(latitude: float | None, longitude: float | None) -> bool:
    """A camera without a fix writes zeros, a broken one anything."""
    if latitude is None or longitude is None:
        return False
    return -90 <= latitude <= 90 and -180 <= longitude <= 180 and (latitude, longitude) != (0, 0)


def _faults(
    at: datetime | None, place_from: Source, said: Said, opened_at: datetime | None, now: datetime
) -> Iterator[Refusal]:
    reason = bool(said.reason.strip())
    if place_from is Source.TYPED and not said.place.strip():
        yield Refusal("supervision.photo_without_place", field="place")
    elif place_from is Source.TYPED and not reason:
        yield Refusal("supervision.photo_without_reason", field="reason")
    if at is None:
        yield Refusal("supervision.photo_without_time", field="taken_at")
    elif at > now + SKEW and not reason:
        yield Refusal("supervision.photo_ahead", {"at": at}, field="reason")
    elif opened_at is not None and at < opened_at and not reason:
        yield Refusal("supervision.photo_too_early", {"at": at}, field="reason")
