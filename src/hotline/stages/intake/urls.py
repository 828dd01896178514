"""Pages of the intake stage."""

from django.urls import path

from hotline.rules.acts import AnswerDirectly
from hotline.stages.intake import pages
from hotline.stages.intake.commands import answer_directly
from hotline.stages.intake.pages import notes, progress
from hotline.stages.intake.stage_acts import ACTS
from hotline.tickets.acting.pages import act_page, act_urls

urlpatterns = [
    path("new/", pages.new, name="intake-new"),
    path("next/<str:number>/", pages.next_matter, name="intake-next"),
    path("quick/", notes.quick, name="intake-quick"),
    path("quick/<int:note>/undo/", notes.undo, name="intake-quick-undo"),
    path("progress/", progress.progress, name="intake-progress"),
    path("caller/", pages.caller_part, name="intake-caller"),
    path("suggest/", pages.suggest_part, name="intake-suggest"),
    *act_urls(ACTS, answer_directly=act_page(AnswerDirectly, do=answer_directly)),
]
