"""Addresses of minutes, all below /minutes/."""

from django.urls import path

from hotline.desks.minutes import pages

urlpatterns = [
    path("<int:pk>/", pages.paper, name="minutes"),
    path("<int:pk>/word/", pages.word_file, name="minutes-word"),
]
