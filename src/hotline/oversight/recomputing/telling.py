"""Who is told: keepers of the calendar when a year is missing, the other supervisors when a draft waits for them,
and owners of lines of the dispatch directory before these run out.

Once a week from September on until the year is loaded, so that nobody is surprised by provisional dates in December.
"""

from datetime import datetime
from typing import Final

from hotline.oversight.notices.commands import tell
from hotline.registry.calendars.draft_models import RuleDraft
from hotline.registry.calendars.draft_queries import unpublished_year
from hotline.registry.units.rules import all_rules
from hotline.rules.jurisdiction.reports import running_out
from hotline.rules.notifying import WITH_HEAD, To, Told
from hotline.rules.precedents.table import WARNING
from hotline.rules.rule_keeping import DraftKind
from hotline.rules.vocabulary import CITY_TZ, Role

MISSING: Final = "calendar"
"""What a notice about a missing year is about; its number is the year."""
DRAFT: Final = "rule_draft"
"""What a notice about a draft is about; its number is the draft's."""
LINE: Final = "directory_rule"
"""What a notice about a line of the directory is about; its number is the line's."""

KEEPERS: Final = To(roles=frozenset({Role.SUPERVISOR, Role.SYSTEM_ADMIN}))
SECOND: Final = To(roles=frozenset({Role.SUPERVISOR}))


def warn(*, now: datetime) -> int | None:
    """Tells supervisors and system administrators of a missing year; a second call in one week tells nobody."""
    day = now.astimezone(CITY_TZ).date()
    year = unpublished_year(day)
    if year is not None:
        week = day.isocalendar()
        tell(
            [Told("calendar_missing", (KEEPERS,))],
            number=str(year),
            seq=week.year * 100 + week.week,
            but="",
            now=now,
            about=MISSING,
        )
    return year


def ask_second(draft: RuleDraft, *, by: str, now: datetime) -> None:
    """Tells the other supervisors that a draft waits to be published, again after every change."""
    kinds = {DraftKind.PROFILE: "profile_drafted", DraftKind.DIRECTORY: "directory_drafted"}
    kind = kinds.get(DraftKind(draft.kind), "calendar_drafted")
    tell([Told(kind, (SECOND,))], number=str(draft.pk), seq=draft.edit, but=by, now=now, about=DRAFT)


def warn_owners(*, now: datetime) -> int:
    """Tells owners of lines of the directory, and supervisors, that these run out; once for each last day. How many.

    Precedents have a warning of their own, equally long before their end, which stands in their history.
    """
    ending = running_out(all_rules(), now.astimezone(CITY_TZ).date(), WARNING)
    lines = [rule for rule in ending if not rule.ruled]
    for rule in lines:
        until = rule.valid_to.toordinal() if rule.valid_to else 0
        told = Told("directory_runs_out", (To(WITH_HEAD, rule.owner), SECOND))
        tell([told], number=rule.id, seq=until, but="", now=now, about=LINE)
    return len(lines)
