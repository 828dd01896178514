"""The API for departments' systems: one operation for each act, under the stage that does it.

    /api/v1/<stage>/<ticket number>/<act>

A refusal is answered with its stable code and a sentence; malformed input is refused in the same form. Callers
sign in as people do; the permission is the act's own, so nothing can be done here that a page would not allow.
"""

from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import version
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import django_auth

from hotline.config.errors import problem, refusal, refusals
from hotline.desks.api import router as tickets

api: Final = NinjaAPI(
    title="直通 12345 / Zhitong",
    version=version("zhitong"),
    description="12345 政务服务便民热线接口 / the interface of the city's hotline",
    docs_url=None,  # its page would load from outside; docs/api/openapi.json is the same content
    openapi_url="openapi.json",
    auth=django_auth,
    urls_namespace="api",
)
api.add_router("/tickets", tickets)
for stage in settings.STAGES:
    api.add_router(f"/{stage}", import_module(f"hotline.stages.{stage}.api").router)


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Names every field that can't be read; never repeats what was sent, which may be a citizen's."""
    found = [refusal(request, "input.malformed", field=_field(item)) for item in error.errors]
    return refusals(found, status=422)


@api.exception_handler(AuthenticationError)
def not_signed_in(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    del error
    return problem(request, "access.not_signed_in")


@api.exception_handler(HttpError)
def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What ninja itself refuses, such as a body that is no JSON."""
    code = {400: "input.malformed", 403: "access.form_expired", 404: "page.not_found"}.get(error.status_code)
    return problem(request, code or "server.fault")


def _field(item: Mapping[str, Any]) -> str:
    """The name in the body, without the way to it."""
    return ".".join(str(part) for part in item.get("loc", ()) if part not in {"body", "data", "query", "path", "where"})
