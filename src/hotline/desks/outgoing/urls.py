"""Addresses of the page of outgoing messages, all below /messages/."""

from django.urls import path

from hotline.desks.outgoing import pages

urlpatterns = [
    path("", pages.message_list, name="outgoing"),
    path("<int:number>/resend/", pages.resend_one, name="outgoing-resend"),
    path("<int:number>/cancel/", pages.cancel_one, name="outgoing-cancel"),
]
