"""会办邀请: the panel as a calendar file (RFC 5545), so that members find it in the calendars they use."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from icalendar import Calendar, Event

LASTS: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Invitation:
    """What stands in a calendar. `sequence` grows when form or time change, so that calendars follow."""

    uid: str
    sequence: int
    made_at: datetime
    begins_at: datetime
    meeting: bool
    title: str
    place: str
    agenda: str
    address: str


def as_calendar(invitation: Invitation) -> bytes:
    """The file. In writing there is a moment by which to answer, and no hour to sit."""
    calendar = Calendar()
    calendar.add("prodid", "-//12345 hotline//joint handling//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event = Event()
    event.add("uid", invitation.uid)
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", invitation.made_at.astimezone(UTC))
    ends = invitation.begins_at + (LASTS if invitation.meeting else timedelta(0))
    event.add("dtstart", invitation.begins_at.astimezone(UTC))
    event.add("dtend", ends.astimezone(UTC))
    event.add("summary", invitation.title)
    if invitation.place:
        event.add("location", invitation.place)
    event.add("description", f"{invitation.agenda}\n{invitation.address}".strip())
    calendar.add_component(event)
    return bytes(calendar.to_ical())
