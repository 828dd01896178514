"""Addresses of drafts, all below /drafts/."""

from django.urls import path

from hotline.desks.drafts import pages

urlpatterns = [
    path("", pages.keep, name="drafts"),
    path("offers/", pages.offers, name="draft-offers"),
    path("done/", pages.done, name="draft-done"),
]
