"""Addresses of notices, all below /notices/."""

from django.urls import path

from hotline.desks.notices import pages

urlpatterns = [
    path("", pages.notice_list, name="notices"),
    path("latest/", pages.latest, name="notices-latest"),
    path("read/", pages.read_all, name="notices-read"),
    path("<int:number>/", pages.open_one, name="notice"),
    path("<int:number>/read/", pages.read_one, name="notice-read"),
]
