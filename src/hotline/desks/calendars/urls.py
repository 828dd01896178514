"""Addresses of the calendar: /calendar/."""

from django.urls import path

from hotline.desks.calendars import acting, pages
from hotline.rules.rule_keeping import DraftKind

urlpatterns = [
    path("", pages.this_year, name="calendar"),
    path("record/", pages.record, name="calendar-record"),
    path("new/notice/", acting.new, {"kind": DraftKind.NOTICE}, name="calendar-new-notice"),
    path("new/city/", acting.new, {"kind": DraftKind.CITY_DAYS}, name="calendar-new-city"),
    path("new/hours/", acting.new, {"kind": DraftKind.HOURS}, name="calendar-new-hours"),
    path("drafts/<int:draft_id>/", pages.one_draft, name="calendar-draft"),
    path("drafts/<int:draft_id>/change/", acting.change, name="calendar-draft-change"),
    path("drafts/<int:draft_id>/withdraw/", acting.withdraw, name="calendar-draft-withdraw"),
    path("drafts/<int:draft_id>/publish/", acting.publish, name="calendar-draft-publish"),
    path("<int:year>/", pages.year, name="calendar-year"),
]
