"""Before any command touches data: read the surroundings, have a database, load Django.

The embedded server is started here when no DATABASE_URL is given, and its addresses go into this process's
surroundings, from where the children of `hotline serve` take them.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import click

from hotline.plumbing.database import Addresses, check_server, given_addresses
from hotline.plumbing.embedded import EmbeddedPostgres
from hotline.plumbing.env import Env, env


@contextmanager
def database(settings: Env) -> Iterator[Addresses]:
    """The addresses of a server that answers, for as long as the block runs."""
    with ExitStack() as stack:
        addresses = given_addresses(settings)
        if addresses is None:
            server = EmbeddedPostgres(settings.home, max_connections=connections_needed(settings), say=click.echo)
            info = stack.enter_context(server).ensure_running()
            addresses = Addresses(app=info.app_url(), owner=info.owner_url())
        check_server(addresses.app)
        yield addresses


def connections_needed(settings: Env) -> int:
    """Every pool filled, a second worker and an operator's session beside them, and PostgreSQL's own reserve."""
    web = settings.web_workers * (settings.web_threads + 2)
    return web + 2 * (settings.job_threads + 14) + 20


@contextmanager
def django_ready(*, as_owner: bool = False) -> Iterator[Addresses]:
    """Django loaded against the right role; migrations work as the owner, everything else as the application."""
    settings = env()
    with database(settings) as addresses:
        os.environ["DATABASE_URL"] = addresses.owner if as_owner else addresses.app
        os.environ["DATABASE_OWNER_URL"] = addresses.owner
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hotline.config.settings")
        env.cache_clear()
        load_django()
        yield addresses


def load_django() -> None:
    import django

    django.setup()
