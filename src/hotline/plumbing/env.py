"""What the operator of an installation may set from outside, read once and then frozen.

A misspelt or malformed value stops the program at start with one sentence (Chinese and English) that
says what to write instead; nothing is guessed. docs/operate/settings.md lists every name in this table.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from hotline.plumbing.keys import key_from

HOME_DEFAULT: Final = "./var"


class EnvRefused(Exception):
    """The surroundings can't be used as they are. `sentences` go to the operator, one a line."""

    def __init__(self, sentences: tuple[str, ...]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


@dataclass(frozen=True)
class Variable:
    """One name of the table: how to read it, and what to say when it can't be read."""

    name: str
    parse: Callable[[str], Any]
    default: str
    wanted_zh: str
    wanted_en: str


def _whole(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,6}", text) or not low <= int(text) <= high:
            raise ValueError(text)
        return int(text)

    return parse


def _one_of(*choices: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in choices:
            raise ValueError(text)
        return text

    return parse


def _yes_no(text: str) -> bool:
    return {"yes": True, "no": False}[_one_of("yes", "no")(text)]


def _address(text: str) -> str:
    return str(ip_address(text))


def _hosts(text: str) -> tuple[str, ...]:
    hosts = tuple(part.strip() for part in text.split(",") if part.strip())
    if not all(re.fullmatch(r"\.?[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\]", host) for host in hosts):
        raise ValueError(text)
    return hosts


def _networks(text: str) -> tuple[str, ...]:
    return tuple(str(ip_network(part.strip())) for part in text.split(",") if part.strip())


def _database(text: str) -> str:
    if not text:
        return ""
    parts = urlsplit(text)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ValueError("not a PostgreSQL address")
    _ = parts.port
    return text


def _slug(text: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,30}", text):
        raise ValueError(text)
    return text


def _path(text: str) -> Path | None:
    if not text:
        return None
    path = Path(text).expanduser().resolve()
    if not path.is_file():
        raise ValueError(text)
    return path


def _folder(text: str) -> Path:
    path = Path(text).expanduser().resolve()
    if path.exists() and not path.is_dir():
        raise ValueError(text)
    return path


YES_NO = ("yes 或 no", "yes or no")

VARIABLES: Final = (
    Variable(
        "HOTLINE_HOME",
        _folder,
        HOME_DEFAULT,
        "一个可写的文件夹，例如 /var/lib/zhitong",
        "a folder to write into, such as /var/lib/zhitong",
    ),
    Variable(
        "DATABASE_URL",
        _database,
        "",
        "postgresql://用户:口令@主机:5432/库名，不写则用自带数据库",
        "postgresql://user:password@host:5432/name, or nothing for the embedded server",
    ),
    Variable(
        "DATABASE_OWNER_URL",
        _database,
        "",
        "同样格式、供迁移使用的库主账号地址",
        "an address of the same form, of the role that owns the tables",
    ),
    Variable("PORT", _whole(1, 65535), "8000", "1 到 65535 之间的端口号", "a port between 1 and 65535"),
    Variable(
        "HOTLINE_BIND",
        _address,
        "127.0.0.1",
        "本机要监听的 IP 地址，例如 127.0.0.1 或 0.0.0.0",
        "the IP address to listen on, such as 127.0.0.1 or 0.0.0.0",
    ),
    Variable(
        "HOTLINE_HOSTS",
        _hosts,
        "",
        "逗号分隔的域名，例如 12345.example.gov.cn",
        "host names with commas between, such as 12345.example.gov.cn",
    ),
    Variable("HOTLINE_HTTPS", _yes_no, "no", *YES_NO),
    Variable("HOTLINE_TLS_CERT", _path, "", "现有证书文件的路径", "the path of an existing certificate file"),
    Variable("HOTLINE_TLS_KEY", _path, "", "现有私钥文件的路径", "the path of an existing key file"),
    Variable(
        "HOTLINE_TRUSTED_PROXIES",
        _networks,
        "",
        "逗号分隔的前置代理网段，例如 10.1.0.0/16",
        "networks of the proxies in front of us, such as 10.1.0.0/16",
    ),
    Variable("HOTLINE_WEB_WORKERS", _whole(1, 64), "2", "1 到 64 之间的进程数", "a number of processes from 1 to 64"),
    Variable("HOTLINE_WEB_THREADS", _whole(1, 128), "8", "1 到 128 之间的线程数", "a number of threads from 1 to 128"),
    Variable("HOTLINE_JOB_THREADS", _whole(1, 64), "4", "1 到 64 之间的线程数", "a number of threads from 1 to 64"),
    Variable(
        "HOTLINE_JOB_STALLED_SECONDS",
        _whole(2, 3600),
        "30",
        "2 到 3600 之间的秒数",
        "a number of seconds from 2 to 3600",
    ),
    Variable(
        "HOTLINE_ATTACHMENT_MB",
        _whole(1, 500),
        "20",
        "每个附件最多多少兆字节，1 到 500",
        "how many megabytes an attachment may have, 1 to 500",
    ),
    Variable(
        "HOTLINE_ATTACHMENTS",
        _whole(1, 200),
        "20",
        "每张工单最多多少个附件，1 到 200",
        "how many attachments a ticket may have, 1 to 200",
    ),
    Variable("HOTLINE_LANGUAGE", _one_of("zh-hans", "en"), "zh-hans", "zh-hans 或 en", "zh-hans or en"),
    Variable(
        "HOTLINE_CITY",
        _slug,
        "hefei",
        "data 下的城市文件夹名，例如 hefei",
        "the name of a city's folder in data, such as hefei",
    ),
    Variable("HOTLINE_DEBUG", _yes_no, "no", *YES_NO),
    Variable("HOTLINE_DEMO", _yes_no, "no", *YES_NO),
    Variable(
        "HOTLINE_LOG_LEVEL",
        _one_of("debug", "info", "warning", "error"),
        "info",
        "debug、info、warning 或 error",
        "debug, info, warning or error",
    ),
)

SECRETS: Final = ("HOTLINE_SECRET_KEY", "HOTLINE_LEDGER_KEY")
NAMES: Final = frozenset({v.name for v in VARIABLES} | {s for n in SECRETS for s in (n, f"{n}_FILE")})


@dataclass(frozen=True)
class Env:
    """The settings from outside. Field names are the variables' names without HOTLINE_, in lower case."""

    home: Path
    database_url: str = field(repr=False)
    database_owner_url: str = field(repr=False)
    port: int
    bind: str
    hosts: tuple[str, ...]
    https: bool
    tls_cert: Path | None
    tls_key: Path | None
    trusted_proxies: tuple[str, ...]
    web_workers: int
    web_threads: int
    job_threads: int
    job_stalled_seconds: int
    attachment_mb: int
    attachments: int
    language: str
    city: str
    debug: bool
    demo: bool
    log_level: str
    secret_key: str = field(repr=False)
    ledger_key: str = field(repr=False)

    @property
    def run_dir(self) -> Path:
        """Sockets and written configuration of the running processes."""
        return self.home / "run"

    @property
    def secure(self) -> bool:
        """Whether browsers reach us over https, be it ended here or by the city's own front."""
        return self.https or self.tls_cert is not None


def read_env(environ: Mapping[str, str]) -> Env:
    """Reads every value, and refuses with all sentences at once rather than one a try."""
    said = [_unknown(name) for name in sorted(environ) if name.startswith("HOTLINE_") and name not in NAMES]
    values: dict[str, Any] = {}
    for variable in VARIABLES:
        text = environ.get(variable.name, "").strip() or variable.default
        try:
            values[_field_name(variable.name)] = variable.parse(text)
        except ValueError:
            said.append(_malformed(variable, text))
    said += _contradictions(values)
    if not said:
        said += _read_secrets(environ, values)
    if said:
        raise EnvRefused(tuple(said))
    return Env(**values)


def _read_secrets(environ: Mapping[str, str], values: dict[str, Any]) -> list[str]:
    said = []
    for name in SECRETS:
        try:
            values[_field_name(name)] = key_from(
                given=environ.get(name, ""),
                file=environ.get(f"{name}_FILE", ""),
                home=values["home"],
                stem=name.removeprefix("HOTLINE_").removesuffix("_KEY").lower(),
            )
        except ValueError as short:
            said.append(f"{name}：{short.args[0]} / {name}: {short.args[1]}")
        except OSError as away:
            place = away.filename or values["home"]
            said.append(f"{name}：无法读写密钥文件 {place}。 / {name}: the key file {place} can't be used.")
    return said


def _contradictions(values: Mapping[str, Any]) -> list[str]:
    said = []
    if (values.get("tls_cert") is None) != (values.get("tls_key") is None):
        said.append(
            "HOTLINE_TLS_CERT 与 HOTLINE_TLS_KEY 须同时给出。"
            " / HOTLINE_TLS_CERT and HOTLINE_TLS_KEY are given together or not at all."
        )
    bind = values.get("bind")
    if bind is not None and not ip_address(bind).is_loopback and not values.get("hosts"):
        said.append(
            f"HOTLINE_BIND={bind} 向外开放，请同时用 HOTLINE_HOSTS 写明允许访问的域名。"
            f" / HOTLINE_BIND={bind} opens to the network: name the allowed hosts in HOTLINE_HOSTS."
        )
    return said


def _unknown(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, sorted(NAMES), n=1)
    hint_zh, hint_en = (f"，是否要写 {near[0]}？", f"; did you mean {near[0]}?") if near else ("。", ".")
    return f"没有名为 {name} 的设置{hint_zh} / There is no setting {name}{hint_en}"


def _malformed(variable: Variable, text: str) -> str:
    shown = "" if "DATABASE" in variable.name else f"={text}"
    return (
        f"{variable.name}{shown} 无法使用，应为{variable.wanted_zh}。"
        f" / {variable.name}{shown} can't be used; write {variable.wanted_en}."
    )


def _field_name(name: str) -> str:
    return name.removeprefix("HOTLINE_").lower()


@cache
def env() -> Env:
    """The one reading of this process's surroundings."""
    return read_env(os.environ)


FIELDS: Final = tuple(f.name for f in fields(Env))
