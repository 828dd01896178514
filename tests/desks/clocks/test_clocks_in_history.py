"""What the engine did stands in the ticket's history in words: which clock, and how much of its time was used."""

from datetime import timedelta

import pytest

from hotline.oversight.clocks.engine import fire_due
from hotline.rules.vocabulary import Stage
from tests.cast import Cast
from tests.visits import at, latin, said, signed_in

pytestmark = pytest.mark.django_db


def test_each_step_is_told_in_chinese(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    for hours in range(0, 24 * 25, 6):
        fire_due(now=ticket.at + timedelta(hours=hours))
    with at(ticket.at + timedelta(days=26)):
        page = signed_in(cast, "supervisor").get(f"/tickets/{ticket.number}/").text
    words = " ".join(said(page).split())
    for step in ("系统到点催办", "时限已用（%） 80", "已超期", "已书面催办", "已建议通报批评", "时限 单位办理时限"):
        assert step in words
    assert "unit_reply" not in latin(page)
    assert "reply" not in latin(page)
