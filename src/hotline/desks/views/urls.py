"""Addresses of saved views, all below /views/."""

from django.urls import path

from hotline.desks.views import pages

urlpatterns = [
    path("", pages.all_views, name="views"),
    path("new/", pages.new, name="view-new"),
    *(path(f"<int:view>/{step}/", pages.step, {"step": step}, name=f"view-{step}") for step in pages.STEPS),
]
