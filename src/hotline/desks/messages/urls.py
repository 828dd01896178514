"""Addresses of the words for citizens, all below /citizen-messages/."""

from django.urls import path

from hotline.desks.messages import pages

urlpatterns = [
    path("", pages.wording_list, name="citizen-messages"),
    path("quiet/", pages.quiet_hours, name="citizen-quiet"),
    path("<str:kind>/", pages.wording, name="citizen-wording"),
]
