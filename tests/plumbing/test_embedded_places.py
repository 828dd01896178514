"""Wherever the operator's folder lies: the database finds a place, and nobody's folder is opened for it."""

import os
import shutil
from pathlib import Path

import psycopg
import pytest

from hotline.plumbing.embedded import EmbeddedPostgres, EmbeddedPostgresError
from hotline.plumbing.embedded.binaries import packaged
from tests.plumbing.household import IS_ROOT, Household


def rights(folder: Path) -> dict[Path, tuple[int, int, int]]:
    """Mode and owners of a folder and of everything above it."""
    seen = {place: place.stat() for place in (folder, *folder.parents)}
    return {place: (status.st_mode, status.st_uid, status.st_gid) for place, status in seen.items()}


def works(info: dict[str, str]) -> bool:
    with psycopg.connect(info["app"]) as session:
        return session.execute("SELECT 1").fetchone() == (1,)


def test_folders_of_others_keep_their_rights(anyones: Household) -> None:
    above = anyones.root / "private"
    above.mkdir(mode=0o700)
    if IS_ROOT:
        os.chown(above, anyones.person.uid, anyones.person.gid)
    anyones.home = above / "home"
    before = rights(above)
    program, info = anyones.start()
    assert works(info)
    assert rights(above) == before
    program.leave()
    assert anyones.is_down()
    assert rights(above) == before


def test_deep_and_chinese_paths_get_a_short_private_socket(anyones: Household) -> None:
    anyones.home = anyones.root / ("很深的目录/" * 12) / "it's, here"
    program, info = anyones.start()
    sockets = Path(info["sockets"])
    assert len(os.fsencode(sockets / ".s.PGSQL.5432")) <= 100
    assert sockets.stat().st_mode & 0o777 == 0o700
    assert sockets.stat().st_uid == anyones.data.stat().st_uid
    assert works(info)
    program.leave()
    assert anyones.is_down()
    sockets.rmdir()


def test_a_socket_folder_prepared_by_someone_else_is_refused(household: Household) -> None:
    household.home = household.root / ("deep/" * 30)
    program, info = household.start()
    program.leave()
    sockets = Path(info["sockets"])
    sockets.chmod(0o777)
    _, refusal = household.start()
    assert refusal["code"] == "embedded.socket_folder_taken"
    assert str(sockets) in refusal["zh"]
    sockets.rmdir()
    sockets.symlink_to(household.root)
    _, refusal = household.start()
    assert refusal["code"] == "embedded.socket_folder_taken"
    sockets.unlink()


@pytest.mark.parametrize("path", ["/", "/srv/a\nb", '/srv/a"b', "/srv/$HOME", "/srv/a`id`", "/srv/a\\b"])
def test_a_home_that_no_shell_could_take_is_refused(path: str) -> None:
    with pytest.raises(EmbeddedPostgresError) as refused:
        EmbeddedPostgres(Path(path)).ensure_running()
    assert refused.value.code == "embedded.home_malformed"
    assert "HOTLINE_HOME" in str(refused.value)
    assert "HOTLINE_HOME" in refused.value.sentence("en")


def test_a_file_in_the_way_is_named(anyones: Household) -> None:
    obstacle = anyones.root / "file"
    obstacle.write_text("")
    for home in (obstacle, obstacle / "home"):
        _, refusal = anyones.start(home)
        assert refusal["code"] == "embedded.home_not_folder"
        assert f"“{obstacle}”是文件" in refusal["zh"]


def test_a_moved_home_is_started_where_it_now_lies(household: Household) -> None:
    program, info = household.start()
    with psycopg.connect(info["owner"]) as session:
        session.execute("CREATE TABLE kept AS SELECT 1 AS no")
    program.leave()
    household.home = household.home.rename(household.root / "moved")
    _, moved = household.start()
    assert moved["sockets"] == str(household.home / "postgres" / "run")
    with psycopg.connect(moved["app"]) as session:
        assert session.execute("SELECT no FROM kept").fetchone() == (1,)


if IS_ROOT:  # what only root can get into: these situations don't exist for an ordinary user

    def lock_away(household: Household) -> Path:
        locked = household.root / "locked"
        locked.mkdir(mode=0o700)
        household.home = locked / "home"
        return locked

    def test_home_closed_to_the_server_gets_its_database_elsewhere(household: Household) -> None:
        lock_away(household)
        program, info = household.start()
        base = household.base
        assert base.parent == Path("/var/lib")
        assert (base / "home").read_text().strip() == str(household.home)
        assert works(info)
        program.leave()
        assert household.is_down()
        assert str(base) in program.heard()
        second, again = household.start()
        assert again == info
        second.leave()
        assert "/var/lib" not in second.heard()

    def test_database_elsewhere_is_never_mistaken(household: Household) -> None:
        lock_away(household)
        program, _ = household.start()
        program.leave()
        base = household.base
        shutil.copytree(household.home, household.home.with_name("copy"))
        _, refusal = household.start(household.home.with_name("copy"))
        assert refusal["code"] == "embedded.belongs_to_another_home"
        aside = base.rename(base.with_name(f"{base.name}-aside"))
        _, refusal = household.start()
        assert refusal["code"] == "embedded.elsewhere_gone"
        assert str(household.home / "postgres" / "elsewhere") in refusal["zh"]
        aside.rename(base)
        shutil.rmtree(household.home)
        newcomer, info = household.start()
        newer = household.base
        assert newer != base
        assert works(info)
        newcomer.leave()
        assert str(base) in newcomer.heard()
        shutil.rmtree(base)

    def test_a_home_closed_after_the_first_start_is_named(household: Household) -> None:
        household.home = household.root / "open" / "home"
        program, info = household.start()
        program.leave()
        household.home.parent.chmod(0o700)
        _, refusal = household.start()
        assert refusal["code"] == "embedded.unreachable"
        household.home.parent.chmod(0o755)
        assert works(household.start()[1])
        assert info

    def test_programs_that_the_server_cannot_run_are_copied(household: Household) -> None:
        package = packaged().parents[1]
        hidden = household.root / "hidden"
        hidden.mkdir(mode=0o700)
        for tree in (package, package.with_name(f"{package.name}.libs")):
            (hidden / tree.name).symlink_to(tree)
        program = household.launch(path=hidden)
        assert works(program.answer())
        running = Path(household.postmaster().exe())
        assert running.is_relative_to(household.base)
        program.leave()
        assert household.is_down()
        assert "复制" in program.heard()

    def test_what_root_starts_in_a_users_home_stays_usable_for_that_user(household: Household) -> None:
        from tests.plumbing.household import ORDINARY, Person

        os.chown(household.root, ORDINARY.uid, ORDINARY.gid)
        household.home.mkdir()
        os.chown(household.home, ORDINARY.uid, ORDINARY.gid)
        by_root, info = household.start()
        assert household.data.stat().st_uid == ORDINARY.uid
        household.person = ORDINARY
        by_user, same = household.start()
        assert same == info
        by_root.leave()
        by_user.leave()
        assert household.is_down()
        assert works(household.start()[1])
        household.person = Person(0, 0)

    def test_an_ordinary_user_is_told_that_a_home_is_not_his(household: Household) -> None:
        from tests.plumbing.household import ORDINARY

        program, _ = household.start()
        program.leave()
        household.person = ORDINARY
        _, refusal = household.start()
        assert refusal["code"] == "embedded.home_denied"
        assert "HOTLINE_HOME" in refusal["zh"]
