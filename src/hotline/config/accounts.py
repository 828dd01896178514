"""Staff accounts are made by the office, never by signing up; a guessed password is locked out for a while."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse

from hotline.config.errors import problem


class OfficeAccounts(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Who may have an account, as the people registry keeps it."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  # the name is allauth's
        return False


def locked_out(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    """Too many wrong passwords for one name from one address."""
    return problem(request, "accounts.locked_out")
