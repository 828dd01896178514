"""Addresses of precedents, all below /precedents/."""

from django.urls import path

from hotline.desks.precedents import pages

urlpatterns = [
    path("", pages.listed, name="precedents"),
    path("new/<int:dispute>/", pages.write, name="precedent-new"),
    path("<int:pk>/", pages.one, name="precedent"),
    path("<int:pk>/words/", pages.rewrite, name="precedent-words"),
    path("<int:pk>/<str:name>/", pages.deed, name="precedent-deed"),
]
