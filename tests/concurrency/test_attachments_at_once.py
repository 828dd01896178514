"""The same file brought by many at once is kept once a ticket, and never swept away while it is being brought."""

import io
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import override_settings

from hotline.rules.vocabulary import Purpose, Stage
from hotline.tickets.attachments import store
from hotline.tickets.attachments.commands import Added, add_attachment
from hotline.tickets.attachments.examining import sentences
from hotline.tickets.attachments.sweeping import ON_THE_WAY, sweep
from hotline.tickets.models import Attachment
from tests.cast import Cast
from tests.concurrency.test_tickets_at_once import at_once
from tests.uploads import PDF, photo
from tests.walks import STEP

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Iterator[Path]:
    """Where attachments are kept meanwhile."""
    with override_settings(MEDIA_ROOT=tmp_path / "attachments"):
        yield tmp_path / "attachments"


def test_a_button_pressed_by_twelve_at_once_adds_one_file(cast: Cast, folder: Path) -> None:
    ticket, handler = cast.ticket_at(Stage.HANDLING), cast.actor("cgj_handler")

    def add(_: int) -> Added:
        return add_attachment(
            number=ticket.number,
            file=io.BytesIO(photo()),
            name="现场.jpg",
            purpose=Purpose.HANDLING,
            actor=handler,
            now=ticket.at + STEP,
        )

    outcomes = at_once(24, add, threads=12)
    assert sorted(r.code for outcome in outcomes for r in outcome.refusals) == ["upload.already_there"] * 23
    assert Attachment.objects.count() == 1
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1
    assert list(sentences()) == []


def test_a_file_is_not_swept_away_while_others_bring_it(cast: Cast) -> None:
    """Every upload finds an old orphan of the same content in its place, and the sweeper at work on it."""
    tickets = [cast.ticket_at(Stage.HANDLING) for _ in range(6)]
    handler, night = cast.actor("cgj_handler"), tickets[-1].at + timedelta(days=2)

    def either(number: int) -> object:
        ticket = tickets[number // 2 % 6]
        if number % 2:
            return sweep(now=night)
        added = add_attachment(
            number=ticket.number,
            file=io.BytesIO(PDF + b"%" + str(number).encode()),
            name="记录.pdf",
            purpose=Purpose.HANDLING,
            actor=handler,
            now=ticket.at + STEP,
        )
        assert added.ok, added
        return added

    for number in range(0, 48, 2):
        _orphan(PDF + b"%" + str(number).encode())
    at_once(48, either, threads=8)
    assert Attachment.objects.count() == 24
    assert list(sentences()) == []


def _orphan(body: bytes) -> None:
    from hashlib import sha256

    path = store.place(sha256(body).hexdigest())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    os.utime(path, ((ON_THE_WAY / timedelta(seconds=1)),) * 2)
