"""The checks of the runtime itself: settings, the database and its roles, jobs that gave up."""

from collections.abc import Iterator

from hotline.plumbing.env import env


def settings() -> Iterator[str]:
    """Django's own deployment checks, and debug pages that must not meet the public."""
    from django.core import checks

    found = checks.run_checks(include_deployment_checks=True)
    yield from (f"{message.id}: {message.msg}" for message in found if not message.is_silenced())
    if env().debug and env().bind not in {"127.0.0.1", "::1"}:
        yield "HOTLINE_DEBUG=yes 时不得对外开放。 / HOTLINE_DEBUG=yes must not be open to the network."


def database() -> Iterator[str]:
    """Whether the application's role is kept away from what only the owner may do."""
    from django.db import connection

    from hotline.config.cli_database import unapplied

    waiting = unapplied()
    if waiting:
        yield f"有 {len(waiting)} 项迁移未执行，请运行 hotline migrate。 / {len(waiting)} migrations wait."
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone()[0]:
            yield "应用账号是数据库超级用户，请换用普通账号。 / The application's role is a superuser; use a plain one."
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole AND relkind = 'r'")
        if cursor.fetchone()[0]:
            yield (
                "应用账号拥有数据表，可绕过台账保护；请另设 DATABASE_OWNER_URL。"
                " / The application's role owns tables and could get round the ledger's guards; set DATABASE_OWNER_URL."
            )


def jobs() -> Iterator[str]:
    """Jobs that gave up wait for a person."""
    from hotline.plumbing.jobs import failed_jobs

    for job in failed_jobs():
        yield f"任务 {job.number} {job.task} {job.subject} 失败 / job failed: {job.reason}"


def callbacks() -> Iterator[str]:
    """Plans of callbacks that say something else than the rules, each by its ticket."""
    from hotline.plumbing.clock import now
    from hotline.stages.callback.queries.planning import differing

    for number in differing(now()):
        yield f"工单 {number} 的回访安排与规则不符。 / The callback plan of {number} is not what the rules say."
