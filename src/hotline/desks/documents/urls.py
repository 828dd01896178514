"""Addresses of documents, all below /documents/."""

from django.urls import path

from hotline.desks.documents import pages, paper

urlpatterns = [
    path("", pages.desk, name="documents"),
    path("new/", pages.write, name="document-new"),
    path("<int:pk>/", pages.one, name="document"),
    path("<int:pk>/revise/", pages.revise, name="document-revise"),
    path("<int:pk>/files/<int:file>/", pages.file, name="document-file"),
    path("<int:pk>/paper/", paper.paper, name="document-paper"),
    path("<int:pk>/paper/word/", paper.word_file, name="document-word"),
    path("<int:pk>/<str:name>/", pages.deed, name="document-deed"),
]
