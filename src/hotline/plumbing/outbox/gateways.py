"""Signed calls to a gateway for short messages and to webhooks of other systems.

Each call carries a moment, a number used once and an HMAC-SHA256 over both and the body: whoever has the key can tell
that it is ours, unchanged and not played again. Redirects are never followed. A webhook
may reach a machine inside our own network only where the operator allows that network.
"""

import hmac
import http.client
import json
import secrets
import socket
import ssl
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import SplitResult, urlsplit

from hotline.plumbing.outbox.refusing import Undelivered

SECONDS: Final = 10
READ_AT_MOST: Final = 2_000
TRY_AGAIN: Final = frozenset({408, 425, 429})
"""Refusals that ask for patience; every other 4xx is for good."""

Address = IPv4Address | IPv6Address


def signature(*, key: str, moment: str, nonce: str, body: bytes) -> str:
    """What the receiver computes as well: HMAC-SHA256 over `moment`, `nonce` and the body, a line feed between."""
    return hmac.new(key.encode(), f"{moment}\n{nonce}\n".encode() + body, "sha256").hexdigest()


def ask_gateway(url: str, body: Mapping[str, str], *, key: str, idempotency_key: str, now: datetime) -> None:
    """The operator named this address, so it may be anywhere."""
    _post(url, _signed(body, key, idempotency_key, now), may_reach=lambda _: True)


def call_webhook(
    url: str, body: Mapping[str, str], *, key: str, idempotency_key: str, inside: Iterable[str], now: datetime
) -> None:
    """Others name this address: public ones, and those inside that the operator allows."""
    allowed = tuple(ip_network(network) for network in inside)

    def may_reach(address: Address) -> bool:
        return address.is_global or any(address in network for network in allowed)

    _post(url, _signed(body, key, idempotency_key, now), may_reach=may_reach)


def _signed(body: Mapping[str, str], key: str, idempotency_key: str, now: datetime) -> tuple[bytes, dict[str, str]]:
    content = json.dumps(body, ensure_ascii=False, sort_keys=True).encode()
    moment, nonce = str(int(now.timestamp())), secrets.token_hex(16)
    return content, {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Zhitong",
        "Idempotency-Key": idempotency_key,
        "X-Zhitong-Timestamp": moment,
        "X-Zhitong-Nonce": nonce,
        "X-Zhitong-Signature": f"sha256={signature(key=key, moment=moment, nonce=nonce, body=content)}",
    }


def _post(url: str, sent: tuple[bytes, dict[str, str]], *, may_reach: Callable[[Address], bool]) -> None:
    content, headers = sent
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise Undelivered("bad_address", final=True)
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    try:
        connection = _connected(parts, may_reach)
        try:
            connection.request("POST", target, content, headers)
            answer = connection.getresponse()
            answer.read(READ_AT_MOST)
        finally:
            connection.close()
    except TimeoutError as fault:
        raise Undelivered("timeout", final=False) from fault
    except (OSError, http.client.HTTPException) as fault:
        raise Undelivered("unreachable", type(fault).__name__, final=False) from fault
    _judge(answer.status)


def _judge(status: int) -> None:
    """What the other side wrote beside the number is not repeated: it may quote the message."""
    if status // 100 == 2:
        return
    if status // 100 == 3:
        raise Undelivered("redirected", str(status), final=True)
    raise Undelivered("refused", str(status), final=status // 100 == 4 and status not in TRY_AGAIN)


def _connected(parts: SplitResult, may_reach: Callable[[Address], bool]) -> http.client.HTTPConnection:
    """A connection to an address that was looked at: the name is not asked a second time."""
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    found = [info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    numbers = [ip_address(str(number).partition("%")[0]) for number in found]
    if not all(may_reach(number) for number in numbers):
        raise Undelivered("inside_network", final=True)
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
    plain = socket.create_connection((str(numbers[0]), port), timeout=SECONDS)
    try:
        encrypted = parts.scheme == "https"
        connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if encrypted else plain
    except OSError:
        plain.close()
        raise
    return connection
