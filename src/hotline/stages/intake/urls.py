"""Pages of the intake stage."""

from django.urls import path

from hotline.rules.acts import AnswerDirectly
from hotline.stages.intake import pages
from hotline.stages.intake.commands import answer_directly
from hotline.stages.intake.stage_acts import ACTS
from hotline.tickets.acting.pages import act_page, act_urls

urlpatterns = [
    path("new/", pages.new, name="intake-new"),
    path("caller/", pages.caller_part, name="intake-caller"),
    path("suggest/", pages.suggest_part, name="intake-suggest"),
    *act_urls(ACTS, answer_directly=act_page(AnswerDirectly, do=answer_directly)),
]
