"""`hotline clocks`, `hotline check clocks`: a pass by hand, what was set aside, and whether anything was forgotten."""

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import timedelta

import pytest
from click.testing import CliRunner

from hotline.config import cli_clocks
from hotline.oversight.clocks.faults import fault_lines, sentences
from hotline.plumbing.clock import frozen
from hotline.rules.vocabulary import Stage
from hotline.tickets.models import Ticket, TicketClock
from tests.cast import Cast
from tests.cast import Ticket as Held

pytestmark = pytest.mark.django_db


@pytest.fixture
def late(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    """A ticket thirty days on, with nobody having looked at its clocks."""
    monkeypatch.setattr(cli_clocks, "django_ready", nullcontext)
    ticket = cast.ticket_at(Stage.HANDLING)
    with frozen(ticket.at + timedelta(days=30)):
        yield ticket


def run(*asked: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli_clocks.clocks, asked)
    return result.exit_code, result.output


def test_a_pass_by_hand_says_what_it_did(late: Held) -> None:
    del late
    (waiting,) = sentences()
    assert "4 个时限到点十分钟仍未处理" in waiting
    code, output = run("fire")
    assert code == 0
    assert "处理 1 张工单，4 步" in output
    assert "时限届满 / expiries\t4" in output
    assert list(sentences()) == []
    assert "0 steps" in run("fire")[1]


def test_what_was_set_aside_is_listed_and_tried_again(late: Held) -> None:
    Ticket.objects.filter(number=late.number).update(profile="nowhere@7")
    assert "搁置 1 张" in run("fire")[1]
    assert late.number in run("faults")[1]
    assert any("1 张工单的时限无法处理" in said for said in sentences())
    number = str(fault_lines()[0].id)
    code, output = run("retry", number)
    assert code == 1
    assert "再试仍然出错" in output
    Ticket.objects.filter(number=late.number).update(profile=late.state.profile)
    assert run("retry", number)[0] == 0
    assert "搁置 0 张" in run("faults")[1]


def test_a_clock_that_was_forgotten_is_found_and_armed(late: Held) -> None:
    TicketClock.objects.update(fires_at=None)
    (said,) = sentences()
    assert late.number in said
    assert "4 clocks" in run("arm")[1]
    assert "4 steps" in run("fire")[1]
    assert list(sentences()) == []


def test_the_digest_by_hand(late: Held) -> None:
    del late
    assert run("digest")[0] == 0
