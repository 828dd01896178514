"""Addresses of the duty roster, all below /duty/."""

from django.urls import path, re_path

from hotline.desks.duty import pages, sheet_page

urlpatterns = [
    path("", pages.duty_list, name="duty"),
    path("now/", pages.duty_now, name="duty-now"),
    path("import/", sheet_page.import_duty, name="duty-import"),
    path("import/sample.csv", sheet_page.sample, name="duty-import-sample"),
    path("<str:code>/", pages.duty_unit, name="duty-unit"),
    path("<str:code>/turns/", pages.add_turn, name="duty-add-turn"),
    path("<str:code>/weekly/", pages.add_weekly, name="duty-add-weekly"),
    re_path(r"^(?P<code>[^/]+)/(?P<kind>turns|weekly)/(?P<pk>[0-9]{1,18})/cancel/$", pages.cancel, name="duty-cancel"),
    path("<str:code>/addresses/", pages.put_address, name="duty-add-address"),
    path("<str:code>/addresses/<int:pk>/end/", pages.drop_address, name="duty-end-address"),
]
