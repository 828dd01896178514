"""`hotline jobs`: what the platform could not do by itself, why, and the way to have it done again."""

import click

from hotline.config.setting_up import django_ready


@click.group(invoke_without_command=True)
@click.pass_context
def jobs(context: click.Context) -> None:
    """列出失败的任务 / List failed jobs. `hotline jobs again NUMBER` 重新运行 / runs one again."""
    if context.invoked_subcommand is not None:
        return
    with django_ready():
        from hotline.plumbing.jobs import failed_jobs, waiting_jobs

        failed = failed_jobs()
        click.echo(f"等待 {waiting_jobs()}，失败 {len(failed)} / {waiting_jobs()} waiting, {len(failed)} failed")
        for job in failed:
            click.echo(f"{job.number}\t{job.task}\t{job.subject}\t×{job.attempts}\t{job.reason}")


@jobs.command()
@click.argument("number", type=int)
def again(number: int) -> None:
    """重新运行一个失败的任务 / Run a failed job again."""
    with django_ready():
        from procrastinate.exceptions import ConnectorException

        from hotline.plumbing.jobs import run_again

        try:
            run_again(number)
        except ConnectorException as error:
            raise click.ClickException(f"任务 {number} 不在失败状态 / job {number} has not failed") from error
        click.echo(f"任务 {number} 已重新排队 / job {number} waits again")
