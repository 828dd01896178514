"""Pages of the intake stage."""

from django.urls import path

from hotline.stages.intake import pages
from hotline.stages.intake.stage_acts import ACTS
from hotline.tickets.acting.pages import act_urls

urlpatterns = [path("new/", pages.new, name="intake-new"), *act_urls(ACTS)]
