"""A database of its own for a benchmark, with Hefei loaded, and what the server's processes have used of the CPU."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Server:
    """The running server, by the process that answers our session."""

    leader: int

    def cpu_seconds(self) -> float:
        """User and system time of the server and all its processes, ended ones included."""
        import psutil

        leader = psutil.Process(self.leader)
        spent = [process.cpu_times() for process in (leader, *leader.children(recursive=True))]
        ended = leader.cpu_times()
        return sum(t.user + t.system for t in spent) + ended.children_user + ended.children_system


@contextmanager
def city_ready() -> Iterator[Server]:
    """A server in HOTLINE_HOME, all tables made and Hefei loaded; everything ends with the block."""
    import psutil

    from hotline.config.cli_database import apply_migrations
    from hotline.config.setting_up import django_ready

    with django_ready(as_owner=True) as store:
        apply_migrations(store.addresses)
        from django.db import connection

        from hotline.plumbing.clock import now
        from hotline.registry.loading import load_city

        assert load_city(ROOT / "data" / "hefei", now=now(), apply=True).applied
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (backend,) = cursor.fetchone()
        yield Server(psutil.Process(backend).ppid())
