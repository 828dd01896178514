"""`hotline demo`: a city to try, from nothing to a page that answers in one command.

The second start finds the city of the first; `--fresh` makes a new one. Real data is never touched: a database with
accounts that are not the demonstration's is refused.
"""

import os
from pathlib import Path
from time import monotonic
from typing import Final

import click

from hotline.config import demo
from hotline.config.cli_serve import serve_platform
from hotline.config.setting_up import store
from hotline.plumbing.env import HOME_DEFAULT, EnvRefused, env

DATA: Final = Path(__file__).resolve().parents[3] / "data"
HOME: Final = f"{HOME_DEFAULT}/demo"


@click.command(name="demo")
@click.option("--port", type=click.IntRange(1, 65535), help="对外端口 / port (PORT, 8000)")
@click.option("--tickets", type=click.IntRange(1, 1_000_000), default=3000, show_default=True, help="工单数 / tickets")
@click.option("--fresh", is_flag=True, help="清空后重建 / begin anew")
@click.option("--only-build", is_flag=True, help="只建立数据，不启动 / make the data, do not serve")
def run_demo(port: int | None, tickets: int, fresh: bool, only_build: bool) -> None:
    """建立并启动一座演示城市 / Make a city to try and serve it."""
    os.environ["HOTLINE_DEMO"] = "yes"
    os.environ.setdefault("HOTLINE_HOME", HOME)
    env.cache_clear()
    click.echo(f"演示数据在 {env().home} / the demonstration lives in {env().home}")
    with store(env()) as found:
        if fresh:
            from hotline.config.demo_fresh import clear

            clear(found.addresses.owner)
            click.echo("已清空上次的演示 / the last demonstration is cleared")
        _say_step("准备数据库 / preparing the database")
        if only_build:
            from hotline.config.cli_serve import tables_ready

            with tables_ready(True, quiet=True, prepare=lambda: _prepare(tickets)):
                return
        serve_platform(port=port, migrate=True, quiet=True, prepare=lambda: _prepare(tickets))


def _prepare(tickets: int) -> None:
    """The city, unless it is there from last time."""
    demo.refuse_real_data()
    if demo.begun():
        there = demo.tickets_there()
        click.echo(f"沿用已有演示数据：{there} 件工单 / {there} tickets from last time (--fresh: 重建 / begin anew)")
    else:
        _fill(tickets)
    _say_accounts()


def _fill(tickets: int) -> None:
    from hotline.config.demo_city import Unfinished, fill
    from hotline.plumbing.clock import now

    began = monotonic()
    try:
        written = fill(DATA, city=env().city, tickets=tickets, now=now(), say=_say_step)
    except Unfinished as problem:
        raise EnvRefused((f"演示数据无法建立：{problem} / The demonstration can't be made: {problem}",)) from problem
    click.echo(f"已建立 {written} 件工单，用时 {monotonic() - began:.0f} 秒 / {written} tickets made")


def _say_step(text: str) -> None:
    click.echo(text if text.startswith(" ") else f"· {text}")


def _say_accounts() -> None:
    click.echo(f"所有演示账号的密码 / the password of every account: {demo.PASSWORD}")
    for group in demo.demo_accounts():
        names = "、".join(f"{account.username}（{account.name}，{account.unit}）" for account in group.accounts)
        click.echo(f"  {group.role}: {names}")
