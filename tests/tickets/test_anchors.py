"""What a chain inside the database cannot show: rows cut off at the end, tickets gone, a ledger written anew."""

# ruff: noqa: S608  # tampering is done in SQL, with words of this file only

import json
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner
from django.db import connection, transaction

from hotline.config import cli_ledger
from hotline.rules import acts
from hotline.rules.fold import fold
from hotline.rules.vocabulary import Stage
from hotline.tickets import anchors, models
from hotline.tickets.anchors import settled_mark, write_anchor
from hotline.tickets.canon import GENESIS, chain
from hotline.tickets.checking import Tally
from hotline.tickets.entries import entry_bytes, event_of
from hotline.tickets.examination import examine
from hotline.tickets.facts import clock_columns, columns_of
from hotline.tickets.findings import Finding
from hotline.tickets.ledger import ledger_key
from tests.cast import Cast, Ticket
from tests.walks import OPENING

pytestmark = pytest.mark.django_db(transaction=True)

LEDGER = "tickets_ledgerentry"
EVENING = OPENING + timedelta(hours=12)


def found(folder: Path) -> list[tuple[str, Any]]:
    return [(one.code, one.details.get("number", one.details.get("file"))) for one in findings(folder)]


def findings(folder: Path) -> list[Finding]:
    return list(examine(folder, Tally()))


def anchored(folder: Path, at: datetime = EVENING) -> Path:
    written = write_anchor(folder, now=at)
    assert written is not None
    return written.path


def run(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount != 0, "nothing was tampered with"


@contextmanager
def unguarded() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {LEDGER} DISABLE TRIGGER USER")
        yield
        cursor.execute(f"ALTER TABLE {LEDGER} ENABLE TRIGGER USER")


def rewritable(path: Path) -> Path:
    path.chmod(0o640)
    return path


def set_back(ticket: Ticket, version: int) -> None:
    """Cut the last entries off and make row and clocks what they were: nothing inside the database shows it."""
    row = models.Ticket.objects.get(number=ticket.number)
    kept = list(row.entries.filter(seq__lte=version).order_by("seq"))
    state = fold(map(event_of, kept))
    with unguarded():
        run(f"DELETE FROM {LEDGER} WHERE ticket_id = %s AND seq > %s", row.pk, version)
    row.texts.filter(seq__gt=version).delete()
    row.clocks.all().delete()
    for clock in state.clocks.values():
        models.TicketClock.objects.create(ticket=row, **clock_columns(clock))
    models.Ticket.objects.filter(pk=row.pk).update(head_hash=kept[-1].hash, **columns_of(state))


def test_a_ledger_cut_off_without_a_trace_is_found_by_the_anchor(cast: Cast, tmp_path: Path) -> None:
    ticket = cast.ticket_at(Stage.PENDING_REVIEW)
    anchored(tmp_path)
    set_back(ticket, 4)
    assert found(tmp_path / "none") == []
    assert found(tmp_path) == [("anchor.entry_missing", ticket.number), ("anchor.fewer", "2026-03-17.jsonl")]
    assert f"第 {ticket.state.version} 条" in findings(tmp_path)[0].zh


def test_a_ticket_removed_without_a_trace_is_found_by_the_anchor(cast: Cast, tmp_path: Path) -> None:
    gone, _stays = cast.ticket_at(Stage.HANDLING), cast.ticket_at(Stage.HANDLING)
    anchored(tmp_path)
    key = models.Ticket.objects.get(number=gone.number).pk
    with unguarded():
        for table in ("requester", "tickettext", "ticketclock", "ledgerentry"):
            run(f"DELETE FROM tickets_{table} WHERE ticket_id = %s", key)
    run("DELETE FROM tickets_ticket WHERE id = %s", key)
    assert found(tmp_path / "none") == []
    assert ("anchor.ticket_missing", gone.number) in found(tmp_path)


def test_a_ledger_written_anew_with_the_key_is_found_by_the_anchor(cast: Cast, tmp_path: Path) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    anchored(tmp_path)
    row = models.Ticket.objects.get(number=ticket.number)
    head = GENESIS
    with unguarded():
        for entry in row.entries.order_by("seq"):
            entry.actor = "1"
            head = entry.hash = chain(ledger_key(), head, entry_bytes(row.number, entry))
            entry.save()
    models.Ticket.objects.update(head_hash=head)
    assert found(tmp_path / "none") == []
    assert found(tmp_path) == [("anchor.hash_differs", ticket.number)]


def test_an_anchor_holds_what_has_changed_since_the_one_before(cast: Cast, tmp_path: Path) -> None:
    quiet, busy = cast.ticket_at(Stage.HANDLING), cast.ticket_at(Stage.HANDLING)
    first = anchored(tmp_path)
    busy = cast.do(busy, "cgj_handler", acts.RecordProgress(note="已到现场"))
    new = cast.ticket_at(Stage.REGISTERED)
    second = anchored(tmp_path, EVENING + timedelta(days=1))
    third = anchored(tmp_path, EVENING + timedelta(days=2))

    def named(path: Path) -> list[tuple[str, int]]:
        return [(number, version) for number, version, _head in lines(path)[1:-1]]

    assert named(first) == [(quiet.number, 4), (busy.number, 4)]
    assert named(second) == [(busy.number, 5), (new.number, 1)]
    assert named(third) == []
    header, seal = lines(second)[0], lines(second)[-1]
    assert (header["tickets"], header["previous"]) == (3, "2026-03-17.jsonl")
    assert header["previous_seal"] == lines(first)[-1]["seal"]
    assert seal["tickets"] == 2
    assert found(tmp_path) == []


def lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_an_anchor_is_written_once_a_day_and_cannot_be_written_again(cast: Cast, tmp_path: Path) -> None:
    cast.ticket_at(Stage.REGISTERED)
    path = anchored(tmp_path)
    before = path.read_bytes()
    cast.ticket_at(Stage.REGISTERED)
    assert write_anchor(tmp_path, now=EVENING + timedelta(minutes=5)) is None
    assert path.read_bytes() == before
    assert path.stat().st_mode & 0o777 == 0o440
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


def test_an_anchor_of_an_empty_city_is_sound(tmp_path: Path) -> None:
    anchored(tmp_path)
    assert found(tmp_path) == []


def test_a_changed_anchor_is_found(cast: Cast, tmp_path: Path) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    path = rewritable(anchored(tmp_path))
    path.write_text(path.read_text().replace(f'"{ticket.number}",4', f'"{ticket.number}",3'))
    assert ("anchor.file_changed", path.name) in found(tmp_path)


@pytest.mark.parametrize("kept", [1, -1])
def test_a_cut_anchor_is_found(cast: Cast, tmp_path: Path, kept: int) -> None:
    cast.ticket_at(Stage.HANDLING)
    path = rewritable(anchored(tmp_path))
    path.write_bytes(
        b"".join(path.read_bytes().splitlines(keepends=True)[:kept]) if kept > -5 else path.read_bytes()[:kept]
    )
    assert {code for code, _ in found(tmp_path)} <= {"anchor.file_changed", "anchor.malformed"}
    assert found(tmp_path)


def test_a_line_after_the_seal_is_found(tmp_path: Path) -> None:
    path = rewritable(anchored(tmp_path))
    path.write_text(path.read_text() + '["34010020260317DH000001",1,""]\n')
    assert found(tmp_path) == [("anchor.malformed", path.name)]


def test_an_anchor_taken_away_is_missed(cast: Cast, tmp_path: Path) -> None:
    cast.ticket_at(Stage.REGISTERED)
    first = anchored(tmp_path)
    second = anchored(tmp_path, EVENING + timedelta(days=1))
    anchored(tmp_path, EVENING + timedelta(days=2))
    second.unlink()
    assert found(tmp_path) == [("anchor.previous_missing", "2026-03-19.jsonl")]
    first.unlink()
    assert found(tmp_path) == [("anchor.previous_missing", "2026-03-19.jsonl")]


def test_an_anchor_replaced_by_another_good_one_is_found(cast: Cast, tmp_path: Path) -> None:
    cast.ticket_at(Stage.REGISTERED)
    first = anchored(tmp_path)
    anchored(tmp_path, EVENING + timedelta(days=1))
    first.unlink()
    cast.ticket_at(Stage.REGISTERED)
    elsewhere = anchored(tmp_path / "elsewhere")
    first.write_bytes(elsewhere.read_bytes())
    assert ("anchor.chain_broken", "2026-03-18.jsonl") in found(tmp_path)


def test_anchors_of_a_time_are_compared_alone(cast: Cast, tmp_path: Path) -> None:
    ticket = cast.ticket_at(Stage.PENDING_REVIEW)
    anchored(tmp_path)
    anchored(tmp_path, EVENING + timedelta(days=1))
    set_back(ticket, 4)
    later = list(examine(tmp_path, Tally(), since=EVENING + timedelta(days=1)))
    assert [one.code for one in later] == ["anchor.fewer", "anchor.fewer"]


def another_session() -> "psycopg.Connection[tuple[object, ...]]":
    mine = connection.get_connection_params()
    address = {name: mine[name] for name in ("dbname", "user", "password", "host", "port")}
    return psycopg.connect(**address)


def test_the_mark_waits_for_those_who_are_writing(cast: Cast) -> None:
    """An entry's id is drawn before it is committed: who writes at this moment must not be left out for ever."""
    cast.ticket_at(Stage.REGISTERED)
    waits: list[float] = []
    with another_session() as writer:
        writer.execute("UPDATE tickets_ticket SET title = title")

        def waited(seconds: float) -> None:
            waits.append(seconds)
            if len(waits) == 3:
                writer.commit()

        highest = models.LedgerEntry.objects.order_by("-id").values_list("id", flat=True)[0]
        assert settled_mark(pause=waited) == highest
        assert len(waits) >= 3
        writer.execute("UPDATE tickets_ticket SET title = title")
        assert settled_mark(tries=2, pause=lambda _: None) is None


def test_who_writes_on_and_on_is_anchored_again_the_next_day(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = cast.ticket_at(Stage.REGISTERED)
    monkeypatch.setattr(anchors, "settled_mark", lambda: None)
    anchored(tmp_path)
    monkeypatch.undo()
    second = anchored(tmp_path, EVENING + timedelta(days=1))
    assert lines(second)[1][0] == ticket.number


def test_a_database_put_back_from_a_backup_is_anchored_from_the_start(cast: Cast, tmp_path: Path) -> None:
    ticket = cast.ticket_at(Stage.REGISTERED)
    path = rewritable(anchored(tmp_path))
    header = lines(path)[0]
    path.write_text(path.read_text().replace(f'"entries_to":{header["entries_to"]}', '"entries_to":999999'))
    second = anchored(tmp_path, EVENING + timedelta(days=1))
    assert lines(second)[1][0] == ticket.number


def test_no_anchor_is_written_inside_a_transaction(tmp_path: Path) -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="outside a transaction"):
        write_anchor(tmp_path, now=EVENING)


def test_the_nightly_job_anchors(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from hotline.plumbing.clock import frozen
    from hotline.tickets import jobs

    cast.ticket_at(Stage.REGISTERED)
    monkeypatch.setattr(jobs, "env", type("Env", (), {"home": tmp_path}))
    with frozen(EVENING):
        jobs.anchor_ledger(0)
        jobs.anchor_ledger(0)
    assert len(lines(tmp_path / "anchors" / "2026-03-17.jsonl")) == 3


# The commands


@pytest.fixture
def ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """Django is there already."""
    monkeypatch.setattr(cli_ledger, "django_ready", nullcontext)


@pytest.mark.usefixtures("ready")
def test_the_check_ends_with_0_1_or_2(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    folder = ["--anchors", str(tmp_path)]
    clean = CliRunner().invoke(cli_ledger.check_ledger, folder)
    assert (clean.exit_code, clean.output.count("\n")) == (0, 1)
    assert "核对了 1 件工单、4 条记录、0 条存证，发现 0 处问题；最近一份存证：无" in clean.output
    with unguarded():
        run(f"UPDATE {LEDGER} SET actor = '999' WHERE seq = 2")
    spoilt = CliRunner().invoke(cli_ledger.check_ledger, folder)
    assert spoilt.exit_code == 1
    assert f"工单 {ticket.number} 第 2 条记录（dispatch.requested）与其签名不符" in spoilt.output
    answer = CliRunner().invoke(cli_ledger.check_ledger, [*folder, "--json", "--since", "2026-03-17"])
    assert answer.exit_code == 1
    told = json.loads(answer.output)
    assert told["found"] == 1
    assert (told["findings"][0]["code"], told["findings"][0]["seq"]) == ("entry.changed", 2)

    def away(*_: Any, **__: Any) -> Any:
        from django.db import OperationalError

        raise OperationalError("the server is gone")

    monkeypatch.setattr("hotline.tickets.examination.examine", away)
    broken = CliRunner().invoke(cli_ledger.check_ledger, folder)
    assert broken.exit_code == 2
    assert "无法核对" in broken.output


@pytest.mark.usefixtures("ready")
def test_an_anchor_can_be_written_by_hand(cast: Cast, tmp_path: Path) -> None:
    cast.ticket_at(Stage.HANDLING)
    first = CliRunner().invoke(cli_ledger.anchor, ["--folder", str(tmp_path / "a")])
    assert first.exit_code == 0
    (path,) = (tmp_path / "a").iterdir()
    assert lines(path)[-1]["seal"] in first.output
    again = CliRunner().invoke(cli_ledger.anchor, ["--folder", str(tmp_path / "a")])
    assert (again.exit_code, "今日已存证" in again.output) == (0, True)
    (tmp_path / "file").write_text("")
    refused = CliRunner().invoke(cli_ledger.anchor, ["--folder", str(tmp_path / "file" / "below")])
    assert refused.exit_code == 2


def test_the_check_is_one_of_the_checks_of_the_installation() -> None:
    from hotline.config.cli_check import CHECKS
    from hotline.config.program import hotline

    assert CHECKS["ledger"][0] == "hotline.tickets.examination:sentences"
    shown = CliRunner().invoke(hotline, ["check", "ledger", "--help"]).output
    assert "--since" in shown
    assert "--anchors" in shown
    assert "anchor" in CliRunner().invoke(hotline, ["--help"]).output


def test_all_checks_together_say_the_ledgers_findings_too(cast: Cast) -> None:
    from hotline.tickets import examination

    cast.ticket_at(Stage.HANDLING)
    with unguarded():
        run(f"UPDATE {LEDGER} SET actor = '999' WHERE seq = 2")
    (sentence,) = examination.sentences()
    assert "第 2 条记录" in sentence
    assert "entry 2" in sentence
