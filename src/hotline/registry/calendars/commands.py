"""Changes to days, hours and profiles end here: every process must look at them anew."""

import json
import secrets
from hashlib import sha256
from typing import Any

from hotline.registry.calendars.models import CalendarStamp
from hotline.rules.profiles import Profile, to_dict


def touch_calendar() -> None:
    """Say that the calendar or a profile has changed; call it in the transaction that changes them."""
    CalendarStamp.objects.update_or_create(id=1, defaults={"token": secrets.token_hex(8)})


def profile_columns(profile: Profile) -> dict[str, Any]:
    """One version of a profile as its row holds it, marks aside."""
    body = to_dict(profile)
    canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return {
        "key": profile.key,
        "version": profile.version,
        "effective_from": profile.effective_from,
        "digest": sha256(canonical.encode()).hexdigest(),
        "body": body,
    }
