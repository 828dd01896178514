"""Addresses of papers, all below /papers/."""

from django.urls import path

from hotline.desks.papers import pages

urlpatterns = [
    path("handover/<str:number>/", pages.handover, name="handover-paper"),
    path("handover/<str:number>/word/", pages.handover_word, name="handover-word"),
]
