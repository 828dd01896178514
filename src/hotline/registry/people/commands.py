"""Giving another system a way in, and taking it away again. A refusal is a value, as everywhere."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction

from hotline.registry.people.models import ApiToken, User
from hotline.registry.people.recording import record, take
from hotline.registry.people.safety import revoke_token_of
from hotline.registry.people.tokens import digest_of, new_secret
from hotline.rules.administration import AdminAct
from hotline.rules.lifecycle import SYSTEM
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import CITY_TZ

LONGEST_NAME: Final = 60
MOST_DAYS: Final = 730
"""A token that nobody renews for two years is one that nobody remembers."""


@dataclass(frozen=True)
class Issued:
    """A new token with its secret, which can't be had again; or why there is none."""

    token: ApiToken | None = None
    secret: str = ""
    refusal: Refusal | None = None

    def __repr__(self) -> str:
        """Without the secret: this may end in a log."""
        return f"Issued({self.token!r}, refusal={self.refusal!r})"


def issue_token(*, username: str, name: str, days: int, by: User | None, now: datetime) -> Issued:
    """A token with which another system acts as this account for so many days."""
    name = name.strip()
    if not 1 <= len(name) <= LONGEST_NAME:
        return Issued(refusal=Refusal("token.name_missing", {"limit": LONGEST_NAME}, field="name"))
    if not 1 <= days <= MOST_DAYS:
        return Issued(refusal=Refusal("token.days_out_of_range", {"limit": MOST_DAYS}, field="days"))
    user = User.objects.filter(username=username).first()
    if user is None:
        return Issued(refusal=Refusal("token.no_such_account", {"username": username}, field="username"))
    if not user.is_active:
        return Issued(refusal=Refusal("token.account_off", field="username"))
    secret = new_secret()
    try:
        with transaction.atomic():
            token = ApiToken.objects.create(
                name=name,
                user=user,
                digest=digest_of(secret),
                created_by=by,
                created_at=now,
                expires_on=now.astimezone(CITY_TZ).date() + timedelta(days=days),
            )
            hand = take(AdminAct.ISSUE_TOKEN, actor=SYSTEM, now=now, person=user.pk)
            record(hand, after={"token": token.pk, "name": name, "expires_on": token.expires_on})
    except IntegrityError:
        return Issued(refusal=Refusal("token.name_taken", {"name": name}, field="name"))
    return Issued(token, secret)


def revoke_token(*, token_id: int, now: datetime) -> Refusal | None:
    """The operator's word: the token opens nothing from now on; its row stays, to tell who had a way in."""
    token = ApiToken.objects.filter(pk=token_id).first()
    if token is None:
        return Refusal("token.no_such_token", {"id": token_id})
    done = revoke_token_of(person=token.user_id, token=token_id, actor=SYSTEM, now=now)
    return done.refusals[0] if done.refusals else None
