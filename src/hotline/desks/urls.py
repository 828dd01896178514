"""Pages that lie across the stages."""

from django.urls import include, path

from hotline.desks import pages
from hotline.rules import acts as a
from hotline.stages.intake.commands import merge
from hotline.tickets.acting.pages import act_page, act_urls

UPKEEP = (
    a.AddFacts, a.Urge, a.Classify, a.MarkTicket, a.UnmarkTicket, a.Withdraw, a.Merge, a.ProposeVoid, a.ConfirmVoid,
    a.RejectVoid,
)  # fmt: skip

urlpatterns = [
    path("", pages.home, name="home"),
    path("desk/<str:key>/", pages.desk, name="desk"),
    path("tickets/", pages.ticket_list, name="tickets"),
    path("tickets/<str:number>/", pages.ticket, name="ticket"),
]
urlpatterns += [path("tickets/", include(act_urls(UPKEEP, merge=act_page(a.Merge, do=merge))))]
