"""The `hotline` program: everything an operator does with an installation, one command each.

A command is one line in COMMANDS; its code loads only when it is called, so that `hotline --help` is quick.
"""

import sys
from importlib import import_module
from typing import Final

import click

from hotline.plumbing.env import EnvRefused

COMMANDS: Final = {
    "serve": ("hotline.config.cli_serve:serve", "启动平台 / start the platform"),
    "demo": ("hotline.config.cli_demo:run_demo", "建立并启动演示城市 / make a city to try and serve it"),
    "worker": ("hotline.config.cli_worker:worker", "只启动任务进程 / run a job worker only"),
    "migrate": ("hotline.config.cli_database:migrate", "建立或更新数据库表 / create or update the tables"),
    "load-city": ("hotline.config.cli_city:load_city", "导入城市基础数据 / load a city's data"),
    "import": ("hotline.config.cli_import:import_", "导入其他系统的诉求 / bring in requests of another system"),
    "rules": ("hotline.config.cli_rules:rules", "查询规则 / ask the rules"),
    "sim": ("hotline.config.cli_sim:sim", "模拟换一种做法会怎样 / try other procedures in a simulated city"),
    "check": ("hotline.config.cli_check:check", "检查本系统 / look over the installation"),
    "anchor": ("hotline.config.cli_ledger:anchor", "台账存证 / anchor the ledger outside the database"),
    "jobs": ("hotline.config.cli_jobs:jobs", "查看、重跑失败的任务 / see failed jobs, run them again"),
    "outbox": ("hotline.config.cli_outbox:outbox", "查看、重发外发消息 / see messages that failed, send them again"),
    "clocks": ("hotline.config.cli_clocks:clocks", "处理到点的时限、查看搁置的工单 / fire due clocks, see what failed"),
    "emergency": ("hotline.config.cli_emergency:emergency", "应急状态 / emergency mode"),
    "createuser": ("hotline.config.cli_people:createuser", "新建账号 / make an account"),
    "paper-template": ("hotline.config.cli_papers:paper_template", "导出交办单的Word模板 / write out the Word form"),
    "token": ("hotline.config.cli_api:token", "签发、撤销接口令牌 / issue and revoke API tokens"),
    "api-schema": ("hotline.config.cli_api:api_schema", "输出接口说明 / print the API description"),
    "assets": ("hotline.config.cli_build:assets", "复制浏览器所需文件 / copy what browsers load"),
    "messages": ("hotline.config.cli_build:messages", "整理、编译译文 / gather and compile translations"),
    "django": ("hotline.config.cli_database:django_command", "运行 Django 管理命令 / run a Django command"),
}
"""name: (where, help). `hotline NAME` runs it."""


class Lazy(click.Group):
    """Loads a command's module only when that command is meant."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # the same
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # the same
        with formatter.section("命令 / Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="zhitong", message="直通 Zhitong %(version)s")
def hotline() -> None:
    """直通：12345 政务服务便民热线平台 / Zhitong, the platform behind a city's 12345 hotline."""


def main() -> None:
    """What can't be used as it is ends with a sentence and the code 2, never with a traceback."""
    from hotline.plumbing.embedded import EmbeddedPostgresError

    try:
        hotline(standalone_mode=True)
    except EnvRefused as refused:
        sentences = refused.sentences
    except EmbeddedPostgresError as error:
        sentences = (f"{error.sentence('zh')} / {error.sentence('en')}",)
    else:
        return
    for sentence in sentences:
        click.echo(sentence, err=True)
    sys.exit(2)
