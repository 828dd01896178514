"""What happens next: for each event, who reacts to it, in this order.

The one page to read when somebody asks why a citizen got a message or a supervision was opened. Reactions run as
jobs after the act's transaction, each in a transaction of its own, and at most once for each event.
"""

from collections.abc import Mapping
from typing import Final

from hotline.oversight.notices.commands import tell_people
from hotline.plumbing import messages
from hotline.plumbing.messages import Reaction
from hotline.rules.notifying import NOTIFYING
from hotline.tickets.happening import events_of

REACTIONS: Final[Mapping[str, tuple[Reaction, ...]]] = {
    **dict.fromkeys(NOTIFYING, (tell_people,)),  # whom, and why others are not told: rules/notifying.py
}


def register() -> None:
    """Hands the table to the jobs; called once, when all apps are ready."""
    messages.register(REACTIONS, loader=events_of)
