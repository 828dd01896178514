"""How a message leaves: one sender for each channel, chosen by the operator's settings, a file where none is set.

All senders keep the same promise: they return when the other side has taken the message, and otherwise raise
`Undelivered`, which says whether another attempt makes sense. What they raise names no address.
"""

import json
import os
import smtplib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parseaddr
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, Protocol

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from hotline.plumbing.outbox.gateways import ask_gateway, call_webhook
from hotline.plumbing.outbox.refusing import Undelivered

CHANNELS: Final = ("email", "sms", "webhook")
SMTP_SECONDS: Final = 20


@dataclass(frozen=True)
class Outgoing:
    """What a sender is handed. Its representation shows neither the address nor the words."""

    key: str
    channel: str
    about: str
    to: str = field(repr=False)
    subject: str = field(repr=False)
    body: str = field(repr=False)

    @property
    def idempotency_key(self) -> str:
        """The same for each attempt, so that a gateway can drop what it has taken already."""
        return sha256(self.key.encode()).hexdigest()[:40]


class Sender(Protocol):
    """Hands one message over, or raises Undelivered."""

    def __call__(self, message: Outgoing, way: Mapping[str, Any], now: datetime) -> None: ...


def send(message: Outgoing, *, now: datetime) -> None:
    """By the sender that this installation has set for the channel."""
    way = settings.MESSAGE_WAYS[message.channel]
    BY[way["by"]](message, way, now)


def to_file(message: Outgoing, way: Mapping[str, Any], now: datetime) -> None:
    """One JSON line a message: for demonstrations, tests, and until the operator has named a gateway."""
    line = {
        "key": message.idempotency_key,
        "channel": message.channel,
        "about": message.about,
        "to": message.to,
        "subject": message.subject,
        "body": message.body,
        "at": now.isoformat(),
    }
    folder = Path(way["folder"])
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        handle = os.open(folder / f"{message.channel}-{now:%Y-%m-%d}.jsonl", flags, 0o600)
        with os.fdopen(handle, "wb", buffering=0) as out:
            out.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
    except OSError as fault:
        raise Undelivered("disk", str(fault.strerror), final=False) from fault


def by_smtp(message: Outgoing, way: Mapping[str, Any], now: datetime) -> None:  # noqa: ARG001  # all senders alike
    """The Message-ID comes from the key: a mail that is sent twice after a crash is shown once by most programs."""
    connection = EmailBackend(
        host=way["host"],
        port=way["port"],
        username=way["user"],
        password=way["password"],
        use_tls=way["starttls"],
        use_ssl=way["ssl"],
        timeout=SMTP_SECONDS,
    )
    domain = parseaddr(way["sender"])[1].rpartition("@")[2]
    headers = {"Message-ID": f"<{message.idempotency_key}@{domain}>", "Auto-Submitted": "auto-generated"}
    mail = EmailMessage(message.subject, message.body, way["sender"], [message.to], headers=headers)
    mail.connection = connection
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as fault:
        codes = [code for code, _ in fault.recipients.values()]
        raise Undelivered("address_refused", " ".join(map(str, codes)), final=min(codes) >= FINAL) from fault
    except smtplib.SMTPAuthenticationError as fault:
        raise Undelivered("not_authorised", str(fault.smtp_code), final=False) from fault
    except smtplib.SMTPResponseException as fault:
        raise Undelivered("refused", str(fault.smtp_code), final=fault.smtp_code >= FINAL) from fault
    except (smtplib.SMTPException, OSError) as fault:
        raise Undelivered("unreachable", type(fault).__name__, final=False) from fault


FINAL: Final = 500
"""Answers of a mail server from here on are for good."""


def by_gateway(message: Outgoing, way: Mapping[str, Any], now: datetime) -> None:
    """To the city's gateway for short messages."""
    body = {"to": message.to, "text": message.body, "about": message.about}
    ask_gateway(way["url"], body, key=way["key"], idempotency_key=message.idempotency_key, now=now)


def by_webhook(message: Outgoing, way: Mapping[str, Any], now: datetime) -> None:
    """To another system's own address."""
    body = {"about": message.about, "subject": message.subject, "text": message.body}
    call_webhook(
        message.to, body, key=way["key"], idempotency_key=message.idempotency_key, inside=way["networks"], now=now
    )


BY: Final[Mapping[str, Sender]] = {"file": to_file, "smtp": by_smtp, "gateway": by_gateway, "webhook": by_webhook}
"""The senders by the name that settings use."""
