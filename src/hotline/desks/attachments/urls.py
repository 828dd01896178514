"""Addresses of a ticket's files, all below /tickets/<number>/attachments/."""

from django.urls import path

from hotline.desks.attachments import pages

urlpatterns = [
    path("<str:number>/attachments/", pages.attachments, name="attachments"),
    path("<str:number>/attachments/<int:attachment>/", pages.attachment, name="attachment"),
    path("<str:number>/attachments/<int:attachment>/remove/", pages.remove, name="attachment-remove"),
]
