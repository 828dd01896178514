"""Addresses of acts on several tickets: /bulk/<act>/."""

from django.urls import path

from hotline.desks.bulk import pages

urlpatterns = [path("<str:act>/", pages.bulk, name="bulk")]
