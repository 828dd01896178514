"""The team leaders' desk for other systems: nothing of its own, confirming is done by the acts of intake and upkeep."""

from hotline.stages.leading.stage_acts import ACTS
from hotline.tickets.acting.api import act_router

router = act_router(ACTS, tag="班长台")
