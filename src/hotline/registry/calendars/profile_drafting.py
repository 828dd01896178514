"""What supervisors do with rule profiles: draft the next version from any version, and publish another's draft.

A stored version never changes, and a version never begins on the day it is published: tickets of one day have one rule.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from hotline.registry.calendars.commands import profile_columns, touch_calendar
from hotline.registry.calendars.draft_models import RuleDraft
from hotline.registry.calendars.drafting import SOURCE_MOST, Draft, Drafted, keep, published, take_to_publish
from hotline.registry.calendars.models import ProfileInForce, StoredProfile
from hotline.registry.calendars.queries import NoProfile, key_on, profile
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.profile_settings import differing, settings_of
from hotline.rules.profiles import Profile, ProfileError, parse_profile, to_dict
from hotline.rules.rule_keeping import DraftKind, refuse_publishing
from hotline.rules.vocabulary import CITY_TZ


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The next version as somebody wrote it: the settings, the name, from when it holds and on what basis.

    `base` is the version it was written from, by which it says what changes.
    """

    base: tuple[str, int]
    settings: Mapping[str, Any]
    name: str
    effective_from: str
    source: str


def draft_profile(
    *, wanted: Wanted, actor: Actor, now: datetime, number: int | None = None, seen: int | None = None
) -> Drafted:
    """A draft of the next version; every mistake in it is named at its place."""
    key, version = wanted.base
    try:
        base = profile(key, version)
    except NoProfile:
        return Drafted(refusals=(Refusal("profile.version_unknown", {"name": f"{key}@{version}"}),))
    made = read_wanted(wanted, version=next_version(key))
    if not isinstance(made, Profile):
        return Drafted(refusals=made)
    old, new = to_dict(base), to_dict(made)
    changed = differing(old, new)
    problems = [] if changed or key != current_key(made.effective_from) else [Refusal("rule_draft.nothing_changes")]
    problems += _not_yet(made.effective_from, now)
    marks = _marks(StoredProfile.objects.get(key=key, version=version).marks, changed, wanted.source)
    given = Draft(
        kind=DraftKind.PROFILE,
        subject=key,
        body={"base": [key, version], "profile": new, "changed": list(changed)},
        source=wanted.source.strip()[:SOURCE_MOST],
        marks=marks,
        number=number,
        seen=seen,
    )
    return keep(given, problems, actor=actor, now=now, changes=lambda _: True)


def read_wanted(wanted: Wanted, *, version: int) -> Profile | tuple[Refusal, ...]:
    """The profile somebody wrote, or what is wrong with it, each at the path of its setting."""
    identity = {
        "key": wanted.base[0],
        "version": version,
        "name": wanted.name.strip(),
        "effective_from": wanted.effective_from.strip(),
        "source": wanted.source.strip(),
    }
    try:
        return parse_profile({**wanted.settings, **identity})
    except ProfileError as wrong:
        return tuple(Refusal(p.code, p.params, field=str(p.params["path"])) for p in wrong.problems)


def publish_profile(*, number: int, seen: int | None, actor: Actor, now: datetime) -> Drafted:
    """The draft becomes the next version, and the city goes by it from its day on; open tickets keep theirs."""
    with transaction.atomic():
        draft, why = take_to_publish(number, seen, actor)
        if draft is not None and draft.kind != DraftKind.PROFILE:
            why = Refusal("rule_draft.not_found")
        if why or draft is None:
            return Drafted(refusals=(why,) if why else ())
        made = parse_profile({**draft.body["profile"], "version": next_version(draft.subject)})
        late = _not_yet(made.effective_from, now)
        if late:
            return Drafted(draft, tuple(late))
        before = {"key": current_key(made.effective_from), "settings": _changed_of(draft, "base")}
        StoredProfile.objects.create(**profile_columns(made), marks=draft.marks)
        if current_key(made.effective_from) != made.key:
            ProfileInForce.objects.update_or_create(
                starts_on=made.effective_from, defaults={"key": made.key, "active": True, "decided_here": True}
            )
        touch_calendar()
        after = {"version": made.version_key, "from": made.effective_from.isoformat(), "settings": _changed_of(draft)}
        published(draft, actor=actor, now=now, before=before, after=after)
        return Drafted(draft)


def next_version(key: str) -> int:
    """The number after the highest one stored."""
    highest = StoredProfile.objects.filter(key=key).aggregate(most=Max("version"))["most"]
    return int(highest or 0) + 1


def current_key(day: date) -> str:
    """The profile the city goes by on that day, blank when it goes by none."""
    return key_on(day) or ""


def may_publish(draft: RuleDraft, actor: Actor) -> bool:
    """Whether this person could publish the draft."""
    return refuse_publishing(actor, draft.hands) is None


def _not_yet(day: date, now: datetime) -> list[Refusal]:
    if day > now.astimezone(CITY_TZ).date():
        return []
    return [Refusal("rule_draft.effective_passed", {"day": day.isoformat()}, field="effective_from")]


def _marks(base: Mapping[str, Any], changed: tuple[str, ...], source: str) -> dict[str, Any]:
    """What is kept bears its old mark; what the city changes is marked V with the decision that says so."""
    return {**base, **{path: ["V", source.strip()[:SOURCE_MOST]] for path in changed}}


def _changed_of(draft: RuleDraft, which: str = "profile") -> dict[str, Any]:
    """The settings the draft changes, as they were in its base or as they are in it."""
    if which == "base":
        key, version = draft.body["base"]
        body = to_dict(profile(key, version))
    else:
        body = draft.body["profile"]
    values = {setting.path: setting.value for setting in settings_of(body)}
    return {path: values.get(path) for path in draft.body["changed"]}
