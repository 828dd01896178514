"""Pages of the handling stage: `/handling/<act>/<number>/`."""

from hotline.stages.handling.stage_acts import ACTS
from hotline.tickets.acting.pages import act_urls

urlpatterns = act_urls(ACTS)
