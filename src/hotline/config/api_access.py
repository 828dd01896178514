"""Who may call the API: another system with its token, or a person with the session of their browser.

A token says all by itself, so a page elsewhere can't make a browser send it; only sessions need the form's token.
"""

import re
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security.apikey import APIKeyCookie
from ninja.security.http import HttpAuthBase
from ninja.utils import check_csrf

from hotline.plumbing.clock import today
from hotline.registry.people.tokens import caller_with
from hotline.rules.messages import Refusal

FORM_EXPIRED = 403
KEY: Final = re.compile(r"[a-z0-9]{8,64}")
"""What a session's key can be; anything else is not asked of the database."""


class NotLetIn(Exception):
    """A token was shown and it doesn't open."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


class BearerToken(HttpAuthBase):
    """Authorization: Bearer zt_… Whoever shows a token is judged by it alone, whatever cookie comes along."""

    openapi_scheme = "bearer"
    openapi_description = "接口令牌，由系统管理员以 hotline token issue 签发 / issued with `hotline token issue`"

    def __call__(self, request: HttpRequest) -> Any:
        """The account behind the token; nothing when none is shown."""
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        caller = caller_with(secret.strip(), day=today())
        if caller.user is None:
            raise NotLetIn(caller.refusal or Refusal("token.unknown"))
        request.user = caller.user
        return caller.user


class Session(APIKeyCookie):
    """Somebody signed in with the browser. Acts also need the header X-CSRFToken."""

    param_name = settings.SESSION_COOKIE_NAME
    openapi_description = "浏览器会话；提交时另需请求头 X-CSRFToken / acts also need the header X-CSRFToken"

    def __call__(self, request: HttpRequest) -> Any:
        """The person, once it is sure that the call is their own doing."""
        return self.authenticate(request, self._get_key(request))

    def _get_key(self, request: HttpRequest) -> str | None:
        return request.COOKIES.get(self.param_name)

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        """Strangers are asked to sign in, not to reload a form they never had."""
        if key is None or not KEY.fullmatch(key) or not request.user.is_authenticated:
            return None
        if check_csrf(request) is not None:
            raise HttpError(FORM_EXPIRED, "CSRF")
        return request.user
