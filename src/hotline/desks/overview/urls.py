"""Pages of the overview."""

from django.urls import path

from hotline.desks.overview import pages, quarrel_pages

urlpatterns = [
    path("", pages.board, name="overview"),
    path("tickets/", pages.counted, name="overview-tickets"),
    path("late/", pages.late, name="overview-late"),
    path("rated/<int:rating>/", pages.rated, name="overview-rated"),
    path("quarrels/", quarrel_pages.quarrels, name="quarrels"),
    path("ledger/", pages.ledger, name="overview-ledger"),
]
