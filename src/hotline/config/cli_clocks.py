"""`hotline clocks`: clocks fired by hand, and tickets whose clocks could not fire, with a way to try again."""

import click

from hotline.config.setting_up import django_ready


@click.group()
def clocks() -> None:
    """到点的时限：立即处理、查看搁置的工单 / Clocks that have come due: fire them, see what was set aside."""


@clocks.command()
def fire() -> None:
    """立即处理所有到点的时限 / Fire every clock that has come due. 平时每分钟自动一次 / Runs by itself each minute."""
    with django_ready():
        from hotline.oversight.clocks.engine import fire_due
        from hotline.plumbing.clock import now
        from hotline.rules.ladder import Step

        done = fire_due(now=now())
        click.echo(f"处理 {done.tickets} 张工单，{done.fired} 步 / {done.tickets} tickets, {done.fired} steps")
        for step in Step:
            if done.steps[step]:
                click.echo(f"{WORDS[step]}\t{done.steps[step]}")
        if done.aside:
            click.echo(f"搁置 {done.aside} 张，见 hotline clocks faults / {done.aside} set aside")


WORDS = {
    "reminder": "到点催办 / reminders",
    "expiry": "时限届满 / expiries",
    "notice": "书面催办 / written notices",
    "criticism": "建议通报批评 / proposed criticisms",
    "resume": "中止期满恢复 / pauses ended",
}


@clocks.command()
def faults() -> None:
    """列出搁置的工单和原因 / List tickets that were set aside, and why."""
    with django_ready():
        from hotline.oversight.clocks.faults import fault_lines, fault_number

        click.echo(f"搁置 {fault_number()} 张 / {fault_number()} set aside")
        for line in fault_lines(limit=100):
            click.echo(
                f"{line.id}\t{line.number}\t{line.at.isoformat(timespec='minutes')}\t×{line.tries}\t{line.error}"
            )


@clocks.command()
@click.argument("number", type=click.IntRange(1, 2**63 - 1))
def retry(number: int) -> None:
    """再试一张搁置的工单 / Try a ticket again. NUMBER 是 faults 第一列 / the first column of `faults`."""
    with django_ready():
        from hotline.oversight.clocks.faults import try_again
        from hotline.plumbing.clock import now
        from hotline.rules.sentences import render

        refusal = try_again(fault_id=number, now=now())
        if refusal is not None:
            raise click.ClickException(f"{render(refusal, 'zh')} / {render(refusal, 'en')}")
        click.echo("已正常处理 / its clocks fired")


@clocks.command()
def digest() -> None:
    """发送今天的每日待办 / Send today's digest to every unit. 已发过的不会再发 / Nobody is told twice."""
    with django_ready():
        from hotline.oversight.clocks.digest import send_digests
        from hotline.plumbing.clock import now

        told = send_digests(now=now())
        click.echo(f"{told} 个单位有待办 / {told} units have work waiting")


@clocks.command()
def arm() -> None:
    """让引擎重新查看所有在走的时限 / Have every running clock looked at in the next pass that nobody would look at."""
    with django_ready():
        from hotline.tickets.firing import arm_forgotten

        armed = arm_forgotten()
        click.echo(f"{armed} 个时限将在下一次处理时查看 / {armed} clocks are looked at in the next pass")
