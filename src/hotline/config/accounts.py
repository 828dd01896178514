"""Staff accounts are made by the office, never by signing up; a guessed password is locked out for a while.

Every sign-in and every refused one is kept for the audit administrator, and a one-time password is replaced by its
owner before anything else is done.
"""

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from hotline.config.errors import problem
from hotline.config.middleware import address_of
from hotline.desks.me.pages import speak
from hotline.plumbing.clock import now
from hotline.registry.people.accounts import change_own_password
from hotline.registry.people.models import SignInEntry, User
from hotline.registry.people.own import ENTERED, note_entry
from hotline.registry.people.preferences import preferences_of
from hotline.registry.people.safety import note_sign_in

Outcome = SignInEntry.Outcome


class OfficeAccounts(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Who may have an account, as the people registry keeps it."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  # the name is allauth's
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Somebody came in, past the second factor too."""
        super().login(request, user)
        agent = request.headers.get("User-Agent", "")
        request.session[ENTERED] = note_entry(address=address_of(request), agent=agent, now=now())
        note_sign_in(person=user, outcome=Outcome.IN, address=address_of(request), now=now())

    def post_login(self, request: HttpRequest, user: User, **said: Any) -> HttpResponse:
        """Where to begin, in the language the person has chosen."""
        answer: HttpResponse = super().post_login(request, user, **said)
        speak(answer, preferences_of(user).language)
        return answer

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A wrong password, or a name that isn't there."""
        if getattr(request, "axes_locked_out", False):
            return  # kept by locked_out below
        name = str(credentials.get("username") or "")
        note_sign_in(username=name, outcome=Outcome.WRONG, address=address_of(request), now=now())

    def logout(self, request: HttpRequest) -> None:
        """Somebody went."""
        person = request.user if isinstance(request.user, User) else None
        super().logout(request)
        if person is not None:
            note_sign_in(person=person, outcome=Outcome.OUT, address=address_of(request), now=now())

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """The password was right, the account is off or waits to be confirmed."""
        note_sign_in(person=user, outcome=Outcome.OFF, address=address_of(request), now=now())
        answer: HttpResponse = super().respond_user_inactive(request, user)
        return answer

    def clean_password(self, password: str, user: User | None = None) -> str:
        """Strong enough, and not the one-time password once more."""
        if user is not None and user.password_due and user.check_password(password):
            raise ValidationError(_("不能继续使用一次性密码，请设置一个新的密码。"), code="password_unchanged")
        cleaned: str = super().clean_password(password, user)
        return cleaned

    def set_password(self, user: User, password: str) -> None:
        """The owner's own new password, on record."""
        change_own_password(person=user, password=password, now=now())

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002  # the name is allauth's
        """Back to work."""
        return reverse("home")


def name_tried(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """The name that is locked after too many wrong passwords: capitals make no other account, so none a new try."""
    return str((credentials or {}).get("username") or request.POST.get("login") or "").lower()[:150]


def locked_out(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    """Too many wrong passwords for one name from one address."""
    note_sign_in(username=request.POST.get("login", ""), outcome=Outcome.LOCKED, address=address_of(request), now=now())
    return problem(request, "accounts.locked_out")
