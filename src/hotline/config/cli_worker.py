"""`hotline worker`: takes jobs from the queue in PostgreSQL until it is told to stop."""

import asyncio

import click

from hotline.config.setting_up import django_ready
from hotline.plumbing.env import env


@click.command()
def worker() -> None:
    """只启动任务进程 / Run a job worker only. 可同时启动多个 / Several may run side by side."""
    with django_ready():
        from hotline.plumbing.jobs import work

        settings = env()
        asyncio.run(work(threads=settings.job_threads, stalled_after=settings.job_stalled_seconds))
