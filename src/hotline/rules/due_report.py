"""What `hotline due` answers: when a request falls due, which days were counted, and why, in one sentence.

An official settles a dispute about a deadline with it, without a ticket and without a database.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from hotline.rules.deadlines import Due, Emergency, Pause, RequestScope, compute_due
from hotline.rules.profiles import Profile
from hotline.rules.sentences import render
from hotline.rules.vocabulary import Channel, ClockKind, RequestType, Urgency
from hotline.rules.workdays import Calendar

_JOINTS: Final = {"zh": ("；", "。"), "en": ("; ", ".")}


def due_report(
    *,
    profile: Profile,
    calendar: Calendar,
    request_type: RequestType,
    opened_at: datetime,
    pauses: Sequence[Pause] = (),
    extension: int = 0,
    emergency: Emergency | None = None,
    lang: str = "zh",
    urgency: Urgency = Urgency.ORDINARY,
    channel: Channel | None = None,
    as_of: datetime | None = None,
) -> dict[str, Any]:
    """The reply limit of one request, ready to be printed or sent as JSON.

    Without `as_of` an emergency that begins later is looked at from the moment it begins, while it binds.
    """
    limit = profile.limit(ClockKind.REPLY, request_type=request_type, urgency=urgency, channel=channel)
    if limit is None:
        raise LookupError(f"{profile.version_key} sets no reply limit")
    due = compute_due(
        limit=limit,
        start=opened_at,
        calendar=calendar,
        request=RequestScope(request_type=request_type),
        pauses=pauses,
        extension=extension,
        emergencies=(emergency,) if emergency else (),
        as_of=as_of or (emergency.start if emergency else None),
        since=profile.reply_starts_at,
    )
    return {
        "due_at": due.due_at.isoformat(),
        "counted_days": [on.isoformat() for on in due.counted_days],
        "provisional": due.provisional,
        "explanation": explain(due, lang),
    }


def explain(due: Due, lang: str) -> str:
    """The reasons of a deadline as one sentence."""
    joint, stop = _JOINTS.get(lang, _JOINTS["en"])
    text = joint.join(render(message, lang) for message in due.explanation)
    return f"{text[:1].upper()}{text[1:]}{stop}" if text else ""
