"""The API for departments' systems: one operation for each act, under the stage that does it.

    /api/v1/<stage>/<ticket number>/<act>

A refusal is answered with its stable code and a sentence; what can't be read is refused in the same form. The
permission is the act's own, so nothing can be done here that a page would not allow.
"""

from collections.abc import Callable
from functools import cache, wraps
from importlib import import_module
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException
from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from hotline.config.api_access import BearerToken, NotLetIn, Session
from hotline.config.api_malformed import refusals_of
from hotline.config.api_schema import tidied
from hotline.config.errors import problem
from hotline.desks.administration.api import router as people
from hotline.desks.api import router as tickets
from hotline.desks.api_reference import router as reference
from hotline.desks.attachments.api import router as attachments
from hotline.desks.bulk.api import router as bulk
from hotline.desks.calendars.api import router as calendars
from hotline.desks.clocks.api import router as clocks
from hotline.desks.directory.api import router as directory
from hotline.desks.documents.api import router as documents
from hotline.desks.duty.api import router as duty
from hotline.desks.emergency.api import router as emergencies
from hotline.desks.instructions.api import router as instructions
from hotline.desks.knowledge.api import router as knowledge
from hotline.desks.media.api import partners_router as media_partners
from hotline.desks.media.api import router as media_handovers
from hotline.desks.messages.api import router as citizen_messages
from hotline.desks.notices.api import router as notices
from hotline.desks.overview.api import router as overview
from hotline.desks.parking.api import router as parking
from hotline.desks.precedents.api import router as precedents
from hotline.desks.profiles.api import router as rule_profiles
from hotline.desks.supervision.api import router as supervision
from hotline.desks.supervision.api_visits import router as visits
from hotline.desks.views.api import router as views
from hotline.rules.messages import Refusal
from hotline.tickets.acting.api import NOT_FOUND, TOO_LARGE, UNKNOWN_CALLER, UNPROCESSABLE, refused

API_VERSION: Final = "1.0"
"""Of what docs/api/openapi.json promises; the first number is the one in the address."""

UNREADABLE: Final = (SuspiciousOperation, MultiPartParserError, UnreadablePostError, RawPostDataException)
"""What Django says of a body that is cut off, or a form where JSON is due."""


class CityApi(NinjaAPI):
    """The API in our form throughout: also where the framework answers by itself."""

    @property
    def urls(self) -> tuple[list[URLResolver | URLPattern], str, str]:
        """The addresses; a method that isn't there is refused as everything else is."""
        patterns, app, namespace = super().urls
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                pattern.callback = in_our_form(pattern.callback)
        return patterns, app, namespace

    def get_openapi_schema(
        self,
        *,
        path_prefix: str | None = None,
        path_params: dict[str, Any] | None = None,  # noqa: ARG002  # ninja's signature; our root has no parameters
    ) -> OpenAPISchema:
        """The description, made once: it never changes while we run."""
        return _described(path_prefix)


def in_our_form(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answers are nobody else's to keep, and 405 comes as a refusal."""

    @wraps(view)
    def look(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        if isinstance(answer, HttpResponseNotAllowed):
            allowed = answer.headers["Allow"]
            answer = said(request, Refusal("method.not_allowed", {"method": request.method, "allowed": allowed}), 405)
            answer.headers["Allow"] = allowed
        answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer

    return look


def said(request: HttpRequest, refusal: Refusal, status: int) -> HttpResponse:
    """One refusal as an answer."""
    return JsonResponse(refused(request, (refusal,)), status=status)


api: Final = CityApi(
    title="直通 12345 / Zhitong",
    version=API_VERSION,
    description="12345 政务服务便民热线接口 / the interface of the city's hotline",
    docs_url=None,  # its page would load from outside; docs/api/openapi.json is the same content
    openapi_url="openapi.json",
    auth=[BearerToken(), Session()],
    urls_namespace="api",
)
api.add_router("/tickets", tickets)
api.add_router("/tickets", attachments)
api.add_router("/tickets", citizen_messages)
api.add_router("/duty", duty)
api.add_router("/calendar", calendars)
api.add_router("/clocks", clocks)
api.add_router("/profiles", rule_profiles)
api.add_router("/directory", directory)
api.add_router("/precedents", precedents)
api.add_router("/knowledge", knowledge)
api.add_router("/people", people)
api.add_router("/notices", notices)
api.add_router("/views", views)
api.add_router("/emergencies", emergencies)
api.add_router("/supervision", supervision)
api.add_router("/documents", documents)
api.add_router("/parking", parking)
api.add_router("/instructions", instructions)
api.add_router("/supervision", visits)
api.add_router("/media-handovers", media_handovers)
api.add_router("/media-partners", media_partners)
api.add_router("/dispatch", bulk)
api.add_router("/overview", overview)
for stage in settings.STAGES:
    api.add_router(f"/{stage}", import_module(f"hotline.stages.{stage}.api").router)
api.add_router("", reference)


@cache
def _described(path_prefix: str | None) -> OpenAPISchema:
    return tidied(NinjaAPI.get_openapi_schema(api, path_prefix=path_prefix))


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Names every field that can't be read; a number that can't be a ticket's is one that isn't there."""
    if any(item["loc"][0] == "path" for item in error.errors):
        return nowhere(request)
    found = refused(request, refusals_of(request, error.errors))
    return JsonResponse(found, status=UNPROCESSABLE)


def nowhere(request: HttpRequest) -> HttpResponse:
    """An address that can't lead anywhere."""
    given = request.resolver_match.kwargs if request.resolver_match else {}
    if "number" not in given:
        return problem(request, "page.not_found")
    number = "".join(sign for sign in given["number"] if sign.isprintable())[:32]
    return said(request, Refusal("ticket.not_found", {"number": number}), NOT_FOUND)


@api.exception_handler(AuthenticationError)
def not_signed_in(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    del error
    return _asking_for_a_token(problem(request, "access.not_signed_in"))


@api.exception_handler(NotLetIn)
def not_let_in(request: HttpRequest, error: NotLetIn) -> HttpResponse:
    """A token that doesn't open, and why."""
    return _asking_for_a_token(said(request, error.refusal, UNKNOWN_CALLER))


def _asking_for_a_token(answer: HttpResponse) -> HttpResponse:
    answer.headers["WWW-Authenticate"] = 'Bearer realm="12345"'
    return answer


@api.exception_handler(HttpError)
def refused_by_ninja(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What the framework itself refuses: a body that is no JSON, a session's call without the form's token."""
    if error.status_code == 403:
        return problem(request, "access.form_expired")
    return not_json(request, error)


def not_json(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """A body that is no JSON, is cut off, or is a form."""
    del error
    return said(request, Refusal("input.not_json"), UNPROCESSABLE)


for kind in UNREADABLE:
    api.add_exception_handler(kind, not_json)


@api.exception_handler(RequestDataTooBig)
def too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    """A body beyond what is read into memory."""
    del error
    return said(request, Refusal("input.too_large", {"limit": settings.DATA_UPLOAD_MAX_MEMORY_SIZE}), TOO_LARGE)


@api.exception_handler(Exception)
def fault(request: HttpRequest, error: Exception) -> HttpResponse:
    """Ours to mend: Django writes it down and answers with `errors.fault`, in debugging too."""
    del request
    raise error
