"""Keeping, offering again and forgetting what somebody had typed. Everything here is the person's own."""

import json
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from hotline.desks.drafts.models import FORM, KEY, Draft

KEPT_FOR: Final = timedelta(days=3)
"""Over a weekend; after that nobody goes on with a caller's half-told matter."""
MOST: Final = 30
"""Half-filled forms of one person; the oldest goes when another comes."""
OFFERED: Final = 5
DONE: Final = ""
"""Stands where the form's name stood."""
LARGEST: Final = 100_000

Typed = list[tuple[str, str]]


def read(text: str) -> Typed | None:
    """What a browser sent, as pairs of field and value; None when it is anything else."""
    if len(text) > LARGEST:
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, list) or not all(_is_pair(one) for one in found):
        return None
    return [(one[0], one[1]) for one in found]


def _is_pair(one: object) -> bool:
    return isinstance(one, list) and len(one) == 2 and all(isinstance(part, str) and _fits(part) for part in one)


def _fits(text: str) -> bool:
    """The database takes no half signs and no NUL."""
    return "\x00" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)


def keep(*, person: int, form: str, key: str, typed: Typed, now: datetime) -> bool:
    """The form as it now is; False when the names make no sense."""
    if not (0 < len(form) <= FORM and 0 < len(key) <= KEY and _fits(form + key)):
        return False
    said = {"form": form, "typed": typed, "saved_at": now}
    with transaction.atomic():
        row, new = Draft.objects.get_or_create(person_id=person, key=key, defaults=said)
        if not new:  # what is done stays done: the last pause of a form may arrive after its post
            Draft.objects.filter(pk=row.pk).exclude(form=DONE).update(**said)
            return True
        older = Draft.objects.filter(person_id=person).exclude(form=DONE).order_by("-saved_at", "-pk")[MOST:]
        Draft.objects.filter(pk__in=[one.pk for one in older]).delete()
    return True


def offered(*, person: int, form: str, but: str, now: datetime) -> QuerySet[Draft]:
    """What the person had typed into such a form and not posted, the newest first."""
    own = Draft.objects.filter(person_id=person, form=form, saved_at__gt=now - KEPT_FOR)
    return own.exclude(key=but).order_by("-saved_at", "-pk")[:OFFERED]


def done(*, person: int, keys: list[str], now: datetime) -> None:
    """Posted, or not wanted any more: of the words nothing is left, of the key only that it is done."""
    for key in keys[:MOST]:
        if 0 < len(key) <= KEY and _fits(key):
            over: dict[str, object] = {"form": DONE, "typed": [], "saved_at": now}
            Draft.objects.update_or_create(person_id=person, key=key, defaults=over)


def forget(*, now: datetime) -> int:
    """By night: what nobody went on with."""
    return Draft.objects.filter(saved_at__lte=now - KEPT_FOR).delete()[0]
