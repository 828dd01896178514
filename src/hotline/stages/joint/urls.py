"""Pages of the joint stage: `/joint/<act>/<number>/`."""

from hotline.stages.joint.stage_acts import ACTS
from hotline.tickets.acting.pages import act_urls

urlpatterns = act_urls(ACTS)
