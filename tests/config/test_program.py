"""The `hotline` program speaks in sentences: what can't be used ends with code 2 and never with a traceback."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from hotline.config.cli_check import CHECKS
from hotline.config.program import COMMANDS, hotline
from tests.config.installation import Installation


@pytest.mark.parametrize(
    ("surroundings", "said"),
    [
        ({"HOTLINE_SECRET": "x"}, "没有名为 HOTLINE_SECRET 的设置"),
        ({"PORT": "eighty"}, "PORT=eighty 无法使用"),
        ({"DATABASE_URL": "postgresql://app:Hunter2@127.0.0.1:1/city"}, "数据库连不上"),
        ({"HOTLINE_BIND": "0.0.0.0"}, "HOTLINE_HOSTS"),
    ],
)
def test_it_refuses_in_both_languages(tmp_path: Path, surroundings: dict[str, str], said: str):
    done = Installation(tmp_path, **surroundings).run("migrate")
    assert (done.returncode, said in done.stderr, " / " in done.stderr) == (2, True, True)
    assert "Traceback" not in done.stderr
    assert "Hunter2" not in done.stderr + done.stdout


def test_its_help_lists_every_command_without_loading_any():
    help_text = CliRunner().invoke(hotline, ["--help"]).output
    assert [name for name in COMMANDS if name not in help_text] == []


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_there_and_says_what_it_does(name: str):
    if name == "django":
        return  # its help is Django's own
    result = CliRunner().invoke(hotline, [name, "--help"])
    assert result.exit_code == 0, result.output
    assert "Usage" in result.output


def test_an_unknown_command_is_a_usage_error():
    assert CliRunner().invoke(hotline, ["fly"]).exit_code == 2


def test_every_check_can_be_found():
    from importlib import import_module

    for where, _ in CHECKS.values():
        module, _, name = where.partition(":")
        assert callable(getattr(import_module(module), name))


@pytest.mark.slow
def test_a_fresh_installation_passes_its_own_checks(served: Installation):
    done = served.run("check")
    assert (done.returncode, done.stdout.count("正常 / fine")) == (0, len(CHECKS)), done.stdout + done.stderr
    assert served.run("migrate", "--check").returncode == 0


@pytest.mark.slow
def test_an_owner_who_serves_pages_is_found_out(served: Installation):
    owner = served.surroundings["DATABASE_OWNER_URL"]
    done = Installation(served.home, DATABASE_URL=owner).run("check", "database")
    assert done.returncode == 1
    assert "DATABASE_OWNER_URL" in done.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "password", "said"),
    [
        (("second", "--name", "甲"), "12345", "密码太弱"),
        (("agent", "--name", "甲"), "sheng-yin-12345", "已有账号“agent”"),
        (("third", "--name", "甲", "--unit", "NOWHERE"), "sheng-yin-12345", "单位“NOWHERE”不存在或已停用"),
    ],
)
def test_an_account_is_refused_with_the_reason(
    served: Installation, arguments: tuple[str, ...], password: str, said: str
):
    done = served.run("createuser", *arguments, "--password-stdin", given=password)
    assert (done.returncode, said in done.stderr) == (1, True), done.stderr


@pytest.mark.slow
def test_jobs_are_listed_and_a_number_that_has_not_failed_is_said(served: Installation):
    assert "0 failed" in served.run("jobs").stdout
    again = served.run("jobs", "again", "999")
    assert (again.returncode, "999" in again.stderr) == (1, True)


@pytest.mark.django_db
def test_ended_sessions_are_cleared_away():
    from datetime import UTC, datetime

    from django.contrib.sessions.models import Session

    from hotline.config.jobs import clear_ended_sessions

    Session.objects.create(session_key="old", session_data="", expire_date=datetime(2020, 1, 1, tzinfo=UTC))
    Session.objects.create(session_key="new", session_data="", expire_date=datetime(2999, 1, 1, tzinfo=UTC))
    clear_ended_sessions(0)
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]
