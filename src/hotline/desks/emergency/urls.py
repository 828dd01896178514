"""Pages of emergency mode."""

from django.urls import path

from hotline.desks.emergency import acting, pages

urlpatterns = [
    path("", pages.emergency_list, name="emergencies"),
    path("new/", acting.switch_on, name="emergency-new"),
    path("<int:number>/", pages.emergency, name="emergency"),
    path("<int:number>/off/", acting.switch_off, name="emergency-off"),
    path("<int:number>/confirm/", acting.confirm, name="emergency-confirm"),
    path("<int:number>/lengthen/", acting.lengthen, name="emergency-lengthen"),
]
