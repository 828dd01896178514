"""The supervisor of the embedded database: one call gives any program of the platform a running PostgreSQL.

The first caller starts it, later ones join it, the last one to leave (or to be killed)
ends it; what was committed stays.
"""

import atexit
import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Final, Self

import psycopg

from hotline.plumbing.embedded import account as accounts
from hotline.plumbing.embedded import binaries, cluster, connection, postmaster, roles
from hotline.plumbing.embedded import place as places
from hotline.plumbing.embedded.leases import Lease, alone, ensure_watched
from hotline.plumbing.embedded.patience import Patience
from hotline.plumbing.embedded.sentences import EmbeddedPostgresError, Language, Voice
from hotline.plumbing.embedded.watcher import rotate

RECOVERY_LIMIT: Final = 3600.0
STARTS: Final = 3
"""A start may meet the last breath of its predecessor; what fails three times has another cause."""

NO_SETTINGS: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True)
class Ground:
    """What a start stands on: the operator's folder, the server's user, its folder, its programs, its socket."""

    home: places.Home
    account: accounts.Account
    place: places.Place
    programs: Path
    sockets: Path

    def living(self) -> postmaster.Living | None:
        return postmaster.living(self.place, self.account)


class EmbeddedPostgres:
    """This program's share in the database of `home`. Safe to call from several threads and after a fork."""

    def __init__(
        self,
        home: Path,
        *,
        max_connections: int = 100,
        shared_buffers: str = "256MB",
        settings: Mapping[str, str] = NO_SETTINGS,
        say: Callable[[str], None] | None = None,
        language: Language = "zh",
        recovery_limit: float = RECOVERY_LIMIT,
        sync: bool = True,
    ) -> None:
        """`settings` are PostgreSQL's own; `sync=False` lets the first start skip the disk, for tests only."""
        self._path = home
        self._settings = {
            "max_connections": str(max_connections),
            "shared_buffers": shared_buffers,
            **settings,
        }
        self._voice = Voice(say, language)
        self._limit = recovery_limit
        self._sync = sync
        self._turn = threading.RLock()
        self._lease: Lease | None = None
        self._ground: Ground | None = None

    def __enter__(self) -> Self:
        self.ensure_running()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def ensure_running(self) -> connection.ConnectionInfo:
        """Start the server or join it; call again whenever it may have died. Makes the database on the first run."""
        with self._turn:
            home = places.open_home(self._path)
            if self._lease is None:
                self._lease = Lease(home.users_lock, self._patience_with_others)
            joined = self._lease.join()
            atexit.unregister(self.stop)
            atexit.register(self.stop)
            try:
                with alone(home.start_lock, self._patience_with_others()) as lock:
                    return self._bring_up(home, lock)
            except BaseException:
                if joined:
                    self.stop()
                raise

    def stop(self) -> None:
        """Give our share back; the last user ends the server and waits until everything is written."""
        with self._turn:
            atexit.unregister(self.stop)
            last = self._lease.leave() if self._lease else None
            if last is None:
                return
            try:
                ground = self._ground
                if ground is not None and ground.living() is not None:
                    patience = self._patience("embedded.say.stopping", ground.home.log)
                    postmaster.stop(ground.programs, ground.place, ground.account, patience)
            finally:
                os.close(last)

    def _bring_up(self, home: places.Home, lock: int) -> connection.ConnectionInfo:
        ground = self._ground = self._survey(home)
        if not ground.place.made:
            self._voice("embedded.say.first_run")
            cluster.create(ground.place, ground.account, ground.programs, sync=self._sync, lock=lock)
        cluster.check_version(ground.place)
        kept = connection.load_passwords(home.secrets)
        passwords = kept or connection.make_passwords(home.secrets, *home.owner)
        rotate(home.log)
        self._watch(ground)
        sockets = self._run(ground, passwords, new_passwords=kept is None)
        return connection.ConnectionInfo(
            socket_dir=sockets,
            port=connection.PORT,
            database=connection.DATABASE,
            owner_role=connection.OWNER_ROLE,
            owner_password=passwords.owner,
            app_role=connection.APP_ROLE,
            app_password=passwords.app,
        )

    def _survey(self, home: places.Home) -> Ground:
        account = accounts.choose((home.recorded_base() / "data", home.path), self._voice)
        place = places.settle(home, account, self._voice)
        known = self._ground.programs if self._ground else None
        programs = known or binaries.within_reach(account, place, self._voice)
        return Ground(home, account, place, programs, places.socket_folder(place, account))

    def _watch(self, ground: Ground) -> None:
        account = ground.account
        arguments: list[str | Path] = [
            ground.programs / "pg_ctl",
            ground.place.data,
            str(account.uid),
            str(account.gid),
            ground.home.log,
        ]
        ensure_watched(ground.home.watch_lock, ground.home.users_lock, arguments)

    def _run(self, ground: Ground, passwords: connection.Passwords, *, new_passwords: bool) -> Path:
        """Get an answering server with its roles, and say where it listens."""
        said = ""
        for _ in range(STARTS):
            found = ground.living()
            start = None if found else self._launch(ground)
            sockets = (found.sockets if found else None) or ground.sockets
            try:
                if self._answers(ground, sockets, start):
                    self._admit(sockets, passwords, doubtful=new_passwords or start is not None)
                    return sockets
            except psycopg.OperationalError as problem:  # it died again between two questions
                said = str(problem)
            said = cluster.last_lines(start.said()) if start else said
        raise EmbeddedPostgresError("embedded.start_failed", log=ground.home.log, tail=said)

    def _launch(self, ground: Ground) -> postmaster.Start:
        postmaster.clear_remains(ground.place, ground.account, ground.sockets, self._voice)
        cluster.write_settings(ground.place, ground.account, ground.sockets, self._settings)
        self._voice("embedded.say.starting")
        return postmaster.Start(ground.programs, ground.place, ground.account, ground.home.log, self._limit)

    def _answers(self, ground: Ground, sockets: Path, start: postmaster.Start | None) -> bool:
        def still_comes() -> bool:
            return (start is not None and start.pending()) or ground.living() is not None

        patience = self._patience("embedded.say.recovering", ground.home.log)
        ready = False
        try:
            ready = postmaster.wait_until_ready(
                lambda: roles.answers(sockets, ground.place.data), still_comes, patience
            )
        finally:
            if start is not None:
                start.finish(wait=ready)
        return ready

    def _admit(self, sockets: Path, passwords: connection.Passwords, *, doubtful: bool) -> None:
        if not roles.provisioned(sockets) or (doubtful and not roles.owner_gets_in(sockets, passwords)):
            roles.provision(sockets, passwords)

    def _patience(self, code: str, log: Path) -> Patience:
        return Patience(
            self._limit,
            say=lambda seconds: self._voice(code, seconds=seconds),
            give_up=lambda: EmbeddedPostgresError("embedded.too_slow", limit=round(self._limit), log=log),
        )

    def _patience_with_others(self) -> Patience:
        return Patience(
            self._limit,
            say=lambda seconds: self._voice("embedded.say.others", seconds=seconds),
            give_up=lambda: EmbeddedPostgresError("embedded.lock_too_slow", limit=round(self._limit)),
        )
