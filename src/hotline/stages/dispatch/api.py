"""The dispatch stage's acts for other systems."""

from hotline.stages.dispatch.stage_acts import ACTS
from hotline.tickets.acting.api import act_router

router = act_router(ACTS, tag="② 转办")
