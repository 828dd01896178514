"""The handling stage's acts for other systems."""

from hotline.stages.handling.stage_acts import ACTS
from hotline.tickets.acting.api import act_router

router = act_router(ACTS, tag="③ 办理")
