"""What the operator of an installation may set from outside, read once and then frozen.

A misspelt or malformed value stops the program at start with one sentence (Chinese and English) that
says what to write instead; nothing is guessed. docs/operate/settings.md lists every name in this table.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final

from hotline.plumbing.env_values import (
    address,
    database,
    existing_file,
    folder,
    hosts,
    mail_address,
    mail_server,
    networks,
    one_of,
    slug,
    web_address,
    whole,
    yes_no,
)
from hotline.plumbing.keys import SHORTEST, key_from

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


YES_NO = ("yes 或 no", "yes or no")

VARIABLES: Final = (
    Variable(
        "HOTLINE_HOME",
        folder,
        HOME_DEFAULT,
        "一个可写的文件夹，例如 /var/lib/zhitong",
        "a folder to write into, such as /var/lib/zhitong",
    ),
    Variable(
        "DATABASE_URL",
        database,
        "",
        "postgresql://用户:口令@主机:5432/库名，不写则用自带数据库",
        "postgresql://user:password@host:5432/name, or nothing for the embedded server",
    ),
    Variable(
        "DATABASE_OWNER_URL",
        database,
        "",
        "同样格式、供迁移使用的库主账号地址",
        "an address of the same form, of the role that owns the tables",
    ),
    Variable("PORT", whole(1, 65535), "8000", "1 到 65535 之间的端口号", "a port between 1 and 65535"),
    Variable(
        "HOTLINE_BIND",
        address,
        "127.0.0.1",
        "本机要监听的 IP 地址，例如 127.0.0.1 或 0.0.0.0",
        "the IP address to listen on, such as 127.0.0.1 or 0.0.0.0",
    ),
    Variable(
        "HOTLINE_HOSTS",
        hosts,
        "",
        "逗号分隔的域名，例如 12345.example.gov.cn",
        "host names with commas between, such as 12345.example.gov.cn",
    ),
    Variable("HOTLINE_HTTPS", yes_no, "no", *YES_NO),
    Variable("HOTLINE_TLS_CERT", existing_file, "", "现有证书文件的路径", "the path of an existing certificate file"),
    Variable("HOTLINE_TLS_KEY", existing_file, "", "现有私钥文件的路径", "the path of an existing key file"),
    Variable(
        "HOTLINE_TRUSTED_PROXIES",
        networks,
        "",
        "逗号分隔的前置代理网段，例如 10.1.0.0/16",
        "networks of the proxies in front of us, such as 10.1.0.0/16",
    ),
    Variable("HOTLINE_WEB_WORKERS", whole(1, 64), "2", "1 到 64 之间的进程数", "a number of processes from 1 to 64"),
    Variable("HOTLINE_WEB_THREADS", whole(1, 128), "8", "1 到 128 之间的线程数", "a number of threads from 1 to 128"),
    Variable("HOTLINE_JOB_THREADS", whole(1, 64), "4", "1 到 64 之间的线程数", "a number of threads from 1 to 64"),
    Variable(
        "HOTLINE_JOB_STALLED_SECONDS",
        whole(2, 3600),
        "30",
        "2 到 3600 之间的秒数",
        "a number of seconds from 2 to 3600",
    ),
    Variable(
        "HOTLINE_ATTACHMENT_MB",
        whole(1, 500),
        "20",
        "每个附件最多多少兆字节，1 到 500",
        "how many megabytes an attachment may have, 1 to 500",
    ),
    Variable(
        "HOTLINE_ATTACHMENTS",
        whole(1, 200),
        "20",
        "每张工单最多多少个附件，1 到 200",
        "how many attachments a ticket may have, 1 to 200",
    ),
    Variable(
        "HOTLINE_EMAIL_URL",
        mail_server,
        "",
        "smtp、smtp+starttls 或 smtps 开头的邮件服务器地址，例如 smtp+starttls://用户@mail.example.gov.cn:587",
        "a mail server such as smtp+starttls://user@mail.example.gov.cn:587 (or smtp://, smtps://)",
    ),
    Variable(
        "HOTLINE_EMAIL_FROM",
        mail_address,
        "",
        "发件人邮箱，例如 12345@example.gov.cn",
        "the sender’s mail address, such as 12345@example.gov.cn",
    ),
    Variable(
        "HOTLINE_SMS_URL",
        web_address,
        "",
        "短信网关的 http 或 https 地址",
        "the http or https address of the gateway for short messages",
    ),
    Variable(
        "HOTLINE_WEBHOOK_NETWORKS",
        networks,
        "",
        "逗号分隔的内部网段，例如 10.2.0.0/16",
        "networks of our own that webhooks may reach, such as 10.2.0.0/16",
    ),
    Variable(
        "HOTLINE_MESSAGE_KEEP_DAYS",
        whole(0, 365),
        "0",
        "消息发出后内容保留多少天，0 到 365",
        "for how many days a sent message’s words are kept, 0 to 365",
    ),
    Variable(
        "HOTLINE_MESSAGE_ROW_DAYS",
        whole(90, 3650),
        "1095",
        "消息的发送记录保留多少天，90 到 3650",
        "for how many days it stays on record that a message went out, 90 to 3650",
    ),
    Variable(
        "HOTLINE_CALL_NOTE_DAYS",
        whole(90, 3650),
        "1095",
        "快速登记保留多少天，90 到 3650",
        "for how many days quick notes of calls are kept, 90 to 3650",
    ),
    Variable("HOTLINE_LANGUAGE", one_of("zh-hans", "en"), "zh-hans", "zh-hans 或 en", "zh-hans or en"),
    Variable(
        "HOTLINE_CITY",
        slug,
        "hefei",
        "data 下的城市文件夹名，例如 hefei",
        "the name of a city's folder in data, such as hefei",
    ),
    Variable("HOTLINE_DEBUG", yes_no, "no", *YES_NO),
    Variable("HOTLINE_DEMO", yes_no, "no", *YES_NO),
    Variable(
        "HOTLINE_LOG_LEVEL",
        one_of("debug", "info", "warning", "error"),
        "info",
        "debug、info、warning 或 error",
        "debug, info, warning or error",
    ),
)

SECRETS: Final = ("HOTLINE_SECRET_KEY", "HOTLINE_LEDGER_KEY")
GIVEN_SECRETS: Final = ("HOTLINE_EMAIL_PASSWORD", "HOTLINE_SMS_KEY", "HOTLINE_WEBHOOK_KEY")
"""Shared with somebody else, so never made here; without them that way stays shut."""

NAMES: Final = frozenset(
    {v.name for v in VARIABLES} | {s for n in (*SECRETS, *GIVEN_SECRETS) for s in (n, f"{n}_FILE")}
)


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
    email_url: str
    email_from: str
    sms_url: str
    webhook_networks: tuple[str, ...]
    message_keep_days: int
    message_row_days: int
    call_note_days: int
    language: str
    city: str
    debug: bool
    demo: bool
    log_level: str
    secret_key: str = field(repr=False)
    ledger_key: str = field(repr=False)
    email_password: str = field(repr=False)
    sms_key: str = field(repr=False)
    webhook_key: str = field(repr=False)

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
    said += _read_given_secrets(environ, values)
    said += _half_told(values)
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


def _read_given_secrets(environ: Mapping[str, str], values: dict[str, Any]) -> list[str]:
    said = []
    for name in GIVEN_SECRETS:
        file = environ.get(f"{name}_FILE", "")
        try:
            given = environ.get(name, "") or (Path(file).read_text(encoding="utf-8").strip() if file else "")
        except (OSError, UnicodeDecodeError):
            said.append(f"{name}_FILE：无法读取文件 {file}。 / {name}_FILE: the file {file} can't be read.")
            continue
        if given and name.endswith("_KEY") and len(given) < SHORTEST:
            said.append(f"{name}：至少需要 {SHORTEST} 个字符。 / {name}: at least {SHORTEST} characters are needed.")
        values[_field_name(name)] = given
    return said


def _half_told(values: Mapping[str, Any]) -> list[str]:
    """A way for messages of which one half is missing would fail with the first citizen's message."""
    pairs = (("email_url", "email_from"), ("sms_url", "sms_key"))
    return [
        f"{_variable(given)} 需要同时设置 {_variable(missing)}。 / {_variable(given)} also needs {_variable(missing)}."
        for given, missing in pairs
        if values.get(given) and values.get(missing) == ""
    ]


def _variable(field_name: str) -> str:
    return f"HOTLINE_{field_name.upper()}"


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
    shown = "" if variable.name.endswith("_URL") else f"={text}"
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
