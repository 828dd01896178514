"""告知进度: before an agent tells anybody how a ticket stands, the caller is checked, and how is put on record.

The number on record or the query code prove enough for every ticket. Name and address may be known to neighbours:
they open an ordinary ticket, never a confidential one.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import Role

TELLERS: Final = frozenset({Role.AGENT, Role.TEAM_LEADER, Role.CALLBACK_OFFICER})
FAILURES: Final = 5
WITHIN: Final = timedelta(hours=1)
"""After five wrong tries on one ticket in an hour nobody tries on: six digits can be guessed."""


class CallerCheck(StrEnum):
    """How the agent made sure who is calling."""

    PHONE = "phone"
    QUERY_CODE = "query_code"
    NAME_ADDRESS = "name_address"


def before_checking(
    check: CallerCheck, *, confidential: bool, failures: Iterable[datetime], actor: Actor, now: datetime
) -> Refusal | None:
    """Why the caller is not even checked this way."""
    if not actor.roles & TELLERS:
        return Refusal("progress.role_denied")
    if confidential and check is CallerCheck.NAME_ADDRESS:
        return Refusal("progress.check_too_weak", field="check")
    if sum(now - WITHIN < at <= now for at in failures) >= FAILURES:
        return Refusal("progress.too_many_tries")
    return None
