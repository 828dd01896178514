"""What the ledger signs: a canonical text of each entry and the keyed hash that chains it to the one before.

Auditors rely on it. JSON columns may reorder keys, so the text is made from sorted keys; the key lies outside
the database, so whoever can write rows cannot write hashes.
"""

import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final

GENESIS: Final = b"\x00" * 32
_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def canonical(
    *,
    number: str,
    seq: int,
    name: str,
    act: str,
    at: datetime,
    actor: str,
    role: str,
    unit: str,
    stage: str,
    payload: Mapping[str, Any],
    clocks: list[dict[str, Any]],
    digests: Mapping[str, str],
) -> bytes:
    """One entry as bytes that do not depend on key order, time zone or database."""
    body = [number, seq, name, act, instant(at), actor, role, unit, stage, payload, clocks, digests]
    return _ENCODE(body).encode()


def instant(at: datetime) -> str:
    """A moment in UTC with microseconds, always in the same form."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def chain(key: bytes, previous: bytes, entry: bytes) -> bytes:
    """The hash of an entry over the one before."""
    return hmac.digest(key, previous + entry, "sha256")


def text_digest(key: bytes, number: str, seq: int, field: str, body: str) -> str:
    """A digest that proves words without revealing them: short texts cannot be guessed without the key."""
    message = "\x1f".join((number, str(seq), field, body)).encode()
    return hmac.new(key, message, sha256).hexdigest()
