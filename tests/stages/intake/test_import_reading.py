"""Files as they come out of old systems: every line becomes a record or is named, whatever is wrong with it."""

import codecs
import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotline.stages.intake.importing.problems import ImportRefused
from hotline.stages.intake.importing.reading import MOST_LINES, Record, Table, detect, divided

TEXT = "编号,标题,内容\n1,路灯不亮,长江中路路灯不亮\n2,噪音扰民,工地夜间施工\n"


def file(folder: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    path = folder / "requests.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def read(folder: Path, content: str | bytes, **options: str) -> list[tuple[int, list[str], str]]:
    """Line, cells and the code of the problem of every record."""
    return [told(record) for record in Table(file(folder, content), **options).records()]


def told(record: Record) -> tuple[int, list[str], str]:
    return record.line, list(record.cells), record.problem.code if record.problem else ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_encodings_are_told_apart(tmp_path: Path, encoding: str) -> None:
    table = Table(file(tmp_path, TEXT, encoding))
    assert table.columns == ["编号", "标题", "内容"]
    assert [list(record.cells) for record in table.records()] == [
        ["1", "路灯不亮", "长江中路路灯不亮"],
        ["2", "噪音扰民", "工地夜间施工"],
    ]


def test_a_rare_sign_of_gb18030_is_read(tmp_path: Path) -> None:
    (row,) = read(tmp_path, "编号,姓名\n1,王㛃𠮷\n".encode("gb18030"))
    assert row == (2, ["1", "王㛃𠮷"], "")


def test_plain_ascii_is_utf8(tmp_path: Path) -> None:
    assert detect(file(tmp_path, "id,title\n1,lamp\n")) == "utf-8-sig"


def test_an_encoding_may_be_said(tmp_path: Path) -> None:
    assert read(tmp_path, "id,t\n1,é\n".encode("latin-1"), encoding="latin-1") == [(2, ["1", "é"], "")]
    with pytest.raises(ImportRefused, match="klingon"):
        read(tmp_path, TEXT, encoding="klingon")


def test_a_few_broken_bytes_do_not_turn_the_file_into_another_encoding(tmp_path: Path) -> None:
    broken = TEXT.encode() + b"3,\xb2\xbb\xc1\xc1,x\n" + "4,井盖破损,第四行\n".encode()
    rows = read(tmp_path, broken)
    assert [(line, code) for line, _, code in rows] == [(2, ""), (3, ""), (4, "row.bad_bytes"), (5, "")]
    assert rows[3][1] == ["4", "井盖破损", "第四行"]


def test_line_breaks_in_quotes_belong_to_the_record(tmp_path: Path) -> None:
    rows = read(tmp_path, '编号,内容\n1,"第一行\n第二行，说""好""\n"\n2,x\n')
    assert rows == [(2, ["1", '第一行\n第二行，说"好"\n'], ""), (5, ["2", "x"], "")]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_ending_of_lines_is_read(tmp_path: Path, ending: str) -> None:
    assert read(tmp_path, ending.join(["a,b", "1,2", "3,4", ""])) == [(2, ["1", "2"], ""), (3, ["3", "4"], "")]


def test_blank_lines_are_no_records(tmp_path: Path) -> None:
    assert read(tmp_path, "a,b\n\n1,2\n\n\n") == [(3, ["1", "2"], "")]


def test_another_delimiter(tmp_path: Path) -> None:
    assert read(tmp_path, "a;b\n1;2,3\n", delimiter=";") == [(2, ["1", "2,3"], "")]


def test_too_few_and_too_many_columns_are_named(tmp_path: Path) -> None:
    rows = read(tmp_path, "a,b,c\n1,2\n1,2,3\n1,2,3,4\n")
    assert [(line, code) for line, _, code in rows] == [(2, "row.too_few"), (3, ""), (4, "row.too_many")]
    assert rows[2][1] == ["1", "2", "3", "4"]


def test_a_nul_is_named(tmp_path: Path) -> None:
    assert [code for *_, code in read(tmp_path, "a,b\n1,x\x00y\n2,z\n")] == ["row.nul", ""]


@pytest.mark.parametrize(
    "spoilt",
    [
        '2,"他说"你好"",x',  # quotes inside quotes
        '2,"没有合上,x',  # never closed
        '2,"没有合上,x"y',  # closed in the wrong place
    ],
)
def test_a_bad_quote_costs_its_own_line_only(tmp_path: Path, spoilt: str) -> None:
    lines = ["编号,标题,内容", "1,a,b", spoilt, *(f'{n},"标题{n}","内容{n}"' for n in range(3, 60))]
    rows = read(tmp_path, "\n".join(lines) + "\n")
    assert rows[1] == (3, [spoilt], "row.bad_quoting")
    assert [(line, code) for line, _, code in rows if code] == [(3, "row.bad_quoting")]
    assert [cells[0] for _, cells, code in rows if not code] == ["1", *map(str, range(3, 60))]


def test_a_quote_left_open_in_a_huge_file_is_noticed_early(tmp_path: Path) -> None:
    lines = ["a,b", '1,"x', *(f"{n},y" for n in range(2, MOST_LINES * 3))]
    rows = read(tmp_path, "\n".join(lines))
    assert [code for *_, code in rows].count("row.bad_quoting") == 1
    assert len(rows) == len(lines) - 1


def test_a_field_without_end_is_noticed(tmp_path: Path) -> None:
    rows = read(tmp_path, f'a,b\n1,"{"长" * 140_000}"\n2,y\n')
    assert [(line, code) for line, _, code in rows] == [(2, "row.bad_quoting"), (3, "")]


@pytest.mark.parametrize(
    ("content", "code"),
    [("", "file.empty"), ("a,,b\n", "file.header_blank"), ("a,b,a\n", "file.header_repeated")],
)
def test_a_header_that_cannot_be_used_is_refused(tmp_path: Path, content: str, code: str) -> None:
    with pytest.raises(ImportRefused) as refused:
        Table(file(tmp_path, content))
    assert [problem.code for problem in refused.value.problems] == [code]


def test_a_header_alone_has_no_records(tmp_path: Path) -> None:
    assert read(tmp_path, codecs.BOM_UTF8 + b"a,b\n") == []


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=12), st.sampled_from(["\n", "\r\n"]))
def test_what_a_correct_writer_wrote_is_read_to_the_letter(rows: list[list[str]], ending: str) -> None:
    from io import StringIO

    written = StringIO(newline="")
    csv.writer(written, lineterminator=ending, quoting=csv.QUOTE_ALL).writerows(rows)
    lines = written.getvalue().splitlines(keepends=True)  # splits at more signs than files do, which must not matter
    found = list(divided(enumerate(lines, 1), ",", width=3))
    assert [list(record.cells) for record in found] == rows
    assert not any(record.problem for record in found)


@given(st.lists(st.text(st.sampled_from('ab,"\n'), max_size=12), max_size=30))
def test_no_line_is_lost_whatever_the_quotes_do(lines: list[str]) -> None:
    """Every letter of the file stands in some record, good or bad, and lines are told in order."""
    numbered = list(enumerate((f"{line}\n" for line in "\n".join(lines).split("\n")), 1))
    found = list(divided(iter(numbered), ",", width=3))
    assert [record.line for record in found] == sorted(record.line for record in found)
    letters = "".join("".join(record.cells) for record in found)
    for sign in "ab":
        assert letters.count(sign) == sum(line.count(sign) for _, line in numbered)
