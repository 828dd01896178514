"""Addresses of the parked list, all below /parking/."""

from django.urls import path

from hotline.desks.parking import pages

urlpatterns = [
    path("", pages.parking, name="parking"),
    path("sheet.csv", pages.sheet_file, name="parking-sheet"),
    path("paper/", pages.paper, name="parking-paper"),
    path("<str:number>/", pages.parked_one, name="parked"),
]
