"""The addresses of the installation. A stage's pages live under the stage's own name."""

from django.urls import include, path

from hotline.config.pulse import healthz, live_cookie

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("live-cookie/", live_cookie, name="live-cookie"),
    path("accounts/", include("allauth.urls")),
]

handler403 = "hotline.config.errors.denied"
handler404 = "hotline.config.errors.not_found"
handler500 = "hotline.config.errors.fault"
