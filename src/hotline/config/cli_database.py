"""`hotline migrate` and `hotline django`: the tables, made by the role that owns them."""

import sys

import click

from hotline.config.setting_up import django_ready
from hotline.plumbing.database import Addresses, grant_rows_to_app


@click.command()
@click.option("--check", is_flag=True, help="只检查是否有未执行的迁移 / only tell whether something is to do")
def migrate(check: bool) -> None:
    """建立或更新数据库表 / Create or update the tables."""
    with django_ready(as_owner=True) as store:
        if not check:
            apply_migrations(store.addresses)
            return
        waiting = unapplied()
        for name in waiting:
            click.echo(name)
        sys.exit(1 if waiting else 0)


@click.command(
    name="django", context_settings={"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []}
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def django_command(arguments: tuple[str, ...]) -> None:
    """运行 Django 管理命令 / Run a Django command as the owner of the tables."""
    from django.core.management import execute_from_command_line

    with django_ready(as_owner=True):
        execute_from_command_line(["hotline django", *arguments])


def apply_migrations(addresses: Addresses) -> None:
    """Grants first: what the migrations then take away again (from the ledger) stays taken away."""
    from django.core.management import call_command

    grant_rows_to_app(addresses)
    call_command("migrate", interactive=False, verbosity=1, no_color=True)


def unapplied() -> list[str]:
    """The migrations that this program knows and this database has not."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
