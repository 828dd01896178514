"""Pages of the handling stage: `/handling/<act>/<number>/`, the district's lists, and stand-ins during absence."""

from django.urls import path

from hotline.rules.acts import Delegate, ReturnTask, SubmitReply
from hotline.stages.handling.pages import absence, district
from hotline.stages.handling.queries import QUEUES
from hotline.stages.handling.stage_acts import ACTS
from hotline.tickets.acting.pages import act_page, act_urls
from hotline.tickets.acting.task_forms import has_reported, only

urlpatterns = [
    *(
        path(f"{'district/' if queue.of_district else ''}{queue.key}/", district.queue(queue.key), name=queue.page)
        for queue in QUEUES.values()
    ),
    path("absence/", absence.absence, name="absence"),
    path("absence/<int:entry>/recall/", absence.recall, name="absence-recall"),
    *act_urls(
        ACTS,
        delegate=act_page(Delegate, dress=district.dress_delegation),
        return_task=act_page(ReturnTask, dress=only(has_reported)),
        submit_reply=act_page(SubmitReply, dress=district.dress_reply),
    ),
]
