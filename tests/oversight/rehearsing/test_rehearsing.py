"""A dry run judges recorded clocks: under the same profile nothing changes, under another one what the rules say."""

import json
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hotline.config.cli_rules import rules
from hotline.oversight.rehearsing.queries import Rehearsal, months_before, rehearse
from hotline.plumbing.clock import frozen
from hotline.registry.calendars.queries import current_calendar, profile
from hotline.rules import acts
from hotline.rules.limits import Limit
from hotline.rules.profile_parts import LimitTable
from hotline.rules.profiles import Profile
from hotline.rules.replaying import Replay
from hotline.rules.vocabulary import ClockKind, Stage
from hotline.tickets.recorded_clocks import recorded_clocks
from tests.cast import Cast
from tests.walks import OPENING, replied

NOW = OPENING + timedelta(days=60)
DATA = Path(__file__).resolve().parents[3] / "data" / "hefei" / "profiles"


def hefei() -> Profile:
    return profile("hefei-2021", 1)


def replying(limit: str) -> Profile:
    """Hefei with another reply limit, version 2."""
    table = LimitTable(default=Limit.parse(limit))
    return replace(hefei(), version=2, limits={**hefei().limits, ClockKind.REPLY: table})


def answered(cast: Cast, days: int, **register: Any) -> None:
    """A ticket that the unit answers so many days after it was opened."""
    ticket = cast.ticket_at(Stage.HANDLING, register=register or None)
    wait = OPENING + timedelta(days=days) - ticket.at
    ticket = cast.do(ticket, "cgj_handler", replied(), at=ticket.at + wait)
    for who in ("cgj_section", "cgj_deputy"):
        ticket = cast.do(ticket, who, acts.SignOff())


def tallies(found: Rehearsal) -> Mapping[str, tuple[int, int, int]]:
    return {kind: (t.clocks, t.was, t.would) for kind, t in found.kinds.items()}


@pytest.fixture
def city(cast: Cast) -> Cast:
    for days in (2, 6, 13):
        answered(cast, days)
    cast.ticket_at(Stage.HANDLING)
    return cast


@pytest.mark.usefixtures("city")
def test_under_the_same_profile_every_verdict_stays() -> None:
    found = rehearse(hefei(), months=3, now=NOW)
    assert found.moved == 0
    assert all(tally.was == tally.would for tally in found.kinds.values())
    reply = found.reply
    assert (reply.clocks, reply.was) == (4, 2), "answered after 13 days, and never answered"


@pytest.mark.usefixtures("city")
def test_a_shorter_limit_makes_late_and_a_longer_one_spares() -> None:
    shorter = rehearse(replying("3wd"), months=3, now=NOW)
    assert (shorter.reply.was, shorter.reply.would, shorter.newly_late, shorter.spared) == (2, 3, 1, 0)
    longer = rehearse(replying("10wd"), months=3, now=NOW)
    assert (longer.reply.was, longer.reply.would, longer.newly_late, longer.spared) == (2, 1, 0, 1)
    assert tallies(shorter)["unit_reply"] == (4, 2, 3), "a unit has the promise's limit where it has none of its own"
    kept = shorter.kept()
    assert [(row["code"], row["clocks"], row["was"], row["would"]) for row in kept["units"]] == [("CGJ", 4, 2, 3)]
    assert sum(row["clocks"] for row in kept["types"]) == 4
    json.dumps(kept)


@pytest.mark.usefixtures("city")
def test_the_recorded_due_time_is_what_replaying_the_recorded_limit_gives() -> None:
    """Replaying 7wd from a profile of 5wd must arrive at the dates that the ledger holds."""
    olds = {"hefei-2021@1": replying("5wd")}
    replay = Replay(hefei(), olds, current_calendar(), NOW)
    clocks = [c for c in recorded_clocks(OPENING - timedelta(days=1), NOW) if c.kind is ClockKind.REPLY]
    assert len(clocks) == 4
    for clock in clocks:
        judged = replay.judged(replace(clock, limit="5wd"))
        assert judged
        assert not judged.moved


def test_a_send_back_does_not_move_when_the_reply_first_came(city: Cast) -> None:
    ticket = city.ticket_at(Stage.PENDING_REVIEW)
    city.do(
        ticket,
        "reviewer",
        acts.SendBack(failed=("answers_request",), reason="答非所问"),
        at=ticket.at + timedelta(days=20),
    )
    found = rehearse(replying("3wd"), months=3, now=NOW)
    assert (found.reply.clocks, found.reply.was, found.reply.would) == (5, 2, 3), "it came within the hour"


@pytest.mark.usefixtures("city")
def test_only_the_months_asked_for_are_read() -> None:
    assert rehearse(hefei(), months=1, now=OPENING + timedelta(days=90)).reply.clocks == 0
    assert months_before(datetime.fromisoformat("2026-03-31T10:00+08:00"), 1).date().isoformat() == "2026-02-28"
    assert months_before(datetime.fromisoformat("2026-01-15T10:00+08:00"), 3).date().isoformat() == "2025-10-15"


def test_a_dry_run_takes_the_same_statements_for_any_number_of_tickets(city: Cast) -> None:
    rehearse(hefei(), months=3, now=NOW)
    counted = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as seen:
            rehearse(replying("3wd"), months=3, now=NOW)
        counted.append(len(seen))
        city.ticket_at(Stage.HANDLING)
    assert counted[0] == counted[1] <= 8


@pytest.mark.usefixtures("city")
def test_the_command_line_tries_a_file_out(monkeypatch: pytest.MonkeyPatch) -> None:
    runner = CliRunner()
    monkeypatch.setattr("hotline.config.setting_up.django_ready", nullcontext)
    with frozen(NOW):
        told = runner.invoke(rules, ["dry-run", "--file", str(DATA / "shandong.toml"), "--json"])
        said = runner.invoke(rules, ["dry-run", "--profile", "shandong@1"])
        wrong = runner.invoke(rules, ["dry-run", "--profile", "nowhere@1"])
        none = runner.invoke(rules, ["dry-run"])
    assert told.exit_code == 0, told.output
    found = json.loads(told.output)
    assert (found["reply"]["clocks"], found["reply"]["was"]) == (4, 2)
    assert "4件答复时限" in said.output
    assert (wrong.exit_code, none.exit_code) == (1, 2)
