"""Addresses of administration: /people/ for the three administrators, /units/ for everybody."""

from django.urls import include, path

from hotline.desks.administration import acting, audit_pages, matrix, pages, roster_page, technical, unit_pages

_PEOPLE = [
    path("", pages.people_list, name="people"),
    path("new/", acting.new, name="people-new"),
    path("confirm/", acting.confirm_many, name="people-confirm"),
    path("import/", roster_page.import_people, name="people-import"),
    path("import/sample.csv", roster_page.sample, name="people-import-sample"),
    path("log/", audit_pages.log, name="people-log"),
    path("sign-ins/", audit_pages.sign_ins, name="people-sign-ins"),
    path("looks/", audit_pages.look_list, name="people-looks"),
    *(path(f"{w}/export/", audit_pages.export, {"which": w}, name=f"people-{w}-export") for w in audit_pages.EXPORTS),
    path("roles/", matrix.role_matrix, name="people-roles"),
    path("system/", technical.system, name="people-system"),
    path("<int:number>/", pages.person, name="person"),
    path("<int:number>/change/", acting.change, name="person-change"),
    path("<int:number>/switch-off/", acting.switch_off, name="person-switch-off"),
    path("<int:number>/reset-password/", acting.reset_password, name="person-reset-password"),
    path("<int:number>/grant/", acting.grant, name="person-grant"),
    path("<int:number>/roles/<int:grant>/withdraw/", acting.withdraw, name="person-withdraw"),
    path("<int:number>/tokens/<int:token>/revoke/", acting.revoke_token, name="person-revoke-token"),
    *(path(f"<int:number>/{step}/", acting.step, {"name": step}, name=f"person-{step}") for step in acting.STEPS),
]
_UNITS = [
    path("", unit_pages.unit_list, name="units"),
    path("<str:code>/", unit_pages.unit, name="unit"),
]

urlpatterns = [path("people/", include(_PEOPLE)), path("units/", include(_UNITS))]
