"""An import loses nothing: every row is a ticket with its own dates and words, or stands in the error file with why."""

import csv
import json
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from hotline.config import cli_import
from hotline.plumbing.clock import frozen
from hotline.rules import acts
from hotline.rules.vocabulary import CITY_TZ, Stage
from hotline.stages.intake.importing import run as running
from hotline.stages.intake.importing.run import Report
from hotline.tickets.checking import Tally, check_tickets
from hotline.tickets.commands import perform
from hotline.tickets.models import LedgerEntry, Requester, SourceRecord, Ticket, TicketClock
from tests.cast import Cast

NOW = datetime(2026, 3, 17, 9, 30, tzinfo=CITY_TZ)
ROOT = Path(__file__).resolve().parents[3]
FUZHOU = ROOT / "docs" / "examples" / "fuzhou.toml"
HEADER = [
    "row_id", "part", "nature", "channel", "date", "district", "river", "title", "detail", "reply",
    "days_to_last_reply", "n_transfers",
]  # fmt: skip
ROW = [
    "1",
    "main",
    "投诉",
    "网站",
    "2020-09-03",
    "鼓楼区",
    "梅峰河",
    "河水发臭",
    "每天路过都很臭。",
    "已清淤。",
    "6",
    "2.0",
]


def row(**changes: str) -> list[str]:
    return [changes.get(name, cell) for name, cell in zip(HEADER, ROW, strict=True)]


Importing = Callable[..., Result]


@pytest.fixture
def requests(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Importing]:  # noqa: ARG001  # the city is loaded
    """Import these rows by the command, at a fixed moment; the last line of its output is the report."""
    monkeypatch.setattr(cli_import, "django_ready", nullcontext)

    def importing(rows: list[list[str]] | str, *options: str, mapping: Path = FUZHOU) -> Result:
        path = tmp_path / "requests.csv"
        if isinstance(rows, str):
            path.write_text(rows, encoding="utf-8")
        else:
            with path.open("w", encoding="utf-8", newline="") as out:
                csv.writer(out).writerows([HEADER, *rows])
        return CliRunner().invoke(cli_import.requests, [str(path), "--map", str(mapping), *options])

    with frozen(NOW):
        yield importing


def report(result: Result) -> tuple[int, int, int]:
    told = json.loads(result.stdout.splitlines()[-1])
    assert list(told) == ["registered", "rejected", "already_there"]
    return told["registered"], told["rejected"], told["already_there"]


def errors(folder: Path, name: str = "requests.errors.csv") -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def words(ticket: Ticket) -> dict[str, str]:
    return {text.field: text.body for text in ticket.texts.order_by("seq", "id")}


def test_an_answered_request_enters_as_closed_history_with_its_own_dates(requests: Importing) -> None:
    result = requests([row()])
    assert (report(result), result.exit_code) == ((1, 0, 0), 0)
    ticket = Ticket.objects.get()
    assert ticket.stage == Stage.CLOSED
    assert ticket.number.startswith("34010020200903WZ")
    assert ticket.accepted_at == datetime(2020, 9, 3, 9, 0, tzinfo=CITY_TZ)
    assert ticket.closed_at == datetime(2020, 9, 9, 9, 0, tzinfo=CITY_TZ)
    assert (ticket.dispatches, ticket.request_type, ticket.close_reason) == (2, "complaint", "imported")
    assert words(ticket) == {
        "title": "河水发臭", "content": "每天路过都很臭。", "place": "鼓楼区 梅峰河", "reply": "已清淤。",
    }  # fmt: skip
    entry = LedgerEntry.objects.get()
    assert (entry.name, entry.at, entry.recorded_at) == ("request.imported", ticket.accepted_at, NOW)
    assert TicketClock.objects.count() == 0
    assert SourceRecord.objects.values_list("system", "source_id").get() == ("fuzhou12345", "1")


def test_an_unanswered_request_enters_as_open_and_waits_for_dispatch(requests: Importing) -> None:
    assert report(requests([row(reply="", nature="咨询")])) == (1, 0, 0)
    ticket = Ticket.objects.get()
    assert ticket.stage == Stage.PENDING_DISPATCH
    assert ticket.accepted_at == datetime(2020, 9, 3, 9, 0, tzinfo=CITY_TZ)
    reply = ticket.clocks.get(kind="reply")
    assert reply.due_at == datetime(2020, 9, 8, 17, 30, tzinfo=CITY_TZ)
    assert words(ticket)["note"] == "原系统转派2次"


def test_all_may_enter_as_open_and_keep_their_old_replies(requests: Importing, cast: Cast) -> None:
    assert report(requests([row()], "--open-all")) == (1, 0, 0)
    ticket = Ticket.objects.get()
    assert ticket.stage == Stage.PENDING_DISPATCH
    assert words(ticket)["note"] == "原系统转派2次\n原系统答复：已清淤。"
    urging = acts.Urge(note="请办理")
    assert perform(number=ticket.number, act=urging, actor=cast.actor("supervisor"), now=NOW).ok


def test_importing_again_registers_nothing(requests: Importing) -> None:
    rows = [row(row_id=str(n), title=f"标题{n}") for n in range(30)]
    assert report(requests(rows)) == (30, 0, 0)
    again = requests([*rows, row(row_id="30")])
    assert report(again) == (1, 0, 30)
    assert Ticket.objects.count() == 31


def test_another_request_under_a_known_number_is_rejected_and_named(requests: Importing, tmp_path: Path) -> None:
    assert report(requests([row(), row(title="另一件事")])) == (1, 1, 0)
    (bad,) = errors(tmp_path)
    assert bad["行号"] == "3"
    assert "原系统编号1此前导入过" in bad["原因"]
    assert bad["title"] == "另一件事"


def test_a_later_reply_is_no_other_request(requests: Importing) -> None:
    assert report(requests([row(reply="")])) == (1, 0, 0)
    assert report(requests([row(reply="已清淤")])) == (0, 0, 1)


BAD_ROWS = {
    "row_id": ("", "“row_id”为空"),
    "nature": ("表白", "“nature”的取值“表白”不在对照表里"),
    "date": ("2020年9月3日", "不是所写格式"),
    "days_to_last_reply": ("三天", "不是 0 至 20000 的整数"),
    "n_transfers": ("1.5", "不是 0 至 1000 的整数"),
    "detail": ("长" * 20_001, "内容有 20001 字"),
    "reply": ("长" * 20_001, "答复有 20001 字"),
}


def test_every_bad_row_is_in_the_error_file_with_all_its_columns(requests: Importing, tmp_path: Path) -> None:
    rows = [
        row(row_id="good"),
        *(row(**{"row_id": f"bad-{column}", column: bad[0]}) for column, bad in BAD_ROWS.items()),
    ]
    result = requests(rows)
    assert (report(result), result.exit_code) == ((1, len(BAD_ROWS), 0), 1)
    told = errors(tmp_path)
    assert list(told[0]) == [*HEADER, "行号", "原因"]
    for number, (bad, (column, (value, why))) in enumerate(zip(told, BAD_ROWS.items(), strict=True), 3):
        assert bad[column] == value
        assert bad["行号"] == str(number)
        assert why in bad["原因"]
        assert " / " in bad["原因"]
        assert [bad[name] for name in HEADER if name not in {column, "row_id"}] == [
            cell for name, cell in zip(HEADER, ROW, strict=True) if name not in {column, "row_id"}
        ]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"date": "2031-01-01"}, "晚于现在"),
        ({"date": "1949-10-01"}, "早于 1980 年"),
        ({"date": ""}, "“date”为空"),
        ({"days_to_last_reply": "3650"}, "晚于现在"),
        ({"title": " ", "detail": "\t"}, "标题和内容都是空的"),
        ({"row_id": "长" * 129}, "来源编号超过 128"),
    ],
)
def test_a_row_that_cannot_be_true_is_rejected(
    requests: Importing, tmp_path: Path, changes: dict[str, str], why: str
) -> None:
    assert report(requests([row(**changes)])) == (0, 1, 0)
    assert why in errors(tmp_path)[0]["原因"]


def test_the_mended_error_file_can_be_imported(requests: Importing, tmp_path: Path) -> None:
    requests([row(), row(row_id="2", nature="表白")])
    mended = (tmp_path / "requests.errors.csv").read_text(encoding="utf-8-sig").replace("表白", "建议", 1)
    assert report(requests(mended)) == (1, 0, 0)
    assert sorted(Ticket.objects.values_list("request_type", flat=True)) == ["complaint", "suggestion"]


def test_no_error_file_is_ever_overwritten(requests: Importing, tmp_path: Path) -> None:
    requests([row(date="")])
    before = (tmp_path / "requests.errors.csv").read_bytes()
    requests([row(date="", title="另一行")])
    assert (tmp_path / "requests.errors.csv").read_bytes() == before
    assert errors(tmp_path, "requests.errors-2.csv")[0]["title"] == "另一行"
    requests([row(date="")], "--errors", str(tmp_path / "mine.csv"))
    assert len(errors(tmp_path, "mine.csv")) == 1


def test_unreadable_lines_are_kept_in_the_error_file(requests: Importing, tmp_path: Path) -> None:
    lines = [",".join(HEADER), ",".join(row()), '9,"没有合上', "10,main,投诉", ",".join(row(row_id="2"))]
    assert report(requests("\n".join(lines))) == (2, 2, 0)
    first, second = errors(tmp_path)
    assert (first["row_id"], first["行号"]) == ('9,"没有合上', "3")
    assert (second["row_id"], second["nature"], second["行号"]) == ("10", "投诉", "4")


def test_what_is_too_long_for_its_field_stays_whole_in_the_content(requests: Importing) -> None:
    title, river = "很长的标题" * 60, "很长的河名" * 60
    assert report(requests([row(title=title, river=river)])) == (1, 0, 0)
    said = words(Ticket.objects.get())
    assert said["title"] == f"{title[:199]}…"
    assert len(said["place"]) == 200
    assert said["content"] == f"〔标题全文〕{title}\n〔地点全文〕鼓楼区 {river}\n每天路过都很臭。"


@pytest.mark.parametrize("more", ["", "--open-all"])
def test_a_letter_of_twenty_thousand_signs_is_kept(requests: Importing, more: str) -> None:
    letter = "信" * 20_000
    assert report(requests([row(detail=letter)], *filter(None, [more]))) == (1, 0, 0)
    assert words(Ticket.objects.get())["content"] == letter


def test_a_reply_too_long_for_a_note_goes_into_the_content(requests: Importing) -> None:
    reply = "复" * 6000
    assert report(requests([row(reply=reply)], "--open-all")) == (1, 0, 0)
    said = words(Ticket.objects.get())
    assert said["content"] == f"每天路过都很臭。\n原系统转派2次\n原系统答复：{reply}"
    assert "note" not in said


def test_a_missing_title_or_content_is_made_from_the_other(requests: Importing) -> None:
    requests([row(title=""), row(row_id="2", detail="")])
    first, second = Ticket.objects.order_by("id")
    assert words(first)["title"] == "每天路过都很臭。"
    assert words(second)["content"] == "河水发臭"


def test_invisible_signs_go_and_line_breaks_stay(requests: Importing) -> None:
    requests([row(detail="一\r\n二\x0b\x1f三\t四", title="标\n题")])
    said = words(Ticket.objects.get())
    assert (said["content"], said["title"]) == ("一\n二三\t四", "标 题")


def test_a_known_region_is_a_code_and_an_unknown_one_stays_in_words(requests: Importing, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(FUZHOU.read_text().replace('["district", "river"]', '"river"'))
    requests([row(district="庐阳区"), row(row_id="2"), row(row_id="3", district="")], mapping=own)
    known, unknown, none = Ticket.objects.order_by("id")
    assert (known.region, known.number[:6], words(known)["place"]) == ("340103", "340103", "梅峰河")
    assert (unknown.region, words(unknown)["place"]) == ("", "鼓楼区 梅峰河")
    assert (none.region, words(none)["place"]) == ("", "梅峰河")


def test_who_asked_stands_apart_and_can_be_called_back(requests: Importing, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(FUZHOU.read_text() + '[requester]\nname = "part"\nphone = "river"\n')
    rows = [row(part="张建军", river="13800000000", reply=""), row(row_id="2", river="", reply="")]
    assert report(requests([*rows, row(row_id="3", river="1" * 40)], mapping=own)) == (2, 1, 0)
    first, second = Ticket.objects.order_by("id")
    assert Requester.objects.values_list("name", "phone").get(ticket=first) == ("张建军", "13800000000")
    assert (first.contactable, second.contactable) == (True, False)
    assert "“river”有 40 字" in errors(tmp_path)[0]["原因"]


def test_a_report_is_confidential_from_the_start(requests: Importing) -> None:
    requests([row(nature="举报"), row(row_id="2", nature="举报", reply="")])
    assert [ticket.flags for ticket in Ticket.objects.all()] == [["confidential"], ["confidential"]]


def test_a_dry_run_counts_what_would_happen_and_writes_nothing(requests: Importing, tmp_path: Path) -> None:
    requests([row()])
    rows = [row(), row(row_id="2"), row(row_id="2"), row(row_id="2", title="另一件"), row(row_id="3", date="")]
    result = requests(rows, "--dry-run")
    assert report(result) == (1, 2, 2)
    assert Ticket.objects.count() == 1
    assert [bad["行号"] for bad in errors(tmp_path)] == ["5", "6"]


def test_a_row_the_rules_refuse_is_named_in_words(requests: Importing, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(FUZHOU.read_text() + '[category]\ncolumn = "part"\n[category.table]\nmain = "999999"\n')
    assert report(requests([row(), row(row_id="2", part="x")], mapping=own)) == (1, 1, 0)
    assert "999999" in errors(tmp_path)[0]["原因"]


def test_rows_are_written_in_batches_and_told_as_they_are_in(cast: Cast, tmp_path: Path) -> None:  # noqa: ARG001  # the city is loaded
    from hotline.stages.intake.importing.errors import ErrorFile
    from hotline.stages.intake.importing.mapping import read_mapping
    from hotline.stages.intake.importing.reading import Table

    path = tmp_path / "many.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(
            [HEADER, *(row(row_id=str(n), date="" if n % 50 == 9 else ROW[4]) for n in range(250))]
        )
    table = Table(path)
    heard: list[tuple[int, int, int]] = []

    def told(done: Report, read: int) -> None:
        assert Ticket.objects.count() == done.registered
        heard.append((done.registered, done.rejected, read))

    rejected = ErrorFile(tmp_path / "errors.csv", table.columns)
    importing = running.Import(table, read_mapping(FUZHOU), rejected, now=NOW, wishes=running.Wishes(batch=100))
    assert importing.run(told) == Report(registered=245, rejected=5)
    rejected.close()
    assert [registered for registered, _, _ in heard] == [100, 200, 245, 245]
    assert heard[-1][2] == path.stat().st_size
    assert len(importing._waiting) == 0


def test_what_was_imported_stands_the_examination(requests: Importing) -> None:
    rows = [
        row(row_id=str(n), nature=kind, reply="" if n % 2 else "好")
        for n, kind in enumerate(["投诉", "咨询", "举报"] * 4)
    ]
    requests(rows)
    tally = Tally()
    assert list(check_tickets(tally, since=NOW - timedelta(days=1))) == []
    assert tally.tickets == 12


@pytest.mark.django_db
def test_without_a_city_nothing_is_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli_import, "django_ready", nullcontext)
    path = tmp_path / "one.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([HEADER, row()])
    result = CliRunner().invoke(cli_import.requests, [str(path), "--map", str(FUZHOU)])
    assert (result.exit_code, "hotline load-city" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "文件里没有内容"),
        ("row_id,title\n1,x\n", "文件里没有对照文件所写的列“detail”"),
    ],
)
def test_a_file_that_cannot_be_used_ends_with_2_and_names_everything(
    requests: Importing, content: str, said: str
) -> None:
    result = requests(content)
    assert (result.exit_code, said in result.stderr) == (2, True)
    assert result.stdout == ""


def test_only_the_json_line_is_told_when_another_program_asks(requests: Importing) -> None:
    result = requests([row()], "--json")
    assert result.stdout == '{"registered": 1, "rejected": 0, "already_there": 0}\n'
    assert result.stderr == ""
    assert "未导入的列" in requests([row(row_id="2")]).stderr


def test_a_bar_is_shown_on_a_terminal_and_nowhere_else() -> None:
    terminal, log = StringIO(), StringIO()
    for out, forced in ((terminal, True), (log, False)):
        with cli_import.progress(400, Console(file=out, force_terminal=forced, width=100)) as told:
            told(Report(registered=7, rejected=1), 400)
    assert "导入 / importing 7，拒 / rejected 1" in terminal.getvalue()
    assert "100%" in terminal.getvalue()
    assert log.getvalue() == ""
    with cli_import.progress(400, Console(file=log, force_terminal=True), quiet=True) as told:
        told(Report(), 400)
    assert log.getvalue() == ""
