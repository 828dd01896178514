"""A notice reaches every open tab of the person it is for, by worker, database and stream, and leaves again."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.config.installation import PASSWORD, Installation

ROOT = Path(__file__).resolve().parents[2]
ACT = """
from hotline.plumbing.clock import now
from hotline.registry.people.models import User
from hotline.registry.people.queries import actor_for
from hotline.rules import acts
from hotline.rules.vocabulary import Channel, RequestType
from hotline.tickets import commands
agent = actor_for(User.objects.get(username="agent"), now().date())
register = acts.Register(channel=Channel.PHONE, request_type=RequestType.HELP, title="误录", content="误录", place="无")
opened = commands.open_ticket(act=register, requester={}, actor=agent, now=now(), region="340100", token="")
assert opened.ok, opened.refusals
done = commands.perform(
    number=opened.ticket.number, act=acts.ProposeVoid(reason="test", note="误录"), actor=agent, now=now(), version=None
)
assert done.ok, done.refusals
"""


@pytest.fixture
def staffed(served: Installation) -> Installation:
    loaded = served.run("load-city", "--yes", str(ROOT / "data" / "hefei"))
    assert loaded.returncode == 0, loaded.stdout + loaded.stderr
    made = served.run(
        "createuser", "leader", "--name", "值班长", "--role", "team_leader", "--password-stdin", given=PASSWORD
    )
    assert made.returncode == 0, made.stdout + made.stderr
    return served


@pytest.mark.browser
@pytest.mark.slow
def test_an_act_rings_in_every_tab_and_reading_in_one_clears_the_other(staffed: Installation):
    program = [
        sys.executable,
        str(Path(__file__).parent / "live_bell.py"),
        f"http://127.0.0.1:{staffed.port}",
        PASSWORD,
    ]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as tabs:
        assert tabs.stdout is not None
        if tabs.stdout.readline() != "READY\n":
            raise AssertionError(tabs.communicate()[1])
        done = staffed.run("django", "shell", "-c", ACT)
        assert done.returncode == 0, done.stdout + done.stderr
        shown, trouble = tabs.communicate(timeout=120)
    assert shown, trouble
    seen = json.loads(shown)
    assert (seen["before"], seen["arrived"], seen["after"]) == (["", ""], ["1", "1"], ["", ""])
    assert seen["listed"] == 1
    assert "申请作废，请您确认" in seen["said"]
