"""Where tickets alike and of the same category were sent before, whether they stayed and what was ruled: what a
suggestion at dispatch is made of. One statement over indexes; counts and numbers only, nothing says who asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from django.db import connection

from hotline.rules.lifecycle import Actor
from hotline.rules.visibility import view_of
from hotline.rules.vocabulary import Stage, UnitCode
from hotline.tickets.access import OpenTicket
from hotline.tickets.models import TicketText

NEWEST: Final = 1000
"""So many tickets of a category are looked at, newest first (P)."""
RULED: Final = ("joint.mediated", "joint.ruled", "joint.confirmed")
GIVEN: Final = ("dispatch.sent", "dispatch.phoned", "dispatch.reassigned", "joint.ruled_provisionally", *RULED[:2])
RETURNED: Final = "handling.return_requested"
NOBODY: Final[Mapping[UnitCode, UnitCode]] = MappingProxyType({})
UNSETTLED: Final = (Stage.RETURN_REQUESTED, Stage.JURISDICTION_DISPUTE, Stage.JOINT_HANDLING)

_BEFORE = """
    WITH newest AS MATERIALIZED (
        SELECT id, number, lead_unit, stage, TRUE AS alike, category = %(category)s AS of_category
        FROM tickets_ticket WHERE number = ANY(%(alike)s)
        UNION ALL
        (SELECT id, number, lead_unit, stage, FALSE, TRUE FROM tickets_ticket
         WHERE category = %(category)s AND created_at >= %(since)s AND number <> ALL(%(but)s)
         ORDER BY created_at DESC LIMIT %(newest)s)
    ), entries AS (
        SELECT newest.*, entry.name,
               CASE WHEN entry.name = %(returned)s THEN entry.unit ELSE entry.payload->>'lead_unit' END AS named
        FROM newest JOIN tickets_ledgerentry entry ON entry.ticket_id = newest.id
        WHERE entry.name = ANY(%(names)s)
    ), said AS (
        SELECT entries.*, coalesce(heirs.heir, named) AS unit
        FROM entries LEFT JOIN unnest(%(old)s::text[], %(new)s::text[]) AS heirs(gone, heir) ON heirs.gone = named
    )
    SELECT unit,
           count(*) FILTER (WHERE of_category AND name = ANY(%(given)s)),
           count(*) FILTER (WHERE of_category AND name = %(returned)s),
           count(DISTINCT id) FILTER (WHERE alike AND name = ANY(%(given)s)),
           count(DISTINCT id) FILTER (
               WHERE alike AND name = ANY(%(given)s) AND lead_unit IN (named, unit) AND stage <> ALL(%(unsettled)s)
           ),
           coalesce(max(number) FILTER (WHERE alike AND name = ANY(%(ruled)s) AND lead_unit IN (named, unit)), ''),
           coalesce(max(number) FILTER (WHERE name = ANY(%(ruled)s) AND lead_unit IN (named, unit)), '')
    FROM said WHERE unit <> ''
    GROUP BY unit ORDER BY unit
"""


@dataclass(frozen=True)
class Before:
    """One unit: tickets of the category given and returned, alike ones given and kept, the latest rulings for it."""

    unit: UnitCode
    given: int
    returned: int
    alike_given: int
    alike_stayed: int
    ruled_alike: str
    ruled: str


def dispatched_before(
    category: str,
    *,
    alike: Sequence[str],
    but: str,
    actor: Actor,
    since: datetime,
    heirs: Mapping[UnitCode, UnitCode] = NOBODY,
) -> tuple[Before, ...]:
    """What became of alike tickets and of those of the category; for people who see all tickets.

    What a unit did that is no more counts for its heir.
    """
    if not view_of(actor).everything or not (category or alike):
        return ()
    asked: dict[str, Any] = {
        "category": category,
        "alike": list(alike),
        "but": [but, *alike],
        "since": since,
        "newest": NEWEST if category else 0,
        "names": [*GIVEN, *RULED, RETURNED],
        "given": list(GIVEN),
        "ruled": list(RULED),
        "returned": RETURNED,
        "old": list(heirs),
        "new": list(heirs.values()),
        "unsettled": [stage.value for stage in UNSETTLED],
    }
    with connection.cursor() as cursor:
        cursor.execute(_BEFORE, asked)
        return tuple(Before(*row) for row in cursor.fetchall())


def asked_in(opened: OpenTicket) -> str:
    """The title and content of a ticket that was let through, as the directory reads them."""
    bodies = (
        TicketText.objects.filter(ticket=opened.row, field="content").order_by("seq").values_list("body", flat=True)
    )
    return "\n".join([opened.row.title, *bodies])
