"""The Word form of a document when the city has none of its own: built here, in the layout of GB/T 9704-2012.

Margins 37, 26, 35 and 28 mm; the agency's name in red small-seal type over a red line, the number above the line, the
title in size 2 small-seal, the text in size 3 imitation Song, 22 lines a page, copies in size 4 between two rules.
"""

from io import BytesIO
from typing import Any, Final

from docx import Document
from docx.document import Document as Doc
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

from hotline.desks.papers.word_template import BODY, HEAD, RED, TITLE, lay_out, say

SIZE_2: Final = 22
SIZE_3: Final = 16
SIZE_4: Final = 14
LINE: Final = Pt(28.95)
"""22 lines a page of 225 mm."""
BLACK: Final = "000000"
RED_HEX: Final = "E60012"


def build() -> bytes:
    """The form with its placeholders."""
    paper = Document()
    lay_out(paper, SIZE_3)
    _only(paper, "mark", lambda: _say(paper, "{{ mark }}", HEAD, SIZE_3, WD_ALIGN_PARAGRAPH.RIGHT))
    _only(paper, "head", lambda: _say(paper, "{{ agency }}", TITLE, 32, WD_ALIGN_PARAGRAPH.CENTER, RED))
    number = "{{ number }}{% if signer %}　　　　　　签发人：{{ signer }}{% endif %}"
    _rule(_say(paper, number, BODY, SIZE_3, WD_ALIGN_PARAGRAPH.CENTER), "bottom", RED_HEX, 16)
    title = _say(paper, "{{ title }}", TITLE, SIZE_2, WD_ALIGN_PARAGRAPH.CENTER)
    title.paragraph_format.space_before = title.paragraph_format.space_after = LINE
    _say(paper, "{{ to }}：", BODY, SIZE_3)
    paper.add_paragraph("{%p for line in paragraphs %}")
    _say(paper, "{{ line }}", BODY, SIZE_3).paragraph_format.first_line_indent = Pt(2 * SIZE_3)
    paper.add_paragraph("{%p endfor %}")
    _say(paper, "", BODY, SIZE_3)
    for words in ("{{ agency }}", "{{ day }}"):
        _say(paper, words, BODY, SIZE_3, WD_ALIGN_PARAGRAPH.RIGHT).paragraph_format.right_indent = Pt(4 * SIZE_3)
    _say(paper, "", BODY, SIZE_3)
    _only(paper, "copies", lambda: _rule(_say(paper, "抄送：{{ copies }}。", BODY, SIZE_4), "top", BLACK, 8))
    last = _say(paper, "{{ agency }}　　　　{{ issued }}印发", BODY, SIZE_4)
    _rule(last, "top", BLACK, 6)
    _rule(last, "bottom", BLACK, 8)
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def _only(paper: Doc, name: str, write: Any) -> None:
    """A paragraph that is there only when there is something to say."""
    paper.add_paragraph(f"{{%p if {name} %}}")
    write()
    paper.add_paragraph("{%p endif %}")


def _say(  # what a line of a letter is made of
    paper: Doc,
    text: str,
    font: str,
    size: int,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY,
    colour: RGBColor | None = None,
) -> Paragraph:
    paragraph = paper.add_paragraph()
    paragraph.alignment = align
    if size <= SIZE_2:
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        paragraph.paragraph_format.line_spacing = LINE
    run = say(paragraph, text, font, size)
    if colour is not None:
        run.font.color.rgb = colour
    return paragraph


def _rule(paragraph: Paragraph, side: str, colour: str, eighths: int) -> Paragraph:
    """A line above or below a paragraph, so many eighths of a point strong."""
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001  # the library has no other way to set it
    border = properties.find(qn("w:pBdr"))
    if border is None:
        border = OxmlElement("w:pBdr")
        properties.append(border)
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(eighths)), ("space", "4"), ("color", colour)):
        line.set(qn(f"w:{name}"), value)
    border.append(line)
    return paragraph
