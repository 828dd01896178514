"""Pages of the joint stage: the disputes, one of them with its deeds, and `/joint/<act>/<number>/`."""

from django.urls import path

from hotline.stages.joint import pages
from hotline.stages.joint.commands import do_act
from hotline.stages.joint.stage_acts import ACTS
from hotline.tickets.acting.pages import act_page, act_urls

urlpatterns = [
    path("", pages.desk, name="joint-files"),
    path("files/<int:pk>/", pages.one, name="joint-file"),
    path("files/<int:pk>/invitation/", pages.invitation, name="joint-invitation"),
    path("files/<int:pk>/pages/<int:page>/", pages.page, name="joint-page"),
    path("files/<int:pk>/<str:name>/", pages.deed, name="joint-deed"),
    *act_urls(ACTS, **{act.name: act_page(act, do=do_act) for act in ACTS}),
]
