"""The joint stage for other systems: the ticket's acts, and the disputes' files."""

from hotline.stages.joint.api.files import router as files
from hotline.stages.joint.commands import do_act
from hotline.stages.joint.stage_acts import ACTS
from hotline.tickets.acting.api import act_router

router = act_router(ACTS, tag="③′ 联合会办", **{act.name: do_act for act in ACTS})
router.add_router("/files", files)
