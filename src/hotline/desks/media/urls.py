"""Addresses of media supervision, all below /supervision/media/."""

from django.urls import path

from hotline.desks.media import pages, paper, partners

urlpatterns = [
    path("", pages.desk, name="media"),
    path("new/", pages.write, name="media-new"),
    path("partners/", partners.listed, name="media-partners"),
    path("partners/new/", partners.write, name="media-partner-new"),
    path("partners/<int:pk>/", partners.write, name="media-partner"),
    path("<int:pk>/", pages.one, name="media-one"),
    path("<int:pk>/revise/", pages.revise, name="media-revise"),
    path("<int:pk>/files/<int:file>/", pages.file, name="media-file"),
    path("<int:pk>/paper/", paper.paper, name="media-paper"),
    path("<int:pk>/paper/word/", paper.word_file, name="media-word"),
    path("<int:pk>/<str:name>/", pages.deed, name="media-deed"),
]
