"""Addresses of the page of clocks that could not fire, all below /clocks/."""

from django.urls import path

from hotline.desks.clocks import pages

urlpatterns = [
    path("", pages.fault_list, name="clock-faults"),
    path("<int:number>/retry/", pages.retry_one, name="clock-fault-retry"),
]
