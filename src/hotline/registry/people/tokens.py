"""Whose token this is: another system calls the API as one account, with that account's roles of the day.

A token is a random secret that is shown once. The database holds a digest keyed with the installation's secret key:
whoever copies the database can neither call with it nor try out guesses.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q
from django.utils.crypto import salted_hmac

from hotline.registry.people.backend import StaffBackend
from hotline.registry.people.models import ApiToken, User
from hotline.rules.messages import Refusal

PREFIX: Final = "zt_"
"""Lets a log filter or a scanner of source code know a token when it sees one."""
WRITTEN: Final = re.compile(r"zt_[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class Caller:
    """Who calls with a token, or why it opens nothing."""

    user: User | None = None
    refusal: Refusal | None = None


def new_secret() -> str:
    """256 random bits in letters."""
    return PREFIX + secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """What is kept of a token."""
    return salted_hmac("hotline.registry.people.tokens", secret, algorithm="sha256").hexdigest()


def caller_with(secret: str, *, day: date) -> Caller:
    """The account behind a token, with its standing; the day of the last use is noted once a day."""
    token = ApiToken.objects.filter(digest=digest_of(secret)).first() if WRITTEN.fullmatch(secret) else None
    if token is None:
        return Caller(refusal=Refusal("token.unknown"))
    state = token.state_on(day)
    if state == "revoked":
        return Caller(refusal=Refusal("token.revoked"))
    if state == "expired":
        return Caller(refusal=Refusal("token.expired", {"on": token.expires_on.isoformat()}))
    user = StaffBackend().get_user(token.user_id)
    if user is None:
        return Caller(refusal=Refusal("token.account_off"))
    if token.last_used_on != day:
        unnoted = Q(last_used_on__isnull=True) | Q(last_used_on__lt=day)
        ApiToken.objects.filter(unnoted, pk=token.pk).update(last_used_on=day)
    return Caller(user=user)
