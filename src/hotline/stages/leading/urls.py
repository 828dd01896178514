"""Pages of the team leaders' desk."""

from django.urls import path

from hotline.stages.leading import pages

urlpatterns = [
    path("confirm/", pages.confirm, name="leading-confirm"),
    path("samples/", pages.samples, name="leading-samples"),
    path("samples/draw/", pages.draw, name="leading-draw"),
    path("samples/<int:pk>/", pages.sample, name="leading-sample"),
    path("mine/", pages.mine, name="leading-mine"),
    path("shifts/", pages.shifts, name="leading-shifts"),
    path("shifts/<int:pk>/", pages.sheet, name="leading-sheet"),
]
