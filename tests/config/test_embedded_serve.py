"""The platform with its own database, as a newcomer starts it: nothing set, nothing installed."""

from pathlib import Path

import psutil
import pytest

from tests.config.installation import Installation, alive, until

pytestmark = pytest.mark.slow


def test_from_nothing_to_a_page_and_back_to_nothing(home: Path):
    installation = Installation(home)
    refused = installation.run("serve", "--port", str(installation.port))
    assert refused.returncode == 2
    assert "hotline migrate" in refused.stderr
    assert "Traceback" not in refused.stderr
    installation.start("--migrate", "--no-worker")
    try:
        assert "worker" not in installation.children()
        assert installation.browser().get("/healthz").status == 200
        postmaster = _postmaster(home)
        postmaster.kill()
        until(lambda: not alive([postmaster]))
        until(lambda: installation.browser().get("/healthz").status == 200, 60)
        assert "数据库意外停止" in installation.said()
        processes = [*installation.all_processes(), _postmaster(home)]
    finally:
        installation.stop()
    until(lambda: not alive(processes))
    assert installation.process is not None
    assert installation.process.returncode == 0
    assert "Traceback" not in installation.said()


def _postmaster(home: Path) -> psutil.Process:
    """By the file that the server itself writes, wherever its data had to go."""
    elsewhere = home / "postgres" / "elsewhere"
    base = Path(elsewhere.read_text(encoding="utf-8").strip()) if elsewhere.exists() else home / "postgres"
    pid = int((base / "data" / "postmaster.pid").read_text(encoding="ascii").splitlines()[0])
    return psutil.Process(pid)
