"""Which sender serves each channel, from the operator's settings: a file until a server or a gateway is named."""

from typing import Any, Final
from urllib.parse import unquote, urlsplit

from hotline.plumbing.env import Env

PORTS: Final = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


def message_ways(env: Env) -> dict[str, dict[str, Any]]:
    """For each channel the sender's name and what it needs."""
    file: dict[str, Any] = {"by": "file", "folder": env.home / "messages"}
    ways = {"email": dict(file), "sms": dict(file), "webhook": dict(file)}
    if env.email_url:
        ways["email"] = _mail_server(env)
    if env.sms_url:
        ways["sms"] = {"by": "gateway", "url": env.sms_url, "key": env.sms_key}
    if env.webhook_key:
        ways["webhook"] = {"by": "webhook", "key": env.webhook_key, "networks": env.webhook_networks}
    return ways


def _mail_server(env: Env) -> dict[str, Any]:
    parts = urlsplit(env.email_url)
    return {
        "by": "smtp",
        "host": parts.hostname,
        "port": parts.port or PORTS[parts.scheme],
        "user": unquote(parts.username or ""),
        "password": env.email_password,
        "starttls": parts.scheme == "smtp+starttls",
        "ssl": parts.scheme == "smtps",
        "sender": env.email_from,
    }
