"""The queue in PostgreSQL: reactions to acts, and the taking up of what a killed worker had in hand.

A job that keeps failing stays visible with its reason (`hotline jobs`), until someone mends it and runs it again.
"""

import asyncio
import contextlib
import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from asgiref.sync import async_to_sync, sync_to_async
from django.db import close_old_connections, transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import ConnectorException

from hotline.plumbing.clock import now
from hotline.plumbing.locks import take_turn
from hotline.plumbing.messages import run_many_reactions, run_reactions
from hotline.plumbing.models import ReactionRun

logger = logging.getLogger(__name__)

KEPT_FOR: Final = timedelta(days=90)
"""How long a reaction's mark is kept: far longer than any job can come back."""


@app.task(name="react", queue="reactions", retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def react(subject: str, first: int, last: int) -> None:
    """All reactions to one act."""
    run_reactions(subject=subject, first=first, last=last, now=now())


@app.task(name="react_to_many", queue="reactions", retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def react_to_many(spans: list[tuple[str, int, int]]) -> None:
    """All reactions to what the platform did by itself on several subjects."""
    run_many_reactions(spans=spans, now=now())


@app.periodic(cron="17 3 * * *")
@app.task(name="forget_old_marks", queue="upkeep", queueing_lock="forget_old_marks")
def forget_old_marks(timestamp: int) -> int:  # noqa: ARG001  # the queue passes the moment it was due
    """Marks of reactions long done are of no use to anybody."""
    gone, _ = ReactionRun.objects.filter(done_at__lt=now() - KEPT_FOR).delete()
    return gone


@dataclass(frozen=True)
class FailedJob:
    """A job that gave up, as the operator sees it."""

    number: int
    task: str
    subject: str
    attempts: int
    reason: str


def failed_jobs(limit: int = 100) -> list[FailedJob]:
    """What gave up, newest first, with the reason of its last failed reaction."""
    jobs = ProcrastinateJob.objects.filter(status="failed").order_by("-id")[:limit]
    return [_failed(job) for job in jobs]


def waiting_jobs() -> int:
    """How many jobs nobody has begun yet."""
    return ProcrastinateJob.objects.filter(status="todo").count()


def run_again(number: int) -> None:
    """Puts a failed job back at the end of its queue."""
    app.job_manager.retry_job_by_id(number, now())


def _failed(job: ProcrastinateJob) -> FailedJob:
    subjects = [str(span[0]) for span in job.args.get("spans", ())] or [str(job.args.get("subject", ""))]
    run = ReactionRun.objects.filter(subject__in=subjects, done_at=None).exclude(error="").order_by("-id").first()
    subject = run.subject if run else subjects[0]
    reason = f"{run.reaction}: {run.error}" if run else ""
    return FailedJob(number=job.pk, task=job.task_name, subject=subject, attempts=job.attempts, reason=reason)


def retake_stalled(stalled_after: float) -> list[int]:
    """Requeues jobs whose worker has given no sign of life; one process at a time, so no job is requeued twice."""
    with transaction.atomic():
        if not take_turn("retake_stalled_jobs"):
            return []
        return _requeue(stalled_after)


def _requeue(stalled_after: float) -> list[int]:
    stalled = async_to_sync(app.job_manager.get_stalled_jobs)(seconds_since_heartbeat=stalled_after)
    taken = []
    for job in stalled:
        if job.id is None:
            continue
        with contextlib.suppress(ConnectorException), transaction.atomic():  # it ended after all, just now
            app.job_manager.retry_job_by_id(job.id, now())
            taken.append(job.id)
    if taken:
        logger.warning("jobs of killed workers taken up: %s", taken)
    return taken


async def work(*, threads: int, stalled_after: float) -> None:
    """One worker until it is told to stop: it takes jobs as they are notified, and those of killed workers.

    The worker listens over a connection pool of its own; what a job itself defers still goes through Django's
    connection, so that it is part of the job's transaction.
    """
    worker_app = app.with_connector(DjangoConnector().get_worker_connector())
    async with worker_app.open_async():
        keeper = asyncio.create_task(_keep_retaking(stalled_after))
        try:
            await worker_app.run_worker_async(
                concurrency=threads,
                delete_jobs="successful",
                shutdown_graceful_timeout=20,
                update_heartbeat_interval=stalled_after / 3,
                stalled_worker_timeout=stalled_after,
            )
        finally:
            keeper.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await keeper


async def _keep_retaking(stalled_after: float) -> None:
    while True:
        try:
            await sync_to_async(_retake_and_let_go, thread_sensitive=False)(stalled_after)
        except Exception:
            logger.exception("looking for stalled jobs failed; next try follows")
        await asyncio.sleep(stalled_after / 3)


def _retake_and_let_go(stalled_after: float) -> None:
    try:
        retake_stalled(stalled_after)
    finally:
        close_old_connections()
