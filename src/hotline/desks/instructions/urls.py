"""Addresses of leaders' instructions, all below /instructions/."""

from django.urls import path

from hotline.desks.instructions import leaders, pages

urlpatterns = [
    path("", pages.desk, name="instructions"),
    path("new/", pages.new, name="instruction-new"),
    path("leaders/", leaders.leaders_page, name="leaders"),
    path("leaders/<int:pk>/", leaders.leader, name="leader"),
    path("<int:pk>/", pages.one, name="instruction"),
    path("<int:pk>/files/<int:file>/", pages.file, name="instruction-file"),
    path("<int:pk>/<str:name>/", pages.deed, name="instruction-deed"),
]
