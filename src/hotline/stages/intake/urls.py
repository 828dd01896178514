"""Pages of the intake stage."""

from django.urls import path

from hotline.rules.acts import AnswerDirectly
from hotline.stages.intake import note_pages, pages, telling_pages
from hotline.stages.intake.commands import answer_directly
from hotline.stages.intake.stage_acts import ACTS
from hotline.tickets.acting.pages import act_page, act_urls

urlpatterns = [
    path("new/", pages.new, name="intake-new"),
    path("next/<str:number>/", pages.next_matter, name="intake-next"),
    path("quick/", note_pages.quick, name="intake-quick"),
    path("quick/<int:note>/undo/", note_pages.undo, name="intake-quick-undo"),
    path("progress/", telling_pages.progress, name="intake-progress"),
    path("caller/", pages.caller_part, name="intake-caller"),
    path("suggest/", pages.suggest_part, name="intake-suggest"),
    *act_urls(ACTS, answer_directly=act_page(AnswerDirectly, do=answer_directly)),
]
