"""Addresses of a ticket's messages, all below /tickets/<number>/told/."""

from django.urls import path

from hotline.desks.messages import ticket_pages

urlpatterns = [
    path("<str:number>/told/", ticket_pages.told, name="ticket-told"),
    path("<str:number>/told/wish/", ticket_pages.wish, name="ticket-told-wish"),
    path("<str:number>/told/<int:told_id>/resend/", ticket_pages.resend, name="ticket-told-resend"),
]
