"""What happens next: for each event, who reacts to it, in this order.

The one page to read when somebody asks why a citizen got a message or a supervision was opened. Reactions run as
jobs after the act's transaction, each in a transaction of its own, and at most once for each event.
"""

from collections.abc import Mapping
from itertools import chain
from typing import Final

from hotline.oversight.messaging.contacts import tell_contacts
from hotline.oversight.messaging.ringing import GIVEN, ring_duty
from hotline.oversight.messaging.telling import HOLD_BACK, hold_back, tell_citizens
from hotline.oversight.notices.commands import tell, tell_people
from hotline.oversight.supervision.criticisms import note_criticism
from hotline.oversight.supervision.reacting import follow_ladder, follow_ticket, go_along
from hotline.plumbing import messages
from hotline.plumbing.messages import Reaction
from hotline.rules.citizens.kinds import TELLING
from hotline.rules.contacting import TO_PEOPLE
from hotline.rules.lifecycle import TABLE
from hotline.rules.notifying import NOTIFYING
from hotline.rules.supervision.ladder import ENDS, FOLLOWED, LEADS
from hotline.rules.vocabulary import TERMINAL
from hotline.stages.callback.commands.asking import ask_first, keep_silent, stop_asking
from hotline.stages.callback.commands.planning import follow
from hotline.stages.dispatch.commands import give_tasks
from hotline.stages.joint.commands.opening import OPENING, end_with_ticket, open_by_itself
from hotline.stages.joint.commands.telling import tell_with
from hotline.tickets.happening import events_of
from hotline.tickets.precedents.telling import tell_with as tell_of_precedents_with

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

SUPERVISIONS: Final[Mapping[str, tuple[Reaction, ...]]] = {
    name: (
        *((go_along,) if name in LEADS else ()),  # to the unit that has the ticket now
        *((follow_ladder,) if name in FOLLOWED else ()),  # what the profile's ladder makes of it
        *((follow_ticket,) if name in ENDS else ()),
    )
    for name in (*FOLLOWED, *LEADS, *ENDS)
} | {"clock.criticism_proposed": (note_criticism,)}

CITIZENS: Final[Mapping[str, tuple[Reaction, ...]]] = {
    name: (*((tell_citizens,) if name in TELLING else ()), *((hold_back,) if name in HOLD_BACK else ()))
    for name in {*TELLING, *HOLD_BACK}
}
"""What citizens are told by message, and when nothing: rules/citizens."""

OUTSIDE: Final[Mapping[str, tuple[Reaction, ...]]] = {
    name: (tell_contacts,) for name, lines in NOTIFYING.items() if {kind for kind, _ in lines} & set(TO_PEOPLE)
}
"""Notices that leave the platform too: rules/contacting.py."""

DUTY: Final[Mapping[str, tuple[Reaction, ...]]] = dict.fromkeys(GIVEN, (ring_duty,))
"""Urgent tickets ring the people on duty: rules/duty."""

DISPUTES: Final[Mapping[str, tuple[Reaction, ...]]] = dict.fromkeys(OPENING, (open_by_itself,)) | dict.fromkeys(
    sorted({row.event for row in TABLE if row.target in TERMINAL}), (end_with_ticket,)
)
"""A dispute has a file from the moment it opens, and none is left open when its ticket ends."""

TASKS: Final[Mapping[str, tuple[Reaction, ...]]] = dict.fromkeys(
    ("dispatch.sent", "dispatch.reassigned"), (give_tasks,)
)
"""What the followed line of the directory asks of other units: rules/cotasks."""

TABLES: Final = (DISPUTES, TASKS, NOTICES, CALLBACKS, SUPERVISIONS, CITIZENS, OUTSIDE, DUTY)
REACTIONS: Final[Mapping[str, tuple[Reaction, ...]]] = {
    name: tuple(chain.from_iterable(table.get(name, ()) for table in TABLES)) for name in chain(*TABLES)
}


def register() -> None:
    """Hands the table to the jobs; called once, when all apps are ready."""
    tell_with(tell)
    tell_of_precedents_with(tell)
    messages.register(REACTIONS, loader=events_of)
