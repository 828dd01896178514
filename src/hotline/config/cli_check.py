"""`hotline check`: looks over an installation and says what is wrong with it, before the citizens do.

A check is a function without arguments that yields one sentence for each thing found. Any layer may have one;
it becomes a subcommand by its line in CHECKS.
"""

import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Final

import click

from hotline.config.setting_up import django_ready

CHECKS: Final = {
    "settings": ("hotline.config.checks:settings", "设置与安全 / settings and security"),
    "database": ("hotline.config.checks:database", "数据库与账号权限 / database and its roles"),
    "jobs": ("hotline.config.checks:jobs", "失败的任务 / failed jobs"),
    "clocks": ("hotline.oversight.clocks.faults:sentences", "到点的时限 / clocks that have come due"),
    "ledger": ("hotline.tickets.examination:sentences", "台账 / the tickets' ledger"),
    "calendar": ("hotline.registry.calendars.draft_queries:sentences", "放假安排 / holidays of the year"),
    "callback": ("hotline.config.checks:callbacks", "回访安排 / the plans of callbacks"),
    "people": ("hotline.registry.people.recording:sentences", "人员管理记录 / the record of administration"),
    "attachments": ("hotline.tickets.attachments.examining:sentences", "附件 / attachments and their files"),
}
"""name: (where, help). The function may take no arguments and runs with Django loaded, as the application's role."""

COMMANDS: Final = {"ledger": ("hotline.config.cli_ledger", "check_ledger")}
"""Checks that have options of their own when they are called alone."""

Check = Callable[[], Iterable[str]]


class Checks(click.Group):
    """One subcommand for each line of CHECKS."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        return list(CHECKS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # the same
        if cmd_name in COMMANDS:
            module, name = COMMANDS[cmd_name]
            command: click.Command = getattr(import_module(module), name)
            return command
        if cmd_name not in CHECKS:
            return None
        return click.Command(cmd_name, callback=lambda: report([cmd_name]), help=CHECKS[cmd_name][1])


@click.group(cls=Checks, invoke_without_command=True)
@click.pass_context
def check(context: click.Context) -> None:
    """检查本系统 / Look over the installation. 不带子命令时全部检查 / Everything, without a subcommand."""
    if context.invoked_subcommand is None:
        report(list(CHECKS))


def report(names: list[str]) -> None:
    """Prints what each check finds; ends with 1 when there is anything."""
    found = 0
    with django_ready():
        for name in names:
            module, _, function = CHECKS[name][0].partition(":")
            sentences = list(getattr(import_module(module), function)())
            found += len(sentences)
            click.echo(f"{name}: " + ("正常 / fine" if not sentences else f"{len(sentences)}"))
            for sentence in sentences:
                click.echo(f"  {sentence}")
    sys.exit(1 if found else 0)
