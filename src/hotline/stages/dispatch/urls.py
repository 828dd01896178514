"""Pages of the dispatch stage: `/dispatch/<act>/<number>/`."""

from hotline.stages.dispatch.pages import move, send
from hotline.stages.dispatch.stage_acts import ACTS
from hotline.tickets.acting.pages import act_urls

urlpatterns = act_urls(ACTS, dispatch=send, reassign=move)
