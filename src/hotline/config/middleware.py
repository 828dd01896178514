"""What every answer carries: who asked it, and which sources a browser may load from."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import is_valid_path, resolve, reverse
from django.utils import translation

from hotline.config.errors import page_before, problem, wants_json

Handler = Callable[[HttpRequest], HttpResponse]

SOURCES = {
    "default-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "style-src": "'self'",
    "script-src": "'self'",
    "connect-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
POLICY = "; ".join(f"{kind} {sources}" for kind, sources in SOURCES.items())


def content_security(get_response: Handler) -> Handler:
    """No inline script or style, nothing from elsewhere: a citizen's text can't become code on a desk."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), payment=()")
        return response

    return handle


def reading_language(get_response: Handler) -> Handler:
    """Chinese is the first language of every screen: only the reader's own choice (a cookie) changes it, never what a
    browser was installed with. Programs that call the API name theirs in Accept-Language.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if not chosen and request.path.startswith("/api/"):
            chosen = translation.get_language_from_request(request)
        known = dict(settings.LANGUAGES)
        with translation.override(chosen if chosen in known else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            response = get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response

    return handle


def client_address(get_response: Handler) -> Handler:
    """Behind the front the peer is a Unix socket without an address; the front names the client."""

    def handle(request: HttpRequest) -> HttpResponse:
        request.META["REMOTE_ADDR"] = address_of(request)
        return get_response(request)

    return handle


def address_of(request: HttpRequest) -> str:
    """The front sets X-Hotline-Client anew on every request, so a browser can't choose it."""
    return str(request.META.get("HTTP_X_HOTLINE_CLIENT") or request.META.get("REMOTE_ADDR") or "127.0.0.1")


def not_kept(get_response: Handler) -> Handler:
    """Pages of signed-in people are kept nowhere: Back after a post asks anew how things stand and gives a form of its
    own, and nobody reads a requester's words from the history of a machine after signing out.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        known = getattr(request, "user", None)
        if known is not None and known.is_authenticated and _is_page(response):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return handle


def _is_page(response: HttpResponse) -> bool:
    return response.headers.get("Content-Type", "").startswith("text/html")


def way_back(get_response: Handler) -> Handler:
    """An act's address shows nothing by itself. Whose sign-in ended with the press of a button comes back to the page
    where the button stands; whoever opens such an address is told so and led there.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == 405 and request.method in {"GET", "HEAD"} and not wants_json(request):
            around = _page_around(request.path)
            if urlsplit(request.headers.get("Referer", "")).path == request.path:
                return HttpResponseRedirect(around)  # the language was switched on what a post had shown
            return problem(request, "access.not_by_itself", back=around)
        leads = response.headers.get("Location", "").split("?")[0]
        came_from = page_before(request) if request.method == "POST" and leads == reverse("account_login") else ""
        if came_from and not request.path.startswith(leads):
            return HttpResponseRedirect(f"{leads}?{urlencode({'next': came_from})}")
        return response

    return handle


def _page_around(path: str) -> str:
    """The nearest page above an address."""
    parts = path.strip("/").split("/")
    for count in range(len(parts) - 1, 0, -1):
        above = f"/{'/'.join(parts[:count])}/"
        if is_valid_path(above):
            return above
    return "/"


STILL_OPEN = frozenset({"account_change_password", "account_logout", "set_language", "healthz"})
"""What somebody with a one-time password can still do."""


def own_password_first(get_response: Handler) -> Handler:
    """A one-time password opens one page only: the one where its owner replaces it."""

    def handle(request: HttpRequest) -> HttpResponse:
        if not getattr(request.user, "password_due", False) or resolve(request.path_info).url_name in STILL_OPEN:
            return get_response(request)
        if request.method != "GET" or wants_json(request):
            return problem(request, "accounts.password_due")
        return HttpResponseRedirect(reverse("account_change_password"))

    return handle
