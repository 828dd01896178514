"""Whoever changes, removes or puts in a row behind the platform's back is found: each kind, done for real."""

# ruff: noqa: S608  # tampering is done in SQL, with words of this file only

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from hotline.rules.lives import Life
from hotline.rules.vocabulary import Stage
from hotline.tickets import bulk, models
from hotline.tickets.checking import Tally, check_tickets
from hotline.tickets.examination import examine
from hotline.tickets.findings import SENTENCES, Finding
from tests.cast import REQUESTER, Cast, Ticket
from tests.walks import OPENING, WALKABLE, walk

LEDGER = "tickets_ledgerentry"
Found = list[tuple[str, int | None]]


def run(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount != 0, "nothing was tampered with"


@contextmanager
def unguarded() -> Iterator[None]:
    """As the owner of the tables, with the triggers switched off."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {LEDGER} DISABLE TRIGGER USER")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {LEDGER} ENABLE TRIGGER USER")


def findings() -> list[Finding]:
    return list(check_tickets(Tally()))


def found(ticket: Ticket) -> Found:
    """Codes and entries of what is found, all of it on this ticket."""
    seen = findings()
    assert {finding.details["number"] for finding in seen} <= {ticket.number}
    for finding in seen:
        assert finding.details["number"] in finding.zh
        assert finding.details["number"] in finding.en
    return [(finding.code, finding.details.get("seq")) for finding in seen]


def test_what_was_written_by_commands_and_in_bulk_is_found_sound(cast: Cast, tmp_path: Path) -> None:
    walked = [cast.ticket_at(stage) for stage in WALKABLE]
    lives = [
        Life(region="340103", requester=REQUESTER, steps=cast.steps(walk(stage, lead="LY")))
        for stage in WALKABLE
        if stage is not Stage.MERGED
    ]
    assert bulk.write_lives(lives).refused == []
    tally = Tally()
    assert list(examine(tmp_path, tally)) == []
    assert tally.tickets == models.Ticket.objects.count() == len(walked) + 1 + len(lives)
    assert tally.entries == models.LedgerEntry.objects.count()


ENTRY_CHANGES = {
    "what was done": "name = 'dispatch.reassigned'",
    "by which act": "act = 'reassign'",
    "who did it": "actor = '999'",
    "in which role": "role = 'director'",
    "for which unit": "unit = 'GAJ'",
    "when": "at = at - interval '1 day'",
    "where it stands then": "stage = 'closed'",
    "the codes of the act": """payload = payload || '{"lead_unit": "STHJ"}'""",
    "the clocks": "clocks = '[]'",
    "the digests of the words": "digests = '{}'",
    "the signature": "hash = sha256('x')",
}


@pytest.mark.parametrize("change", ENTRY_CHANGES.values(), ids=ENTRY_CHANGES)
def test_a_changed_entry_is_found(cast: Cast, change: str) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    with unguarded():
        run(f"UPDATE {LEDGER} SET {change} WHERE seq = 3")
    assert ("entry.changed", 3) in found(ticket)


def test_an_entry_moved_to_another_ticket_is_found(cast: Cast) -> None:
    """The number is signed too: a good entry of one ticket is no entry of another."""
    one, other = cast.ticket_at(Stage.REGISTERED), cast.ticket_at(Stage.REGISTERED)
    with unguarded():
        run(
            f"UPDATE {LEDGER} a SET hash = b.hash, payload = b.payload, digests = b.digests FROM {LEDGER} b"
            " WHERE a.ticket_id = (SELECT id FROM tickets_ticket WHERE number = %s)"
            " AND b.ticket_id = (SELECT id FROM tickets_ticket WHERE number = %s)",
            one.number,
            other.number,
        )
    assert ("entry.changed", 1) in found(one)


def test_a_removed_entry_is_found(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.CLOSED)
    with unguarded():
        run(f"DELETE FROM {LEDGER} WHERE seq = 4")
    assert found(ticket)[0] == ("entry.missing", None)
    assert "第 4 至 4 条" in findings()[0].zh


def test_removed_first_entries_are_found(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    with unguarded():
        run(f"DELETE FROM {LEDGER} WHERE seq <= 2")
    assert found(ticket)[0] == ("entry.missing", None)


def test_a_ledger_cut_short_is_found_by_the_row(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.CLOSED)
    with unguarded():
        run(f"DELETE FROM {LEDGER} WHERE seq > 5")
    assert ("row.version", None) in found(ticket)


def test_a_ledger_emptied_is_found(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.CLOSED)
    with unguarded():
        run(f"DELETE FROM {LEDGER}")
    assert found(ticket) == [("row.empty", None)]


COPY_LAST = f"""
    INSERT INTO {LEDGER}
      (ticket_id, seq, name, act, at, recorded_at, actor, role, unit, stage, payload, clocks, digests, hash)
    SELECT ticket_id, seq + 1, name, act, at, recorded_at, actor, role, unit, stage, payload, clocks, '{{}}', hash
    FROM {LEDGER} ORDER BY seq DESC LIMIT 1
"""


def test_an_entry_put_in_at_the_end_is_found(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    run(COPY_LAST)
    run("UPDATE tickets_ticket SET version = version + 1")
    assert ("entry.changed", ticket.state.version + 1) in found(ticket)


def test_an_entry_put_in_the_middle_is_found(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    with unguarded():
        run(f"UPDATE {LEDGER} SET seq = seq + 100 WHERE seq > 2")
        run(COPY_LAST)
        run(f"UPDATE {LEDGER} SET seq = 3 WHERE seq > 104")
        run(f"UPDATE {LEDGER} SET seq = seq - 99 WHERE seq > 100")
    run("UPDATE tickets_ticket SET version = version + 1")
    assert ("entry.changed", 3) in found(ticket)


ROW_CHANGES = {
    "lead_unit": "lead_unit = 'STHJ'",
    "visible_units": "visible_units = visible_units || '{STHJ}'::varchar[]",
    "stage": "stage = 'closed'",
    "reworks": "reworks = 2",
    "closed_at": "closed_at = now()",
    "due_at": "due_at = due_at + interval '3 days'",
    "flags": "flags = '{key}'",
    "delegation": """delegation = '{"unit": "LY-SXK", "signed": false, "replied": false}'""",
    "proposals": """proposals = '{"void": {"kind": "void", "by": "1", "at": "2026-01-01T00:00Z", "details": {}}}'""",
    "title": "title = '另一个标题'",
}


@pytest.mark.parametrize(("column", "change"), ROW_CHANGES.items(), ids=ROW_CHANGES)
def test_a_changed_row_is_found_by_replaying_its_ledger(cast: Cast, column: str, change: str) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    run(f"UPDATE tickets_ticket SET {change} WHERE number = %s", ticket.number)
    assert found(ticket) == [("row.differs", ticket.state.version)]
    assert findings()[0].details["columns"] == column


def test_a_row_with_another_version_or_signature_is_found(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    run("UPDATE tickets_ticket SET head_hash = sha256('x')")
    assert found(ticket) == [("row.head", ticket.state.version)]
    run("UPDATE tickets_ticket SET version = 2")
    assert found(ticket) == [("row.version", None)]


def test_a_ticket_put_in_by_hand_is_found(cast: Cast) -> None:
    cast.ticket_at(Stage.REGISTERED)
    columns = ", ".join(f.column for f in models.Ticket._meta.concrete_fields if f.attname not in {"id", "number"})
    run(f"INSERT INTO tickets_ticket (number, {columns}) SELECT 'BY-HAND', {columns} FROM tickets_ticket")
    (finding,) = findings()
    assert (finding.code, finding.details) == ("row.empty", {"number": "BY-HAND"})


def test_a_removed_ticket_leaves_entries_that_are_found(cast: Cast) -> None:
    gone, _stays = cast.ticket_at(Stage.HANDLING), cast.ticket_at(Stage.HANDLING)
    key = models.Ticket.objects.get(number=gone.number).pk
    for table in ("requester", "tickettext", "ticketclock"):
        run(f"DELETE FROM tickets_{table} WHERE ticket_id = %s", key)
    run("SET CONSTRAINTS ALL IMMEDIATE")
    constraint = next(
        name
        for name, about in connection.introspection.get_constraints(connection.cursor(), LEDGER).items()
        if about["foreign_key"]
    )
    run(f'ALTER TABLE {LEDGER} DROP CONSTRAINT "{constraint}"')
    run("DELETE FROM tickets_ticket WHERE id = %s", key)
    (finding,) = findings()
    assert (finding.code, finding.details) == ("entry.orphan", {"id": key, "count": gone.state.version})


CLOCK_CHANGES = {
    "clock.differs": "UPDATE tickets_ticketclock SET due_at = due_at + interval '1 day' WHERE kind = 'reply'",
    "clock.missing": "DELETE FROM tickets_ticketclock WHERE kind = 'reply'",
    "clock.extra": (
        'INSERT INTO tickets_ticketclock (ticket_id, kind, round, "limit", started_at, due_at, provisional, extension,'
        " pauses, paused, reminded)"
        " SELECT ticket_id, 'panel', 1, \"limit\", started_at, due_at, false, 0, '[]', false, 0"
        " FROM tickets_ticketclock WHERE kind = 'reply'"
    ),
}


@pytest.mark.parametrize(("code", "change"), CLOCK_CHANGES.items(), ids=CLOCK_CHANGES)
def test_a_clock_set_by_hand_is_found(cast: Cast, code: str, change: str) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    run(change)
    assert [found_code for found_code, _ in found(ticket)] == [code]


TEXT_CHANGES = {
    "text.changed": "UPDATE tickets_tickettext SET body = body || '。' WHERE field = 'demand'",
    "text.missing": "DELETE FROM tickets_tickettext WHERE field = 'demand'",
    "text.extra": (
        "INSERT INTO tickets_tickettext (ticket_id, seq, field, body, terms)"
        " SELECT ticket_id, 1, 'wish', '', '' FROM tickets_tickettext WHERE field = 'demand'"
    ),
}


@pytest.mark.parametrize(("code", "change"), TEXT_CHANGES.items(), ids=TEXT_CHANGES)
def test_changed_words_are_found(cast: Cast, code: str, change: str) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    run(change)
    assert found(ticket) == [(code, 1)]
    assert "清理占道摊点" not in str(findings()[0])


def test_words_may_be_erased_and_the_ledger_stays_whole(cast: Cast) -> None:
    cast.ticket_at(Stage.HANDLING)
    run("UPDATE tickets_tickettext SET body = '', erased_at = now()")
    run("UPDATE tickets_ticket SET title = ''")
    assert findings() == []


def test_with_another_key_nothing_fits(cast: Cast, settings: Any) -> None:
    ticket = cast.ticket_at(Stage.REGISTERED)
    settings.LEDGER_KEY = "another key of at least thirty-two signs"
    assert ("entry.changed", 1) in found(ticket)


def test_only_what_is_newer_is_looked_at(cast: Cast) -> None:
    old, new = cast.ticket_at(Stage.REGISTERED), cast.ticket_at(Stage.REGISTERED, at=OPENING + timedelta(days=5))
    with unguarded():
        run(f"UPDATE {LEDGER} SET actor = '999'")
    tally = Tally()
    seen = list(check_tickets(tally, since=OPENING + timedelta(days=2)))
    assert {finding.details["number"] for finding in seen} == {new.number}
    assert tally.tickets == 1
    assert {finding.details["number"] for finding in findings()} == {old.number, new.number}


def test_old_history_imported_lately_is_new(cast: Cast) -> None:
    steps = cast.steps(walk(Stage.CLOSED))
    bulk.write_lives([Life(region="340103", requester={}, steps=steps)], recorded_at=OPENING + timedelta(days=300))
    tally = Tally()
    assert list(check_tickets(tally, since=OPENING + timedelta(days=200))) == []
    assert tally.tickets == 1


@pytest.mark.parametrize("code", SENTENCES)
def test_every_finding_has_a_sentence_in_both_languages(code: str) -> None:
    zh, en = SENTENCES[code]
    names: Callable[[str], set[str]] = lambda text: {part.split("}")[0] for part in text.split("{")[1:]}  # noqa: E731  # a name for the key below
    assert names(zh) == names(en)
    assert any("\u4e00" <= sign <= "\u9fff" for sign in zh)
    assert en.isascii()
