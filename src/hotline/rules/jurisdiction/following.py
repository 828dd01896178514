"""Whether a dispatch followed a line of the directory: what the ledger notes of it must be true on the day.

Figures of precedents rest on it, so a line may only be quoted for the unit that it names here and now.
"""

from datetime import datetime

from hotline.rules.jurisdiction.directory import Directory
from hotline.rules.jurisdiction.values import LOCAL
from hotline.rules.vocabulary import CITY_TZ, UnitCode


def follows(directory: Directory, key: str, *, lead: UnitCode, category: str, region: str, at: datetime) -> bool:
    """Whether the line of that number and version is in force, is about the category and names this lead here."""
    day = at.astimezone(CITY_TZ).date()
    for _, rule in directory.about(category):
        if rule.version_key == key and rule.holds(day):
            return lead == (directory.local(region) if rule.lead == LOCAL else rule.lead)
    return False
