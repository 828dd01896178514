"""Pages that lie across the stages."""

from django.urls import include, path

from hotline.desks import list_pages, pages
from hotline.desks.searching import search_page
from hotline.desks.stage_acts import UPKEEP
from hotline.rules.acts import Merge
from hotline.stages.intake.commands import merge
from hotline.tickets.acting.pages import act_page, act_urls

urlpatterns = [
    path("", pages.home, name="home"),
    path("desk/<str:key>/", list_pages.desk, name="desk"),
    path("search/", search_page, name="search"),
    path("tickets/", list_pages.ticket_list, name="tickets"),
    path("tickets/<str:number>/", pages.ticket, name="ticket"),
    path("tickets/<str:number>/contact/", pages.contact, name="ticket-contact"),
    path("tickets/", include("hotline.desks.attachments.urls")),
    path("papers/", include("hotline.desks.papers.urls")),
    path("knowledge/", include("hotline.desks.knowledge.urls")),
    path("", include("hotline.desks.administration.urls")),
    path("calendar/", include("hotline.desks.calendars.urls")),
    path("profiles/", include("hotline.desks.profiles.urls")),
    path("directory/", include("hotline.desks.directory.urls")),
    path("precedents/", include("hotline.desks.precedents.urls")),
    path("notices/", include("hotline.desks.notices.urls")),
    path("me/", include("hotline.desks.me.urls")),
    path("messages/", include("hotline.desks.outgoing.urls")),
    path("clocks/", include("hotline.desks.clocks.urls")),
    path("duty/", include("hotline.desks.duty.urls")),
    path("citizen-messages/", include("hotline.desks.messages.urls")),
    path("tickets/", include("hotline.desks.messages.ticket_urls")),
    path("emergency/", include("hotline.desks.emergency.urls")),
    path("supervision/media/", include("hotline.desks.media.urls")),
    path("supervision/", include("hotline.desks.supervision.urls")),
    path("documents/", include("hotline.desks.documents.urls")),
    path("minutes/", include("hotline.desks.minutes.urls")),
    path("parking/", include("hotline.desks.parking.urls")),
    path("instructions/", include("hotline.desks.instructions.urls")),
    path("overview/", include("hotline.desks.overview.urls")),
    path("views/", include("hotline.desks.views.urls")),
    path("drafts/", include("hotline.desks.drafts.urls")),
    path("bulk/", include("hotline.desks.bulk.urls")),
    path("tickets/", include(act_urls(UPKEEP, merge=act_page(Merge, do=merge)))),
]
