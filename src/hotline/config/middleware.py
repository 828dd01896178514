"""What every answer carries: who asked it, and which sources a browser may load from."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

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


def client_address(get_response: Handler) -> Handler:
    """Behind the front the peer is a Unix socket without an address; the front names the client."""

    def handle(request: HttpRequest) -> HttpResponse:
        request.META["REMOTE_ADDR"] = address_of(request)
        return get_response(request)

    return handle


def address_of(request: HttpRequest) -> str:
    """The front sets X-Hotline-Client anew on every request, so a browser can't choose it."""
    return str(request.META.get("HTTP_X_HOTLINE_CLIENT") or request.META.get("REMOTE_ADDR") or "127.0.0.1")
