"""The HTTP API: the acts of every stage and the reading of tickets, under /api/v1/.

Signing in: the session of a browser (with its CSRF token) or a bearer token issued to an account
(`hotline token`). What a caller may do is what the account's roles may do on the pages.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.security import SessionAuth

from hotline.desks.api import router as tickets_router
from hotline.rules.messages import Refusal
from hotline.stages.callback.api import router as callback_router
from hotline.stages.dispatch.api import router as dispatch_router
from hotline.stages.handling.api import router as handling_router
from hotline.stages.intake.api import router as intake_router
from hotline.stages.joint.api import router as joint_router
from hotline.stages.review.api import router as review_router
from hotline.tickets.acting.api import refused

api = NinjaAPI(
    title="直通 12345 / Zhitong",
    version="1",
    description="市民热线工单接口：受理、转办、办理、联合会办、审核、回访。 / The acts of a city hotline.",
    auth=[SessionAuth()],
    urls_namespace="api",
    docs_url=None,
)
for prefix, router in (
    ("/tickets", tickets_router),
    ("/intake", intake_router),
    ("/dispatch", dispatch_router),
    ("/handling", handling_router),
    ("/joint", joint_router),
    ("/review", review_router),
    ("/callback", callback_router),
):
    api.add_router(prefix, router)


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A body that could not be read at all, field by field, in the same form as every refusal."""
    refusals = tuple(_refusal(e) for e in error.errors)
    return api.create_response(request, refused(request, refusals), status=422)


def _refusal(error: dict[str, Any]) -> Refusal:
    place = [str(part) for part in error["loc"] if part not in {"body", "data", "query", "path", "where"}]
    name = ".".join(place)
    code = "field.required" if error["type"] == "missing" else "field.malformed"
    return Refusal(code, {"field": name}, field=name)
