"""Addresses of the personal page, all below /me/."""

from django.urls import path

from hotline.desks.me import pages

urlpatterns = [
    path("", pages.me, name="me"),
    path("sign-out/", pages.sign_out_elsewhere, name="me-sign-out"),
]
