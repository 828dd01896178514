"""The callback stage's acts for other systems."""

from hotline.stages.callback.stage_acts import ACTS
from hotline.tickets.acting.api import act_router

router = act_router(ACTS, tag="⑤ 回访")
