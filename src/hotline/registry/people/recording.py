"""The record of administration: one writer, one act after another, each chained to the one before with the key.

Auditors rely on it. All administrators take turns, so that numbers have no gaps and no two decisions cross; who acts
is looked at again under that lock, so a role withdrawn a moment ago no longer opens anything.
"""

import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from django.conf import settings

from hotline.plumbing import live
from hotline.plumbing.locks import wait_turn
from hotline.registry.people.models import AdminEntry, User
from hotline.registry.people.queries import actor_for
from hotline.rules.administration import MAY, AdminAct, refuse_act
from hotline.rules.lifecycle import SYSTEM, Actor
from hotline.rules.messages import Refusal
from hotline.rules.vocabulary import CITY_TZ, Role

GENESIS: Final = b"\x00" * 32
_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


@dataclass(frozen=True, repr=False)
class Done:
    """What came of an act of administration; the one-time password is shown once and kept nowhere."""

    person: User | None = None
    password: str = ""
    refusals: tuple[Refusal, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether it was done."""
        return not self.refusals

    def __repr__(self) -> str:
        """Without the password: this may end in a log."""
        return f"Done({self.person!r}, refusals={self.refusals!r})"


@dataclass(frozen=True)
class Hand:
    """An act in the making: who acts, on whom, when; `refusal` when it may not even begin."""

    act: AdminAct
    actor: Actor
    now: datetime
    person: User | None = None
    refusal: Refusal | None = None

    @property
    def day(self) -> date:
        """The city's day."""
        return self.now.astimezone(CITY_TZ).date()

    @property
    def whom(self) -> User:
        """The account acted on; asked for only when there is one."""
        if self.person is None:
            raise LookupError("this act is on nobody")
        return self.person


def refused(*refusals: Refusal | None) -> Done:
    """Nothing was done, and why."""
    return Done(refusals=tuple(refusal for refusal in refusals if refusal))


def take(act: AdminAct, *, actor: Actor, now: datetime, person: int | None = None) -> Hand:
    """Wait for the turn, look again at who acts, and lock the account acted on. Needs a transaction."""
    wait_turn("people")
    acting = _as_of_now(actor, now)
    refusal = refuse_act(act, acting, str(person or ""))
    if refusal or person is None:
        return Hand(act, acting, now, refusal=refusal)
    found = User.objects.select_for_update(of=("self",)).filter(pk=person).first()
    return Hand(act, acting, now, found, None if found else Refusal("people.not_found"))


def _as_of_now(actor: Actor, now: datetime) -> Actor:
    if Role.SYSTEM in actor.roles:
        return SYSTEM
    user = User.objects.filter(pk=int(actor.id)).first() if actor.id.isdecimal() else None
    return actor_for(user, now.astimezone(CITY_TZ).date()) if user else Actor(id=actor.id, roles=frozenset())


def record(
    hand: Hand,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    on: User | None = None,
) -> AdminEntry:
    """Write down what was done."""
    person = on or hand.person
    last = AdminEntry.objects.order_by("-seq").only("seq", "hash").first()
    role = next((role for role in sorted(hand.actor.roles & MAY[hand.act])), None)
    role = role or (Role.SYSTEM if Role.SYSTEM in hand.actor.roles else None)
    entry = AdminEntry(
        seq=last.seq + 1 if last else 1,
        at=hand.now,
        act=hand.act.value,
        actor=hand.actor.id,
        role=role.value if role else "",
        person=person,
        before=canonical(before or {}),
        after=canonical(after or {}),
    )
    entry.hash = chained(bytes(last.hash) if last else GENESIS, entry)
    entry.save(force_insert=True)
    return entry


def canonical(values: Mapping[str, Any]) -> str:
    """The same text for the same values, whatever their order."""
    return _ENCODE({name: _plain(value) for name, value in values.items()})


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else value


def chained(previous: bytes, entry: AdminEntry) -> bytes:
    """The hash of an entry over the one before; its key lies outside the database."""
    at = entry.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    body = [entry.seq, at, entry.act, entry.actor, entry.role, entry.person_id, entry.before, entry.after]
    key = hmac.digest(settings.LEDGER_KEY.encode(), b"people", "sha256")
    return hmac.digest(key, previous + _ENCODE(body).encode(), "sha256")


def sentences() -> Iterator[str]:
    """`hotline check people`: whether the record of administration is what was written, without a gap."""
    previous, expected = GENESIS, 1
    for entry in AdminEntry.objects.order_by("seq").iterator():
        if entry.seq != expected:
            yield f"人员管理记录缺少第 {expected} 条 / entry {expected} of the record of administration is missing"
        elif bytes(entry.hash) != chained(previous, entry):
            yield f"人员管理记录第 {entry.seq} 条被改动 / entry {entry.seq} of the record of administration was altered"
        previous, expected = bytes(entry.hash), entry.seq + 1


def shut_out(person: User, *, sessions: bool) -> None:
    """What the person could do has changed: open streams end at commit, and with `sessions` every session too."""
    person.access_round += 1
    person.session_round += int(sessions)
    live.notify(f"user:{person.pk}", {"access": person.access_round})
