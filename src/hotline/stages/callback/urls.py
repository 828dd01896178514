"""Pages of the callback stage: `/callback/<act>/<number>/`."""

from hotline.stages.callback.stage_acts import ACTS
from hotline.tickets.acting.pages import act_urls

urlpatterns = act_urls(ACTS)
