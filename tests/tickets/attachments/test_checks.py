"""What is taken in and what is not: by content, size, name and ending, each no with its own code."""

import io
from pathlib import Path

import pytest
from django.test import override_settings

from hotline.rules.sentences import render
from hotline.rules.vocabulary import FileKind
from hotline.tickets.attachments.kinds import KINDS
from hotline.tickets.attachments.preparing import Prepared, prepared
from hotline.tickets.attachments.refusing import FileRefused
from tests import uploads
from tests.uploads import GOOD, HTML, OLE, PDF, TEXT, document, movie, photo, sheet


def taken_in(body: bytes, name: str) -> Prepared:
    with prepared(io.BytesIO(body), name) as ready:
        assert ready.path.stat().st_size == ready.size > 0
        return ready


def refused(body: bytes, name: str) -> str:
    with pytest.raises(FileRefused) as no, prepared(io.BytesIO(body), name):
        pass
    refusal = no.value.refusal
    assert refusal.field == "file"
    stem = name.rpartition("/")[2].split(".")[0].strip()
    for lang in ("zh", "en"):
        assert "{" not in render(refusal, lang)
        assert not stem or stem not in render(refusal, lang)
    return refusal.code


@pytest.mark.parametrize("name", GOOD)
def test_every_accepted_kind_is_told_by_its_content(name: str) -> None:
    ready = taken_in(GOOD[name], name)
    assert ready.name == name
    assert name.lower().rpartition(".")[2] in KINDS[ready.kind].endings


def test_there_is_a_file_of_every_kind_to_try() -> None:
    assert {taken_in(body, name).kind for name, body in GOOD.items()} == set(FileKind)


@pytest.mark.parametrize("text", ["第一行\n第二行", "\ufeff带标记", "，。；"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_text_comes_in_the_encodings_offices_use(text: str, encoding: str) -> None:
    assert taken_in(text.encode(encoding), "说明.txt").kind is FileKind.TXT


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("零.jpg", b"", "upload.empty"),
        ("页面.html", HTML, "upload.kind_refused"),
        ("页面.txt", HTML, "upload.kind_refused"),
        ("藏着.txt", b"hello\n <ScRipt>alert(1)</script>", "upload.kind_refused"),
        ("图标.svg", uploads.SVG, "upload.kind_refused"),
        ("图标.png", uploads.SVG, "upload.kind_refused"),
        ("图标.txt", b'<?xml version="1.0"?>\n' + uploads.SVG, "upload.kind_refused"),
        ("程序.exe", uploads.EXE, "upload.kind_refused"),
        ("程序.jpg", uploads.EXE, "upload.kind_refused"),
        ("程序.pdf", uploads.ELF, "upload.kind_refused"),
        ("脚本.txt", b"#!/bin/sh\nrm -rf /\n", "upload.kind_refused"),
        ("脚本.bat", b"@echo off\r\n", "upload.kind_refused"),
        ("数据.txt", b"\x01\x02\x03\x00", "upload.kind_refused"),
        ("压缩.zip", document(main="a.txt"), "upload.kind_refused"),
        ("旧文件.doc", OLE, "upload.convert_first"),
        ("旧表格.xls", OLE, "upload.convert_first"),
        ("改名.docx", OLE, "upload.convert_first"),
        ("苹果.heic", uploads.HEIC, "upload.convert_first"),
        ("苹果.jpg", uploads.HEIC, "upload.convert_first"),
        ("苹果.mov", uploads.MOV, "upload.convert_first"),
        ("位图.bmp", photo("BMP", secrets=False), "upload.convert_first"),
        ("扫描.tif", photo("TIFF", secrets=False), "upload.convert_first"),
        ("文稿.rtf", rb"{\rtf1 hello}", "upload.convert_first"),
        ("表.csv", "编号,内容\n".encode(), "upload.convert_first"),
        ("讲稿.pptx", document(main="ppt/presentation.xml"), "upload.convert_first"),
        ("文稿.odt", document({"mimetype": b"application/vnd.oasis.opendocument.text"}, main="content.xml"),
         "upload.convert_first"),
        ("照片.png", photo(), "upload.wrong_extension"),
        ("照片.pdf", photo(), "upload.wrong_extension"),
        ("照片", photo(), "upload.wrong_extension"),
        ("说明", TEXT, "upload.wrong_extension"),
        ("报告.xlsx", document(), "upload.wrong_extension"),
        ("名单.docx", sheet(), "upload.wrong_extension"),
        ("程序.exe", PDF, "upload.wrong_extension"),
        ("半张.jpg", photo(size=(400, 400))[:2000], "upload.broken"),
        ("半份.pdf", PDF[:30] + bytes(9000), "upload.broken"),
        ("半份.docx", document()[:-60], "upload.broken"),
        ("半段.mp4", movie()[:-7], "upload.broken"),
        ("无声.mp4", movie()[:28], "upload.broken"),
    ],
)  # fmt: skip
def test_what_is_not_taken_in_and_why(name: str, body: bytes, code: str) -> None:
    assert refused(body, name) == code


@pytest.mark.parametrize(
    "name",
    ["", " ", ".", "..", " .. ", "../../etc/passwd.jpg", "C:\\照片\\现场.jpg", "/etc/a.jpg", "a\x00.jpg",
     "gpj\u202e.exe.jpg", "\u200b.jpg\u200b", "a\nb.jpg"],
)  # fmt: skip
def test_a_name_with_a_path_or_hidden_signs_is_refused(name: str) -> None:
    with pytest.raises(FileRefused) as no, prepared(io.BytesIO(photo()), name):
        pass
    assert no.value.refusal.code == "upload.bad_name"


def test_a_long_name_keeps_its_ending() -> None:
    name = taken_in(photo(), "现" * 300 + ".jpeg").name
    assert (len(name), name[-6:]) == (120, "现.jpeg")


def test_one_name_in_two_forms_is_one_name() -> None:
    assert taken_in(photo(), "cafe\u0301.jpg").name == "caf\u00e9.jpg"


def test_too_large_is_a_matter_of_the_setting() -> None:
    body = b"a" * 1_000_001
    with override_settings(ATTACHMENT_MOST_MB=1):
        assert refused(body, "说明.txt") == "upload.too_large"
        assert taken_in(body[:-1], "说明.txt").size == 1_000_000
    assert taken_in(body, "说明.txt").size == 1_000_001


def test_nothing_is_left_behind(folder: Path) -> None:
    for name, body in (("a.jpg", photo()), ("b.jpg", photo()[:200]), ("c.mp4", movie()[:40])):
        try:
            taken_in(body, name)
        except FileRefused:
            continue
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_files_are_for_the_platform_alone(folder: Path) -> None:
    with prepared(io.BytesIO(photo()), "a.jpg") as ready:
        assert oct(ready.path.stat().st_mode & 0o777) == "0o600"
        assert oct(ready.path.parent.stat().st_mode & 0o777) == "0o700"
        assert ready.path.is_relative_to(folder)
