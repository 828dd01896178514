"""`hotline outbox`: messages that could not be sent, why, and the way to have them sent again or not at all."""

import click

from hotline.config.setting_up import django_ready


@click.group(invoke_without_command=True)
@click.pass_context
def outbox(context: click.Context) -> None:
    """列出失败的外发消息 / List failed messages. `hotline outbox resend NUMBER` 重发 / sends one again."""
    if context.invoked_subcommand is not None:
        return
    with django_ready():
        from hotline.plumbing.outbox.queries import message_lines, open_counts

        held = open_counts()
        waiting = held["waiting"] + held["sending"]
        click.echo(f"待发 {waiting}，失败 {held['failed']} / {waiting} to be sent, {held['failed']} failed")
        for m in message_lines(state="failed", limit=100):
            click.echo(f"{m.id}\t{m.channel}\t{m.about}\t×{m.attempts}\t{m.reason}\t{m.error}")


@outbox.command()
@click.argument("number", type=click.IntRange(1, 2**63 - 1))
def resend(number: int) -> None:
    """重发一条失败的消息 / Send a failed message again."""
    with django_ready():
        from hotline.plumbing.clock import now
        from hotline.plumbing.outbox import commands

        _tell(commands.resend(message_id=number, now=now()))
        click.echo(f"消息 {number} 已重新排队 / message {number} waits again")


@outbox.command()
@click.argument("number", type=click.IntRange(1, 2**63 - 1))
def cancel(number: int) -> None:
    """取消一条消息，不再发送 / Cancel a message: it is not sent any more."""
    with django_ready():
        from hotline.plumbing.clock import now
        from hotline.plumbing.outbox import commands

        _tell(commands.cancel(message_id=number, now=now()))
        click.echo(f"消息 {number} 已取消 / message {number} is cancelled")


def _tell(refusal: object) -> None:
    from hotline.rules.messages import Refusal
    from hotline.rules.sentences import render

    if isinstance(refusal, Refusal):
        raise click.ClickException(f"{render(refusal, 'zh')} / {render(refusal, 'en')}")
