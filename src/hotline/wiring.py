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
from hotline.stages.callback.commands.asking import ask_first, keep_silent, stop_asking
from hotline.stages.callback.commands.planning import follow
from hotline.tickets.happening import events_of

NOTICES: Final[Mapping[str, tuple[Reaction, ...]]] = dict.fromkeys(NOTIFYING, (tell_people,))
"""Whom, and why others are not told: rules/notifying.py."""

CALLBACKS: Final[Mapping[str, tuple[Reaction, ...]]] = {
    "review.passed": (follow, ask_first),  # the citizen is asked by message, where the plan says so
    "callback.attempted": (follow,),
    **dict.fromkeys(
        (
            "callback.settled",
            "callback.dissatisfied",
            "callback.unreached",
            "callback.waived",
            "request.withdrawn",
            "request.merged",
            "void.confirmed",
        ),
        (follow, stop_asking),
    ),
    "ticket.classified": (keep_silent,),  # no message leaves about what became confidential
    "ticket.marked": (keep_silent,),
}

REACTIONS: Final[Mapping[str, tuple[Reaction, ...]]] = {
    name: NOTICES.get(name, ()) + CALLBACKS.get(name, ()) for name in {**NOTICES, **CALLBACKS}
}


def register() -> None:
    """Hands the table to the jobs; called once, when all apps are ready."""
    messages.register(REACTIONS, loader=events_of)
