"""What the security administrator does when something looks wrong: unlock, end sessions, take away a second factor.

Also the record of sign-ins. A name that is no account's is never kept: people type passwords into the wrong field.
"""

from datetime import datetime, timedelta
from ipaddress import ip_address

from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from hotline.registry.people.models import ApiToken, SignInEntry, User
from hotline.registry.people.recording import Done, record, refused, shut_out, take
from hotline.rules.administration import AdminAct
from hotline.rules.lifecycle import Actor
from hotline.rules.messages import Refusal


def lockouts(now: datetime) -> QuerySet[AccessAttempt]:
    """Names that are locked now from some address, after too many wrong passwords."""
    since = now - timedelta(hours=settings.AXES_COOLOFF_TIME)
    found: QuerySet[AccessAttempt] = AccessAttempt.objects.filter(
        attempt_time__gt=since, failures_since_start__gte=settings.AXES_FAILURE_LIMIT
    )
    return found


@transaction.atomic
def unlock(*, person: int, actor: Actor, now: datetime) -> Done:
    """Let somebody try again at once, from wherever they were locked out."""
    hand = take(AdminAct.UNLOCK, actor=actor, now=now, person=person)
    if hand.refusal:
        return refused(hand.refusal)
    if not lockouts(now).filter(username=hand.whom.username.lower()).exists():
        return refused(Refusal("people.not_locked"))
    gone, _ = AccessAttempt.objects.filter(username=hand.whom.username.lower()).delete()
    record(hand, after={"attempts_cleared": gone})
    return Done(hand.whom)


@transaction.atomic
def end_sessions(*, person: int, actor: Actor, now: datetime) -> Done:
    """Whoever is signed in under this name must sign in again, everywhere."""
    hand = take(AdminAct.END_SESSIONS, actor=actor, now=now, person=person)
    if hand.refusal:
        return refused(hand.refusal)
    shut_out(hand.whom, sessions=True)
    hand.whom.save(update_fields=["access_round", "session_round"])
    record(hand)
    return Done(hand.whom)


@transaction.atomic
def reset_second_factor(*, person: int, actor: Actor, now: datetime) -> Done:
    """The telephone or key was lost: the password alone opens until a new one is set up. Sessions end too."""
    hand = take(AdminAct.RESET_SECOND_FACTOR, actor=actor, now=now, person=person)
    if hand.refusal:
        return refused(hand.refusal)
    factors = Authenticator.objects.filter(user=hand.whom)
    kinds = sorted(factors.values_list("type", flat=True))
    if not kinds:
        return refused(Refusal("people.no_second_factor"))
    factors.delete()
    shut_out(hand.whom, sessions=True)
    hand.whom.save(update_fields=["access_round", "session_round"])
    record(hand, before={"kinds": kinds})
    return Done(hand.whom)


@transaction.atomic
def revoke_token_of(*, person: int, token: int, actor: Actor, now: datetime) -> Done:
    """Another system's way in ends at once; the row stays and tells who had it and until when."""
    hand = take(AdminAct.REVOKE_TOKEN, actor=actor, now=now, person=person)
    if hand.refusal:
        return refused(hand.refusal)
    found = ApiToken.objects.select_for_update(of=("self",)).filter(pk=token, user=person).first()
    if found is None:
        return refused(Refusal("token.no_such_token", {"id": token}))
    if found.revoked_at is not None:
        return refused(Refusal("token.already_revoked", {"id": token}))
    found.revoked_at = now
    found.save(update_fields=["revoked_at"])
    record(hand, before={"token": found.pk, "name": found.name})
    return Done(hand.whom)


def note_sign_in(
    *, person: User | None = None, username: str = "", outcome: SignInEntry.Outcome, address: str | None, now: datetime
) -> None:
    """Keep that somebody came in, went, or was refused."""
    person = person or User.objects.filter(username__iexact=username[:150].replace("\x00", "")).first()
    SignInEntry.objects.create(at=now, person=person, outcome=outcome, address=_readable(address))


def _readable(address: str | None) -> str | None:
    try:
        return str(ip_address(address or ""))
    except ValueError:
        return None
