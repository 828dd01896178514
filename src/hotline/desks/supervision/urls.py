"""Addresses of supervision, all below /supervision/."""

from django.urls import path

from hotline.desks.supervision import campaigns, criticisms, pages, paper, visits

urlpatterns = [
    path("", pages.desk, name="supervision-desk"),
    path("list/", pages.listed, name="supervision-list"),
    path("new/", pages.begin, name="supervision-new"),
    path("campaigns/new/", campaigns.new_campaign, name="supervision-campaign"),
    path("criticisms/", criticisms.decided, name="supervision-criticisms"),
    path("criticisms/<int:pk>/", criticisms.decide, name="supervision-criticism"),
    path("ticket/<str:number>/", pages.on_ticket, name="supervision-ticket"),
    path("<int:pk>/", pages.one, name="supervision"),
    path("<int:pk>/tickets/", campaigns.more_tickets, name="supervision-tickets"),
    path("<int:pk>/files/<int:file>/", pages.file, name="supervision-file"),
    path("<int:pk>/paper/", paper.paper, name="supervision-paper"),
    path("<int:pk>/paper/word/", paper.word_file, name="supervision-word"),
    path("<int:pk>/visit/", visits.visit, name="supervision-visit"),
    path("<int:pk>/visit/photos/", visits.photos, name="supervision-visit-photos"),
    path("<int:pk>/<str:name>/", pages.deed, name="supervision-deed"),
]
