"""Pages of the review stage: `/review/<act>/<number>/`."""

from hotline.stages.review.stage_acts import ACTS
from hotline.tickets.acting.pages import act_urls

urlpatterns = act_urls(ACTS)
