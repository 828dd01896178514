"""Pages of the joint stage: `/joint/<act>/<number>/`."""

from hotline.stages.joint.commands import do_act
from hotline.stages.joint.stage_acts import ACTS
from hotline.tickets.acting.pages import act_page, act_urls

urlpatterns = act_urls(ACTS, **{act.name: act_page(act, do=do_act) for act in ACTS})
