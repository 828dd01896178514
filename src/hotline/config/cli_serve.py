"""`hotline serve`: the whole platform behind one port, from one command.

The front (Caddy) passes pages to granian's worker processes and streams to the live process; a job worker runs
beside them. Everything is watched over by one supervisor and ends with it.
"""

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ssl import CERT_NONE, create_default_context

import click

from hotline.config import cli_database
from hotline.config.front import front_program, live_socket, web_socket
from hotline.config.setting_up import Store, django_ready
from hotline.config.static_files import collect
from hotline.plumbing.database import check_server
from hotline.plumbing.embedded import EmbeddedPostgresError
from hotline.plumbing.env import Env, EnvRefused, env
from hotline.plumbing.supervisor import Program, Supervisor

WEB_GUARDS = "-c statement_timeout=30s -c lock_timeout=5s -c idle_in_transaction_session_timeout=60s"
"""No page holds a row or a connection for longer; jobs and commands may take their time."""
READY_WITHIN = 60.0
LOOK_AT_DATABASE_EVERY = 3.0


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="对外端口 / port (PORT, 8000)")
@click.option("--bind", help="监听地址 / address to listen on (HOTLINE_BIND, 127.0.0.1)")
@click.option("--migrate", is_flag=True, help="启动前更新数据库表 / update the tables first")
@click.option("--worker/--no-worker", default=True, help="同时启动任务进程 / run a job worker too")
def serve(port: int | None, bind: str | None, migrate: bool, worker: bool) -> None:
    """启动平台 / Start the platform."""
    serve_platform(port=port, bind=bind, migrate=migrate, worker=worker)


def serve_platform(
    *,
    port: int | None = None,
    bind: str | None = None,
    migrate: bool = False,
    worker: bool = True,
    quiet: bool = False,
    prepare: Callable[[], None] | None = None,
) -> None:
    """All processes until a signal comes. `prepare` is called when the tables are ready, before anybody is served."""
    settings = env()
    bind, port = bind or settings.bind, port or settings.port
    refuse_taken(bind, port)
    with tables_ready(migrate, quiet=quiet, prepare=prepare) as store:
        collect(settings, click.echo)
        programs = [
            web_program(settings),
            live_program(settings),
            *([worker_program()] if worker else []),
            front_program(settings, bind=bind, port=port),
        ]
        asyncio.run(run(programs, store, settings, bind, port))


@contextmanager
def tables_ready(migrate: bool, *, quiet: bool = False, prepare: Callable[[], None] | None = None) -> Iterator[Store]:
    """Refuses tables that are older than the program: a page would fail somewhere in the middle of an act."""
    with django_ready() as store:
        waiting = cli_database.unapplied()
        if waiting and migrate:
            _migrate_apart(quiet=quiet)
        elif waiting:
            raise EnvRefused(
                (
                    f"数据库表有 {len(waiting)} 项待更新，请运行 hotline migrate，或用 hotline serve --migrate。"
                    f" / {len(waiting)} migrations wait: run hotline migrate, or start with hotline serve --migrate.",
                )
            )
        if prepare is not None:
            prepare()
        if env().demo:
            from hotline.config.demo import refuse_real_data

            refuse_real_data()
        from django.db import connections

        connections.close_all()
        yield store


def _migrate_apart(*, quiet: bool) -> None:
    """As a process of its own, because this one speaks to the database as the application, not as the owner."""
    import subprocess

    surroundings = {**os.environ, "DATABASE_URL": os.environ["DATABASE_OWNER_URL"]}
    said = subprocess.DEVNULL if quiet else None
    done = subprocess.run(
        [sys.executable, "-m", "hotline.config", "migrate"], env=surroundings, check=False, stdout=said
    )
    if done.returncode:
        raise EnvRefused(("数据库表更新失败，见上文。 / The migrations failed; see above.",))


def refuse_taken(bind: str, port: int) -> None:
    """One clear sentence instead of a front that can't start."""
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((bind, port))
            probe.listen(1)
        except OSError as error:
            raise EnvRefused(
                (
                    f"端口 {bind}:{port} 无法使用（{error.strerror}），请换一个：hotline serve --port 8123。"
                    f" / Port {bind}:{port} can't be used ({error.strerror}); choose another with --port.",
                )
            ) from error


def web_program(settings: Env) -> Program:
    """Pages and API: processes with threads, on a Unix socket that only the front reaches."""
    return Program(
        name="web",
        command=granian(
            "hotline.config.wsgi:application",
            *("--interface", "wsgi", "--uds", str(web_socket(settings)), "--uds-permissions", "0o600"),
            *("--workers", str(settings.web_workers), "--blocking-threads", str(settings.web_threads)),
            *("--respawn-failed-workers", "--workers-kill-timeout", "10"),
        ),
        surroundings={"PGOPTIONS": WEB_GUARDS},
        socket=web_socket(settings),
    )


def live_program(settings: Env) -> Program:
    """The streams: one process, one connection to the database."""
    return Program(
        name="live",
        command=granian(
            "hotline.config.live:app",
            *("--interface", "asgi", "--uds", str(live_socket(settings)), "--uds-permissions", "0o600"),
            *("--workers", "1", "--no-ws"),
            *("--respawn-failed-workers", "--workers-kill-timeout", "3", "--backlog", "4096"),
        ),
        socket=live_socket(settings),
    )


def worker_program() -> Program:
    return Program(name="worker", command=(sys.executable, "-m", "hotline.config", "worker"))


def granian(app: str, *options: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "granian", *options, "--http", "1", "--log-level", "error", app)


async def run(programs: list[Program], store: Store, settings: Env, bind: str, port: int) -> None:
    """Until a signal comes. Says the address when the port really answers."""
    supervisor = Supervisor(say=_say)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(number, supervisor.stop)
    kept = [asyncio.create_task(supervisor.keep(program)) for program in programs]
    beside = [
        asyncio.create_task(announce(supervisor, settings, bind, port)),
        asyncio.create_task(keep_database(store)),
    ]
    await supervisor.wait()
    for task in beside:
        task.cancel()
    _say("正在停止…… / stopping ...")
    await asyncio.gather(*kept, *beside, return_exceptions=True)


async def keep_database(store: Store) -> None:
    """The embedded server may be killed like any process; the operator's own is the operator's."""
    while store.revive is not None:
        await asyncio.sleep(LOOK_AT_DATABASE_EVERY)
        try:
            await asyncio.to_thread(check_server, store.addresses.app)
        except EnvRefused:
            _say("数据库意外停止，正在重新启动…… / the database has stopped; starting it again ...")
            try:
                await asyncio.to_thread(store.revive)
            except EmbeddedPostgresError as error:
                _say(f"{error.sentence('zh')} / {error.sentence('en')}")


async def announce(supervisor: Supervisor, settings: Env, bind: str, port: int) -> None:
    began = time.monotonic()
    while not supervisor.stopping():
        if await asyncio.to_thread(answers, settings, bind, port):
            scheme = "https" if settings.tls_cert else "http"
            shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(bind, bind)  # noqa: S104  # compared, not bound
            url = f"{scheme}://{shown}:{port}/"
            _say(f"已就绪，请打开 {url} / Ready: open {url}")
            return
        if time.monotonic() - began > READY_WITHIN:
            _say("启动较慢，仍在继续；请看上面的提示。 / Starting takes long and goes on; see the lines above.")
            began = time.monotonic()
        await asyncio.sleep(0.2)


def answers(settings: Env, bind: str, port: int) -> bool:
    """Asks through the front, as a browser would."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(bind, bind)  # noqa: S104  # compared, not bound
    connection: HTTPConnection
    if settings.tls_cert:
        context = create_default_context()
        context.check_hostname, context.verify_mode = False, CERT_NONE  # our own port, by number
        connection = HTTPSConnection(host, port, timeout=5, context=context)
    else:
        connection = HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _say(line: str) -> None:
    click.echo(line)
