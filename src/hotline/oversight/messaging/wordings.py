"""The office's own words for citizens, from a day on, and the hours in which no message leaves.

Nothing is overwritten: what was said to citizens on any day can be told from these rows.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from hotline.oversight.messaging.models import CitizenWording, QuietSetting
from hotline.rules.citizens.kinds import Kind
from hotline.rules.citizens.quiet import Quiet
from hotline.rules.citizens.wording import DEFAULTS, Wording, check
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import CITY_TZ, Role

WRITERS: Final = frozenset({Role.TEAM_LEADER, Role.SUPERVISOR})
TEXTS: Final = ("zh", "en", "secret_zh", "secret_en")


@dataclass(frozen=True)
class Edition:
    """A wording with who wrote it and from when on it holds; the platform's own has no writer."""

    wording: Wording
    starts_on: date | None = None
    written_by: str = ""
    written_at: datetime | None = None


def wording_on(kind: Kind, day: date) -> Wording:
    """The words of that kind on that day."""
    row = CitizenWording.objects.filter(kind=kind.value, starts_on__lte=day).order_by("-starts_on", "-id").first()
    return _edition(row).wording if row else DEFAULTS[kind]


def editions(kind: Kind) -> list[Edition]:
    """All wordings of a kind, the latest first; the platform's own stands at the end."""
    rows = CitizenWording.objects.filter(kind=kind.value).order_by("-starts_on", "-id")
    return [*map(_edition, rows), Edition(DEFAULTS[kind])]


def wordings_on(day: date) -> dict[Kind, Edition]:
    """The words of every kind on that day, in one statement."""
    found = {kind: Edition(DEFAULTS[kind]) for kind in Kind}
    for row in CitizenWording.objects.filter(starts_on__lte=day).order_by("starts_on", "id"):
        found[Kind(row.kind)] = _edition(row)
    return found


def _edition(row: CitizenWording) -> Edition:
    texts = {name: getattr(row, name) for name in TEXTS}
    return Edition(Wording(row.on, **texts), row.starts_on, row.written_by, row.written_at)


def write_wording(*, kind: Kind, wording: Wording, starts_on: date, actor: Actor, now: datetime) -> tuple[Refusal, ...]:
    """These words from that day on."""
    if not actor.roles & WRITERS:
        return (Refusal("wording.denied"),)
    refusals = check(kind, wording)
    if starts_on < now.astimezone(CITY_TZ).date():
        refusals = (*refusals, Refusal("wording.starts_in_past", field="starts_on"))
    if not refusals:
        texts = {name: getattr(wording, name).strip() for name in TEXTS}
        CitizenWording.objects.create(
            kind=kind.value, starts_on=starts_on, on=wording.on, written_by=actor.id, written_at=now, **texts
        )
    return refusals


def quiet_on(day: date) -> Quiet:
    """The quiet hours of that day."""
    row = QuietSetting.objects.filter(starts_on__lte=day).order_by("-starts_on", "-id").first()
    return Quiet(row.begins, row.ends) if row else Quiet()


def set_quiet(
    *, begins: time | None, ends: time | None, starts_on: date, actor: Actor, now: datetime
) -> tuple[Refusal, ...]:
    """Quiet hours from that day on; the same time twice means that messages leave at any hour."""
    if not actor.roles & WRITERS:
        return (Refusal("wording.denied"),)
    found = [
        Refusal("wording.hours_malformed", field=name)
        for name, given in (("begins", begins), ("ends", ends))
        if given is None
    ]
    if starts_on < now.astimezone(CITY_TZ).date():
        found.append(Refusal("wording.starts_in_past", field="starts_on"))
    if found or begins is None or ends is None:
        return tuple(found)
    QuietSetting.objects.create(starts_on=starts_on, begins=begins, ends=ends, written_by=actor.id, written_at=now)
    return ()
