"""Changes to days, hours and profiles end here: every process must look at them anew."""

import secrets

from hotline.registry.calendars.models import CalendarStamp


def touch_calendar() -> None:
    """Say that the calendar or a profile has changed; call it in the transaction that changes them."""
    CalendarStamp.objects.update_or_create(id=1, defaults={"token": secrets.token_hex(8)})
