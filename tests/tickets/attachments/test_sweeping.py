"""Files go when nobody needs them, never before; what is erased leaves its line and nothing else."""

import os
from datetime import timedelta
from pathlib import Path

from procrastinate.contrib.django import app

from hotline.rules.vocabulary import Stage
from hotline.tickets.attachments import store
from hotline.tickets.attachments.erasing import erase_attachments
from hotline.tickets.attachments.examining import sentences
from hotline.tickets.attachments.queries import files_of, open_one
from hotline.tickets.attachments.sweeping import ON_THE_WAY, REMOVED_FOR, sweep
from hotline.tickets.models import Attachment
from tests.cast import Cast
from tests.tickets.attachments.test_commands import NAME, add, remove
from tests.uploads import PDF, TEXT, photo
from tests.walks import OPENING

LONG_AGO = OPENING - 2 * ON_THE_WAY


def aged(path: Path) -> Path:
    os.utime(path, (LONG_AGO.timestamp(),) * 2)
    return path


def age_all(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            aged(path)


def test_only_orphans_go(cast: Cast, folder: Path) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    assert add(cast, ticket, "cgj_handler", photo(), NAME).ok
    (row,) = Attachment.objects.all()
    orphan = store.place("ab" * 32)
    orphan.parent.mkdir(parents=True)
    orphan.write_bytes(b"brought by a transaction that failed")
    aged(store.fresh())
    age_all(folder)
    young = store.fresh()
    assert sweep(now=OPENING) == 2
    assert store.place(row.sha256).exists()
    assert not orphan.exists()
    assert list(store.incoming().iterdir()) == [young]
    assert sweep(now=OPENING) == 0


def test_what_was_just_brought_stays(cast: Cast, folder: Path) -> None:
    """Between the file and the commit of its row there is a moment."""
    del cast
    fresh = store.place("cd" * 32)
    fresh.parent.mkdir(parents=True)
    fresh.write_bytes(b"x")
    os.utime(fresh, ((OPENING - ON_THE_WAY / 2).timestamp(),) * 2)
    assert sweep(now=OPENING) == 0
    assert fresh.is_relative_to(folder)
    assert fresh.exists()


def test_removed_files_wait_thirty_days(cast: Cast, folder: Path) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    added = add(cast, ticket, "cgj_handler", PDF)
    assert remove(cast, ticket, "cgj_handler", added.id).ok
    age_all(folder)
    removed_at = Attachment.objects.get().removed_at
    assert removed_at is not None
    assert sweep(now=removed_at + REMOVED_FOR - timedelta(minutes=1)) == 0
    assert sweep(now=removed_at + REMOVED_FOR) == 1
    assert list(sentences()) == []


def test_a_file_that_another_ticket_holds_stays(cast: Cast, folder: Path) -> None:
    first, second = cast.ticket_at(Stage.HANDLING), cast.ticket_at(Stage.HANDLING)
    added = add(cast, first, "cgj_handler", PDF)
    again = add(cast, second, "cgj_handler", PDF)
    assert remove(cast, first, "cgj_handler", added.id).ok
    age_all(folder)
    assert sweep(now=first.at + 2 * REMOVED_FOR) == 0
    erase_attachments(Attachment.objects.get(pk=added.id or 0).ticket_id, now=first.at)
    assert list(sentences()) == []
    opened = open_one(second.number, again.id or 0, actor=cast.actor("cgj_handler"))
    assert opened.file is not None
    opened.file.close()


def test_erasing_leaves_a_tombstone(cast: Cast, folder: Path) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    first = add(cast, ticket, "cgj_handler", photo(), NAME)
    second = add(cast, ticket, "cgj_handler", TEXT, "说明.txt")
    pk = Attachment.objects.get(pk=first.id or 0).ticket_id
    assert erase_attachments(pk, now=ticket.at, only=frozenset({first.id or 0})) == 1
    row = Attachment.objects.get(pk=first.id or 0)
    assert (row.name, row.erased_at) == ("", ticket.at)
    assert not store.place(row.sha256).exists()
    lines = files_of(ticket.number, actor=cast.actor("agent"), now=ticket.at).lines
    assert [(line.gone, line.name) for line in lines] == [("erased", ""), ("", "说明.txt")]
    assert open_one(ticket.number, row.id, actor=cast.actor("agent")).refusal is not None
    assert erase_attachments(pk, now=ticket.at) == 1
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    assert Attachment.objects.get(pk=second.id or 0).name == ""
    assert list(sentences()) == []


def test_the_examination_finds_what_is_not_as_recorded(cast: Cast) -> None:
    ticket = cast.ticket_at(Stage.HANDLING)
    for name in ("lost", "changed", "swapped", "deleted", "fine"):
        assert add(cast, ticket, "cgj_handler", name.encode(), f"{name}.txt").ok
    lost, changed, swapped, deleted, _ = Attachment.objects.order_by("pk")
    store.place(lost.sha256).unlink()
    store.place(changed.sha256).write_bytes(b"otherwise")
    Attachment.objects.filter(pk=swapped.pk).update(sha256=swapped.sha256[::-1])
    Attachment.objects.filter(pk=deleted.pk).delete()
    found = list(sentences())
    about = {
        "不见了": {lost.seq, swapped.seq}, "被改动或损坏": {changed.seq}, "与台账不符": {swapped.seq},
        "从附件表中删除": {deleted.seq},
    }  # fmt: skip
    for words, entries in about.items():
        assert {seq for seq in range(30) for said in found if words in said and f"第 {seq} 条" in said} == entries
    assert len(found) == 5
    assert all(ticket.number in said and " / " in said and ".txt" not in said for said in found)


def test_the_job_runs_every_night() -> None:
    from hotline.tickets.jobs import sweep_attachments

    periodic = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert periodic[sweep_attachments.name] == "37 18 * * *"
