"""Pages of the callback stage: the desk, the citizen's page, samples, decisions, monthly lists, and the acts."""

from django.urls import path

from hotline.stages.callback.commands.calling import CALLING, record
from hotline.stages.callback.pages import answer, decide, desk, monthly, samples
from hotline.stages.callback.stage_acts import ACTS
from hotline.tickets.acting.pages import act_page, act_urls

urlpatterns = [
    path("", desk.desk, name="callback-desk"),
    path("next/", desk.next_call, name="callback-next"),
    path("call/<str:number>/", desk.call, name="callback-call"),
    path("call/<str:number>/attempt/", desk.attempt, name="callback-attempt"),
    path("call/<str:number>/unreached/", desk.unreached, name="callback-unreached"),
    path("call/<str:number>/phone/", desk.phone, name="callback-phone"),
    path("answer/<str:token>/", answer.answering, name="callback-answer"),
    path("samples/", samples.listed, name="callback-samples"),
    path("samples/<str:day>/", samples.drawing, name="callback-drawing"),
    path("sample/<str:number>/", samples.sample, name="callback-sample"),
    path("sample/<str:number>/phone/", samples.sample_phone, name="callback-sample-phone"),
    path("sample/<str:number>/follow/", samples.follow, name="callback-sample-follow"),
    path("decide/", decide.listed, name="callback-decisions"),
    path("decide/<str:number>/", decide.decide, name="callback-decide"),
    path("monthly/", monthly.listed, name="callback-months"),
    path("monthly/<str:month>/", monthly.month, name="callback-month"),
    *act_urls(ACTS, **{act.name: act_page(act, do=record) for act in CALLING}),
]
