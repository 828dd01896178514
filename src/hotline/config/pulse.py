"""Two small answers that keep an installation alive: is it well, and who may hear which live updates."""

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from hotline.plumbing import live


@never_cache
@require_GET
def healthz(request: HttpRequest) -> JsonResponse:  # noqa: ARG001  # Django passes it
    """For monitors: 200 only when the database answers; otherwise the error page's 503 with its code."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return JsonResponse({"status": "ok"})


@never_cache
@require_POST
@login_required
def live_cookie(request: HttpRequest) -> HttpResponse:
    """Gives the browser its pass to the stream as an HttpOnly cookie: in an address it would end up in logs."""
    person = request.user.pk
    if person is None:
        return HttpResponse(status=401)
    allowed = live.topics_for(request.user, request.POST.dict())
    response = HttpResponse(status=204)
    response.set_cookie(
        live.COOKIE,
        live.signed_pass(person, allowed, getattr(request.user, "access_stamp", "")),
        max_age=live.VALID_SECONDS,
        path=live.COOKIE_PATH,
        httponly=True,
        samesite="Strict",
        secure=request.is_secure(),
    )
    return response
