"""The addresses of the installation. A stage's pages live under the stage's own name."""

from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path, re_path

from hotline.config.api import api
from hotline.config.pulse import healthz, live_cookie
from hotline.stages.callback.api import answers

CLOSED: Final = ("confirm-email/", "email/", "login/code/", "password/reset/", "password/set/", "signup/")
"""Pages of allauth that need a mail address, or that make an account: staff have none, and the office makes theirs."""


def closed(request: HttpRequest) -> HttpResponse:
    """Not there, for anybody."""
    raise Http404(request.path)


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("live-cookie/", live_cookie, name="live-cookie"),
    *(re_path(f"^accounts/{begins}", closed) for begins in CLOSED),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/v1/", api.urls),
    path("api/callback/answers", answers, name="callback-answers"),
    *(path(f"{stage}/", include(f"hotline.stages.{stage}.urls")) for stage in settings.STAGES),
    path("", include("hotline.desks.urls")),
]

handler400 = "hotline.config.errors.malformed"
handler403 = "hotline.config.errors.denied"
handler404 = "hotline.config.errors.not_found"
handler500 = "hotline.config.errors.fault"
