"""Before any command touches data: read the surroundings, have a database, load Django.

The embedded server is started here when no DATABASE_URL is given, and its addresses go into this process's
surroundings, from where the children of `hotline serve` take them.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import click

from hotline.plumbing.database import Addresses, check_server, given_addresses
from hotline.plumbing.embedded import EmbeddedPostgres
from hotline.plumbing.env import Env, env


@dataclass(frozen=True)
class Store:
    """A database that answers. `revive` starts it again when it is ours to start."""

    addresses: Addresses
    revive: Callable[[], object] | None = None


@contextmanager
def store(settings: Env) -> Iterator[Store]:
    """The operator's server, or the embedded one for as long as the block runs."""
    given = given_addresses(settings)
    if given is not None:
        check_server(given.app)
        yield Store(given)
        return
    needed = connections_needed(settings)
    with EmbeddedPostgres(settings.home, max_connections=needed, say=_aside) as server:
        info = server.ensure_running()
        yield Store(Addresses(app=info.app_url(), owner=info.owner_url()), revive=server.ensure_running)


def _aside(sentence: str) -> None:
    """What is said on the way goes beside the answer, which may be JSON for another program."""
    click.echo(sentence, err=True)


def connections_needed(settings: Env) -> int:
    """Every pool filled, a second worker and an operator's session beside them, and PostgreSQL's own reserve."""
    web = settings.web_workers * (settings.web_threads + 2)
    return web + 2 * (settings.job_threads + 14) + 20


@contextmanager
def django_ready(*, as_owner: bool = False) -> Iterator[Store]:
    """Django loaded against the right role; migrations work as the owner, everything else as the application."""
    with store(env()) as found:
        os.environ["DATABASE_URL"] = found.addresses.owner if as_owner else found.addresses.app
        os.environ["DATABASE_OWNER_URL"] = found.addresses.owner
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hotline.config.settings")
        env.cache_clear()
        import django

        django.setup()
        yield found
