"""Pages of emergency mode."""

from django.urls import path

from hotline.desks.emergency import acting, force_pages, pages

urlpatterns = [
    path("", pages.emergency_list, name="emergencies"),
    path("new/", acting.switch_on, name="emergency-new"),
    path("forces/<int:number>/", force_pages.force_page, name="task-force"),
    path("forces/<int:number>/close/", force_pages.close, name="task-force-close"),
    path("<int:number>/forces/new/", force_pages.new, name="task-force-new"),
    path("<int:number>/", pages.emergency, name="emergency"),
    path("<int:number>/off/", acting.switch_off, name="emergency-off"),
    path("<int:number>/confirm/", acting.confirm, name="emergency-confirm"),
    path("<int:number>/lengthen/", acting.lengthen, name="emergency-lengthen"),
]
