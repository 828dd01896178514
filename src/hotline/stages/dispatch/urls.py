"""Pages of the dispatch stage: `/dispatch/<act>/<number>/`."""

from hotline.rules.acts import CloseTask
from hotline.stages.dispatch.pages import move, send
from hotline.stages.dispatch.stage_acts import ACTS
from hotline.tickets.acting.pages import act_page, act_urls
from hotline.tickets.acting.task_forms import lies, only

urlpatterns = act_urls(
    ACTS,
    dispatch=send,
    reassign=move,
    close_task=act_page(CloseTask, dress=only(lies)),
)
