"""How one value from outside is read: each function takes the text and returns the value, or raises ValueError."""

import re
from collections.abc import Callable
from ipaddress import ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit


def whole(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,6}", text) or not low <= int(text) <= high:
            raise ValueError(text)
        return int(text)

    return parse


def one_of(*choices: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in choices:
            raise ValueError(text)
        return text

    return parse


def yes_no(text: str) -> bool:
    return {"yes": True, "no": False}[one_of("yes", "no")(text)]


def address(text: str) -> str:
    return str(ip_address(text))


def hosts(text: str) -> tuple[str, ...]:
    hosts = tuple(part.strip() for part in text.split(",") if part.strip())
    if not all(re.fullmatch(r"\.?[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\]", host) for host in hosts):
        raise ValueError(text)
    return hosts


def networks(text: str) -> tuple[str, ...]:
    return tuple(str(ip_network(part.strip())) for part in text.split(",") if part.strip())


def database(text: str) -> str:
    if not text:
        return ""
    parts = urlsplit(text)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ValueError("not a PostgreSQL address")
    _ = parts.port
    return text


def slug(text: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,30}", text):
        raise ValueError(text)
    return text


def existing_file(text: str) -> Path | None:
    if not text:
        return None
    path = Path(text).expanduser().resolve()
    if not path.is_file():
        raise ValueError(text)
    return path


def folder(text: str) -> Path:
    path = Path(text).expanduser().resolve()
    if path.exists() and not path.is_dir():
        raise ValueError(text)
    return path


def web_address(text: str) -> str:
    parts = urlsplit(text)
    if text and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.username):
        raise ValueError("not an address of the web")
    _ = parts.port
    return text


def mail_server(text: str) -> str:
    parts = urlsplit(text)
    if text and (parts.scheme not in {"smtp", "smtp+starttls", "smtps"} or not parts.hostname or parts.password):
        raise ValueError("not a mail server")
    _ = parts.port
    return text


def mail_address(text: str) -> str:
    if text and not re.fullmatch(r"[^@\s<>]+@[A-Za-z0-9.-]+", text):
        raise ValueError(text)
    return text
