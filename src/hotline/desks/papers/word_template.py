"""The Word form of the paper when the city has none of its own: built here, in the layout of GB/T 9704.

`hotline paper-template` writes it out, so that a city can change it in Word and put it back as its own.
"""

from io import BytesIO
from typing import Any, Final

from docx import Document
from docx.document import Document as Doc
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

TITLE: Final = "方正小标宋简体"
BODY: Final = "仿宋_GB2312"
HEAD: Final = "黑体"
RED: Final = RGBColor(0xE6, 0x00, 0x12)
MARGINS: Final = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
WIDTHS: Final = (24, 54, 24, 54)
ROOMS: Final = (16, 20, 26)


def build() -> bytes:
    """The form with its placeholders."""
    paper = Document()
    lay_out(paper, 12)
    _line(paper, "{%p if head %}")
    _heading(paper.add_paragraph(), "{{ hotline }}", 26, RED)
    _rule(paper.paragraphs[-1])
    _line(paper, "{%p endif %}")
    _heading(paper.add_paragraph(), "{{ title }}", 22)
    _write(paper.add_paragraph(), "{{ marks }}", HEAD, 12).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _table(paper)
    _write(paper.add_paragraph(), "{{ printed }}", BODY, 9)
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def lay_out(paper: Doc, size: int) -> None:
    """A4 with the margins of GB/T 9704, nobody's name in its properties, the text in imitation Song of this size."""
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, length in MARGINS.items():
        setattr(section, name, Mm(length))
    about = paper.core_properties
    about.author = about.comments = about.last_modified_by = about.title = ""
    style: Any = paper.styles["Normal"]
    style.font.name, style.font.size = BODY, Pt(size)
    _for_chinese(style.element.rPr, BODY)
    style.paragraph_format.space_after = Pt(0)


def _table(paper: Doc) -> None:
    table = paper.add_table(rows=0, cols=len(WIDTHS), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _loop(table, "{%tr for left, right in facts %}")
    row = _row(table)
    for cell, said in zip(row.cells, ("left.label", "left.text", "right.label", "right.text"), strict=True):
        _fill(cell, f"{{{{ {said} }}}}", label=said.endswith("label"))
    _loop(table, "{%tr endfor %}")
    _wide(table, "{{ request.label }}", "{{ request.text }}", 30)
    for place, room in enumerate(ROOMS):
        _wide(table, f"{{{{ boxes[{place}].label }}}}", f"{{{{ boxes[{place}].text }}}}", room)
    _wide(table, "{{ signing }}", "{{ signatures }}", 20)


def _loop(table: Table, tag: str) -> None:
    _row(table).cells[0].text = tag


def _row(table: Table) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]  # the library leaves it untyped
    for cell, width in zip(row.cells, WIDTHS, strict=True):
        cell.width = Mm(width)
    return row


def _wide(table: Table, label: str, text: str, room: int) -> None:
    """A row with one label and one wide box, at least so many millimetres high."""
    row = _row(table)
    row.height, row.height_rule = Mm(room), WD_ROW_HEIGHT_RULE.AT_LEAST
    box = row.cells[1].merge(row.cells[3])
    _fill(row.cells[0], label, label=True)
    _fill(box, text, label=False)


def _fill(cell: _Cell, text: str, *, label: bool) -> None:
    paragraph = _write(cell.paragraphs[0], text, HEAD if label else BODY, 12)
    if label:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _line(paper: Doc, text: str) -> None:
    paper.add_paragraph(text)


def _heading(paragraph: Paragraph, text: str, size: int, colour: RGBColor | None = None) -> None:
    run = say(paragraph, text, TITLE, size)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(8)
    if colour is not None:
        run.font.color.rgb = colour


def _write(paragraph: Paragraph, text: str, font: str, size: int) -> Paragraph:
    say(paragraph, text, font, size)
    return paragraph


def say(paragraph: Paragraph, text: str, font: str, size: int) -> Run:
    """Words in a font, which Word keeps apart for Chinese signs."""
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, Pt(size)
    _for_chinese(run._element.rPr, font)  # noqa: SLF001  # the library has no other way to set it
    return run


def _for_chinese(properties: Any, font: str) -> None:
    """Word keeps the font of Chinese signs apart from that of others."""
    properties.rFonts.set(qn("w:eastAsia"), font)


def _rule(paragraph: Paragraph) -> None:
    """The red line below the red head."""
    border = OxmlElement("w:pBdr")
    below = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "6"), ("color", "E60012")):
        below.set(qn(f"w:{name}"), value)
    border.append(below)
    paragraph._p.get_or_add_pPr().append(border)  # noqa: SLF001  # as above
