"""Who is told that an emergency waits for its second supervisor: all of them but the one who switched it on."""

from datetime import datetime
from typing import Final

from hotline.oversight.notices.commands import tell
from hotline.registry.emergencies.models import EmergencyPeriod
from hotline.rules.emergency_mode import SWITCHERS
from hotline.rules.notifying import To, Told

ABOUT: Final = "emergency"
"""What the notice is about; its number is the emergency's."""

SECOND: Final = To(roles=SWITCHERS)


def ask_second(period: EmergencyPeriod, *, by: str, now: datetime) -> None:
    """Part of switching on, in its transaction."""
    told = [Told("emergency_unconfirmed", (SECOND,))]
    tell(told, number=str(period.pk), seq=1, but=by, now=now, about=ABOUT)
