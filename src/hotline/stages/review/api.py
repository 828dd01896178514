"""The review stage's acts for other systems."""

from hotline.stages.review.stage_acts import ACTS
from hotline.tickets.acting.api import act_router

router = act_router(ACTS, tag="④ 审核")
